"""The readings of `cells` as SQL: for each answer a nullable value, whether it is "not sure", and whether it is bad."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cst.screening.cells import BLANKS, BRITISH, ISO, NUMBER, SEPARATOR, Cell, Reading, normal
from cst.screening.rule_sql import quoted

if TYPE_CHECKING:
    from cst.rules import Value

# How a yes-no cell is coded on the way: small whole numbers are quick to make and to test.
BAD_DAY, UNSURE_DAY = "DATE '0001-01-01'", "DATE '0001-01-02'"
CODES = {"no": 0, "yes": 1, "blank": 2, "unsure": 3, "bad": 4}


class CellSql(NamedTuple):
    """What one column needs. `first` is worked out once a cell, then `second`; `value` and the others use both."""

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
            f"CASE {name} WHEN 0 THEN FALSE WHEN 1 THEN TRUE END",
            f"{name} = 3",
            f"{name} = 4",
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
    reading = reading._replace(words={**reading.words, **{normal(text): reading.read(text) for text in seen}})
    nothing, unsure = (_among(name, reading, state) for state in ("blank", "unsure"))
    value = f"CASE WHEN {name} IS NOT NULL AND NOT {nothing} AND NOT {unsure} THEN {_word(reading, name, raw)} END"
    bad = f"({name} IS NOT NULL AND ({value}) IS NULL AND NOT {nothing} AND NOT {unsure})"
    return CellSql(_normal(raw), value, f"coalesce({unsure}, FALSE)", bad)


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


def code(cell: Cell) -> int:
    """The code of a yes-no cell."""
    return CODES["yes" if cell.value else "no"] if cell.state == "known" else CODES[cell.state]


def _yes_no(reading: Reading, raw: str, seen: Iterable[str]) -> str:
    """The spellings seen first, as they stand; only what is none of them is trimmed and looked up."""
    quick = [f"WHEN {raw} = {quoted(text)} THEN {code(reading.read(text))}" for text in seen if text]
    words = f"[{', '.join(map(quoted, reading.words))}]"
    codes = f"[{', '.join(str(code(cell)) for cell in reading.words.values())}]"
    slow = f"coalesce({codes}[list_position({words}, {_normal(raw)})], 4)"
    cases = " ".join([*quick, f"WHEN {raw} IS NULL OR {raw} = '' THEN 2"])
    return f"(CASE {cases} ELSE {slow} END)::UTINYINT"


def _word(reading: Reading, name: str, raw: str) -> str:
    """The value of a choice, of several, or of a date; NULL where it cannot be read."""
    words = {word: cell for word, cell in reading.words.items() if cell.state == "known"}
    known = _cases(reading._replace(words=words), name, "", "")
    match reading.kind:
        case "pick-many":
            choice = f"({'|'.join(reading.choices)})"
            listed = quoted(f"{choice}({SEPARATOR}{choice})*")
            bars = f"'|' || regexp_replace({name}, {quoted(SEPARATOR)}, '|', 'g') || '|'"
            return f"CASE {known} WHEN regexp_full_match({name}, {listed}) THEN {bars} END"
        case "date":
            return f"CASE {known} ELSE trim({raw}, {_text(BLANKS)}) END" if known else f"trim({raw}, {_text(BLANKS)})"
        case _:
            return f"CASE {known} END"


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
