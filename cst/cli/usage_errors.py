"""A command line that cannot be read: what is wrong with it, what to type instead, and where the help is."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from cst.cli.errors import Trouble, trouble
from cst.exits import Exit

if TYPE_CHECKING:
    from typer._click.exceptions import ClickException  # vendored since 0.26; TyperException has no message

WANTS = {
    "cst lookup": ("Look up what?", "cst lookup marac"),
    "cst screen": ("Screen for what, and which file?", "cst screen fire-visit caseload.csv --output screened.csv"),
    "cst graph": ("Draw which rule?", "cst graph fire-visit"),
    "cst export": ("Export what?", "cst export sql --scheme fire-visit --dialect duckdb"),
    "cst export sql": (
        "Which scheme, and for which database?",
        "cst export sql --scheme fire-visit --dialect duckdb",
    ),
}


def usage(error: ClickException) -> Trouble:
    """What to tell the user about a command line that Typer refused."""
    from typer._click.exceptions import MissingParameter, NoArgsIsHelpError, NoSuchOption

    context = getattr(error, "ctx", None)
    command = context.command_path if context else "cst"
    see = f"See: {command} --help"
    if isinstance(error, (MissingParameter, NoArgsIsHelpError)) and command in WANTS:
        says, example = WANTS[command]
        return trouble(Exit.USAGE, "usage", says, f"For example: {example}\n{see}")
    says = error.message if isinstance(error, NoSuchOption) else error.format_message()
    return trouble(Exit.USAGE, "usage", says if says.endswith((".", "?")) else f"{says}.", f"{_near(error)}{see}")


def _near(error: ClickException) -> str:
    """The option most like one that there is not."""
    near = difflib.get_close_matches(getattr(error, "option_name", ""), getattr(error, "possibilities", None) or (), 1)
    return f"Did you mean {near[0]}? " if near else ""
