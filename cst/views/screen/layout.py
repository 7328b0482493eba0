"""One screen before it is drawn: rows that may go when there is no room, in the order in which they go.

A row is kept or dropped as a whole, never a part of a sentence. Some may never go; where even those do not fit, what
can wait gets less room, and then there are two screens (see `plan_screen.py`).
"""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.views.formats.line_breaks import line_starts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    Kind = Literal["danger", "words", "strong", "number", "step", "never", "ask", "small"]
    Counted = Literal["steps", "do-nots", "numbers", "sources", "criteria"]

SIDES = 4  # columns that a frame and its margins take
EDGE = 10  # columns that the corners of a frame and the spaces around a title and its key take
COLUMN = 16  # where a name stands beside its number
FRAMED_FROM = (72, 20)  # columns and rows; in less a frame costs a pathway's step
COMPACT_BELOW = 16  # rows, with fewer of which title and number share one
GO_FIRST = 99
# The order in which rows go, the highest first. 0 never goes.
STAYS, OTHER_NUMBER, MORE_TO_FIND_OUT, SECOND_STEP, CRITERIA = 0, 50, 60, 70, 80
WAITING, NOTES, WHY, ALSO_ASK, READY, LAW = 86, 90, 91, 92, 94, 98


class Row(NamedTuple):
    """One thing said, in one row or more; the later rows of it stand under its first word.

    lead: what stands before it: a number to ring, a step's place.
    goes: when it goes where there is no room; 0 never.
    shows: what it shows, for the count of what is not shown: the kind of thing, and which.
    """

    text: str
    lead: str = ""
    kind: Kind = "words"
    goes: int = STAYS
    shows: tuple[tuple[Counted, str], ...] = ()


class Section(NamedTuple):
    """Rows with a title of their own. `short` is the same with the title and the number in one row.

    shows: what the title itself shows, as in a row.

    tag: the urgency or the verdict as a word, before the title.
    key: the key that opens it, or what it is, at the right end of the title.
    """

    rows: tuple[Row, ...]
    title: str = ""
    urgency: str = ""
    tag: str = ""
    key: str = ""
    short: Section | None = None
    shows: tuple[tuple[Counted, str], ...] = ()

    @property
    def heading(self) -> str:
        """Tag and title."""
        return "  ".join(filter(None, (self.tag, self.title)))


class Screen(NamedTuple):
    """What stands on one screen.

    place: area and minute, at the right of the danger line.
    above, below: rows outside the frame.
    whole: all there is of what is counted.
    rest: the whole answer, in words: the option or key that shows it.
    last: the rows that stand at the very end: keys.
    """

    danger: str
    place: str
    sections: tuple[Section, ...]
    above: tuple[Row, ...] = ()
    below: tuple[Row, ...] = ()
    whole: frozenset[tuple[Counted, str]] = frozenset()
    rest: str = ""
    last: tuple[Row, ...] = ()

    def shown(self) -> set[tuple[Counted, str]]:
        """What of the counted things stands here."""
        shown = {one for row in self.rows() for one in row.shows}
        return shown.union(*(section.shows for section in self.sections))

    def rows(self) -> Iterator[Row]:
        """Every row, in order."""
        yield from self.above
        for section in self.sections:
            yield from section.rows
        yield from (*self.below, *self.last)

    def not_shown(self) -> str:
        """What is folded, as counts, and how to see it; nothing where nothing is."""
        hidden = self.whole - self.shown()
        counts = [_count(kind, sum(one == kind for one, _ in hidden)) for kind in _WORDS]
        told = ", ".join(filter(None, counts))
        return f"Not shown: {told}. {self.rest}".rstrip() if told else ""


_WORDS: dict[Counted, tuple[str, str]] = {
    "steps": ("1 step", "{} steps"),
    "do-nots": ("1 do-not", "{} do-nots"),
    "numbers": ("1 number", "{} numbers"),
    "criteria": ("who it is for", "who it is for"),
    "sources": ("1 source", "{} sources"),
}


def _count(kind: Counted, count: int) -> str:
    return _WORDS[kind][count > 1].format(count) if count else ""


class Size(NamedTuple):
    """The room there is: columns, and rows for the answer, without the row of the prompt."""

    columns: int
    rows: int

    @property
    def framed(self) -> bool:
        """Whether there is room for a frame."""
        return self.columns >= FRAMED_FROM[0] and self.rows >= FRAMED_FROM[1]

    @property
    def inner(self) -> int:
        """The columns within the frame."""
        return self.columns - SIDES if self.framed else self.columns


def height(screen: Screen, size: Size) -> int:
    """The rows that a screen takes."""
    rows = 1
    if screen.place and not together(screen.danger, screen.place, size.columns):
        rows += lines_of(Row(screen.place), size.columns)  # a long area is never cut
    rows += sum(lines_of(row, size.columns) for row in (*screen.above, *screen.below, *screen.last))
    rows += sum(lines_of(row, size.inner) for section in screen.sections for row in section.rows)
    titles = sum(title_rows(section, size) for section in screen.sections)
    if size.framed and screen.sections:
        titles = max(titles, 1) + 1  # the first title stands in the upper edge; below is an edge too
    hidden = screen.not_shown()
    return rows + titles + (lines_of(Row(hidden), size.columns) if hidden else 0)


def title_rows(section: Section, size: Size) -> int:
    """The rows that a title takes: one in a frame, and more where it is too long for its edge."""
    if not section.heading:
        return 0
    if size.framed:
        return 1 if in_edge(section, size) else 1 + lines_of(Row(section.title), size.inner)
    return lines_of(Row(section.heading), size.columns)


def in_edge(section: Section, size: Size) -> bool:
    """Whether a title has room in the edge of the frame; where it has not it stands below it, whole."""
    return len(section.heading) + len(section.key) + EDGE <= size.columns


def together(left: str, right: str, columns: int) -> bool:
    """Whether two texts fit in one row."""
    return len(left) + len(right) + 1 <= columns


def indent(row: Row) -> int:
    """The column at which the text of a row starts: the names of numbers to ring stand below each other."""
    return max(len(row.lead) + 1, COLUMN if row.kind == "number" else 0) if row.lead else 0


def lines_of(row: Row, columns: int) -> int:
    """The lines that a row takes in so many columns."""
    return _counted(row.text, max(columns - indent(row), 1))


def _counted(text: str, width: int) -> int:
    """How many lines a text takes: what `line_starts` comes to, which loads a third of a bare start of Python."""
    if len(text) <= width:
        return 1
    lines, column, before = 1, -1, " "
    for word in text.split(" "):
        if len(word) > width or (before[-1:].isdigit() and word[:1].isdigit()):  # a number must stay together
            return 1 + len(line_starts(text, width, len))
        column += 1 + len(word)
        if column > width:
            lines, column = lines + 1, len(word)
        before = word
    return lines


def fitted(screen: Screen, size: Size) -> Screen | None:
    """The screen with what fits: rows go in their order, and come back where there is room after all.

    Returns:
        None where what may never go does not fit.
    """
    may_go = sorted((row for row in screen.rows() if row.goes), key=lambda row: row.goes)
    if height(screen, size) <= size.rows:
        return screen
    inside = {id(row) for section in screen.sections for row in section.rows}
    kept = without(screen, may_go)
    used = height(kept, size)
    if used > size.rows:
        return None
    gone = []
    for row in may_go:  # those that go last come back first
        used += lines_of(row, size.inner if id(row) in inside else size.columns)
        if used > size.rows:
            used -= lines_of(row, size.inner if id(row) in inside else size.columns)
            gone.append(row)
    kept = without(screen, gone)
    while height(kept, size) > size.rows:  # the count of what is not shown may have grown by a row
        gone.append(next(row for row in reversed(may_go) if all(row is not other for other in gone)))
        kept = without(screen, gone)
    return kept


def without(screen: Screen, gone: Sequence[Row]) -> Screen:
    """The screen but for some rows."""
    dropped = {id(row) for row in gone}

    def but(rows: Sequence[Row]) -> tuple[Row, ...]:
        return tuple(row for row in rows if id(row) not in dropped)

    sections = tuple(section._replace(rows=but(section.rows)) for section in screen.sections)
    return screen._replace(above=but(screen.above), below=but(screen.below), sections=sections)


def side_by_side(sentences: Sequence[Row], columns: int) -> Iterator[Row]:
    """Whole sentences set beside each other where a row has room; the deadliest keeps its place, others fill up.

    Args:
        sentences: do-nots, the deadliest first. One may fill up the row of another only where both go at once.
        columns: the room for the text.
    """
    left = list(sentences)
    while left:
        row = left.pop(0)
        for other in list(left):
            if other.goes == row.goes and len(row.text) + 1 + len(other.text) <= columns:
                row = row._replace(text=f"{row.text} {other.text}", shows=(*row.shows, *other.shows))
                left.remove(other)
        yield row


def in_two(screen: Screen) -> list[Screen]:
    """The same on two screens: whom to ring and what never to do on the first, what to do on the second."""
    on_first = ("number", "strong", "never", "ask")

    def part(first: bool) -> tuple[Section, ...]:
        sections = (
            one._replace(rows=tuple(row for row in one.rows if (row.kind in on_first) == first))
            for one in screen.sections
        )
        return tuple(one for one in sections if one.rows)

    return [screen._replace(sections=part(True)), screen._replace(sections=part(False), above=(), below=())]


def numbered(screens: Sequence[Screen]) -> list[Screen]:
    """Several screens, each with its place among them; from the second on the danger line says whom to ring first."""
    count = len(screens)
    marked = [
        one._replace(danger=f"{one.danger.rstrip('.')} FIRST. {place} of {count}.")
        for place, one in enumerate(screens[1:], 2)
    ]
    return [screens[0]._replace(place=f"{screens[0].place}, 1 of {count}"), *marked] if marked else list(screens)


def spread(screens: Sequence[Screen], size: Size) -> list[Screen]:
    """The same rows on as many screens as it takes, where a window is too small for what may never go."""
    room = size._replace(
        rows=size.rows - 1
    )  # the mark of the page may push the area and the minute to a row of its own
    found: list[Screen] = []
    for screen in screens:
        part = screen._replace(sections=(), below=())
        for section in screen.sections:
            title = section._replace(rows=())
            for row in section.rows:
                more = _with(part, title, row)
                if height(more, room) > room.rows and part.sections:
                    found.append(part)
                    more = _with(screen._replace(sections=(), above=(), below=(), whole=frozenset()), title, row)
                part = more
        if part.sections:
            found.append(part)
    if found and screens:
        last = screens[0].below[-1:]
        fits = height(found[0]._replace(below=last), room) <= room.rows
        found[0] = found[0]._replace(below=last) if fits else found[0]
    return numbered(found)


def _with(screen: Screen, title: Section, row: Row) -> Screen:
    """The screen with one more row, under its title."""
    last = screen.sections[-1] if screen.sections else None
    if last and (last.title, last.tag) == (title.title, title.tag):
        return screen._replace(sections=(*screen.sections[:-1], last._replace(rows=(*last.rows, row))))
    return screen._replace(sections=(*screen.sections, title._replace(rows=(row,))))
