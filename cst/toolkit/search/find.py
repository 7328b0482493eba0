"""Finding entries by any words: what people say, misspelt or not, and the entries it is like, the likeliest first.

Exact names are `names.py`'s; this is for everything else. What was typed is compared with all that people are known to
say (`likeness.py`); the nearest vote, and so does the company that its words keep. Danger comes first: what holds words
that mean danger from anybody's mouth leads to help for now before anything else, so that no local file can lead away
from it; and what may well be danger leads with something that is for now. Help for those who hurt others is never shown
alone, unless somebody has said just that of themselves. What is more like everyday things finds nothing.
"""

from __future__ import annotations

import math

from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.toolkit.names import NAMED_KINDS, EntryRef, normal
from cst.toolkit.search.likeness import Index, tables
from cst.toolkit.search.phrases import DANGER, HURTS, NOTHING, SMALL_WORDS, VICTIM, Row, is_for_now, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

READ = 8_000  # letters of what was typed that are read: some two pages
WINDOW = 12  # words that are compared at once: a long text is read in steps
STEP = 8
WINDOWS = 6  # of them, the most telling ones
NEAREST = 30  # rows that vote
POWER = 3  # of their likeness
ALIKE = 0.3  # how like a row must be, against the likest, to be looked at
CLOSE = 1.5  # power of the company that words keep, which counts as much as the votes
# Measured by `tests/finding/measure.py`, as is all of the above.
HOLDS = 0.8  # how much of a row that means danger must be said
SAME = 0.62  # or how like it must be
WHOLE = 0.85  # how like a row must be that counts only when nothing else was typed
MISSPELT = 0.6  # what a word counts that is taken for another
KNOWN = 0.25  # how many of the telling words of a long text are known, at least
TELLING = 8  # telling words more than this say no more
# Bars for how likely it is that what was typed has to do with anything here, and that it is danger. The weights of both
# sums were fitted to phrases that were kept out (see decision 11), then rounded.
ABOUT, DANGEROUS = -1.5, -1.0
FAR = 0.12  # entries with less than this, of the votes of the best, are left out
CLEAR = 2.5  # how far ahead the first entry is when it is clearly the one meant
SURE = 0.6  # and how like the nearest row must be
OWN = 0.7  # how like what people say of themselves something must be, to be shown as that alone


class Fits(NamedTuple):
    """The entries that fit, the best first, whether the first is clearly the one meant, and what it is like."""

    entries: list[EntryRef]
    clear: bool
    like: str = ""


class Voter(NamedTuple):
    """A row that is like what was typed, and how much; `said`: so much of it was said that it was meant."""

    row: Row
    score: float
    cosine: float
    said: bool


def searchable(records: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """All that a search looks up, worked out from a toolkit's records once."""
    found = rows(records)
    made = tables(found)
    made["about"]["now"] = [
        (kind, name) for kind in NAMED_KINDS for name in records.get(kind, {}) if is_for_now(records, (kind, name))
    ]
    return {"rows": {str(place): tuple(row) for place, row in enumerate(found)}, **made}


class Search:
    """A toolkit's rows and their index, searched as often as wanted."""

    def __init__(self, held: Mapping[str, Mapping[str, Any]]) -> None:
        """Takes what `searchable` made."""
        self._rows = held["rows"]
        self._now = frozenset(map(tuple, held["about"]["now"]))
        self._index = Index(held)

    def find(self, text: str, most: int = 6) -> Fits:
        """The entries that words fit.

        Args:
            text: anything at all.
            most: how many entries at most.
        """
        typed, words, near = self._read(text)
        votes, company = self._votes(near), self._company(words)
        points = _sum(votes, company)
        ranked = sorted(points, key=lambda entry: -points[entry])
        fitting = [entry for entry in ranked if entry != NOTHING and points[entry] >= FAR * points[ranked[0]]]
        danger = next((one for one in near if one.row.danger and one.said), None)
        if danger:
            return Fits(_led(DANGER, fitting)[:most], True, danger.row.text)
        fitting = fitting or [entry for entry in ranked if entry != NOTHING][:1]
        if not fitting or not self._is_about(typed, words, near, votes, company, fitting[0]):
            return Fits([], False)
        first = next(one for one in near if fitting[0] in dict(one.row.speaks) or one is near[-1])
        if fitting[0] not in self._now and self._may_be_danger(near, company):
            lead = next((entry for entry in ranked if entry in self._now), DANGER)
            return Fits(_led(lead, fitting)[:most], False, first.row.text)
        rivals = [points[entry] for entry in fitting if entry not in dict(first.row.speaks)]
        telling = [word for word in typed if word not in SMALL_WORDS]
        clear = first.cosine >= (SURE if len(telling) > 1 else WHOLE) and points[fitting[0]] >= CLEAR * max(
            rivals, default=0
        )
        if HURTS.isdisjoint(fitting[:1]) or first.cosine >= OWN:
            return Fits(fitting[:most], clear, first.row.text)
        beside = [entry for entry in fitting if entry not in HURTS] or [VICTIM]
        return Fits(_led(beside[0], fitting)[:most], False, first.row.text)

    def ranked(self, text: str, kind: str) -> list[str]:
        """The ids of one kind that words speak for, the likeliest first: for a list that is narrowed by typing.

        Args:
            text: anything at all.
            kind: a top-level key of the toolkit.
        """
        _, words, near = self._read(text)
        points = _sum(self._votes(near), self._company(words))
        return [name for its, name in sorted(points, key=lambda entry: -points[entry]) if its == kind]

    def _read(self, text: str) -> tuple[list[str], list[str], list[Voter]]:
        """The words that were typed, what each may mean, and the rows that they are like."""
        typed = normal(text[:READ]).split()
        words = [self._index.meant(word) for word in typed]
        return typed, words, self._near(words)

    def _near(self, words: Sequence[str]) -> list[Voter]:
        """The rows that are like some words, read in steps where they are many, the likest first."""
        found: dict[int, Voter] = {}
        steps = self._steps(words)
        for step in steps:
            for one in self._index.near(step, ALIKE)[: 2 * NEAREST]:
                row = Row(*self._rows[str(one.place)])
                if row.whole and (one.cosine < WHOLE or len(steps) > 1):
                    continue
                if one.place not in found or found[one.place].score < one.score:
                    said = one.covered >= HOLDS or one.cosine >= SAME
                    found[one.place] = Voter(row, one.score, one.cosine, said)
        return sorted(found.values(), key=lambda one: -one.score)

    def _steps(self, words: Sequence[str]) -> list[Sequence[str]]:
        if len(words) <= WINDOW + STEP // 2:
            return [words] if words else []
        steps = [words[at : at + WINDOW] for at in range(0, len(words) - WINDOW + STEP, STEP)]
        return sorted(steps, key=lambda step: -sum(map(self._index.rarity, step)))[:WINDOWS]

    def _votes(self, near: Sequence[Voter]) -> dict[EntryRef, float]:
        """How much the nearest rows speak for each entry, of 1."""
        votes: dict[EntryRef, float] = {}
        for one in near[:NEAREST]:
            for entry, weight in one.row.speaks:
                votes[entry] = votes.get(entry, 0) + weight * one.score**POWER
        return _shares(votes)

    def _company(self, words: Sequence[str]) -> dict[EntryRef, float]:
        """How much the company that telling words keep speaks for each entry, of 1."""
        telling = [word for word in words if word not in SMALL_WORDS] or words
        return _shares({entry: kept**CLOSE for entry, kept in self._index.company(telling).items()})

    def _is_about(
        self,
        typed: Sequence[str],
        words: Sequence[str],
        near: Sequence[Voter],
        votes: Mapping[EntryRef, float],
        company: Mapping[EntryRef, float],
        first: EntryRef,
    ) -> bool:
        """Whether what was typed has to do with an entry: like its rows, in known words, and unlike everyday things."""
        held = {word for one in near[:NEAREST] if first in dict(one.row.speaks) for word in one.row.text.split()}
        telling = [pair for pair in zip(typed, words, strict=True) if pair[0] not in SMALL_WORDS]
        whole = meant = 0.0
        for word, known in telling or zip(typed, words, strict=True):
            says = self._index.rarity(known) or self._index.most
            whole += says
            meant += says if word in held else MISSPELT * says if known in held else 0
        known_words = sum(bool(self._index.rarity(word)) for word, _ in telling)
        if telling and not any(self._index.rarity(known) for _, known in telling):
            return False  # small words alone are like everything
        if len(telling) > WINDOW and known_words < KNOWN * len(telling):
            return False  # in other words than people here say
        like, strange = _likest(near, lambda row: row.speaks[0][0] != NOTHING)
        return (
            3.4 * like
            + 3.1 * meant / whole
            - 5.2 * strange
            - 4.3 * votes.get(NOTHING, 0)
            - 5.4 * company.get(NOTHING, 0)
            + 3.3 * math.log1p(min(known_words, TELLING))
            + 2.0 * (1 - len(telling) / len(typed))
            - 6.4
        ) >= ABOUT

    def _may_be_danger(self, near: Sequence[Voter], company: Mapping[EntryRef, float]) -> bool:
        """Whether rows of danger are as near as others are, by likeness, votes and company."""
        votes = [(self._is_urgent(one.row.speaks[0][0]), one.score**POWER) for one in near[:NEAREST]]
        share = sum(score for urgent, score in votes if urgent) / sum(score for _, score in votes)
        kept = sum(share for entry, share in company.items() if self._is_urgent(entry))
        like, unlike = _likest(near, lambda row: self._is_urgent(row.speaks[0][0]))
        return 2.7 * share + 4.6 * kept + 1.2 * like - 2.8 * unlike - 1.5 >= DANGEROUS

    def _is_urgent(self, entry: EntryRef) -> bool:
        return entry[0] == "pathways" and entry in self._now


def _likest(near: Sequence[Voter], is_one: Callable[[Row], bool]) -> tuple[float, float]:
    """How like the likest row is that is one of some kind, and the likest that is not."""
    ones = [(is_one(voter.row), voter.cosine) for voter in near]
    return max((like for one, like in ones if one), default=0.0), max(
        (like for one, like in ones if not one), default=0.0
    )


def _led(first: EntryRef, entries: Sequence[EntryRef]) -> list[EntryRef]:
    """Entries with one of them, or another, before all."""
    return [first, *(entry for entry in entries if entry != first)]


def _sum(votes: Mapping[EntryRef, float], company: Mapping[EntryRef, float]) -> dict[EntryRef, float]:
    return {entry: votes.get(entry, 0) + company.get(entry, 0) for entry in [*votes, *company]}


def _shares(values: Mapping[EntryRef, float]) -> dict[EntryRef, float]:
    """Values as shares of all of them."""
    whole = sum(values.values()) or 1.0
    return {entry: value / whole for entry, value in values.items()}
