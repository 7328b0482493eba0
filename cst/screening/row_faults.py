"""Why a row as a whole cannot be trusted, as SQL, though each of its cells can be read.

Two columns that contradict each other, and rows that count people in place of being one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cst.screening.columns import BIRTH
from cst.screening.rule_sql import quoted

if TYPE_CHECKING:
    from cst.screening.caseload import Caseload
    from cst.screening.cell_sql import CellSql
    from cst.screening.duckdb_query import Source

MOST_APART = 1  # years: an age that was written down before the last birthday is one year behind
LABELS_LOOKED_AT = 3  # columns at the left that answer nothing: there a sheet says that a row is its total
TOTAL = "this row seems to be a total, and no person"
_TOTAL = "[ ]*(grand |overall |sub[ -]?)?totals?[ :]*[0-9,]*[ ]*"


def row_fault(load: Caseload, source: Source, given: Mapping[str, Sequence[CellSql]]) -> str:
    """SQL that says what is wrong with a row, and is NULL where nothing is.

    Args:
        load: the screening.
        source: the rows, and what was found wrong with them as they were read.
        given: the cells that answer each question, a date of birth before an age.
    """
    contradictions = [_apart(question, *same) for question, same in given.items() if len(same) == 2]
    return f"coalesce({', '.join([source.fault or 'NULL', *_totals(load, source), *contradictions, 'NULL'])})"


def _apart(question: str, birth: CellSql, age: CellSql) -> str:
    says = f"{quoted(f'{question} is ')} || {age.value} || {quoted(f', and by {BIRTH} it is ')} || {birth.value}"
    return f"CASE WHEN abs(({birth.value}) - ({age.value})) > {MOST_APART} THEN {says} END"


def _totals(load: Caseload, source: Source) -> list[str]:
    answering = {column.place for column in load.columns.columns}
    labels = [f"c{place}" for place in range(source.width) if place not in answering][:LABELS_LOOKED_AT]
    found = " OR ".join(f"({one} ILIKE '%total%' AND regexp_full_match(lower({one}), '{_TOTAL}'))" for one in labels)
    return [f"CASE WHEN {found} THEN {quoted(TOTAL)} END"] if found else []
