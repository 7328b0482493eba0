"""The kinds of value a toolkit file holds: what each accepts, and what it says when it refuses.

Every scalar arrives as the text that stands in the file (see `yaml.py`); these kinds give it its type.
Nothing here is guessed: a value that plain YAML would turn into something else must be quoted.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from cst.toolkit.yaml import Scalar

_TRAP = re.compile(
    r"""(?ix) ~ | null | yes | no | on | off | true | false | y | n          # words YAML 1.1 retypes
    | [-+]? (\d[\d_]* | 0x[\da-f_]+ | 0b[01_]+ | 0o[0-7_]+)                    # whole numbers, octal, hex
    | [-+]? (\d[\d_]*)? \.? \d* (e[-+]?\d+)? | [-+]? \.(inf|nan) | \.nan      # fractions
    | [-+]? \d[\d_]* (:[0-5]?\d)+ (\.\d*)?                                     # 17:00 as base sixty
    | \d{4}-\d\d?-\d\d? ([Tt\ ] .*)?                                          # dates
    | \+?[\d\ ()-]{6,} | = | <<                                               # telephone numbers, markers
    """
)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")
_PHONE = re.compile(r"\+?\d[\d ]{1,18}\d")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DATED = re.compile(r"\d{4}(-[01]\d(-[0-3]\d)?)?|undated")
_MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def refuse(code: str, message: str) -> PydanticCustomError:
    """An error whose message is shown as it stands."""
    return PydanticCustomError(code, message.replace("{", "(").replace("}", ")"))


class Reference(str):
    """The id of another record, remembered with the kind of record it must name."""

    kind: str


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise refuse("text", "this must be text")
    if isinstance(value, Scalar) and value.plain and _TRAP.fullmatch(value):
        raise refuse(
            "unquoted", f'{value} must stand in quotes, as "{value}": without them YAML may read it as something else'
        )
    if not value.strip():
        raise refuse("empty", "this is empty: write it, or leave the line out")
    return value


def _matching(pattern: re.Pattern[str], message: str) -> Callable[[object], object]:
    def check(value: object) -> object:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise refuse("form", f"{value!s:.60} {message}")
        return value

    return check


def _quoted(value: object) -> object:
    if isinstance(value, Scalar) and value.plain:
        raise refuse("unquoted", f'{value} must stand in quotes, as "{value}"')
    return value


def _date(value: object) -> object:
    try:
        datetime.date.fromisoformat(str(value))
    except ValueError:
        raise refuse("date", f"{value!s:.60} is not a date: write year-month-day, as 2026-11-23") from None
    return value


def _yes(value: object) -> object:
    if value not in ("yes", "no"):
        raise refuse("yes-no", f"{value!s:.60} is neither yes nor no")
    return value == "yes"


def _whole(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"\d{1,6}", value):
        raise refuse("number", f"{value!s:.60} is not a whole number")
    return int(value)


def refers_to(kind: str) -> AfterValidator:
    """Marks an id as the name of a record of `kind` (a top-level key, or several joined by `|`)."""

    def mark(value: str) -> str:
        reference = Reference(value)
        reference.kind = kind
        return reference

    return AfterValidator(mark)


Text = Annotated[str, BeforeValidator(_text)]
Id = Annotated[
    str,
    BeforeValidator(_matching(_ID, "is not an id: use small letters, digits and single hyphens")),
    Field(pattern=f"^{_ID.pattern}$"),
]
Clock = Annotated[
    str, BeforeValidator(_quoted), BeforeValidator(_matching(_CLOCK, 'is not a time of day: write "08:30"'))
]
Number = Annotated[
    str,
    BeforeValidator(_quoted),
    BeforeValidator(_matching(_PHONE, "is not a telephone number: digits and single spaces")),
]
Email = Annotated[str, BeforeValidator(_matching(_EMAIL, "is not an e-mail address"))]
Date = Annotated[str, BeforeValidator(_date), Field(json_schema_extra={"format": "date"})]
Dated = Annotated[
    str,
    BeforeValidator(_matching(_DATED, "is not when a page is from: write 2026-11-23, 2026-11, 2026 or undated")),
    WithJsonSchema({"type": ["string", "integer"]}),
]
Minute = Annotated[str, BeforeValidator(_matching(_MINUTE, "is not a date and time: write 2026-11-27T16:45"))]
YesNo = Annotated[bool, BeforeValidator(_yes), WithJsonSchema({"enum": ["yes", "no", True, False]})]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
Rule = Annotated[
    object, WithJsonSchema({"description": "a rule: a question id, any, all, not, at_least, sum, or a comparison"})
]
AnswerText = Annotated[
    object, WithJsonSchema({"description": "yes, no, not-sure, a number, a choice id, or a list of choice ids"})
]
