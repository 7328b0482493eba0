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

from cst.source.yaml import Scalar

_TRAP = re.compile(
    r"""(?ix) ~ | null | yes | no | on | off | true | false | y | n          # words YAML 1.1 retypes
    | [-+]? (\d[\d_]* | 0x[\da-f_]+ | 0b[01_]+ | 0o[0-7_]+)                    # whole numbers, octal, hex
    | [-+]? (\d[\d_]*)? (\.\d*)? (e[-+]?\d+)? | [-+]? \.(inf|nan) | \.nan      # fractions
    | [-+]? \d[\d_]* (:[0-5]?\d)+ (\.\d*)?                                     # 17:00 as base sixty
    | \d{4}-\d\d?-\d\d? ([Tt\ ] .*)?                                          # dates
    | \+?[\d\ ()-]{6,} | = | <<                                               # telephone numbers, markers
    """
)
_CURLY = tuple("\u2018\u2019\u201c\u201d")  # what a word processor makes of quotes
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Digits are those of ASCII: other scripts' have the same values and other looks.
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
_PHONE = re.compile(r"\+?\d[\d ]{1,18}\d", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATED = re.compile(r"(19|20)\d\d(-\d\d(-\d\d)?)?|undated", re.ASCII)
_MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)
_WHOLE = re.compile(r"0|[1-9]\d{0,5}", re.ASCII)


def refuse(code: str, says: str, remedy: str) -> PydanticCustomError:
    """An error: what is wrong and what to do, both shown as they stand."""
    return PydanticCustomError(code, says.replace("{", "(").replace("}", ")"), {"remedy": remedy})


class Reference(str):
    """The id of another record, remembered with the kind of record it must name."""

    kind: str


def is_retyped(text: str) -> bool:
    """Whether YAML may read a text that stands without quotes as something else."""
    return _TRAP.fullmatch(text) is not None


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise refuse("text", "this must be text", "write it on one line")
    if not value.strip():
        raise refuse("empty", "this is empty", "write it, or leave the line out")
    if isinstance(value, Scalar) and value.plain and _TRAP.fullmatch(value):
        raise refuse(
            "unquoted", f"{value} must stand in quotes: YAML may read it as something else", f'write "{value}"'
        )
    return value


def _matching(pattern: re.Pattern[str], says: str, remedy: str) -> Callable[[object], object]:
    def check(value: object) -> object:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            straight = ', in straight quotes (")' if str(value).startswith(_CURLY) else ""
            raise refuse("form", f"{value!s:.60} {says}", f"{remedy}{straight}")
        return value

    return check


def _quoted(value: object) -> object:
    if isinstance(value, Scalar) and value.plain:
        raise refuse("unquoted", f"{value} must stand in quotes", f'write "{value}"')
    return value


def _id(value: object) -> object:
    """No id is what YAML may read as something else: a number, or a word for yes, no or nothing."""
    text = str(value)
    if not _ID.fullmatch(text) or _TRAP.fullmatch(text):
        raise refuse("form", f"{text:.60} is not an id", "use small letters, digits and hyphens, such as our-desk")
    return value


def _date(value: object) -> object:
    if not _DATE.fullmatch(str(value)) or not _is_time(str(value)):
        raise refuse("date", f"{value!s:.60} is not a date", "write year-month-day, as 2026-11-23")
    return value


def _is_time(text: str) -> bool:
    """Whether there is such a day, or such a minute."""
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _of_a_page(value: object) -> object:
    text = str(value)
    if not _DATED.fullmatch(text) or (text != "undated" and not _is_time(f"{text}-01-01"[:10])):
        raise refuse("form", f"{text:.60} is not when a page is from", "write 2026-11-23, 2026-11, 2026 or undated")
    return value


def _minute(value: object) -> object:
    if not _MINUTE.fullmatch(str(value)) or not _is_time(str(value)):
        raise refuse("form", f"{value!s:.60} is not a date and time", "write 2026-11-27T16:45")
    return value


def _yes(value: object) -> object:
    if value not in ("yes", "no"):
        raise refuse("yes-no", f"{value!s:.60} is neither yes nor no", "write yes or no, in small letters")
    return value == "yes"


def _whole(value: object) -> object:
    if not isinstance(value, str) or not _WHOLE.fullmatch(value):
        raise refuse("number", f"{value!s:.60} is not a whole number", "write digits alone, as 65")
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
    BeforeValidator(_id),
    Field(pattern=f"^{_ID.pattern}$"),
]
Clock = Annotated[
    str,
    BeforeValidator(_quoted),
    BeforeValidator(_matching(_CLOCK, "is not a time of day", 'write it as "08:30" or "17:00"')),
]
Number = Annotated[
    str,
    BeforeValidator(_quoted),
    BeforeValidator(_matching(_PHONE, "is not a telephone number", "write digits and single blanks alone")),
]
Email = Annotated[str, BeforeValidator(_matching(_EMAIL, "is not an e-mail address", "write it as name@example.org"))]
Date = Annotated[str, BeforeValidator(_date), Field(json_schema_extra={"format": "date"})]
Dated = Annotated[
    str,
    BeforeValidator(_of_a_page),
    WithJsonSchema({"type": ["string", "integer"]}),
]
Minute = Annotated[str, BeforeValidator(_minute)]
YesNo = Annotated[bool, BeforeValidator(_yes), WithJsonSchema({"enum": ["yes", "no", True, False]})]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
Rule = Annotated[
    object, WithJsonSchema({"description": "a rule: a question id, any, all, not, at_least, sum, or a comparison"})
]
AnswerText = Annotated[
    object, WithJsonSchema({"description": "yes, no, not-sure, a number, a choice id, or a list of choice ids"})
]
