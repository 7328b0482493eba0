"""Packs cst: a wheel and an sdist, one file for Python, a folder that needs no Python, and a list of what is in them.

Everything is made in environments of its own from `constraints.txt`, so that what lies in the one that runs this gets
into nothing. Only Python and pip are needed to start it.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CONSTRAINTS = ROOT / "constraints.txt"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = ("screen", "handbook")  # what may be packed beside what is always there


def same_each_time() -> dict[str, str]:
    """The environment for tools whose bytes must not hang on the hour, the order of a set or the country."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SHIV_"))}
    # The day that hatchling takes where none is given, so that a wheel is the same whoever builds it.
    return {"SOURCE_DATE_EPOCH": "1580601600", **given, "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
