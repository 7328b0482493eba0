"""Who imports whom in cst, read from the source: what the picture of the rooms and the test of their walls share."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.support import ROOT

CODE = ROOT / "cst"
# From the top down: imports run this way and never back. What stands in one row may not import each other.
ROWS = (
    ("cli",),
    ("walk", "checks", "screening"),
    ("views",),
    ("engine",),
    ("source",),
    ("toolkit",),
    ("rules", "hours"),
)
EVERYWHERE = ("card", "exits", "contract", "lean_typing", "cst")  # small, below all, and imported by any room


class Import(NamedTuple):
    """One import: by which module, of which, and whether it is there for types alone."""

    by: str
    of: str
    types_only: bool


@cache
def modules() -> dict[str, Path]:
    """The modules of cst by name."""
    return {_name(path): path for path in sorted(CODE.rglob("*.py"))}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module: str) -> str:
    """The room a module is in: its folder right under cst, or itself where it has none."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "cst"


@cache
def imports() -> tuple[Import, ...]:
    """Every import of one module of cst by another, also those inside functions."""
    return tuple(found for name, path in modules().items() for found in _of(name, path))


def _of(name: str, path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        types_only = any(node in ast.walk(block) for block in _type_blocks(tree))
        for of in _imported(node):
            if of in modules() and of != name:
                yield Import(name, of, types_only)


@cache
def _type_blocks(tree: ast.Module) -> tuple[ast.If, ...]:
    """The `if TYPE_CHECKING:` blocks."""
    return tuple(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    )


def _imported(node: ast.AST) -> Iterator[str]:
    """The modules that a statement imports: the package where a name in it is no module."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            whole = f"{node.module}.{alias.name}"
            yield whole if whole in modules() else node.module


def foreign(module: str) -> set[str]:
    """The top-level packages that a module imports, whether ours or not."""
    tree = ast.parse(modules()[module].read_text("utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found
