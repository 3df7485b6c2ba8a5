"""Answers for each line "kind<TAB>code" of standard input whether python-stdnum takes the code: one line, 1 or 0; for
kind "elements" the values it found. The last day a resident may be born on is the first argument."""

import datetime
import sys

from stdnum import ean, gs1_128
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidComponent, ValidationError

TODAY = datetime.date.fromisoformat(sys.argv[1])


def resident(number):
    try:
        ric.validate(number)
    except InvalidComponent:
        # Places are not judged, because divisions change: only the day of birth is.
        ric.get_birth_date(number)
    return datetime.date(1900, 1, 1) <= ric.get_birth_date(number) <= TODAY


def credit(number):
    return bool(uscc.validate(number))


def trade_item(number):
    return len(number) in (13, 14) and bool(ean.validate(number))


def national_drug(number):
    return len(number) == 14 and number.startswith("869") and bool(ean.validate(number))


CHECKS = {"resident": resident, "credit": credit, "gtin": trade_item, "base": national_drug}


def elements(text):
    found = gs1_128.info(text, "\x1d")
    return "|".join(str(found.get(identifier, "")) for identifier in ("01", "10", "11", "17", "21"))


for line in sys.stdin.buffer.read().decode().split("\n"):
    kind, tab, code = line.partition("\t")
    if not tab:
        continue
    try:
        print(elements(code) if kind == "elements" else int(CHECKS[kind](code)))
    except (ValidationError, ValueError):
        print(0)
