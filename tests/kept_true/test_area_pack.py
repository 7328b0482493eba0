"""The guide to an area pack holds: its own blocks are typed as they stand, and what it shows is what comes.

Exampleshire is made up, and its numbers are those that Ofcom keeps for drama.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pytest

from cst.checks import numbers, somebody_answers
from cst.checks.all_proofs import edition_day
from cst.checks.proof import Proof
from cst.source import open as files
from cst.source.faults import Refused
from cst.source.load import read, together
from cst.source.number_kinds import DRAMA, national
from cst.toolkit.toolkit import Toolkit
from tests.support import ROOT, in_process
from tests.support.in_process import Ran, run
from tests.support.levels import NIGHTLY
from tests.support.ring_round import Checkout
from tests.support.states import shipped

GUIDE = ROOT / "docs" / "how-to" / "add-an-area-pack.md"
PACK = "data/areas/exampleshire.yaml"
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WRITE = re.compile(r"(?:rite this in|Add at the end of|Put this above the line `(\w+:)` in) `([\w./]+)`:$")
DIALLED = re.compile(r"(?<![\d.-])0\d[\d ]{7,12}\d(?![\d-])")
SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)  # what a search compares with, and nobody reads
SMALL = ("vcard", "csv")
FORMS = (*SMALL, "markdown", "json", "handbook")


class Block(NamedTuple):
    """A fenced block of the guide, and the line before it."""

    before: str
    language: str
    text: str


class Shown(NamedTuple):
    """What the guide says that commands show, and what they show."""

    says: str
    ran: tuple[Ran, ...]


class Followed(NamedTuple):
    """The guide followed to its end."""

    checkout: Checkout
    opened: Callable[[], Toolkit]
    ran: dict[str, list[Ran]]
    shown: list[Shown]


@lru_cache
def blocks() -> list[Block]:
    """Those of the guide, in its order."""
    text = GUIDE.read_text("utf-8")
    return [Block(text[: one.start()].rstrip().rpartition("\n")[2], one[1], one[2]) for one in FENCED.finditer(text)]


def written(folder: Path, block: Block) -> bool:
    """Types a block into the file that the line before it names; whether it names one."""
    named = WRITE.search(block.before)
    if not named:
        return False
    file = folder / named[2]
    held = "" if "rite this" in block.before else file.read_text("utf-8")
    above, line, below = held.partition(f"\n{named[1]}\n") if named[1] else (held, "", "")
    file.write_text(f"{above}\n{block.text}{line}{below}".lstrip("\n"), "utf-8")
    return True


@contextmanager
def there(found: Followed) -> Iterator[None]:
    """Commands run in that checkout, and not in this one."""
    with (
        mock.patch.object(files, "CHECKOUT", str(found.checkout.data)),
        mock.patch.object(in_process, "_open_once", side_effect=lambda *_, **__: found.opened()),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.chdir(found.checkout.folder)
        yield


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    """Every block typed into a checkout of its own, and every command run, one after another."""
    opened = lru_cache(lambda: in_process._open_with((), cases=True))
    found = Followed(Checkout(tmp_path_factory.mktemp("guide")), opened, {}, [])
    left = sum("cst check" in block.text.splitlines() for block in blocks())
    last: list[Ran] = []
    for block in blocks():
        if block.language == "sh":
            left -= "cst check" in block.text.splitlines()
            last = _commands(found, block, final=not left)
        elif block.language == "text":
            found.shown.append(Shown(block.text, tuple(last)))
        else:
            assert written(found.checkout.folder, block), block
            opened.cache_clear()
    return found


def _commands(found: Followed, block: Block, *, final: bool) -> list[Ran]:
    """Runs the commands of a block; where they lead to a file, to nowhere."""
    ran = []
    with there(found), mock.patch.object(in_process, "_proved", partial(_proofs, final=final)):
        for line in block.text.splitlines():
            ran.append(run(*shlex.split(line.partition(" > ")[0])[1:]))
            found.ran.setdefault(line, []).append(ran[-1])
    return ran


def _proofs(toolkit: Toolkit, *, final: bool) -> list[Proof]:
    """Those to which a pack matters, at the last check; each night all of them."""
    if final and NIGHTLY:
        return list(in_process.proofs(toolkit))
    modules = (numbers, somebody_answers) if final else ()
    return [proof for module in modules for proof in module.proofs(toolkit, edition_day(toolkit))]


@pytest.mark.deep
def test_every_command_of_the_guide_does_what_it_is_for(followed: Followed) -> None:
    """Done, or a plan that calls for the person to be asked more; nothing is refused, at any step."""
    wrong = {
        line: (one.code, one.out[-600:], one.err)
        for line, all_ran in followed.ran.items()
        for one in all_ran
        if one.code not in ((0, 3) if "triage" in line else (0,))
    }

    assert not wrong
    assert len(followed.ran) > 12
    assert 3 == len(followed.ran["cst check"])


@pytest.mark.deep
def test_what_the_guide_shows_is_what_comes(followed: Followed) -> None:
    """Each line that it shows stands in what the commands before it print."""
    assert len(followed.shown) > 6
    for says, ran in followed.shown:
        lines = {line for one in ran for line in (*one.out.splitlines(), *one.err.splitlines())}
        assert not set(says.splitlines()) - lines


@pytest.fixture(scope="module")
def forms(followed: Followed) -> dict[tuple[str, str], str]:
    """Each form for a town in the south and for one in the north."""
    with there(followed):
        return {
            (form, area): run("export", form, "--area", area, "--at", "2026-12-02T10:00").out
            for area, forms in (("testbury", FORMS), ("samplewick", SMALL))
            for form in forms
        }


@pytest.mark.deep
def test_no_number_of_another_county_is_shown_there(followed: Followed, forms: dict[Any, str]) -> None:
    """Neither by the guide's own commands nor in any form: only its own numbers and those for all of England."""
    contacts = [one for one in shipped().kind("contacts").values() if one["status"] != "historic"]
    england = {
        national(phone["number"]) for one in contacts if "england" in one["serves"] for phone in one.get("phones", ())
    }
    theirs = {national(phone["number"]) for one in contacts for phone in one.get("phones", ())} - england
    placed = [one.out for line, all_ran in followed.ran.items() if "--area" in line for one in all_ran]
    found = [
        {national(number) for number in DIALLED.findall(SCRIPT.sub("", text))} for text in (*placed, *forms.values())
    ]

    assert len(theirs) > 50
    assert len(england) > 50
    assert sum(map(bool, found)) > 12
    assert not [numbers & theirs for numbers in found if numbers & theirs]


@pytest.mark.deep
def test_each_form_has_the_numbers_of_the_new_county(followed: Followed, forms: dict[Any, str]) -> None:
    """All of them for the south; for the north those of the county alone."""
    ours = set(re.findall(r'number: "([\d ]+)"', (followed.checkout.folder / PACK).read_text("utf-8")))

    assert 6 == len(ours)
    for (_, area), text in forms.items():
        assert ["01632 960105"][area == "testbury" :] == [number for number in ours if number not in text]


def test_every_number_of_the_guide_is_one_that_ofcom_keeps_for_drama() -> None:
    """Nobody who types it as it stands rings a stranger."""
    found = set(DIALLED.findall(GUIDE.read_text("utf-8")))

    assert len(found) >= 6
    assert not [number for number in found if not DRAMA.fullmatch(national(number))]


# What somebody with a text editor gets wrong in one line, and what it says then.
ALONE = {
    "number without quotes": ('"01632 960101"', "01632 960101", 'write "01632 960101"'),
    "curly quotes": ('"01632 960101"', "“01632 960101”", "in straight quotes"),
    "a clock": ('opens_at: "08:30"', 'opens_at: "8.30am"', 'write it as "08:30" or "17:00"'),
    "no list": ("[children-services]", "children-services", "write it in brackets"),
    "a colon": ("name: Exampleshire children's", "name: Exampleshire: children's", "put the text in quotes"),
    "a word of one's own": ("status: active", "status: current", "use 'active', 'historic' or 'unconfirmed'"),
    "a British date": ("consulted: 2026-12-01", "consulted: 1/12/2026", "write year-month-day"),
    "a tab": ("    within: england", "\twithin: england", "use blanks to move a line in, never tabs"),
}
# And what does not fit the rest: all of it is said at once.
TOGETHER = {
    "a role": ("[children-services]", "[childrens-services]", "did you mean children-services?"),
    "a source": (
        "source: exampleshire-abuse-page",
        "source: exampleshire-abuse-pages",
        "did you mean exampleshire-abuse-page?",
    ),
    "a town": ("Testbury-on-Sea", "Gosport", "Gosport is the name of another area (gosport)"),
    "an area in nothing": ("    within: england\n", "", "add within: england"),
    "a number in words": ("You do not have to be sure.", "Or ring 01632 960102.", "its number stands in contacts"),
}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The pack at the end of the guide."""
    folder = tmp_path_factory.mktemp("pack")
    for name in ("areas", "cases"):
        (folder / "data" / name).mkdir(parents=True)
    for block in blocks():
        written(folder, block)
    return (folder / PACK).read_text("utf-8")


@pytest.mark.parametrize("mistake", ALONE)
def test_a_mistake_says_on_which_line_it_is_and_what_to_write(mistake: str, pack: str, tmp_path: Path) -> None:
    """As a person with a text editor makes it."""
    right, wrong, says = ALONE[mistake]
    file = tmp_path / "exampleshire.yaml"
    file.write_text(pack.replace(right, wrong, 1), "utf-8")
    with pytest.raises(Refused) as refused:
        read([file])

    line = pack[: pack.index(right)].count("\n") + 1
    assert [(line, True)] == [(one.line, says in one.remedy) for one in refused.value.faults]


@pytest.mark.deep
def test_what_does_not_fit_the_rest_is_said_all_at_once(pack: str, tmp_path: Path) -> None:
    """Each within the record that it is in, and nothing more."""
    file, text = tmp_path / "exampleshire.yaml", pack
    for right, wrong, _ in TOGETHER.values():
        assert right in text
        text = text.replace(right, wrong, 1)
    file.write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        together([*map(Path, files.shipped_files()), file], [])
    faults = [f"{one.says} - {one.remedy}" for one in refused.value.faults if one.file == str(file)]

    assert len(TOGETHER) == len(faults) == len(refused.value.faults)
    assert not [says for _, _, says in TOGETHER.values() if not any(says in fault for fault in faults)]


def test_a_case_that_fails_says_on_which_line_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name alone would have to be looked for in thirty files."""
    name = "a child at risk by day in Harborough"
    file = ROOT / "data" / "cases" / "leicestershire.yaml"
    line = next(place for place, text in enumerate(file.read_text("utf-8").splitlines(), 1) if name in text)
    monkeypatch.setattr(in_process, "_case_faults", lambda toolkit: [f"{name}: it is not so."])
    monkeypatch.setattr(in_process, "_proved", lambda toolkit: [])
    fault = json.loads(run("check", "--json").out)["faults"][0]

    assert [str(file), line, f"{name}: it is not so."] == [fault["file"], fault["line"], fault["says"]]


def test_the_list_of_roles_says_who_fills_each_in_an_area() -> None:
    """Its own contacts and the national ones, none of the past; nobody is said to be nobody; a place is asked back."""
    gosport, nowhere = (run("list", "roles", "--area", area) for area in ("alverstoke", "Atlantis"))
    items = {
        one["id"]: one["note"] for one in json.loads(run("list", "roles", "--area", "gosport", "--json").out)["items"]
    }

    assert (
        "children-services: Children's services (Hampshire children's services; Social care Out of Hours Service)"
        in gosport.out
    )
    assert "Taken as Gosport." in gosport.err
    unfilled = {role for role in shipped().kind("roles") if not shipped().filling(role, shipped().around("gosport"))}
    assert unfilled == {role for role, note in items.items() if note == "nobody is named here"} != set()
    assert "No area here is called Atlantis." in nowhere.err
    assert run("list", "roles").out == nowhere.out
