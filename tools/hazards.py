"""The hazard log and the safety case: `python -m tools.hazards` writes `docs/safety.md`.

The log stands in `tools/hazards.yaml`, the words of the case in `tools/safety.md`; the list of what has to be signed is
made from the toolkit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.support import ROOT
from tests.support.states import shipped
from tools.to_sign import section

LOG = Path(__file__).with_name("hazards.yaml")
CASE = Path(__file__).with_name("safety.md")
PAGE = ROOT / "docs" / "safety.md"

SEVERITIES = {
    "Minor": "a nuisance",
    "Significant": "harm for a short time",
    "Considerable": "harm that needs treatment",
    "Major": "harm that lasts",
    "Catastrophic": "death",
}
LIKELIHOODS = {
    "VL": "very low, under 5 in 100",
    "L": "low, 5 to 25 in 100",
    "M": "medium, 25 to 50 in 100",
    "H": "high, 50 to 90 in 100",
    "VH": "very high, over 90 in 100, or it happens already",
}
GRID = {  # the risk for each severity, by likelihood from VL to VH
    "Catastrophic": (3, 4, 5, 5, 5),
    "Major": (2, 3, 4, 5, 5),
    "Considerable": (2, 3, 3, 4, 5),
    "Significant": (1, 2, 3, 3, 4),
    "Minor": (1, 1, 2, 2, 3),
}
MEANS = {
    1: "accept",
    2: "accept",
    3: "lower it where that is in reach",
    4: "a named role must accept it in writing",
    5: "do not use it with real cases",
}
KEPT = ("yes", "in part", "not yet")


@dataclass(frozen=True)
class Rating:
    """How bad, how likely, and the risk from 1 to 5 that the log says these come to."""

    severity: str
    likelihood: str
    risk: int

    def on_the_grid(self) -> int:
        """The risk that the grid gives."""
        return GRID[self.severity][list(LIKELIHOODS).index(self.likelihood)]

    def __str__(self) -> str:
        return f"{self.severity}, {self.likelihood}: {self.risk}"


@dataclass(frozen=True)
class Hazard:
    """One thing that could go wrong; the fields are those of the log."""

    id: str
    title: str
    cause: str
    effect: str
    initial: Rating
    control: str
    tests: tuple[str, ...]
    residual: Rating
    accepted_by: str
    not_done: str


@dataclass(frozen=True)
class Promise:
    """One thing that cst promises, how far it is kept, and the hazards that it answers."""

    id: str
    says: str
    kept: str
    hazards: tuple[str, ...]


@dataclass(frozen=True)
class Log:
    """The whole log: its head, the promises and the hazards, in the order in which they are written."""

    edition: str
    dated: str
    owner: str
    review: str
    changes: tuple[tuple[str, str], ...]
    promises: tuple[Promise, ...]
    hazards: tuple[Hazard, ...]


def load(text: str | None = None) -> Log:
    """The log, from its file or from the text of one.

    Raises:
        TypeError: a field is missing, or there is one too many.
    """
    written = yaml.load(LOG.read_text("utf-8") if text is None else text, Loader=_AsWritten)
    head = written["log"]
    return Log(
        **{**head, "changes": tuple((change["dated"], change["says"]) for change in head["changes"])},
        promises=tuple(Promise(**{**one, "hazards": tuple(one["hazards"])}) for one in written["promises"]),
        hazards=tuple(_hazard(one) for one in written["hazards"]),
    )


class _AsWritten(yaml.SafeLoader):
    """As the safe loader, but every value stays the text that was written: `yes` and a date are no types here."""


_AsWritten.yaml_implicit_resolvers = {}


def _hazard(written: Mapping[str, Any]) -> Hazard:
    def rating(name: str) -> Rating:
        return Rating(**{**written[name], "risk": int(written[name]["risk"])})

    return Hazard(
        **{
            **written,
            "initial": rating("initial"),
            "residual": rating("residual"),
            "tests": tuple(written["tests"]),
        }
    )


def page(log: Log) -> str:
    """The safety case and the hazards as Markdown: the same text for the same log."""
    records = shipped().records
    parts = (_head(log), _case(log), section(records), _promises(log), _open(log), _table(log), _hazards(log))
    return "\n".join(line for part in parts for line in part)


def _head(log: Log) -> Iterator[str]:
    yield "# Safety case and hazard log"
    yield ""
    yield "<!-- Written by `python -m tools.hazards` from tools/hazards.yaml and tools/safety.md. Change those. -->"
    yield ""
    yield (
        "**This is a draft that nobody has signed.** It was written by the makers of `cst` from documents. "
        "No clinician, practitioner, safeguarding lead or person with lived experience has read it or agreed to it."
    )
    yield ""
    yield "| | |"
    yield "| --- | --- |"
    yield "| kind | in the style of the NHS standard DCB0129. `cst` was not assessed against it |"
    yield f"| edition of the toolkit | {log.edition} |"
    yield f"| date | {log.dated} |"
    yield f"| owner | {log.owner} |"
    yield f"| read again | {log.review} |"
    yield "| made by | `python -m tools.hazards`; a test fails when this page is not current |"
    yield ""
    yield "What changed:"
    yield ""
    yield from (f"- {dated}: {says}" for dated, says in log.changes)
    yield ""


def _case(log: Log) -> Iterator[str]:
    tests = {test for hazard in log.hazards for test in hazard.tests}
    text = CASE.read_text("utf-8")
    yield text.format(hazards=len(log.hazards), tests=len(tests), promises=len(log.promises)).strip()
    yield ""


def _promises(log: Log) -> Iterator[str]:
    yield "## Promises, and how far they are kept"
    yield ""
    yield "| promise | | kept | hazards |"
    yield "| --- | --- | --- | --- |"
    for one in log.promises:
        yield f"| {one.id} | {one.says} | {one.kept} | {', '.join(map(_link, one.hazards))} |"
    yield ""


def _link(hazard: str) -> str:
    return f"[{hazard}](#{hazard.lower()})"


def _open(log: Log) -> Iterator[str]:
    counts = {risk: [one.id for one in log.hazards if one.residual.risk == risk] for risk in MEANS}
    yield "## How things stand"
    yield ""
    yield "How bad: " + "; ".join(f"*{word}*, {means}" for word, means in SEVERITIES.items()) + "."
    yield ""
    yield "How likely: " + "; ".join(f"*{word}*, {means}" for word, means in LIKELIHOODS.items()) + "."
    yield "It is how likely the effect is where the hazard can arise: an estimate, not a measurement."
    yield ""
    yield f"| | {' | '.join(LIKELIHOODS)} |"
    yield f"| --- |{' --- |' * len(LIKELIHOODS)}"
    yield from (f"| {severity} | {' | '.join(map(str, row))} |" for severity, row in GRID.items())
    yield ""
    yield "The grid comes from a copy by a third party. Compare it with the standard's own guidance before signing."
    yield ""
    yield "| risk | what it asks for | hazards today |"
    yield "| --- | --- | --- |"
    for risk in sorted(MEANS, reverse=True):
        yield f"| {risk} | {MEANS[risk]} | {', '.join(map(_link, counts[risk])) or 'none'} |"
    yield ""
    yield "Where only a specialist can judge the words, and none has read them, the likelihood is not set below L."
    yield ""


def _table(log: Log) -> Iterator[str]:
    yield "## The hazards in short"
    yield ""
    yield "| hazard | | with no control | today | to be accepted by |"
    yield "| --- | --- | --- | --- | --- |"
    for one in log.hazards:
        yield f"| {_link(one.id)} | {one.title} | {one.initial} | {one.residual} | {one.accepted_by} |"
    yield ""


def _hazards(log: Log) -> Iterator[str]:
    yield "## The hazards in full"
    yield ""
    for one in log.hazards:
        yield f'### <a id="{one.id.lower()}"></a>{one.id}. {one.title}'
        yield ""
        yield f"- **Cause:** {one.cause}"
        yield f"- **Effect:** {one.effect}"
        yield f"- **With no control:** {one.initial}"
        yield f"- **Control today:** {one.control}"
        yield f"- **Not done:** {one.not_done}"
        yield f"- **Today:** {one.residual}"
        yield f"- **To be accepted by:** {one.accepted_by}. Not accepted yet."
        yield "- **Tests that fail without the control:**"
        yield from (f"  - `{test}`" for test in one.tests)
        yield ""


def main() -> None:
    """Writes the page."""
    PAGE.write_text(page(load()), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
