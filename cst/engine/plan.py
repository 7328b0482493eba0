"""What to ask and what to say: answers in, plan out.

A pure function with no state between calls. Going back is dropping an answer; resuming is giving answers again.
Danger is asked first, then the concern, then only what can still change the plan, in the author's order.
"""

from __future__ import annotations

from cst import CONTRACT
from cst.engine.answers import spoken
from cst.engine.call_order import call_order, emergency_rung, rings_emergency
from cst.engine.describe import area_name, describe_cautions, describe_edition, describe_source, describe_step
from cst.engine.do_nots import do_nots
from cst.engine.not_sure import FIND_OUT, box, cautions_of_unknowns, find_out, named_questions
from cst.engine.questions import danger_questions, describe_given, describe_questions, describe_reasons
from cst.engine.scheme_words import hint
from cst.engine.situation import AREA, Situation, Taken, conditions
from cst.exits import EMERGENCY
from cst.lean_typing import TYPE_CHECKING
from cst.rules import parameters, questions, reasons, residual

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from cst import contract
    from cst.engine.answers import Answers
    from cst.engine.call_order import Calls
    from cst.rules import Rule
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

NOTHING_YET = "Nothing is known yet that anybody should be rung about."


def plan(
    toolkit: Toolkit, answers: Answers, at: datetime, area: str | None = None, area_says: str | None = None
) -> contract.Plan:
    """What to say for these answers, and what is still worth asking.

    Args:
        toolkit: what is known.
        answers: what has been answered so far.
        at: the minute, in Europe/London.
        area: the person's council area where it was given apart from the answers; with the next, a `Place`.
        area_says: what the place that was given was taken as, or why it has no area; not where an answer gives one.
    """
    here = Situation(toolkit, answers, at, area)
    taken, opened, ladders = in_order(here)
    asking = here.worth_asking(taken, opened)
    after = _after_the_call(here, taken, asking)
    asking -= after
    held = here.held()
    stuck = {name for name, left in opened.items() if parameters(left)}  # no answer can say: the day has no figure
    aside = set_aside(here, taken)
    warned = tuple(cautions_of_unknowns(here, aside))
    outcomes = [_outcome(here, one, ladders[one.name], warned) for one in taken]
    unknown = find_out(here, taken, aside)
    if unknown:
        outcomes.append(box(here, unknown, warned))
    return {
        "cst": CONTRACT,
        "kind": "plan",
        "edition": describe_edition(toolkit),
        "area": here.area,
        "area_name": area_name(toolkit, here.area),
        "area_says": area_says if area or not here.area else None,
        "at": at.isoformat(timespec="minutes"),
        "answers": spoken(answers, toolkit),
        "set_aside": aside,
        "not_used": describe_given(toolkit, aside, answers),
        "complete": not asking and held is None and not stuck,
        "next": put(here, asking if held is None else held),
        "not_asked": put(here, after if held is None else ()),
        "open": [
            name
            for name, left in opened.items()
            if name in stuck or any(here.askable(asked) for asked in questions(left))
        ],
        "modes": [_describe_mode(name, mode) for name, mode in here.modes().items() if "says" in mode],
        "lines": [mode["line"] for mode in here.modes().values() if "line" in mode],
        "find_out": unknown,
        "outcomes": outcomes,
        "do_nots": _do_nots(toolkit, outcomes),
        "first": outcomes[0]["first"] if outcomes else None,
        "no_first": outcomes[0]["no_first"] if outcomes else NOTHING_YET,
        "also_ask": also_ask(here),
    }


def in_order(here: Situation) -> tuple[list[Taken], dict[str, Rule], dict[str, Calls]]:
    """The pathways that apply, in the order of the plan; those still open; and of each that applies whom to ring."""
    taken, opened = here.sort_out()
    if here.needs_fallback(taken):
        taken = here.by_urgency([*taken, Taken(here.toolkit.records["fallback"], certain=True)])
    ladders = {one.name: _ladder(here, one) for one in taken}
    taken = here.by_urgency(taken, {name for name, calls in ladders.items() if not calls.ready})
    if taken and rings_emergency(ladders[taken[0].name]):
        ladders = {name: emergency_rung(calls) for name, calls in ladders.items()}
    return taken, opened, ladders


def _do_nots(toolkit: Toolkit, outcomes: list[contract.Outcome]) -> list[contract.DoNot]:
    """Those of all that is for now or today; of the rest where nothing is."""
    urgent = [one for one in outcomes if one["urgency"] in ("now", "today")] or outcomes
    cautions = (caution for one in urgent for caution in one["cautions"])
    return do_nots(toolkit, cautions, [one for one in urgent if one["id"] != FIND_OUT])


def _after_the_call(here: Situation, taken: Sequence[Taken], asking: Iterable[str]) -> set[str]:
    """What waits until after an emergency call: all but danger itself, and who may look on where more is shown."""
    if not any(one.name == EMERGENCY and one.heads for one in taken):
        return set()
    return set(asking).difference(danger_questions(here.toolkit), here.turning_short() if len(taken) > 1 else ())


def put(here: Situation, names: Iterable[str]) -> list[contract.Question]:
    """Questions in screens, each in the words and with the choices that fit here."""
    records = here.toolkit.kind("questions")
    described = []
    for one in describe_questions(here.toolkit, names):
        record, offered = records[one["id"]], here.offered(one["id"])
        for words in [words for words in record.get("asked_as", ()) if here.is_certain(words["when"])][:1]:
            one["ask"], one["hint"] = words.get("ask", one["ask"]), words.get("hint", one["hint"])
        one["choices"] = [choice for choice in one["choices"] if choice["id"] in offered]
        described.append(one)
    return described


def _ladder(here: Situation, one: Taken) -> Calls:
    """Whom to ring for a pathway that applies."""
    counts = here.unknowns.counts(one.name)
    wanted = here.calls(here.toolkit.kind("pathways")[one.name], counts.leading if one.heads else counts.taken)
    return call_order(here.toolkit, wanted, here.where, here.is_certain)


def _outcome(here: Situation, one: Taken, calls: Calls, warned: Iterable[str]) -> contract.Outcome:
    toolkit, pathway = here.toolkit, here.toolkit.kind("pathways")[one.name]
    counts = here.unknowns.counts(one.name)
    rule = here.toolkit.rule_as_known(pathway["rule"], here.at.date())
    because = reasons(rule, here.answers.known, one.counting, True if one.counting else None)
    unsure = [name for name in questions(here.left(pathway["rule"])) if name in one.counting]
    spoken = pathway.get("to_me", {}) if here.happens_to_who_asks() else {}
    return {
        "id": one.name,
        "title": here.words(pathway, "title"),
        "brief": pathway.get("brief"),
        "urgency": pathway["urgency"],
        "certain": one.certain,
        "leads": one.heads,
        "asks": named_questions(here, one.name, one.counting),
        "because": describe_reasons(toolkit, because, here.spoken()),
        "unsure_of": describe_questions(toolkit, unsure or one.counting),
        "steps": [
            describe_step(step, here.words(step, "say"))
            for step in pathway["steps"]
            if here.speaks_to(step, counts.taken)
        ],
        "cautions": cautions_here(here, (*_cautions(here, pathway), *warned)),
        "contacts": calls.contacts,
        "unfilled": calls.unfilled,
        "first": calls.first,
        "no_first": calls.no_first,
        "have_ready": list(spoken.get("have_ready", pathway.get("have_ready", ()))),
        "if_worse": spoken.get("if_worse", pathway.get("if_worse")),
        "issues": list(pathway.get("issues", ())),
        "sources": [describe_source(toolkit, name) for name in pathway["sources"]],
    }


def cautions_here(here: Situation, names: Iterable[str]) -> list[contract.Caution]:
    """Cautions in the words for whoever asks, but for those that are not for them."""
    records = here.toolkit.kind("cautions")
    told = describe_cautions(
        here.toolkit, (name for name in names if here.speaks_to({"not_for": records[name].get("not_for", ())}))
    )
    return [_worded(one, here.words(records[one["id"]], "title")) for one in told]


def _worded(caution: contract.Caution, says: str) -> contract.Caution:
    """A caution in these words; the short form is of the usual ones."""
    return caution if says == caution["text"] else {**caution, "text": says, "brief": None}


def _cautions(here: Situation, pathway: records.Pathway) -> Iterator[str]:
    """The pathway's own cautions, then those of every mode that is on."""
    for record in (pathway, *here.modes().values()):
        yield from (use["caution"] for use in record.get("cautions", ()) if here.speaks_to(use))


def _describe_mode(name: str, mode: records.Mode) -> contract.Mode:
    return {"id": name, "title": mode["title"], "says": list(mode["says"]), "until": mode.get("until")}


def set_aside(here: Situation, taken: Iterable[Taken]) -> list[str]:
    """Answers that no longer matter: neither a reason for anything, nor worth asking for were they not given."""
    about = [(source, *here.about(source)) for source in _in_play(here, taken)]
    known, unsure = here.answers.known, here.answers.unsure
    used = {
        fact.question
        for source, rule, _ in about
        if residual(rule, known, unsure, True) is True
        for fact in reasons(here.rule(source), known, unsure, True)
    }
    used.update(mode["until"] for mode in here.toolkit.kind("modes").values() if "until" in mode)

    def would_be_asked(name: str) -> bool:
        without = here.answers.without(name)
        whole = here.is_topic(name)
        return any(
            name in questions(residual(here.rule(source) if whole else rule, without.known, without.unsure, True))
            for source, rule, asked in about
            if whole or name in asked
        )

    given = (name for name in here.toolkit.kind("questions") if here.given.answered(name))
    return [
        name
        for name in given
        if name not in used and name not in here.wording and name != AREA and not would_be_asked(name)
    ]


def _in_play(here: Situation, taken: Iterable[Taken]) -> Iterator[object]:
    """Where the rules are written of all pathways and modes, and the conditions within the pathways that apply."""
    for mode in here.toolkit.kind("modes").values():
        yield mode["rule"]
    for pathway in here.toolkit.kind("pathways").values():
        yield pathway["rule"]
        if "not_if" in pathway:
            yield pathway["not_if"]
    for one in taken:
        yield from conditions(here.toolkit.kind("pathways")[one.name])


def hanging(here: Situation, screen: Iterable[str]) -> tuple[str, ...]:
    """The titles of the open pathways that an answer to one of these questions can bring or rule out."""
    pathways, asked = here.toolkit.kind("pathways"), set(screen)
    _, opened = here.sort_out()
    return tuple(pathways[name]["title"] for name, left in opened.items() if not asked.isdisjoint(questions(left)))


def also_ask(here: Situation) -> list[contract.SchemeHint]:
    """Schemes that the answers already meet, or that are one answer away, where an answer bears on them."""
    hints: list[contract.SchemeHint] = []
    for name, scheme in here.toolkit.kind("schemes").items():
        source, own = scheme_rule(scheme, here.toolkit, here.area)
        if (own and "says" in own) or ("not_hinted_if" in scheme and here.left(scheme["not_hinted_if"]) is True):
            continue
        rule = here.rule(source)
        about, still = here.about(source)
        left = about if still.isdisjoint(here.answers.known) else residual(about, here.answers.known)
        if left is True:
            hints.append({"scheme": name, "title": scheme["title"], "met": True, "says": hint(here, scheme)})
        elif left is not rule and len(questions(left)) == 1 < len(questions(rule)):
            asked = here.toolkit.kind("questions")[questions(left)[0]]["ask"]
            hints.append({"scheme": name, "title": scheme["title"], "met": False, "says": asked})
    return hints


def scheme_rule(scheme: records.Scheme, toolkit: Toolkit, area: str | None) -> tuple[object, records.AreaRule | None]:
    """The rule of a scheme in an area, and the area's own entry where it has one, with or without a rule of its own."""
    own = scheme.get("area_rules", {})
    entry = next((own[name] for name in toolkit.around(area) if name in own), None) if area else None
    return entry["rule"] if entry and "rule" in entry else scheme["rule"], entry
