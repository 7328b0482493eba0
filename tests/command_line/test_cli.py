"""The command line as its users meet it: exit codes, streams, the emergency line, bad input."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from cst import card
from cst.cli.usage_errors import WANTS
from cst.engine.entry import LISTED
from cst.views.pages.common_blocks import NO_AREA, UNPLACED
from tests.support import ROOT
from tests.support.command import cst
from tests.support.in_process import run
from tests.support.levels import sample
from tests.support.states import shipped

SCHEMA = json.loads((ROOT / "docs" / "cst.schema.json").read_text("utf-8"))
SHIPPED = shipped()
EASTER_MONDAY = "2027-03-29T10:00"

DONE_COMMANDS = [
    (["lookup", "marac"], 0),
    (["eligible", "fire-visit", "--no-input", "-a", "age=82"], 0),
    (["eligible", "fire-visit", "--no-input"], 3),
    (["triage", "--no-input", "-a", "immediate-danger=yes"], 10),
    (["triage", "--no-input"], 3),
    (["list", "issues"], 0),
    ([], 0),
]
FORMS = {"piped": [], "plain": ["--plain"], "json": ["--json"], "accessible": ["--accessible"]}


@pytest.mark.parametrize(
    ("arguments", "code"), DONE_COMMANDS, ids=lambda value: " ".join(value) if isinstance(value, list) else str(value)
)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_each_command_gives_its_exit_code_in_every_form(arguments: list[str], code: int, form: list[str]) -> None:
    """Scripts tell what happened from the exit code, whichever way the answer is shown."""
    _ends_with(code, *arguments, *(form if arguments else []))


def _ends_with(code: int, *arguments: str) -> None:
    ran = run(*arguments)

    assert code == ran.code, ran.err
    assert ran.out
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("form", sample(list(FORMS), 2))
def test_what_is_shipped_has_no_fault_in_every_form(form: str) -> None:
    """The same for the check, which takes some seconds."""
    _ends_with(0, "check", *FORMS[form])


@pytest.mark.parametrize(
    "environment", [{"TERM": "dumb"}, {"NO_COLOR": "1"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"}]
)
def test_piped_output_is_plain_in_every_environment(environment: dict[str, str]) -> None:
    """No escape codes and no boxes in a pipe; an encoding that cannot show a sign never stops the answer."""
    ran = cst("lookup", "marac", **environment)

    assert 0 == ran.returncode
    assert "\x1b" not in ran.stdout
    assert not set("╭╮╰╯│─") & set(ran.stdout)
    assert card.LINE == ran.stdout.splitlines()[0]


def test_danger_puts_the_emergency_number_first() -> None:
    """Promise 1: with danger yes the emergency line comes first of all, before any other number."""
    said = run("triage", "--no-input", "-a", "immediate-danger=yes").out

    assert "999" == re.findall(r"\d{3,}", said)[0]
    assert "RING FIRST: 999" in said


def test_easter_monday_names_the_out_of_hours_line_first() -> None:
    """Promise 4: on a bank holiday the day line is closed, and the county's out-of-hours line is the first to ring."""
    answers = ["-a", "immediate-danger=no", "-a", "concerns=child-abuse", "-a", "child-affected=yes"]
    said = json.loads(run("triage", "--no-input", "--json", "--area", "hampshire", "--at", EASTER_MONDAY, *answers).out)

    first = said["outcomes"][0]
    assert "child-urgent" == first["id"]
    assert "hampshire-out-of-hours" == first["contacts"][0]["id"]
    assert first["contacts"][0]["open"] is True
    closed = next(contact for contact in first["contacts"] if contact["id"] == "hampshire-children")
    assert "2027-03-30T08:30+01:00" == closed["opens_at"]


@pytest.mark.parametrize(
    "arguments",
    [
        *(
            ["lookup", name]
            for kind in ("issues", "contacts", "schemes", "pathways", "cautions", "areas")
            for name in list(SHIPPED.kind(kind))[:3]
        ),
        ["lookup", "idva"],
        ["triage", "--no-input", "-a", "immediate-danger=not-sure", "-a", "concerns=domestic-abuse"],
        ["eligible", "marac", "--no-input", "-a", "dash-count=14"],
        *(["list", kind] for kind in ("issues", "contacts", "questions", "sources", "terms")),
        ["check"],
        ["lookup", "no such thing at all"],
        ["lookup", "xyzzy"],
        ["lookup", "he is hitting her"],
        ["eligible", "no-such-scheme"],
        ["triage", "-a", "age=x"],
        ["triage", "--no-such-option"],
    ],
    ids=" ".join,
)
def test_json_is_always_one_document_of_the_published_shape(arguments: list[str]) -> None:
    """A front end reads standard output and nothing else, errors included."""
    said = json.loads(run(*arguments, "--json").out)

    jsonschema.validate(said, SCHEMA)
    assert 1 == said["cst"]


def test_a_term_that_is_not_known_gives_all_the_issues_and_the_emergency_line() -> None:
    """Never a bare empty result: exit 1, all issues, the 999 line, and how to go on."""
    ran = run("lookup", "xyzzy")

    assert 1 == ran.code
    assert ran.out.startswith(card.LINE)
    assert "cst triage" in ran.out
    for issue in SHIPPED.kind("issues"):
        assert issue in ran.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["eligible", "fire-visti", "--no-input"], "Did you mean fire-visit?"),
        (["triage", "--no-input", "-a", "imediate-danger=yes"], "Did you mean immediate-danger?"),
        (["triage", "--no-input", "-a", "immediate-danger=perhaps"], "Answer yes, no or not-sure."),
        (["triage", "--no-input", "-a", "concerns=domestic-abus"], "Did you mean domestic-abuse?"),
        (["eligible", "fire-visit", "--no-input", "-a", "age=200"], "from 0 to 120"),
        (["eligible", "fire-visit", "--no-input", "-a", "age"], "-a age=82"),
        (["triage", "nonsense", "--no-input"], "All of them: cst list issues."),
        (["lookup", "marac", "--at", "tomorrow"], "2026-11-27T16:45"),
        (["list", "everything"], "The lists are:"),
        (["lookup"], "For example: cst lookup marac\nSee: cst lookup --help"),
        (["graph"], "Draw which rule? For example: cst graph fire-visit\n"),
        (["screen", "fire-visit"], "For example: cst screen fire-visit caseload.csv"),
        (["export"], "Export what? For example: cst export sql --scheme"),
        (
            ["export", "sql"],
            "For example: cst export sql --scheme fire-visit --dialect duckdb\nSee: cst export sql --help",
        ),
        (["triage", "--foo"], "No such option: --foo. See: cst triage --help"),
        (["triage", "--answ"], "Did you mean --answer? See: cst triage --help"),
        (["trige"], "Did you mean 'triage'? See: cst --help"),
        (["eligible", "a", "b"], "No scheme is called a b. All of them: cst list schemes"),
        (["eligible", "blah"], "No scheme is called blah."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_line_is_exit_2_with_what_is_allowed(arguments: list[str], says: str) -> None:
    """What is wrong, what is allowed, the nearest match, and still the emergency line."""
    ran = run(*arguments)

    assert 2 == ran.code
    assert says in ran.err
    assert card.LINE in ran.err


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("immediate-danger: maybe\n", "answers.yaml:1"),
        ("immediate-danger: no\nage: [\n", "answers.yaml:"),
        ("concerns: [domestic-abuse, magic]\n", "magic"),
        ("- yes\n", "answers.yaml:1"),
        ("age: 82\nage: 83\n", "answers.yaml:2"),
    ],
)
def test_a_malformed_answers_file_is_exit_65_with_the_place(tmp_path: Path, written: str, says: str) -> None:
    """File and line, and what is allowed there."""
    file = tmp_path / "answers.yaml"
    file.write_text(written, "utf-8")
    ran = run("triage", "--no-input", "--answers", str(file))

    assert 65 == ran.code
    assert says in ran.err


def test_a_missing_answers_file_is_exit_66() -> None:
    """A file that is not there is told apart from one that is wrong."""
    assert 66 == run("triage", "--no-input", "--answers", "no-such-file.yaml").code


def test_answers_come_from_yaml_json_and_standard_input(tmp_path: Path) -> None:
    """The same answers lead to the same plan whichever way they are given; a plan's own JSON can be given back."""
    options = ["-a", "immediate-danger=no", "-a", "concerns=domestic-abuse,scams", "-a", "child-affected=not-sure"]
    at = ["--at", "2026-11-24T10:00", "--json", "--no-input"]
    plan = run("triage", *options, *at).out
    yaml_text = "immediate-danger: no\nconcerns: [domestic-abuse, scams]\nchild-affected: not-sure\n"

    assert plan == run("triage", *at, "--answers", "-", text=yaml_text).out
    assert plan == run("triage", *at, "--answers", "-", text=plan).out


def test_a_broken_overlay_is_exit_78_with_the_card_and_cst_works_without_it(tmp_path: Path) -> None:
    """File, line and remedy; the emergency card; and the shipped toolkit stays usable."""
    overlay = tmp_path / "team.yaml"
    overlay.write_text("contacts:\n  our-desk:\n    name: Our desk\n    phone: 01632 960001\n", "utf-8")
    ran = run("lookup", "marac", "--toolkit", str(overlay))

    assert 78 == ran.code
    assert "team.yaml:4" in ran.err
    assert "cst works without the local file" in ran.err
    assert card.CARD[-1] in ran.out
    assert 0 == run("lookup", "marac").code


def test_a_good_overlay_adds_and_is_marked_as_local(tmp_path: Path) -> None:
    """A team's own contact is found, and shown as theirs."""
    overlay = tmp_path / "team.yaml"
    overlay.write_text(
        "contacts:\n  our-desk:\n    name: Our duty desk\n    serves: [hampshire]\n    status: active\n"
        '    phones:\n      - {number: "01632 960001", kind: voice}\n    schedule: always\n'
        "    evidence:\n      - {source: seed-toolkit-2013}\n    confidence: our own list\n",
        "utf-8",
    )
    ran = run("lookup", "our duty desk", "--toolkit", str(overlay))

    assert 0 == ran.code, ran.err
    assert "01632 960001" in ran.out
    assert "local: team.yaml" in ran.out


@pytest.mark.parametrize("command", [["triage"], ["eligible", "fire-visit"]])
def test_without_a_terminal_interactive_commands_refuse_at_once(command: list[str]) -> None:
    """Exit 2, the 999 line and the form to use instead; never a hang, never a key read from a pipe."""
    for text in (None, "", "y\n" * 50):
        ran = cst(*command, text=text)

        assert 2 == ran.returncode
        assert card.LINE in ran.stderr
        assert "--no-input" in ran.stderr
        assert "" == ran.stdout


def test_a_missing_overlay_is_exit_66() -> None:
    """A file that is not there is no fault of the toolkit."""
    assert 66 == run("lookup", "marac", "--toolkit", "nowhere.yaml").code


def test_every_example_for_what_is_missing_runs(tmp_path: Path) -> None:
    """What a worker is told to type is no dead end; the caseload alone is not there."""
    for _, example in WANTS.values():
        ran = run(*example.split()[1:])
        assert ran.code in (0, 66) or "pip install" in ran.err, example


def test_help_and_list_alone_say_what_there_is() -> None:
    """Exit 0; help on a command is what the command's own --help says; lists and topics are named."""
    topics, lists = run("help"), run("list")

    assert (topics.code, lists.code) == (0, 0)
    for command in ("accessibility", "privacy", "triage", "export"):
        assert command in topics.out
        assert run("help", command).code == 0
    assert run("help", "triage").out == run("triage", "--help").out
    for kind in LISTED:
        assert f"\n{kind}: cst list {kind}\n" in f"\n{lists.out}"
    assert list(LISTED) == [one["id"] for one in json.loads(run("list", "--json").out)["items"]]


def test_the_list_of_schemes_ends_with_how_to_check_one() -> None:
    """The same with and without the word for it."""
    assert run("eligible").out.endswith("\nCheck one: cst eligible fire-visit\n")
    assert run("eligible").out == run("list", "schemes").out


@pytest.mark.parametrize("columns", [80, 40])
def test_help_fits_the_screen_and_cuts_no_summary_off(columns: int) -> None:
    """Whole summaries of eight words at most, each on one line at 80 columns; prose is broken at blanks."""
    said = run("--help", COLUMNS=str(columns)).out
    summaries = dict(re.findall(r"^  ([a-z]+) +(.+(?:\n {8,}.+)*)", said.partition("Commands:")[2], re.MULTILINE))

    assert "..." not in said.partition("Commands:")[2]
    assert {"triage", "lookup", "eligible", "list", "help", "check"} <= set(summaries)
    assert all(len(summary.split()) <= 8 for summary in summaries.values())
    assert columns < 80 or not any("\n" in summary for summary in summaries.values())
    for command in summaries:
        lines = run(command, "--help", COLUMNS=str(columns)).out.splitlines()
        assert all(len(line) <= columns for line in lines if not line.startswith("    cst "))


def test_the_settings_say_what_is_not_set() -> None:
    """In plain words: nothing comes from nowhere."""
    said = run("settings", XDG_CONFIG_HOME="/nowhere").out

    assert said.startswith("area: not set\nplain: not set\n")
    assert said.endswith("settings.toml (no file yet)\n")


def test_a_place_that_is_not_known_is_not_called_no_area() -> None:
    """The small print says what is so: no area was given, or the one given came to none."""
    none, unknown = run("lookup", "marac"), run("lookup", "marac", "--area", "wincester")

    assert NO_AREA in none.out
    assert "--area winchester" in NO_AREA
    assert "wincester" in unknown.out
    assert UNPLACED in unknown.out
    assert NO_AREA not in unknown.out
    for command in (["triage", "scams", "--no-input"], ["eligible", "fire-visit", "--no-input"]):
        assert UNPLACED in run(*command, "--area", "wincester").out
