"""The words of a menu in lines that fit the screen, as the menu itself would break words and cut what is too long."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from cst import card
from cst.views.formats.safe_text import clean

MARGIN = 5  # columns before the words of a choice: pointer, box and spaces
MARKED = 2  # columns of the key that stands before a choice
ASKED = 2  # columns before the lines of a question
KEYS = ("? why", "b back", "q leave")


def wrapped(text: str, margin: int) -> list[str]:
    """Text in lines that leave a margin on this screen."""
    return wrap(clean(text), max(card.columns() - margin - 1, 20)) or [""]


def filled(text: str, columns: int) -> str:
    """Text in lines of at most so many columns."""
    return "\n".join(part for line in text.split("\n") for part in wrap(clean(line), max(columns - 1, 20)) or [""])


def fitted(*texts: str) -> list[str]:
    """Texts in the lines of a question or choice."""
    return [line for text in texts for line in wrapped(text, MARGIN)]


def choice(key: str, label: str, hint: str) -> str:
    """The lines of a choice: its key, its words and, a little further in, its hint."""
    said = [*wrapped(label, MARGIN + MARKED), *(f"  {line}" for line in wrapped(hint, MARGIN + MARKED + 2) if hint)]
    return key + ("\n" + " " * (MARGIN + MARKED)).join(said)


def listing(labels: Iterable[tuple[str, str, str]]) -> list[str]:
    """The lines of a list of choices with these labels and hints."""
    return [line for _, label, hint in labels for line in choice("", label, hint).split("\n")]


def keys_line(moving: str, short: str) -> str:
    """What the keys of a menu do: on one line, in short where that is too long; a key and its word are never apart."""
    others = [key.replace(" ", "\xa0") for key in KEYS]
    lines = wrapped(f"({', '.join((moving, *others))})", ASKED)
    if len(lines) > 1:
        lines = wrapped(f"({', '.join((short, *others))})", ASKED)
    return "\n  ".join(lines).replace("\xa0", " ")
