"""The toolkit is one file and its packs, all of the same form, in the order in which a person reads them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cst.source.load import together
from cst.source.open import shipped_files
from cst.source.records import ToolkitFile
from tests.support import ROOT

SHIPPED = [Path(file) for file in shipped_files(cases=True)]
MAIN = SHIPPED[0]
ORDER = list(ToolkitFile.__annotations__)


def _kinds(file: Path) -> list[str]:
    return re.findall(r"^([a-z_]+):", file.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_the_kinds_of_a_file_stand_in_reading_order(file: Path) -> None:
    """What a triage is made of first, and the bibliography last, as the shapes are declared."""
    assert _kinds(file) == sorted(_kinds(file), key=ORDER.index)


def test_the_table_of_contents_names_what_is_there() -> None:
    """In that order."""
    head = MAIN.read_text("utf-8").split("\n\n")[0]

    assert _kinds(MAIN) == re.findall(r"^#   ([a-z_]+)  ", head, re.MULTILINE)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_an_editor_finds_the_schema_of_every_file(file: Path) -> None:
    """The first line says where it is, from where the file lies."""
    first = file.read_text("utf-8").splitlines()[0]
    place = first.removeprefix("# yaml-language-server: $schema=")

    assert (ROOT / "data" / "toolkit.schema.json").name == (file.parent / place).resolve().name
    assert (file.parent / place).is_file()


def test_cases_come_only_where_they_are_asked_for_and_prove_all_the_same() -> None:
    """No answer needs them; without them every other record is there."""
    without = together([Path(file) for file in shipped_files()])
    whole = together(SHIPPED)

    assert len(whole.pop("cases")) > 400
    assert whole == without
    assert {"cases"} == {file.parent.name for file in SHIPPED} - {Path(file).parent.name for file in shipped_files()}
