"""Every sentence that a worker sees is plain, British, and holds nothing that can be dialled."""

from __future__ import annotations

import ast
import re
import statistics
from functools import cache
from pathlib import Path

import pytest
import yaml

from cst.source import consistency
from cst.source.briefs import brief_faults
from cst.source.diallable import diallable
from tests.support import sentences
from tests.support.plain_words import (
    BOTH,
    MOST_IN_THE_MIDDLE,
    MOST_OF_ALL,
    Measure,
    Names,
    americanisms,
    measure,
    measured,
    names_in,
    syllables_in,
)
from tests.support.sentences import BLANK, Sentence, of_code, of_toolkit, prose_fields, split

EXCEPTIONS: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("plain_words.yaml").read_text("utf-8"))
NOBODY = Names(())
all_measured = cache(measured)

BAD = "Multi-agency safeguarding arrangements necessitate proportionate information governance."
PLAIN = "Ring first. Say that a child may be at risk tonight."


def too_hard(found: list[tuple[Measure, Sentence]], reasons: dict[str, str]) -> list[str]:
    """Each sentence over the limit that has no reason, with its place, its age and what to do."""
    return [
        f"{sentence.place}: reading age {how.age}: {sentence.text}\n    {how.hint}"
        for how, sentence in found
        if how.age > MOST_OF_ALL and sentence.text not in reasons
    ]


def american(found: list[Sentence], reasons: dict[str, str]) -> list[str]:
    """Each sentence with an American spelling that has no reason, with its place and the British word."""
    return [
        f"{sentence.place}: {', '.join(words)}"
        for sentence in found
        if (words := americanisms(sentence.text)) and sentence.text not in reasons
    ]


def not_needed(found: list[tuple[Measure, Sentence]], exceptions: dict[str, dict[str, str]]) -> list[str]:
    """The exceptions that no sentence needs."""
    hard = {sentence.text for how, sentence in found if how.age > MOST_OF_ALL}
    spelt = {sentence.text for _, sentence in found if americanisms(sentence.text)}
    return [*(exceptions["hard"].keys() - hard), *(exceptions["american"].keys() - spelt)]


def test_no_sentence_is_harder_than_a_reading_age_of_14_without_a_reason() -> None:
    """A tired worker reads it once."""
    found = too_hard(all_measured(), EXCEPTIONS["hard"])

    assert not found, "\n".join(["too hard:", *found])


def test_half_of_all_sentences_are_no_harder_than_a_reading_age_of_11() -> None:
    """The limit is for the odd sentence; most are far below it."""
    assert MOST_IN_THE_MIDDLE >= statistics.median(how.age for how, _ in all_measured())


def test_spelling_is_british() -> None:
    """The people it is written for live in Hampshire."""
    found = american([sentence for _, sentence in all_measured()], EXCEPTIONS["american"])

    assert not found, "\n".join(["American:", *found])


def test_every_exception_is_still_needed_and_has_a_reason() -> None:
    """A sentence that was mended leaves no exception behind, under which another could hide."""
    assert [] == not_needed(all_measured(), EXCEPTIONS)
    assert all(reason.strip() for part in EXCEPTIONS.values() for reason in part.values())


def test_only_the_emergency_card_help_and_fixed_rows_say_numbers_that_can_be_dialled() -> None:
    """The toolkit's words are checked by `cst check`; these are the words in the code."""
    said = [sentence for sentence in code_sentences() if diallable(sentence.text)]

    assert {
        ("cst/card.py", "text"),
        ("cst/cli/app.py", "help"),  # an exit code is named for the emergency line
        ("cst/cli/commands/help.py", "text"),
        ("cst/cli/commands/welcome.py", "text"),
        ("cst/views/screen/plan_screen.py", "text"),  # the first row of an emergency
        ("cst/views/screen/shared_rows.py", "text"),  # the last row of every screen
    } == {(sentence.file, sentence.within) for sentence in said}
    assert {"999", "101", "18000"} >= {number for sentence in said for number in re.findall(r"\d{3,}", sentence.text)}


def test_cst_check_looks_for_dialled_numbers_in_every_field_that_is_prose() -> None:
    """What is measured here is guarded there too: no field of words is forgotten by `consistency.PROSE`."""
    # A unit is a word such as years. A short form has a check of its own, `source.briefs`: it may say 999 and 101.
    assert {"unit", "brief"} == set(prose_fields()) - consistency.PROSE
    for said, wrong in {"Ring 999 or 101.": 0, "Ring 01632 960001.": 1, "Ring 112.": 1}.items():
        assert wrong == len(list(brief_faults("contacts", {"brief": said})))


def code_sentences() -> list[Sentence]:
    """The sentences in the code."""
    return [sentence for _, sentence in all_measured() if sentence.file.startswith("cst")]


# Each check can fail, and is fair.


def test_a_hard_sentence_is_named_with_its_place_its_age_and_what_to_do() -> None:
    """The message is enough to mend it."""
    found = [(measure(BAD, NOBODY), Sentence(BAD, "data/toolkit.yaml", 7, "terms > mash > meaning"))]

    (said,) = too_hard(found, {})
    assert said.startswith("data/toolkit.yaml:7 (terms > mash > meaning): reading age 2")
    assert "arrangements" in said
    assert "Make two sentences of it" in said
    assert [] == too_hard(found, {BAD: "a reason"})


def test_long_sentences_of_short_words_are_hard_too() -> None:
    """Nothing is gained by short words in a sentence that never ends."""
    long = "Ring them and say what you saw and heard and then " * 3 + "go home."

    assert MOST_OF_ALL < measure(long, NOBODY).age
    assert MOST_IN_THE_MIDDLE > max(measure(sentence, NOBODY).age for sentence in split(PLAIN))


def test_an_american_spelling_is_named_with_the_british_one() -> None:
    """From codespell's list, and for words in -ize and -yze that are not on it."""
    sentence = Sentence("The behavior center helps radicalized neighbors.", "cst/card.py", 1, "text")

    (said,) = american([sentence], {})
    assert "cst/card.py:1 (text): behavior: behaviour, center: centre, radicalized: radicalised" in said
    assert "neighbors: neighbours" in said


@pytest.mark.parametrize(
    "text", ["The size of the prize.", "A practice with a license.", "The World Health Organization."]
)
def test_british_words_and_names_are_no_american_spellings(text: str) -> None:
    """Words that both spell so, and a name with its own capital."""
    assert [] == americanisms(text)
    assert len(BOTH) < 13


def test_an_exception_that_nothing_needs_is_named() -> None:
    """Whether the sentence has gone or has become easy."""
    found = [(measure(PLAIN, NOBODY), Sentence(PLAIN, "cst/card.py", 1, "text"))]

    assert [PLAIN, BAD] == sorted(not_needed(found, {"hard": {BAD: "why"}, "american": {PLAIN: "why"}}), reverse=True)


def test_a_name_costs_its_words_and_lends_nothing_to_the_words_around_it() -> None:
    """A sentence is no easier for a name in it, and bad prose stays as hard as without one."""
    names = Names(["Hampshire Safeguarding Adults Board"])
    named, short = "Ring the Hampshire Safeguarding Adults Board now.", "Ring the one that you know now."

    assert measure(short, NOBODY).words == measure(named, names).words
    assert measure(named, names).age < measure(named, NOBODY).age
    assert measure(BAD, NOBODY).age < measure(f"{BAD[:-1]} Hampshire Safeguarding Adults Board.", names).age


def test_capital_letters_alone_make_no_name() -> None:
    """Only what a record of the toolkit is called."""
    names = Names(names_in(sentences.toolkit_files()))

    assert measure(BAD, names).age == measure(BAD.title(), names).age
    assert ("Ask", "the") == measure("Ask the Multi-Agency Safeguarding Hub.", names).longest


def test_a_name_is_found_in_the_plural_and_at_the_start_but_not_in_other_words() -> None:
    """IDVAs are known by IDVA and "adult at risk" by "Adult at risk", but "Adult" alone is no name."""
    names = Names(["IDVA", "Adult at risk"])

    assert [BLANK, "and", "an", BLANK, BLANK, BLANK] == list(
        names.taken_out(["IDVAs", "and", "an", "adult", "at", "risk"])
    )
    assert ["Adult", "at", "home"] == list(names.taken_out(["Adult", "at", "home"]))


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("ring", 1),
        ("children's", 2),
        ("behaviour", 3),
        ("organisation", 5),
        ("XYQ", 3),
        ("carers", 2),
        ("face-to-face", 3),
    ],
)
def test_syllables_are_those_that_one_hears(word: str, count: int) -> None:
    """British spellings are looked up under the American one; capitals that nobody knows are read out."""
    assert count == syllables_in(word)


def test_sentences_of_code_leave_out_what_nobody_sees(tmp_path: Path) -> None:
    """Docstrings and patterns are not said; help, f-strings and plain texts are, with their lines."""
    file = tmp_path / "some.py"
    file.write_text(
        '"""A docstring that nobody sees."""\n'
        'NAME = "also_known_as"\n'
        'SEEN = re.compile("a pattern of words")\n'
        "@app.command()\n"
        "def go() -> None:\n"
        '    """Walk through what is happening."""\n'
        '    say(f"No issue is called {text:.60}. See the list of issues.")\n'
    )

    found = list(of_code([file]))
    assert [
        ("Walk through what is happening.", 6, "help"),
        (f"No issue is called {BLANK}.", 7, "text"),
        ("See the list of issues.", 7, "text"),
    ] == [(sentence.text, sentence.line, sentence.within) for sentence in found]


def test_sentences_of_the_toolkit_have_the_line_on_which_they_stand() -> None:
    """The first question stands where its record is."""
    found = next(
        one for one in of_toolkit(sentences.toolkit_files()) if one.within == "questions > immediate-danger > ask"
    )
    line = (sentences.ROOT / found.file).read_text("utf-8").splitlines()[found.line - 1]

    assert found.text in line


def test_the_words_of_every_command_are_read() -> None:
    """Each command's help is among the sentences, so that a new one is measured too."""
    tree = ast.parse((sentences.CODE / "cli" / "app.py").read_text("utf-8"))
    helped = {node.lineno for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and ast.get_docstring(node)}
    commands = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and sentences.is_command(node)]

    said = [sentence.line for sentence in code_sentences() if sentence.within == "help"]
    assert helped
    assert {node.body[0].lineno for node in commands} <= set(said)
