"""A plan on one screen: every urgent pathway with its own first number and step, once all the do-nots that kill.

How much each pathway gets follows from how many are urgent. An emergency stands first and whole, and asks nothing.
Where even the least does not fit there are two screens: the first has the emergency line, every first number and all
the do-nots that kill; the second says what to do.
"""

from __future__ import annotations

from cst.engine.not_sure import first_lines, shared_lines
from cst.exits import EMERGENCY
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.views.page import URGENCY_WORDS
from cst.views.pages.find_out import without_box
from cst.views.screen import shared_rows as shared
from cst.views.screen.layout import (
    ALSO_ASK,
    COMPACT_BELOW,
    MORE_TO_FIND_OUT,
    READY,
    WHY,
    Row,
    Screen,
    Section,
    Size,
    fitted,
    in_edge,
    lines_of,
)
from cst.views.screen.rungs import all_numbers, number_rows, one_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cst import contract

URGENT = ("now", "today")
RING = "RING 999 NOW, emergency line, open day and night"
WHOM = "Ring, each before you stop"
FIND_OUT_HOW = "Alone; no relative; do not question a child."
BY_HEARSAY = "Say what you know; do not go round or ask a child."
TELL = "Tell 999 if you know"
NOT_CERTAIN = "Not certain: see FIND OUT."
COUNTS = {1: "", 2: ", for both", 3: ", for all three"}


class Share(NamedTuple):
    """How much a pathway gets: numbers and steps, at most."""

    numbers: int
    steps: int


SHARES = {0: Share(3, 3), 1: Share(3, 3), 2: Share(2, 2)}
LEAST = Share(1, 1)
FEW, CHANCE = 2, 6  # steps that an entry is for: most have two at most, the only chance to speak has more


def plan_screens(plan: contract.Plan, size: Size, rest: str = shared.ALL) -> list[Screen]:
    """The plan on one screen of this size, or on two.

    Args:
        plan: with no mode on: what is overheard shows none of this.
        size: the room there is.
        rest: how to see what is not shown.
    """
    whole = _Whole(plan, size, rest)
    if size.rows >= COMPACT_BELOW:
        for shortened in range(1 + len(whole.can_shorten())):
            if screen := fitted(whole.screen(shortened), size):
                return [screen]
    elif screen := fitted(whole.screen(len(whole.sections)), size):
        return [screen]
    return whole.two_screens()


def in_order(plan: contract.Plan) -> list[contract.Outcome]:
    """The pathways as they are numbered on the screen: what is for now or today, then the rest, but no emergency."""
    others = [one for one in without_box(plan["outcomes"]) if one["id"] != EMERGENCY]
    return sorted(others, key=lambda one: not _stands_first(one, others))


def _stands_first(one: contract.Outcome, others: Sequence[contract.Outcome]) -> bool:
    """What is for now or today, and what is certain and leads the plan, below which an uncertain one stands."""
    return one["urgency"] in URGENT or (one is others[0] and one["certain"])


class _Whole:
    """A plan, taken apart into the sections of a screen."""

    def __init__(self, plan: contract.Plan, size: Size, rest: str) -> None:
        self.plan, self.size, self.rest = plan, size, rest
        self.emergency = next((one for one in plan["outcomes"] if one["id"] == EMERGENCY), None)
        others = in_order(plan)
        urgent = any(one["urgency"] in URGENT for one in others)
        lead = next(iter(without_box(plan["outcomes"])), None)
        first = [one for one in others if one["urgency"] in URGENT or (one is lead and one["certain"])]
        self.urgent = first if urgent or self.emergency else others
        self.later = [one for one in others if one not in self.urgent]
        self.numbered = {one["id"]: place for place, one in enumerate(self.urgent, 1)}
        self.chance = next((one for one in self.urgent if len(shared.key_steps(one["steps"])) > FEW), None)
        self.sections = [self._section(one) for one in self.urgent]

    def can_shorten(self) -> list[int]:
        """The pathways that can wait until later today: the last first."""
        return [place for place, one in enumerate(self.urgent) if one["urgency"] != "now"][::-1]

    def screen(self, shortened: int) -> Screen:
        """The whole on one screen, with so many pathways in their short form: those that can wait first."""
        order = self.can_shorten() + [place for place, one in enumerate(self.urgent) if one["urgency"] == "now"]
        short = set(order[:shortened])
        sections = [one.short if place in short and one.short else one for place, one in enumerate(self.sections)]
        return self._screen([*self._emergency(), *sections, *self._never(), *self._find_out()])

    def two_screens(self) -> list[Screen]:
        """The first with every first number and all that kills, the second with what to do."""
        whole = [part for one, part in zip(self.urgent, self.sections, strict=True) if one is self.chance]
        others = [one for one in self.urgent if one is not self.chance or self.emergency]
        rows = tuple(self._with_title(one, f"{_word(one)}  ") for one in others)
        title = f"Then: {WHOM[0].lower()}{WHOM[1:]}" if self.emergency or whole else WHOM
        whom = Section(rows, title, key="what to do comes after")
        first = self._screen(
            [*self._emergency(), *([] if self.emergency else whole), whom, *self._never(), *self._find_out()]
        )
        second = self._screen([one.short or one for one in self.sections])._replace(above=(), below=())
        return [fitted(one, self.size) or one for one in (first, second)]

    def _screen(self, sections: Sequence[Section]) -> Screen:
        plan = self.plan
        holders = [one for one in (self.emergency, *self.urgent, *self.later) if one]
        contacts = [contact for one in holders for contact in one["contacts"]]
        sources = [source for one in holders for source in one["sources"]]
        return Screen(
            shared.danger(),
            shared.place_and_minute(plan),
            tuple(sections),
            tuple(shared.about_the_place(plan, local=bool(self.urgent))),
            (*self._below(), shared.closing(contacts)),
            shared.all_steps({one["id"]: one["steps"] for one in holders})
            | shared.all_do_nots(plan["do_nots"])
            | {("numbers", number) for number in all_numbers(holders)}
            | shared.all_sources(sources, contacts),
            self.rest,
        )

    def _title(self, one: contract.Outcome) -> str:
        several = f"{self.numbered[one['id']]} " if len(self.urgent) > 1 or self.emergency else ""
        return f"{several}{one['brief'] or one['title']}"

    def _section(self, one: contract.Outcome) -> Section:
        """One pathway: its own first number, also where another has the same, and its own steps.

        Where several begin with the same number, the next of each tells them apart, if there is a row for it.
        """
        share = self._share(one)
        numbers = tuple(number_rows(one, share.numbers + self._shares_first(one)))
        steps = tuple(shared.own_steps(one["steps"], share.steps, one["id"]))
        tag = f"Then {_word(one)}" if self.emergency else _word(one)
        unsure = () if one["certain"] else tuple(self._not_certain(one))
        least = tuple(shared.own_steps(one["steps"], 1, one["id"]))
        title = self._with_title(one)
        short = Section((*unsure, *least), title.text, one["urgency"], tag, shows=title.shows)
        if self.size.framed and not in_edge(short, self.size):
            short = Section((*unsure, one_row(one), *least), self._title(one), one["urgency"], tag)
        return Section((*unsure, *numbers, *steps), self._title(one), one["urgency"], tag, short=short)

    def _share(self, one: contract.Outcome) -> Share:
        """What may be the only chance gets all that it is for, six steps; what stands beside it gets the least."""
        if self.emergency:
            return LEAST
        if one is self.chance:
            return Share(2, CHANCE)
        return LEAST if self.chance else SHARES.get(len(self.urgent), LEAST)

    def _shares_first(self, one: contract.Outcome) -> bool:
        """Whether another pathway on the screen begins with the same number."""
        first = [other["first"] for other in self.urgent if other["first"]]
        return one["first"] is not None and not self.emergency and first.count(one["first"]) > 1

    def _with_title(self, one: contract.Outcome, before: str = "") -> Row:
        """Title and first number in one row."""
        row = one_row(one)
        return row._replace(text=f"{before}{self._title(one)}. {row.text}", kind="words")

    def _not_certain(self, one: contract.Outcome) -> Iterator[Row]:
        """Why a pathway stands here though something of it is not known: its named question, once on the screen."""
        boxed = {line["question"] for line in self.plan["find_out"]}
        if one["asks"] or not boxed.issuperset(question["id"] for question in one["unsure_of"]):
            yield Row(f"Not certain: {' '.join(one['asks']) or '; '.join(line['ask'] for line in one['unsure_of'])}")
        elif not self.emergency:
            yield Row(NOT_CERTAIN)

    def _emergency(self) -> Iterator[Section]:
        """Ring, where you are, cannot speak, out of smoke: nothing of it goes."""
        if self.emergency:
            rows = (row._replace(goes=0) for row in shared.own_steps(self.emergency["steps"], 3, EMERGENCY))
            yield Section(tuple(rows), RING, "emergency", "EMERGENCY")

    def _never(self) -> Iterator[Section]:
        """All that kills, of all pathways together, once."""
        columns = self.size.inner
        rows = shared.never_rows(self.plan["do_nots"], columns, self.numbered)
        if rows:
            count = len(self.urgent) + bool(self.emergency)
            # Each begins "Do not": where there is no frame a title would cost the row of another.
            yield Section(tuple(rows), f"DO NOT{COUNTS.get(count, ', for all')}" if self.size.framed else "")

    def _find_out(self) -> Iterator[Section]:
        """What is not known: a row each, the deadliest first; in an emergency one row with what was not asked."""
        told = self.plan["find_out"]
        if told and self.emergency:
            yield Section((_not_known(told, self.size.inner),), "NOT KNOWN", key=f"{len(told)} in all")
        elif told:
            together = shared_lines(told)
            least = first_lines(told)
            rows = [_question(lines, place, least) for place, lines in enumerate(together)]
            tag = self.plan["outcomes"][-1]["title"].upper()
            how = BY_HEARSAY if self.plan["answers"].get("contact-mode") == "heard" else FIND_OUT_HOW
            yield Section(tuple(rows), how, "today", tag, f"{len(told)} in all")

    def _below(self) -> Iterator[Row]:
        plan = self.plan
        if self.later:
            first = len(self.urgent) + 1
            titles = (f"{place} {one['brief'] or one['title']}" for place, one in enumerate(self.later, first))
            yield Row(f"Later: {'; '.join(titles)}.", goes=ALSO_ASK - 1)
        why = "; ".join(dict.fromkeys(reason["says"] for one in self.urgent for reason in one["because"]))
        if why:
            yield Row(f"Why: {why}.", goes=WHY)
        if not plan["complete"] and plan["next"]:
            yield Row(f"Still to ask: {plan['next'][0]['ask']}", goes=WHY - 1)
        if plan["also_ask"]:
            asks = "; ".join(f"{one['title']}" for one in plan["also_ask"])
            yield Row(f"Also ask: {asks}.", goes=ALSO_ASK)
        ready = next((one["have_ready"] for one in (self.emergency, *self.urgent) if one and one["have_ready"]), [])
        if ready:
            yield Row(f"Have ready: {'; '.join(ready)}.", goes=READY)


def _word(one: contract.Outcome) -> str:
    return shared.MARKS.get(one["urgency"], URGENCY_WORDS[one["urgency"]])


def _question(lines: Sequence[contract.FindOut], place: int, least: int) -> Row:
    """One row of the box: the question, what a yes means, whom to ring where it stays unknown."""
    first = lines[0]
    number = first["ring"]["first"]["phone"] if first["ring"]["first"] else ""
    asked = " ".join(one["brief"] or f"{one['says']} Yes: {one['if_yes']}" for one in lines)
    ring = f" Not known: {number}." if number else " Not known: ask your lead today."
    stays = place == 0 or (place < least and any(one["urgency"] == "now" for one in lines))
    return Row(f"{asked}{ring}", "?", "ask", 0 if stays else MORE_TO_FIND_OUT + min(place, 9))


def _not_known(lines: Sequence[contract.FindOut], columns: int) -> Row:
    """In an emergency nothing is asked: what is not known in two rows, to be told to whoever answers."""
    words = [(one["brief"] or one["says"]).partition("?")[0] for one in lines]
    for count in range(len(words), 0, -1):
        more = f"; {len(words) - count} more" if count < len(words) else ""
        row = Row(f"{TELL}: {'; '.join(words[:count])}{more}.", "?", "ask")
        if lines_of(row, columns) <= 2:
            break
    return row
