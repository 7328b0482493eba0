"""`cst graph`: a picture of a rule, with each branch marked where answers are given."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cst import card
from cst.cli.answer_input import resumed
from cst.cli.errors import trouble
from cst.cli.page_text import width
from cst.cli.request import Request
from cst.engine.rule_graph import GRAPHED, graph
from cst.engine.situation import AREA, Situation
from cst.exits import Exit
from cst.toolkit.names import exact
from cst.toolkit.toolkit import Toolkit

FORMATS = ("tree", "mermaid", "svg")


def draw(request: Request, text: str, form: str, options: Sequence[str], file: str | None) -> int:
    """Draws the rule of the pathway, scheme, named rule or mode called this.

    Raises:
        Trouble: nothing with a rule is called this, or there is no such form.
    """
    if form not in FORMATS:
        raise trouble(Exit.USAGE, "format", f"--format cannot be {form:.40}.", f"Write {', '.join(FORMATS)}.")
    toolkit = request.toolkit()
    kind, name = _called(toolkit, text)
    answers, saved_area = resumed(toolkit, options, file)
    request = request.resuming(saved_area, answered=answers.answered(AREA))
    here = Situation(toolkit, answers, request.moment(toolkit), request.place(toolkit).area)
    picture = graph(toolkit, kind, name, here)
    if request.json:
        from cst.views.formats.json import data

        sys.stdout.write(data(picture))
        return Exit.DONE
    from cst.views.formats import rule_graph as tree

    drawn = {
        "tree": lambda: tree.tree(picture, width()),
        "mermaid": lambda: tree.mermaid(picture),
        "svg": lambda: tree.svg(picture),
    }
    sys.stdout.write((f"{card.LINE}\n\n" if form == "tree" else "") + drawn[form]())
    return Exit.DONE


def _called(toolkit: Toolkit, text: str) -> tuple[str, str]:
    """The kind and id of what has a rule and this name; an issue's first pathway where it is an issue."""
    for kind in GRAPHED:
        if text in toolkit.kind(kind):
            return kind, text
    found = exact(toolkit.names, text)
    for kind, name in found:
        if kind in GRAPHED:
            return kind, name
    for kind, name in found:
        if kind == "issues":
            return "pathways", toolkit.kind("issues")[name]["pathways"][0]
    names = ", ".join([*toolkit.kind("schemes"), *toolkit.kind("pathways")])
    raise trouble(Exit.NO, "nothing-found", f"Nothing with a rule is called {text:.60}.", f"These have one: {names}.")
