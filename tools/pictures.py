"""Pictures of real screens for the README: `python -m tools.pictures` draws docs/pictures/*.svg anew.

A command is run on a terminal of 80 by 24, its colours are read back with Rich, and each run of one style becomes a
piece of text in the picture: the one screen that a worker sees. No font and no address of another place is in it.
"""

from __future__ import annotations

from textwrap import wrap
from xml.sax.saxutils import escape

from rich.color import Color
from rich.style import Style
from rich.text import Text

from tests.support import ROOT
from tests.support.command import Terminal

FOLDER = ROOT / "docs" / "pictures"
COLUMNS, ROWS, ROW, ADVANCE, MARGIN = 80, 24, 19, 8.43, 14
# As somebody has it who has set nothing up.
UNSET = dict.fromkeys(("NO_COLOR", "CST_AREA", "CST_PLAIN", "CST_ACCESSIBLE", "ACCESSIBLE", "CST_TOOLKIT"), "")
GROUND, INK = "#ffffff", "#1f2328"
LINE = "#d0d7de"
COLOURS = {
    0: INK,
    1: "#c62828",
    2: "#2e7d32",
    3: "#f2c037",
    4: "#1565c0",
    5: "#6a1b9a",
    6: "#4dd0e1",
    7: LINE,
    15: GROUND,
}
RUNS = {
    "plan": (
        ("triage", "child-abuse", "--no-input", "-a", "immediate-danger=no", "-a", "child-affected=yes"),
        ("--area", "hampshire", "--at", "2026-11-27T16:45"),
    ),
    "lookup": (("lookup", "marac"), ("--area", "gosport", "--at", "2026-11-28T02:00")),
}


def picture(name: str) -> str:
    """One screen as SVG: the command, and what it prints on a terminal with colours."""
    command, rest = RUNS[name]
    arguments = (*command, *rest)
    terminal = Terminal(*arguments, columns=COLUMNS, rows=ROWS, COLUMNS=str(COLUMNS), LINES=str(ROWS), **UNSET)
    terminal.end()
    shown = terminal.raw.replace("\r\n", "\n").splitlines()
    typed = wrap(f"$ cst {' '.join(arguments)}", COLUMNS - 2, subsequent_indent="  ", break_on_hyphens=False)
    typed = [f"{line} \\" for line in typed[:-1]] + typed[-1:]
    lines = [*map(Text, typed), *map(Text.from_ansi, shown)]
    width, height = round(COLUMNS * ADVANCE) + 2 * MARGIN, ROW * (len(lines) + 1) + MARGIN
    start = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">'
    title = f"<title>cst {escape(' '.join(arguments))}</title>"
    ground = f'<rect width="100%" height="100%" rx="8" fill="{GROUND}" stroke="{LINE}"/>'
    style = "font-family:ui-monospace,monospace;font-size:14px;white-space:pre"
    drawn = [piece for place, line in enumerate(lines) for piece in _line(line, MARGIN + ROW * (place + 1))]
    return "\n".join([start, title, ground, f'<g style="{style}">', *drawn, "</g>", "</svg>"]) + "\n"


def _line(line: Text, y: int) -> list[str]:
    """The pieces of one line, each where its first column stands."""
    pieces: list[str] = []
    column = 0
    for run in line.divide(sorted({edge for span in line.spans for edge in (span.start, span.end)})):
        words, style = run.plain, run.spans[-1].style if run.spans else Style()
        lead = 0 if isinstance(style, Style) and style.bgcolor else len(words) - len(words.lstrip())
        if words.strip() and isinstance(style, Style):
            pieces += _piece(words[lead:], style, MARGIN + (column + lead) * ADVANCE, y)
        column += len(words)
    return pieces


def _piece(words: str, style: Style, x: float, y: int) -> list[str]:
    fill, ground = _colour(style.color) or INK, _colour(style.bgcolor)
    weight = ' font-weight="bold"' if style.bold else ""
    length = f' textLength="{len(words) * ADVANCE:.1f}" lengthAdjust="spacingAndGlyphs"'
    box = f'<rect x="{x:.1f}" y="{y - 14}" width="{len(words) * ADVANCE:.1f}" height="{ROW}" fill="{ground}"/>'
    behind = [box] if ground else []
    return [*behind, f'<text x="{x:.1f}" y="{y}" fill="{fill}"{weight}{length}>{escape(words)}</text>']


def _colour(colour: Color | None) -> str | None:
    return COLOURS.get(colour.number) if colour and colour.number is not None else None


def main() -> None:
    """Draws every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in RUNS:
        (FOLDER / f"{name}.svg").write_text(picture(name), encoding="utf-8")
        print(f"drew docs/pictures/{name}.svg")


if __name__ == "__main__":
    main()
