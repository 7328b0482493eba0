"""The wheel and the sdist: built here, built again from what the sdist holds, and held against each other."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tools.pack import ROOT, same_each_time


class Differs(Exception):
    """Two builds of the same files are not the same bytes."""


def build(python: Path, into: Path, root: Path = ROOT) -> Path:
    """Builds both from the files under `root`: the wheel.

    Args:
        python: one that has hatchling.
        into: a new folder for them.

    Raises:
        CalledProcessError: it cannot be built.
    """
    command = [python, "-m", "hatchling", "build", "-d", str(into.absolute())]
    subprocess.run(command, cwd=root, check=True, env=same_each_time())
    return next(into.glob("*.whl"))


def built_twice(python: Path, into: Path, spare: Path) -> Path:
    """Builds both here, and again from the sdist with other rights: the wheel, once they are the same.

    Raises:
        Differs: they are not.
        CalledProcessError: they cannot be built, or their metadata have a fault.
    """
    built = spare / "built"
    wheel = build(python, built)
    shutil.unpack_archive(next(built.glob("*.tar.gz")), spare)
    (tree,) = spare.glob("*/PKG-INFO")
    for path in tree.parent.rglob("*"):
        path.chmod(path.stat().st_mode & 0o700)
    again = spare / "again"
    build(python, again, tree.parent)
    for one in sorted(built.iterdir()):
        if one.read_bytes() != (again / one.name).read_bytes():
            raise Differs(one.name)
    subprocess.run([python, "-m", "twine", "check", "--strict", *built.iterdir()], check=True)
    return Path(shutil.copytree(built, into, dirs_exist_ok=True), wheel.name)
