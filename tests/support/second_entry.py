"""The second entry: what the toolkit says that could hurt, written down once more, so that no slip of a key passes.

`knowledge/second_entry.yaml` is compared with the toolkit in the tests: numbers, hours, urgencies, calls, figures,
rules and conditions. A change has to be made in both, by someone who looks at the source twice. It was first written
from the toolkit and read against the sources. The numbers, addresses and hours of all active contacts were then
entered once more from the source notes alone, by somebody who had not seen the toolkit. They agree, but for which of
two numbers to ring where the notes are in doubt. The rules of all schemes were, too, by somebody who had seen only
the questions: they differ over a refused fire visit, Clare's Law without a partner and the county's hate reports,
where cst means what it says. `python -m tests.support.second_entry` prints what differs, and nothing writes the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml

from tests.support import ROOT

RULED = ("pathways", "schemes", "rules", "modes", "questions")
WRITTEN = ("rule", "when", "implied_by", "asked_if", "never_asks", "until", "not_hinted_if", "not_if")
FILE = ROOT / "tests" / "knowledge" / "second_entry.yaml"


@cache
def written() -> dict[str, Any]:
    """The second entry."""
    held: dict[str, Any] = yaml.load(FILE.read_text("utf-8"), Loader=yaml.BaseLoader)
    return held


def entry(records: Mapping[str, Any]) -> dict[str, Any]:
    """What the toolkit says, in the form of the second entry."""
    active = {name: one for name, one in records["contacts"].items() if one["status"] != "historic"}
    return {
        "contacts": {name: list(_of_contact(contact)) for name, contact in active.items()},
        "pathways": {name: list(_of_pathway(pathway)) for name, pathway in records["pathways"].items()},
        "figures": {
            name: [f"{dated['starts']} {dated['value']}" for dated in one["values"]]
            for name, one in records["parameters"].items()
        },
        "issues": {name: ", ".join(issue["pathways"]) for name, issue in records["issues"].items()},
        "needed": {
            name: ", ".join(caution["needed_for"])
            for name, caution in records["cautions"].items()
            if "needed_for" in caution
        },
        "rules": {
            f"{kind} {name}": found
            for kind in RULED
            for name, record in records[kind].items()
            if (found := [f"{place}: {in_short(rule)}" for place, rule in rules(record)])
        },
    }


def rules(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every rule and condition in a record, with where it stands; a replacement too."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        here = f"{place} {key}".strip()
        if key in WRITTEN or key == "replaces":
            yield here, inner
        else:
            yield from rules(inner, here)


def in_short(rule: Any) -> str:
    """A rule in a line: any(one, all(two, not(three)))."""
    if isinstance(rule, dict):
        return "; ".join(f"{word}({in_short(rest)})" for word, rest in rule.items())
    return ", ".join(map(in_short, rule)) if isinstance(rule, list) else str(rule)


def _of_contact(contact: Mapping[str, Any]) -> Iterator[str]:
    for phone in contact.get("phones", ()):
        yield f"{phone['kind']} {phone['number']}" + (f", {_hours(phone['schedule'])}" if "schedule" in phone else "")
    yield f"open {_hours(contact.get('schedule', 'unknown'))}"
    if "fills" in contact:
        yield f"fills {', '.join(contact['fills'])}"
    yield f"serves {', '.join(contact['serves'])}"
    if "if_no_answer" in contact:
        yield f"then {contact['if_no_answer']}"


def _hours(schedule: Any) -> str:
    if isinstance(schedule, str):
        return schedule
    rows = []
    for row in schedule:
        when = (
            "closed" if "closed" in row else "unknown" if "unknown" in row else f"{row['opens_at']}-{row['closes_at']}"
        )
        rows.append(f"{row['days']} {when}")
    return "; ".join(rows)


def _of_pathway(pathway: Mapping[str, Any]) -> Iterator[str]:
    yield f"{pathway['urgency']}, not sure: {pathway['on_not_sure']}"
    yield f"calls {', '.join(call['use'] + (' first' if call.get('first') else '') for call in pathway['call'])}"
    yield f"cautions {', '.join(use['caution'] for use in pathway['cautions'])}"
    yield f"{len(pathway['steps'])} steps"


def differences(records: Mapping[str, Any]) -> list[str]:
    """What differs between the toolkit and the second entry, one sentence each."""
    now, held = entry(records), written()
    found = []
    for kind in now:
        for name in {**now[kind], **held[kind]}:
            if now[kind].get(name) != held[kind].get(name):
                found.append(f"{name}: the toolkit has {now[kind].get(name)}, the second entry {held[kind].get(name)}")
    return found


if __name__ == "__main__":
    from tests.support.states import shipped

    print("\n".join(differences(shipped().records)) or "The two agree.")
