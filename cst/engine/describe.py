"""What answers of every kind share, as the contract writes it: the edition, areas, steps, cautions and sources."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cst import contract
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit


def describe_edition(toolkit: Toolkit) -> dict[str, str]:
    """Which edition this is."""
    edition = toolkit.records["edition"]
    return {key: str(edition[key]) for key in ("title", "version", "published", "disclaimer")}


def area_name(toolkit: Toolkit, area: str | None) -> str | None:
    """An area in words."""
    return toolkit.kind("areas")[area]["name"] if area else None


def describe_steps(steps: Iterable[records.Step]) -> list[contract.Step]:
    """Steps in order."""
    return [describe_step(step, step["say"]) for step in steps]


def describe_step(step: records.Step, says: str) -> contract.Step:
    """One step, in its own words or in those for how the worker knows of it; those have no shorter form."""
    return {
        "text": says,
        "within": step.get("within"),
        "brief": step.get("brief") if says == step["say"] else None,
        "key": step.get("key", False),
        "duty": step.get("duty", False),
    }


def describe_cautions(toolkit: Toolkit, names: Iterable[str]) -> list[contract.Caution]:
    """Cautions, each once, in the order given."""
    records = toolkit.kind("cautions")
    return [
        {
            "id": name,
            "text": records[name]["title"],
            "why": records[name].get("why"),
            "brief": records[name].get("brief"),
            "kills": records[name]["kills"],
        }
        for name in dict.fromkeys(names)
    ]


def describe_source(toolkit: Toolkit, name: str) -> contract.Source:
    """A source as the contract writes it."""
    record = toolkit.kind("sources")[name]
    return {
        "id": name,
        "title": record["title"],
        "publisher": record["publisher"],
        "dated": record["dated"],
        "consulted": record["consulted"],
    }
