"""What stands in the words of a local file: nothing that can be dialled, and no letters that look like others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from typing import Any, Literal, NamedTuple

from cst.source.diallable import diallable
from cst.source.field_types import Reference

FieldPath = tuple[str | int, ...]

# What no person reads as words: numbers and ids have fields and rules of their own.
_NO_WORDS = {
    "number", "old_numbers", "address", "old_emails", "consulted", "dated", "assured_date", "review_by",
    "starts", "ends", "days", "opens_at", "closes_at", "based_on",
    "rule", "when", "implied_by", "asked_if", "not_hinted_if", "not_if",
}  # fmt: skip
MOST_WORDS = 400  # characters of one text; the longest that is shipped has fewer
# What is most often a person's name. Where else one stands only the reader can see it.
_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|PC|PCSO|DC|DS|DI|Sgt|Cllr)\b\.? +[A-Z]\w*"
    r"|\b(?i:ask(?:ed)? for|speak to|spoke (?:to|with)|talk to|called|named) +[A-Z][a-z]+ +"
    r"(?!(?:Services?|Team|Desk|Line|Care|Unit|Office|Centre|Council|Police|Hub|Health|Housing)\b)[A-Z][a-z]+"
)
_PAGE = re.compile(r"(?:https?://)?[^\s/:]+(?:/\S*)?")


class Unfit(NamedTuple):
    """Why a text cannot stand in a local file, and the part of it that is meant."""

    why: Literal["hidden", "long", "number", "person"]
    part: str = ""


def unfit_words(text: str) -> Unfit | None:
    """What is wrong with words from outside, on one line; None where they may stand: see `Unfit`."""
    if any(unicodedata.category(sign)[0] == "C" for sign in text):
        return Unfit("hidden")
    if len(text) > MOST_WORDS:
        return Unfit("long")
    if found := diallable(text):
        return Unfit("number", found)
    person = _PERSON.search(text)
    return Unfit("person", person.group()) if person else None


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
