"""Finding entries by any words: what people say, misspelt or not, and the entries it is like, the likeliest first.

Exact names are `names.py`'s; this is for everything else. What was typed is compared with all that people are known to
say: the nearest rows vote (`likeness.py`), and so does what each part of it says by itself (`naive_bayes.py`). Danger
comes first: what holds words that mean danger from anybody's mouth leads to help for now before anything else, so that
no local file can lead away from it; and what may be danger has a lane of its own before the entries that fit. Help for
those who hurt others is never shown alone, unless somebody has said just that of themselves. What is more like everyday
things finds nothing.
"""

from __future__ import annotations

import math

from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.toolkit.names import NAMED_KINDS, EntryRef, normal
from cst.toolkit.search.likeness import Index, tables
from cst.toolkit.search.phrases import DANGER, HURTS, NOTHING, SMALL_WORDS, VICTIM, Row, is_for_now, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

READ = 8_000  # letters of what was typed that are read: some two pages
WINDOW = 12  # words that are compared at once: a long text is read in steps
STEP = 8
WINDOWS = 6  # of them, the most telling ones
NEAREST = 30  # rows that vote
POWER = 3  # of their likeness
ALIKE = 0.3  # how like a row must be, against the likest, to be looked at
BAYES = 0.7  # how much naive Bayes counts, against the votes
COOL = 0.3  # power of its likelihoods where it is asked about danger: less sure of the best
# Measured by `tests/finding/measure.py`, as is all of the above.
HOLDS = 0.8  # how much of a row that means danger must be said
SAME = 0.62  # or how like it must be
WHOLE = 0.85  # how like a row must be that counts only when nothing else was typed
MISSPELT = 0.6  # what a word counts that is taken for another
KNOWN = 0.25  # how many of the telling words of a long text are known, at least
TELLING = 8  # telling words more than this say no more
# The weights of two sums, which must not be under 0: that what was typed has to do with anything here, and that it may
# be danger. They were fitted to phrases that were kept out (see decision 11), then rounded.
ABOUT = (2.7, 2.1, 3.2, 5.5, -0.7, -10.0)
DANGEROUS = (4.7, 1.7, 2.7)
LIKELY = 1.2  # what the second sum must be for words that do not reach the first
LEAST = 1e-4  # share that the odds are worked out of, at least
BESIDE = 0.3  # how much speaks for danger, against the best, where it may be danger for that alone
FAR = 0.12  # entries with less than this, of the votes of the best, are left out
CLEAR = 2.5  # how far ahead the first entry is when it is clearly the one meant
SURE = 0.6  # and how like the nearest row must be
OWN = 0.7  # how like what people say of themselves something must be, to be shown as that alone


class Fits(NamedTuple):
    """The entries that fit, the best first, whether the first is clearly the one meant, and what it is like.

    `if_danger`: what comes before all of them should it be danger, as it may be. Then none of them opens by itself.
    """

    entries: list[EntryRef]
    clear: bool
    like: str = ""
    if_danger: EntryRef | None = None

    def opens(self) -> bool:
        """Whether the first entry is shown without a choice."""
        return self.clear and self.if_danger is None

    def danger_first(self) -> list[EntryRef]:
        """Every entry to look at, what is for danger before all."""
        return _led(self.if_danger, self.entries) if self.if_danger else self.entries


class Voter(NamedTuple):
    """A row that is like what was typed, and how much; `said`: so much of it was said that it was meant."""

    row: Row
    score: float
    cosine: float
    said: bool


class Heard(NamedTuple):
    """What was typed: its words, the word that each is taken for, the rows near it, and what speaks for each entry.

    `votes`: the rows near it, of 1 in all. `likely`: naive Bayes, of 1 for each step in which the text was read.
    `cool`: the same, less sure of the best.
    """

    typed: list[str]
    words: list[str]
    near: list[Voter]
    votes: dict[EntryRef, float]
    likely: list[dict[EntryRef, float]]
    cool: list[dict[EntryRef, float]]

    def telling(self) -> list[tuple[str, str]]:
        """The words that say something by themselves, each as it was typed and as what it is taken for."""
        return [pair for pair in zip(self.typed, self.words, strict=True) if pair[0] not in SMALL_WORDS]

    def points(self) -> dict[EntryRef, float]:
        """How much speaks for each entry."""
        points = dict(self.votes)
        for step in self.likely:
            for entry, share in step.items():
                points[entry] = points.get(entry, 0) + BAYES * share / len(self.likely)
        return points


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
        heard = self._heard(text)
        points = heard.points()
        ranked = sorted(points, key=lambda entry: -points[entry])
        fitting = [entry for entry in ranked if entry != NOTHING and points[entry] >= FAR * points[ranked[0]]]
        danger = next((one for one in heard.near if one.row.danger and one.said), None)
        if danger:
            return Fits(_led(DANGER, fitting)[:most], True, danger.row.text)
        fitting = fitting or [entry for entry in ranked if entry != NOTHING][:1]
        if not fitting or not heard.near or not self._is_known(heard):
            return Fits([], False)
        topics = [entry for entry in fitting if entry != DANGER] or fitting  # help for danger is no topic among others
        dangerous = self._danger(heard)
        if dangerous < LIKELY and not self._is_about(heard, topics[0]):
            return Fits([], False)
        fits = self._topics(heard, points, topics)
        emergency = points.get(DANGER, 0) >= BESIDE * points[fitting[0]]
        lead = self._lead(heard, fits, fitting, emergency=emergency, may_be=dangerous >= 0)
        return fits._replace(entries=fits.entries[:most], if_danger=lead)

    def _topics(self, heard: Heard, points: Mapping[EntryRef, float], topics: list[EntryRef]) -> Fits:
        """The topics that fit, with help for those who are hurt before that for those who hurt others."""
        first = next(one for one in heard.near if topics[0] in dict(one.row.speaks) or one is heard.near[-1])
        rivals = [points[entry] for entry in topics if entry not in dict(first.row.speaks)]
        sure = SURE if len(heard.telling()) > 1 else WHOLE
        clear = first.cosine >= sure and points[topics[0]] >= CLEAR * max(rivals, default=0)
        nearest = heard.near[0]
        if topics[0] not in HURTS or (nearest.row.speaks[0][0] in HURTS and nearest.cosine >= OWN):
            return Fits(topics, clear, first.row.text)
        beside = next((entry for entry in topics if entry not in HURTS), VICTIM)
        return Fits(_led(beside, topics), False, first.row.text)

    def _lead(
        self, heard: Heard, fits: Fits, fitting: Sequence[EntryRef], *, emergency: bool, may_be: bool
    ) -> EntryRef | None:
        """What comes first if it is danger, as it may be; None where it hardly is, or the first topic is for that."""
        first, nearest = fits.entries[0], heard.near[0]
        if first == DANGER or (first in self._now and (fits.clear or not emergency)):
            return None
        if emergency:
            return DANGER
        if not may_be and not (nearest.row.urgent and nearest.said):
            return None
        return next((entry for entry in fitting if entry in self._now and entry not in HURTS), DANGER)

    def ranked(self, text: str, kind: str) -> list[str]:
        """The ids of one kind that words speak for, the likeliest first: for a list that is narrowed by typing.

        Args:
            text: anything at all.
            kind: a top-level key of the toolkit.
        """
        heard = self._heard(text)
        points = {name: its for (kind_, name), its in heard.points().items() if kind_ == kind} if heard.near else {}
        least = FAR * max(points.values(), default=0)
        return sorted((name for name in points if points[name] >= least), key=lambda name: -points[name])

    def _heard(self, text: str) -> Heard:
        typed = normal(text[:READ]).split()
        words = [self._index.meant(word) for word in typed]
        steps = self._steps(words)
        near = self._near(steps)
        by_step = [self._index.likelihoods(step) for step in steps]
        likely, cool = ([_softened(points, power) for points in by_step] for power in (1, COOL))
        return Heard(typed, words, near, self._votes(near), likely, cool)

    def _near(self, steps: Sequence[Sequence[str]]) -> list[Voter]:
        """The rows that are like some words, read in steps, the likest first."""
        found: dict[int, Voter] = {}
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

    def _is_known(self, heard: Heard) -> bool:
        """Whether enough of what was typed is in words that people here say: small words alone are like everything."""
        telling = heard.telling()
        if telling and not any(self._index.rarity(known) for _, known in telling):
            return False
        return len(telling) <= WINDOW or self._known_words(heard) >= KNOWN * len(telling)

    def _known_words(self, heard: Heard) -> int:
        return sum(bool(self._index.rarity(word)) for word, _ in heard.telling())

    def _is_about(self, heard: Heard, first: EntryRef) -> bool:
        """Whether what was typed has to do with an entry: like its rows, in known words, and unlike everyday things."""
        nearest = heard.near[:NEAREST]
        held = {word for one in nearest if first in dict(one.row.speaks) for word in one.row.text.split()}
        telling = heard.telling()
        whole = meant = 0.0
        for word, known in telling or zip(heard.typed, heard.words, strict=True):
            says = self._index.rarity(known) or self._index.most
            whole += says
            meant += says if word in held else MISSPELT * says if known in held else 0
        like = max((one.cosine for one in heard.near if one.row.speaks[0][0] != NOTHING), default=0.0)
        small = 1 - len(telling) / len(heard.typed)
        everyday = _log_odds(min(step.get(NOTHING, 0) for step in heard.likely))
        signs = (like, meant / whole, math.log1p(min(self._known_words(heard), TELLING)), small, everyday, 1)
        return _sum(ABOUT, signs) >= 0

    def _danger(self, heard: Heard) -> float:
        """How much the votes and naive Bayes speak for what is for now: 0 where it may well be."""
        votes = sum(share for entry, share in heard.votes.items() if self._is_urgent(entry))
        likely = max(sum(share for entry, share in step.items() if self._is_urgent(entry)) for step in heard.cool)
        return _sum(DANGEROUS, (votes, _log_odds(likely), 1))

    def _is_urgent(self, entry: EntryRef) -> bool:
        return entry[0] == "pathways" and entry in self._now


def _led(first: EntryRef, entries: Sequence[EntryRef]) -> list[EntryRef]:
    """Entries with one of them, or another, before all."""
    return [first, *(entry for entry in entries if entry != first)]


def _softened(logs: Mapping[EntryRef, float], power: float) -> dict[EntryRef, float]:
    """Likelihoods, given as logarithms, as shares of all of them after they are raised to a power."""
    most = max(logs.values(), default=0.0)
    return _shares({entry: math.exp(power * (its - most)) for entry, its in logs.items()})


def _shares(values: Mapping[EntryRef, float]) -> dict[EntryRef, float]:
    """Values as shares of all of them."""
    whole = sum(values.values()) or 1.0
    return {entry: value / whole for entry, value in values.items()}


def _log_odds(share: float) -> float:
    held = min(max(share, LEAST), 1 - LEAST)
    return math.log(held / (1 - held))


def _sum(weights: Sequence[float], signs: Sequence[float]) -> float:
    return sum(weight * sign for weight, sign in zip(weights, signs, strict=True))
