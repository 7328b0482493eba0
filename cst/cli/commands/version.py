"""`cst --version`."""

from __future__ import annotations

import sys

from cst import __version__
from cst.exits import Exit


def show_version() -> int:
    """Writes the version of the program."""
    sys.stdout.write(f"cst {__version__}\n")
    return Exit.DONE
