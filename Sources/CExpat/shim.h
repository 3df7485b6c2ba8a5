// expat, and nothing else: the only door to the C parser of XML.
#include <expat.h>
