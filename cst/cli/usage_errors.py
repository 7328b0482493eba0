"""A command line that cannot be read: what is wrong with it, what to type instead, and where the help is."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from cst.cli.errors import Trouble, trouble
from cst.cli.options import OPTIONS, PROGRAM
from cst.exits import Exit

if TYPE_CHECKING:
    from typer._click.exceptions import ClickException  # vendored since 0.26; TyperException has no message

NAMED = ("topic", "issue", "concern", "scheme", "name", "term", "area")  # what people write as options
NAMES = {
    "cst triage": "cst triage domestic-abuse",
    "cst lookup": "cst lookup marac",
    "cst eligible": "cst eligible fire-visit",
    "cst graph": "cst graph fire-visit",
    "cst settings": "cst settings area gosport",
}
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
ALSO = {"cst lookup": "\nThe topics: cst list issues", "cst export": "\nTo keep a plan: cst triage --save plan.txt"}


def usage(error: ClickException) -> Trouble:
    """What to tell the user about a command line that Typer refused."""
    from typer._click.exceptions import MissingParameter, NoArgsIsHelpError, NoSuchOption

    context = getattr(error, "ctx", None)
    command = context.command_path if context else "cst"
    see = f"See: {command} --help"
    if isinstance(error, (MissingParameter, NoArgsIsHelpError)) and command in WANTS:
        says, example = WANTS[command]
        return trouble(Exit.USAGE, "usage", says, f"For example: {example}\n{see}{ALSO.get(command, '')}")
    if isinstance(error, NoSuchOption) and (remedy := _elsewhere(command, error.option_name)):
        return trouble(Exit.USAGE, "usage", error.message.rstrip(".") + ".", f"{remedy} {see}")
    says = error.message if isinstance(error, NoSuchOption) else error.format_message()
    return trouble(Exit.USAGE, "usage", says if says.endswith((".", "?")) else f"{says}.", f"{_near(error)}{see}")


def _elsewhere(command: str, name: str) -> str:
    """Where an option belongs that this command does not take, or what to type in its place."""
    if name.lstrip("-") in NAMED and command in NAMES:
        return f"Write it without an option, for example: {NAMES[command]}."
    option = next((one for one in OPTIONS if name in one.spellings), None)
    if option is None:
        return ""
    value = f" {option.metavar}" if option.metavar else ""
    if command == PROGRAM:
        example = "lookup marac" if "lookup" in option.commands else option.commands[0]
        return f"It goes after the command, for example: cst {example} {name}{value}."
    return f"These take it: {', '.join(option.commands)}."


def _near(error: ClickException) -> str:
    """The option most like one that there is not."""
    near = difflib.get_close_matches(getattr(error, "option_name", ""), getattr(error, "possibilities", None) or (), 1)
    return f"Did you mean {near[0]}? " if near else ""
