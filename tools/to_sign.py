"""What practitioners have to sign, as a list: the class of each do-not, sentences that say several, short forms.

It is made from the toolkit, so that nothing new is left out. Who signs follows from whom the pathways ring.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

LEAD, CLINICIAN, POLICE, FIRE = "safeguarding lead", "clinician", "police", "fire"
SIGNS = {  # the start of the role or contact that a pathway or scheme rings, and who signs its words beside the lead
    CLINICIAN: ("nhs", "crisis", "mental-health", "substance", "drug", "alcohol", "emergency-department", "gp"),
    POLICE: ("police", "anti-terrorist"),
    FIRE: ("fire", "gas", "firewise"),
}
CLASSES = {
    "A": "it gets known",
    "B": "a body in reach, or let go",
    "C": "waiting and false calm",
    "D": "proof, and harm by asking",
    "E": "trust and home",
}


def section(records: Mapping[str, Any]) -> Iterator[str]:
    """The section of the page, line by line.

    Args:
        records: the toolkit's records by kind.
    """
    signers = _signers(records)
    yield "## What must be signed, and by whom"
    yield ""
    yield "No practitioner has read these yet. The list comes from the toolkit, and whoever signs writes the day there."
    yield "The safeguarding lead signs all. The others sign what stands in pathways that ring them."
    yield ""
    yield from _classes(records, signers)
    yield from _merges(records, signers)
    yield from _briefs(records, signers)


def _signers(records: Mapping[str, Any]) -> dict[tuple[str, str], set[str]]:
    """Who signs each pathway, scheme and caution."""
    found: dict[tuple[str, str], set[str]] = {}
    for kind in ("pathways", "schemes"):
        for name, record in records[kind].items():
            rung = [one if isinstance(one, str) else one["use"] for one in record.get("call", ())]
            who = {one for one, starts in SIGNS.items() if any(name.startswith(starts) for name in rung)}
            found[kind, name] = {LEAD} | who
            for caution in record.get("cautions", ()):
                key = ("cautions", caution if isinstance(caution, str) else caution["caution"])
                found[key] = found.get(key, {LEAD}) | who
    return found


def _who(signers: Mapping[tuple[str, str], set[str]], kind: str, *names: str) -> str:
    wanted = set().union(*(signers.get((kind, name), {LEAD}) for name in names))
    return ", ".join(one for one in (LEAD, CLINICIAN, POLICE, FIRE) if one in wanted)


def _classes(records: Mapping[str, Any], signers: Mapping[tuple[str, str], set[str]]) -> Iterator[str]:
    yield "### Classes of do-nots"
    yield ""
    yield "The order of a class is that of the list: what is first is said first."
    yield ""
    yield "| class | do not | on the screen | who signs |"
    yield "| --- | --- | --- | --- |"
    for kills, means in CLASSES.items():
        for name, one in records["cautions"].items():
            if one["kills"] == kills and "signed" not in one:
                who = _who(signers, "cautions", name)
                yield f"| {kills}, {means} | {_cell(one['title'])} | {_cell(one.get('brief', ''))} | {who} |"
    yield ""


def _merges(records: Mapping[str, Any], signers: Mapping[tuple[str, str], set[str]]) -> Iterator[str]:
    yield "### Sentences that say several do-nots"
    yield ""
    yield "| said | of | who signs |"
    yield "| --- | --- | --- |"
    for one in records["merges"].values():
        if "signed" not in one:
            whole = " ".join(records["cautions"][name]["title"] for name in one["of"])
            yield f"| {_cell(one['says'])} | {_cell(whole)} | {_who(signers, 'cautions', *one['of'])} |"
    yield ""


def _briefs(records: Mapping[str, Any], signers: Mapping[tuple[str, str], set[str]]) -> Iterator[str]:
    yield "### Short forms"
    yield ""
    yield "| where | long | short | who signs |"
    yield "| --- | --- | --- | --- |"
    for kind in ("pathways", "schemes"):
        for name, record in records[kind].items():
            for place, step in enumerate(record.get("steps", ()), 1):
                if "brief" in step:
                    yield _brief(f"{name} {place}", step["say"], step["brief"], _who(signers, kind, name))
    for kind in ("pathways", "schemes", "issues", "contacts"):
        for name, record in records[kind].items():
            if "brief" in record:
                long = record.get("title") or record["name"]
                yield _brief(name, long, record["brief"], _who(signers, kind, name))
    for name, question in records["questions"].items():
        for row in question.get("not_sure", ()):
            if "brief" in row:
                yield _brief(name, f"{row['asks']} Yes: {row['if_yes']}", row["brief"], LEAD)
    yield ""


def _brief(where: str, long: str, short: str, who: str) -> str:
    return f"| {where} | {_cell(long)} | {_cell(short)} | {who} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
