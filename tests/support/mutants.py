"""Breaking the knowledge on purpose, one small change at a time, to see whether anything notices.

    python -m tests.support.mutants [--count 600] [--seed 1] [--jobs 2] [--soon]

Each mutant is the shipped toolkit with one change a tired maintainer might make: a criterion dropped, any for all, a
figure or an hour or a digit by one, an urgency lowered, two calls swapped, a caution lost. It is killed by the checks
of a maintainer's day, in this order: the cases, the proofs, the second entry (`knowledge/second_entry.yaml`). Which of
them notices is counted, as the second entry would notice nearly any change. What survives is printed, to be read.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from multiprocessing import Pool
from typing import Any, NamedTuple

from cst.checks.all_proofs import edition_day, proofs
from cst.checks.cases import case_faults
from cst.toolkit import names
from cst.toolkit.toolkit import Toolkit
from tests.support.second_entry import differences
from tests.support.states import shipped

Records = dict[str, Any]
Place = tuple[str | int, ...]
URGENCIES = ("now", "today", "soon", "routine")
RULES = ("rule", "when", "implied_by", "asked_if", "not_hinted_if", "not_if")


class Mutant(NamedTuple):
    """One change: which way of changing it is, where, whether it touches safety, and how to make it."""

    way: str
    place: Place
    safety: bool
    value: Any  # what stands at the place afterwards; `GONE` where nothing does


GONE = "(gone)"


def mutants(records: Records) -> Iterator[Mutant]:
    """Every mutant of the records, in order."""
    for kind in ("pathways", "schemes", "rules", "modes", "questions"):
        for name, record in records[kind].items():
            for place, rule in _rules(record, (kind, name)):
                yield from _of_rule(rule, place, safety=_guards(records, kind, name) and "rule" in place)
    for name, pathway in records["pathways"].items():
        yield from _of_pathway(name, pathway)
    for name, contact in records["contacts"].items():
        if contact["status"] == "active":
            yield from _of_contact(name, contact)
    for name, parameter in records["parameters"].items():
        for number, dated in enumerate(parameter["values"]):
            for step in (-1, 1):
                place = ("parameters", name, "values", number, "value")
                yield Mutant("a figure by one", place, True, dated["value"] + step)
    for name, caution in records["cautions"].items():
        for number in range(len(caution.get("needed_for", ()))):
            yield Mutant("a need forgotten", ("cautions", name, "needed_for", number), True, GONE)
    for name, issue in records["issues"].items():
        if len(issue["pathways"]) > 1:
            yield Mutant("two pathways swapped", ("issues", name, "pathways"), False, issue["pathways"][::-1])


def _guards(records: Records, kind: str, name: str) -> bool:
    """Whether a rule decides about something for now or today."""
    return kind == "pathways" and records[kind][name]["urgency"] in ("now", "today")


def _rules(value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            here = (*place, key)
            if key in RULES:
                yield here, inner
            else:
                yield from _rules(inner, here)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _rules(inner, (*place, number))


def _of_rule(rule: Any, place: Place, *, safety: bool) -> Iterator[Mutant]:
    if not isinstance(rule, dict):
        yield Mutant("a rule turned round", place, safety, {"not": rule})
        return
    (word, rest), *_ = rule.items()
    here = (*place, word)
    if word in ("any", "all"):
        other = "all" if word == "any" else "any"
        if len(rest) > 1:
            yield Mutant("any for all" if word == "all" else "all for any", place, safety, {other: rest})
        for number, part in enumerate(rest):
            if len(rest) > 1:
                yield Mutant("a criterion dropped", (*here, number), safety, GONE)
            if isinstance(part, dict):
                yield from _of_rule(part, (*here, number), safety=safety)
    elif word == "not":
        yield Mutant("a not lost", place, safety, rest)
    elif word == "at_least":
        for step in (-1, 1):
            yield Mutant("a count by one", (*here, "count"), safety, rest["count"] + step)
    elif isinstance(rest, dict):
        yield from _of_comparison(rest, here, safety)


def _of_comparison(rest: Records, here: Place, safety: bool) -> Iterator[Mutant]:
    (operator, value), *_ = rest.items()
    if isinstance(value, list):
        for number in range(len(value)):
            if len(value) > 1:
                yield Mutant("a choice dropped", (*here, operator, number), safety, GONE)
    elif operator in ("at_least", "more_than"):
        yield Mutant(
            "a comparison weaker", here, safety, {{"at_least": "more_than", "more_than": "at_least"}[operator]: value}
        )


def _of_pathway(name: str, pathway: Records) -> Iterator[Mutant]:
    here: Place = ("pathways", name)
    urgent = pathway["urgency"] in ("now", "today")
    if pathway["urgency"] != "routine":
        lower = URGENCIES[URGENCIES.index(pathway["urgency"]) + 1]
        yield Mutant("an urgency lowered", (*here, "urgency"), True, lower)
    for toward in ("take", "skip"):
        yield Mutant("not sure otherwise", (*here, "on_not_sure"), urgent, [{"do": toward}])
    for number in range(len(pathway["cautions"])):
        yield Mutant("a caution lost", (*here, "cautions", number), True, GONE)
    for number in range(len(pathway["call"])):
        yield Mutant("a call lost", (*here, "call", number), urgent, GONE)
    if len(pathway["call"]) > 1:
        first, second, *rest = pathway["call"]
        yield Mutant("two calls swapped", (*here, "call"), urgent, [second, first, *rest])
    for number in range(len(pathway.get("replaces", ()))):
        yield Mutant("a replacement lost", (*here, "replaces", number), False, GONE)
    for number, step in enumerate(pathway["steps"]):
        yield Mutant("a step lost", (*here, "steps", number), urgent, GONE)
        if "when" in step:
            yield Mutant("a condition lost", (*here, "steps", number, "when"), urgent, GONE)


def _of_contact(name: str, contact: Records) -> Iterator[Mutant]:
    here: Place = ("contacts", name)
    urgent = bool(contact.get("fills"))
    for number, phone in enumerate(contact.get("phones", ())):
        digits = phone["number"]
        changed = digits[:-1] + str((int(digits[-1]) + 1) % 10)
        yield Mutant("a digit changed", (*here, "phones", number, "number"), True, changed)
        if _swapped(digits) != digits:
            yield Mutant("two digits swapped", (*here, "phones", number, "number"), True, _swapped(digits))
    schedule = contact.get("schedule", ())
    for number, row in enumerate(schedule if isinstance(schedule, list) else ()):
        for field in ("opens_at", "closes_at"):
            if field in row:
                yield Mutant("an hour shifted", (*here, "schedule", number, field), True, _shifted(row[field]))
    for number in range(len(contact.get("fills", ()))):
        yield Mutant("a role lost", (*here, "fills", number), urgent, GONE)
    if len(contact["serves"]) > 1:
        yield Mutant("an area lost", (*here, "serves", 0), urgent, GONE)
    if "if_no_answer" in contact:
        yield Mutant("no way on", (*here, "if_no_answer"), False, GONE)
    yield Mutant("a service ended", (*here, "status"), True, "historic")


def _swapped(digits: str) -> str:
    places = [found.start() for found in re.finditer(r"(\d)(?!\1)(?=\d)", digits)]
    place = places[-1] if places else 0
    return digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


def _shifted(clock: str) -> str:
    hour = int(clock[:2])
    return f"{hour + 1 if hour < 23 else hour - 1:02}{clock[2:]}"


def changed(records: Records, mutant: Mutant) -> Records:
    """The records with one change; what is not touched is shared."""
    kind, name = str(mutant.place[0]), str(mutant.place[1])
    whole = {**records, kind: {**records[kind], name: deepcopy(records[kind][name])}}
    holder: Any = whole
    for part in mutant.place[:-1]:
        holder = holder[part]
    if mutant.value == GONE:
        del holder[mutant.place[-1]]
    else:
        holder[mutant.place[-1]] = deepcopy(mutant.value)
    return whole


def killed_by(mutant: Mutant, *, soon: bool = False) -> str:
    """What notices a mutant: nothing where it survives. With `soon` what takes longest, the proofs, comes last."""
    records = changed(dict(shipped().records), mutant)
    toolkit = Toolkit(records, names.index(records))
    for killer in sorted(KILLERS, key=lambda one: soon and one == "a proof"):
        try:
            if KILLERS[killer](toolkit):
                return killer
        except (ValueError, LookupError, StopIteration, RecursionError) as error:
            return f"{killer} ({type(error).__name__})"
    return ""


KILLERS: dict[str, Callable[[Toolkit], bool]] = {
    "a case": lambda toolkit: next(case_faults(toolkit), None) is not None,
    "a proof": lambda toolkit: any(proof.wrong for proof in proofs(toolkit)),
    "the second entry": lambda toolkit: bool(differences(toolkit.records)),
}


def chosen(count: int, seed: int) -> list[Mutant]:
    """So many mutants, of each way as near to an equal share as there are; the rest by chance."""
    by_way: dict[str, list[Mutant]] = {}
    chance = random.Random(seed)
    for mutant in mutants(dict(shipped().records)):
        by_way.setdefault(mutant.way, []).append(mutant)
    for found in by_way.values():
        chance.shuffle(found)
    taken: list[Mutant] = []
    while len(taken) < count and any(by_way.values()):
        taken += [found.pop() for found in by_way.values() if found]
    return taken[:count]


def main() -> None:
    """Makes mutants, tells what became of them by way, and prints every survivor."""
    reading = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reading.add_argument("--count", type=int, default=600)
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--jobs", type=int, default=2)
    reading.add_argument("--soon", action="store_true", help="ask the second entry before the proofs")
    asked = reading.parse_args()
    tried = chosen(asked.count, asked.seed)
    edition_day(shipped())
    killers = []
    with Pool(asked.jobs) as pool:
        for mutant, killer in zip(tried, pool.imap(partial(killed_by, soon=asked.soon), tried), strict=True):
            killers.append(killer)
            if not killer:
                place = " > ".join(map(str, mutant.place))
                survived = f"survived{' (safety)' if mutant.safety else ''}"
                print(f"{survived}: {mutant.way}: {place} = {mutant.value}", flush=True)
    _table(tried, killers)


def _table(tried: list[Mutant], killers: list[str]) -> None:
    made = Counter(mutant.way for mutant in tried)
    dead = Counter(mutant.way for mutant, killer in zip(tried, killers, strict=True) if killer)
    for way in made:
        print(f"{way:24} {dead[way]:4} of {made[way]:4}")
    for says, safety in (("all", (True, False)), ("those that touch safety", (True,))):
        of = [killer.split(" (")[0] for mutant, killer in zip(tried, killers, strict=True) if mutant.safety in safety]
        by = ", ".join(f"{count} by {killer}" for killer, count in Counter(filter(None, of)).most_common())
        print(f"{says}: {sum(map(bool, of))} of {len(of)} killed: {by}")


if __name__ == "__main__":
    main()
