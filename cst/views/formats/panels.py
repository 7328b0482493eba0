"""A page as panels on a terminal, drawn with Rich, which only this module and `framed.py` know.

Data goes in as `Text`, never as markup, and through the one gate first. Lines are broken here and not by Rich,
which may part a number. Only the 16 terminal colours are used: the urgency stands on a ground of its own, so that
it can be read on light and dark themes alike, and colour never says what a word does not say too.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from cst.views.formats.line_breaks import line_starts
from cst.views.formats.safe_text import one_line
from cst.views.page import (
    Bar,
    Block,
    Cited,
    Gap,
    Item,
    Listed,
    Never,
    NotKnown,
    Page,
    Past,
    Reach,
    Ring,
    Row,
    Small,
    Step,
    Together,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


TAGS = {
    "emergency": "bold bright_white on red",
    "now": "bold bright_white on red",
    "today": "bold black on yellow",
    "soon": "bold black on cyan",
    "routine": "bold black on green",
}
FRAMES = {"emergency": "red", "now": "red", "today": "yellow", "soon": "cyan", "routine": "green"}
HEADING = "bold default"  # without a colour of its own Rich gives it the frame's: yellow on white cannot be read
MARKS = {"emergency": "!!", "now": "!!", "today": "!"}  # an extra: the word says it
_TURNS = {"first": "", "then": "then", "closed": "when open", "alone": ""}
_ASCII = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "·": "-", "•": "-", "\xa0": " "}
)
FRAMED_FROM = 40  # columns; below this the sides of a frame cost more than they give
BESIDE_FROM = 32  # columns a name needs to stand beside its number, else it stands beneath


class Sheet(NamedTuple):
    """What is drawn on: columns between the margins, the column for names, and whether only ASCII can be shown."""

    width: int
    names: int
    ascii_only: bool

    def text(self, *runs: tuple[str, str]) -> Text:
        """One paragraph of texts, each with its style."""
        text = Text()
        for words, style in runs:
            shown = one_line(words)
            text.append(shown.translate(_ASCII) if self.ascii_only else shown, style)
        return text

    def hanging(self, lead: Text, *runs: tuple[str, str], indent: int | None = None) -> Iterator[Text]:
        """A paragraph after its lead, in lines; the later lines stand under its first word, or at `indent`."""
        indent = lead.cell_len if indent is None else indent
        text = self.text(*runs)
        starts = line_starts(text.plain, max(1, self.width - max(indent, lead.cell_len)), cell_len)
        first, *later = text.divide(starts) if starts else [text]
        first.rstrip()
        yield Text.assemble(lead, first)
        for line in later:
            line.rstrip()
            yield Text(" " * indent).append_text(line)

    def paragraph(self, *runs: tuple[str, str], indent: int = 0) -> Iterator[Text]:
        """A paragraph in lines."""
        return self.hanging(Text(" " * indent), *runs)


def console_on(out: io.StringIO, width: int, *, colour: bool) -> Console:
    """Rich's console for a text that a terminal will show: nothing in the data is markup to it.

    Args:
        out: what it writes to.
        width: the columns there are.
        colour: whether to use colours and bold; without, no escape codes at all.
    """
    return Console(
        file=out,
        width=width,
        force_terminal=True,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )


def panels(page: Page, width: int, colour: bool, ascii_only: bool) -> str:
    """The page as text for a terminal.

    Args:
        page: what to draw.
        width: the columns there are.
        colour: whether to use colours and bold; without, no escape codes at all.
        ascii_only: whether frames and signs must be ASCII.
    """
    out = io.StringIO()
    console = console_on(out, width, colour=colour)
    framed = True
    for number, block in enumerate(page):
        if not block.items and not block.heading:
            continue
        panel = bool(block.heading or block.word)
        if number and not (panel and framed):
            console.print()
        drawn = list(_block(block, Sheet(width, 0, ascii_only)))
        if drawn:  # texts at once: to print each line by itself takes longer
            console.print(*drawn, sep="\n", soft_wrap=isinstance(drawn[0], Text))
        framed = panel or not number
    return out.getvalue()


def _block(block: Block, sheet: Sheet) -> Iterator[RenderableType]:
    tag, heading = _heading(block, sheet)
    if not tag and not heading:
        yield from _body(block, sheet)
    elif sheet.width < FRAMED_FROM:
        yield from filter(None, (tag,))
        yield from sheet.paragraph((block.heading, HEADING))
        yield from _body(block, sheet)
    else:
        yield _panel(block, sheet, tag, heading)


def _heading(block: Block, sheet: Sheet) -> tuple[Text, Text]:
    """The urgency as a word with its mark, and the heading."""
    mark = f"{MARKS[block.urgency]} " if block.urgency in MARKS else ""
    tag = Text(f" {mark}{block.word} " if block.word else "", TAGS.get(block.urgency, ""))
    return tag, sheet.text((block.heading, HEADING))


def _panel(block: Block, sheet: Sheet, tag: Text, heading: Text) -> Panel:
    """A frame with the heading in its upper edge, or inside where the edge is too short."""
    inner = sheet._replace(width=sheet.width - 4)
    title = Text.assemble(tag, " " if tag and heading else "", heading)
    lines = list(_body(block, inner))
    if title.cell_len > inner.width - 4:
        lines = [*inner.paragraph((block.heading, HEADING)), *lines]
        title = tag
    for line in lines:
        line.no_wrap, line.overflow = True, "ignore"
    frame = box.ASCII if sheet.ascii_only else box.ROUNDED
    style = FRAMES.get(block.urgency, "")
    return Panel(
        Group(*lines), title=title or None, title_align="left", box=frame, border_style=style, width=sheet.width
    )


def _body(block: Block, sheet: Sheet) -> list[Text]:
    """The items in lines, with no two empty lines together and none at either end, but one above a large number."""
    each = [one for item in block.items for one in (item.items if isinstance(item, Together) else (item,))]
    leads = [cell_len(_lead(item)) for item in each if isinstance(item, Ring) and not item.large]
    ids = [min(cell_len(one_line(item.id)), 30) for item in block.items if isinstance(item, Row)]
    bars = [min(cell_len(one_line(item.label)), 30) for item in block.items if isinstance(item, Bar)]
    names = max(leads or ids or bars or [0]) + 2
    here = sheet._replace(names=names if sheet.width - names >= BESIDE_FROM else 0)
    lines: list[Text] = [Text()] if _starts_large(block) else []
    for item in block.items:
        for line in _item(item, here):
            if line.plain.strip() or (lines and lines[-1].plain.strip()):
                lines.append(line)
    while lines and not lines[-1].plain.strip():
        lines.pop()
    return lines


def _starts_large(block: Block) -> bool:
    first = next((item for item in block.items if not isinstance(item, Gap)), None)
    return isinstance(first, Ring) and first.large


def _item(item: Item, sheet: Sheet) -> Iterator[Text]:
    match item:
        case Ring():
            yield from _ring(item, sheet)
        case Reach(name, how, turn, notes):
            indent = sheet.names or 5
            then = Text("then" if turn == "then" else "", "bold")
            if turn == "then":
                then.pad_right(indent - then.cell_len)
            yield from sheet.hanging(then, (name, "bold"), (f": {how}", ""), indent=indent if then else 2)
            yield from _notes(notes, sheet, indent if then else 2)
        case Past():
            warning = item.warning[0].upper() + item.warning[1:]
            yield from sheet.paragraph((f"{warning}: {item.address}, {item.name}", ""))
        case Step():
            yield from sheet.hanging(Text(f"{item.place:>2} ", "bold"), (item.sentence, ""))
        case Never():
            cross = "X" if sheet.ascii_only else "×"  # a sign that every font has
            yield from sheet.hanging(Text(f" {cross} ", "bold"), (item.sentence, ""))
        case NotKnown(known, shown, folded):
            for line in known[:shown]:
                yield from sheet.hanging(Text(" ? ", "bold"), (line, ""))
            if folded:
                yield from sheet.paragraph((folded, ""))
        case Listed(heading, points):
            yield from sheet.paragraph((heading, "bold"))
            for point in points:
                yield from sheet.hanging(Text(" - "), (point, ""))
        case Cited(label, sources):
            yield from sheet.hanging(Text(), (f"{label}: {'; '.join(sources)}", ""), indent=2)
        case Row():
            yield from _row(item, sheet)
        case Bar():
            yield from _bar(item, sheet)
        case Words(text, label, strong):
            before = [(f"{label}: ", "bold")] if label else []
            yield from sheet.hanging(Text(), *before, (text, "bold" if strong else ""), indent=2 if label else 0)
        case Small(text, label):
            yield from sheet.hanging(Text(), (f"{label}: {text}" if label else text, ""), indent=2)
        case Together():
            for one in item.items:
                yield from _item(one, sheet)
        case Gap():
            yield Text()


def _bar(bar: Bar, sheet: Sheet) -> Iterator[Text]:
    """A label, its count, and a bar that is as long as its share; any count at all can be seen."""
    lead = sheet.text((bar.label, "bold"))
    lead.pad_right(max(1, (sheet.names or lead.cell_len + 2) - lead.cell_len))
    lead.append(f"{bar.rows:>{len(str(bar.whole))}} ")
    room = max(0, min(40, sheet.width - lead.cell_len))
    length = min(room, -(-room * bar.rows // bar.whole)) if bar.whole else 0
    yield Text.assemble(lead, ("#" if sheet.ascii_only else "█") * length)


def _ring(ring: Ring, sheet: Sheet) -> Iterator[Text]:
    """A number with its name: the large one alone on its line; the others with the name beside or beneath."""
    whose = ((ring.name, "bold"), (f", {ring.hours}", ""))
    if ring.large:
        yield Text()
        yield Text.assemble("  ", sheet.text((f" {ring.number} ", "bold reverse")))
        yield from sheet.paragraph(*whose, indent=3)
        for note in ring.notes:
            yield from sheet.paragraph((note, ""), indent=3)
        yield Text()
        return
    lead = sheet.text((_lead(ring), "bold"))
    if sheet.names:
        lead.pad_right(sheet.names - lead.cell_len)
        yield from sheet.hanging(lead, *whose)
    else:
        yield lead
        yield from sheet.paragraph(*whose, indent=5)
    yield from _notes(ring.notes, sheet, sheet.names or 5)


def _lead(ring: Ring) -> str:
    """What stands before a name: then, how to use the number if not by voice, and the number."""
    way = "" if ring.way == "ring" else ring.way
    return " ".join(filter(None, (_TURNS[ring.turn], way, one_line(ring.number))))


def _notes(notes: tuple[str, ...], sheet: Sheet, indent: int) -> Iterator[Text]:
    for note in notes:
        yield from sheet.paragraph((note, ""), indent=indent)


def _row(row: Row, sheet: Sheet) -> Iterator[Text]:
    """A record's id and title in two columns; the title beneath where there is no room."""
    lead = sheet.text((row.id, "bold"))
    if sheet.names and lead.cell_len + 2 <= sheet.names:
        lead.pad_right(sheet.names - lead.cell_len)
        yield from sheet.hanging(lead, (row.text, ""))
    else:
        yield from sheet.paragraph((row.id, "bold"))
        yield from sheet.paragraph((row.text, ""), indent=sheet.names or 2)
