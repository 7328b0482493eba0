"""Where lines may end: between words, and never inside a telephone number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_NUMBER = r"(?<![\d+])\+?\d(?:[\d ]{1,19}\d)(?!\d)"
_WORD = re.compile(rf"(?:[^\s\d+]|{_NUMBER}|\d|\+)+")
_PART = re.compile(rf"({_NUMBER})")
Measure = Callable[[str], int]


def line_starts(text: str, width: int, measure: Measure) -> list[int]:
    """The places at which each line after the first starts.

    Args:
        text: one paragraph.
        width: the columns there are. A word that is wider is cut; a number that is wider stays whole.
        measure: how many columns a text takes.
    """
    starts: list[int] = []
    line = 0
    for start, end in _pieces(text, width, measure):
        if start > line and measure(text[line:end]) > width:
            starts.append(start)
            line = start
    return starts


def _pieces(text: str, width: int, measure: Measure) -> Iterator[tuple[int, int]]:
    """What must stay together: words that fit, whole numbers, and single characters of words that do not fit."""
    for word in _WORD.finditer(text):
        if measure(word.group()) <= width:
            yield word.span()
            continue
        at = word.start()
        for part in _PART.split(word.group()):
            steps = [len(part)] if _PART.fullmatch(part) else [1] * len(part)
            for step in steps:
                yield at, at + step
                at += step
