// libcrypto, and nothing else: the only door to OpenSSL, for SM2, SM3 and SM4.
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/decoder.h>
#include <openssl/encoder.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/params.h>

// What a decoder or fromdata is to take of a key: macros that Swift cannot read.
static inline int sm2_selection_key_pair(void) { return EVP_PKEY_KEYPAIR; }
static inline int sm2_selection_public_key(void) { return EVP_PKEY_PUBLIC_KEY; }

// libcrypto keeps the pointers to names of parameters, formats and structures. These are C literals, which outlive every
// object; a Swift string lasts for the call it is passed to.
static inline const char *sm2_name_algorithm(void) { return SN_sm2; }
static inline const char *sm2_name_pem(void) { return "PEM"; }
static inline const char *sm2_name_der(void) { return "DER"; }
static inline const char *sm2_name_private_key(void) { return "PrivateKeyInfo"; }
static inline const char *sm2_name_public_key(void) { return "SubjectPublicKeyInfo"; }
static inline OSSL_PARAM sm2_parameter_group(void) {
    return OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)SN_sm2, 0);
}
static inline OSSL_PARAM sm2_parameter_point(unsigned char *encoded, size_t count) {
    return OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, encoded, count);
}
// `scalar` in the byte order of the machine.
static inline OSSL_PARAM sm2_parameter_scalar(unsigned char *scalar, size_t count) {
    return OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, scalar, count);
}
