"""What stands in the words of a local file: nothing that can be dialled, and no letters that look like others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from typing import Any

from cst.source.diallable import diallable
from cst.source.field_types import Reference

FieldPath = tuple[str | int, ...]

# What no person reads as words: numbers and ids have fields and rules of their own.
_NO_WORDS = {
    "number", "old_numbers", "address", "old_emails", "consulted", "dated", "assured_date", "review_by",
    "starts", "ends", "days", "opens_at", "closes_at", "based_on",
    "rule", "when", "implied_by", "asked_if", "not_hinted_if", "not_if",
}  # fmt: skip
_PAGE = re.compile(r"(?:https?://)?[^\s/:]+(?:/\S*)?")


def has_two_alphabets(word: str) -> bool:
    """Whether a word has Latin letters and others."""
    alphabets = {unicodedata.name(sign, "?").split()[0] == "LATIN" for sign in word if sign.isalpha()}
    return len(alphabets) > 1


def dialled(
    value: Any, shipped: Container[str], path: FieldPath = (), field: str = ""
) -> Iterator[tuple[FieldPath, str]]:
    """What can be dialled in the texts of a record, each with its place.

    Args:
        value: the record, or what stands in it at `path`, in `field`.
        shipped: texts that cst ships itself, and that a correction repeats.
        path: where it stands within the record.
        field: the field that it is the value of.
    """
    if field in _NO_WORDS or isinstance(value, Reference):
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from dialled(inner, shipped, (*path, key), str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from dialled(inner, shipped, (*path, number), field)
    elif isinstance(value, str) and value not in shipped:
        is_page = field == "url" and _PAGE.fullmatch(value)
        if found := diallable(value.split("://")[-1].split("/")[0] if is_page else value):
            yield path, found


def texts(value: Any) -> Iterator[str]:
    """Every text in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)
