"""Random keys never break a walk. The full count is run by hand: `python -m tests.support.random_keys 10000 300`."""

from __future__ import annotations

import pytest

from tests.support.levels import times
from tests.support.random_keys import on_a_terminal, session

pytestmark = pytest.mark.deep  # walks at a terminal, or a process for each


def test_sessions_of_random_lines_end_or_still_prompt() -> None:
    """Sessions of forty lines, three hundred by night; the emergency line first in each, and something asked."""
    shown = [session(seed) for seed in range(times(300))]

    assert all("Is anyone in danger now" in one for one in shown)
    assert any("NOW:" in one for one in shown)


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 72])  # 72: Escape and Enter end a menu with nothing chosen
def test_random_keys_on_a_real_terminal_end_without_a_traceback(seed: int) -> None:
    """Arrows, letters, Escape, Enter and end of input, at three widths."""
    on_a_terminal(seed)
