"""Looking up by any words: the entry that fits best, a choice among several, or the topics where nothing fits."""

from __future__ import annotations

import sys
from functools import partial

from cst import CONTRACT
from cst.cli.errors import Trouble, trouble
from cst.cli.output import show
from cst.engine.entry import links, listing
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING
from cst.toolkit.names import EntryRef, normal
from cst.toolkit.places import ANYWHERE, Place
from cst.toolkit.search.find import READ, Fits, Search
from cst.toolkit.search.phrases import SMALL_WORDS
from cst.views.formats.safe_text import clean
from cst.views.pages.search_results import IF_DANGER, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cst import contract
    from cst.cli.request import Request
    from cst.toolkit.toolkit import Toolkit

ENTRY = "entry"


def fitting(request: Request, toolkit: Toolkit, text: str) -> Fits | int:
    """The entry to show for words that are no name, with the next ones after it; or how it ended without one.

    Several that fit as well as each other are a choice for the person at a terminal, and a list anywhere else.

    Raises:
        Trouble: nothing fits, and JSON was asked for.
        Left: the person left the choice.
    """
    fits = fits_in(toolkit, text)
    if not fits.entries:
        return _nothing(request, toolkit, text)
    if fits.opens():
        return fits
    chosen = one_of(request, toolkit, fits, text)
    return chosen if isinstance(chosen, int) else fits._replace(entries=chosen, like="")


def one_of(request: Request, toolkit: Toolkit, fits: Fits, text: str) -> list[EntryRef] | int:
    """The one of several entries that is meant, with the others after it; or how it ended without one.

    Raises:
        Left: the person left the choice.
    """
    if _somebody_is_there(request):
        from cst.cli.signals import listen  # only where there is somebody who may end it while it waits

        listen()
        chosen = _chosen(request, toolkit, fits)
        if not chosen:
            return _nothing(request, toolkit, text)
        return sorted(fits.danger_first(), key=lambda entry: entry[1] != chosen)
    from cst.views.pages.search_results import fitting_page

    show(_listed(toolkit, fits), partial(fitting_page, text=_short(text)), request)
    return Exit.DONE


def where(request: Request, toolkit: Toolkit) -> Place:
    """Where the person is, asked at a terminal; no place where there is nobody to ask, or they do not know.

    Raises:
        Left: the person left the question.
    """
    if not _somebody_is_there(request):
        return ANYWHERE
    from cst.cli.signals import listen
    from cst.cli.terminal import console_for
    from cst.engine.answers import Answers
    from cst.engine.questions import describe_question
    from cst.engine.situation import AREA
    from cst.walk.area_prompt import TypedPlaces, nearest_first
    from cst.walk.asking import asking
    from cst.walk.walk import Next, Walk

    listen()
    places, question = TypedPlaces(toolkit), nearest_first(toolkit, [describe_question(toolkit, AREA)])
    with asking(console_for(request), places) as asker:
        walk = Walk(lambda given: Next([] if given.answered(AREA) else question), asker, lambda given: None)
        area = walk.run(Answers()).known.get(AREA)
    return ANYWHERE if area is None else Place(str(area), places.taken.get(str(area)))


def _somebody_is_there(request: Request) -> bool:
    return not request.json and sys.stdin.isatty() and sys.stdout.isatty()


def one_fit(toolkit: Toolkit, text: str) -> Fits:
    """The entry that fits best, with the next ones after it, for a script that takes one line or none.

    Raises:
        Trouble: nothing fits, or several fit as well as each other.
    """
    fits = fits_in(toolkit, text)
    if fits.entries and fits.opens():
        return fits
    raise several(fits.danger_first(), text)


def several(entries: list[EntryRef], text: str) -> Trouble:
    """That words mean several entries, or none."""
    names = ", ".join(name for _, name in entries[:3])
    says = f"Several entries fit {_short(text)}: {names}." if names else f"Nothing here is like {_short(text)}."
    return trouble(Exit.NO, "nothing-found", says, "Name the one you want. See the topics with: cst list issues")


def say_found(text: str, fits: Fits) -> None:
    """Says on the error stream that what is shown was not called so, but fits, and what that is like."""
    from cst.views.formats.line_breaks import fitted

    like = f" (like: {fits.like})" if fits.like else ""
    says = clean(f"Nothing is called {_short(text)}; {fits.entries[0][1]} fits it best{like}.")
    sys.stderr.write(fitted(says, sys.stderr) + "\n")


def fits_in(toolkit: Toolkit, text: str) -> Fits:
    """The entries that fit. Nothing fits small words alone, such as "he" or "is it": they stand in everything."""
    if not set(normal(text[:READ]).split()) - SMALL_WORDS:
        return Fits([], False)
    return Search(toolkit.words()).find(text)


def _nothing(request: Request, toolkit: Toolkit, text: str) -> int:
    """Where to go on when nothing fits: every topic, and the walk through them."""
    if request.json:
        issues = ", ".join(toolkit.kind("issues"))
        says = f"Nothing here is like {_short(text)}."
        raise trouble(Exit.NO, "nothing-found", says, f"The issues are: {issues}. Or walk through it: cst triage")
    from cst.views.pages.search_results import nothing_page

    show(listing(toolkit, "issues"), partial(nothing_page, text=_short(text)), request)
    return Exit.NO


def _listed(toolkit: Toolkit, fits: Fits) -> contract.Listing:
    listed: contract.Listing = {
        "cst": CONTRACT,
        "kind": "listing",
        "of": "fits",
        "items": _items(toolkit, fits.entries),
    }
    if fits.if_danger:
        listed["if_danger"] = _items(toolkit, [fits.if_danger])[0]
    return listed


def _items(toolkit: Toolkit, entries: Sequence[EntryRef]) -> list[dict[str, str]]:
    found = links(toolkit, (name for _, name in entries))
    return [{"id": link["id"], "title": link["title"], "note": link["type"]} for link in found]


def _chosen(request: Request, toolkit: Toolkit, fits: Fits) -> str | None:
    """The id the person chose; None when it is none of these."""
    from cst.cli.terminal import console_for
    from cst.engine.answers import Answers
    from cst.walk.asking import asking
    from cst.walk.walk import Next, Walk
    from cst.walk.wording import own_question

    choices = [{"id": item["id"], "label": label(item)} for item in _items(toolkit, fits.danger_first())]
    if fits.if_danger:
        choices[0]["label"] = f"{IF_DANGER}: {choices[0]['label']}"
    question = own_question(ENTRY, "Which of these is it?", "More than one entry fits what you typed.", choices)
    with asking(console_for(request)) as asker:
        walk = Walk(lambda given: Next([] if given.answered(ENTRY) else [question]), asker, lambda given: None)
        chosen = walk.run(Answers()).known
    return str(chosen[ENTRY]) if ENTRY in chosen else None


def _short(text: str) -> str:
    """What was typed, as it is said back: in quotes, and cut where it is long."""
    typed = " ".join(text[:READ].split())
    return f'"{typed[:57]}..."' if len(typed) > 60 else f'"{typed}"' if typed else "that"
