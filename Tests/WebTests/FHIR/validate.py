"""Says for each line of standard input, a JSON resource, whether the independent models of FHIR R4 take it: one line, "ok" or
what is wrong. Codes of required value sets, which the models only name, are checked too."""

import json
import sys

from fhir.resources import __fhir_version__, get_fhir_model_class
from pydantic import BaseModel

assert __fhir_version__ == "4.0.1", __fhir_version__


def wrong_codes(value, path):
    """Codes that stand where FHIR allows only listed ones."""
    if isinstance(value, list):
        for number, element in enumerate(value):
            yield from wrong_codes(element, f"{path}[{number}]")
    if not isinstance(value, BaseModel):
        return
    for name, field in value.__fields__.items():
        found = getattr(value, name, None)
        allowed = field.field_info.extra.get("enum_values")
        if path == "CapabilityStatement" and name == "format":
            allowed = None  # listed there as (xml | json | ttl | mime type): any media type may stand here
        if found is not None and allowed:
            for code in found if isinstance(found, list) else [found]:
                if code not in allowed:
                    yield f"{path}.{name}: {code} is none of {', '.join(allowed)}"
        yield from wrong_codes(found, f"{path}.{name}")


def verdict(line):
    try:
        plain = json.loads(line)
        resource = get_fhir_model_class(plain["resourceType"]).parse_raw(line)
    except Exception as problem:  # whatever it is, the resource was not taken
        return " ".join(str(problem).split()) or repr(problem)
    return "; ".join(wrong_codes(resource, plain["resourceType"])) or "ok"


for line in sys.stdin.buffer.read().decode().split("\n"):
    if line:
        print(verdict(line))
