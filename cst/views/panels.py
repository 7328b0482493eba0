"""A page as panels on a terminal, drawn with Rich.

Data goes in as `Text`, never as markup, and through `clean` first. Only the 16 terminal colours are used, so that
the user's own light or dark theme holds; colour never says what a word does not say too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from cst.views.clean import clean
from cst.views.page import Block, Gap, Item, Never, Page, Reach, Ring, Small, Step, Words, headed

Drawn = Text | Padding | Table

COLOURS = {"now": "bold red", "today": "bold yellow", "soon": "bold cyan", "routine": "bold green"}
FRAMES = {"now": "red", "today": "yellow", "soon": "cyan", "routine": "green"}


def panels(page: Page, width: int, *, colour: bool, ascii_only: bool) -> str:
    """The page as text for a terminal.

    Args:
        page: what to draw.
        width: the columns there are.
        colour: whether to use colours.
        ascii_only: whether the terminal shows nothing but ASCII.
    """
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=True,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for block in page:
        drawn = list(_drawn(block, ascii_only))
        if not drawn and not block.heading:
            continue
        if block.heading:
            frame = box.ASCII if ascii_only else box.ROUNDED
            title = Text(f" {clean(headed(block))} ", COLOURS.get(block.urgency, "bold"), overflow="fold")
            console.print(title)
            console.print(Panel(Group(*drawn), box=frame, border_style=FRAMES.get(block.urgency, ""), padding=(0, 1)))
        else:
            console.print(Group(*drawn))
            console.print()
    text = out.getvalue()
    return text.encode("ascii", "replace").decode() if ascii_only else text


def _drawn(block: Block, ascii_only: bool) -> Iterator[Drawn]:
    for item in block.items:
        yield from _item(item, ascii_only)


def _text(text: str, style: str = "") -> Text:
    return Text(clean(text), style, overflow="fold")


def _hanging(lead: str, text: Text, style: str = "") -> Table:
    """Text after a lead such as a step's number: lines after the first stand under its words."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(lead, style), text)
    return grid


def _item(item: Item, ascii_only: bool) -> Iterator[Drawn]:
    dash, cross = ("-", "X") if ascii_only else ("\u2014", "\u2717")
    match item:
        case Ring(number, name, hours, True, notes):
            yield Text("")
            yield Text.assemble("  ", (unbroken(clean(number)), "bold reverse"))
            yield Padding(_text(f"{name} {dash} {hours}", "bold"), (0, 0, 0, 2))
            yield from (Padding(_text(note), (0, 0, 0, 2)) for note in notes)
            yield Text("")
        case Ring(number, name, hours, _, notes):
            said = Text.assemble((unbroken(clean(number)), "bold"), f" {clean(name)} {dash} {clean(hours)}")
            yield _hanging("then", _with_notes(said, notes))
        case Reach(name, how, notes):
            yield _hanging("then", _with_notes(Text.assemble((clean(name), "bold"), f": {clean(how)}"), notes))
        case Step(place, text, within):
            yield _hanging(f"{place:>2}", _text(f"{text}{f' ({within})' if within else ''}"), "bold")
        case Never(text):
            yield _hanging(f" {cross}", _text(text), "bold red")
        case Words(text, label, strong):
            lead = (f"{clean(label)}: ", "bold") if label else ""
            yield Text.assemble(lead, (clean(text), "bold" if strong else ""), overflow="fold")
        case Small(text, label):
            yield _text(f"{label}: {text}" if label else text, "italic")
        case Gap():
            yield Text("")


def _with_notes(said: Text, notes: tuple[str, ...]) -> Text:
    return Text("\n").join([said, *(_text(note, "italic") for note in notes)])


def unbroken(number: str) -> str:
    """A number whose groups are never parted at the end of a line."""
    return number.replace(" ", "\u00a0")
