"""`cst lookup`: the quick reference."""

from __future__ import annotations

from collections.abc import Sequence

from cst.commands.common import Asked
from cst.commands.showing import show
from cst.commands.trouble import trouble
from cst.exits import Exit
from cst.reference import entry, serves, title
from cst.toolkit import Toolkit
from cst.toolkit.names import exact, nearest


def lookup(asked: Asked, terms: Sequence[str]) -> Exit:
    """Shows the entry called this.

    Raises:
        Trouble: nothing is called this; it names the nearest entries and all issues.
    """
    toolkit = asked.toolkit()
    text = " ".join(terms)
    found = exact(toolkit.names, text)
    if not found:
        raise _nothing(toolkit, text)
    at, (area, area_says) = asked.moment(toolkit), asked.place(toolkit)
    found = sorted(found, key=lambda entry: not serves(toolkit, entry, area))
    kind, name = found[0]
    said = entry(toolkit, kind, name, at, area)
    said["area_says"] = area_says
    linked = {link["id"] for link in said["see_also"]}
    from cst.reference import links

    said["see_also"] = links(toolkit, [other for _, other in found[1:] if other not in linked]) + said["see_also"]
    from cst.views.entry import entry_page

    show(said, entry_page, asked)
    return Exit.DONE


def _nothing(toolkit: Toolkit, text: str) -> Exception:
    near = "; ".join(f"{name} ({title(toolkit.kind(kind)[name])})" for kind, name in nearest(toolkit.names, text))
    closest = f"Nearest: {near}. " if near else ""
    issues = ", ".join(toolkit.kind("issues"))
    return trouble(
        Exit.NO,
        "nothing-found",
        f"Nothing is called {text:.60}.",
        f"{closest}The issues are: {issues}. Or walk through it: cst triage",
    )
