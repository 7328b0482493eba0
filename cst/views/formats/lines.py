"""A page as lines, label first: what plain text and Markdown both write, each with its own signs."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.views.page import (
    Bar,
    Block,
    Cited,
    Item,
    Listed,
    Never,
    NotKnown,
    Past,
    Reach,
    Ring,
    Row,
    Small,
    Step,
    Together,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    Kind = Literal["words", "strong", "point", "note", "listed"]

_TURNS = {"first": "{} FIRST", "then": "THEN {}", "closed": "{} WHEN OPEN", "alone": "{}"}


class Line(NamedTuple):
    """One line: its label (may be empty), its text, and what it is.

    `point` is a line that stands for itself, `note` belongs to the point before it, `listed` to others of its label.
    """

    label: str
    text: str
    kind: Kind = "point"


def turn_words(call: Ring) -> str:
    """What to do with a number and when, in capitals: RING FIRST, THEN TEXT, RING WHEN OPEN."""
    return _TURNS[call.turn].format(call.way.upper())


def heading(block: Block) -> str:
    """The urgency as a word and the heading, or either, or nothing."""
    return ": ".join(filter(None, (block.word, block.heading)))


def lines(block: Block) -> Iterator[Line]:
    """The items of a block, in order."""
    for item in block.items:
        yield from _lines(item)


def _lines(item: Item) -> Iterator[Line]:
    match item:
        case Ring():
            yield Line(turn_words(item), f"{item.number}, {item.name}, {item.hours}")
            yield from (Line("Note", note, "note") for note in item.notes)
        case Reach(name, how, _, notes):
            yield Line("REACH", f"{name}: {how}")
            yield from (Line("Note", note, "note") for note in notes)
        case Past():
            yield Line(item.warning.upper(), f"{item.address}, {item.name}")
        case Step():
            yield Line(f"Step {item.place}", item.sentence)
        case Never():
            yield Line("CAUTION", item.sentence)
        case NotKnown(known):
            yield from (Line("Find out", line) for line in known)
        case Listed(label, points) | Cited(label, points):
            yield from (Line(label, point, "listed") for point in points)
        case Row(id, text):
            yield Line(id, text)
        case Bar(label, count, whole):
            yield Line(label, f"{count} of {whole}")
        case Words(text, label, strong):
            yield Line(label, text, "strong" if strong else "words")
        case Small(text, label):
            yield Line(label, text, "words")
        case Together(label, items):
            stop = " " if all(isinstance(one, (Step, Never)) for one in items) else "; "
            yield Line(label, stop.join(_run_on(one, label) for one in items))


def _run_on(item: Ring | Reach | Step | Never | Words, label: str) -> str:
    """An item within a line that it shares with others, under this label."""
    match item:
        case Ring():
            when = "when open " if item.turn == "closed" and item.hours != "above" else ""
            way = "" if item.way == "ring" else f"{item.way} "
            return f"{when}{way}{item.number}, {item.name}, {item.hours}{_aside(item.notes)}"
        case Reach():
            return f"{item.name}: {item.how}{_aside(item.notes)}"
        case Step():
            return f"({item.place}) {item.sentence}"
        case Never():
            return item.sentence
        case Words():
            return f"{item.label}: {item.text}" if item.label not in ("", label) else item.text


def _aside(notes: tuple[str, ...]) -> str:
    return f" ({' '.join(notes)})" if notes else ""
