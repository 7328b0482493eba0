"""How well a look-up finds what it has not seen.

Phrases are kept out of the index, a fifth at a time, and looked up; so are those of `unseen.tsv`, which it never had.

    python -m tests.finding.measure [--set NAME=VALUE ...] [--misses]

`--set` tries another value for a constant of `cst/toolkit/search/find.py`. Which fifth a phrase falls in is fixed by
what it says, so that a new phrase moves no other.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from cst.source.open import open_toolkit, shipped_files
from cst.toolkit.names import EntryRef, exact, index, normal
from cst.toolkit.search import find
from cst.toolkit.search.find import Fits, Search, searchable
from cst.toolkit.search.phrases import is_for_now

FIFTHS = 5
UNSEEN = Path(__file__).with_name("unseen.tsv")
LENGTH = 4  # words: what is shorter is key words, with nothing like them once they are kept out


class Phrase(NamedTuple):
    """What somebody said, the entries that are right for it (none where nothing here is meant), and whether danger."""

    said: str
    means: tuple[str, ...]
    danger: bool


class Measured(NamedTuple):
    """How the phrases of one fifth were found."""

    found: Mapping[Phrase, Fits]

    def share_first(self) -> float:
        """How many of those that mean something have a right entry first."""
        return self._share(1)

    def share_of_three(self) -> float:
        """How many of those that mean something have a right entry among the first three."""
        return self._share(3)

    def _share(self, most: int) -> float:
        meant = [phrase for phrase in self.found if phrase.means]
        return sum(self._is_right(phrase, most) for phrase in meant) / len(meant)

    def _is_right(self, phrase: Phrase, most: int) -> bool:
        fits = self.found[phrase]
        shown = fits.danger_first() if phrase.danger else fits.entries
        return bool({name for _, name in shown[:most]} & set(phrase.means))

    def misses(self) -> list[Phrase]:
        """Those with no right entry among the first three."""
        return [phrase for phrase in self.found if phrase.means and not self._is_right(phrase, 3)]

    def late(self, records: Mapping[str, Any]) -> list[Phrase]:
        """Those of danger that lead with nothing that is for now."""
        return [
            phrase
            for phrase, fits in self.found.items()
            if phrase.danger and not (fits.entries and is_for_now(records, fits.danger_first()[0]))
        ]


def phrases(records: Mapping[str, Any]) -> Iterator[Phrase]:
    """Every phrase of some words that people are known to say."""
    for words in records["words"].values():
        means = tuple(words.get("means", ()))
        for said in words["said"]:
            if len(normal(said).split()) >= LENGTH:
                yield Phrase(said, means, words.get("danger", False) or means[:1] == ("emergency",))


def fifth(said: str) -> int:
    """Which fifth a phrase falls in, from 0."""
    return crc32(normal(said).encode()) % FIFTHS


def measured(records: Mapping[str, Any], which: int) -> Measured:
    """Looks up the phrases of one fifth where only the others are known."""
    kept = [phrase for phrase in phrases(records) if fifth(phrase.said) == which]
    out = {normal(phrase.said) for phrase in kept}
    words = {
        name: {**one, "said": [said for said in one["said"] if normal(said) not in out]}
        for name, one in records["words"].items()
    }
    names = index(records)
    search = Search(searchable({**records, "words": words}))
    return Measured({phrase: _found(search, names, phrase.said) for phrase in kept})


def never_seen(records: Mapping[str, Any]) -> Measured:
    """Looks up the phrases that no index ever had."""
    names, search = index(records), Search(searchable(records))
    lines = [line.split("\t") for line in UNSEEN.read_text("utf-8").splitlines() if not line.startswith("#")]
    phrases = [
        Phrase(said, tuple(m for m in means.split(",") if m != "none"), danger == "danger")
        for said, means, danger in lines
    ]
    return Measured({phrase: _found(search, names, phrase.said) for phrase in phrases})


def _found(search: Search, names: Mapping[str, list[EntryRef]], said: str) -> Fits:
    called = exact(names, said)
    return Fits(called, True) if called else search.find(said)


def main(arguments: Sequence[str] | None = None) -> str:
    """Measures each fifth and all, as lines."""
    reading = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reading.add_argument("--set", action="append", default=[])
    reading.add_argument("--misses", action="store_true")
    asked = reading.parse_args(arguments)
    for setting in asked.set:
        name, value = setting.split("=")
        setattr(find, name, type(getattr(find, name))(value))
    records = open_toolkit(shipped_files(), [], None).records
    fifths = [measured(records, which) for which in range(FIFTHS)]
    whole = Measured({phrase: fits for one in fifths for phrase, fits in one.found.items()})
    lines = [_line(str(which), one, records) for which, one in enumerate(fifths)] + [_line("all", whole, records)]
    lines.append(_line("never seen", never_seen(records), records))
    if asked.misses:
        for phrase in whole.misses():
            came = ", ".join(name for _, name in whole.found[phrase].entries[:3])
            lines.append(f"{phrase.said} ({', '.join(phrase.means[:2])}): {came}")
        lines += [f"late: {phrase.said}" for phrase in whole.late(records)]
    return "\n".join(lines)


def _line(name: str, one: Measured, records: Mapping[str, Any]) -> str:
    danger = sum(phrase.danger for phrase in one.found)
    strange = [fits for phrase, fits in one.found.items() if not phrase.means]
    return (
        f"{name}: {len(one.found)} phrases; right first {one.share_first():.1%}, in three {one.share_of_three():.1%}; "
        f"danger that leads to help for now {danger - len(one.late(records))} of {danger}; "
        f"unrelated that find nothing {sum(not fits.entries for fits in strange)} of {len(strange)}"
    )


if __name__ == "__main__":
    print(main())
