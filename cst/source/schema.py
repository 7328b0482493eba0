"""Checks one file against the declared shapes, and publishes them for editors.

The shapes are in `records.py`; pydantic does the checking. Its words are for programmers, so every kind of error is
said again here in plain English, with what to do.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from pydantic import TypeAdapter, ValidationError

from cst.source.faults import Fault
from cst.source.field_types import Reference
from cst.source.records import ToolkitFile
from cst.source.yaml import MOST_FAULTS, Mapping, line_of

Path = tuple[str | int, ...]
_TOGETHER = 50
_file: TypeAdapter[Any] = TypeAdapter(ToolkitFile)


def check(tree: Mapping, file: str) -> tuple[dict[str, Any], list[Fault]]:
    """Checks a file as read by `yaml.read`.

    Args:
        tree: what the file holds, every scalar as text.
        file: its name, for faults.

    Returns:
        The records with their types, references still marked (empty where the file has faults), and the faults.
    """
    made: dict[str, Any] = {}
    faults = list(islice(_checked(tree, file, made), MOST_FAULTS))
    return ({} if faults else made), faults


def _checked(tree: Mapping, file: str, made: dict[str, Any]) -> Iterator[Fault]:
    """Checks a few records at a time, so that a file full of faults costs no more than one with a few."""
    for kind, value in tree.items():
        for start in range(0, len(value) or 1, _TOGETHER) if isinstance(value, dict | list) else (0,):
            try:
                checked = _file.validate_python({kind: _part(value, start)})[kind]
            except ValidationError as error:
                found = (one for one in error.errors(include_url=False) if not _other_branch(one))
                yield from (_fault(one, tree, file, start) for one in found)
                continue
            if kind not in made:
                made[kind] = checked
            elif isinstance(checked, list):
                made[kind].extend(checked)
            else:
                made[kind].update(checked)


def _part(value: Any, start: int) -> Any:
    """Some of the records of a kind, from the one at `start`; what is no set of records is whole."""
    if isinstance(value, list):
        return value[start : start + _TOGETHER]
    return dict(islice(value.items(), start, start + _TOGETHER)) if isinstance(value, dict) else value


def _other_branch(found: Any) -> bool:
    """Whether an error is about the other form of a field that has two: a word, or a list of rows."""
    branch = next((str(part) for part in found["loc"] if "[" in str(part) and part != "[key]"), "")
    written = found["input"]
    return (branch.startswith("literal[") and isinstance(written, list)) or (
        branch.startswith("list[") and found["type"] == "list_type" and isinstance(written, str)
    )


def _fault(found: Any, tree: Mapping, file: str, start: int) -> Fault:
    path: Path = tuple(part for part in found["loc"] if "[" not in str(part))
    if len(path) > 1 and isinstance(path[1], int):
        path = (path[0], path[1] + start, *path[2:])  # an item of a list that is checked in parts
    says, remedy = _words(found, path)
    return Fault(str(found["type"]).replace("_", "-"), file, line_of(tree, path), f"{_place(path)}: {says}", remedy)


def _place(path: Path) -> str:
    return " > ".join(str(part) for part in path)


def _words(found: Any, path: Path) -> tuple[str, str]:
    """What is wrong and what to do, for each kind of error that the shapes can give."""
    last = str(path[-1]) if path else ""
    match found["type"]:
        case "missing":
            return f"{last} is missing", f"add {last}: with its value"
        case "extra_forbidden":
            return f"{last} is not a field here", f"remove it{_nearest(last, path)}"
        case "literal_error":
            return f"{str(found['input'])[:60]} is not allowed here", f"use {found['ctx']['expected']}"
        case "dict_type" | "typed_dict_type" | "model_type":
            return "named fields belong here", "write one field a line, as name: value"
        case "list_type":
            return "a list belongs here", "write it in brackets, as [one, two], or each item on a line after a hyphen"
        case "string_type":
            return "text belongs here", "write it on one line, in quotes if it has a colon"
        case _:
            return str(found["msg"]), str(found.get("ctx", {}).get("remedy", "mend the value"))


def _nearest(name: str, path: Path) -> str:
    known = [one for one in (_fields() if path[1:] else _sections()) if one != name]  # it may belong elsewhere
    near = difflib.get_close_matches(name, known, 1)
    return f", or did you mean {near[0]}?" if near else ""


@cache
def _fields() -> list[str]:
    return [field for shape in _file.json_schema()["$defs"].values() for field in shape.get("properties", {})]


def _sections() -> list[str]:
    return list(ToolkitFile.__annotations__)


def published() -> str:
    """The shapes as JSON Schema, for editors and other programs."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cst toolkit, area pack or overlay",
        **_file.json_schema(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def references(value: Any, path: Path = ()) -> Iterator[tuple[Path, Reference]]:
    """Every id in checked records that names another record, with its place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(key, Reference):
                yield (*path, key), key
            yield from references(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from references(inner, (*path, number))
    elif isinstance(value, Reference):
        yield path, value


def plain(value: Any) -> Any:
    """The same records with nothing but dicts, lists, text, numbers and booleans."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value
