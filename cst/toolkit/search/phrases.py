"""What a search reads: what people say, what they call things, and signs, each a row that speaks for entries."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.toolkit.names import NAMED_KINDS, EntryRef, called, normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

DANGER: EntryRef = ("pathways", "emergency")  # words that lead here first are danger
NOTHING: EntryRef = ("", "")  # what has nothing to do with anything here leads here
VICTIM: EntryRef = ("issues", "domestic-abuse")
# For those who hurt others. "I am" is no sign of them: whoever is hurt must never be led to these alone.
HURTS: frozenset[EntryRef] = frozenset(
    {
        ("issues", "harmful-behaviour"),
        ("pathways", "own-behaviour"),
        ("pathways", "own-behaviour-high-risk"),
        ("contacts", "respect-phoneline"),
        ("contacts", "hampton-trust"),
    }
)

# Words that stand in everything. They count where they stand in a phrase, and say nothing by themselves.
SMALL_WORDS = {
    "a", "an", "the", "is", "are", "was", "were", "be", "been", "being", "am", "to", "of", "and", "or", "in", "at",
    "my", "his", "their", "our", "your", "im", "ive", "he", "hes", "she", "shes", "they", "theyre", "it", "its",
    "that", "this", "with", "for", "from", "by", "as", "so", "do", "does", "did", "have", "had", "i", "on", "me",
    "her", "him", "you", "we", "not", "how", "what", "when", "where", "who", "can", "will", "no", "up", "out", "has",
    "get", "new", "all", "about", "if", "but",
}  # fmt: skip

# How much a row speaks for its entries. Measured by `tests/finding/measure.py`.
NEXT = 0.4  # each further entry that the same words lead to, against the one before
SIGN = 0.5
PAST = 0.5  # the name of a service that is gone


class Row(NamedTuple):
    """One thing that people say, and how much it speaks for which entries.

    `danger`: whoever says it, it comes before everything. `urgent`: help for now must lead, beside what it speaks for.
    `whole`: it counts only when nothing else was typed. `directory`: the name of a contact, of which there may be very
    many.
    """

    text: str
    speaks: tuple[tuple[EntryRef, float], ...]
    danger: bool = False
    urgent: bool = False
    whole: bool = False
    directory: bool = False


def rows(records: Mapping[str, Any]) -> list[Row]:
    """Every row of the records of a toolkit: those of danger first, the names of contacts last."""
    kinds = {name: kind for kind in NAMED_KINDS for name in records.get(kind, {})}
    found = [*_said(records, kinds), *_called(records, kinds)]
    return sorted(found, key=lambda row: (not row.danger, row.directory))


def is_for_now(records: Mapping[str, Any], entry: EntryRef) -> bool:
    """Whether an entry is for danger: a pathway for now, an issue that begins with one, or a term that leads to 999."""
    kind, name = entry
    record = records[kind][name]
    if kind == "pathways":
        return bool(record["urgency"] == "now")
    if kind == "issues":
        return any(records["pathways"][first]["urgency"] == "now" for first in record.get("pathways", ())[:1])
    return bool(next(iter(record.get("see_also", ())), "") == "police-emergency")


def _said(records: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[Row]:
    for words in records.get("words", {}).values():
        means = [(kinds[entry], entry) for entry in words.get("means", ())]
        speaks = tuple((entry, NEXT**place) for place, entry in enumerate(means)) or ((NOTHING, 1.0),)
        for text in dict.fromkeys(map(normal, words["said"])):
            yield Row(text, speaks, means[:1] == [DANGER], words.get("danger", False), words.get("whole", False))


def _called(records: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[Row]:
    for name, kind in kinds.items():
        record = records[kind][name]
        if "beside" in record:
            continue  # a correction that is out of date: what it corrected is found
        weight = PAST if record.get("status") == "historic" else 1.0
        for text in dict.fromkeys(map(normal, called(name, record))):
            yield Row(text, (((kind, name), weight),), directory=kind == "contacts")
        for sign in record.get("signs", ()):
            yield Row(normal(sign), (((kind, name), SIGN),))
