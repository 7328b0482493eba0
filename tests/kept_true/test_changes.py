"""`cst changes`: edits of the shipped files are each named, states are counted, and each input has its answer."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest

from cst.changes.compare import changes
from cst.changes.editions import side_by_side
from cst.changes.records import record_changes
from cst.changes.ways_to_answer import Pair, side
from cst.contract import Changes
from cst.rules import questions, residual
from cst.source.edition import Edition, NoEdition, read_edition
from cst.source.faults import Refused
from cst.views.formats.plain import plain
from cst.views.pages.changes import changes_page
from tests.support import ROOT
from tests.support.in_process import run
from tests.support.mutants import changed, chosen
from tests.support.states import SMALL, TUESDAY, shipped, small
from tools import data_changes

MAIN = (ROOT / "data" / "toolkit.yaml").read_text("utf-8")
SMALL_TEXT = SMALL.read_text("utf-8")
WHOLE: dict[str, Any] = {**shipped().records}
FIRST_LANDED = "27547a4"


class Edit(NamedTuple):
    """A change of one record of the YAML, where it must be told, and words that must stand in what was or what is."""

    place: str  # kind and id
    pattern: str
    put: str
    section: str
    says: str


EDITS = [
    Edit("contacts/hampshire-adults", r'number: "[\d ]+"', 'number: "01632 960001"', "numbers", "01632 960001"),
    Edit("contacts/hampshire-adults", r"\n +- \{days: Fri.*", "", "hours", "Fri 08:30"),
    Edit("contacts/hampshire-children", r'closes_at: "\d\d:\d\d"', 'closes_at: "15:01"', "hours", "15:01"),
    Edit("contacts/national-stalking-helpline", r"status: active", "status: unconfirmed", "contacts", "unconfirmed"),
    Edit("contacts/shout", r"serves: \[.*\]", "serves: [gosport]", "contacts", "Gosport"),
    Edit("contacts/galop", r"(?s)^.*\Z", "", "contacts", "0800 999 5428"),
    Edit(
        "contacts/shout",
        r"\A",
        "  new-line:\n    name: New line\n    status: active\n\n",
        "contacts",
        "hours not known",
    ),
    Edit("parameters/fire-visit-age", r"value: 65", "value: 70", "thresholds", "70"),
    Edit("pathways/emergency", r"\n +- immediate-danger", "", "thresholds", "danger now"),
    Edit("questions/care-needs", r"do: find-out", "do: skip", "not-sure", "brings nothing"),
    Edit("pathways/hate-report", r"on_not_sure: find-out", "on_not_sure: skip", "not-sure", "brings nothing"),
    Edit("schemes/marac-referral", r"call: \[marac-route, ", "call: [", "contacts", "MARAC"),
    Edit("pathways/hate-report", r"urgency: today", "urgency: soon", "thresholds", "soon"),
    Edit("pathways/emergency", r"Move away from", "Move towards", "steps", "towards"),
    Edit("pathways/emergency", r"(clean or wash anything\.)", r"\1\n      - Wait.", "steps", "Wait"),
    Edit("pathways/emergency", r", do-not-wash-or-clean\]", "]", "do-nots", "wash"),
    Edit("cautions/do-not-confront", r"kills: B", "kills: E", "do-nots", "E"),
    Edit("issues/scams", r"title: .*", "title: Cheats", "words", "Cheats"),
    Edit("questions/consent", r"ask: .*", "ask: May we come?", "words", "May we come"),
    Edit("terms/idva", r"meaning: (>-\n +)?", r"meaning: \1Truly. ", "words", "Truly"),
    Edit("sources/seed-toolkit-2013", r"consulted: .*", "consulted: 2026-11-30", "sources", "2026-11-30"),
]
CALL_ORDER = Edit("pathways/hate-report", r"( +- hate-crime-support\n)( +- victim-support\n)", r"\2\1", "contacts", "")
NO_LONGER = Edit("pathways/emergency", r"do not clean", "do clean", "steps", "do clean")


def edited(text: str, *edits: Edit) -> str:
    """The YAML with these edits, each in the record it is about."""
    for edit in edits:
        kind, name = edit.place.split("/")
        start = text.find(f"\n  {name}:\n", text.index(f"\n{kind}:\n")) + 1
        assert start, f"{edit.place} is not there"
        end = re.compile(r"\n\n").search(text, start)
        assert end
        record, count = re.subn(edit.pattern, edit.put, text[start : end.start() + 1], count=1)
        assert count, f"{edit.place} has nothing like {edit.pattern}"
        text = text[:start] + record + text[end.start() + 1 :]
    return text


def edition(text: str) -> Edition:
    """An edition that is one file."""
    return read_edition("here", [("here", text.encode())])


def differences(old: Edition, new: Edition) -> Changes:
    """All that differs."""
    return changes(side_by_side(old, new), ("old", "new"))


def said(told: Changes) -> str:
    """The whole of it as plain text."""
    return plain(changes_page(told, everything=True))


@pytest.fixture(scope="module")
def main() -> Edition:
    """The shipped main file."""
    return edition(MAIN)


@pytest.fixture(scope="module")
def all_edits(main: Edition) -> Changes:
    """What differs once every edit is made at once."""
    return differences(main, edition(edited(MAIN, *EDITS, CALL_ORDER, NO_LONGER)))


@pytest.mark.deep
def test_each_edit_of_the_shipped_yaml_is_named(all_edits: Changes) -> None:
    """A digit, an hour, a figure, a row, a class, a word: in its section, under its record, and in the text."""
    text = said(all_edits)

    def is_named(edit: Edit, one: Any) -> bool:
        of = edit.place == f"{one['kind']}/{one['id']}" or one["id"] in edit.put
        return (
            of and edit.section == one["section"] and edit.says in f"{one['was']} {one['now']}" and one["title"] in text
        )

    assert not [edit for edit in EDITS if not any(is_named(edit, one) for one in all_edits["changes"])]


@pytest.mark.deep
def test_an_order_of_calls_that_changed_is_told_with_both_orders(all_edits: Changes) -> None:
    """Whom to ring second matters where the first does not answer."""
    order = next(one for one in all_edits["changes"] if one["what"] == "whom to ring, order")

    assert "hate-report" == order["id"]
    assert order["was"] != order["now"]
    assert sorted(str(order["was"]).split("; ")) == sorted(str(order["now"]).split("; "))


@pytest.mark.deep
def test_a_lost_not_stands_first_and_says_so(all_edits: Changes) -> None:
    """A step that says the opposite is the worst change of words."""
    first = next(one for one in all_edits["changes"] if one["section"] == "steps")

    assert first["turned"]
    assert 'Look here: a "not" stands in only one of these. Was: Where a crime may have happened, do not' in said(
        all_edits
    )


@pytest.mark.deep
def test_answers_that_lead_elsewhere_are_counted_with_an_example(main: Edition, all_edits: Changes) -> None:
    """An age, a danger that no longer counts, an urgency, a first call: in how many ways to answer, and one of them."""
    by_place = {
        (one["id"], one["what"]): one for one in all_edits["changes"] if one["section"] in ("elsewhere", "first")
    }
    fire, danger = by_place["fire-visit", ""], by_place["emergency", ""]

    assert ("yes", "no") == (fire["was"], fire["now"])
    assert 0 < fire["ways"] < fire["of"]
    assert re.search(r"How old.*6\d", fire["example"])
    assert ("came", "does not come") == (danger["was"], danger["now"])
    assert len(main.records["issues"]) == len(danger["topics"])
    assert ("today", "soon") == (
        by_place["hate-report", "how urgent"]["was"],
        by_place["hate-report", "how urgent"]["now"],
    )
    assert "01632 960001" in str(by_place["adult-safeguarding-concern", "first to ring"]["now"])


@pytest.mark.deep
def test_what_not_sure_does_is_asked_of_the_engine(all_edits: Changes) -> None:
    """A row that is no longer found out is told for each pathway that hangs on it."""
    told = [one for one in all_edits["changes"] if one["what"].startswith("not sure: An adult involved needs care")]

    assert told
    assert {("is to be found out", "brings nothing")} == {(one["was"], one["now"]) for one in told}


@pytest.mark.parametrize("mutant", chosen(12, 7), ids=lambda mutant: " ".join(map(str, (mutant.way, *mutant.place))))
def test_whatever_a_tired_maintainer_changes_is_told(mutant: Any) -> None:
    """Mutants of every way: the record that was changed is named, and no other."""
    old, new = (Edition(records) for records in (WHOLE, changed(WHOLE, mutant)))
    told = record_changes(side_by_side(old, new))

    assert {mutant.place[:2]} == {(one["kind"], one["id"]) for one in told}


def test_another_order_of_records_or_choices_is_told() -> None:
    """Of pathways as urgent as each other the first in the file leads; choices stand on the screen in their order."""
    whole = read_edition("here", [("here", SMALL_TEXT.encode())]).records
    pathways = dict(reversed(whole["pathways"].items()))
    signs = {**whole["questions"]["signs"], "choices": dict(reversed(whole["questions"]["signs"]["choices"].items()))}
    other = {**whole, "pathways": pathways, "questions": {**whole["questions"], "signs": signs}}
    told = record_changes(side_by_side(Edition(whole), Edition(other)))

    assert {("pathways", "order"), ("signs", "choices, order")} == {(one["id"], one["what"]) for one in told}
    assert all(one["was"] != one["now"] for one in told)


@pytest.mark.deep
def test_the_same_edition_differs_in_nothing(main: Edition) -> None:
    """Nothing is told, not even by another path."""
    told = differences(main, edition(MAIN))

    assert not told["changes"]
    assert "Nothing differs." in said(told)
    assert 0 == told["exit"]


def both(old: Any, new: Any, known: dict[str, Any]) -> tuple[bool, bool]:
    """What two rules come to for answers."""
    return residual(old, known) is True, residual(new, known) is True


@pytest.mark.parametrize("name", ["talks", "high-risk"])
def test_states_are_those_that_every_answer_gives(name: str) -> None:
    """Of the invented toolkit every set of answers is tried: the same pairs of ends, no other, and examples hold."""
    pathways = small().kind("pathways")
    old_record, new_record = pathways[name], {**pathways[name], "rule": {"any": [pathways[name]["rule"], "overheard"]}}
    old, new = (side(small(), one, one["rule"], TUESDAY.date()) for one in (old_record, new_record))
    pair = Pair(small(), old, new)
    ends = pair.ends(pair.start({}).state)
    asked = list(dict.fromkeys((*questions(old.comes), *questions(new.comes))))
    tried = [dict(zip(asked, values, strict=True)) for values in product(*map(pair.ways.of, asked))]

    assert {both(old.comes, new.comes, known) for known in tried} == {(was.comes, now.comes) for was, now in ends}
    assert all(
        (was.comes, now.comes) == both(old.comes, new.comes, dict(one.steps)) for (was, now), one in ends.items()
    )
    assert (False, True) in {(was.comes, now.comes) for was, now in ends}


def test_ways_to_answer_are_counted_once_each() -> None:
    """Both of two, and either of two: yes and yes; yes and no, no and yes; no and no."""
    record = small().kind("pathways")["emergency"]
    rules = [{"all": ["child", "overheard"]}, {"any": ["child", "overheard"]}]
    old, new = (side(small(), record, rule, TUESDAY.date()) for rule in rules)
    pair = Pair(small(), old, new)
    ends = pair.ends(pair.start({}).state)

    assert {(True, True): 1, (False, True): 2, (False, False): 1} == {
        (was.comes, now.comes): one.ways for (was, now), one in ends.items()
    }


def test_an_older_edition_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """A section, a field and a value of other times are left out and said; what today needs and it has not, too."""
    text = SMALL_TEXT.replace("    kills: B\n", "    rank: 3\n", 1).replace(
        "\nroles:", "\nflows:\n  one: {a: b}\n\nroles:"
    )
    text = text.replace("    status: historic\n", "    status: asleep\n")
    (tmp_path / "old.yaml").write_text(text, "utf-8")
    ran = run("changes", str(tmp_path / "old.yaml"), str(SMALL), "--json")
    told = json.loads(ran.out)

    assert 1 == ran.code
    assert {
        "flows is left out: this cst does not know it, or cannot read it.",
        "status in 1 of contacts is left out: this cst does not know it, or cannot read it.",
        "rank in 1 of cautions is left out: this cst does not know it, or cannot read it.",
        "1 of cautions have no kills, which is needed today.",
    } == {one.partition(": ")[2] for one in told["not_compared"]}
    assert not told["changes"]
    assert "Nothing that could be compared differs." in run("changes", str(tmp_path / "old.yaml"), str(SMALL)).out
    assert 0 == run("changes", *[str(tmp_path / "old.yaml")] * 2).code


def test_what_cannot_be_walked_is_said_and_the_rest_is_told() -> None:
    """A rule is gone that others still name: what hangs on it is not compared, and the record is."""
    told = differences(
        edition(edited(SMALL_TEXT, Edit("rules/quarrel", r"(?s)\A.*\Z", "", "", ""))), edition(SMALL_TEXT)
    )

    assert ("rules", "quarrel") in {(one["kind"], one["id"]) for one in told["changes"]}
    assert any(one.startswith("talks, answer by answer") for one in told["not_compared"])


def test_an_edition_that_lacks_any_lines_is_compared_or_refused() -> None:
    """Whatever is cut out of it: what is read is compared both ways, and only what is the same differs in nothing."""
    chance, whole, compared = random.Random(1), edition(SMALL_TEXT), 0
    for _ in range(40):
        lines = SMALL_TEXT.splitlines()
        for _ in range(chance.randint(1, 4)):
            del lines[chance.randrange(len(lines))]
        with suppress(Refused, NoEdition):
            cut = edition("\n".join(lines))
            for old, new in ((cut, whole), (whole, cut)):
                told = differences(old, new)
                assert (old.records == new.records and old.left_out == new.left_out) is (told["exit"] == 0)
                assert said(told)
                compared += 1

    assert compared > 10


def test_every_form_says_the_same(tmp_path: Path) -> None:
    """Text, all of it, Markdown and JSON; for a screen reader too; exit 1 as something differs."""
    (tmp_path / "old.yaml").write_text(SMALL_TEXT.replace("01632 960001", "01632 960009"), "utf-8")
    place = (str(tmp_path / "old.yaml"), str(SMALL))
    forms = [
        run("changes", *place, *form)
        for form in ([], ["--all"], ["--format", "markdown"], ["--json"], ["--accessible"])
    ]

    assert [1] * 5 == [ran.code for ran in forms]
    assert all("960009" in ran.out.replace(" ", "") and "960001" in ran.out.replace(" ", "") for ran in forms)
    assert "## Numbers and addresses" in forms[2].out
    jsonschema.validate(json.loads(forms[3].out), json.loads((ROOT / "docs" / "cst.schema.json").read_text("utf-8")))
    assert "Numbers and addresses" in run("changes", *place, FORCE_COLOR="1", COLUMNS="60").out


def test_few_changes_of_sources_are_told_one_by_one(main: Edition) -> None:
    """A number may stand in one of them; only very many are counted, unless all are asked for."""
    few = differences(edition(SMALL_TEXT), edition(SMALL_TEXT.replace("2026-11-22", "2026-11-23")))
    many = differences(edition(SMALL_TEXT), main)

    assert "A page, consulted: Was: 2026-11-22. Now: 2026-11-23." in plain(changes_page(few))
    assert re.search(r"Sources and dates\n\d+ new, \d+ gone, \d+ other changes.\n", plain(changes_page(many)))


def test_an_area_and_a_minute_narrow_whom_to_ring_first(tmp_path: Path) -> None:
    """At night the line by day is not the first: what differs in it is told for the day alone."""
    (tmp_path / "old.yaml").write_text(SMALL_TEXT.replace("01632 960001", "01632 960009"), "utf-8")
    place = ("changes", str(tmp_path / "old.yaml"), str(SMALL), "--json", "--area", "anyshire")
    told = [json.loads(run(*place, "--at", at).out) for at in ("2026-11-24T10:00", "2026-11-24T23:00")]

    assert [True, False] == ["first" in one["counts"] for one in told]
    assert 2 == run(*place[:-1], "nowhere").code


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two commits of a toolkit, in a repository whose hooks, filters and attributes would leave a mark."""
    top = tmp_path_factory.mktemp("repository")
    (top / "data" / "areas").mkdir(parents=True)

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=a maintainer", "-c", "user.email=maintainer@example.org")
        subprocess.run(["git", *who, *arguments], cwd=top, check=True, capture_output=True)

    git("init", "-b", "main")
    for text in (SMALL_TEXT, SMALL_TEXT.replace("01632 960001", "01632 960009")):
        (top / "data" / "toolkit.yaml").write_text(text, "utf-8")
        (top / "data" / "areas" / "pack.yaml").write_text(
            "terms:\n  word:\n    title: Word\n    meaning: A word.\n", "utf-8"
        )
        (top / ".gitattributes").write_text("*.yaml filter=mark export-subst export-ignore diff=mark\n", "utf-8")
        git("add", ".")
        git("commit", "-m", "an edition")
    for name in ("filter.mark.smudge", "diff.mark.textconv", "core.fsmonitor", "core.pager"):
        git("config", name, f"touch {top}/marked; cat")
    return top


def in_repository(repository: Path, *arguments: str) -> Any:
    """Runs the command with the repository around."""
    before = Path.cwd()
    os.chdir(repository)
    try:
        return run("changes", *arguments)
    finally:
        os.chdir(before)


def test_revisions_folders_and_files_are_read_and_no_program_of_theirs_runs(repository: Path) -> None:
    """The same commit by two names is the same; its packs come too; a checkout, its data folder and a file are read."""
    same = in_repository(repository, "HEAD", "main", "--json")
    differs = in_repository(repository, "HEAD~1", "HEAD", "--json")

    assert 0 == same.code, same
    assert {"numbers": 1, "first": 2} == json.loads(differs.out)["counts"] | {"first": 2}
    assert [0, 0, 1] == [in_repository(repository, "HEAD", one).code for one in (".", "data", "data/toolkit.yaml")]
    assert not (repository / "marked").exists()


@pytest.mark.parametrize(
    ("old", "code", "says"),
    [
        ("HEAD~9", 66, "git knows no such revision here"),
        ("empty", 65, "there is no toolkit.yaml in it"),
        ("nothing.yaml", 65, "edition is missing"),
        ("broken.yaml", 65, "broken.yaml:2: this is not YAML"),
        ("binary", 65, "the file is not UTF-8 text"),
        ("/dev/null", 66, "this is a device"),
    ],
)
def test_what_is_no_edition_says_what_where_and_how_to_mend_it(
    old: str, code: int, says: str, repository: Path, tmp_path: Path
) -> None:
    """In words and as JSON; the toolkit stays unread where the older one is none."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "nothing.yaml").write_text("words: {}\n", "utf-8")
    (tmp_path / "broken.yaml").write_text("a: [\n", "utf-8")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    named = str(tmp_path / old) if (tmp_path / old).exists() and not old.startswith("/") else old
    ran = in_repository(repository, named, ".")

    assert code == ran.code, ran
    assert says in ran.err
    assert json.loads(in_repository(repository, ".", named, "--json").out)["faults"][0]["remedy"]


def test_outside_a_repository_and_without_git_a_revision_is_refused(tmp_path: Path, repository: Path) -> None:
    """And a folder is still read."""
    outside = in_repository(tmp_path, "HEAD~1")
    before = os.environ["PATH"]
    os.environ["PATH"] = str(tmp_path)
    try:
        without = in_repository(repository, "HEAD~1")
        folder = in_repository(repository, ".", ".")
    finally:
        os.environ["PATH"] = before

    assert (66, 66, 0) == (outside.code, without.code, folder.code)
    assert "no git repository stands around this folder" in outside.err
    assert "There is no git on this computer" in without.err
    assert 2 == run("changes", ".", "--format", "pdf").code


@pytest.fixture
def clone(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What CI may have: a clone of one commit alone."""
    subprocess.run(
        ["git", "clone", "--depth", "1", f"file://{repository}", "clone"], cwd=tmp_path, check=True, capture_output=True
    )
    monkeypatch.setattr(data_changes, "ROOT", tmp_path / "clone")
    return tmp_path / "clone"


@pytest.mark.deep
def test_ci_tells_what_a_change_means_and_never_fails_on_it(
    clone: Path, repository: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """One commit alone: nothing to compare with. With the one before: what differs. A file that is broken: its code."""
    assert 0 == data_changes.main()
    assert "no earlier commit" in capfd.readouterr().out
    shutil.copytree(repository, clone.parent / "whole")
    monkeypatch.setattr(data_changes, "ROOT", clone.parent / "whole")

    assert 0 == data_changes.main()
    assert "01632 960009" in capfd.readouterr().out
    (clone.parent / "whole" / "data" / "toolkit.yaml").write_text("a: [\n", "utf-8")
    assert 65 == data_changes.main()


@pytest.mark.deep
def test_from_the_first_edition_it_reads_as_a_release_note() -> None:
    """What matters first stands first: first calls and numbers, then hours, thresholds, answers, what to do, words."""
    known = subprocess.run(["git", "cat-file", "-e", FIRST_LANDED], cwd=ROOT, capture_output=True, check=False)
    if known.returncode:
        pytest.skip("this clone does not reach back to the first edition")
    ran = run("changes", FIRST_LANDED)
    wanted = [
        "From",
        "To",
        "Changes",
        "Whom to ring first",
        "Numbers",
        "Services",
        "Hours",
        "Thresholds",
        "Answers",
        "What not",
    ]
    places = [ran.out.index(f"\n{one}") if one != "From" else 0 for one in wanted]

    assert 1 == ran.code
    assert sorted(places) == places
    assert len(ran.out.splitlines()) < 130
    assert not re.search(r"\.\.(?!\.)(?<!\.\.\.)", ran.out)
