"""Every test has folders of its own, and nothing of the tester's settings."""

from __future__ import annotations

from pathlib import Path

import pytest

SETTINGS = (
    "CST_AREA", "CST_TOOLKIT", "CST_PLAIN", "CST_ACCESSIBLE", "ACCESSIBLE", "NO_COLOR", "FORCE_COLOR", "COLUMNS",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tester's cache and settings are neither read nor written; the cache is shared by the tests of one run."""
    cache: Path = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
