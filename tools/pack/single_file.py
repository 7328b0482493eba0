"""One file for a machine that has Python: shiv's, with a first step of ours that shows the card where it cannot start.

What it holds goes into a folder of the user's when it first runs, as no library can be loaded out of a zip.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Sequence
from pathlib import Path

from cst import card
from tools.pack import same_each_time, wheel
from tools.pack.environments import site_packages, with_cst, with_tools

NAME = "cst.pyz"
START = "cst.__main__:program"
FIRST = Path(__file__).with_name("first.py")


def pack(into: Path, spare: Path, extras: Sequence[str]) -> Path:
    """Makes it: the file.

    Raises:
        CalledProcessError: pip, hatchling or shiv could not do their part.
    """
    python = with_tools(spare / "tools", "hatchling", "shiv")
    held = site_packages(with_cst(spare / "cst", wheel.build(python, spare / "wheel"), extras))
    made = spare / NAME
    command = [python, "-m", "shiv", "--site-packages", held, "--entry-point", START, "--output-file", made]
    subprocess.run([*command, "--reproducible"], check=True, env=same_each_time())
    return _with_first_step(made, into / NAME, held)


def _with_first_step(made: Path, into: Path, held: Path) -> Path:
    """The same file, in which our own step comes first."""
    with into.open("wb") as file:
        file.write(made.read_bytes().partition(b"\n")[0] + b"\n")  # which Python starts it
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(file, "w") as new:
            for one in old.infolist():
                if one.filename != "__main__.py":
                    new.writestr(one, old.read(one))
            for name, text in (("__main__.py", FIRST.read_text("utf-8")), ("made.py", _said(held, old))):
                new.writestr(zipfile.ZipInfo(name, old.infolist()[0].date_time), text, zipfile.ZIP_DEFLATED)
    into.chmod(0o755)
    return into


def _said(held: Path, made: zipfile.ZipFile) -> str:
    """What the first step has to know, as a module: the card, and what this file can run on."""
    ending = sysconfig.get_config_var("EXT_SUFFIX")
    endings = sorted({path.name[path.name.index(".") :] for path in held.rglob(f"*{ending}")})
    needs = f"Python {sys.version_info.major}.{sys.version_info.minor} on {platform.system()} ({platform.machine()})"
    build = json.loads(made.read("environment.json"))["build_id"]
    return f"BUILD = {build!r}\nCARD = {list(card.CARD)!r}\nENDINGS = {endings!r}\nNEEDS = {needs!r}\n"
