"""A folder for a machine that has no Python: PyInstaller's, for the kind of system that this runs on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.pack import same_each_time, wheel
from tools.pack.environments import site_packages, with_cst, with_tools

NAME = "cst"
SPEC = Path(__file__).with_name("cst.spec")
START = "from cst.__main__ import program\n\nprogram()\n"


def pack(into: Path, spare: Path, extras: Sequence[str]) -> Path:
    """Makes it: the folder.

    Raises:
        CalledProcessError: pip, hatchling or PyInstaller could not do their part.
    """
    python = with_tools(spare / "tools", "hatchling", "pyinstaller")
    held = site_packages(with_cst(spare / "cst", wheel.build(python, spare / "wheel"), extras))
    # The tools see what is packed, so that both are of one environment and nothing is installed twice.
    (site_packages(python) / "packed.pth").write_text(f"{held}\n", "utf-8")
    start = spare / "start" / "start.py"  # alone in its folder, as what lies beside it is looked at for imports
    start.parent.mkdir()
    start.write_text(START, "utf-8")
    about = {
        "CST_PACKED": " ".join(distributions(held)),
        "CST_START": str(start),
        "CST_PYTHON_LICENCE": python_licence(),
    }
    command = [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", SPEC]
    places = ["--distpath", spare / "made", "--workpath", spare / "work"]
    subprocess.run([*command, *places], check=True, env=same_each_time() | about, cwd=start.parent)
    shutil.rmtree(into / NAME, ignore_errors=True)
    shutil.move(spare / "made" / NAME, into / NAME)
    return into / NAME


def distributions(held: Path) -> list[str]:
    """The names of what is installed in a folder."""
    metadata = [(path / "METADATA").read_text("utf-8") for path in held.glob("*.dist-info")]
    return sorted(next(line for line in one.splitlines() if line.startswith("Name: "))[6:] for one in metadata)


def python_licence() -> str:
    """Where the licence of this Python lies; nothing where it came without."""
    places = (Path(os.__file__).parent / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt")
    return next((str(place) for place in places if place.is_file()), "")
