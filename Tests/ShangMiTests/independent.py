"""Answers each line "kind<TAB>argument<TAB>…" of standard input, arguments in hex, with what gmssl makes of it: one line.

gmssl is SM2, SM3 and SM4 in Python alone. It lacks HMAC and the user id of a signature; both are put together here of its
SM3. Where it fails on sound input it is gone around, and the line says how."""

import sys

from gmssl import sm2, sm3, sm4

N = int(sm2.default_ecc_table["n"], 16)


def digest(message):
    return bytes.fromhex(sm3.sm3_hash(list(message)))


def hmac(key, message):
    key = (digest(key) if len(key) > 64 else key).ljust(64, b"\0")
    inner = digest(bytes(byte ^ 0x36 for byte in key) + message)
    return digest(bytes(byte ^ 0x5C for byte in key) + inner)


def cipher(direction, key):
    made = sm4.CryptSM4()
    made.set_key(key, direction)
    return made


def signer(private_key, point):
    made = sm2.CryptSM2(private_key.hex(), "")
    # The initialiser strips every leading 0 and 4 of a public key, also those of its x.
    made.public_key = point.hex()
    return made


def point_of(private_key):
    point = signer(private_key, b"")._kg(int.from_bytes(private_key, "big"), sm2.default_ecc_table["g"])
    return bytes.fromhex(point)


def hashed(point, user, message):
    table = sm2.default_ecc_table
    curve = bytes.fromhex(table["a"] + table["b"] + table["g"])
    return digest(digest((len(user) * 8).to_bytes(2, "big") + user + curve + point) + message)


def sign(private_key, nonce, user, message):
    point = point_of(private_key)
    nonce = int.from_bytes(nonce, "big") % (N - 1) + 1
    return bytes.fromhex(signer(private_key, point).sign(hashed(point, user, message), f"{nonce:064x}"))


def verify(point, user, signature, message):
    return b"\1" if signer(b"", point).verify(signature.hex(), hashed(point, user, message)) else b"\0"


ANSWERS = {
    "sm3": digest,
    "hmac": hmac,
    "ecb-encrypt": lambda key, text: cipher(sm4.SM4_ENCRYPT, key).crypt_ecb(text),
    "ecb-decrypt": lambda key, text: cipher(sm4.SM4_DECRYPT, key).crypt_ecb(text),
    "cbc-encrypt": lambda key, vector, text: cipher(sm4.SM4_ENCRYPT, key).crypt_cbc(vector, text),
    "cbc-decrypt": lambda key, vector, text: cipher(sm4.SM4_DECRYPT, key).crypt_cbc(vector, text),
    "point": point_of,
    "sign": sign,
    "verify": verify,
}

for line in sys.stdin:
    kind, *arguments = line.rstrip("\n").split("\t")
    # No answer is an empty line: nothing is written as "=".
    print(ANSWERS[kind](*(bytes.fromhex(argument) for argument in arguments)).hex() or "=")
