"""What keys do at prompts: a key alone never answers, it only moves, ticks, or leaves the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import questionary
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ScrollOffsets, Window
from questionary.prompts.common import InquirerControl

from cst.walk import wording as words
from cst.walk.asker import Back, Leave

WHY = "__why__"
TALL = 2  # lines below the first of a choice that stay in sight with it: its hint may say how not to do harm
DIGITS = 9  # choices that have a digit of their own
LETTERS = {"yes": "y", "no": "n", words.NONE: "n", words.NOT_SURE: "u"}

Toggled = Callable[[list[str], str], list[str]]


def listed(question: questionary.Question) -> InquirerControl:
    """The list of a menu: where its pointer stands and what is ticked."""
    return _list(question)[1]


def keep_hints_in_sight(question: questionary.Question) -> None:
    """Lets the list of a menu scroll so that the lines below the pointer's own stay in sight."""
    _list(question)[0].scroll_offsets = ScrollOffsets(bottom=TALL)


def _list(question: questionary.Question) -> tuple[Window, InquirerControl]:
    windows = question.application.layout.find_all_windows()
    return next((window, window.content) for window in windows if isinstance(window.content, InquirerControl))


def marks(names: Sequence[str]) -> dict[str, str]:
    """The key that stands before each choice: y, n, u, or its digit; "" for those past the ninth."""
    digits = (str(place) if place <= DIGITS else "" for place in range(1, len(names) + 1))
    return {name: LETTERS.get(name, digit) for name, digit in zip(names, digits, strict=True)}


def movers(control: InquirerControl, names: Sequence[str]) -> KeyBindings:
    """Keys move the pointer to the choice they stand for, and digits to the place of a choice. Enter has to follow."""
    bindings = _nothing_pasted()
    for key, name in keyed(names):
        place = next(place for place, choice in enumerate(control.choices) if choice.value == name)
        bindings.add(key, eager=True)(lambda event, place=place: setattr(control, "pointed_at", place))
    return bindings


def tickers(control: InquirerControl, names: Sequence[str], toggled: Toggled) -> KeyBindings:
    """Space and y tick where the pointer is, and a key the choice it stands for; y never takes a tick away.

    What would tick many at once does nothing.

    Args:
        control: the list.
        names: what its choices stand for.
        toggled: the ticks after one of them was set or taken away.
    """
    bindings = _nothing_pasted()

    def tick(event: Any, place: int | None = None) -> None:
        if place is not None:
            control.pointed_at = place
        control.selected_options = toggled(control.selected_options, str(control.get_pointed_at().value))

    bindings.add(" ", eager=True)(tick)
    places = {str(choice.value): place for place, choice in enumerate(control.choices)}  # with the headings
    for key, name in keyed(names):
        bindings.add(key, eager=True)(lambda event, place=places[name]: tick(event, place))

    def yes(event: Any) -> None:
        if control.get_pointed_at().value not in control.selected_options:
            tick(event)

    bindings.add("y", eager=True)(yes)
    for key in "ai":
        bindings.add(key, eager=True)(lambda event: None)
    return bindings


def _nothing_pasted() -> KeyBindings:
    """What is pasted into a list is no key of it."""
    bindings = KeyBindings()
    bindings.add(Keys.BracketedPaste, eager=True)(lambda event: None)
    return bindings


def keyed(names: Sequence[str]) -> list[tuple[str, str]]:
    """Each key and what it stands for; a choice that has a letter keeps its digit too."""
    digits = [(str(place), name) for place, name in enumerate(names[:DIGITS], 1)]
    return [*digits, *((LETTERS[name], name) for name in names if name in LETTERS)]


def leaving() -> KeyBindings:
    """Ctrl-D leaves, an interrupt from outside stops."""
    bindings = KeyBindings()
    bindings.add(Keys.SIGINT)(lambda event: event.app.exit(exception=KeyboardInterrupt))

    @bindings.add(Keys.ControlD, eager=True)
    def _(event: Any) -> None:
        event.app.exit(exception=Leave())

    return bindings


def letters(unsure: str | None = None) -> KeyBindings:
    """In menus b goes back, q leaves and ? says why; with `unsure`, u gives that, where no list has it."""
    bindings = KeyBindings()
    endings = [("b", {"exception": Back()}), ("q", {"exception": Leave()}), ("?", {"result": WHY})]
    for key, ending in [*endings, *([("u", {"result": unsure})] if unsure else [])]:
        bindings.add(key, eager=True)(lambda event, ending=ending: event.app.exit(**ending))
    return bindings
