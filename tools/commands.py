"""Writes the reference of the commands from their own help: `python -m tools.commands`."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from cst.cli.app import app
from tests.support import ROOT
from tests.support.in_process import run

PAGE = ROOT / "docs" / "commands.md"


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield "<!-- Written by `python -m tools.commands` from the help of each command. Change that. -->"
    yield ""
    yield "What each command says of itself with `--help`. Exit codes are in [their own page](exit-codes.md),"
    yield "environment variables in [another](environment.md)."
    for command in ((), *commands(typer.main.get_group(app))):
        yield ""
        yield f"## cst {' '.join(command)}".rstrip()
        yield ""
        yield "```text"
        yield run(*command, "--help", COLUMNS="100", TERMINAL_WIDTH="100").out.strip()
        yield "```"


def commands(group: typer.core.TyperGroup, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command by its words, those of a group after the group."""
    for name, command in group.commands.items():
        yield (*above, name)
        if isinstance(command, typer.core.TyperGroup):
            yield from commands(command, (*above, name))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
