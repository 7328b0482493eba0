"""Which tests one worker runs together: those of a file in which something costly is made once for all of them."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = frozenset(
    {
        "tests/decisions/test_question_counts.py",
        "tests/exchange/test_open_referral.py",
        "tests/handbook/test_handbook.py",
        "tests/handbook/test_in_a_browser.py",
        "tests/kept_true/test_area_pack.py",
        "tests/kept_true/test_changes.py",
        "tests/kept_true/test_ring_round.py",
        "tests/same_everywhere/test_one_screen.py",
    }
)


class Together(LoadScopeScheduling):
    """A test goes to the next worker that is free, but those of one of these files go as one."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file in TOGETHER else nodeid
