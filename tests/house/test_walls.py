"""The rooms of `cst/` and the walls between them: who may import what, said once, in place of a rule in each docstring.

Every import counts, at the top of a module, in a function or for types alone. A room imports itself and what stands
below it; what all may import stands below everything. Every room may name one thing more to the type checker, and
never import it as the program runs: the shapes of records, each declared once. The libraries that take long to load
have one room each, so that a look-up, which goes through none of them, starts quickly.
"""

from __future__ import annotations

import ast

import pytest

from tools.imports import FILES, FLOOR, Import, climbs, imports, imports_in, room
from tools.rooms import PICTURE, drawn

ROOM_OF = {  # what each library may be imported by
    "yaml": "cst.source.",
    "pydantic": "cst.source.",
    "rich": ("cst.views.formats.panels.", "cst.views.formats.framed."),
    "questionary": "cst.walk.",
    "prompt_toolkit": "cst.walk.",
    "typer": "cst.cli.",
    "click": "cst.cli.",
    "duckdb": "cst.screening.",
    "sqlglot": "cst.screening.",
    "jinja2": "cst.handbook.",
    "markupsafe": "cst.handbook.",
}

SHAPES = "cst.source.records"


def breaks(one: Import) -> bool:
    """Whether an import goes through a wall: up or across, but for the shapes of records for types alone."""
    return climbs(one) and not (one.typing and one.of == SHAPES)


def in_circles(arrows: dict[str, set[str]]) -> set[tuple[str, ...]]:
    """The groups of modules each of which leads to all the others of its group."""
    reach = {module: _reached(arrows, module) for module in arrows}
    return {
        tuple(sorted(other for other in there if module in reach.get(other, set())))
        for module, there in reach.items()
        if module in there
    }


def _reached(arrows: dict[str, set[str]], module: str) -> set[str]:
    found: set[str] = set()
    waiting = [module]
    while waiting:
        new = arrows.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def test_every_module_stands_in_a_room() -> None:
    """A new folder or module right under `cst` gets its floor here first."""
    assert set() == {room(module) for module in FILES} - set(FLOOR)


def test_each_library_is_imported_by_its_room_alone() -> None:
    """PyYAML and pydantic by the source, Rich by the panels, questionary by the walk, and so on."""
    wrong = {
        (one.by, one.of)
        for one in imports()
        if (owners := ROOM_OF.get(one.of.partition(".")[0])) and not f"{one.by}.".startswith(owners)
    }

    assert not wrong


def test_rooms_import_only_what_stands_below_them() -> None:
    """No arrow upwards of any kind, and none across a floor; the shapes of records are named for types."""
    wrong = {(one.by, one.of) for one in imports() if one.of.partition(".")[0] == "cst" and breaks(one)}

    assert not wrong


def test_no_module_imports_itself_by_way_of_others() -> None:
    """No circle among the imports that are made as the program runs."""
    arrows: dict[str, set[str]] = {module: set() for module in FILES}
    for one in imports():
        if one.of in FILES and not one.typing:
            arrows[one.by].add(one.of)

    assert not in_circles(arrows)


def test_the_picture_of_the_rooms_is_current() -> None:
    """`python -m tools.rooms` draws it anew from the imports."""
    assert drawn() == PICTURE.read_text("utf-8")


@pytest.mark.parametrize("package", [module for module, file in FILES.items() if file.name == "__init__.py"])
def test_each_room_says_in_one_sentence_what_lives_there(package: str) -> None:
    """And what may not: a stranger reads it before looking in."""
    says = ast.get_docstring(ast.parse(FILES[package].read_text("utf-8"))) or ""

    assert says.endswith(".")
    assert len(says) > 30
    assert 1 == len(says.replace("\n", " ").split(". ")), says


def test_the_walls_would_be_seen_to_break() -> None:
    """Each kind of import is read: in a function, for types, of a module of a package; and a circle is found."""
    source = "from cst.views import page\nif TYPE_CHECKING:\n    import rich.text\ndef f():\n    import cst.cli.app\n"
    found = set(imports_in("cst.engine.plan", source))

    assert {
        Import("cst.engine.plan", "cst.views.page", typing=False),
        Import("cst.engine.plan", "rich.text", typing=True),
        Import("cst.engine.plan", "cst.cli.app", typing=False),
    } == found
    assert breaks(Import("cst.card", "cst.rules", typing=True))
    assert not breaks(Import("cst.card", "cst.exits", typing=False))
    assert not breaks(Import("cst.toolkit.toolkit", SHAPES, typing=True))
    assert breaks(Import("cst.toolkit.toolkit", SHAPES, typing=False))
    assert breaks(Import("cst.toolkit.toolkit", "cst.source.load", typing=True))
    assert ["cst.cli.app", "cst.views.page"] == sorted(one.of for one in found if one.of[:3] == "cst" and breaks(one))
    assert {("a", "b")} == in_circles({"a": {"b"}, "b": {"a", "c"}, "c": set()})
