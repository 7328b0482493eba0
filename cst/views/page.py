"""A page, before anyone decides how to draw it: headed blocks of items, in the order in which to read them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A plain paragraph; `label` stands before it when there is one. `strong` is for what must be seen first."""

    text: str
    label: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """A number and whose it is, never apart. `first` is the one to ring first: large and alone."""

    number: str
    name: str
    hours: str
    first: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """A service with no number to ring: how to reach it instead."""

    name: str
    how: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, with its number and time limit."""

    place: int
    text: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Never:
    """Something one must not do."""

    text: str


@dataclass(frozen=True, slots=True)
class Small:
    """Small print."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A little room."""


Item = Words | Ring | Reach | Step | Never | Small | Gap


@dataclass(frozen=True, slots=True)
class Block:
    """Items that belong together. With a `heading` it is a panel; `urgency` is now, today, soon or routine."""

    items: tuple[Item, ...]
    heading: str = ""
    urgency: str = ""


Page = tuple[Block, ...]

URGENCY_WORDS = {"now": "NOW", "today": "TODAY", "soon": "SOON", "routine": "WHEN YOU CAN"}


def headed(block: Block) -> str:
    """The heading with its urgency as a word."""
    word = URGENCY_WORDS.get(block.urgency, "")
    return f"{word}  {block.heading}" if word else block.heading
