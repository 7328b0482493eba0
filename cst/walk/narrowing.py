"""A list that a typed word narrows. Letters are keys only while nothing is typed, so that a word is never an answer."""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import Any

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from questionary.prompts.common import Choice, InquirerControl

from cst import card
from cst.walk.asker import Back, FindTopics, Leave
from cst.walk.keys import WHY, Toggled, keyed
from cst.walk.wording import likeliest

HINT = "Type a word to find it, such as knife."
# In a narrow window the shorter one, or none: never a part of one.
FOUND = ("Enter ticks it, Esc shows all.", "Enter ticks it.", "")
NONE_LIKE = ("Nothing here is like that. Esc empties.", "Nothing is like it.", "")
LONGEST, TAIL = 40, 20  # letters of what was typed that are shown; where there is no room for them
INDENT = 2  # columns before it
ENDS: dict[str, type[BaseException]] = {
    "q": Leave,
    Keys.ControlD: Leave,
    Keys.ControlC: KeyboardInterrupt,
    Keys.SIGINT: KeyboardInterrupt,
}


class Narrowing:
    """What is typed above a list, and the list as it is for that.

    `text` is what was typed. A letter that is a key of the list does what it does, until the next letter shows that
    it began a word: then that is taken back.
    """

    def __init__(
        self, control: InquirerControl, names: Sequence[tuple[str, str]], find: FindTopics, toggled: Toggled
    ) -> None:
        self.control = control
        self.names = names
        self.find = find
        self.toggled = toggled
        self.whole: list[Choice] = list(control.choices)
        self.text = ""
        self.like: list[str] = []
        self._pointed: Any = None  # where the pointer stood before a word was typed, and stands again after it
        self._begun = ""  # letters that were keys, and may yet begin a word
        self._before = self._after = self._state()  # before the first of them, and after the last

    def line(self) -> str:
        """What stands above the list."""
        if not self.text:
            return HINT
        told = (f"Find: {self.text[-LONGEST:]}_  {says}".rstrip() for says in (FOUND if self.like else NONE_LIKE))
        return next((one for one in told if len(one) + INDENT <= card.columns()), f"Find: {self.text[-TAIL:]}_")

    def narrow(self, text: str) -> None:
        """The list for what is typed now; all of it for nothing, or where nothing is like it."""
        if not self.text:
            self._pointed = self.control.get_pointed_at().value
        self.text, self._begun = text[:200], ""
        self.like = likeliest(text, self.names, self.find) if text.strip() else []
        by_name = {choice.value: choice for choice in self.whole}
        self.control.choices = [by_name[name] for name in self.like] or self.whole
        self.control.pointed_at = 0 if self.like else self.whole.index(by_name[self._pointed])

    def tick(self) -> None:
        """Ticks the choice that is pointed at, and empties what was typed; nothing where nothing was like it."""
        if self.like:
            self._pointed = self.control.get_pointed_at().value
            self._tick(str(self._pointed))
        self.narrow("")

    def _tick(self, name: str, *, also_off: bool = False) -> None:
        if also_off or name not in self.control.selected_options:
            self.control.selected_options = self.toggled(self.control.selected_options, name)

    def letter(self, key: str) -> None:
        """A letter that is a key of the list while nothing is typed, and else is typed on."""
        places = {str(choice.value): place for place, choice in enumerate(self.whole)}
        keys = {one: name for one, name in keyed([name for name, _ in self.names]) if one in string.ascii_letters}
        if self.text:
            self.narrow(self.text + key)
        elif key in keys or key == "y":
            if not self._word_begun():
                self._before = self._state()
            self._begun += key
            if key in keys:
                self.control.pointed_at = places[keys[key]]
            self._tick(str(self.control.get_pointed_at().value), also_off=key != "y")
            self._after = self._state()
        else:
            self.type(key)

    def type(self, text: str) -> None:
        """Types on. What the letters just before did is taken back: they began this word."""
        begun = self._word_begun()
        if begun:
            self.control.selected_options, self.control.pointed_at = list(self._before[0]), self._before[1]
        self.narrow(self.text + begun + text)

    def _state(self) -> tuple[list[str], int]:
        """What is ticked, and where the pointer is."""
        return list(self.control.selected_options), self.control.pointed_at

    def _word_begun(self) -> str:
        """The letters just before, where no other key ticked or moved since."""
        if self._after != self._state():
            self._begun = ""
        return self._begun

    def bindings(self) -> KeyBindings:
        """The keys: letters and blanks type, Backspace and Esc take back, Enter ticks where something is typed."""
        bindings = KeyBindings()
        typing = Condition(lambda: bool(self.text))
        leaves = {"q": {"exception": Leave()}, "?": {"result": WHY}}
        for key in set(string.printable) - set(string.whitespace):
            if key not in (*string.digits, *leaves, "b"):
                bindings.add(key, eager=True)(lambda event, key=key: self.letter(key))
                continue
            bindings.add(key, eager=True, filter=typing)(lambda event, key=key: self.type(key))
        for key, ending in leaves.items():
            bindings.add(key, eager=True, filter=~typing)(lambda event, ending=ending: event.app.exit(**ending))
        bindings.add("b", filter=~typing)(lambda event: event.app.exit(exception=Back()))

        @bindings.add("b", Keys.Any, filter=~typing)  # "burglary": the key waits a moment for the rest of a word
        def _(event: Any) -> None:
            then = event.key_sequence[1]
            if then.key in string.ascii_letters and then.key not in ("b", "q"):
                self.type("b" + then.key)
            else:
                event.app.exit(exception=ENDS.get(then.key, Back)())

        bindings.add(" ", eager=True, filter=typing)(lambda event: self.type(" "))
        bindings.add("enter", eager=True, filter=typing)(lambda event: self.tick())
        bindings.add("escape", eager=True)(lambda event: self.narrow(""))
        bindings.add("backspace", eager=True)(lambda event: self.narrow(self.text[:-1]))
        bindings.add(Keys.BracketedPaste, eager=True)(lambda event: self.type(" ".join(event.data.split())))
        return bindings
