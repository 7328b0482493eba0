"""Finding: whatever a worker or a frightened person types leads somewhere, and never away from danger."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from cst import card
from cst.source.open import open_toolkit, shipped_files
from cst.toolkit.names import EntryRef, exact, normal
from cst.toolkit.search import find
from cst.toolkit.search.find import Fits, Search, searchable
from cst.toolkit.search.phrases import DANGER, SMALL_WORDS
from cst.views.pages.search_results import KIND_WORDS
from tests.command_line.test_fast_path import FULL
from tests.support import ROOT
from tests.support.command import DOWN, ENTER, Terminal, cst
from tests.support.states import shipped, small
from tests.support.yaml_suite import CORPORA

HERE = Path(__file__).parent
GROUPS: list[dict[str, Any]] = yaml.safe_load((HERE / "phrases.yaml").read_text("utf-8"))
PHRASES = [(phrase, group) for group in GROUPS for phrase in group["phrases"]]
SCHEMA = json.loads((ROOT / "docs" / "cst.schema.json").read_text("utf-8"))
NAUGHTY = CORPORA / "naughty-strings.json"
SEVERAL = "thing"  # fits several entries, none of them clearly
NOTHING = "xyzzy"
AT = ["--at", "2026-11-24T10:00"]


@cache
def _search() -> Search:
    """The shipped toolkit, ready to be searched."""
    return Search(searchable(shipped().records))


@cache
def _found(phrase: str) -> list[EntryRef]:
    return exact(shipped().names, phrase) or _search().find(phrase).entries


def _for_now(entry: EntryRef) -> bool:
    """Whether an entry is for danger: a pathway for now, an issue that begins with one, or a term that leads to 999."""
    kind, name = entry
    record = shipped().kind(kind)[name]
    pathways = shipped().kind("pathways")
    match kind:
        case "pathways":
            return bool(record["urgency"] == "now")
        case "issues":
            return bool(pathways[record["pathways"][0]]["urgency"] == "now")
    return next(iter(record.get("see_also", ())), "") == "police-emergency"


def test_the_list_is_long_varied_and_has_no_phrase_twice() -> None:
    """Five hundred phrases and more, over every issue, with entries that are there."""
    known = {
        name
        for kind in ("issues", "contacts", "schemes", "pathways", "terms", "cautions")
        for name in shipped().kind(kind)
    }
    expected = {name for group in GROUPS for name in group["expect"]}

    assert len(PHRASES) >= 500
    assert len(PHRASES) == len({phrase for phrase, _ in PHRASES})
    assert set(shipped().kind("issues")) <= expected <= known


def test_nineteen_of_twenty_phrases_find_their_entry_among_the_first_three() -> None:
    """Slang, misspellings and plain speech; the misses are named when too many miss."""
    misses = {
        phrase: found[:3]
        for phrase, group in PHRASES
        for found in [_found(phrase)]
        if not {name for _, name in found[:3]} & set(group["expect"])
    }

    assert len(misses) <= 0.05 * len(PHRASES), misses


def test_danger_leads_to_help_for_now() -> None:
    """The very first entry is the emergency pathway or one that begins with what to do now."""
    for phrase in (phrase for phrase, group in PHRASES if group.get("danger")):
        assert _for_now(_found(phrase)[0]), (phrase, _found(phrase))


def test_no_phrase_finds_nothing() -> None:
    """Never a bare empty result."""
    assert [] == [phrase for phrase, _ in PHRASES if not _found(phrase)]


@pytest.mark.parametrize(
    ("phrase", "never_first"),
    [
        ("smoke alarm", DANGER),
        ("fit a smoke alarm", DANGER),
        ("emergency housing", DANGER),
        ("panic attacks", DANGER),
        ("laughing gas", DANGER),
        ("help with money", DANGER),
        ("she speaks no english", DANGER),
        ("doesn't speak English", DANGER),
        ("home", DANGER),
    ],
)
def test_everyday_words_do_not_cry_danger(phrase: str, never_first: EntryRef) -> None:
    """A page about an ambulance for every fire alarm would teach people not to read it."""
    found = _found(phrase)

    assert found
    assert never_first != found[0]


def test_a_local_file_cannot_lead_away_from_danger(tmp_path: Path) -> None:
    """Words of a team's own are found, and danger still comes first."""
    overlay = tmp_path / "team.yaml"
    overlay.write_text(
        "words:\n  our-words:\n    said: [he is not breathing at all, wibble wobble]\n    means: [mediation]\n",
        encoding="utf-8",
    )
    toolkit = open_toolkit(shipped_files(), [str(overlay)], None)

    assert ("pathways", "mediation") == Search(searchable(toolkit.records)).find("wibble wobble").entries[0]
    assert DANGER == Search(searchable(toolkit.records)).find("he is not breathing").entries[0]
    assert DANGER == Search(searchable(toolkit.records)).find("he is not breathing at all").entries[0]


def test_words_that_lead_nowhere_are_refused(tmp_path: Path) -> None:
    """An id that is not there is a fault with file and line."""
    overlay = tmp_path / "team.yaml"
    overlay.write_text("words:\n  our-words:\n    said: [wibble]\n    means: [no-such-entry]\n", encoding="utf-8")
    ran = cst("check", str(overlay))

    assert 1 == ran.returncode
    assert "team.yaml:4" in ran.stdout
    assert "no-such-entry" in ran.stdout


def test_a_toolkit_without_everyday_words_is_searched_by_its_names_and_prose() -> None:
    """The section may be left out."""
    assert Fits([], False) == Search(searchable(small().records)).find(NOTHING)
    issue = next(iter(small().kind("issues")))
    found = Search(searchable(small().records)).find(f"{small().kind('issues')[issue]['title']} please")

    assert issue in [name for _, name in found.entries]


def test_one_clear_fit_is_shown_with_the_next_ones_under_see_also() -> None:
    """Exit 0, the danger line first, and a word on the error stream that it was not called so."""
    ran = cst("lookup", "marak", *AT)

    assert 0 == ran.returncode
    assert ran.stdout.startswith(card.LINE)
    assert "MARAC" in ran.stdout
    assert "See also: marac-referral" in ran.stdout
    assert 'Nothing is called "marak"; marac fits it best.' in ran.stderr


def test_the_danger_line_comes_before_what_was_not_called_so() -> None:
    """Also where both streams go to one place."""
    ran = subprocess.run(
        [sys.executable, "-m", "cst", "lookup", "marak", *AT],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert ran.stdout.startswith(card.LINE)
    assert ran.stdout.endswith('Nothing is called "marak"; marac fits it best.\n')


@pytest.mark.parametrize("text", ["bin", "money", "child"])
def test_a_weak_guess_is_a_list(text: str) -> None:
    """One word that stands in lines of many entries opens none of them; three at least are offered, in plain words."""
    said = cst("lookup", text).stdout
    rows = [line for line in said.splitlines() if line.endswith(tuple(f"({kind})" for kind in KIND_WORDS.values()))]

    assert f"These may fit {text}:" in said
    assert len(rows) >= 3


@pytest.mark.parametrize("text", ["he", "she is", "is it"])
def test_small_words_alone_open_nothing(text: str) -> None:
    """They stand in lines of everything, of danger too: the danger line and the topics come."""
    ran = cst("lookup", text)

    assert ran.returncode == 1
    assert ran.stdout.startswith(f"{card.LINE}\n\nNothing here fits")


def test_no_phrase_of_danger_is_of_small_words_alone() -> None:
    """Words of danger still open help at once."""
    danger = [phrase for phrase, group in PHRASES if group.get("danger")]

    assert [] == [phrase for phrase in danger if not set(normal(phrase).split()) - SMALL_WORDS]


def test_several_that_fit_are_listed_in_a_pipe() -> None:
    """Ids and titles, exit 0, the danger line first; in JSON a listing."""
    ran = cst("lookup", SEVERAL)
    said = json.loads(cst("lookup", SEVERAL, "--json").stdout)
    ids = [item["id"] for item in said["items"]]

    assert 0 == ran.returncode
    assert ran.stdout.startswith(card.LINE)
    assert "cst triage" in ran.stdout
    jsonschema.validate(said, SCHEMA)
    assert "listing" == said["kind"]
    assert len(ids) > 1
    assert all(f"\n{name}: " in ran.stdout for name in ids)


def test_nothing_that_fits_gives_the_danger_line_every_topic_and_how_to_go_on() -> None:
    """Exit 1, and on standard output, so that a reader of the pipe sees it."""
    for text in (NOTHING, "", "🍕"):
        ran = cst("lookup", text)

        assert 1 == ran.returncode
        assert ran.stdout.startswith(card.LINE)
        assert "cst triage" in ran.stdout
        assert all(f"\n{issue}: " in ran.stdout for issue in shipped().kind("issues"))


def test_at_a_terminal_several_that_fit_are_a_choice() -> None:
    """Arrow keys; the danger line stands above, and the chosen entry is shown."""
    terminal = Terminal("lookup", SEVERAL, *AT)
    shown = terminal.until("Not sure")
    assert shown.startswith(card.LINE)
    terminal.at_rest("Not sure")
    terminal.send(DOWN + ENTER)

    assert 0 == terminal.end()
    assert "See also" in terminal.shown()


def test_the_choice_can_be_made_by_number_and_left() -> None:
    """Numbered lines for screen readers; q leaves an empty screen and exit 20; none of them gives the topics."""
    for typed, code, says in (("1", 0, "See also"), ("q", 20, ""), ("not sure", 1, "These are the topics")):
        terminal = Terminal("lookup", SEVERAL, "--accessible", *AT)
        terminal.until("Answer:")
        terminal.send(f"{typed}\n")

        assert code == terminal.end()
        assert says in terminal.shown()
        assert says or not "".join(terminal.screen.display).strip()


@pytest.mark.parametrize(
    "line", [["lookup", "marak", *AT], ["lookup", SEVERAL], ["lookup", NOTHING, "--json"]], ids=" ".join
)
def test_the_early_lane_says_what_the_full_way_says(line: list[str]) -> None:
    """Standard output, standard error and exit code are the same."""
    quick = cst(*line)
    full = subprocess.run(
        [sys.executable, "-c", FULL, *line],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert (full.returncode, full.stdout, full.stderr) == (quick.returncode, quick.stdout, quick.stderr)


def test_an_exact_name_is_found_without_the_search() -> None:
    """Read from a fresh process: no SQLite, no near spellings."""
    program = (
        "import sys; from cst.__main__ import main\ntry: main(['lookup', 'marac'])\nfinally: print(sorted(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=60, check=False
    )

    assert "'cst.toolkit.names'" in ran.stdout
    assert "sqlite3" not in ran.stdout
    assert "difflib" not in ran.stdout


def test_without_full_text_search_the_nearest_names_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python built without it still gives near spellings."""
    from cst.cli import find as finding

    monkeypatch.setitem(sys.modules, "cst.toolkit.search.full_text", None)

    assert ("issues", "marac") in finding.fits_in(shipped(), "marak").entries


@pytest.mark.deep
@pytest.mark.parametrize("wide", [0, 20, 300])
def test_in_a_toolkit_of_any_size_danger_stays_first_and_nothing_is_lost(
    wide: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where thousands of lines hold each word: few of them are looked at, but those of danger always are."""
    usual = {phrase: _search().find(phrase).entries for phrase, _ in PHRASES}
    monkeypatch.setattr(find, "WIDE", wide)
    found = {phrase: _search().find(phrase).entries for phrase, _ in PHRASES}

    assert [phrase for phrase, entries in usual.items() if entries[:1] == [DANGER] != found[phrase][:1]] == []
    assert [phrase for phrase, entries in usual.items() if entries and not found[phrase]] == []
    right = sum(bool({name for _, name in found[phrase][:3]} & set(group["expect"])) for phrase, group in PHRASES)
    assert right >= 0.85 * len(PHRASES)


@pytest.mark.skipif(not NAUGHTY.exists(), reason="no corpora here (see CST_CORPORA)")
def test_no_input_breaks_the_search() -> None:
    """Five hundred strings that have broken other programs, and some of our own."""
    strings = [
        *json.loads(NAUGHTY.read_text("utf-8")),
        "\udcff knife",
        "a" * 100_000,
        "word " * 5_000,
        "²",
        '"',
        "NEAR(",
        "*",
    ]

    for text in strings:
        assert isinstance(_search().find(text), Fits)
