"""A rule as a picture: an indented tree for the terminal, Mermaid for documents, SVG for pages."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

from cst.views.formats.safe_text import one_line

if TYPE_CHECKING:
    from cst import contract

MARKS = {"yes": "yes", "no": "no", "not-sure": "not sure", "open": "?"}
UNDECIDED = ("not-sure", "open")
WIDTH = 92  # columns of an SVG picture
ROW = 20  # pixels a line of it takes
COLUMN = 8.4
STYLE = "font-family:monospace;font-size:14px;white-space:pre"


def tree(graph: contract.Graph, width: int) -> str:
    """The rule as indented lines, each with its mark in words; nothing in it but ASCII and the data's own words."""
    return (
        "\n".join([f"{one_line(graph['title'])} ({graph['type']} {graph['id']})", *_lines(graph["rule"], "", width)])
        + "\n"
    )


def _lines(branch: contract.Branch, indent: str, width: int) -> Iterator[str]:
    lead = f"{indent}- "
    says = f"[{MARKS[branch['state']]}] {one_line(branch['says'])}{':' if branch['parts'] else ''}"
    first, *rest = wrap(says, max(width - len(lead), 16)) or [""]
    yield lead + first
    yield from (f"{indent}  {line}" for line in rest)
    for part in branch["parts"]:
        yield from _lines(part, indent + "  ", width)


def decisive(branch: contract.Branch) -> contract.Branch:
    """A branch with only those of its parts that made it what it is; of an undecided one, those that are still open."""
    open_ = [part for part in branch["parts"] if part["state"] in UNDECIDED]
    same = [part for part in branch["parts"] if part["state"] == branch["state"]]
    kept = open_ if branch["state"] in UNDECIDED else same or branch["parts"]  # not: its part is the opposite
    return {**branch, "parts": [decisive(part) for part in kept]}


def mermaid(graph: contract.Graph) -> str:
    """The rule as a Mermaid flowchart, to paste into a document."""
    nodes = list(_nodes(graph["rule"], "n"))
    lines = ["flowchart TD", f'  top["{_quoted(graph["title"])}"]', "  top --> n"]
    for name, branch in nodes:
        lines.append(f'  {name}["{_quoted(branch["says"])}<br/>{MARKS[branch["state"]]}"]')
        lines += [f"  {name} --> {name}_{place}" for place in range(len(branch["parts"]))]
    return "\n".join(lines) + "\n"


def _nodes(branch: contract.Branch, name: str) -> Iterator[tuple[str, contract.Branch]]:
    yield name, branch
    for place, part in enumerate(branch["parts"]):
        yield from _nodes(part, f"{name}_{place}")


def _quoted(text: str) -> str:
    """Text inside a Mermaid label: quotes and angle brackets by their numbers."""
    return one_line(text).replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")


def svg(graph: contract.Graph) -> str:
    """The same lines as a picture that needs no font and no network; dark words on white."""
    from xml.sax.saxutils import escape

    lines = tree(graph, WIDTH).rstrip("\n").split("\n")
    height = ROW * (len(lines) + 1)
    rows = [f'<text x="12" y="{ROW * (place + 1)}">{escape(line)}</text>' for place, line in enumerate(lines)]
    start = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {round(WIDTH * COLUMN) + 24} {height}" role="img">'
    title = f"<title>{escape(one_line(graph['title']))}</title>"
    ground = '<rect width="100%" height="100%" fill="white"/>'
    return "\n".join([start, title, ground, f'<g style="{STYLE}" fill="black">', *rows, "</g>", "</svg>"]) + "\n"
