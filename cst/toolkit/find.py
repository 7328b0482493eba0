"""Finding entries by any words: what people say, misspelt or not, and the entries it fits, the likeliest first.

Exact names are `names.py`'s; this is for everything else. A line (a name, what people say, a sign, a step) counts by
how rare the words are that it shares with what was typed, and by how much of the line was typed at all.
Danger comes first: words that lead to the emergency pathway put it before anything else that fits, so that no local
file can lead away from it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from cst.toolkit.lines import DANGER, Line, content, lines
from cst.toolkit.names import Found, normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from cst.toolkit.fulltext import Index

READ = 24  # words of what was typed that are read
MORE = 0.3  # what the next two lines of an entry add to its best one
POWER = 1.5  # how much more a whole line counts than a part of it
COMPANY = 2.0  # what it adds that words stand in an entry's lines at all, as a share of all lines they stand in
FEW = 2  # lines that a word is counted to stand in besides, so that one line alone says little
# Measured on tests/phrases.yaml and on words that have nothing to do with safety: of the phrases hardly one scores
# under 5, of the other words hardly one over 3.
ENOUGH = 2.0  # below this nothing fits
SURE = 4.0  # below this nothing is clearly meant
WIDE = 5_000  # a word in more lines than this leads to none of them by itself; the shipped toolkit has fewer in all
FAR = 0.4  # entries that fit less than this, of the best, are left out
CLEAR = 1.4  # how far ahead the first entry is when it is clearly meant


class Fits(NamedTuple):
    """The entries that fit, the best first, and whether the first is clearly the one meant."""

    entries: list[Found]
    clear: bool


class Read(NamedTuple):
    """One typed word: the lines that hold it, or words spelt nearly so, and how sure that is, up to 1."""

    holding: frozenset[int]
    sure: float


class Group(NamedTuple):
    """Typed words for one thing: the lines that have it, each with how many of its words say it; how rare it is."""

    holding: Mapping[int, int]
    rare: float


class Scored(NamedTuple):
    """How well an entry fits, and the line that speaks most for it."""

    score: float
    line: int


class _Lines:
    """The lines of a toolkit, each read when it is wanted."""

    def __init__(self, held: Mapping[str, Mapping[str, Any]]) -> None:
        self._held = held

    def __getitem__(self, place: int) -> Line:
        return Line(*self._held["lines"][str(place)])

    def alike(self, name: str) -> list[Line]:
        """The lines of one set of words that stand for one another."""
        return [self[place] for place in self._held["alike"][name]]


def searchable(records: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """All that a search looks up, worked out from a toolkit's records once.

    Raises:
        NoFullText: this Python's SQLite has no full-text search.
    """
    from cst.toolkit.fulltext import tables

    found = list(lines(records))
    alike: dict[str, list[int]] = {}
    for place, line in enumerate(found):
        if line.alike:
            alike.setdefault(line.alike, []).append(place)
    spelt = (word for line in found if line.size for word in line.text.split())
    held = {str(place): tuple(line) for place, line in enumerate(found)}
    return {"lines": held, "alike": alike, "size": {"lines": len(found)}, **tables([one.text for one in found], spelt)}


class Search:
    """A toolkit's lines and their index, searched as often as wanted."""

    def __init__(self, held: Mapping[str, Mapping[str, Any]]) -> None:
        """Takes what `searchable` made."""
        from cst.toolkit.fulltext import Index

        self.lines = _Lines(held)
        self.index = Index(held, held["size"]["lines"])

    def find(self, text: str, most: int = 6) -> Fits:
        """The entries that words fit.

        Args:
            text: anything at all.
            most: how many entries at most.
        """
        words = content(normal(text))[:READ]
        if not words:
            return Fits([], False)
        scored, danger = _scored(self.lines, _groups(self.lines, self.index, words))
        ranked = sorted(scored, key=lambda entry: -scored[entry].score)
        best = scored[ranked[0]].score if ranked else 0.0
        fitting = [entry for entry in ranked if scored[entry].score >= max(ENOUGH, FAR * best)]
        if danger:
            return Fits([DANGER, *(entry for entry in fitting if entry != DANGER)][:most], True)
        return Fits(fitting[:most], _clear(self.lines, scored, fitting))


def _clear(searched: _Lines, scored: Mapping[Found, Scored], fitting: Sequence[Found]) -> bool:
    """Whether the first is well ahead of all others but those that the same words lead to after it."""
    if not fitting:
        return False
    first = scored[fitting[0]]
    rivals = [scored[entry].score for entry in fitting if entry not in searched[first.line].speaks]
    return first.score >= max(SURE, CLEAR * max(rivals, default=0))


def _groups(searched: _Lines, index: Index, words: Sequence[str]) -> list[Group]:
    """What was typed, with words that stand for one another taken together, and misspelt ones for what they may be."""
    read = {word: _read(index, word) for word in words}
    groups = []
    taken_up: set[str] = set()
    for alike, taken in _together(_alike(searched, read)):
        groups.append(_group(index, _meaning(searched, index, alike), read, taken))
        taken_up |= taken
    alone = (word for word in words if word not in taken_up)
    return groups + [_group(index, dict.fromkeys(read[word].holding, 1), read, {word}) for word in alone]


def _together(sets: Mapping[str, set[str]]) -> list[tuple[set[str], set[str]]]:
    """Sets of like words, as one where the same typed word is in both, so that no word counts twice."""
    joined: list[tuple[set[str], set[str]]] = []
    for alike, taken in sets.items():
        names, words = {alike}, set(taken)
        for other in [one for one in joined if one[1] & words]:
            joined.remove(other)
            names, words = names | other[0], words | other[1]
        joined.append((names, words))
    return joined


def _group(index: Index, holding: Mapping[int, int], read: Mapping[str, Read], words: set[str]) -> Group:
    sure = max(read[word].sure for word in words)
    return Group(holding, sure * math.log(1 + index.size / (1 + len(holding))))


def _read(index: Index, word: str) -> Read:
    found = index.holding(word)
    near = {} if found else index.near(word)
    return Read(found.union(*map(index.holding, near)), max(near.values(), default=1.0) ** 2)


def _alike(searched: _Lines, read: Mapping[str, Read]) -> dict[str, set[str]]:
    """The sets of words that stand for one another of which one was typed, with the words that were."""
    typed: dict[int, set[str]] = defaultdict(set)
    for word, (found, _) in read.items():
        for place in found:
            if searched[place].alike:
                typed[place].add(word)
    sets: dict[str, set[str]] = defaultdict(set)
    for place, words in typed.items():
        if len(words) >= searched[place].size:
            sets[searched[place].alike] |= words
    return sets


def _meaning(searched: _Lines, index: Index, alike: set[str]) -> dict[int, int]:
    """The lines that hold any of the words that stand for one another, with how many words of the line that takes."""
    holding: dict[int, int] = {}
    for line in (line for name in alike for line in searched.alike(name)):
        for place in frozenset.intersection(*map(index.holding, content(line.text))):
            holding[place] = max(line.size, holding.get(place, 0))
    return holding


def _scored(searched: _Lines, groups: Sequence[Group]) -> tuple[dict[Found, Scored], bool]:
    """How well each entry fits, and whether danger was said."""
    typed = sum(group.rare for group in groups)
    points: dict[Found, list[tuple[float, int]]] = defaultdict(list)
    danger = False
    for place, words, held, rare in _held(groups):
        line = searched[place]
        if line.alike or (line.whole and (words < line.size or held < len(groups))):
            continue
        share = min(1.0, words / line.size) if line.size else rare / typed
        danger = danger or (line.danger and share == 1.0)
        for entry, weight in line.speaks.items():
            points[entry].append((rare * share**POWER * weight, place))
    company = _company(searched, groups)
    return {entry: _sum(values, company[entry]) for entry, values in points.items()}, danger


def _company(searched: _Lines, groups: Sequence[Group]) -> dict[Found, float]:
    """How much the words that were typed keep company with each entry, in whichever of its lines they stand."""
    company: dict[Found, float] = defaultdict(float)
    for group in _narrow(groups):
        speaking = [line.speaks for place in group.holding if (line := searched[place]).size and not line.alike]
        for speaks in speaking:
            for entry, weight in speaks.items():
                company[entry] += COMPANY * group.rare * weight / (len(speaking) + FEW)
    return company


def _narrow(groups: Sequence[Group]) -> list[Group]:
    """The groups that say something by themselves; all of them where none does."""
    return [group for group in groups if len(group.holding) <= WIDE] or list(groups)


def _held(groups: Sequence[Group]) -> Iterator[tuple[int, int, int, float]]:
    """Each line that holds something typed: its place, how many of its words, how many groups, how rare they are."""
    held: dict[int, list[tuple[int, float]]] = defaultdict(list)
    narrow = _narrow(groups)
    for group in narrow:
        for place, words in group.holding.items():
            held[place].append((words, group.rare))
    for group in (group for group in groups if group not in narrow):
        for place in held.keys() & group.holding.keys():
            held[place].append((group.holding[place], group.rare))
    for place, parts in held.items():
        yield place, sum(words for words, _ in parts), len(parts), sum(rare for _, rare in parts)


def _sum(points: list[tuple[float, int]], company: float) -> Scored:
    """The best line whole, a little for the next two, and the company its words keep."""
    (best, line), *others = sorted(points, reverse=True)[:3]
    return Scored(best + MORE * sum(score for score, _ in others) + company, line)
