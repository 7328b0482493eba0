"""The handbook as one HTML file: nothing is fetched, and all of it can be read without its script.

Texts go through the same gate as everywhere, and Jinja2 escapes them. The browser runs and applies only what stands in
this file: the policy in it names the script and the style by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cst import card
from cst.handbook.any_minute import without_commands
from cst.handbook.book import Book, links
from cst.views.dates import day, moment
from cst.views.formats.lines import turn_words
from cst.views.formats.safe_text import clean
from cst.views.page import Cited, Gap, Listed, Never, Past, Reach, Ring, Small, Step, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markupsafe import Markup

    from cst.views.page import Item

FILES = Path(__file__).parent / "files"
EXIT = "https://www.bbc.co.uk/weather"  # an everyday page that loads fast, as on GOV.UK's own such button
SCRIPTS = ("hours.js", "search.js", "page.js")
_RUNS = {Ring: "calls", Reach: "calls", Step: "steps", Never: "nevers"}
_ALONE = {Words: "words", Listed: "listed", Past: "past", Small: "small", Cited: "listed"}
_DIALS = {"text": "sms"}  # what a link does with a number that is not spoken to; a textphone or relay dials it


def html(found: Book) -> str:
    """The whole file, in ASCII alone: it is the same whatever letters the console writes it with."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    page = Environment(
        loader=FileSystemLoader(FILES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page.finalize = _said
    page.filters.update(grouped=grouped, link=dial_link, turn=turn_words, day=day, moment=moment)
    page.filters.update(dialled=dialled(found))
    style, run = (FILES / "style.css").read_text("utf-8"), script()
    text = page.get_template("handbook.html.j2").render(
        book=found,
        card=card,
        exit=EXIT,
        links=links(found),
        numbers=_numbers(found),
        policy=policy(style, run),
        style=style,
        script=run,
        known=_data(found.known),
    )
    return (text.rstrip() + "\n").encode("ascii", "xmlcharrefreplace").decode("ascii")


def _said(text: Any) -> Any:
    """What is about to be written: text through the gate, and without what only a command line has."""
    return without_commands(clean(text)) if type(text) is str else text


def grouped(items: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
    """The items with what they are drawn as; calls, steps and do-nots that follow one another are one list."""
    shown: Iterator[Item] = (item for item in items if not isinstance(item, Gap))
    for run, together in groupby(shown, key=lambda item: _RUNS.get(type(item))):
        if run:
            yield run, list(together)
        else:
            yield from ((_ALONE[type(item)], [item]) for item in together)


def dial_link(call: Ring) -> str:
    """The link that rings or texts a number; "" for what no telephone dials."""
    digits = re.sub(r"[^0-9+]", "", call.number)
    return f"{_DIALS.get(call.way, 'tel')}:{digits}" if digits else ""


def dialled(found: Book) -> Callable[[str], Markup]:
    """What gives a text with each number in it that is for ringing as a link; the longest number counts."""
    from markupsafe import Markup, escape

    numbers = sorted({ring.number for ring in rings(found) if dial_link(ring).startswith("tel:")}, key=len)
    wanted = re.compile(f"(?<![0-9])({'|'.join(map(re.escape, reversed(numbers)))})(?![0-9])")

    def linked(text: str) -> Markup:
        parts = wanted.split(_said(text))
        return Markup("").join(
            Markup('<a href="tel:{}">{}</a>').format(re.sub("[^0-9+]", "", part), part) if place % 2 else escape(part)
            for place, part in enumerate(parts)
        )

    return linked


def rings(found: Book) -> Iterator[Ring]:
    """Every number of the contacts of the book."""
    for area in found.areas:
        for one in area.contacts:
            yield from (item for item in one.items if isinstance(item, Ring))


def _numbers(found: Book) -> dict[str, int]:
    """The sources by their place in the list of them."""
    return {name: place for place, name in enumerate(found.sources, 1)}


def script() -> str:
    """All that the page runs, in one function, so that none of it is named outside."""
    body = "\n".join((FILES / name).read_text("utf-8") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{body}}})();\n'


def _data(known: object) -> str:
    """JSON that no HTML can be taken for: it ends no element, and hides and turns no words."""
    return json.dumps(known, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")


def policy(style: str, run: str) -> str:
    """What the browser may do with the page: nothing but apply this style and run this script."""
    return f"default-src 'none'; script-src {_hash(run)}; style-src {_hash(style)}; form-action 'none'; base-uri 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
