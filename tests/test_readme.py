"""README and docs are true: the picture is a real run, the commands are there, the published files are current."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from cst.exits import Exit
from tests.command import cst
from tests.published import FILES, ROOT

README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_published_files_are_current(name: str) -> None:
    """What editors and other programs read is what the code says; `python -m tests.published` writes it anew."""
    assert FILES[name]() == (ROOT / name).read_text("utf-8")


def test_the_picture_in_the_readme_is_the_head_of_a_real_run() -> None:
    """The screen shown is what the command below it prints."""
    picture = re.search(r"```text\n\$ cst (.*?)\n(.*?)```", README, re.DOTALL)
    assert picture
    arguments, drawn = picture[1].split(), picture[2].rstrip("\n").splitlines()
    ran = cst(*arguments, FORCE_COLOR="1", NO_COLOR="1", COLUMNS="80", TERM="xterm")

    assert drawn[:-1] == [line.rstrip() for line in ran.stdout.splitlines()[: len(drawn) - 1]]
    assert drawn[-1] == "..."


@pytest.mark.parametrize("line", sorted(set(re.findall(r"^cst [^\n#]+", README, re.MULTILINE))))
def test_every_command_line_in_the_readme_runs(line: str) -> None:
    """Nobody is sent to a command that is not there."""
    ran = cst(*line.split()[1:])

    assert ran.returncode in (Exit.DONE, Exit.CANNOT_SAY, Exit.EMERGENCY) or "There is no terminal" in ran.stderr


def test_every_exit_code_is_in_its_page() -> None:
    """The page of exit codes lists them all."""
    page = (ROOT / "docs" / "exit-codes.md").read_text("utf-8")

    assert {int(code) for code in Exit} == {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}


def test_every_command_has_help_that_begins_with_examples() -> None:
    """Examples come before options in every command's help."""
    for command in ("triage", "lookup", "eligible", "list", "check"):
        said = cst(command, "--help").stdout
        assert f"  cst {command}" in said
        assert said.index("Examples:") < said.index("Options:")


@pytest.mark.skipif(not Path(os.environ.get("CST_FACTS", ROOT.parent / "shared")).exists(), reason="no source notes")
def test_every_number_in_the_toolkit_stands_in_a_source_note() -> None:
    """An invented number is the worst fault there can be."""
    notes = "".join(
        re.sub(r"(?<=\d)[ -]+(?=\d)", "", file.read_text("utf-8", "replace"))
        for folder in ("facts", "seeds")
        for file in (ROOT.parent / "shared" / folder).glob("*")
    )
    toolkit = (ROOT / "data" / "toolkit.yaml").read_text("utf-8")
    numbers = re.findall(r'number: "([\d +]+)"', toolkit)

    assert len(numbers) > 80
    assert [] == [number for number in numbers if number.replace(" ", "") not in notes]
