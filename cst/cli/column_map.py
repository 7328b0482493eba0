"""The user's mapping for `cst screen`: how the columns of a file, and what is written in them, answer questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cst.cli.errors import Trouble, cannot_read, describe_faults
from cst.exits import Exit
from cst.plain_file import read_plain
from cst.source import yaml

PARTS = ("columns", "values", "dates")
FORM = (
    "Under columns: write column: question. Under values: write question: {written: answer}. Under dates: write "
    "column: day-first, or month-first."
)


class ColumnMap(NamedTuple):
    """What a mapping file says.

    Args:
        columns: a column's name or number to the question that it answers.
        values: by question, what is written to the answer that it stands for.
        dates: a column to what stands first in its dates, day or month.
        places: by question under `values`, the file and the line on which it stands.
    """

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    dates: Mapping[str, str]
    places: Mapping[str, tuple[str, int]]


NOTHING = ColumnMap({}, {}, {}, {})


def column_map(file: str | None) -> ColumnMap:
    """The mapping in a file; of nothing where there is no file.

    Raises:
        Trouble: it cannot be read, or is no mapping.
    """
    if file is None:
        return NOTHING
    try:
        data = read_plain(file, yaml.MOST_BYTES)
    except OSError as error:
        raise cannot_read(file, error) from None
    tree, faults = yaml.read(data, file, "columns:, and values: or dates: where they are needed")
    if faults:
        raise Trouble(Exit.BAD_INPUT, describe_faults(faults))
    parts = {name: tree.get(name, {}) for name in PARTS}
    if set(tree) - set(PARTS) or not all(isinstance(one, Mapping) for one in (*parts.values(), *_inner(parts))):
        says = "This is no mapping."
        raise Trouble(Exit.BAD_INPUT, [{"code": "mapping", "file": file, "line": 1, "says": says, "remedy": FORM}])
    values = {str(name): _texts(one) for name, one in parts["values"].items()}
    places = {name: (file, yaml.line_of(tree, ("values", name))) for name in values}
    return ColumnMap(_texts(parts["columns"]), values, _texts(parts["dates"]), places)


def _inner(parts: Mapping[str, object]) -> tuple[object, ...]:
    values = parts["values"]
    return tuple(values.values()) if isinstance(values, Mapping) else ()


def _texts(pairs: Mapping[object, object]) -> dict[str, str]:
    return {str(name): str(value) for name, value in pairs.items()}
