"""How far a run goes (`--level`); and every test has folders of its own, and nothing of the tester's settings."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.support import levels
from tests.support.command import cst

SETTINGS = (
    "CST_AREA", "CST_TOOLKIT", "CST_PLAIN", "CST_ACCESSIBLE", "ACCESSIBLE", "NO_COLOR", "FORCE_COLOR",
    "COLUMNS", "LINES",
)  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--level`: see tests/support/levels.py."""
    parser.addoption("--level", choices=levels.LEVELS, default="quick", help="how much is tried (quick if not given)")


def pytest_configure(config: pytest.Config) -> None:
    """Test modules read the level as they are loaded."""
    os.environ[levels.VARIABLE] = config.getoption("level")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what stands at a higher level, unless tests are named one by one."""
    if any("::" in argument for argument in config.args):
        return
    above = [level for level in ("deep", "nightly") if not levels.within(level)]
    chosen, left_out = [], []
    for item in items:
        (left_out if any(map(item.get_closest_marker, above)) else chosen).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = chosen


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Spreads the tests as ever, but keeps some files together."""
    if config.getoption("dist") != "load":
        return None
    from tests.support.together import Together

    return Together(config, log)


@pytest.fixture(autouse=True)
def _own_folders(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tester's cache and settings are neither read nor written; the cache is shared by the tests of one run.

    The folder for settings is each test's own, so that none meets what another wrote.
    """
    base: Path = tmp_path_factory.getbasetemp()
    own = hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]
    monkeypatch.setenv("XDG_CACHE_HOME", str(base / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(base / "settings" / own))
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """Answers after which nothing is left to ask."""
    answers: dict[str, Any] = {"immediate-danger": "no", "concerns": ["fire-safety"], "area": "winchester"}
    while True:
        given = json.dumps(answers)
        plan = json.loads(cst("triage", "--json", "--answers", "-", text=given).stdout)
        if not plan["next"]:
            break
        answers |= {one["id"]: "no" if one["type"] == "yes-no" else "not-sure" for one in plan["next"]}
    file = tmp_path / "answers.json"
    file.write_text(given, "utf-8")
    return file
