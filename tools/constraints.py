"""Writes the versions that cst is packed from: `python -m tools.constraints`, which asks the index that pip asks.

`constraints.txt` has names and versions alone, for `pip install -c constraints.txt`. It says nothing of where they come
from. It is resolved on Linux: what only another system needs is not in it, and is not held there.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence

from tools.pack import CONSTRAINTS, PROJECT

HEAD = "# Written by `python -m tools.constraints` from the bounds in pyproject.toml: change those.\n"
EXTRAS = ("screen", "handbook", "pack")  # the tests and the benchmarks take what is newest, so that a break is seen


def wanted() -> list[str]:
    """All that is packed, and all that packs, as pyproject.toml has it."""
    extras = PROJECT["optional-dependencies"]
    return [*PROJECT["dependencies"], *(one for extra in EXTRAS for one in extras[extra])]


def name_of(requirement: str) -> str:
    """The name of what is asked for, as it is written in this file."""
    found = re.match(r"[\w.-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def resolved(requirements: Sequence[str]) -> Mapping[str, str]:
    """The version of each distribution that pip would install today, by its name.

    Raises:
        CalledProcessError: pip found no answer.
    """
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-"]
    ran = subprocess.run([*command, *requirements], check=True, stdout=subprocess.PIPE, text=True)
    found = [one["metadata"] for one in json.loads(ran.stdout)["install"]]
    return {name_of(one["name"]): one["version"] for one in found}


def text(versions: Mapping[str, str]) -> str:
    """The whole file."""
    return HEAD + "".join(f"{name}=={versions[name]}\n" for name in sorted(versions))


def held(page: str) -> dict[str, str]:
    """The version of each name in such a file."""
    lines = [line.partition("==") for line in page.splitlines() if not line.startswith("#")]
    return {name: version for name, _, version in lines}


if __name__ == "__main__":
    CONSTRAINTS.write_text(text(resolved(wanted())), "utf-8")
    print(f"wrote {CONSTRAINTS.name}")
