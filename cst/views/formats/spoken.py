"""One screen as lines for a screen reader: the same rows in the same order, each with a word that says what it is."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.views.formats.safe_text import one_line
from cst.views.formats.screen_reader import heard
from cst.views.screen.layout import without
from cst.views.screen.rungs import FREE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cst.views.screen.layout import Row, Screen

PART = "This is part."
A_MINUTE = 180  # words: how many are spoken in one
_TO_DO = ("steps", "do-nots", "numbers")  # what is always said of what is not shown
_LABELS = {"number": "Ring: ", "ask": "Find out: "}


def spoken(screens: Sequence[Screen], again: Sequence[str]) -> str:
    """The screens as lines that take a minute at most: rows go as they do where a screen has no room for them.

    Args:
        screens: one or two.
        again: what stands once more at the end: the danger line and whom to ring first.
    """
    text = _text(screens, again)
    may_go = sorted((row for screen in screens for row in screen.rows() if row.goes), key=lambda row: row.goes)
    while may_go and _too_long(text):
        last = may_go.pop()
        screens = [without(screen, [last]) for screen in screens]
        text = _text(screens, again)
    return _text(list(map(_briefer, screens)), again) if _too_long(text) else text


def _too_long(text: str) -> bool:
    return len(heard(text).split()) > A_MINUTE


def _briefer(screen: Screen) -> Screen:
    """With nothing said twice and nothing that is only good to know: what to do and whom to ring stays as it is."""
    told = any(row.text.startswith("NO AREA") for row in screen.above)
    sections = tuple(one._replace(rows=tuple(map(_without_cost, one.rows))) for one in screen.sections)
    return screen._replace(
        place=screen.place.removeprefix("No area, ") if told else screen.place,
        sections=sections,
        whole=frozenset(one for one in screen.whole if one[0] in _TO_DO),
    )


def _without_cost(row: Row) -> Row:
    return row._replace(text=row.text.removesuffix(FREE)) if row.kind == "number" else row


def _text(screens: Sequence[Screen], again: Sequence[str]) -> str:
    lines = [line for screen in screens for line in _lines(screen)]
    return "\n".join(one_line(line) for line in (*lines, *again)) + "\n"


def _lines(screen: Screen) -> Iterator[str]:
    yield screen.danger
    if screen.place:
        yield screen.place
    yield from map(_line, screen.above)
    for section in screen.sections:
        if section.heading:
            word = section.tag.strip("! ")
            yield f"{word}: {section.title}" if word else section.title
        yield from map(_line, section.rows)
    yield from map(_line, screen.below[:-1])
    if hidden := screen.not_shown():
        yield f"{PART} {hidden}"
    yield from map(_line, screen.below[-1:])


def _line(row: Row) -> str:
    label = _LABELS.get(row.kind, f"Step {row.lead}: " if row.kind == "step" and row.lead else "")
    number = f"{row.lead}, " if row.kind == "number" else ""
    return f"{label}{number}{row.text}"
