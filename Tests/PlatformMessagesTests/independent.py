"""Answers each line "platform<TAB>message<TAB>secret" of standard input with "sound" or with what is wrong with the golden file.

The signature of JSON is HMAC-SM3 put together of gmssl's SM3, that of XML is hashlib's SHA-1, that of a gateway hashlib's SHA-256. Which fields there are, in which
order and of which kind, is read from the platform's catalogue."""

import datetime
import hashlib
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

from gmssl import sm3

TESTS = os.path.dirname(os.path.abspath(__file__))
CATALOGUES = os.path.join(TESTS, "..", "..", "Catalogs", "platforms")
# As the tests stamp every message: the moment, the institutions of the account and of uploads, the serial, the token.
MOMENT = datetime.datetime(2026, 11, 22, 9, 30, 0)
EPOCH = int((MOMENT - datetime.datetime(1970, 1, 1, 8)).total_seconds())
INSTITUTIONS, SERIAL, TOKEN = ("H32010000001", "H33010200001"), 42, "tok-1"
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"


class Number(str):
    """A number as it is written."""


def require(condition, reason):
    if not condition:
        raise ValueError(reason)


def digest(message):
    return bytes.fromhex(sm3.sm3_hash(list(message)))


def hmac(key, message):
    key = (digest(key) if len(key) > 64 else key).ljust(64, b"\0")
    inner = digest(bytes(byte ^ 0x36 for byte in key) + message)
    return digest(bytes(byte ^ 0x5C for byte in key) + inner).hex()


def check_value(field, text):
    name = field["field"]
    require(text or not field.get("mandatory"), f"{name} is missing")
    require(len(text) <= field.get("length", len(text)), f"{name} is too long")
    if "constant" in field:
        require(text == field["constant"], f"{name} is not {field['constant']}")
    if field.get("words") and text:
        require(text in field["words"].values(), f"{name} is none of its words")
    if text and field.get("type") == "integer":
        require(re.fullmatch(r"-?\d+", text), f"{name} is no integer")
    if text and field.get("type") == "decimal":
        require(re.fullmatch(r"-?\d+(\.\d{1,%d})?" % field.get("scale", 4), text), f"{name} is no decimal")
    if text and field.get("type") == "time":
        pattern = re.sub("[yMdHms]", r"\\d", field.get("format", "yyyyMMdd/HHmmss/"))
        require(re.fullmatch(pattern, text), f"{name} is no time")
    if text and field.get("type") == "day":
        pattern = re.sub("[yMd]", r"\\d", field["format"])
        require(re.fullmatch(pattern, text), f"{name} is no day")


def check_object(fields, members):
    """Fields stand in the catalogue's order; those that are absent are left out."""
    names = [field["field"] for field in fields]
    require(list(members) == [name for name in names if name in members], "the order of the fields")
    for field in fields:
        require(field["field"] in members or not field.get("kept"), f"{field['field']} does not stand there")
        value = members.get(field["field"], "")
        if "inside" in field:
            check_object(field["inside"], value or {})
            continue
        if "each" in field:
            require(value or not field.get("mandatory"), f"{field['field']} is missing")
            for line in value or []:
                if field.get("plain"):
                    (only,) = field["fields"]
                    check_value(only, line)
                    continue
                check_object(field["fields"], line)
            continue
        require(value == "" or isinstance(value, Number) == (field.get("type") in ("integer", "decimal")), f"the kind of {field['field']}")
        check_value(field, str(value))


def check_elements(fields, element):
    """Every field has an element, which is empty where it is absent."""
    require([child.tag for child in element] == [field["field"] for field in fields], f"the fields of {element.tag}")
    for field, child in zip(fields, element):
        check_value(field, child.text or "")


def check_json(catalogue, operation, fields, headers, body, secret):
    second, signature = headers["x-ca-signature"].split(":")
    require(hmac(secret.encode(), second.encode() + b"\n" + body) == signature, "the signature")
    document = json.loads(body, parse_int=Number, parse_float=Number)
    if operation == "token":
        require("Access-Token" not in headers, "a token for a token")
        return check_object(fields, document)
    require(headers["Access-Token"] == "tok-1", "the token")
    require(list(document) == ["infno", "input"] and document["infno"] == operation, "the envelope")
    require(list(document["input"]) == ["data"], "the input")
    return check_object(fields, document["input"]["data"])


def check_national(catalogue, described, headers, body, secret):
    """The envelope's fields, then `input` with the message's node and what stands beside it."""
    wire = catalogue["wire"]
    document = json.loads(body, parse_int=Number, parse_float=Number)
    require(list(document)[-1] == "input", "the input")
    content = document.pop("input")
    check_object(wire["envelope"], document)
    names = {field.get("from"): field["field"] for field in wire["envelope"]}
    require(document[names["operation"]] == described["operation"], "the operation")
    institution = document[names["institution"]]
    require(institution in INSTITUTIONS, "the institution")
    number = institution + MOMENT.strftime("%Y%m%d%H%M%S") + "%04d" % SERIAL
    require(len(number) == 30 and document[names["message-id"]] == number, "the message's number")
    require(document[names["sent-at"]] == MOMENT.strftime("%Y-%m-%d %H:%M:%S"), "when it was sent")
    is_token = described is wire.get("token")
    beside = {field["field"]: content.pop(field["field"]) for field in wire.get("beside", []) if not is_token}
    require(all(value == TOKEN for value in beside.values()), "the token")
    require(is_token or not wire.get("token") or TOKEN in body.decode(), "no token")
    node = described.get("input", wire.get("input", ""))
    require(not node or list(content) == [node], "the node of the input")
    check_object(described["request"], content[node] if node else content)
    if wire.get("gateway") == "x-tif":
        second, nonce = headers["x-tif-timestamp"], headers["x-tif-nonce"]
        require(int(second) == EPOCH and headers["x-tif-paasid"], "the gateway's time and its caller")
        signature = hashlib.sha256(f"{second}{secret}{nonce}{second}".encode()).hexdigest()
        require(signature == headers["x-tif-signature"], "the gateway's signature")


def check_xml(catalogue, operation, fields, headers, body):
    wire = catalogue["wire"]
    require(headers["SOAPAction"] == '""', "the SOAPAction")
    envelope = ElementTree.fromstring(body)
    require(envelope.tag == SOAP + "Envelope" and len(envelope) == 1 and envelope[0].tag == SOAP + "Body", "the envelope")
    (call,) = envelope[0]
    require(call.tag == "{%s}%s" % (wire["namespace"], wire["element"]), "the call")
    require([parameter.tag for parameter in call] == wire["parameters"], "the parameters")
    user, password, institution, version, kind, signature, text = [parameter.text for parameter in call]
    require(user and password and institution, "who calls")
    require(version == wire["version"] and kind == operation, "the kind of message")
    sha1 = hashlib.sha1(text.encode()).hexdigest()
    require(signature == (sha1.upper() if wire["signature"] == "upper" else sha1), "the signature")
    document = ElementTree.fromstring(text.encode())
    lines = [field for field in fields if "each" in field]
    require([part.tag for part in document] == ["HEAD", "MAIN"] + (["DETAIL"] if lines else []), "the parts")
    check_elements(wire["head"], document[0])
    require(document[0].find("BZXX").text == "m-000001", "BZXX")
    check_elements([field for field in fields if "each" not in field], document[1])
    for line in document[2] if lines else []:
        require(line.tag == lines[0]["field"] == "STRUCT", "the lines")
        check_elements(lines[0]["fields"], line)


def check(platform, message, secret):
    shipped = os.path.join(CATALOGUES, platform + ".json")
    with open(shipped if os.path.exists(shipped) else os.path.join(TESTS, "Answers", platform + ".json"), encoding="utf-8") as file:
        catalogue = json.load(file)
    with open(os.path.join(TESTS, "Golden", platform, message + ".txt"), "rb") as file:
        request = file.read().split(b"\n=== answer\n")[0]
    head, body = request.split(b"\n\n", 1)
    start, *headers = head.decode().split("\n")
    headers = dict(header.split(": ", 1) for header in headers)
    is_national = catalogue["dialect"] == "national-envelope"
    token = catalogue["wire"].get("token") if is_national else {"operation": "token", "request": catalogue["wire"].get("token")}
    if message.startswith("emergency-") and message not in catalogue["questions"]:
        described = catalogue["facts"][message[len("emergency-"):]]["variant"]["message"]
    else:
        described = token if message == "token" else catalogue["facts"].get(message) or catalogue["questions"][message]
    path = "token" if message == "token" else "service"
    require(start == "POST " + (catalogue["paths"][path] or "/" + path), "the path")
    if is_national:
        check_national(catalogue, described, headers, body, secret)
    elif catalogue["dialect"] == "signed-json":
        check_json(catalogue, described["operation"], described["request"], headers, body, secret)
    else:
        check_xml(catalogue, described["operation"], described["request"], headers, body)


for line in sys.stdin:
    try:
        check(*line.rstrip("\n").split("\t"))
        print("sound")
    except Exception as error:
        print(f"{type(error).__name__}: {error}".replace("\n", " "))
