"""From the fields of a contact to lines of YAML in the shape that the shipped files have.

Numbers and times stand in quotes, dates and yes and no plain, other text plain where nothing in it could be read as
anything else. What is short stands in one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from cst.source.field_types import is_retyped

WIDTH = 140  # columns; a text that is longer is still one line, as elsewhere in the files
_DATES = ("assured_date", "review_by", "consulted", "dated", "starts", "ends")
_QUOTED = ("number", "old_numbers", "opens_at", "closes_at")
_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w .()/'’£+-]|:(?=\S)|,(?=\s)|;)*")
_PLAIN_INSIDE = re.compile(r"[A-Za-z0-9][\w .()/'’£+;-]*")  # within brackets: no comma, no colon


def scalar(field: str, value: Any, *, inside: bool = False) -> str:
    """One value as it is written.

    Args:
        field: the field that it is the value of, or of which it is an item.
        value: text, or yes or no as a boolean.
        inside: whether it stands within brackets.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if field in _DATES:
        return text
    fits = (_PLAIN_INSIDE if inside else _PLAIN).fullmatch(text) and text == text.strip()
    if field in _QUOTED or not fits or is_retyped(text):
        return json.dumps(text, ensure_ascii=False)
    return text


def record_lines(name: str, record: Mapping[str, Any]) -> list[str]:
    """A record of a section, as lines without their ends."""
    return [f"  {name}:", *_fields(record, 4)]


def field_lines(field: str, value: Any, indent: int) -> list[str]:
    """A field with its value, as lines without their ends.

    Args:
        field: its name.
        value: text, a boolean, a list or a mapping.
        indent: the columns before the name.
    """
    before = " " * indent
    if not isinstance(value, list | dict):
        return [f"{before}{field}: {scalar(field, value)}"]
    flow = f"{before}{field}: {_flow(field, value)}"
    if _is_flat(value) and len(flow) <= WIDTH:
        return [flow]
    if isinstance(value, dict):
        return [f"{before}{field}:", *_fields(value, indent + 2)]
    return [f"{before}{field}:", *(line for item in value for line in item_lines(field, item, indent + 2))]


def item_lines(field: str, item: Any, indent: int) -> list[str]:
    """An item of a list, as lines without their ends."""
    before = " " * indent
    if not isinstance(item, dict):
        return [f"{before}- {scalar(field, item)}"]
    flow = f"{before}- {_flow(field, item)}"
    if _is_flat(item) and len(flow) <= WIDTH:
        return [flow]
    first, *rest = _fields(item, indent + 2)
    return [f"{before}- {first.lstrip()}", *rest]


def _fields(value: Mapping[str, Any], indent: int) -> list[str]:
    return [line for field, inner in value.items() for line in field_lines(field, inner, indent)]


def _is_flat(value: Any) -> bool:
    """Whether it holds nothing but short values, so that it can stand in brackets in one line."""
    return not any(isinstance(inner, list | dict) for inner in (value.values() if isinstance(value, dict) else value))


def _flow(field: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(_pairs(value))}}}"
    if isinstance(value, list):
        return f"[{', '.join(_flow(field, item) for item in value)}]"
    return scalar(field, value, inside=True)


def _pairs(value: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key}: {_flow(key, inner)}" for key, inner in value.items())
