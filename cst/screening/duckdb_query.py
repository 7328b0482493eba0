"""The query that judges every row of a source and gives it back with its verdict, in layers: each worked out once.

Only the rule's SQL comes from `rule_sql`, only the reading of cells from `cell_sql`; this module puts them together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from cst.engine.situation import AREA
from cst.rules import AllOf, AnyOf, Fact, Rule, questions
from cst.screening.caseload import ADDED, CANNOT_SAY, ELIGIBLE, NOT_ELIGIBLE, PERSON, Caseload, words_for
from cst.screening.cell_sql import CellSql, cell_sql
from cst.screening.columns import BIRTH, Column
from cst.screening.row_faults import row_fault
from cst.screening.rule_sql import Reason, condition, first_decides, joined, quoted, reasons, settles, value
from cst.views.formats.formula_guard import harmless_sql, starts_formula

READ = "read"
SWALLOWED = "a cell of this row seems to hold whole rows: a quote may be missing"
MOST_SHOWN = 40  # characters of a cell that cannot be read
_SIGNS = {"is": "=", "is_not": "<>", "at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}


class Source(NamedTuple):
    """Rows to be judged.

    Args:
        sql: what to select from: every cell as text, in c0, c1 and so on; NULL is blank.
        width: how many columns there are.
        fault: SQL that says why a row cannot be trusted, and is NULL where it can; empty where all can.
    """

    sql: str
    width: int
    fault: str = ""


class RowAnswers(NamedTuple):
    """The answers of a row, as the terms of a rule.

    Args:
        names: each question's column: BOOLEAN, a number, the id of a choice, or for pick-many the ids, each between
            bars ("|smoking|alone|", and "||" for none). A question that no column answers is not known.
        parts: the column of each part of the rule that is worked out already.
    """

    names: Mapping[str, str]
    parts: Mapping[Rule, str] = MappingProxyType({})

    def column(self, question: str) -> str:
        """The column that answers a question."""
        return self.names.get(question, "NULL")

    def done(self, rule: Rule) -> str | None:
        """The column of a part of the rule."""
        return self.parts.get(rule)

    def fact(self, fact: Fact, answer: bool) -> str:
        """A comparison, or its opposite; NULL where it is not known."""
        column, value = self.column(fact.question), fact.value
        if isinstance(value, bool):
            return column if (fact.operator == "is") is (value is answer) else f"(NOT {column})"
        said = self._compared(column, fact.operator, value)
        return said if answer else f"(NOT {said})"

    def _compared(self, column: str, operator: str, value: object) -> str:
        if operator == "includes":
            return f"contains({column}, {quoted(f'|{value}|')})"
        if isinstance(value, tuple):
            either = f"{column} IN ({', '.join(map(quoted, value))})"  # of a choice; of several, one of these:
            held = " OR ".join((either, *(f"contains({column}, {quoted(f'|{one}|')})" for one in value)))
            return f"(CASE WHEN {column} = '||' THEN FALSE ELSE {held} END)"  # none is frequent, and quick to see
        return f"({column} {_SIGNS[operator]} {quoted(value) if isinstance(value, str) else value})"


def judged(load: Caseload, source: Source, seen: Sequence[Mapping[str, str]] = ()) -> str:
    """The query that gives each row with what is added to it, under the names of ADDED, and with `needs_person`.

    Args:
        load: the screening.
        source: the rows.
        seen: for each column that answers, spellings with the SQL of what they say: to be quick, and for nothing else.
    """
    cells = [
        cell_sql(how, f"c{column.place}", f"w{number}", known)
        for number, (column, how, known) in enumerate(
            zip(load.columns.columns, load.readings, seen or [{}] * len(load.readings), strict=True)
        )
    ]
    sql, names = _with_answers(load, source, cells)
    areas = _by_area(load) if AREA in names else {}
    sql, answers = _with_parts((load.rule, *areas), sql, names)
    of_area = partial(_of_area, load.rule, areas, answers.column(AREA))
    needs_person = "unreadable OR row_fault IS NOT NULL"
    answered = of_area(lambda rule: value(rule, answers))
    sql = _layer(sql, [f"{needs_person} AS needs_person", f"{answered} AS answered"])
    added = (
        f"CASE WHEN needs_person THEN '{PERSON}' WHEN answered THEN '{ELIGIBLE}' "
        f"WHEN NOT answered THEN '{NOT_ELIGIBLE}' ELSE '{CANNOT_SAY}' END",
        f"CASE WHEN needs_person THEN NULL "
        f"WHEN answered THEN {of_area(lambda rule: _because(load, rule, True, answers))} "
        f"WHEN NOT answered THEN {of_area(lambda rule: _because(load, rule, False, answers))} END",
        f"CASE WHEN NOT needs_person AND answered IS NULL "
        f"THEN {of_area(lambda rule: _settling(load, rule, answers))} END",
        f"CASE WHEN needs_person THEN coalesce(row_fault, {_unreadable(load, cells)}) ELSE '{READ}' END",
    )
    return _layer(sql, [f"{said} AS {name}" for said, name in zip(added, ADDED, strict=True)])


def _with_answers(load: Caseload, source: Source, cells: Sequence[CellSql]) -> tuple[str, dict[str, str]]:
    """Layers in which each question that a column answers has one column, and why a row cannot be read."""
    given: dict[str, list[CellSql]] = {}
    for column, cell in zip(load.columns.columns, cells, strict=True):
        same = given.setdefault(column.question, [])
        same.insert(0 if column.birth else len(same), cell)  # a date of birth before an age
    names = {question: f"q{number}" for number, question in enumerate(given)}
    sql = _layer(source.sql, [f"{cell.first} AS w{number}" for number, cell in enumerate(cells)])
    sql = _layer(sql, [cell.second for cell in cells if cell.second])
    values = [f"coalesce({', '.join(one.value for one in same)}) AS {names[name]}" for name, same in given.items()]
    unreadable = " OR ".join(cell.bad for cell in cells) or "FALSE"
    fault = row_fault(load, source, given)
    sql = _layer(sql, [*values, f"{fault} AS row_fault", f"({unreadable}) AS unreadable"])
    unsure = {question: " OR ".join(one.unsure for one in same) for question, same in given.items()}
    return _with_implied(load, sql, names, unsure)


def _of_area(rule: Rule, areas: Mapping[Rule, Sequence[str]], column: str, said: Callable[[Rule], str]) -> str:
    """Of what is said of each rule, that of the row's area."""
    whens = (f"WHEN {column} IN ({', '.join(map(quoted, own))}) THEN {said(one)}" for one, own in areas.items())
    return f"(CASE {' '.join(whens)} ELSE {said(rule)} END)" if areas else said(rule)


def _layer(sql: str, more: Sequence[str]) -> str:
    return f"(SELECT *, {', '.join(more)} FROM {sql})" if more else sql


def as_lines(load: Caseload, source: Source, judged: str, separator: str, *, bare: bool, keep_cells: bool) -> str:
    """The rows as lines of CSV, each with the place of its verdict in VERDICTS and with what would settle it.

    Args:
        load: the screening.
        source: the rows.
        judged: the query that judges them.
        separator: what stands between cells.
        bare: no cell of the source has a separator, a quote or a line end in it.
        keep_cells: cells are copied as they stand, formulas and all.
    """
    # What was read as an answer is no formula; in a row that goes to a person any cell may be.
    answers = {} if keep_cells else {
        column.place: "needs_person"
        for column, how in zip(load.columns.columns, load.readings, strict=True)
        if not any(map(starts_formula, how.words))
    }  # fmt: skip
    raw = [f"c{place}" for place in range(source.width)]
    cells = raw if keep_cells else [harmless_sql(cell, answers.get(place, "")) for place, cell in enumerate(raw)]
    copied = _layer(judged, [f"{cell} AS o{place}" for place, cell in enumerate(cells)])
    fields = [f"o{place}" if bare else _field(f"o{place}", separator) for place in range(source.width)]
    fields += [ADDED[0], *(_field(name, separator) for name in ADDED[1:])]
    place = "CASE WHEN needs_person THEN 3 WHEN answered THEN 0 WHEN NOT answered THEN 1 ELSE 2 END"
    return f"SELECT concat({f', {quoted(separator)}, '.join(fields)}), {place}, {ADDED[2]} FROM {copied}"


def _field(name: str, separator: str) -> str:
    """A cell as CSV. A carriage return reads as a line end too."""
    special = quoted(f'["\n\r{separator}]')
    return f"""CASE WHEN regexp_matches({name}, {special}) THEN concat('"', replace({name}, '"', '""'), '"')
        ELSE {name} END"""


def swallows(width: int, separator: str) -> str:
    """A fault where a cell holds a line with as many separators as a row; else NULL."""
    counts = f"len(line) - len(replace(line, {quoted(separator)}, ''))"
    held = (
        f"(contains(c{place}, chr(10)) AND list_bool_or(list_transform(string_split(c{place}, chr(10)), "
        f"lambda line: {counts} >= {width - 2})))"
        for place in range(width)
    )
    return f"CASE WHEN {' OR '.join(held)} THEN {quoted(SWALLOWED)} END" if width > 2 else "NULL"


def _by_area(load: Caseload) -> dict[Rule, list[str]]:
    """The rules of areas that have their own, each with its areas."""
    found: dict[Rule, list[str]] = {}
    for area, rule in load.areas.items():
        found.setdefault(rule, []).append(area)
    return found


def _with_implied(
    load: Caseload, sql: str, names: Mapping[str, str], unsure: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    """One more layer, in which an answer that another one implies counts as given."""
    asked = dict.fromkeys(name for rule in (load.rule, *load.areas.values()) for name in questions(rule))
    more, after, given = [], dict(names), RowAnswers(names)
    for number, question in enumerate(asked):
        rule = load.implied(question)
        if set(questions(rule)) & names.keys():
            held = given.column(question)
            still_open = f"{held} IS NULL AND NOT ({unsure.get(question, 'FALSE')})"
            implied = f"{still_open} AND {condition(rule, True, given)}"
            more.append(f"CASE WHEN {implied} THEN TRUE ELSE {held} END AS i{number}")
            after[question] = f"i{number}"
    return _layer(sql, more), after


def _with_parts(rules: Sequence[Rule], sql: str, names: Mapping[str, str]) -> tuple[str, RowAnswers]:
    """One more layer, in which each part of a rule that is more than one column is worked out once."""
    within = (part for rule in rules if isinstance(rule, AnyOf | AllOf) for part in rule.parts)
    more = (part for part in dict.fromkeys(within) if not (isinstance(part, Fact) and isinstance(part.value, bool)))
    parts = {part: f"part{number}" for number, part in enumerate(more)}
    said = [f"{value(part, RowAnswers(names))} AS {name}" for part, name in parts.items()]
    return _layer(sql, said), RowAnswers(names, parts)


def _unreadable(load: Caseload, cells: Sequence[CellSql]) -> str:
    said = ", ".join(
        f"CASE WHEN {cell.bad} THEN {_why(column, cell)} || left(c{column.place}, {MOST_SHOWN}) END"
        for column, cell in zip(load.columns.columns, cells, strict=True)
    )
    return f"concat_ws('; ', {said})" if said else "''"


def _why(column: Column, cell: CellSql) -> str:
    """Why a cell cannot be read, but for what stands in it."""
    plain = quoted(f"{column.question} cannot be read: ")
    if not cell.two_ways:
        return plain
    return f"CASE WHEN {cell.two_ways} THEN {quoted(f'{BIRTH} can be read two ways: ')} ELSE {plain} END"


def _because(load: Caseload, rule: Rule, decided: bool, answers: RowAnswers) -> str:
    """The answers that decided, in words; of those answered no the ids alone, for there may be many."""
    parts = first_decides(rule, decided)
    if not parts:
        return _listed(load, [*reasons(rule, decided, answers)], answers)
    whens = (f"WHEN {condition(one, decided, answers)} THEN {_because(load, one, decided, answers)}" for one in parts)
    return f"CASE {' '.join(whens)} END"


def _listed(load: Caseload, found: Sequence[Reason], answers: RowAnswers) -> str:
    """The reasons in one text: the words of each, and the ids of those answered no at the end."""
    words, noes = [], []
    for reason, conditions in _once(found):
        if reason.question not in answers.names:
            continue
        column = answers.column(reason.question)
        of_yes_no = load.toolkit.kind("questions")[reason.question]["type"] == "yes-no"
        either = of_yes_no and reason.answer is None
        if reason.answer is not False:
            also = [f"{column} IS TRUE"] if either else []
            words.append(_given_that(_in_words(load, reason.question, column), [*conditions, *also]))
        if of_yes_no and reason.answer is not True:
            also = [f"{column} IS FALSE"] if either else []
            noes.append(_given_that(quoted(reason.question), [*conditions, *also]))
    if noes:
        words.append(f"'no to ' || nullif(concat_ws(', ', {', '.join(noes)}), '')")
    return f"concat_ws('; ', {', '.join(words)})" if words else "NULL"


def _once(found: Sequence[Reason]) -> Iterator[tuple[Reason, list[str]]]:
    """Each reason with its conditions, and that no earlier one was about the same question."""
    earlier: dict[str, list[str]] = {}
    for reason in found:
        before = earlier.setdefault(reason.question, [])
        if "1 = 1" in before:
            continue
        yield reason, [*reason.conditions, *(f"({one}) IS NOT TRUE" for one in before)]
        before.append(" AND ".join(reason.conditions) or "1 = 1")


def _given_that(text: str, conditions: Sequence[str]) -> str:
    return f"CASE WHEN {joined('AND', conditions)} THEN {text} END" if conditions else text


def _in_words(load: Caseload, question: str, column: str) -> str:
    """An answer in words, as `cst eligible` has it."""
    toolkit, record = load.toolkit, load.toolkit.kind("questions")[question]
    lead = f"{record['ask'].rstrip('?.')}: "
    choices = toolkit.choices(record)
    match record["type"]:
        case "yes-no":
            return quoted(lead + words_for(toolkit, question, True))
        case "choice":
            whens = (f"WHEN {quoted(one)} THEN {quoted(lead + words_for(toolkit, question, one))}" for one in choices)
            return f"CASE {column} {' '.join(whens)} END"
        case "pick-many":
            held = ", ".join(
                f"CASE WHEN contains({column}, {quoted(f'|{one}|')}) "
                f"THEN {quoted(words_for(toolkit, question, frozenset((one,))))} END"
                for one in choices
            )
            none = quoted(words_for(toolkit, question, frozenset()))
            return f"{quoted(lead)} || coalesce(nullif(concat_ws(', ', {held}), ''), {none})"
    return f"{quoted(lead)} || {column}"


def _settling(load: Caseload, rule: Rule, answers: RowAnswers) -> str:
    """The questions that one answer alone could settle it with, in the author's order."""
    said = ", ".join(
        f"CASE WHEN {answers.column(question)} IS NULL AND {settles(rule, question, answers)} "
        f"THEN {quoted(question)} END"
        for question in load.order(questions(rule))
    )
    return f"nullif(concat_ws('; ', {said}), '')" if said else "NULL"
