"""The second entry: numbers, hours, urgencies and figures, written down once more, so that no slip of a key passes.

`tests/second_entry.yaml` is compared with the toolkit in the tests. A change of a number, an hour, an urgency, a call
or a figure has to be made in both, by someone who looks at the source twice. `python -m tests.second_entry` prints
what differs, and nothing writes the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "second_entry.yaml"


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
    }


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
    yield f"calls {', '.join(call['use'] for call in pathway['call'])}"
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
    from tests.states import shipped

    print("\n".join(differences(shipped().records)) or "The two agree.")
