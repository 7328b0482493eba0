"""What a command needs beyond what is always installed, and what to type where it is not there.

The distribution is not named: only whoever installed it knows where it came from, a checkout or a wheel.
"""

from __future__ import annotations

import sys

from cst.cli.errors import Trouble, trouble
from cst.exits import Exit

REQUIREMENTS = {"duckdb": "duckdb>=1.4,<3", "jinja2": "jinja2>=3.1,<4"}  # as pyproject.toml has it


def not_installed(module: str, says: str) -> Trouble:
    """What to say where a module is missing: how to install it for the very Python that runs this.

    In a packed folder there is no Python to install it for: what starts is `cst` itself.
    """
    if getattr(sys, "frozen", False):
        remedy = "This cst was packed without it, and nothing can be added. Ask who gave it to you for one that has it."
        return trouble(Exit.USAGE, f"no-{module}", says, remedy)
    python = sys.executable or "python"
    python = f'"{python}"' if " " in python else python
    command = f'{python} -m pip install "{REQUIREMENTS[module]}"'
    return trouble(Exit.USAGE, f"no-{module}", says, f"Install it with:\n{command}")
