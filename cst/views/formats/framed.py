"""A screen as one Rich frame on a terminal; where there is no room for a frame, as rows without one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich import box
from rich.text import Text

from cst.views.formats.panels import FRAMES, TAGS, Sheet, console_on
from cst.views.screen.layout import Row, Screen, Section, Size, in_edge, indent, together

if TYPE_CHECKING:
    from collections.abc import Iterator

STYLES = {"danger": "bold", "strong": "bold", "number": "bold", "step": "bold", "never": "bold", "ask": "bold"}
WORST = ("emergency", "now", "today", "soon", "routine")


def framed(screen: Screen, size: Size, *, colour: bool, ascii_only: bool) -> str:
    """The screen as text for a terminal.

    Args:
        screen: what stands on it; it fits `size`.
        size: columns and rows.
        colour: whether to use colours and bold; without, no escape codes at all.
        ascii_only: whether frames and signs must be ASCII.
    """
    out = io.StringIO()
    console = console_on(out, size.columns, colour=colour)
    drawing = _Drawing(size, ascii_only)
    console.print(*drawing.lines(screen), sep="\n", soft_wrap=True)
    return out.getvalue()


class _Drawing:
    """One screen drawn in a size."""

    def __init__(self, size: Size, ascii_only: bool) -> None:
        self.size = size
        self.outside = Sheet(size.columns, 0, ascii_only)
        self.inside = Sheet(size.inner, 0, ascii_only)
        self.box = box.ASCII2 if ascii_only else box.ROUNDED
        self.cross = "X" if ascii_only else "×"

    def lines(self, screen: Screen) -> Iterator[Text]:
        yield from self._top(screen)
        for row in screen.above:
            yield from self._row(row, self.outside)
        yield from self._sections(screen)
        for row in screen.below[:-1]:
            yield from self._row(row, self.outside)
        hidden = screen.not_shown()
        yield from self._row(Row(hidden), self.outside) if hidden else ()
        for row in (*screen.below[-1:], *screen.last):
            yield from self._row(row, self.outside)

    def _top(self, screen: Screen) -> Iterator[Text]:
        """The danger line, and with it the area and the minute."""
        danger, place = self.outside.text((screen.danger, "bold")), self.outside.text((screen.place, ""))
        if not together(screen.danger, screen.place, self.size.columns):
            yield danger
            yield from self.outside.paragraph((screen.place, "")) if screen.place else ()
            return
        danger.pad_right(self.size.columns - danger.cell_len - place.cell_len)
        yield danger.append_text(place)

    def _sections(self, screen: Screen) -> Iterator[Text]:
        urgencies = [one.urgency for one in screen.sections if one.urgency]
        style = FRAMES.get(min(urgencies, key=WORST.index), "") if urgencies else ""
        for place, section in enumerate(screen.sections):
            if self.size.framed:
                yield self._edge(section, style, first=place == 0)
                if section.title and not in_edge(section, self.size):
                    for line in self.inside.paragraph((section.title, "bold")):
                        yield self._side(line, style)
            elif section.heading:
                yield from self.outside.paragraph((section.heading, "bold"))
            for row in section.rows:
                for line in self._row(row, self.inside):
                    yield self._side(line, style) if self.size.framed else line
        if self.size.framed and screen.sections:
            shape = self.box
            yield Text(f"{shape.bottom_left}{shape.bottom * (self.size.columns - 2)}{shape.bottom_right}", style)

    def _edge(self, section: Section, style: str, *, first: bool) -> Text:
        """A title in the line of the frame, with its urgency as a tag and its key at the right."""
        shape = self.box
        left, right = (shape.top_left, shape.top_right) if first else (shape.row_left, shape.row_right)
        line = shape.top if first else shape.row_horizontal
        title = Text(f"{left}{line} " if section.heading else f"{left}{line}", style)
        if section.tag:
            title.append(f" {section.tag} ", TAGS.get(section.urgency, "bold")).append(" ")
        if section.title and in_edge(section, self.size):
            title.append_text(self.inside.text((section.title, "bold"))).append(" ")
        end = f" {section.key} {line}{right}" if section.key else f"{line}{right}"
        title.append(line * (self.size.columns - title.cell_len - len(end)), style)
        return title.append(end, style)

    def _side(self, line: Text, style: str) -> Text:
        shape = self.box
        line.pad_right(self.size.inner - line.cell_len)
        return Text.assemble((f"{shape.mid_left} ", style), line, (f" {shape.mid_right}", style))

    def _row(self, row: Row, sheet: Sheet) -> Iterator[Text]:
        lead = row.lead
        if row.kind == "never":
            lead = self.cross
        before = Text(f"{lead} " if lead else "", STYLES.get(row.kind, "bold"))
        before.pad_right(max(indent(row) - before.cell_len, 0))
        style = "bold" if row.kind == "strong" else ""
        yield from sheet.hanging(before, (row.text, style), indent=indent(row) if lead else 0)
