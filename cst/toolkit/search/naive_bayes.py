"""How likely it is that whoever says some words means each entry: naive Bayes over the parts of what people say.

Where `likeness.py` asks which rows are near as a whole, this adds up what each part says by itself, in whichever rows
it stands. It is the multinomial kind, each row of length 1 and its parts weighted as there, so that it reads the same
inverted index and keeps little of its own.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import defaultdict

from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from cst.toolkit.names import EntryRef
    from cst.toolkit.search.phrases import Row

# Measured by `tests/finding/measure.py`.
UNSEEN = 0.03  # of a row: that much of each part is counted to be said of each entry besides
OFTEN = 0.5  # power of how much is said of an entry


def table(rows: Sequence[Row], shares: Sequence[float], parts: int) -> dict[str, Any]:
    """What the likelihoods are worked out from, besides the inverted index.

    Args:
        rows: those that take part, in the order of the index.
        shares: the weights of all parts of each row, added up.
        parts: how many parts there are in all.
    """
    entries: dict[EntryRef, int] = {}
    alike: dict[tuple[tuple[int, float], ...], int] = {}
    of_rows = array("I")
    for row in rows:
        speaks = tuple((entries.setdefault(entry, len(entries)), weight) for entry, weight in row.speaks)
        of_rows.append(alike.setdefault(speaks, len(alike)))
    speaking = [*alike]
    said, held = [0.0] * len(entries), [UNSEEN * parts] * len(entries)
    for which, share in zip(of_rows, shares, strict=True):
        for entry, weight in speaking[which]:
            said[entry] += weight
            held[entry] += weight * share
    return {
        "entries": [*entries],
        "speaking": speaking,
        "rows": bytes(of_rows),
        "often": [OFTEN * math.log(much) for much in said],
        "held": [*map(math.log, held)],
    }


def likelihoods(
    held: Mapping[str, Any], parts: Iterable[tuple[float, Sequence[int], Sequence[float]]], full: float
) -> dict[EntryRef, float]:
    """The logarithm of how likely each entry is, but for a constant.

    Args:
        held: what `table` made.
        parts: of what was typed: how much of it each is (of length 1 in all), and the rows that have it, in order,
            each with how much of the row it is, in steps.
        full: the steps of a whole row.
    """
    speaking, of_rows, points = held["speaking"], memoryview(held["rows"]).cast("I").tolist(), held["often"][:]
    rows, length = len(of_rows), 0.0
    for much, places, shares in parts:
        length += much
        by_voice: defaultdict[int, float] = defaultdict(float)
        taking_part = places[: bisect_left(places, rows)]
        for which, share in zip(map(of_rows.__getitem__, taking_part), shares, strict=False):
            by_voice[which] += share
        found: defaultdict[int, float] = defaultdict(float)
        for which, share in by_voice.items():
            for entry, weight in speaking[which]:
                found[entry] += weight * share
        for entry, share in found.items():
            points[entry] += much * math.log1p(share / (full * UNSEEN))
    return {
        entry: much - length * size for entry, much, size in zip(held["entries"], points, held["held"], strict=True)
    }
