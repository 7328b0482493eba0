"""Numbered lines: for screen readers, plain terminals and anything that is no real terminal. No escape codes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, TextIO

from cst import card
from cst.views.formats.line_breaks import fitted
from cst.views.formats.safe_text import clean
from cst.walk import wording as words
from cst.walk.asker import Around, Back, Drawn, End, Ending, FindPlace, FindTopics, Leave, Screen

if TYPE_CHECKING:
    from cst.engine.answers import Answers

KEYS = "? why   b back   q leave"
CARRY_ON = "Enter to carry on, "
WHEN_SAFE = "Enter when it is safe, "
BACK = "b to go back, "
LEAVE = "q to leave: "
AGAIN = ("list", "Type list to hear the choices again.")
MORE = "m for more questions, "
ENDINGS: dict[str, Ending] = {"": "keep", "m": "more", "more": "more", "c": "change", "change": "change"}
CHANGE = "c to change an answer, "
SAFE = "c to go on when it is safe, "
GO = "Enter or q to leave and move this off the screen: "
END = "Enter to end, q to leave and move this off the screen: "


class Lines:
    """Asks by printing numbered lines and reading one line."""

    stays = True  # there is no code that clears a screen here

    def __init__(
        self,
        source: TextIO,
        sink: TextIO,
        heard: Callable[[str], str] = str,
        found: FindPlace | None = None,
        topics: FindTopics | None = None,
    ) -> None:
        """Asks on a stream; `heard` makes text ready to be read aloud, `found` and `topics` find what was typed."""
        self.source = source
        self.sink = sink
        self.heard = heard
        self.found = found
        self.topics = topics
        self.forgets = False

    def __enter__(self) -> Lines:
        self.sink.write(fitted(self.heard(card.text()), self.sink) + "\n")
        self.sink.flush()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        left = self.forgets or kind is Leave or (kind is not None and issubclass(kind, KeyboardInterrupt))
        if left and self.sink.isatty():  # no escape codes here: what was shown is pushed off the screen
            self.sink.write("\n" * card.rows())
            self.sink.flush()

    def say(self, text: str) -> None:
        """Prints a line."""
        self.sink.write(fitted(self.heard(clean(text)), self.sink) + "\n")
        self.sink.flush()

    def show(self, drawn: Drawn, *, back: bool = False, held: bool = False) -> None:
        """Prints advice, and waits for Enter."""
        self.sink.write(drawn(card.columns()))
        self._key((WHEN_SAFE if held else CARRY_ON) + (BACK if back else "") + LEAVE, ("",), back=back)

    def finish(self, end: End, *, more: bool = False, held: bool = False) -> Ending:
        """Prints the end of it, and asks what to do next; a part is printed below. What was printed stays."""
        self.sink.write("".join(end.screens(card.columns(), card.rows())))
        parts = {part.key: part for part in end.parts}
        known = {name: ending for name, ending in ENDINGS.items() if more or ending != "more"}
        offered = "".join(f"{part.says}, " for part in end.parts if part.says)
        prompt = offered + (MORE if more else "") + (SAFE if held else CHANGE) + (GO if held else END)
        try:
            while (typed := self._key(prompt, (*known, *parts))) not in known:
                self.sink.write(parts[typed].drawn(card.columns()))
            self.forgets = held and known[typed] == "keep"
            return "leave" if self.forgets else known[typed]
        except Leave:
            self.forgets = True
            return "leave"

    def ask(self, screen: Screen, around: Around) -> Answers:
        """Asks until there is an answer; after each try that is none the question is said again."""
        self._show(screen, around)
        while True:
            typed = self._read("Numbers with commas, such as 1,3: " if words.many(screen) else "Answer: ")
            if typed.casefold() == AGAIN[0] and screen[0]["type"] != "number":
                self._offer(screen)
                continue
            if typed == "?":
                for line in (*words.why_asked(screen), *words.hanging(around.hangs)):
                    self.say(line)
            elif not typed:
                self.say(words.NO_BLANK)
            elif (given := self._understood(screen, typed)) is not None:
                return given
            self.say(words.heading(screen))
            if screen[0]["type"] != "number":
                self.say(AGAIN[1])

    def _show(self, screen: Screen, around: Around) -> None:
        self.say("")
        was = words.was(screen, around.before)
        before = words.sentence(was[0].upper() + was[1:]) if was else ""
        for text in filter(None, (around.notice, around.progress, before)):
            self.say(text)
        self._offer(screen)
        self.say(KEYS)

    def _offer(self, screen: Screen) -> None:
        """The question and what may be answered."""
        self.say(words.heading(screen))
        for hint in words.hints(screen):
            self.say(hint)
        if screen[0]["type"] == "number":
            self.say(f"A number ({screen[0]['unit']}), or: not sure")
            return
        places = {name: f"{place} " for place, (name, _) in enumerate(words.options(screen), 1)}
        for name, label, hint in words.labels(screen):
            place = places.get(name, "")  # a question above its choices has no number
            self.say(f"{place}{words.sentence(label)} {hint}" if hint else f"{place}{label}")
        if self.found and words.is_place(screen):
            self.say(words.PLACE)

    def _key(self, prompt: str, known: Collection[str], *, back: bool = False) -> str:
        """What was typed at a page, which is one of the `known`; `back`: whether there is a screen to go back to."""
        while True:
            try:
                if (typed := self._read(prompt).casefold()) in known:
                    return typed
                self.say(f"{words.echo(typed)} does nothing here.")
            except Back:
                if back:
                    raise
                self.say("There is no going back from here.")

    def _read(self, prompt: str) -> str:
        self.sink.write(fitted(prompt.rstrip(), self.sink) + " ")
        self.sink.flush()
        line = self.source.readline()
        if not line:
            raise Leave
        typed = line.strip()
        if typed.casefold() in ("q", "quit", "leave"):
            raise Leave
        if typed.casefold() in ("b", "back"):
            raise Back
        return typed

    def _understood(self, screen: Screen, typed: str) -> Answers | None:
        """The answers typed; None after saying what is allowed."""
        if words.many(screen):
            return self._ticked(screen, typed)
        if screen[0]["type"] == "number":
            number = words.number(screen[0], typed)
            if number is None:
                self.say(words.refusal(screen[0], typed))
            return number
        return self._one(screen, typed)

    def _one(self, screen: Screen, typed: str) -> Answers | None:
        offered = words.options(screen)
        chosen = words.one_of(offered, typed)
        if chosen is None and self.found and words.is_place(screen):
            chosen = self._place(self.found, typed)
        elif chosen is None:
            near = words.nearest(offered, typed)
            allowed = f"type a number from 1 to {len(offered)}"
            self.say(f"{words.echo(typed)} is not one of the answers: {allowed}.{near}")
        return None if chosen is None else words.answer(screen[0], chosen)

    def _place(self, found: FindPlace, typed: str) -> str | None:
        """The area of a place; where it has none, of one of those near to it, or of what is typed instead."""
        area, says = found(typed)
        if says:
            self.say(says)
        if area is not None or not (near := found.near(typed)):
            return area
        for place, label in enumerate(near.values(), 1):
            self.say(f"{place} {label}")
        try:
            again = self._read("The number of one of these, or Enter for none: ")
        except Back:
            return None
        chosen = words.one_of(list(near.items()), again) if again else None
        return found(chosen).area if chosen else found(again).area if again else None

    def _like(self, screen: Screen, typed: str) -> str:
        """The topics that words are like, each with its number, to be typed: words alone choose none."""
        if not (self.topics and words.is_topics(screen)):
            return ""
        offered = words.options(screen)
        places = {name: place for place, (name, _) in enumerate(offered, 1)}
        near = words.likeliest(typed, offered, self.topics)
        return f"Nearest: {'; '.join(f'{places[name]} {dict(offered)[name]}' for name in near)}." if near else ""

    def _ticked(self, screen: Screen, typed: str) -> Answers | None:
        offered = words.options(screen)
        ticked = [words.one_of(offered, part) for part in words.parts(typed)]
        if None in ticked:
            says = f"{words.echo(typed)} is not one of the answers"
            self.say(f"{says}: type numbers from 1 to {len(offered)} with commas between.")
            if like := self._like(screen, typed):
                self.say(like)
            return None
        given = words.from_ticks(screen, [one for one in dict.fromkeys(ticked) if one])
        if isinstance(given, str):
            self.say(given)
            if given == words.REST_OPEN:
                self.say(f"Type {typed},{len(offered) - 1} for no, or {typed},{len(offered)} for not sure.")
            return None
        return given
