"""Draws the rooms of cst and what each imports, from the imports themselves: `python -m tools.rooms`.

Writes `docs/pictures/rooms.svg`. Rows stand in the order of `imports.FLOORS`. An import that runs upwards, or between
two rooms of a row, cannot be drawn and is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from html import escape
from textwrap import wrap

from tests.support import ROOT
from tools.imports import FILES, FLOORS, climbs, imports, room

ROWS = FLOORS[1:-1]  # without the way in, and what all may import
PICTURE = ROOT / "docs" / "pictures" / "rooms.svg"
WIDTH, GAP, MARGIN, BETWEEN = 920, 30, 20, 14
HEAD, LINE = 30, 15  # of a box: above its lines, and each of them
LETTER = 6.2  # the width of a letter, about
ARROW = 'fill="none" stroke="#445566" stroke-width="2"'
FONT = 'font-family="sans-serif" font-size'


class Upwards(Exception):
    """An import that does not run down."""


def drawn() -> str:
    """The whole picture."""
    body: list[str] = []
    top = MARGIN
    for row in ROWS:
        if body:
            body.append(f'<path d="M{WIDTH // 2} {top - GAP + 4} v{GAP - 14} m-6 -2 l6 8 l6 -8" {ARROW}/>')
        width = (WIDTH - 2 * MARGIN - (len(row) - 1) * BETWEEN) // len(row)
        lines = {name: list(_lines(name, int((width - 20) / LETTER))) for name in row}
        high = HEAD + LINE * max(map(len, lines.values())) + 4
        for number, name in enumerate(row):
            body += _box(name, lines[name], (MARGIN + number * (width + BETWEEN), top, width, high))
        top += high + GAP
    small = ", ".join(sorted(filter(None, FLOORS[-1])))
    foot = _text(MARGIN, top - 4, 12, "#555555", f"Any room may import {small}: small, and below all.")
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + 10}" role="img">',
            "<title>The rooms of cst: imports run from the top down and never back</title>",
            f'<rect width="{WIDTH}" height="{top + 10}" fill="#ffffff"/>',
            *body,
            foot,
            "</svg>\n",
        )
    )


def imported() -> dict[str, list[str]]:
    """The rooms that each room imports as the program runs, from the top down.

    Raises:
        Upwards: one runs upwards, or across.
    """
    places = {name: place for place, row in enumerate(ROWS) for name in row}
    found: dict[str, set[str]] = {name: set() for name in places}
    for one in imports():
        by, of = room(one.by), room(one.of)
        if not one.of.startswith("cst") or one.typing or by == of or by not in places or of not in places:
            continue
        if climbs(one):
            raise Upwards(f"{one.by} imports {one.of}")
        found[by].add(of)
    return {by: sorted(of, key=lambda name: (places[name], name)) for by, of in found.items()}


def says(name: str) -> str:
    """What lives in a room, in the words of its own docstring."""
    path = FILES[f"cst.{name}"]
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n")[0]


def _lines(name: str, most: int) -> Iterator[tuple[str, str]]:
    """The lines of a box, each with its colour: what lives there, its modules, and what it imports."""
    held = [one.removeprefix(f"cst.{name}.") for one in FILES if one.startswith(f"cst.{name}.")]
    names = ", ".join(one for one in held if not any(other.startswith(f"{one}.") for other in held))
    below = ", ".join(imported()[name])
    for text, colour in (
        (says(name), "#223344"),
        (f"Modules: {names}" if names else "", "#556677"),
        (f"Imports: {below}" if below else "Imports no other room.", "#556677"),
    ):
        yield from ((line, colour) for line in wrap(text, most))


def _box(name: str, lines: list[tuple[str, str]], place: tuple[int, int, int, int]) -> Iterator[str]:
    left, top, width, high = place
    yield f'<rect x="{left}" y="{top}" width="{width}" height="{high}" rx="7" fill="#f2f5f8" stroke="#445566"/>'
    yield _text(left + 12, top + 22, 16, "#112233", name, bold=True)
    for number, (line, colour) in enumerate(lines):
        yield _text(left + 12, top + HEAD + 10 + LINE * number, 12, colour, line)


def _text(left: int, top: int, size: int, colour: str, words: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{left}" y="{top}" {FONT}="{size}"{weight} fill="{colour}">{escape(words)}</text>'


if __name__ == "__main__":
    PICTURE.write_text(drawn(), "utf-8")
    print(f"wrote {PICTURE.relative_to(ROOT)}")
