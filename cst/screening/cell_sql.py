"""The readings of `cells` as SQL: for each answer a nullable value, whether it is "not sure", and whether it is bad."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cst.screening.cells import BLANKS, BRITISH, ISO, NUMBER, SEPARATOR, Cell, Reading
from cst.screening.rule_sql import quoted

if TYPE_CHECKING:
    from cst.rules import Value

# What stands for a cell that is not sure, or that cannot be read, while a query is under way. Nobody now living was
# born on these days, and no answer has these letters (they are for private use); a date that did would go to a person.
BAD_DAY, UNSURE_DAY = "DATE '0001-01-01'", "DATE '0001-01-02'"
BAD_WORD, UNSURE_WORD = "'\ue001'", "'\ue000'"
NO, YES, BAD = 0, 1, 2  # small whole numbers are quick to make and to test; NULL is blank or not sure


class CellSql(NamedTuple):
    """What one column needs. `first` is worked out once a cell, then `second`; `value` and the others use both.

    Where `bad` holds, `value` means nothing: the row goes to a person whatever else it says.
    """

    first: str
    value: str
    unsure: str
    bad: str
    second: str = ""


def cell_sql(reading: Reading, raw: str, name: str, seen: Iterable[str]) -> CellSql:
    """The SQL that reads one column.

    Args:
        reading: how its cells are read.
        raw: the column with the text.
        name: what to call what is worked out first.
        seen: spellings seen at the top of the file: comparing with these first is quick.
    """
    if reading.kind == "yes-no":
        return CellSql(
            _yes_no(reading, raw, seen),
            f"{name}::BOOLEAN",
            f"coalesce({_among(_normal(raw), reading, 'unsure')}, FALSE)",
            f"coalesce({name} = {BAD}, FALSE)",
        )
    if reading.kind == "birth":
        years, at = f"y{name}", f"DATE '{reading.at.isoformat()}'"
        fits = f"{years} BETWEEN {reading.least} AND {reading.most} AND {name} <= {at}"
        return CellSql(
            _birth(reading, raw), f"CASE WHEN {fits} THEN {years} END", f"coalesce({name} = {UNSURE_DAY}, FALSE)",
            f"coalesce({name} <> {UNSURE_DAY} AND NOT ({fits}), FALSE)", f"{_years(reading, name)} AS {years}",
        )  # fmt: skip
    if reading.kind == "number":
        return CellSql(_number(reading, raw), f"CASE WHEN {name} >= 0 THEN {name} END",
                       f"coalesce({name} = -2, FALSE)", f"coalesce({name} = -1, FALSE)")  # fmt: skip
    return CellSql(
        _words(reading, raw, seen), f"nullif({name}, {UNSURE_WORD})", f"coalesce({name} = {UNSURE_WORD}, FALSE)",
        f"coalesce({name} = {BAD_WORD}, FALSE)",
    )  # fmt: skip


def _normal(raw: str) -> str:
    return f"lower(trim({raw}, {_text(BLANKS)}))"


def _cases(reading: Reading, word: str, blank: str, unsure: str) -> str:
    """The words that are understood, as the branches of a CASE on a word."""
    said = {"blank": blank, "unsure": unsure}
    by_result: dict[str, list[str]] = {}
    for text, cell in reading.words.items():
        by_result.setdefault(said.get(cell.state) or literal(cell.value), []).append(quoted(text))
    return " ".join(f"WHEN {word} IN ({', '.join(texts)}) THEN {result}" for result, texts in by_result.items())


def _text(text: str) -> str:
    """A text with blanks that do not show, as SQL."""
    return " || ".join(f"chr({ord(one)})" for one in text)


def _among(name: str, reading: Reading, state: str) -> str:
    return f"{name} IN ({', '.join(quoted(word) for word, cell in reading.words.items() if cell.state == state)})"


def _yes_no(reading: Reading, raw: str, seen: Iterable[str]) -> str:
    """The spellings seen first, as they stand; only what is none of them is trimmed and looked up."""

    def code(cell: Cell) -> str:
        return "NULL" if cell.state != "known" else str(YES if cell.value else NO)

    quick = [f"WHEN {raw} = {quoted(text)} THEN {code(reading.read(text))}" for text in seen if text]
    words = f"[{', '.join(map(quoted, reading.words))}]"
    codes = f"[{', '.join(code(cell) for cell in reading.words.values())}]"
    place = f"list_position({words}, {_normal(raw)})"
    cases = " ".join([*quick, f"WHEN {raw} IS NULL OR {raw} = '' THEN NULL", f"WHEN {place} > 0 THEN {codes}[{place}]"])
    return f"(CASE {cases} ELSE {BAD} END)::UTINYINT"


def _words(reading: Reading, raw: str, seen: Iterable[str]) -> str:
    """A choice, several, or a date, as rules compare with it; the spellings seen first, as they stand."""

    def said(cell: Cell) -> str:
        return {"blank": "NULL", "unsure": UNSURE_WORD}.get(cell.state) or literal(cell.value)

    quick = " ".join(f"WHEN {raw} = {quoted(text)} THEN {said(reading.read(text))}" for text in seen if text)
    word, other = _normal(raw), BAD_WORD
    known = _cases(reading, word, "NULL", UNSURE_WORD)
    if reading.kind == "pick-many":
        choice = f"({'|'.join(reading.choices)})"
        listed = quoted(f"{choice}({SEPARATOR}{choice})*")
        bars = f"'|' || regexp_replace({word}, {quoted(SEPARATOR)}, '|', 'g') || '|'"
        known += f" WHEN regexp_full_match({word}, {listed}) THEN {bars}"
    elif reading.kind == "date":
        other = f"trim({raw}, {_text(BLANKS)})"
    return f"(CASE {quick} WHEN {raw} IS NULL OR {raw} = '' THEN NULL {known} ELSE {other} END)"


def _number(reading: Reading, raw: str) -> str:
    """A whole number; NULL where blank, -1 where it cannot be read, -2 where not sure."""

    def ranged(number: str) -> str:
        return f"CASE WHEN {number} BETWEEN {reading.least} AND {reading.most} THEN {number} ELSE -1 END"

    word = _normal(raw)
    digits = f"CAST({raw} AS INTEGER)"
    quick = "" if any(word.isdecimal() for word in reading.words) else (
        f"WHEN regexp_full_match({raw}, '[0-9]{{1,6}}') THEN {ranged(digits)} ")  # fmt: skip
    lead = f"CAST(regexp_extract({word}, '^[0-9]+') AS INTEGER)"
    slow = (
        f"CASE {_cases(reading, word, 'NULL', '-2')} "
        f"WHEN regexp_full_match({word}, {quoted(NUMBER)}) THEN {ranged(lead)} ELSE -1 END"
    )
    return f"(CASE WHEN {raw} IS NULL OR {raw} = '' THEN NULL {quick}ELSE {slow} END)::INTEGER"


def _birth(reading: Reading, raw: str) -> str:
    """A day; NULL where blank, and days that nobody now living was born on where it cannot be read or is not sure."""
    word = _normal(raw)
    years = {word: cell for word, cell in reading.words.items() if cell.state != "known"}
    cases = _cases(reading._replace(words=years), word, "NULL", UNSURE_DAY)
    british = f"regexp_replace({word}, {quoted(f'^{BRITISH}$')}, '\\3-\\2-\\1')"
    slow = (
        f"CASE {cases} WHEN regexp_full_match({word}, {quoted(ISO)}) THEN {_day(f'{word}[1:10]')} "
        f"WHEN regexp_full_match({word}, {quoted(BRITISH)}) THEN {_day(british)} ELSE {BAD_DAY} END"
    )
    turned = f"{raw}[7:10] || '-' || {raw}[4:5] || '-' || {raw}[1:2]"
    return (
        f"CASE WHEN {raw} IS NULL OR {raw} = '' THEN NULL "
        f"WHEN strlen({raw}) = 10 AND {raw} LIKE '____-__-__' THEN {_day(raw)} "
        f"WHEN strlen({raw}) = 10 AND {raw} LIKE '__/__/____' THEN {_day(turned)} ELSE {slow} END"
    )


def _day(text: str) -> str:
    return f"coalesce(TRY_CAST({text} AS DATE), {BAD_DAY})"


def _years(reading: Reading, born: str) -> str:
    """Whole years: a day as one number, year first, and the difference cut to years."""
    at = reading.at.year * 10000 + reading.at.month * 100 + reading.at.day
    return f"(({at} - (year({born}) * 10000 + month({born}) * 100 + day({born}))) // 10000)"


def literal(value: Value | None) -> str:
    """A known value as SQL, in the form that rules compare with."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, frozenset):
        return quoted("|" + "".join(f"{choice}|" for choice in sorted(value)) if value else "||")
    return quoted(value) if isinstance(value, str) else str(value)


def spellings(reading: Reading, sample: Sequence[str], most: int = 8) -> list[str]:
    """The spellings at the top of a file that can be read, the most frequent first."""
    counted: dict[str, int] = {}
    for cell in sample:
        counted[cell] = counted.get(cell, 0) + 1
    readable = [cell for cell in counted if reading.read(cell).state != "bad"]
    return sorted(readable, key=lambda cell: -counted[cell])[:most]
