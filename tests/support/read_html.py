"""An HTML page as tests read it: its elements in order, each with the text in it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

VOID = {"meta", "input", "br", "link", "img"}


class Element(NamedTuple):
    """An element, the pieces of text in it, and the ids of the sections around it, the outermost first."""

    tag: str
    has: dict[str, str]
    texts: list[str]
    around: tuple[str, ...]

    @property
    def text(self) -> str:
        """All text in it, spaces as one."""
        return " ".join(" ".join(self.texts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ids = tuple(one.has["id"] for one in self.open if one.tag == "section" and "id" in one.has)
        element = Element(tag, {name: value or "" for name, value in attrs}, [], ids)
        self.found.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"{tag} closes what it did not open, at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.texts.append(data)


def elements(page: str) -> list[Element]:
    """Every element of a page, in order. Each that is opened is closed."""
    reader = _Reader()
    reader.feed(page)
    assert not reader.open
    return reader.found
