"""What a search reads: every name, everyday word, sign and step of the toolkit as a line that speaks for entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cst.toolkit.names import NAMED_KINDS, EntryRef, called, normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

DANGER: EntryRef = ("pathways", "emergency")  # words that lead here first are danger

# Words too small to count. "On", "off", "not", "i" and "me" are no such words: on fire, not breathing, i hit her.
SMALL_WORDS = {
    "a", "an", "the", "is", "are", "was", "were", "be", "been", "being", "am", "to", "of", "and", "or", "in", "at",
    "my", "his", "their", "our", "your", "im", "ive", "he", "hes", "she", "shes", "they", "theyre", "it", "its",
    "that", "this", "with", "for", "from", "by", "as", "so", "do", "does", "did", "have", "had",
}  # fmt: skip
# How much a name speaks for its entry, by kind. An issue's name is worth more than that of a warning.
NAMES = {
    "issues": 1.2,
    "pathways": 1.0,
    "schemes": 1.0,
    "terms": 1.0,
    "roles": 1.0,
    "contacts": 0.8,
    "cautions": 0.5,
    "areas": 0.8,
}
PAST = 0.5  # the name of a service that is gone, against that of one that answers
SAID = 1.2  # what people say
NEXT = 0.85  # each further entry that the same words lead to, against the one before
ABOUT = 0.25  # a sign or a summary
STEP = 0.12


class Line(NamedTuple):
    """One line of text and how much it speaks for which entries.

    `size` is how many of its words count; 0 for prose, which nobody types whole. `alike` names the words that stand
    for one another. `whole`: it counts only when nothing else was typed.
    """

    text: str
    speaks: Mapping[EntryRef, float]
    size: int = 0
    alike: str = ""
    whole: bool = False
    danger: bool = False


def lines(records: Mapping[str, Any]) -> Iterator[Line]:
    """Every line of the records of a toolkit."""
    kinds = {name: kind for kind in NAMED_KINDS for name in records.get(kind, {})}
    for name, words in records.get("words", {}).items():
        means = [(kinds[entry], entry) for entry in words.get("means", ())]
        speaks = {entry: SAID * NEXT**place for place, entry in enumerate(means)}
        for text in dict.fromkeys(map(_normal, words["said"])):
            yield Line(
                text, speaks, _size(text), "" if means else name, words.get("whole", False), means[:1] == [DANGER]
            )
    for name, kind in kinds.items():
        record = records[kind][name]
        if "beside" in record:
            continue  # a correction that is out of date: what it corrected is found
        weight = NAMES[kind] * (PAST if record.get("status") == "historic" else 1)
        for text in dict.fromkeys(map(normal, called(name, record))):
            yield Line(text, {(kind, name): weight}, _size(text))
        for text, weight in _prose(record):
            yield Line(text.replace("'", ""), {(kind, name): weight})


def content(text: str) -> list[str]:
    """The words of a normal text that count, each once; all of them where none does."""
    words = list(dict.fromkeys(text.split()))
    return [word for word in words if word not in SMALL_WORDS] or words


def _size(text: str) -> int:
    words = text.split()
    return sum(word not in SMALL_WORDS for word in words) or len(words)


def _normal(text: str) -> str:
    """As `names.normal`, but at once for what is normal already: nearly all of thousands of everyday words."""
    return text if text.islower() and text.isascii() and text.replace(" ", "").isalnum() else normal(text)


def _prose(record: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """What a record says of itself, with the weight of it."""
    for field in ("summary", "meaning", "why", "who_for"):
        for sentence in record.get(field, "").split(". "):
            yield sentence, ABOUT
    for sign in record.get("signs", ()):
        yield sign, ABOUT
    for step in record.get("steps", ()):
        yield step["say"], STEP
