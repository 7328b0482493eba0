"""Writes the man page from the commands, their options and the page of exit codes: `python -m tools.man`.

It goes into `docs/cst.1`, and with the wheel to where `man cst` finds it. Its day is that of the edition of the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

import typer

from cst import __version__, card
from cst.cli.app import app
from cst.cli.options import shared_options
from tests.support import ROOT
from tests.support.states import shipped
from tools.commands import commands

PAGE = ROOT / "docs" / "cst.1"
EXITS = ROOT / "docs" / "exit-codes.md"
VARIABLES = ROOT / "docs" / "environment.md"
FIRST = """\
cst says what to do now, whom to ring at this minute in this council area, and what never to do.
It asks as little as it can. It works offline, and keeps nothing unless it is told to.
It does not replace your judgement or your safeguarding lead."""


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    group = typer.main.get_group(app)
    day = shipped().records["edition"]["published"]
    yield '.\\" Written by `python -m tools.man` from the commands and their options. Change those.'
    yield f'.TH CST 1 {day} "cst {__version__}"'
    yield ".SH NAME"
    yield r"cst \- the community safety toolkit: what to do, whom to ring, and why"
    yield ".SH SYNOPSIS"
    yield r".B cst"
    yield r"[\fICOMMAND\fR] [\fIOPTION\fR]... [\fIWORD\fR]..."
    yield ".SH DESCRIPTION"
    yield f".B {_text(card.LINE)}"
    yield ".PP"
    yield _filled(FIRST)
    for line in _paragraphs(group.help or ""):
        yield from (".PP", *line)
    yield ".SH COMMANDS"
    for words in commands(group):
        yield from _command(group, words)
    yield ".SH OPTIONS THAT SEVERAL COMMANDS TAKE"
    for option in shared_options():
        yield from _item(f"{option.name} {option.metavar or ''}".strip(), option.help)
    yield ".SH ENVIRONMENT"
    for row in _table(VARIABLES.read_text("utf-8")):
        yield from _item(row[0], f"The same as {row[1]}." if row[1].startswith("--") else row[1])
    yield ".SH EXIT STATUS"
    for row in _table(EXITS.read_text("utf-8")):
        yield from _item(*row)


def _command(group: Any, words: Sequence[str]) -> Iterator[str]:
    command = group
    for word in words:
        command = command.commands[word]
    context = command.make_context(
        f"cst {' '.join(words)}", [], help_option_names=["-h", "--help"], resilient_parsing=True
    )
    yield f'.SS "{_text(" ".join((context.info_name, *command.collect_usage_pieces(context))))}"'
    for number, lines in enumerate(_paragraphs(command.help or "")):
        yield from ((".PP",) if number else ())
        yield from lines
    records = [record for one in command.get_params(context) if (record := one.get_help_record(context))]
    for name, says in records:
        yield from _item(name, says)


def _paragraphs(text: str) -> Iterator[list[str]]:
    """Each paragraph of a help text; one that is marked to keep its lines keeps them."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.lstrip().startswith("\b"):
            lines = [_text(line) for line in paragraph.strip().strip("\b\n").splitlines()]
            yield [".nf", *lines, ".fi"]
        else:
            yield [_filled(paragraph)]


def _item(name: str, says: str) -> Iterator[str]:
    yield ".TP"
    yield f".B {_text(name)}"
    yield _filled(says)


def _filled(words: str) -> str:
    """A paragraph in lines that a person can read as they stand here."""
    return _text("\n".join(wrap(words, 76, break_long_words=False, break_on_hyphens=False)))


def _text(words: str) -> str:
    """Words as roff takes them: its own signs are only letters, and no line begins a request."""
    plain = words.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace('"', "\\(dq")
    return "\n".join(f"\\&{line}" if line.startswith(".") else line for line in plain.splitlines())


def _table(markdown: str) -> list[tuple[str, str]]:
    """The rows of the one table on a page, but for its head."""
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", markdown, re.MULTILINE)
    return [(_unmarked(left), _unmarked(right)) for left, right in rows[2:]]


def _unmarked(cell: str) -> str:
    return re.sub(r"`|\[([^]]+)\]\([^)]+\)", r"\1", cell)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
