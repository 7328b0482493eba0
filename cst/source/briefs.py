"""A short form says the same as the long one: it fits a row, and keeps its *not*, its condition and its time.

A step, a caution, a title, a contact and a line to find out may have a `brief` beside their words. It is a whole
sentence. Whether it says the same only a practitioner can tell; what is looked for here is what is lost most often.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cst.source import schema
from cst.source.diallable import diallable

ROW, NAME, TITLE, QUESTION = 73, 36, 45, 48  # columns: beside a step's number; a name's column; a title; a question
CAUTION_ROW = 75
SHORT_CODES = ("999", "101")  # everybody knows them, and they stand in the code: a screen has no room for their names

NEGATION = re.compile(r"\b(?:not|no|never|nobody|nothing|none|neither|nor|cannot|without|seldom|unheard)\b", re.I)
_CONDITION = re.compile(r"\b(?:if|unless|until|only|before|where|when|while|once|else|unsafe)\b|\?", re.I)
_ASKS = re.compile(r"\b(?:if|unless|only)\b", re.I)
_FIGURES = re.compile(
    r"\b(\d+|two|three|four|five|six|seven|eight|nine|ten)\s+(minutes?|hours?|days?|weeks?|months?)\b", re.I
)

Wrong = tuple[schema.Path, str, str]


def brief_faults(kind: str, record: Mapping[str, Any]) -> Iterator[Wrong]:
    """What is wrong with the short forms of a record: the place in it, what is wrong, and the remedy."""
    match kind:
        case "contacts":
            yield from _fits(record.get("brief"), ("brief",), NAME)
        case "cautions":
            yield from _caution(record)
        case "questions":
            for number, row in enumerate(record.get("not_sure", ())):
                yield from _fits(row.get("brief"), ("not_sure", number, "brief"), QUESTION)
        case "pathways" | "schemes" | "issues":
            yield from _fits(record.get("brief"), ("brief",), TITLE)
            for number, step in enumerate(record.get("steps", ())):
                if "brief" in step:
                    place = ("steps", number, "brief")
                    yield from _fits(step["brief"], place, ROW)
                    yield from _keeps(step["say"], step["brief"], place, step.get("within", ""))


def _caution(record: Mapping[str, Any]) -> Iterator[Wrong]:
    brief = record.get("brief")
    yield from _fits(brief, ("brief",), CAUTION_ROW)
    if brief is None:
        return
    if not brief.startswith("Do not "):
        yield ("brief",), 'a do-not begins "Do not"', "a cross before it is lost in speech and in a photo"
    yield from _keeps(record["title"], brief, ("brief",))


def _fits(brief: str | None, place: schema.Path, columns: int) -> Iterator[Wrong]:
    if brief is not None and len(brief) > columns:
        yield place, f"{len(brief)} columns are too long for a row", f"say it in {columns}"
    if brief is not None and (found := diallable(re.sub(rf"\b(?:{'|'.join(SHORT_CODES)})\b", "", brief))):
        yield place, f"{found} could be dialled", "name the service; its number stands in contacts"


def _keeps(long: str, brief: str, place: schema.Path, within: str = "") -> Iterator[Wrong]:
    """Its not, its condition and its time: each that the long form has."""
    if NEGATION.search(long) and not NEGATION.search(brief):
        yield place, 'the long form has a "not", and this has none', "keep what it forbids"
    if _ASKS.search(long) and not _CONDITION.search(brief):
        yield place, "the long form has a condition, and this has none", "keep if, unless, only or where"
    if within and within.split()[-1].casefold() not in brief.casefold():
        yield place, f'"{within}" is lost', "begin with the time"
    counted = {(one[0].casefold(), one[1].casefold().rstrip("s")) for one in _FIGURES.findall(brief)}
    for figure, unit in _FIGURES.findall(long):
        if (figure.casefold(), unit.casefold().rstrip("s")) not in counted and f"{figure}s" not in brief:
            yield place, f'"{figure} {unit}" is lost', "keep the time"


def unsigned(records: Mapping[str, Any]) -> dict[str, int]:
    """How many classes, joined sentences and short forms no practitioner has signed yet."""
    cautions, merges = records["cautions"].values(), records.get("merges", {}).values()
    briefs = sum("brief" in one for one in cautions if "signed" not in one)
    for kind in ("pathways", "schemes", "issues", "contacts"):
        for record in records[kind].values():
            briefs += ("brief" in record) + sum("brief" in step for step in record.get("steps", ()))
    for question in records["questions"].values():
        briefs += sum("brief" in row for row in question.get("not_sure", ()))
    return {
        "classes of do-nots": sum("signed" not in one for one in cautions),
        "sentences that say several": sum("signed" not in one for one in merges),
        "short forms": briefs,
    }
