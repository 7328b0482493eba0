"""What prompts say, and how typed answers are understood: shared by menus and numbered lines."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from cst.engine import answer_words
from cst.engine.answers import NOT_SURE as NOT_SURE
from cst.engine.answers import Answers, is_whole_number
from cst.engine.situation import AREA
from cst.views.formats.safe_text import one_line
from cst.walk.asker import FindTopics, Screen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cst import contract
    from cst.rules import Value

OF = "="  # between a question and its choice, in a row of a list
NONE = "none"
HANGING = 4  # pathways that ? names
GROUP = "Which of these apply?"
ALONE = "Does this apply?"
NO_BLANK = "Blank is not an answer. If you do not know, type not sure."
NO_TO_REST = "No to the rest"
UNSURE_OF_REST = "Not sure about the rest"
REST = "Pick what applies, then no or not sure for the rest."
REST_OPEN = "And those you left blank? Pick no or not sure for the rest as well."
PICK_ONE = "No is no answer to this one, so pick one, or not sure for the rest:"
ONE_REST = "Pick one for the rest: no, or not sure."
PLACE = "You can type the name of a town here."
NEAR = "near"
WHICH_PLACE = "Which place is it?"
NO_PLACE = "None of these: type it again"
AGAIN = "Type it again, or the council area. If you do not know, type not sure."
TOPICS = "concerns"
LIKE = 6  # topics that words leave of the list, the likeliest first
LONGEST = 30  # characters of what was typed that are said back
WAYS = {"yes": answer_words.YES, "no": answer_words.NO, NONE: answer_words.NO, NOT_SURE: answer_words.NOT_SURE}

Option = tuple[str, str]  # what it stands for, and its label


def own_question(
    name: str, ask: str, why: str, choices: list[dict[str, str]], hint: str | None = None
) -> contract.Question:
    """A question that stands in no toolkit: one of these choices, each with its id and label."""
    return {
        "id": name,
        "ask": ask,
        "hint": hint,
        "why": why,
        "type": "choice",
        "choices": choices,
        "constraint": None,
        "unit": None,
        "group": None,
        "screen": 0,
        "danger": False,
        "sensitive": False,
        "named": None,
        "observe": False,
    }


def is_group(screen: Screen) -> bool:
    """Whether a screen is a list to tick: a row for each yes-no question, and one for each choice of the others."""
    return len(screen) > 1


def many(screen: Screen) -> bool:
    """Whether several options of a screen may be chosen."""
    return is_group(screen) or screen[0]["type"] == "pick-many"


def options(screen: Screen) -> list[Option]:
    """What can be chosen on a screen; the real none and the real not sure come last."""
    question = screen[0]
    if is_group(screen):
        rows = [row for one in screen for row in _rows(one)]
        return [*rows, (NONE, NO_TO_REST), (NOT_SURE, UNSURE_OF_REST)]
    match question["type"]:
        case "yes-no":
            return [("yes", "Yes"), ("no", "No"), (NOT_SURE, "Not sure")]
        case "choice":
            offered = _choices(question)
            return offered if NOT_SURE in dict(offered) else [*offered, (NOT_SURE, "Not sure")]
        case "pick-many":
            return [*_choices(question), (NONE, "None of these"), (NOT_SURE, "Not sure")]
    return [(NOT_SURE, "Not sure")]


def _rows(question: contract.Question) -> list[Option]:
    """The rows of a question in a list: itself, or each of its choices."""
    if question["type"] == "yes-no":
        return [(question["id"], question["ask"])]
    return [(f"{question['id']}{OF}{choice}", label) for choice, label in _choices(question)]


def is_heading(name: str) -> bool:
    """Whether a row of a list is the question above its choices, and nothing to tick."""
    return name.endswith(OF)


def _choices(question: contract.Question) -> list[Option]:
    return [(choice["id"], choice["label"]) for choice in question["choices"]]


def heading(screen: Screen) -> str:
    """The question of a screen; a statement that stands in a list elsewhere is put as a question when alone."""
    if is_group(screen):
        return GROUP
    question = screen[0]
    stated = question["type"] == "yes-no" and not question["ask"].endswith("?")
    return f"{ALONE} {question['ask']}" if stated else question["ask"]


def hints(screen: Screen) -> list[str]:
    """What helps to answer the whole screen: a question's own hint; in a group each has its own beside it."""
    return [REST] if is_group(screen) else [hint for question in screen if (hint := question["hint"])]


def is_place(screen: Screen) -> bool:
    """Whether a screen asks where somebody is."""
    return screen[0]["id"] == AREA


def is_topics(screen: Screen) -> bool:
    """Whether a screen is the list of topics, in which a word can be typed."""
    return not is_group(screen) and screen[0]["id"] == TOPICS


def near_question(near: Mapping[str, str]) -> contract.Question:
    """Which of some places is meant."""
    why = "Places near to each other have other numbers."
    choices = [{"id": place, "label": label} for place, label in near.items()]
    return own_question(NEAR, WHICH_PLACE, why, [*choices, {"id": NONE, "label": NO_PLACE}])


def was(screen: Screen, before: Answers) -> str:
    """What was answered before, as "was: yes"; "" where nothing was."""
    if is_group(screen):
        said = dict(options(screen))
        ticked = "; ".join(said[one] for one in ticks(screen, before))
        return f"was: {ticked}" if ticked else ""
    question = screen[0]
    name = question["id"]
    if name in before.unsure:
        return "was: not sure"
    if name not in before.known:
        return ""
    value = before.known[name]
    if isinstance(value, bool):
        return f"was: {'yes' if value else 'no'}"
    said = dict(options(screen))
    picked = sorted(value) if isinstance(value, frozenset) else [str(value)]
    return f"was: {'; '.join(said.get(one, one) for one in picked) or said.get(NONE, NONE)}"


def labels(screen: Screen) -> list[tuple[str, str, str]]:
    """What can be chosen: what it stands for, its label, and in a group the hint that belongs to it, or "".

    In a group a question with choices stands as a heading above them.
    """
    if not is_group(screen):
        return [(name, label, "") for name, label in options(screen)]
    rows: list[tuple[str, str, str]] = []
    for one in screen:
        if one["type"] == "yes-no":
            rows.append((one["id"], one["ask"], one["hint"] or ""))
        else:
            rows.append((one["id"] + OF, one["ask"], one["hint"] or ""))
            rows += [(name, label, "") for name, label in _rows(one)]
    return [*rows, *((name, label, "") for name, label in options(screen)[-2:])]


def why_asked(screen: Screen) -> list[str]:
    """Why a screen is asked, and what helps to answer; in a group each after its question."""
    if is_group(screen):
        return [" ".join(filter(None, (sentence(one["ask"]), one["why"], one["hint"]))) for one in screen]
    return [screen[0]["why"], *hints(screen)]


def sentence(text: str) -> str:
    """A text with a full stop, unless it ends in one."""
    return text if text.endswith(("?", ".")) else f"{text}."


def hanging(titles: tuple[str, ...]) -> list[str]:
    """What the answers can still bring, as one sentence: the most urgent few, as the question has to stay in view."""
    more = len(titles) - HANGING
    named = "; ".join([*titles[:HANGING], *([f"and {more} more"] if more > 0 else [])])
    return [f"An answer may lead to: {named}."] if titles else []


def toggled(screen: Screen, ticked: list[str], name: str) -> list[str]:
    """The ticks after this one was set or taken away.

    In a group no and not sure are for the rest, so only one of the two can stand, and of a choice only one row.
    Elsewhere a tick takes "None of these" away, but that never takes a tick away: one key would undo all that was said.
    """
    if name in ticked:
        return [one for one in ticked if one != name]
    single = {one["id"] for one in screen if one["type"] == "choice"} if is_group(screen) else set()
    if (question := name.partition(OF)[0]) in single:
        return [*(one for one in ticked if not one.startswith(question + OF)), name]
    against = {NONE: [NOT_SURE], NOT_SURE: [NONE]}.get(name, [] if is_group(screen) else [NONE])
    return [*(one for one in ticked if one not in against), name]


def ticks(screen: Screen, before: Answers) -> list[str]:
    """What was ticked for these answers; nothing where a screen is not a list or has no answer yet."""
    if is_group(screen):
        names = [question["id"] for question in screen]
        ticked = [row for one in screen for row, _ in _rows(one) if _is_ticked(one, row, before)]
        unsure = before.unsure.intersection(names)
        no = any(before.known.get(name) in (False, frozenset()) for name in names)
        return [*ticked, *([NOT_SURE] if unsure else [NONE] if no else [])]
    picked = before.known.get(screen[0]["id"])
    if screen[0]["type"] == "pick-many" and screen[0]["id"] in before.unsure:
        return [NOT_SURE]
    return sorted(picked) or [NONE] if isinstance(picked, frozenset) else []


def _is_ticked(question: contract.Question, row: str, before: Answers) -> bool:
    """Whether an answer ticks a row."""
    value, choice = before.known.get(question["id"]), row.partition(OF)[2]
    return choice in value if isinstance(value, frozenset) else value == choice if choice else value is True


def parts(text: str) -> list[str]:
    """What was typed for a list, one by one: commas or semicolons between, between numbers a blank will do."""
    split = [part.strip() for part in text.replace(";", ",").split(",")]
    numbers = [part.split() if all(map(is_whole_number, part.split())) else [] for part in split]
    return [one for part, apart in zip(split, numbers, strict=True) for one in apart or [part]]


def answer(question: contract.Question, option: str) -> Answers:
    """The answer that an option of a question stands for."""
    name = question["id"]
    if option == NOT_SURE:
        return Answers(unsure=frozenset({name}))
    return Answers({name: option == "yes" if question["type"] == "yes-no" else option})


def from_ticks(screen: Screen, ticked: list[str]) -> Answers | str:
    """The answers that some ticks stand for, or what is wrong with them in a kind sentence."""
    if is_group(screen):
        return _from_group(screen, ticked)
    if not ticked:
        return "Choose what applies, or none of these, or not sure."
    if NONE in ticked and len(ticked) > 1:
        return "None of these cannot go with another choice. Take one of them away."
    if NOT_SURE in ticked and len(ticked) > 1:
        return "Not sure cannot go with another choice here. Pick only what you do know."
    if NOT_SURE in ticked:
        return answer(screen[0], NOT_SURE)
    return Answers({screen[0]["id"]: frozenset(ticked) - {NONE}})


def _from_group(screen: Screen, ticked: list[str]) -> Answers | str:
    """A yes for each tick, and for the rest what was said of them: a blank is no answer, least of all a no.

    "No to the rest" is none of a list of signs, and no answer to a question that wants one of its choices.
    """
    said_of_rest = [one for one in (NONE, NOT_SURE) if one in ticked]
    picked = {one["id"]: [row for row, _ in _rows(one) if row in ticked] for one in screen}
    rest = [one for one in screen if not picked[one["id"]]]
    if len(said_of_rest) > 1:
        return ONE_REST
    twice = [one["ask"] for one in screen if one["type"] == "choice" and len(picked[one["id"]]) > 1]
    if twice:
        return f"Pick only one: {twice[0]}"
    if rest and not said_of_rest:
        return REST_OPEN if ticked else REST
    if NONE in ticked and (blank := [one["ask"] for one in rest if one["type"] == "choice"]):
        return f"{PICK_ONE} {blank[0]}"
    unsure = frozenset(one["id"] for one in rest if NOT_SURE in ticked)
    known = {one["id"]: _picked(one, picked[one["id"]]) for one in screen if one["id"] not in unsure}
    return Answers(known, unsure)


def _picked(question: contract.Question, rows: list[str]) -> Value:
    """The answer that the ticked rows of one question stand for."""
    chosen = [row.partition(OF)[2] for row in rows]
    match question["type"]:
        case "yes-no":
            return bool(rows)
        case "choice":
            return chosen[0]
    return frozenset(chosen)


def number(question: contract.Question, text: str) -> Answers | None:
    """The number or "not sure" that was typed; None where it is neither."""
    said = answer_words.plainly(text)
    if answer_words.is_not_sure(said):
        return answer(question, NOT_SURE)
    limits: dict[str, Any] = question["constraint"] or {}
    if is_whole_number(said) and limits["at_least"] <= int(said) <= limits["at_most"]:
        return Answers({question["id"]: int(said)})
    return None


def refusal(question: contract.Question, typed: str) -> str:
    """What to say to a number that is none."""
    limits: dict[str, Any] = question["constraint"] or {}
    return f"{echo(typed)} is not a number I can use. {limits['message']} If you do not know, type not sure."


def echo(typed: str) -> str:
    """What was typed, as it is said back: in quotes, and cut where it is long."""
    said = " ".join(one_line(typed).split())
    return f'"{said[:LONGEST]}..."' if len(said) > LONGEST else f'"{said}"'


def one_of(offered: list[Option], text: str) -> str | None:
    """The option that was typed: its number, its words, its id, or a known way to say it; None where it is none.

    Never a guess: a word that is not known is no answer.
    """
    said = answer_words.plainly(text)
    if is_whole_number(said):
        place = int(said)
        return offered[place - 1][0] if 1 <= place <= len(offered) else None
    by_word = {word: name for name, label in offered for word in (label.casefold(), name, *WAYS.get(name, ()))}
    return by_word.get(said)


def likeliest(typed: str, labels: Sequence[tuple[str, str]], find: FindTopics) -> list[str]:
    """The choices that a typed word is like: first those that have it in their own words, in the order of the search.

    Args:
        typed: what was typed, also the beginning of a word.
        labels: each choice and its words.
        find: what the search says, the likeliest first.
    """
    names = dict(labels)
    found = [name for name in find(typed) if name in names]
    own = [name for name, label in labels if _holds(label, typed)]
    ranked = [*found, *(name for name in own if name not in found)]
    return sorted(ranked, key=lambda name: name not in own)[:LIKE]


def _holds(label: str, typed: str) -> bool:
    """Whether each typed word begins a word of a label."""
    words = label.casefold().replace("-", " ").split()
    return all(any(word.startswith(part) for word in words) for part in typed.casefold().split())


def nearest(offered: list[Option], text: str) -> str:
    """A helpful guess to show, never to take."""
    near = difflib.get_close_matches(text.casefold(), [label.casefold() for _, label in offered], 1)
    return f" Did you mean {near[0]}?" if near else ""
