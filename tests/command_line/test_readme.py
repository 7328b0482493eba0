"""README and docs are true: the picture is a real run, the commands are there, the published files are current."""

from __future__ import annotations

import json
import os
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from cst import __version__
from cst.cli.commands.help import TOPICS
from cst.cli.extras import REQUIREMENTS
from cst.exits import Exit
from tests.support.in_process import run
from tools import commands
from tools.pictures import FOLDER, RUNS, picture
from tools.schemas import FILES, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
INSTALLS_CST = re.compile(r"\b(?:pip|pipx|uv|uvx) (?!--from \. )[^\n`&|;]*['\" ]cst\b")
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_published_files_are_current(name: str) -> None:
    """What editors and other programs read is what the code says; `python -m tools.schemas` writes it anew."""
    assert FILES[name]() == (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", RUNS)
def test_the_pictures_are_of_what_is_printed_today(name: str) -> None:
    """Drawn from real runs, and current; `python -m tools.pictures` draws them anew."""
    drawn = (FOLDER / f"{name}.svg").read_text("utf-8")

    assert picture(name) == drawn
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")


def test_the_readme_shows_a_picture_with_words_for_those_who_cannot_see_it() -> None:
    """Before the two commands."""
    found = re.search(r"!\[([^\]]{40,})\]\(docs/pictures/plan\.svg\)", README)

    assert found
    assert found.start() < README.index("## Two commands")


@pytest.mark.parametrize("line", sorted(set(re.findall(r"^cst [^\n#]+", README, re.MULTILINE))))
def test_every_command_line_in_the_readme_runs(line: str) -> None:
    """Nobody is sent to a command that is not there; none may write, as whoever runs the tests runs them."""
    assert not line.startswith("cst settings ")
    ran = run(*line.split()[1:])

    differs = line.startswith("cst changes ") and ran.code == Exit.NO  # where the commit before had other data
    done = ran.code in (Exit.DONE, Exit.CANNOT_SAY, Exit.EMERGENCY) or differs
    assert done or "There is no terminal" in ran.err


def test_the_page_for_two_in_the_morning_is_what_help_says() -> None:
    """One text: a worker reads on the page what `cst help night` prints, and every command in it is there."""
    page = (ROOT / "docs" / "at-2-a-m.md").read_text("utf-8")
    title, _, rest = TOPICS["night"].partition("\n")
    typed = re.findall(r": +cst (.+)$", page, re.MULTILINE)

    assert page == f"# {title}\n\n```text\n{rest}```\n"
    assert len(typed) >= 5
    for line in typed:
        ran = run(*shlex.split(line))
        assert ran.code in (Exit.DONE, Exit.CANNOT_SAY) or "There is no terminal" in ran.err, line


@pytest.mark.parametrize("way", ["pipx install .", "python3 -m pip install --user .", "py -m pip install --user ."])
def test_the_readme_says_how_to_install_and_where_it_is_then(way: str) -> None:
    """With pipx, with pip alone, and on Windows; each with what to type afterwards."""
    row = next(line for line in README.splitlines() if f"| `{way}` |" in line)

    assert re.search(r"`(python3 -m |py -m )?cst`", row.rpartition(way)[2])


def test_every_exit_code_is_in_its_page() -> None:
    """The page of exit codes lists them all."""
    page = (ROOT / "docs" / "exit-codes.md").read_text("utf-8")

    assert {code for name, code in vars(Exit).items() if name.isupper()} == {
        int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)
    }


def test_the_reference_of_commands_is_current() -> None:
    """Each command's own help, and no command is missing; `python -m tools.commands` writes it anew."""
    assert commands.page() == commands.PAGE.read_text("utf-8")


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "how-to").glob("*.md")]


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.stem)
def test_every_file_that_a_page_names_is_there(document: Path) -> None:
    """A reader is sent nowhere that is not: files of the code and data, and links to other pages."""
    text = document.read_text("utf-8")
    named = re.findall(r"`((?:cst|data|tests|tools|docs|benchmarks)/[\w./-]+\.\w+)`", text)
    linked = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    inside = [name for name in re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py)`", text) if not name.startswith(("cst/", "t"))]

    made_up = ("NAME", "exampleshire")  # what the reader is to write
    there = [name for name in named if not any(one in name for one in made_up)]
    assert [] == [name for name in there if not (ROOT / name).exists() and not name.isupper()]
    assert [] == [link for link in linked if not (document.parent / link).exists()]
    assert [] == [name for name in inside if not any((ROOT / "cst").glob(f"**/{name}"))]


def test_the_page_on_json_names_every_kind_of_the_schema() -> None:
    """No kind of document is left for the reader to find by chance."""
    schema = json.loads((ROOT / "docs" / "cst.schema.json").read_text("utf-8"))
    tops = [schema["$defs"][one["$ref"].rpartition("/")[2]] for one in schema["oneOf"]]
    kinds = {top["properties"]["kind"]["enum"][0] for top in tops}
    page = (ROOT / "docs" / "json.md").read_text("utf-8")

    assert len(kinds) > 6
    assert kinds == set(re.findall(r"^\| `([a-z]+)` \|", page, re.MULTILINE))


def test_every_command_has_help_that_begins_with_examples() -> None:
    """Examples come before options in every command's help."""
    for command in ("triage", "lookup", "eligible", "list", "check"):
        said = run(command, "--help").out
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
    numbers = re.findall(r'number: "(?:18001 )?([\d +]+)"', toolkit)  # 18001 is the relay service before a number

    assert len(numbers) > 80
    assert [] == [number for number in numbers if number.replace(" ", "") not in notes]


@pytest.mark.parametrize("folder", ["cst", "docs", "tools", "benchmarks", "README.md"])
def test_nobody_is_told_to_install_somebody_elses_package(folder: str) -> None:
    """`cst` on the public index is not this; nor does any code ask what is installed under a name."""
    assert INSTALLS_CST.search("pip install 'cst[screen]'")
    assert INSTALLS_CST.search("python -m pip install --user cst")
    files = [ROOT / folder] if (ROOT / folder).is_file() else [*(ROOT / folder).rglob("*.*")]
    for file in files:
        if file.suffix in (".py", ".md"):
            text = file.read_text("utf-8")
            assert not INSTALLS_CST.search(text), file
            assert "importlib.metadata" not in text, file


def test_what_messages_and_pages_say_to_install_is_what_the_project_needs() -> None:
    """The name of the distribution and of its wheel, and each extra with its bounds."""
    wheel = f"{PROJECT['name'].replace('-', '_')}-{__version__}-py3-none-any.whl"
    extras = PROJECT["optional-dependencies"]

    assert "cst" != PROJECT["name"]
    assert [extras["screen"], extras["handbook"]] == [[requirement] for requirement in REQUIREMENTS.values()]
    for page in ("README.md", "docs/install.md", "docs/screening.md"):
        named = re.findall(r"[\w.-]+\.whl", (ROOT / page).read_text("utf-8"))
        assert {wheel} == set(named), page
