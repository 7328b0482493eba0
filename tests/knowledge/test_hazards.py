"""The hazard log is whole and true: each hazard has a control, tests that run, and a role to accept the rest.

Each check is a function that lists what is wrong, and is tried on a log that was broken on purpose.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.plain_words import MOST_IN_THE_MIDDLE, MOST_OF_ALL, Names, measure, names_in
from tests.support.sentences import split, toolkit_files
from tests.support.states import shipped
from tools import hazards
from tools.hazards import KEPT, LIKELIHOODS, ROOT, SEVERITIES, Hazard, Log, Rating, load, page

IDS = [f"H{number:02}" for number in range(1, 90)]
PROMISES = [f"P{number}" for number in range(1, 25)]
LOG = load()
FIRST = LOG.hazards[0]
TEXTS = ("title", "cause", "effect", "control", "accepted_by", "not_done")


def ids_wrong(log: Log) -> list[str]:
    """The ids that are missing, too many or out of order, of hazards and of promises."""
    found = [one.id for one in log.hazards]
    promised = [one.id for one in log.promises]
    return ([] if found == IDS else found) + ([] if promised == PROMISES else promised)


def fields_wrong(log: Log) -> list[str]:
    """Fields without words, and hazards without a test."""
    empty = [f"{one.id}: {name}" for one in log.hazards for name in TEXTS if not str(getattr(one, name) or "").strip()]
    untested = [f"{one.id}: tests" for one in log.hazards if not one.tests]
    twice = [f"{one.id}: a test twice" for one in log.hazards if len(set(one.tests)) < len(one.tests)]
    return empty + untested + twice


def ratings_wrong(log: Log) -> list[str]:
    """Words that are not on the closed lists, risks that are not the grid's, and controls that make it worse."""
    return [f"{one.id}: {says}" for one in log.hazards for says in _rated(one)]


def _rated(hazard: Hazard) -> Iterator[str]:
    for rating in (hazard.initial, hazard.residual):
        if rating.severity not in SEVERITIES or rating.likelihood not in LIKELIHOODS:
            yield f"{rating} is not on the lists"
            return
        if not 1 <= rating.risk <= 5 or rating.risk != rating.on_the_grid():
            yield f"{rating} is not on the grid"
    if hazard.residual.risk > hazard.initial.risk:
        yield "more risk with the control than without"


def promises_wrong(log: Log) -> list[str]:
    """Promises that lead to no hazard or claim what cannot be claimed, and hazards that no promise answers."""
    known = {one.id for one in log.hazards}
    answered = {name for one in log.promises for name in one.hazards}
    odd = [one.id for one in log.promises if one.kept not in KEPT or not one.hazards or not set(one.hazards) <= known]
    return odd + sorted(known - answered)


def named_wrong(log: Log, folder: Path = ROOT) -> list[str]:
    """The tests named that pytest would not collect, or that never run."""
    named = dict.fromkeys((one.id, test) for one in log.hazards for test in one.tests)
    return [f"{hazard}: {test}: {says}" for hazard, test in named if (says := _test_wrong(folder, test))]


def _test_wrong(folder: Path, test: str) -> str:
    file, _, name = test.partition("::")
    if not (
        file.startswith("tests/")
        and Path(file).name.startswith("test_")
        and file.endswith(".py")
        and (folder / file).is_file()
    ):
        return "there is no such file of tests"
    tree = _tree(folder / file)
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
    if not found or not name.startswith("test_"):
        return "there is no such test in it"
    if len(found) > 1:
        return "it stands there twice, and only the last one runs"
    marks = [*found[0].decorator_list, *_module_marks(tree)]
    skipped = any(map(_always_skips, marks)) or any(map(_skips_at_once, (*tree.body[:8], *found[0].body[:2])))
    return "it is always skipped" if skipped else ""


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def _module_marks(tree: ast.Module) -> Iterator[ast.expr]:
    """The marks that a module puts on all its tests."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(ast.unparse(target) == "pytestmark" for target in node.targets):
            yield from node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]


def _always_skips(mark: ast.expr) -> bool:
    """Whether a mark skips whatever the machine; `skipif` does only where its condition is plainly True."""
    name = ast.unparse(mark.func if isinstance(mark, ast.Call) else mark)
    if name.endswith(("mark.skip", "mark.xfail")):
        return True
    condition = mark.args[0] if isinstance(mark, ast.Call) and mark.args else None
    return name.endswith("mark.skipif") and isinstance(condition, ast.Constant) and bool(condition.value)


def _skips_at_once(statement: ast.stmt) -> bool:
    """Whether a statement is a bare call of pytest.skip."""
    called = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(called, ast.Call) and ast.unparse(called.func) == "pytest.skip"


# The log as it is


def test_all_hazards_and_promises_are_there_once_and_in_order() -> None:
    """Forty-eight hazards and twenty-four promises; none is dropped in silence."""
    assert [] == ids_wrong(LOG)


def test_every_field_is_filled_and_every_hazard_has_a_test() -> None:
    """What is not done is said too, also where it is nothing."""
    assert [] == fields_wrong(LOG)


def test_ratings_come_from_the_closed_lists_and_the_grid() -> None:
    """Nobody writes a kinder figure than severity and likelihood give."""
    assert [] == ratings_wrong(LOG)


def test_every_hazard_is_answered_by_a_promise() -> None:
    """And every promise leads to a hazard, and says how far it is kept."""
    assert [] == promises_wrong(LOG)


def test_every_test_that_is_named_is_there_and_runs() -> None:
    """Each is a function of that file that pytest collects, and no mark switches it off on every machine."""
    assert [] == named_wrong(LOG)


def test_the_page_is_current() -> None:
    """What a reviewer reads is what the log says; `python -m tools.hazards` writes it anew."""
    assert page(LOG) == hazards.PAGE.read_text("utf-8")


def test_the_log_is_for_this_edition() -> None:
    """A new edition of the toolkit needs a new look at its hazards."""
    assert shipped().records["edition"]["version"] == LOG.edition


def test_the_page_claims_no_more_than_it_may() -> None:
    """In the style of the standard, not compliant with it; a draft that nobody has signed; every role is named."""
    said = page(LOG)

    assert "in the style of the NHS standard DCB0129" in said
    assert "compliant" not in said.casefold()
    assert "draft that nobody has signed" in said
    assert [] == [one.accepted_by for one in LOG.hazards if f"| {_small(one.accepted_by)} |" not in said]
    assert len(LOG.hazards) == said.count("Not accepted yet.")


def _small(text: str) -> str:
    return text[0].lower() + text[1:]


def _sentences() -> list[str]:
    """Every sentence of the log and of the safety case."""
    texts = [getattr(one, name) for one in LOG.hazards for name in ("cause", "effect", "control", "not_done")]
    case = hazards.CASE.read_text("utf-8").replace("`", "").replace("**", "").splitlines()
    prose = [line.lstrip("-0123456789. ") for line in case if line and not line.startswith(("#", "|"))]
    return [part for text in (*texts, *prose) for part in split(text)]


def test_the_log_is_in_plain_words() -> None:
    """As plain as the screens: half of it for a reading age of 11, none of it harder than 14."""
    names = Names([*names_in(toolkit_files()), "safeguarding", "accessibility", "DCB0129"])
    ages = {sentence: measure(sentence, names).age for sentence in _sentences()}

    assert len(ages) > 300
    assert MOST_IN_THE_MIDDLE >= sorted(ages.values())[len(ages) // 2]
    assert [] == [f"{age}: {sentence}" for sentence, age in ages.items() if age > MOST_OF_ALL]


# Each check can fail


def _with(**changed: Any) -> Log:
    """The log with another first hazard."""
    return replace(LOG, hazards=(replace(FIRST, **changed), *LOG.hazards[1:]))


@pytest.mark.parametrize(
    "broken",
    [
        replace(LOG, hazards=LOG.hazards[1:]),
        replace(LOG, hazards=(*LOG.hazards, FIRST)),
        replace(LOG, hazards=LOG.hazards[::-1]),
        replace(LOG, promises=LOG.promises[:-1]),
        _with(id="H49"),
    ],
    ids=["missing", "twice", "order", "promise", "unknown"],
)
def test_a_wrong_id_is_noticed(broken: Log) -> None:
    """Missing, twice, out of order or made up."""
    assert ids_wrong(broken)


@pytest.mark.parametrize("field", [*TEXTS, "tests"])
def test_an_empty_field_is_noticed(field: str) -> None:
    """Each of them on its own."""
    assert [f"H01: {field}"] == fields_wrong(_with(**{field: () if field == "tests" else " "}))


@pytest.mark.parametrize("field", [field.name for field in fields(Hazard)])
def test_a_field_that_is_not_written_is_refused(field: str) -> None:
    """A log that lacks a field is not read at all."""
    lines = hazards.LOG.read_text("utf-8").split("\n  - id: H02")[0].splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("  - id: H01"))
    first = next(place for place in range(start, len(lines)) if lines[place].lstrip(" -").startswith(f"{field}:"))
    more = next((place for place in range(first + 1, len(lines)) if not lines[place].startswith("      ")), len(lines))
    left = lines[:first] + lines[more:]
    if first == start:
        left[first] = left[first].replace("    ", "  - ", 1)

    with pytest.raises((KeyError, TypeError)):
        load("\n".join(left))
    assert load("\n".join(lines)).hazards == (FIRST,)


@pytest.mark.parametrize(
    "rating",
    [
        Rating("Dreadful", "M", 5),
        Rating("Major", "often", 4),
        Rating("Major", "M", 3),
        Rating("Minor", "VL", 0),
        Rating("Catastrophic", "VH", 6),
    ],
    ids=str,
)
def test_a_wrong_rating_is_noticed(rating: Rating) -> None:
    """A word of one's own, a figure off the grid, and a figure beyond 1 to 5."""
    assert ratings_wrong(_with(initial=rating, residual=rating))


def test_a_control_that_makes_it_worse_is_noticed() -> None:
    """Then it is no control."""
    better, worse = Rating("Minor", "VL", 1), Rating("Major", "M", 4)

    assert ["H01: more risk with the control than without"] == ratings_wrong(_with(initial=better, residual=worse))


def test_a_promise_that_leads_nowhere_is_noticed() -> None:
    """To a hazard that is not there, to none, with a claim of its own; and a hazard that is left alone."""
    one = LOG.promises[0]
    for broken in (replace(one, hazards=("H99",)), replace(one, hazards=()), replace(one, kept="always")):
        assert "P1" in promises_wrong(replace(LOG, promises=(broken, *LOG.promises[1:])))
    assert ["H36"] == promises_wrong(replace(LOG, promises=tuple(one for one in LOG.promises if one.id != "P14")))[-1:]


SAMPLE = """
import pytest
helper = 1
def test_runs(): assert helper
@pytest.mark.skipif(helper == 2, reason="two")
def test_runs_mostly(): assert helper
@pytest.mark.skip
def test_off(): assert helper
@pytest.mark.skip(reason="later")
def test_off_with_a_reason(): assert helper
@pytest.mark.skipif(True, reason="later")
def test_off_by_true(): assert helper
@pytest.mark.xfail
def test_may_fail(): assert helper
def test_leaves():
    "Says why."
    pytest.skip("later")
def test_two(): assert helper
def test_two(): assert True
def not_a_test(): assert helper
class Inside:
    def test_inside(self): assert helper
"""


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("test_runs", ""),
        ("test_runs_mostly", ""),
        ("test_off", "it is always skipped"),
        ("test_off_with_a_reason", "it is always skipped"),
        ("test_off_by_true", "it is always skipped"),
        ("test_may_fail", "it is always skipped"),
        ("test_leaves", "it is always skipped"),
        ("test_two", "it stands there twice, and only the last one runs"),
        ("not_a_test", "there is no such test in it"),
        ("test_inside", "there is no such test in it"),
        ("test_gone", "there is no such test in it"),
        ("", "there is no such test in it"),
    ],
)
def test_a_test_that_does_not_run_is_noticed(name: str, says: str, tmp_path: Path) -> None:
    """Gone, renamed, switched off, or covered by another of the same name."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_sample.py").write_text(SAMPLE, "utf-8")
    test = f"tests/test_sample.py::{name}"

    assert ([f"H01: {test}: {says}"] if says else []) == named_wrong(replace(_one(test)), tmp_path)


@pytest.mark.parametrize("above", ["pytestmark = pytest.mark.skip", "pytestmark = [pytest.mark.skip(reason='x')]"])
def test_a_file_that_is_switched_off_is_noticed(above: str, tmp_path: Path) -> None:
    """By a mark for all its tests, or by leaving at the top."""
    (tmp_path / "tests").mkdir()
    for place, text in enumerate((above, "pytest.skip('x', allow_module_level=True)")):
        file = tmp_path / "tests" / f"test_off{place}.py"
        file.write_text(f"import pytest\n{text}\ndef test_it(): assert file\n", "utf-8")
        assert named_wrong(_one(f"tests/{file.name}::test_it"), tmp_path)


@pytest.mark.parametrize(
    "test", ["tests/test_gone.py::test_runs", "tests/support/robot.py::main", "cst/card.py::test_runs"]
)
def test_a_file_that_holds_no_tests_is_noticed(test: str) -> None:
    """It is not there, or pytest does not look into it."""
    assert [f"H01: {test}: there is no such file of tests"] == named_wrong(_one(test))


def _one(test: str) -> Log:
    """A log of one hazard with one test."""
    return replace(LOG, hazards=(replace(FIRST, tests=(test,)),))


def test_any_change_of_the_log_shows_on_the_page() -> None:
    """Each field of a hazard and of a promise stands there, so that a page that is not current is noticed."""
    other = Rating("Minor", "VL", 1)
    for field in fields(Hazard):
        value: Any = other if field.name in ("initial", "residual") else ("x",) if field.name == "tests" else "other"
        assert page(_with(**{field.name: value})) != page(LOG), field.name
    assert page(LOG) == page(load())
