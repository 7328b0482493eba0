"""The man page says what each command says of itself, and every program that shows such pages takes it."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib

import pytest
import typer

from cst.cli.app import app
from cst.cli.options import shared_options
from tests.support import ROOT
from tools import commands, man

SHOWS = {  # programs that show man pages, each with how it says what it does not like
    "groff": ["groff", "-man", "-ww", "-z"],
    "mandoc": ["mandoc", "-T", "lint"],
}


def test_the_man_page_is_current() -> None:
    """`python -m tools.man` writes it anew."""
    assert man.page() == man.PAGE.read_text("utf-8")


def test_every_command_option_and_exit_code_is_in_it() -> None:
    """And so are the options that several commands take, which their help leaves out."""
    page = man.PAGE.read_text("utf-8").replace("\\-", "-")
    words = [" ".join(one) for one in commands.commands(typer.main.get_group(app))]

    assert "export handbook" in words
    assert [] == [one for one in words if f'.SS "cst {one} ' not in page]
    assert [] == [one.name for one in shared_options() if f"\n.B {one.name}" not in page]
    assert page.count("\n.B 141\n") == 1


@pytest.mark.parametrize("program", SHOWS)
def test_nothing_is_said_against_it(program: str) -> None:
    """No warning, of any class."""
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    ran = subprocess.run([*SHOWS[program], man.PAGE], capture_output=True, text=True, timeout=60, check=False)

    assert (0, "", "") == (ran.returncode, ran.stdout, ran.stderr)


def test_words_that_roff_would_take_as_its_own_are_left_as_they_are() -> None:
    """A line that begins with a dot would be gone, and a hyphen would not be found by a search for the option."""
    assert r"\&.txt or \-\-json, \e and \(aq" == man._text(".txt or --json, \\ and '")


def test_the_wheel_puts_it_where_man_looks() -> None:
    """In the first section, beside the programs."""
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert {"docs/cst.1": "share/man/man1/cst.1"} == built["shared-data"]
    assert re.match(r"\.\\\" Written by", man.PAGE.read_text("utf-8"))
