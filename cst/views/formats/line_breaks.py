"""Where lines may end: between words, and never inside a telephone number."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from cst import card
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator
    from typing import TextIO

    Measure = Callable[[str], int]

_NUMBER = r"(?<![\d+])\+?\d(?:[\d ]{1,19}\d)(?!\d)"
_WORD = rf"(?:[^\s\d+]|{_NUMBER}|\d|\+)+"
_PART = rf"({_NUMBER})"
_RUNG = rf"(?P<label>[A-Z ]+: )(?P<who>{_NUMBER}, [^,]+,?)"
NARROWEST = 20  # columns; words are not cut to fit fewer
_AFTER_SIGN = r"[^/@.?&=_-]*[/@.?&=_-]+|[^/@.?&=_-]+"


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """Compiled when a line is too long, and not before: most fit, and `re` takes a third of a bare start to load."""
    import re

    return re.compile(text)


def line_starts(text: str, width: int, measure: Measure) -> list[int]:
    """The places at which each line after the first starts.

    Args:
        text: one paragraph.
        width: the columns there are. A word that is wider is cut; a number that is wider stays whole.
        measure: how many columns a text takes.
    """
    if text.isascii():
        measure = len  # the same, and much quicker
    if measure(text) <= width:
        return []
    starts: list[int] = []
    line = 0
    for start, end in _pieces(text, width, measure):
        if start > line and measure(text[line:end]) > width:
            starts.append(start)
            line = start
    return starts


def fitted(text: str, stream: TextIO, columns: int | None = None) -> str:
    """The text as it goes to this stream: in lines that fit where it is a screen, as it stands where it is not.

    A screen would else end its lines in the middle of a word or a number. A number to ring has its name on the same
    line wherever there is room for both. `columns` where that is not the screen's own width.
    """
    if not stream.isatty():
        return text
    width = max(columns or card.columns(), NARROWEST)
    return "\n".join(line for paragraph in text.split("\n") for line in _fitting(paragraph, width))


def _fitting(paragraph: str, width: int) -> Iterator[str]:
    """A paragraph in lines."""
    rung = _pattern(_RUNG).match(paragraph)
    if rung and len(rung["who"]) <= width < rung.end():
        yield rung["label"].rstrip()
        paragraph = paragraph[rung.start("who") :]
    ends = [0, *line_starts(paragraph, width, len), len(paragraph)]
    yield from (paragraph[start:end].rstrip() for start, end in pairwise(ends))


def _pieces(text: str, width: int, measure: Measure) -> Iterator[tuple[int, int]]:
    """What must stay together: words that fit, whole numbers, and the parts of words that do not fit."""
    for word in _pattern(_WORD).finditer(text):
        if measure(word.group()) <= width:
            yield word.span()
            continue
        at = word.start()
        for part in _pattern(_PART).split(word.group()):
            whole = _pattern(_PART).fullmatch(part) or measure(part) <= width
            for piece in [part] if whole else _cut(part, width, measure):
                yield at, at + len(piece)
                at += len(piece)


def _cut(word: str, width: int, measure: Measure) -> Iterator[str]:
    """A long word such as an address, cut after its signs, and anywhere where that is not enough."""
    for part in _pattern(_AFTER_SIGN).findall(word):
        if measure(part) <= width:
            yield part
        else:
            yield from part
