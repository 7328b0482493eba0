"""Finding entries by any words: what people say, misspelt or not, and the entries it fits, the likeliest first.

Exact names are `names.py`'s; this is for everything else. A line (a name, what people say, a sign, a step) counts by
how rare the words are that it shares with what was typed, and by how much of the line was typed at all.
Danger comes first: words that lead to the emergency pathway put it before anything else that fits, so that no local
file can lead away from it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from cst.toolkit.names import EntryRef, normal
from cst.toolkit.search.phrases import DANGER, Line, content, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from cst.toolkit.search.full_text import Index

READ = 24  # words of what was typed that are read
MORE = 0.3  # what the next two lines of an entry add to its best one
POWER = 1.5  # how much more a whole line counts than a part of it
COMPANY = 2.0  # what it adds that words stand in an entry's lines at all, as a share of all lines they stand in
FEW = 2  # lines that a word is counted to stand in besides, so that one line alone says little
# Measured on tests/finding/phrases.yaml and on words that have nothing to do with safety: of the phrases hardly one
# scores under 5, of the other words hardly one over 3.
ENOUGH = 2.0  # below this nothing fits
SURE = 11.0  # below this nothing is clearly meant: of 927 phrases found right at once this lists 3 instead
WIDE = 2_000  # a thing said in more lines than this leads to none of them by itself; the shipped toolkit has none such
BEST = 300  # of things that are all so: how many lines each is looked for in
FAR = 0.4  # entries that fit less than this, of the best, are left out
CLEAR = 1.4  # how far ahead the first entry is when it is clearly meant


class Fits(NamedTuple):
    """The entries that fit, the best first, and whether the first is clearly the one meant."""

    entries: list[EntryRef]
    clear: bool


class Read(NamedTuple):
    """One typed word: the lines that hold it, or each word spelt nearly so, and how sure that is, up to 1."""

    holding: Sequence[Sequence[int]]
    sure: float


class Way(NamedTuple):
    """A way of saying something: the lines of each of its words, all of which a line must hold; how many count."""

    holding: Sequence[Sequence[int]]
    words: int


class Meant(NamedTuple):
    """Typed words for one thing: the ways of saying it, how sure that is, and in how many lines it stands at most."""

    ways: Sequence[Way]
    sure: float
    most: int


class Group(NamedTuple):
    """One thing that was typed: lines that have it, each with how many of its words; of how many lines; how rare."""

    holding: Mapping[int, int]
    lines: int
    rare: float


class Scored(NamedTuple):
    """How well an entry fits, and the line that speaks most for it."""

    score: float
    line: int


class _Lines:
    """The lines of a toolkit, each read when it is first wanted."""

    def __init__(self, held: Mapping[str, Mapping[str, Any]]) -> None:
        self._held = held
        self._read: dict[int, Line] = {}
        # The first lines hold words that stand for one another, the next ones words of danger.
        self.for_words = held["size"]["alike"]
        self.danger = range(self.for_words, self.for_words + held["size"]["danger"])

    def __getitem__(self, place: int) -> Line:
        if place not in self._read:
            self._read[place] = Line(*self._held["lines"][str(place)])
        return self._read[place]

    def alike(self, name: str) -> list[Line]:
        """The lines of one set of words that stand for one another."""
        return [self[place] for place in self._held["alike"][name]]


def searchable(records: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """All that a search looks up, worked out from a toolkit's records once.

    Raises:
        NoFullText: this Python's SQLite has no full-text search.
    """
    from cst.toolkit.search.full_text import tables

    # The lines that say most by themselves come first, so that the first ones that hold a word are the best ones.
    found = sorted(lines(records), key=_place)
    alike: dict[str, list[int]] = {}
    for place, line in enumerate(found):
        if line.alike:
            alike.setdefault(line.alike, []).append(place)
    spelt = (word for line in found if line.size for word in line.text.split())
    held = {str(place): tuple(line) for place, line in enumerate(found)}
    danger = [place for place, line in enumerate(found) if line.danger]
    size = {"lines": len(found), "alike": sum(map(len, alike.values())), "danger": len(danger)}
    return {"lines": held, "alike": alike, "size": size, **tables([one.text for one in found], spelt)}


def _place(line: Line) -> tuple[bool, bool, bool, int]:
    """Where a line stands: words that stand for one another, those of danger, names, then prose; shortest first."""
    return not line.alike, not line.danger, not line.size, line.size or len(line.text)


class Search:
    """A toolkit's lines and their index, searched as often as wanted."""

    def __init__(self, held: Mapping[str, Mapping[str, Any]]) -> None:
        """Takes what `searchable` made."""
        from cst.toolkit.search.full_text import Index

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
        groups = _groups(self.lines, self.index, words)
        scored, danger = _scored(self.lines, groups)
        ranked = sorted(scored, key=lambda entry: -scored[entry].score)
        best = scored[ranked[0]].score if ranked else 0.0
        enough = ENOUGH if any(group.lines <= WIDE for group in groups) else 0.0  # nothing rarer was typed
        fitting = [entry for entry in ranked if scored[entry].score >= max(enough, FAR * best)]
        if danger:
            return Fits([DANGER, *(entry for entry in fitting if entry != DANGER)][:most], True)
        return Fits(fitting[:most], _clear(self.lines, scored, fitting))


def _clear(searched: _Lines, scored: Mapping[EntryRef, Scored], fitting: Sequence[EntryRef]) -> bool:
    """Whether the first is well ahead of all others but those that the same words lead to after it."""
    if not fitting:
        return False
    first = scored[fitting[0]]
    rivals = [scored[entry].score for entry in fitting if entry not in searched[first.line].speaks]
    return first.score >= max(SURE, CLEAR * max(rivals, default=0))


def _groups(searched: _Lines, index: Index, words: Sequence[str]) -> list[Group]:
    """What was typed, as the lines that have it.

    What stands in very many lines is only looked for in the best of those, in those that something rarer leads to, and
    in those of danger, so that a search takes no longer in a toolkit of any size.
    """
    meant = _meant(searched, index, words)
    narrow = [_holding(one) if one.most <= WIDE else None for one in meant]
    among = set(searched.danger).union(*filter(None, narrow), () if all(narrow) else _likely(searched, meant))
    groups = []
    for one, held in zip(meant, narrow, strict=True):
        holding, many = (_holding(one, among), one.most) if held is None else (held, len(held))
        groups.append(Group(holding, many, one.sure * math.log(1 + index.size / (1 + many))))
    return groups


def _meant(searched: _Lines, index: Index, words: Sequence[str]) -> list[Meant]:
    """What was typed, with words that stand for one another taken together, and misspelt ones for what they may be."""
    read = {word: _read(index, word) for word in words}
    meant = []
    taken_up: set[str] = set()
    for alike, taken in _together(_alike(searched, read)):
        said = (line for name in alike for line in searched.alike(name))
        ways = [Way(list(map(index.holding, content(line.text))), line.size) for line in said]
        meant.append(_as_meant(ways, read, taken))
        taken_up |= taken
    alone = (word for word in words if word not in taken_up)
    return meant + [_as_meant([Way([one], 1) for one in read[word].holding], read, {word}) for word in alone]


def _as_meant(ways: Sequence[Way], read: Mapping[str, Read], words: set[str]) -> Meant:
    most = sum(min(map(len, way.holding)) for way in ways)
    return Meant(ways, max(read[word].sure for word in words), most)


def _holding(meant: Meant, among: set[int] | None = None) -> dict[int, int]:
    """The lines that have what is meant, of some or of all, each with how many words of it that takes."""
    holding: dict[int, int] = {}
    for way in meant.ways:
        for place in _lines_of(way, among):
            holding[place] = max(way.words, holding.get(place, 0))
    return holding


def _lines_of(way: Way, among: set[int] | None = None) -> Iterable[int]:
    if among is not None:
        return among.intersection(*way.holding)
    first, *others = sorted(way.holding, key=len)
    return set(first).intersection(*others) if others else first


def _likely(searched: _Lines, meant: Sequence[Meant]) -> set[int]:
    """The best lines of each thing that was typed, and those of the rarest that have another one, or all, as well."""
    rarest, *others = sorted(meant, key=lambda one: one.most)
    held = {place for way in rarest.ways for place in _lines_of(way)}
    beside = [{place for way in one.ways for place in _lines_of(way, held)} for one in others]
    alone = [_lines_of(way) for one in others for way in one.ways]
    return {
        place for places in (held, *beside, held.intersection(*beside), *alone) for place in _best(searched, places)
    }


def _best(searched: _Lines, places: Iterable[int]) -> list[int]:
    """The first lines that speak for an entry."""
    found = places if isinstance(places, list) else sorted(places)
    first = bisect_left(found, searched.for_words)
    return found[first : first + BEST]


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


def _read(index: Index, word: str) -> Read:
    found = index.holding(word)
    near = {} if found else index.near(word)
    return Read([index.holding(one) for one in near] or [found], max(near.values(), default=1.0) ** 2)


def _alike(searched: _Lines, read: Mapping[str, Read]) -> dict[str, set[str]]:
    """The sets of words that stand for one another of which one was typed, with the words that were."""
    typed: dict[int, set[str]] = defaultdict(set)
    for word, (found, _) in read.items():
        for places in found:
            for place in places[: bisect_left(places, searched.for_words)]:
                typed[place].add(word)
    sets: dict[str, set[str]] = defaultdict(set)
    for place, words in typed.items():
        if len(words) >= searched[place].size:
            sets[searched[place].alike] |= words
    return sets


def _scored(searched: _Lines, groups: Sequence[Group]) -> tuple[dict[EntryRef, Scored], bool]:
    """How well each entry fits, and whether danger was said."""
    typed = sum(group.rare for group in groups)
    points: dict[EntryRef, list[tuple[float, int]]] = defaultdict(list)
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


def _company(searched: _Lines, groups: Sequence[Group]) -> dict[EntryRef, float]:
    """How much the words that were typed keep company with each entry, in whichever of its lines they stand."""
    company: dict[EntryRef, float] = defaultdict(float)
    for group in groups:
        speaking = [line.speaks for place in group.holding if (line := searched[place]).size and not line.alike]
        seen = len(group.holding) / group.lines if group.lines else 1  # not all lines, if it stands in very many
        for speaks in speaking:
            for entry, weight in speaks.items():
                company[entry] += COMPANY * group.rare * weight / (len(speaking) / seen + FEW)
    return company


def _held(groups: Sequence[Group]) -> Iterator[tuple[int, int, int, float]]:
    """Each line that holds something typed: its place, how many of its words, how many groups, how rare they are."""
    held: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for group in groups:
        for place, words in group.holding.items():
            held[place].append((words, group.rare))
    for place, parts in held.items():
        yield place, sum(words for words, _ in parts), len(parts), sum(rare for _, rare in parts)


def _sum(points: list[tuple[float, int]], company: float) -> Scored:
    """The best line whole, a little for the next two, and the company its words keep."""
    (best, line), *others = sorted(points, reverse=True)[:3]
    return Scored(best + MORE * sum(score for score, _ in others) + company, line)
