"""A regular file, or Parquet, through DuckDB: one query that reads, judges and writes, with memory that stays flat.

Only the verdict's SQL comes from `rule_sql`, only the reading of cells from `cell_sql`; this module puts them together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cst.engine.plan import AREA
from cst.rules import AllOf, AnyOf, Fact, Rule, questions
from cst.screening.caseload import CANNOT_SAY, ELIGIBLE, MOST_SHOWN, NOT_ELIGIBLE, PERSON, READ, Caseload, in_words
from cst.screening.cell_sql import CellSql, cell_sql
from cst.screening.rows import SWALLOWED
from cst.screening.rule_sql import Columns, Reason, expression, first_decides, quoted, reasons, settles

ANSWERED = "answered"  # the name of the column that is TRUE, FALSE or NULL
SWALLOWS = "swallows"


class Layers(NamedTuple):
    """A query in layers, each on the one before: so everything is worked out once a row.

    Args:
        sql: gives each row with `needs_person` and `answered`, and what the others use.
        why: the answers that decided, where the rule is decided.
        settling: the questions that would settle it, where it is not.
        faults: why a person must look, where one must.
    """

    sql: str
    why: str
    settling: str
    faults: str

    @property
    def verdict(self) -> str:
        return (
            f"CASE WHEN needs_person THEN '{PERSON}' WHEN {ANSWERED} THEN '{ELIGIBLE}' "
            f"WHEN NOT {ANSWERED} THEN '{NOT_ELIGIBLE}' ELSE '{CANNOT_SAY}' END"
        )

    @property
    def because(self) -> str:
        return f"CASE WHEN NOT needs_person THEN {self.why} END"

    @property
    def would_settle(self) -> str:
        return f"CASE WHEN NOT needs_person AND {ANSWERED} IS NULL THEN {self.settling} END"

    @property
    def status(self) -> str:
        return f"CASE WHEN needs_person THEN {self.faults} ELSE '{READ}' END"


def layered(load: Caseload, source: str, seen: Sequence[Sequence[str]], width: int, swallowing: str = "") -> Layers:
    """The query that judges every row of a source.

    Args:
        load: the screening.
        source: what to select from; its columns are c0, c1 and so on.
        seen: for each column that answers, the spellings at the top of the file.
        width: how many columns the source has.
        swallowing: the separator, where cells with line ends are to be looked at, as they may have swallowed rows.
    """
    cells = [
        cell_sql(how, f"c{column.place}", f"w{number}", seen[number])
        for number, (column, how) in enumerate(zip(load.columns.columns, load.readings, strict=True))
    ]
    firsts = ", ".join(f"{cell.first} AS w{number}" for number, cell in enumerate(cells))
    sql = f"SELECT *, {firsts} FROM {source}"
    if seconds := ", ".join(cell.second for cell in cells if cell.second):
        sql = f"SELECT *, {seconds} FROM ({sql})"
    values = []
    given = _given(load)
    for question, places in given.items():
        names = [cells[place].value for place in places]
        values.append(
            f"{names[0] if len(names) == 1 else f'coalesce({chr(44).join(names)})'} AS {_name(load, question)}"
        )
    if swallowing:
        values.append(f"{_swallows(width, swallowing)} AS {SWALLOWS}")
    values.append(f"({' OR '.join(cell.bad for cell in cells) or 'FALSE'}) AS unreadable")
    sql = f"SELECT *, {', '.join(values)} FROM ({sql})"
    names_of = Columns({question: _name(load, question) for question in given})
    sql, names_of = _with_implied(load, sql, names_of, cells_unsure={
        question: " OR ".join(cells[place].unsure for place in places) for question, places in given.items()
    })  # fmt: skip
    variants = _variants(load)
    by_area = [(areas, rule) for areas, rule in variants if areas] if AREA in names_of.names else []

    def chosen(said: dict[Rule, str]) -> str:
        """Of what is said for each rule, that of the row's area."""
        if not by_area:
            return said[load.rule]
        whens = " ".join(f"WHEN {names_of(AREA)} IN ({', '.join(map(quoted, areas))}) THEN {said[rule]}"
                         for areas, rule in by_area)  # fmt: skip
        return f"(CASE {whens} ELSE {said[load.rule]} END)"

    rules = [load.rule, *(rule for _, rule in by_area)]
    sql, names_of = _with_parts(rules, sql, names_of)
    answered = chosen({rule: expression(rule, names_of) for rule in rules})
    needs_person = f"(unreadable OR {SWALLOWS})" if swallowing else "unreadable"
    sql = f"SELECT *, {needs_person} AS needs_person, {answered} AS {ANSWERED} FROM ({sql})"
    because = {decided: chosen({rule: because_sql(load, rule, decided, names_of) for rule in rules})
               for decided in (True, False)}  # fmt: skip
    return Layers(
        sql,
        f"CASE WHEN {ANSWERED} THEN {because[True]} WHEN NOT {ANSWERED} THEN {because[False]} END",
        chosen({rule: settling_sql(load, rule, names_of) for rule in rules}),
        _faults(load, cells, swallowing),
    )


def _name(load: Caseload, question: str) -> str:
    return f"q{next(number for number, column in enumerate(load.columns.columns) if column.question == question)}"


def _given(load: Caseload) -> dict[str, list[int]]:
    """The columns that answer each question: a date of birth before an age."""
    given: dict[str, list[int]] = {}
    for number, column in enumerate(load.columns.columns):
        places = given.setdefault(column.question, [])
        places.insert(0 if column.birth else len(places), number)
    return given


def _variants(load: Caseload) -> list[tuple[list[str], Rule]]:
    """The rules of areas that have their own, each with its areas."""
    found: dict[Rule, list[str]] = {}
    for area, rule in load.areas.items():
        found.setdefault(rule, []).append(area)
    return [(areas, rule) for rule, areas in found.items()]


def _with_implied(load: Caseload, sql: str, names: Columns, cells_unsure: dict[str, str]) -> tuple[str, Columns]:
    """One more layer, in which an answer that another one implies counts as given."""
    asked = dict.fromkeys(name for rule in (load.rule, *load.areas.values()) for name in questions(rule))
    more, after = [], dict(names.names)
    for number, question in enumerate(asked):
        rule = load.implied(question)
        if rule is False or not set(questions(rule)) & names.names.keys():
            continue
        held = names(question)
        open_still = f"{held} IS NULL AND NOT ({cells_unsure.get(question, 'FALSE')})"
        more.append(f"CASE WHEN {open_still} AND {expression(rule, names)} THEN TRUE ELSE {held} END AS i{number}")
        after[question] = f"i{number}"
    return (f"SELECT *, {', '.join(more)} FROM ({sql})" if more else sql), Columns(after)


def _with_parts(rules: Sequence[Rule], sql: str, names: Columns) -> tuple[str, Columns]:
    """One more layer, in which each part of a rule that is more than one column is worked out once."""
    within = [part for rule in rules if isinstance(rule, AnyOf | AllOf) for part in rule.parts]
    parts = {
        part: f"part{number}"
        for number, part in enumerate(dict.fromkeys(within))
        if not (isinstance(part, Fact) and isinstance(part.value, bool))
    }
    said = ", ".join(f"{expression(part, names)} AS {name}" for part, name in parts.items())
    return (f"SELECT *, {said} FROM ({sql})" if parts else sql), Columns(names.names, parts)


def _swallows(width: int, separator: str) -> str:
    """Whether a cell holds a line with as many separators as a row."""
    counts = f"len(line) - len(replace(line, {quoted(separator)}, ''))"
    held = [
        f"(contains(c{place}, chr(10)) AND list_bool_or(list_transform(string_split(c{place}, chr(10)), "
        f"lambda line: {counts} >= {width - 2})))"
        for place in range(width)
    ]
    return f"coalesce({' OR '.join(held)}, FALSE)" if width > 2 else "FALSE"


def _faults(load: Caseload, cells: Sequence[CellSql], swallowing: str) -> str:
    said = [
        f"CASE WHEN {cell.bad} THEN {quoted(f'{column.question} cannot be read: ')}"
        f" || left(c{column.place}, {MOST_SHOWN}) END"
        for column, cell in zip(load.columns.columns, cells, strict=True)
    ]
    faults = f"concat_ws('; ', {', '.join(said)})" if said else "''"
    return f"CASE WHEN {SWALLOWS} THEN {quoted(SWALLOWED)} ELSE {faults} END" if swallowing else faults


def because_sql(load: Caseload, rule: Rule, decided: bool, names: Columns) -> str:
    """The answers that decided, as `caseload.because` writes them."""
    parts = first_decides(rule, decided)
    if not parts:
        return _listed(load, reasons(rule, decided, names), names)
    holds = "" if decided else "NOT "
    whens = [f"WHEN {holds}{expression(part, names)} THEN {because_sql(load, part, decided, names)}" for part in parts]
    return f"CASE {' '.join(whens)} END"


def _listed(load: Caseload, found: Sequence[Reason], names: Columns) -> str:
    """The reasons in one text: the words of each, and the ids of those answered no at the end."""
    words, noes = [], []
    for reason, condition in _once(found):
        if reason.question not in names.names:
            continue
        column = names(reason.question)
        kind = load.toolkit.kind("questions")[reason.question]["type"]
        if reason.answer is not False:
            also = [f"{column} IS TRUE"] if kind == "yes-no" and reason.answer is None else []
            words.append((_answer(load, reason.question, kind, column), [*condition, *also]))
        if kind == "yes-no" and reason.answer is not True:
            also = [f"{column} IS FALSE"] if reason.answer is None else []
            noes.append((quoted(reason.question), [*condition, *also]))
    said = [_given_that(text, conditions) for text, conditions in words]
    if noes:
        ids = _concat(", ", [_given_that(text, conditions) for text, conditions in noes], all(not c for _, c in noes))
        said.append(f"'no to ' || {ids}" if any(not c for _, c in noes) else f"'no to ' || nullif({ids}, '')")
    return _concat("; ", said, plain=False) if said else "NULL"


def _once(found: Sequence[Reason]) -> Iterator[tuple[Reason, list[str]]]:
    """Each reason with its conditions, and that no earlier one was about the same question."""
    earlier: dict[str, list[str]] = {}
    for reason in found:
        before = earlier.setdefault(reason.question, [])
        if "TRUE" in before:
            continue
        yield reason, [*reason.conditions, *(f"NOT ({one})" for one in before)]
        before.append(" AND ".join(reason.conditions) or "TRUE")


def _given_that(text: str, conditions: Sequence[str]) -> str:
    return f"CASE WHEN {' AND '.join(conditions)} THEN {text} END" if conditions else text


def _concat(between: str, parts: Sequence[str], plain: bool) -> str:
    """Texts with something between them; what is NULL is left out."""
    if plain:
        return quoted(between.join(part[1:-1] for part in parts).replace("''", "'"))
    return parts[0] if len(parts) == 1 else f"concat_ws({quoted(between)}, {', '.join(_runs(between, parts))})"


def _runs(between: str, parts: Sequence[str]) -> list[str]:
    """Neighbours that are plain texts, made into one."""
    runs: list[str] = []
    for part in parts:
        if (
            part.startswith("'")
            and part.endswith("'")
            and " " not in part
            and runs
            and runs[-1][-1:] == "'" == runs[-1][:1]
        ):
            runs[-1] = f"{runs[-1][:-1]}{between}{part[1:]}"
        else:
            runs.append(part)
    return runs


def _answer(load: Caseload, question: str, kind: str, column: str) -> str:
    """An answer in words."""
    toolkit = load.toolkit
    if kind == "yes-no":
        return quoted(in_words(load, question, True))
    lead = quoted(in_words(load, question, 0 if kind in ("number", "date") else frozenset()).rpartition(": ")[0] + ": ")
    labels = toolkit.choices(toolkit.kind("questions")[question])
    if kind == "choice":
        return f"{lead} || CASE {column} " + " ".join(
            f"WHEN {quoted(choice)} THEN {quoted(label)}" for choice, label in labels.items()) + " END"  # fmt: skip
    if kind == "pick-many":
        held = ", ".join(f"CASE WHEN contains({column}, {quoted(f'|{choice}|')}) THEN {quoted(label)} END"
                         for choice, label in labels.items())  # fmt: skip
        return f"{lead} || coalesce(nullif(concat_ws(', ', {held}), ''), 'none')"
    return f"{lead} || {column}"


def settling_sql(load: Caseload, rule: Rule, names: Columns) -> str:
    """The questions that one answer alone could settle it with, in the author's order."""
    asked = load.order(questions(rule))
    if not asked:
        return "NULL"
    named = {question: _given_that(quoted(question), [settles(rule, question, names)]) for question in asked}
    said = [f"CASE WHEN {names(question)} IS NULL THEN {name} END" for question, name in named.items()]
    return f"nullif(concat_ws('; ', {', '.join(said)}), '')"
