"""What the pages tell people to type, typed: in a copy of the project's folder, where nothing was installed before."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.support import ROOT

PAGE = (ROOT / "docs" / "install.md").read_text("utf-8")
FENCED = re.findall(r"^```sh\n(.*?)\n```", PAGE, re.MULTILINE | re.DOTALL)
WAYS = [one for one in FENCED if re.search(r" \.( |$)", one)]  # those that take the folder one is in
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "dist", "build")
ASKED = ("lookup", "marac", "--field", "phone", "--at", "2026-11-24T10:00")


def given(home: Path, tools: Path) -> dict[str, str]:
    """Nothing but a home, where programs are, and how this machine reaches the index."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_"))}
    certificates = {"SSL_CERT_FILE": kept["PIP_CERT"]} if "PIP_CERT" in kept else {}
    return certificates | kept | {"HOME": str(home), "PATH": f"{tools}:/usr/local/bin:/usr/bin:/bin"}


def test_the_page_has_a_way_with_pipx_with_uv_and_with_python_alone() -> None:
    """Else nothing would be typed below."""
    assert 4 == len(WAYS)
    assert ["pipx", "uv", "uvx", "python3"] == [way.split()[0] for way in WAYS]


@pytest.mark.nightly  # asks the index of packages
@pytest.mark.skipif(sys.platform == "win32", reason="the lines are for a shell of POSIX")
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.split()[0])
def test_what_is_typed_installs_this_and_nothing_called_so_by_somebody_else(way: str, tmp_path: Path) -> None:
    """The program answers, comes from this project, and no distribution called `cst` was installed."""
    tools, home, folder = tmp_path / "tools", tmp_path / "home", tmp_path / "folder"
    venv.create(tools, with_pip=True)
    subprocess.run([tools / "bin" / "pip", "install", "--quiet", "pipx", "uv"], check=True, capture_output=True)
    home.mkdir()
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    environment = given(home, tools / "bin")
    typed = subprocess.run(
        ["bash", "-c", way], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )

    assert 0 == typed.returncode, typed.stderr
    installed = {path.name.partition("-")[0] for path in home.rglob("*.dist-info")}
    assert "community_safety_toolkit" in installed
    assert "cst" not in installed
    starts = [*home.glob(".local/bin/cst"), *home.glob("cst-env/bin/cst")]
    if way.startswith("uvx"):
        assert ("" != typed.stdout, []) == (True, starts)  # tried, and not installed
    else:
        ran = subprocess.run([starts[0], *ASKED], env={"HOME": str(home)}, cwd=home, capture_output=True, text=True)
        assert (0, "101\n") == (ran.returncode, ran.stdout)
