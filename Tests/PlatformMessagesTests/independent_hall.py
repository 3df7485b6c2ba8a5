"""Answers each line "message<TAB>appId<TAB>appSecret<TAB>public key" with "sound" or with what is wrong with the golden file.

The key is derived, the content decrypted and the signature verified with gmssl alone, after the description of the interface;
which fields there are, in which order and of which length, is read from the platform's catalogue."""

import base64
import json
import os
import sys

from gmssl import sm2, sm3, sm4

TESTS = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(TESTS, "Golden", "national-prescriptions")
CATALOGUE = os.path.join(TESTS, "..", "..", "Catalogs", "platforms", "national-prescriptions.json")


def require(condition, reason):
    if not condition:
        raise ValueError(reason)


def digest(message):
    return bytes.fromhex(sm3.sm3_hash(list(message)))


def ecb(direction, key, text):
    cipher = sm4.CryptSM4()
    cipher.set_key(key, direction)
    return cipher.crypt_ecb(text)


def verify(point, user, signature, message):
    table = sm2.default_ecc_table
    curve = bytes.fromhex(table["a"] + table["b"] + table["g"])
    public = bytes.fromhex(point)[1:]
    hashed = digest(digest((len(user) * 8).to_bytes(2, "big") + user + curve + public) + message)
    verifier = sm2.CryptSM2("", "")
    verifier.public_key = public.hex()
    return verifier.verify(signature.hex(), hashed)


def pruned(value, inside):
    if isinstance(value, dict):
        kept = {name: pruned(inner, True) for name, inner in value.items()}
        return dict(sorted(((n, v) for n, v in kept.items() if v is not None), key=lambda pair: (pair[0].lower(), pair[0])))
    if isinstance(value, list):
        return [v for v in (pruned(inner, True) for inner in value) if v is not None] or None
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def plain(value):
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sign_text(envelope, content, secret):
    values = {name: value for name, value in envelope.items() if name not in ("signData", "encData", "extra")}
    values["data"] = content
    values = pruned(values, False)
    return "".join(f"{name}={plain(value)}&" for name, value in values.items()) + "key=" + secret


def check_fields(fields, value, place):
    names = [field["field"] for field in fields]
    require([name for name in names if name in value] == list(value), f"{place} has other fields, or in another order")
    for field in fields:
        inner, name = value.get(field["field"]), place + field["field"]
        slices = value.get("rxItemTypeCode") == "13"
        need = field.get("need")
        require(inner or not (need == "mandatory" or need == "not-of-slices" and not slices), f"{name} is missing")
        if inner is None:
            continue
        if "each" in field:
            for number, element in enumerate(inner):
                check_fields(field["each"], element, f"{name}[{number}].")
        elif "one" in field:
            check_fields(field["one"], inner, f"{name}.")
        else:
            require(isinstance(inner, str), f"{name} is no text")
            require(len(inner) <= field.get("length", len(inner)), f"{name} is too long")


def check(message, application, secret, point):
    with open(CATALOGUE, encoding="utf-8") as file:
        catalogue = json.load(file)
    described = {**catalogue["facts"], **catalogue["questions"]}[message]
    with open(os.path.join(GOLDEN, message + ".txt"), encoding="utf-8") as file:
        lines = file.read().split("\n")
    require(lines[0] == "POST " + catalogue["paths"]["service"] + described["path"], "goes elsewhere")
    envelope = json.loads(next(line for line in lines if line.startswith('{"appId"')))
    shown = json.loads(lines[lines.index("=== content") + 1])
    derived = ecb(sm4.SM4_ENCRYPT, application.encode()[:16], secret.encode()).hex().upper()[:16]
    require(envelope["encData"] == envelope["encData"].upper(), "encData is not in upper case")
    content = json.loads(ecb(sm4.SM4_DECRYPT, derived.encode(), bytes.fromhex(envelope["encData"])))
    require(content == shown, "encData holds something else")
    check_fields(described["request"], content, "")
    require(envelope["transType"] == described["number"], "has another number")
    signature = base64.b64decode(envelope["signData"], validate=True)
    require(len(signature) == 64, "the signature is not r and s")
    text = sign_text(envelope, content, secret)
    require(verify(point, secret.encode(), signature, text.encode()), "the signature is wrong")
    require(not verify(point, secret.encode(), signature, text.encode() + b"x"), "any text is signed")


for line in sys.stdin:
    try:
        check(*line.rstrip("\n").split("\t"))
        print("sound")
    except (ValueError, KeyError, StopIteration) as error:
        print(f"{type(error).__name__}: {error}")
