"""Finding: whatever a worker or a frightened person types leads somewhere, and never away from danger."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import jsonschema
import pytest

from cst import card
from cst.source.open import open_toolkit, shipped_files
from cst.toolkit.names import NAMED_KINDS, EntryRef, exact, normal
from cst.toolkit.search.find import Fits, Search, searchable
from cst.toolkit.search.phrases import DANGER, HURTS, SMALL_WORDS, is_for_now
from cst.views.pages.search_results import KIND_WORDS
from tests.command_line.test_fast_path import FULL
from tests.finding.measure import FIFTHS, Measured, measured, never_seen
from tests.support import ROOT
from tests.support.command import DOWN, ENTER, Terminal, cst
from tests.support.levels import sample
from tests.support.states import shipped, small
from tests.support.yaml_suite import CORPORA

RECORDS = shipped().records
WORDS: dict[str, dict[str, Any]] = RECORDS["words"]
PHRASES = [(phrase, words) for words in WORDS.values() for phrase in words["said"]]
DANGERS = [one for one in PHRASES if one[1].get("danger") or one[1].get("means", [])[:1] == ["emergency"]]
SCHEMA = json.loads((ROOT / "docs" / "cst.schema.json").read_text("utf-8"))
NAUGHTY = CORPORA / "naughty-strings.json"
SEVERAL = "money"  # fits several entries, none of them clearly
NOTHING = "xyzzy"
KEPT = 0  # the fifth that is measured each day
AT = ["--at", "2026-11-24T10:00"]


@cache
def _search() -> Search:
    """The shipped toolkit, ready to be searched."""
    return Search(searchable(shipped().records))


@cache
def _fits(phrase: str) -> Fits:
    called = exact(shipped().names, phrase)
    return Fits(called, True) if called else _search().find(phrase)


def _found(phrase: str) -> list[EntryRef]:
    return _fits(phrase).entries


def _leads_to_help_for_now(phrase: str) -> bool:
    """With the first entry, or with the one before it that is there if it is danger."""
    return is_for_now(RECORDS, _fits(phrase).danger_first()[0])


def test_the_list_is_long_varied_and_nothing_is_said_twice_with_two_meanings() -> None:
    """Thousands of phrases, over every issue, with entries that are there; danger never means danger here only."""
    known = {name for kind in NAMED_KINDS for name in shipped().kind(kind)}
    expected = {name for _, words in PHRASES for name in words.get("means", ())}

    assert len(PHRASES) >= 10_000
    assert set(shipped().kind("issues")) <= expected <= known


@cache
def _measured(which: int) -> Measured:
    return measured(RECORDS, which)


def _is_found(parts: list[Measured], first: float, three: float, late: float, nothing: float) -> None:
    """What is promised of phrases that the index has not seen."""
    whole = Measured({phrase: fits for one in parts for phrase, fits in one.found.items()})
    danger = sum(phrase.danger for phrase in whole.found)
    strange = [fits for phrase, fits in whole.found.items() if not phrase.means]

    assert sum(not fits.entries for fits in strange) >= nothing * len(strange)
    assert whole.share_of_three() >= three, whole.misses()
    assert whole.share_first() >= first
    assert len(whole.late(RECORDS)) <= late * danger, whole.late(RECORDS)


def test_a_fifth_that_is_kept_out_is_found_by_its_likeness_to_the_rest() -> None:
    """Which phrases those are is fixed by a hash of what they say."""
    _is_found([_measured(KEPT)], first=0.73, three=0.87, late=0.05, nothing=0.77)


@pytest.mark.nightly
def test_every_fifth_is_found_by_its_likeness_to_the_rest() -> None:
    """The same, for each fifth in its turn."""
    _is_found([_measured(which) for which in range(FIFTHS)], first=0.74, three=0.88, late=0.045, nothing=0.79)


def test_what_no_index_ever_had_is_found() -> None:
    """Some 300 phrases by somebody who saw neither the words nor the toolkit, as people type them."""
    known = {normal(said) for said, _ in PHRASES}
    unseen = never_seen(RECORDS)

    assert not known & {normal(phrase.said) for phrase in unseen.found}
    assert len(unseen.found) >= 290
    _is_found([unseen], first=0.88, three=0.95, late=0.03, nothing=0.86)


def test_what_is_known_leads_where_it_says() -> None:
    """Each phrase of danger finds help for now, each other one is right in the first three.

    By day a half of those of danger and a sixth of the others are tried.
    """
    tried = sample(PHRASES, len(PHRASES) // 6)
    misses = [
        (phrase, _found(phrase)[:3])
        for phrase, words in tried
        if words.get("means")
        and not exact(shipped().names, phrase)
        and not {name for _, name in _found(phrase)[:3]} & set(words["means"])
    ]
    late = [
        phrase
        for phrase, _ in sample(DANGERS, len(DANGERS) // 2)
        if not exact(shipped().names, phrase) and not _leads_to_help_for_now(phrase)
    ]

    assert len(misses) <= 0.01 * len(tried), misses
    assert late == []


@pytest.mark.parametrize(
    "text",
    ["printer", "the printer is broken", "parking", "where do i park", "recipe", "a recipe for soup"],
)
def test_what_has_nothing_to_do_with_anything_here_finds_nothing(text: str) -> None:
    """No hollow match: an entry is named only if it holds the thing."""
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "leads_to", "number"),
    [
        ("missing person", "missing-person", "999"),
        ("my nan has wandered off", "missing-person", "999"),
        ("strangled last week", "strangulation-medical", "101"),
        ("they want money or they post my nudes", "online-sexual-harm", "101"),
        ("no recourse to public funds", "no-recourse", "0808 2000 247"),
        ("headaches when the boiler is on", "carbon-monoxide", "0800 111 999"),
        ("landlord changed the locks", "illegal-eviction", "023 9254 5476"),
        ("he says no to help", "adult-refuses", "0300 555 1373"),
        ("found him dead", "found-dead", "999"),
        ("i am scared of my partner", "domestic-abuse", "0808 2000 247"),
    ],
)
def test_what_is_asked_most_leads_to_its_entry_and_number(text: str, leads_to: str, number: str) -> None:
    """In Gosport on a Saturday night: the first entry, and whom it rings first."""
    assert _found(text)[0][1] == leads_to
    ran = cst("lookup", *text.split(), "--field", "phone", "--area", "gosport", "--at", "2026-11-28T23:30")
    assert ran.stdout.strip() == number


@pytest.mark.parametrize("text", ["strangled", "choked", "choking", "acid attack", "stabbed", "overdose"])
def test_one_word_of_danger_leads_to_what_is_for_now(text: str) -> None:
    """Also where it is the name of something that explains it; that stands beside it."""
    assert _leads_to_help_for_now(text)


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("my neighbour has a knife " * 100, True),
        (" ".join(phrase for phrase, _ in PHRASES[::40])[:4_000], True),
        ("lorem ipsum dolor sit amet consectetur adipiscing elit " * 60, False),
        (" ".join(f"zq{at}xvb" for at in range(500)), False),
        ("мой муж меня бьет", False),
        ("1234567890 4567", False),
        ("\U0001f622", False),
    ],
    ids=["500 words", "everything", "another language", "strange words", "other letters", "digits", "emoji"],
)
def test_anything_is_answered_soon_or_not_at_all(text: str, finds: bool) -> None:
    """In under half a million calls of functions, which are about a tenth of a second, once the toolkit is open."""
    search, calls = _search(), 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        found = search.find(text).entries
    finally:
        sys.setprofile(None)

    assert bool(found) == finds
    assert 0 < calls < 500_000


def test_what_nobody_says_finds_nothing_though_its_small_words_do() -> None:
    """Small words are like everything."""
    assert _found("he is in my xylograph and i have the qwertz") == []


HARM = ["abused", "beaten", "hit", "controlled", "hurt", "threatened", "choked"]
FEAR = ["scared of", "frightened of", "afraid of", "terrified of"]
WHO = ["my partner", "my husband", "my wife", "my boyfriend", "my girlfriend", "my ex", "him", "her"]


@pytest.mark.parametrize("i_am", ["i am", "I'm", "im", "i feel", "am i"])
def test_no_victim_is_led_to_help_for_those_who_hurt_others(i_am: str) -> None:
    """ "I am" is no sign of who hurts whom: what follows is. Neither first, nor alone."""
    said = [f"{i_am} being {harm} by {who}" for harm in HARM for who in WHO]
    said += [f"{i_am} {fear} {who}" for fear in FEAR for who in WHO] + [f"{i_am} being {harm}" for harm in HARM]
    led = [text for text in said if not _found(text) or _found(text)[0] in HURTS]

    assert led == []


@pytest.mark.parametrize("text", ["i hit her", "i lose my temper and hurt her", "i hit my wife and i want to stop"])
def test_who_says_it_of_themselves_finds_help_for_that(text: str) -> None:
    """The topic for those who hurt others comes first where it is just that which was said."""
    assert _found(text)[0] in HURTS


@pytest.mark.parametrize("text", ["he stranggled me last nite", "she was strangeled", "stabed", "hes not breething"])
def test_danger_misspelt_or_past_is_danger(text: str) -> None:
    """The lane for danger hears it, spelling and all."""
    assert _leads_to_help_for_now(text)


def test_what_is_shown_says_what_it_is_like() -> None:
    """On the error stream, in the words that are known."""
    ran = cst("lookup", "frightened of her husband now", *AT)

    assert "(like: " in ran.stderr


def test_a_list_can_be_narrowed_by_words() -> None:
    """Ids of one kind, the likeliest first, for whatever was typed so far."""
    assert _search().ranked("my landlord changed the locks", "issues")[0] == "homelessness"
    assert set(_search().ranked("hit", "issues")) <= set(shipped().kind("issues"))
    assert _search().ranked("", "issues") == []


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

    search = Search(searchable(toolkit.records))
    assert ("pathways", "mediation") == search.find("wibble wobble").entries[0]
    assert DANGER == search.find("he is not breathing").entries[0]
    assert DANGER == search.find("he is not breathing at all").entries[0]


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
    assert 'Nothing is called "marak"; marac fits it best (like: marak).' in ran.stderr


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
    assert ran.stdout.endswith('Nothing is called "marak"; marac fits it best (like: marak).\n')


@pytest.mark.parametrize("text", ["house", "money", "school"])
def test_a_weak_guess_is_a_list(text: str) -> None:
    """One word that stands in lines of many entries opens none of them; several are offered, in plain words."""
    said = cst("lookup", text).stdout
    rows = [line for line in said.splitlines() if line.endswith(tuple(f"({kind})" for kind in KIND_WORDS.values()))]

    assert f'These may fit "{text}":' in said
    assert len(rows) >= 2


@pytest.mark.parametrize("text", ["he", "she is", "is it"])
def test_small_words_alone_open_nothing(text: str) -> None:
    """They stand in lines of everything, of danger too: the danger line and the topics come."""
    ran = cst("lookup", text)

    assert ran.returncode == 1
    assert ran.stdout.startswith(f"{card.LINE}\n\nNothing here is like")


def test_no_phrase_of_danger_is_of_small_words_alone() -> None:
    """Words of danger still open help at once."""
    small = [phrase for phrase, _ in DANGERS if not set(normal(phrase).split()) - SMALL_WORDS]

    assert small == []


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


MAY_BE_DANGER = "he broke her arm and now she is back with him"


def test_what_may_be_danger_stands_before_the_entries_that_fit_and_takes_no_place_of_theirs() -> None:
    """In a pipe under a line of its own, in JSON under a key of its own, and what it says to look up first is that."""
    fits = _search().find(MAY_BE_DANGER)
    assert fits.if_danger
    assert is_for_now(RECORDS, fits.if_danger)
    assert not is_for_now(RECORDS, fits.entries[0])

    ran = cst("lookup", MAY_BE_DANGER)
    said = json.loads(cst("lookup", MAY_BE_DANGER, "--json").stdout)

    jsonschema.validate(said, SCHEMA)
    assert [fits.if_danger[1], [name for _, name in fits.entries]] == [
        said["if_danger"]["id"],
        [item["id"] for item in said["items"]],
    ]
    lines = ran.stdout.splitlines()
    lane, fit = lines.index("If it is danger now:"), lines.index(f'These may fit "{MAY_BE_DANGER}":')
    assert lane < fit
    assert not [line for line in lines[fit:] if line.startswith(f"{fits.if_danger[1]}: ")]
    assert lines[lane + 1].startswith(f"{fits.if_danger[1]}: ")
    assert lines[fit + 1].startswith(f"{fits.entries[0][1]}: ")
    assert f"See one: cst lookup {fits.if_danger[1]}" in lines


def test_at_a_terminal_what_may_be_danger_is_the_first_choice() -> None:
    """It says so, and is opened like any other."""
    terminal = Terminal("lookup", MAY_BE_DANGER, *AT)
    terminal.until("If it is danger now: ")
    terminal.at_rest("Not sure")
    terminal.send(DOWN + ENTER)

    assert 0 == terminal.end()
    first = _search().find(MAY_BE_DANGER).if_danger
    assert first
    assert RECORDS[first[0]][first[1]]["title"] in terminal.shown()


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
    for typed, code, says in (("1", 0, "\nRing first: "), ("q", 20, ""), ("not sure", 1, "These are the topics")):
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


@pytest.mark.skipif(not NAUGHTY.exists(), reason="no corpora here (see CST_CORPORA)")
def test_no_input_breaks_the_search() -> None:
    """Five hundred strings that have broken other programs, and some of our own."""
    strings = [
        *json.loads(NAUGHTY.read_text("utf-8")),
        "\udcff knife",
        "a" * 100_000,
        "word " * 5_000,
        "my neighbour has a knife " * 100,
        "a" * 1_000_000,
        "mae fy ngwr yn fy mwrw",
        "1234567890",
        "\U0001f622",
        "²",
        '"',
        "NEAR(",
        "*",
    ]

    for text in strings:
        assert isinstance(_search().find(text), Fits)
