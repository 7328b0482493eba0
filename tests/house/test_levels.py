"""How far a run of the tests goes: each level holds those below it, and CI tries every one that a night does not."""

from __future__ import annotations

import pytest

from tests.support import ROOT
from tests.support.levels import LEVELS, VARIABLE, within
from tests.support.together import TOGETHER


@pytest.mark.parametrize(
    ("level", "tried"),
    [("quick", ["quick"]), ("deep", ["quick", "deep"]), ("nightly", ["quick", "deep", "nightly"])],
)
def test_a_level_holds_those_below_it(level: str, tried: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A deep run leaves out no quick test, and a nightly run none at all."""
    monkeypatch.setenv(VARIABLE, level)

    assert tried == [one for one in LEVELS if within(one)]


def test_ci_runs_the_quick_tests_and_then_the_deep_ones() -> None:
    """The README's command first, as a newcomer types it; each night all of them."""
    run, nightly = ((ROOT / ".ci" / name).read_text("utf-8") for name in ("run", "nightly"))

    assert run.index("README.md") < run.index("pytest --level deep -m deep")
    assert "pytest --level nightly" in nightly


def test_each_file_that_is_kept_together_is_there() -> None:
    """A name that no file has would keep nothing together, and nobody would see it."""
    assert [] == [name for name in sorted(TOGETHER) if not (ROOT / name).is_file()]
