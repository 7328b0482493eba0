"""What the script of the handbook reads: the hours of each timetable, and what a search compares words with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cst.handbook.any_minute import schedules
from cst.toolkit.names import NAMED_KINDS
from cst.toolkit.search import find, likeness, naive_bayes, phrases, spelling
from cst.toolkit.search.phrases import DANGER, HURTS, NOTHING, SMALL_WORDS, VICTIM, is_for_now
from cst.views.pages.search_results import IF_DANGER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cst.toolkit.names import EntryRef
    from cst.toolkit.toolkit import Toolkit

MEASURED = {
    find: (
        "READ", "WINDOW", "STEP", "WINDOWS", "NEAREST", "POWER", "ALIKE", "BAYES", "COOL", "HOLDS", "SAME", "WHOLE",
        "MISSPELT", "KNOWN", "TELLING", "ABOUT", "DANGEROUS", "LIKELY", "LEAST", "BESIDE", "FAR", "CLEAR", "SURE",
        "OWN",
    ),
    likeness: ("WORD", "PAIR", "PARTS", "COVERED", "COMMON", "DIRECTORY", "FINE"),
    naive_bayes: ("UNSEEN", "OFTEN"),
    spelling: ("SHORTEST", "LONG"),
}  # fmt: skip


def hours(toolkit: Toolkit) -> dict[str, Any]:
    """The schedules by their words, the bank holidays, and the day before which a device's clock must be wrong."""
    return {
        "published": toolkit.records["edition"]["published"],
        "calendar": {key: toolkit.records["bank_holidays"][key] for key in ("starts", "ends", "dates")},
        "schedules": schedules(toolkit),
    }


def search(toolkit: Toolkit) -> dict[str, Any]:
    """The rows and names, with entries as numbers, and what was measured.

    A row is its text, its entries each followed by the place of its weight in `weights`, and a sum of 1 where it means
    danger, 2 where help for now must lead, 4 where it counts only alone, 8 where it is the name of a contact.
    """
    numbers, found = _Numbers(), phrases.rows(toolkit.records)
    weights = sorted({weight for row in found for _, weight in row.speaks})
    rows = [
        [
            row.text,
            [number for one, weight in row.speaks for number in (numbers(one), weights.index(weight))],
            row.danger + 2 * row.urgent + 4 * row.whole + 8 * row.directory,
        ]
        for row in found
    ]
    names = {name: [*map(numbers, bearers)] for name, bearers in toolkit.names.items()}
    special = {"danger": numbers(DANGER), "nothing": numbers(NOTHING), "victim": numbers(VICTIM)}
    all_entries = [(kind, name) for kind in NAMED_KINDS for name in toolkit.kind(kind)]
    now = [one for one in all_entries if is_for_now(toolkit.records, one)]
    return {
        "rows": rows,
        "weights": weights,
        "names": names,
        **special,
        "ifDanger": IF_DANGER,
        "hurts": [*map(numbers, sorted(HURTS))],
        "now": [*map(numbers, now)],
        "urgent": [numbers(one) for one in now if one[0] == "pathways"],
        "small": sorted(SMALL_WORDS),
        "measured": {name: getattr(module, name) for module, names_ in MEASURED.items() for name in names_},
        "entries": [name for _, name in numbers.of],
    }


class _Numbers:
    """Each entry by a number: its place among those asked about so far."""

    def __init__(self) -> None:
        self.of: dict[EntryRef, int] = {}

    def __call__(self, entry: Iterable[str]) -> int:
        kind, name = entry
        return self.of.setdefault((kind, name), len(self.of))
