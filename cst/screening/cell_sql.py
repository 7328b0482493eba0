"""How one cell is read, as SQL: an answer, nothing, not sure, or what a person has to look at. Never a guess.

A reading says which spellings of a column mean what; `cell_sql` writes it for DuckDB. Nothing else reads cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from cst.engine import answer_words
from cst.engine.answers import one
from cst.screening.rule_sql import quoted
from cst.toolkit.places import place_called
from cst.toolkit.toolkit import Toolkit

if TYPE_CHECKING:
    from cst.rules import Value
    from cst.source import records

BLANKS = " \n\xa0"  # what is cut off at both ends of a cell; a tab or a carriage return does not belong in a cell
NUMBER = r"[0-9]{1,6}(\.0{1,6})?"  # spreadsheets and data frames write 82 as 82.0
SEPARATOR = r"[ ]*[,;|][ ]*"
# Dates. The time may only be midnight. Years of two digits are not read.
_MIDNIGHT = r"([ t]00:00(:00)?(\.0{1,6})?z?)?"
ISO = rf"[0-9]{{4}}[-/][0-9]{{2}}[-/][0-9]{{2}}{_MIDNIGHT}"
COMPACT = r"[12][0-9]{7}(\.0)?"  # 19400912: no day can begin a month of 19 or 20, so the year stands first
MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
NAMED = rf"([0-9]{{1,2}})[ -]({_MONTH})[ -]([0-9]{{4}}){_MIDNIGHT}"  # 12-Sep-1940, as the NHS writes it
SWAPPABLE = rf"([0-9]{{1,2}})[/.-]([0-9]{{1,2}})[/.-]([0-9]{{4}}){_MIDNIGHT}"  # day first or month first
DAY_FIRST, MONTH_FIRST, NOT_TOLD = "day-first", "month-first", ""

# What stands for a cell that is not sure, or that cannot be read, while a query is under way. Nobody now living was
# born on these days, and no answer has these letters (they are for private use); a date that did would go to a person.
BAD_DAY, UNSURE_DAY = "DATE '0001-01-01'", "DATE '0001-01-02'"
BAD_WORD, UNSURE_WORD = "'\ue001'", "'\ue000'"
NO, YES, BAD = 0, 1, 2  # small whole numbers are quick to make and to test; NULL is blank or not sure


class Cell(NamedTuple):
    """What a spelling says. `value` is there where it is an answer."""

    state: Literal["known", "blank", "unsure"]
    value: Value | None = None


BLANK, UNSURE = Cell("blank"), Cell("unsure")


class Reading(NamedTuple):
    """How the cells of one column are read.

    Args:
        question: the question that the column answers.
        kind: the question's type, or `birth` for a date of birth that gives an age.
        words: what is written, in small letters and without blanks around it, to what it says.
        least, most: the range of a number.
        choices: what a pick-many cell may list.
        at: the day on which an age is wanted.
        written: spellings of nothing, as they stand, capitals and all.
        order: of dates such as 06/12/1961: what stands first, or NOT_TOLD.
    """

    question: str
    kind: str
    words: Mapping[str, Cell]
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    at: date = date.min
    written: tuple[str, ...] = ()
    order: str = NOT_TOLD


def normal(raw: str) -> str:
    """A spelling without blanks around it, in small letters."""
    return raw.strip(BLANKS).lower()


def reading(
    toolkit: Toolkit, question: str, at: date, own: Mapping[str, str], *, birth: bool = False, order: str = NOT_TOLD
) -> Reading:
    """How cells that answer a question are read.

    Args:
        toolkit: what is known.
        question: its id.
        at: the day on which ages are wanted.
        own: spellings of the user's own, each with the answer that it stands for.
        birth: the cells are dates of birth.
        order: whether day or month stands first in them, where that is known.

    Raises:
        BadAnswer: a spelling stands for what is no answer.
    """
    record = toolkit.kind("questions")[question]
    kind = "birth" if birth else record["type"]
    words = dict.fromkeys(answer_words.BLANK_IN_FILES, BLANK)
    words |= dict.fromkeys(answer_words.NOT_SURE_IN_FILES, UNSURE)
    words |= _understood(toolkit, record, kind)
    for written, answer in own.items():
        value = None if answer == "blank" else one(toolkit, question, answer)
        words[normal(written)] = BLANK if answer == "blank" else UNSURE if value is None else Cell("known", value)
    limits = record.get("constraint", {"at_least": 0, "at_most": 0})
    choices = tuple(toolkit.choices(record)) if kind == "pick-many" else ()
    as_written = tuple(word for word in answer_words.BLANK_AS_WRITTEN if word.lower() not in map(normal, own))
    return Reading(question, kind, words, limits["at_least"], limits["at_most"], choices, at, as_written, order)


def _understood(toolkit: Toolkit, record: records.Question, kind: str) -> dict[str, Cell]:
    """The spellings that are understood without being told."""
    match kind:
        case "yes-no":
            return {word: Cell("known", True) for word in answer_words.YES_IN_FILES} | {
                word: Cell("known", False) for word in answer_words.NO_IN_FILES
            }
        case "choice":
            return _choices(toolkit, record)
        case "pick-many":
            return dict.fromkeys(("none", "none of these"), Cell("known", frozenset()))
        case _:
            return {}


def _choices(toolkit: Toolkit, record: records.Question) -> dict[str, Cell]:
    """A choice by its id or its label; an area also by every name that means one area and no other."""
    labels = toolkit.choices(record)
    words = {normal(label): Cell("known", choice) for choice, label in labels.items()}
    if record.get("choices_from") == "areas":
        called = [also for one in toolkit.kind("areas").values() for also in one.get("also_known_as", ())]
        words |= {normal(name): Cell("known", area) for name in called if (area := place_called(toolkit, name).area)}
    return words | {choice: Cell("known", choice) for choice in labels}


class CellSql(NamedTuple):
    """What one column needs. `first` is worked out once a cell, then `second`; `value` and the others use both.

    Where `bad` holds, `value` means nothing: the row goes to a person whatever else it says. `two_ways` holds where it
    is bad because it can be read in two ways.
    """

    first: str
    value: str
    unsure: str
    bad: str
    second: str = ""
    two_ways: str = ""


def cell_sql(reading: Reading, raw: str, name: str, seen: Mapping[str, str] = MappingProxyType({})) -> CellSql:
    """The SQL that reads one column.

    Args:
        reading: how its cells are read.
        raw: the column with the text.
        name: what to call what is worked out first.
        seen: spellings at the top of the file, with what this very SQL made of them: comparing with these is quick.
    """
    if reading.kind == "yes-no":
        return CellSql(
            _yes_no(reading, raw, seen),
            f"{name}::BOOLEAN",
            f"coalesce({_among(_normal(raw), reading, 'unsure')}, FALSE)",
            f"coalesce({name} = {BAD}, FALSE)",
        )
    if reading.kind == "birth":
        return _birth_sql(reading, raw, name)
    if reading.kind == "number":
        return CellSql(_number(reading, raw), f"CASE WHEN {name} >= 0 THEN {name} END",
                       f"coalesce({name} = -2, FALSE)", f"coalesce({name} = -1, FALSE)")  # fmt: skip
    return CellSql(
        _words(reading, raw, seen), f"nullif({name}, {UNSURE_WORD})", f"coalesce({name} = {UNSURE_WORD}, FALSE)",
        f"coalesce({name} = {BAD_WORD}, FALSE)",
    )  # fmt: skip


def _birth_sql(reading: Reading, raw: str, name: str) -> CellSql:
    """A day, and then the age. Where nobody has told what stands first, both orders have to give the same age."""
    years, other, at = f"y{name}", f"z{name}", f"DATE '{reading.at.isoformat()}'"
    fits = f"{years} BETWEEN {reading.least} AND {reading.most} AND {name} <= {at}"
    told = reading.order != NOT_TOLD
    two_ways = "" if told else f"coalesce({other} <> {years}, FALSE)"
    bad = f"coalesce({name} <> {UNSURE_DAY} AND NOT ({fits}), FALSE)"
    second = f"{_years(reading, name)} AS {years}"
    swapped = f"CASE WHEN {_swappable(raw, name)} THEN {_years(reading, name, swapped=True)} END AS {other}"
    return CellSql(
        _birth(reading, raw), f"CASE WHEN {fits} THEN {years} END", f"coalesce({name} = {UNSURE_DAY}, FALSE)",
        bad if told else f"({bad} OR {two_ways})", second if told else f"{second}, {swapped}", two_ways,
    )  # fmt: skip


def _swappable(raw: str, day: str) -> str:
    """Whether a day could be a month as well, in a date that gives both as numbers before the year."""
    return f"day({day}) <= 12 AND {day} > {UNSURE_DAY} AND regexp_full_match({_normal(raw)}, {quoted(SWAPPABLE)})"


def _normal(raw: str) -> str:
    return f"lower(trim({raw}, {_text(BLANKS)}))"


def _cases(reading: Reading, word: str, blank: str, unsure: str) -> str:
    """The words that are understood, as the branches of a CASE on a word."""
    said = {"blank": blank, "unsure": unsure}
    by_result: dict[str, list[str]] = {}
    for text, cell in reading.words.items():
        by_result.setdefault(said.get(cell.state) or literal(cell.value), []).append(quoted(text))
    return " ".join(f"WHEN {word} IN ({', '.join(texts)}) THEN {result}" for result, texts in by_result.items())


def _nothing(reading: Reading, raw: str) -> str:
    """The branch of a CASE for spellings of nothing that count as they stand."""
    words = ", ".join(map(quoted, reading.written))
    return f"WHEN trim({raw}, {_text(BLANKS)}) IN ({words}) THEN NULL" if words else ""


def _text(text: str) -> str:
    """A text with blanks that do not show, as SQL."""
    return " || ".join(f"chr({ord(one)})" for one in text)


def _among(name: str, reading: Reading, state: str) -> str:
    return f"{name} IN ({', '.join(quoted(word) for word, cell in reading.words.items() if cell.state == state)})"


def _yes_no(reading: Reading, raw: str, seen: Mapping[str, str]) -> str:
    """The spellings seen first, as they stand; only what is none of them is trimmed and looked up."""

    quick = [f"WHEN {raw} = {quoted(text)} THEN {code}" for text, code in seen.items()]
    words = f"[{', '.join(map(quoted, reading.words))}]"
    said = ("NULL" if cell.state != "known" else str(YES if cell.value else NO) for cell in reading.words.values())
    codes = f"[{', '.join(said)}]"
    place = f"list_position({words}, {_normal(raw)})"
    blank, known = f"WHEN {raw} IS NULL OR {raw} = '' THEN NULL", f"WHEN {place} > 0 THEN {codes}[{place}]"
    cases = " ".join([*quick, blank, known, _nothing(reading, raw)])
    return f"(CASE {cases} ELSE {BAD} END)::UTINYINT"


def _words(reading: Reading, raw: str, seen: Mapping[str, str]) -> str:
    """A choice or several, as rules compare with it; the spellings seen first, as they stand."""
    quick = " ".join(f"WHEN {raw} = {quoted(text)} THEN {said}" for text, said in seen.items())
    word = _normal(raw)
    known = _cases(reading, word, "NULL", UNSURE_WORD)
    if reading.kind == "pick-many":
        choice = f"({'|'.join(reading.choices)})"
        listed = quoted(f"{choice}({SEPARATOR}{choice})*")
        bars = f"'|' || regexp_replace({word}, {quoted(SEPARATOR)}, '|', 'g') || '|'"
        known += f" WHEN regexp_full_match({word}, {listed}) THEN {bars}"
    blank = f"WHEN {raw} IS NULL OR {raw} = '' THEN NULL {_nothing(reading, raw)}"
    return f"(CASE {quick} {blank} {known} ELSE {BAD_WORD} END)"


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
        f"CASE {_cases(reading, word, 'NULL', '-2')} {_nothing(reading, raw)} "
        f"WHEN regexp_full_match({word}, {quoted(NUMBER)}) THEN {ranged(lead)} ELSE -1 END"
    )
    return f"(CASE WHEN {raw} IS NULL OR {raw} = '' THEN NULL {quick}ELSE {slow} END)::INTEGER"


def _birth(reading: Reading, raw: str) -> str:
    """A day; NULL where blank, and days that nobody now living was born on where it cannot be read or is not sure."""
    word = _normal(raw)
    cells = {word: cell for word, cell in reading.words.items() if cell.state != "known"}
    cases = _cases(reading._replace(words=cells), word, "NULL", UNSURE_DAY)
    month_first = reading.order == MONTH_FIRST
    parts = "\\3-\\1-\\2" if month_first else "\\3-\\2-\\1"
    forms = {
        ISO: f"replace({word}[1:10], '/', '-')",
        SWAPPABLE: f"regexp_replace({word}, {quoted(f'^{SWAPPABLE}$')}, '{parts}')",
        COMPACT: f"{word}[1:4] || '-' || {word}[5:6] || '-' || {word}[7:8]",
        NAMED: _named(word),
    }
    read = " ".join(f"WHEN regexp_full_match({word}, {quoted(form)}) THEN {_day(day)}" for form, day in forms.items())
    first, then = ("[1:2]", "[4:5]") if month_first else ("[4:5]", "[1:2]")
    turned = f"{raw}[7:10] || '-' || {raw}{first} || '-' || {raw}{then}"
    return (
        f"CASE WHEN {raw} IS NULL OR {raw} = '' THEN NULL "
        f"WHEN strlen({raw}) = 10 AND {raw} LIKE '____-__-__' THEN {_day(raw)} "
        f"WHEN strlen({raw}) = 10 AND {raw} LIKE '__/__/____' THEN {_day(turned)} "
        f"ELSE CASE {cases} {_nothing(reading, raw)} {read} ELSE {BAD_DAY} END END"
    )


def _named(word: str) -> str:
    """A date with the month's name, as year, month and day."""
    year, month, day = (f"regexp_extract({word}, {quoted(NAMED)}, {group})" for group in (3, 2, 1))
    return f"{year} || '-' || (strpos('{MONTHS}', left({month}, 3)) + 2) // 3 || '-' || {day}"


def order_sql(raw: str) -> tuple[str, str, str]:
    """Three conditions on a date: that it can only have the day first, only the month first, or either."""
    found = [
        f"TRY_CAST(regexp_extract({_normal(raw)}, {quoted(f'^{SWAPPABLE}$')}, {one}) AS INTEGER)" for one in (1, 2)
    ]
    first, second = (
        f"(CASE WHEN strlen({raw}) = 10 AND {raw} LIKE '__/__/____' THEN TRY_CAST({raw}{part} AS INTEGER) "
        f"WHEN strlen({raw}) = 10 AND {raw} LIKE '____-__-__' THEN NULL ELSE {slow} END)"
        for part, slow in zip(("[1:2]", "[4:5]"), found, strict=True)
    )
    above, month = "BETWEEN 13 AND 31", "BETWEEN 1 AND 12"
    either = f"{first} {month} AND {second} {month} AND {first} <> {second}"
    return f"{first} {above} AND {second} {month}", f"{second} {above} AND {first} {month}", either


def _day(text: str) -> str:
    return f"coalesce(TRY_CAST({text} AS DATE), {BAD_DAY})"


def _years(reading: Reading, born: str, *, swapped: bool = False) -> str:
    """Whole years: a day as one number, year first, and the difference cut to years."""
    at = reading.at.year * 10000 + reading.at.month * 100 + reading.at.day
    month, day = ("day", "month") if swapped else ("month", "day")
    return f"(({at} - (year({born}) * 10000 + {month}({born}) * 100 + {day}({born}))) // 10000)"


def literal(value: Value | None) -> str:
    """A known value as SQL, in the form that rules compare with."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, frozenset):
        return quoted("|" + "".join(f"{choice}|" for choice in sorted(value)) if value else "||")
    return quoted(value) if isinstance(value, str) else str(value)


def spellings_sql(reading: Reading, raw: str, source: str, most: int = 8) -> str:
    """A query for the spellings that come most often in a source, each with the SQL of what it says.

    Blank ones and those that cannot be read are left out.
    """
    of_yes_no = reading.kind == "yes-no"
    code = "code::VARCHAR" if of_yes_no else "'''' || replace(code, '''', '''''') || ''''"
    return (
        f"SELECT raw, coalesce({code}, 'NULL') FROM (SELECT {raw} AS raw, {cell_sql(reading, raw, '').first} AS code "
        f"FROM {source}) WHERE raw <> '' AND code IS DISTINCT FROM {BAD if of_yes_no else BAD_WORD} "
        f"GROUP BY ALL ORDER BY count(*) DESC, raw LIMIT {most}"
    )
