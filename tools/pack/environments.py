"""The environments that a pack is made in: one with the tools, and one with what is packed and nothing else.

pip is asked for what stands in `pyproject.toml`, in the versions of `constraints.txt`. The project itself is only ever
installed from the wheel that was just built, with no index: under its name an index may have anything.
"""

from __future__ import annotations

import re
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from tools.pack import CONSTRAINTS, PROJECT, same_each_time

PACK: Sequence[str] = PROJECT["optional-dependencies"]["pack"]


def with_tools(folder: Path, *names: str) -> Path:
    """A new environment with some of what the extra `pack` asks for: its Python.

    Raises:
        CalledProcessError: pip could not.
    """
    python = _bare(folder)
    _install(python, "-c", str(CONSTRAINTS), *(asked(name) for name in names))
    return python


def with_cst(folder: Path, wheel: Path, extras: Sequence[str]) -> Path:
    """A new environment with this wheel, these extras, what they need, and not even pip: its Python.

    Raises:
        CalledProcessError: pip could not.
    """
    python = _bare(folder)
    # By its name out of a folder, and not by its path, which pip would write down.
    _install(python, "--no-index", "--no-deps", "--find-links", str(wheel.parent), PROJECT["name"])
    more = [one for extra in extras for one in PROJECT["optional-dependencies"][extra]]
    _install(python, "-c", str(CONSTRAINTS), *PROJECT["dependencies"], *more)
    for record in site_packages(python).glob("*.dist-info/RECORD"):
        record.unlink()  # it has the sums of starters, which name this very folder
    return python


def asked(name: str) -> str:
    """What the extra `pack` says of a tool, with its bounds."""
    return next(one for one in PACK if re.split(r"[<>=~!\[ ]", one)[0] == name)


def site_packages(python: Path) -> Path:
    """Where the packages of an environment lie."""
    said = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.run([python, "-c", said], check=True, capture_output=True, text=True).stdout.strip())


def _bare(folder: Path) -> Path:
    venv.create(folder, symlinks=sys.platform != "win32")
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _install(python: Path, *wanted: str) -> None:
    # Without compiled files, which say when they were made.
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-compile", *wanted]
    subprocess.run([*command, "--disable-pip-version-check"], check=True, env=same_each_time())
