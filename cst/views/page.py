"""A page, before anyone decides how to draw it: blocks of items, in the order in which to read them.

Panels and plain text are drawn from the same page, so they hold the same numbers in the same order.
Named tuples and not dataclasses: eleven of those cost every look-up 3 ms, these half of one.
"""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Literal

    Turn = Literal["first", "then", "closed", "alone"]


class Words(NamedTuple):
    """A paragraph; `label` stands before it when there is one. `strong` is for what must be seen first."""

    text: str
    label: str = ""
    strong: bool = False


class Ring(NamedTuple):
    """A number and whose it is, never apart.

    `turn` is where it stands: the first, a later one, one that is closed now, or one not in any order. `way` is what
    to do with it: ring, text, textphone, relay, video. `large` is for the one to ring first: on a line of its own.
    """

    number: str
    name: str
    hours: str
    turn: Turn = "then"
    way: str = "ring"
    large: bool = False
    notes: tuple[str, ...] = ()


class Reach(NamedTuple):
    """A service with no number to ring: how to reach it instead."""

    name: str
    how: str
    turn: Turn = "then"
    notes: tuple[str, ...] = ()


class Past(NamedTuple):
    """A number or e-mail address that a service no longer has: to know it again, never to use."""

    name: str
    address: str

    @property
    def warning(self) -> str:
        """What it was, so that it is not mistaken for a number to ring."""
        return "old e-mail, no longer to be used" if "@" in self.address else "old number, no longer to be rung"


class Step(NamedTuple):
    """One thing to do, with its number and time limit."""

    place: int
    text: str
    within: str = ""

    @property
    def sentence(self) -> str:
        """What to do, with its time limit before it."""
        return f"{self.within[0].upper()}{self.within[1:]}: {self.text}" if self.within else self.text


class Never(NamedTuple):
    """Something one must not do, and why."""

    text: str
    why: str = ""

    @property
    def sentence(self) -> str:
        """What not to do, with its reason in a sentence of its own."""
        stop = "" if not self.why or self.text.endswith((".", "!", "?")) else "."
        return f"{self.text}{stop} {self.why}".rstrip()


class Listed(NamedTuple):
    """A headed list of sentences."""

    heading: str
    points: tuple[str, ...]


class NotKnown(NamedTuple):
    """What is not known, a sentence a line, the deadliest first.

    A screen shows the first `shown` of them and then `folded`, which names and counts the rest; all else shows all.
    """

    lines: tuple[str, ...]
    shown: int
    folded: str = ""


class Cited(NamedTuple):
    """Sources with their dates, run together where there is little room."""

    label: str
    sources: tuple[str, ...]


class Row(NamedTuple):
    """A record in a list: its id, and what it is."""

    id: str
    text: str


class Bar(NamedTuple):
    """A count out of a whole, drawn as a bar where there is room."""

    label: str
    rows: int
    whole: int


class Small(NamedTuple):
    """Small print."""

    text: str
    label: str = ""


class Together(NamedTuple):
    """Items that a screen gives a row each, and that text runs together in one line under their label."""

    label: str
    items: tuple[Ring | Reach | Step | Never | Words, ...]


class Gap(NamedTuple):
    """A little room."""


Item = Words | Ring | Reach | Past | Step | Never | Listed | NotKnown | Cited | Row | Bar | Small | Together | Gap


class Block(NamedTuple):
    """Items that belong together. With a heading or an urgency they have a frame.

    `urgency` is emergency, now, today, soon or routine; it is always shown as a word.
    """

    items: tuple[Item, ...]
    heading: str = ""
    urgency: str = ""

    @property
    def word(self) -> str:
        """The urgency in capitals; empty where there is none."""
        return URGENCY_WORDS.get(self.urgency, "")


Page = tuple[Block, ...]

URGENCY_WORDS = {
    "emergency": "EMERGENCY",
    "now": "NOW",
    "today": "TODAY",
    "soon": "SOON",
    "routine": "WHEN YOU CAN",
}
