"""What keys do at prompts: a key alone never answers, it only moves, ticks, or leaves the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import questionary
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from questionary.prompts.common import InquirerControl

from cst.asking import Back, Leave
from cst.asking import wording as words

WHY = "__why__"
DIGITS = 9  # choices that have a digit of their own


def listed(question: questionary.Question) -> InquirerControl:
    """The list of a menu: where its pointer stands and what is ticked."""
    windows = question.application.layout.find_all_windows()
    return next(window.content for window in windows if isinstance(window.content, InquirerControl))


def movers(control: InquirerControl, names: Mapping[str, str]) -> KeyBindings:
    """Digits move the pointer to that choice, and letters to the choice they stand for. Enter has to follow."""
    bindings = KeyBindings()
    places = {choice.value: place for place, choice in enumerate(control.choices)}
    keys = {str(place): place for place in places.values() if 1 <= place <= DIGITS}
    for key, place in (keys | {key: places[name] for key, name in names.items()}).items():
        bindings.add(key, eager=True)(lambda event, place=place: setattr(control, "pointed_at", place))
    return bindings


def tickers(control: InquirerControl) -> KeyBindings:
    """Space ticks. The letters that would tick many at once do nothing."""
    bindings = KeyBindings()

    @bindings.add(" ", eager=True)
    def _(event: Any) -> None:
        control.selected_options = words.toggled(control.selected_options, str(control.get_pointed_at().value))

    for key in "ai":
        bindings.add(key, eager=True)(lambda event: None)
    return bindings


def leaving() -> KeyBindings:
    """Ctrl-D leaves, an interrupt from outside stops."""
    bindings = KeyBindings()
    bindings.add(Keys.SIGINT)(lambda event: event.app.exit(exception=KeyboardInterrupt))

    @bindings.add(Keys.ControlD, eager=True)
    def _(event: Any) -> None:
        event.app.exit(exception=Leave())

    return bindings


def letters() -> KeyBindings:
    """In menus b goes back, q leaves and ? says why."""
    bindings = KeyBindings()
    for key, ending in (("b", {"exception": Back()}), ("q", {"exception": Leave()}), ("?", {"result": WHY})):
        bindings.add(key, eager=True)(lambda event, ending=ending: event.app.exit(**ending))
    return bindings
