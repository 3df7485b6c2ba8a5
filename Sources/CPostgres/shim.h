// libpq, and nothing else: the only door to PostgreSQL's C client library.
#include <libpq-fe.h>
