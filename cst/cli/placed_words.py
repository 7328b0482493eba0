"""Words with a place at their end: "marac fareham" is the entry marac, asked about for Fareham."""

from __future__ import annotations

import sys

from cst.lean_typing import TYPE_CHECKING
from cst.toolkit.places import is_place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cst.cli.request import Request
    from cst.toolkit.toolkit import Toolkit

LONGEST = 3  # words that the name of a place has


def placed(
    request: Request, toolkit: Toolkit, words: Sequence[str], means: Callable[[str], bool]
) -> tuple[Request, list[str]]:
    """The request with the place that stands last among the words, and the words before it.

    Args:
        request: how it is asked; a place given by --area stays.
        toolkit: what places there are.
        words: as they were typed.
        means: whether the words before a place mean something by themselves; with "" whether a place alone does.

    Returns:
        Both as they were, where no place stands there.
    """
    typed = " ".join(words).split()
    if not request.names_area:
        for cut in range(max(0, len(typed) - LONGEST), len(typed)):
            place, before = " ".join(typed[cut:]), typed[:cut]
            if is_place(toolkit, place) and means(" ".join(before)):
                return request._replace(area=place, names_area=True), before
    return request, list(words)


def say_taken(command: str, words: Sequence[str], area: str | None = None) -> None:
    """Says on the error stream how words were understood, as the command line that says just that."""
    from cst.cli.guesses import taken_as

    sys.stderr.write(f"{taken_as(as_typed(command, words, area))}\n")


def as_typed(command: str, words: Sequence[str], area: str | None) -> list[str]:
    """A command line for these words and this place."""
    quoted = [f'"{area}"' if " " in area else area] if area else []
    return [command, *words, *(["--area", *quoted] if quoted else [])]
