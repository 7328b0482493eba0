"""Who imports whom in cst, read from the source: what the picture of the rooms and the test of their walls share."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tests.support import ROOT

CST = ROOT / "cst"
# From the top down; rooms on one floor do not import one another.
FLOORS = (
    ("__main__",),
    ("cli",),
    ("changes",),
    ("walk", "checks", "screening", "verify", "exchange"),
    ("handbook",),
    ("views",),
    ("engine",),
    ("source",),
    ("toolkit",),
    ("rules", "hours"),
    ("streams", "lean_typing", "card", "exits", "contract", "plain_file", "london", ""),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


class Import(NamedTuple):
    """One module that another imports, and whether for types alone."""

    by: str
    of: str
    typing: bool


def name_of(file: Path) -> str:
    """`cst.views.page` for `cst/views/page.py`, and `cst.views` for its `__init__`."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(file): file for file in sorted(CST.rglob("*.py"))}


def imports_in(by: str, source: str) -> Iterator[Import]:
    """Every import in a module's source, functions included; `from cst.views import page` is of the module page."""
    tree = ast.parse(source)
    blocks = (node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    typing = {id(node) for block in blocks for child in block.body for node in ast.walk(child)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(by, one.name, id(node) in typing) for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{by} imports by dots"
            for one in node.names:
                module = f"{node.module}.{one.name}"
                yield Import(by, module if module in FILES else str(node.module), id(node) in typing)


@lru_cache
def imports() -> list[Import]:
    """Every import of every module."""
    return [one for by, file in FILES.items() for one in imports_in(by, file.read_text("utf-8"))]


def room(module: str) -> str:
    """The first part of a module's name below `cst`."""
    return module.split(".")[1] if "." in module else ""


def climbs(one: Import) -> bool:
    """Whether an import leads up, or across to another room on the same floor."""
    here, there = room(one.by), room(one.of)
    return FLOOR[there] < FLOOR[here] or (here != there and there in FLOORS[FLOOR[here]] and here not in FLOORS[-1])
