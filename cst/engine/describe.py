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
    return [{"text": step["say"], "within": step.get("within")} for step in steps]


def describe_cautions(toolkit: Toolkit, names: Iterable[str]) -> list[contract.Caution]:
    """Cautions, each once, in the order given."""
    records = toolkit.kind("cautions")
    return [
        {"id": name, "text": records[name]["title"], "why": records[name].get("why")} for name in dict.fromkeys(names)
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
