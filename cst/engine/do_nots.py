"""What one must not do, of a whole answer: each thing once, the deadliest first.

A caution's class says how it can hurt where it is not kept: it gets known (A), a body in reach or let go (B), waiting
and false calm (C), proof, and harm by asking (D), trust and home (E). Within a class the order is that of the toolkit.
Nothing is guessed from the order in a pathway: there what kills often comes late.
Source: a safeguarding lead, a clinician, police and fire must sign the classes and the sentences that say several.
"""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cst import contract
    from cst.toolkit.toolkit import Toolkit

KILL = ("A", "B")  # what stands on the first screen, whatever else goes


def do_nots(
    toolkit: Toolkit, cautions: Iterable[contract.Caution], pathways: Sequence[contract.Outcome] = ()
) -> list[contract.DoNot]:
    """The sentences, ranked.

    Args:
        toolkit: what is known.
        cautions: those of the whole answer, in any order; one that is there twice is said once.
        pathways: the outcomes of a plan that they come from: what is wrong for the others names its own.
    """
    records = toolkit.kind("cautions")
    there = {one["id"]: one for one in cautions}
    said = _merged(toolkit, there)
    merged = {name for one in said for name in one["of"]}
    said += [_alone(one, pathways, toolkit) for name, one in there.items() if name not in merged]
    order = {name: place for place, name in enumerate(records)}
    taken = {one["id"] for one in pathways}

    def deadliest(one: contract.DoNot) -> tuple[bool, str, int]:
        foremost = any(not taken.isdisjoint(records[name].get("foremost_in", ())) for name in one["of"])
        return not foremost, one["kills"], min(order[name] for name in one["of"])

    return sorted(said, key=deadliest)


def _merged(toolkit: Toolkit, there: dict[str, contract.Caution]) -> list[contract.DoNot]:
    """The sentences that say several cautions at once, where all of them are there in their usual words, each once."""
    records = toolkit.kind("cautions")
    usual = {name for name, one in there.items() if one["text"] == records[name]["title"]}
    found: list[contract.DoNot] = []
    used: set[str] = set()
    for merge in toolkit.kind("merges").values():
        of = merge["of"]
        if usual.issuperset(of) and used.isdisjoint(of):
            used.update(of)
            kills = min(there[name]["kills"] for name in of)
            found.append({"says": merge["says"], "kills": kills, "of": list(of), "outcomes": []})
    return found


def _alone(caution: contract.Caution, pathways: Sequence[contract.Outcome], toolkit: Toolkit) -> contract.DoNot:
    only_there = len(pathways) > 1 and toolkit.kind("cautions")[caution["id"]].get("only_there", False)
    own = [one["id"] for one in pathways if any(other["id"] == caution["id"] for other in one["cautions"])]
    return {
        "says": caution["brief"] or caution["text"],
        "kills": caution["kills"],
        "of": [caution["id"]],
        "outcomes": own if only_there and len(own) < len(pathways) else [],
    }
