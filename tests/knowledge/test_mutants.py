"""Fault F25: the knowledge broken on purpose, and what notices (see `tests/support/mutants.py`)."""

from __future__ import annotations

import pytest

from tests.support.levels import NIGHTLY
from tests.support.mutants import chosen, killed_by, mutants
from tests.support.states import shipped

COUNT = 600 if NIGHTLY else 12


def test_every_kind_of_mutant_can_be_made() -> None:
    """Over a thousand and a half of them, each another one."""
    made = [(mutant.way, mutant.place, str(mutant.value)) for mutant in mutants(dict(shipped().records))]

    assert len(made) >= 1_500
    assert len(made) == len(set(made))
    assert len({way for way, _, _ in made}) >= 20


@pytest.mark.deep
def test_mutants_are_noticed() -> None:
    """A seeded few, and six hundred in the nightly run: all that touch safety, and 95 of a hundred of the others."""
    tried = chosen(COUNT, 20261123)
    survivors = [mutant for mutant in tried if not killed_by(mutant, soon=True)]

    assert COUNT == len(tried)
    assert [] == [mutant for mutant in survivors if mutant.safety]
    assert len(survivors) <= max(1, COUNT // 20)
