"""How like two texts are: the words, pairs of words and parts of words that they share, by how rare those are.

Each row of a toolkit is an arrow whose parts are weighted so (tf-idf), and likeness is the cosine between arrows. An
inverted index says for each part which rows have it. It is worked out once, with the run-time copy; a search reads
from it only the parts of what was typed.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from itertools import pairwise

from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.toolkit.search import naive_bayes, spelling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from cst.toolkit.names import EntryRef
    from cst.toolkit.search.phrases import Row

# Measured by `tests/finding/measure.py`; none of these is sharp.
WORD = 1.5  # what a word counts against a part of a word
PAIR = 2.0  # two words that follow one another
PARTS = (3, 4, 5)  # letters
COVERED = 0.3  # how much it counts how much of a row was said at all, against the cosine
COMMON = 1_000  # a part of a word in more rows than this says nothing
DIRECTORY = 200  # names of contacts that are looked at for each part, the shortest: there may be 50,000
FINE = 255  # steps in which the weight of a part is kept: one byte


# The rows that have a part of a word, by their places, and how much it is of each, in steps.
Held = tuple["array[int]", bytearray]


class Near(NamedTuple):
    """A row that is like what was typed: its place, how like, how near to saying the same, and how much of it was."""

    place: int
    score: float
    cosine: float
    covered: float


def parts(words: Sequence[str], known: dict[str, list[str]]) -> dict[str, float]:
    """The parts of some words, each with how much it counts by itself.

    Args:
        words: in their order.
        known: the parts of single words, kept from one call to the next.
    """
    found: dict[str, float] = {}
    for word in words:
        whole = f"={word}"
        found[whole] = found.get(whole, 0) + WORD
        if word not in known:
            known[word] = _letters(f" {word} ")
        for part in known[word]:
            found[part] = found.get(part, 0) + 1
    for pair in pairwise(words):
        both = f"={pair[0]} {pair[1]}"
        found[both] = found.get(both, 0) + PAIR
    return found


def _letters(word: str) -> list[str]:
    """The parts of a word between two spaces."""
    return [word[at : at + size] for size in PARTS for at in range(max(1, len(word) - size + 1))]


def tables(rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """What an index looks up: for each part how rare it is and which rows have it, and what else is asked of them."""
    known: dict[str, list[str]] = {}
    many: dict[str, int] = {}
    first = next((place for place, row in enumerate(rows) if row.directory), len(rows))
    for row in rows[:first]:
        for part in parts(row.text.split(), known):
            many[part] = many.get(part, 0) + 1
    most = 1 + math.log(1 + first)
    rare = {part: most - math.log(1 + count) for part, count in many.items()}
    places: dict[str, Held] = {}
    shares = []
    for place, row in enumerate(rows):
        found = parts(row.text.split(), known)
        weights = {
            part: count * rare.get(part, most)
            for part, count in found.items()
            if part[0] == "=" or many.get(part, 0) <= COMMON
        }
        length = math.sqrt(sum([weight * weight for weight in weights.values()])) or 1.0
        shares.append(sum(weights.values()) / length)
        for part, weight in weights.items():
            held = places.get(part)
            if held is None:
                held = places[part] = array("I"), bytearray()
            held[0].append(place)
            held[1].append(round(FINE * weight / length) or 1)
            if row.directory and len(held[1]) % (4 * DIRECTORY) == 0:
                places[part] = _kept(held, first)  # as it grows: all of them would not fit in memory
    return {
        "parts": {part: (rare.get(part, most), *map(bytes, _kept(held, first))) for part, held in places.items()},
        "bayes": naive_bayes.table(rows[:first], shares[:first], len(rare)),
        "spelt": spelling.table(part[1:] for part in rare if part[0] == "=" and " " not in part and len(part) > 1),
        "about": {"rows": len(rows), "most": most},
    }


def _kept(held: Held, first: int) -> Held:
    """All that people say, and of the names in a directory those of which the part is most."""
    if len(held[1]) <= DIRECTORY:
        return held
    pairs = [*zip(*held, strict=True)]
    listed = sorted((one for one in pairs if one[0] >= first), key=lambda one: -one[1])
    kept = [one for one in pairs if one[0] < first] + listed[:DIRECTORY]
    return array("I", [place for place, _ in kept]), bytearray(weight for _, weight in kept)


class Index:
    """Rows, by what they are like."""

    def __init__(self, held: Mapping[str, Mapping[str, Any]]) -> None:
        """Takes what `tables` made."""
        self._parts: Mapping[str, tuple[float, bytes, bytes]] = held["parts"]
        self._bayes = held["bayes"]
        self._spelt = held["spelt"]
        self.most: float = held["about"]["most"]

    def rarity(self, word: str) -> float:
        """How much a word says; nothing where no row has it."""
        found = self._parts.get(f"={word}")
        return found[0] if found else 0.0

    def meant(self, word: str) -> str:
        """A word, or the known one that it is a misspelling of."""
        return word if self.rarity(word) else spelling.meant(word, self._spelt)

    def near(self, words: Sequence[str], at_least: float) -> list[Near]:
        """The rows that are like some words, the likest first.

        Args:
            words: a few; each part of them is looked up.
            at_least: how like a row must be, against the likest of them.
        """
        dots: defaultdict[int, float] = defaultdict(float)
        covered: defaultdict[int, float] = defaultdict(float)
        for weight, places, shares in self._said(words):
            for place, share in zip(places, shares, strict=True):
                dots[place] += weight * share
                covered[place] += share * share
        if not dots:
            return []
        least = at_least * max(dots.values())
        near = []
        for place, dot in dots.items():
            if dot >= least:
                cosine = min(1.0, dot / FINE)
                said = covered[place] / (FINE * FINE)
                near.append(Near(place, (1 - COVERED) * cosine + COVERED * math.sqrt(cosine) * said, cosine, said))
        near.sort(key=lambda one: -one.score)
        return near

    def likelihoods(self, words: Sequence[str]) -> dict[EntryRef, float]:
        """How likely some words make each entry (see `naive_bayes.py`)."""
        return naive_bayes.likelihoods(self._bayes, self._said(words), FINE)

    def _said(self, words: Sequence[str]) -> list[tuple[float, memoryview, bytes]]:
        """The parts of some words that any row has: how much each is of them, and the rows that have it."""
        found = [(count, self._parts.get(part)) for part, count in parts(words, {}).items()]
        weighed = [(count * held[0], held) for count, held in found if held]
        length = math.sqrt(sum(weight * weight for weight, _ in weighed)) or 1.0
        return [(weight / length, memoryview(held[1]).cast("I"), held[2]) for weight, held in weighed]
