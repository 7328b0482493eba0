"""How much is tried: quick (for each change, in some minutes), deep (all of CI) and nightly (all there is).

A test without a mark is quick; `@pytest.mark.deep` and `@pytest.mark.nightly` are for what takes long, and `--level`
says how far to go. A test that is named on the command line runs whatever its level.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

LEVELS = ("quick", "deep", "nightly")
VARIABLE = "CST_TEST_LEVEL"  # set by conftest.py from --level before any test is read, for all workers


def within(level: str) -> bool:
    """Whether what stands at a level is tried in this run."""
    return LEVELS.index(level) <= LEVELS.index(os.environ.get(VARIABLE, "quick"))


NIGHTLY = within("nightly")


def times(most: int) -> int:
    """How often chance is tried: so often in the nightly run, and a fifth of that in any other."""
    return most if NIGHTLY else most // 5


def sample(items: Mapping[str, Any] | list[Any], most: int) -> list[Any]:
    """All of them in the nightly run; evenly spread ones, the first and the last too, in any other."""
    whole = list(items)
    if NIGHTLY or len(whole) <= most:
        return whole
    return [whole[place * (len(whole) - 1) // (most - 1)] for place in range(most)]
