"""Who knows whom in `cst/walk`: prompts know the protocol and not the walk, and nobody there knows the command line."""

from __future__ import annotations

import ast

import pytest

from tests.support import ROOT

WALK = ROOT / "cst" / "walk"
ORDER = (
    *("asker", "console", "wording", "menu_lines", "keys", "narrowing", "terminal_screen", "pager", "numbered_lines"),
    "menus",
    *("area_prompt", "asking", "walk", "plan_walk", "verdict_walk", "session"),
)


def _imported(module: str) -> set[str]:
    """What a module of the walk imports, anywhere in it, also for the type checker alone."""
    nodes = list(ast.walk(ast.parse((WALK / f"{module}.py").read_text(encoding="utf-8"))))
    whole = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    parts = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    return whole | {f"{node.module}.{name.name}" for node in parts for name in node.names}


def test_every_module_of_the_walk_has_its_place() -> None:
    """A new one has to be put in the order."""
    assert set(ORDER) == {file.stem for file in WALK.glob("*.py")} - {"__init__"}


@pytest.mark.parametrize("module", ORDER)
def test_a_module_knows_only_those_before_it_and_no_command(module: str) -> None:
    """So there is no circle, and menus can be changed without a thought of what is asked."""
    imported = _imported(module)
    known = {name.split(".")[2] for name in imported if name.startswith("cst.walk.")}

    assert known <= set(ORDER[: ORDER.index(module)])
    assert not [name for name in imported if name.startswith("cst.cli")]
