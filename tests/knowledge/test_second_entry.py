"""The second entry (`tests/support/second_entry.py`) agrees with the toolkit, and says kindly where it does not."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.support.second_entry import REMEDY, differences, in_words
from tests.support.states import shipped


@pytest.fixture
def records() -> dict[str, Any]:
    """The shipped records, to be changed."""
    return deepcopy(dict(shipped().records))


def _made(records: dict[str, Any]) -> list[Any]:
    """What a change made differ: while a maintainer is at work, the toolkit itself may differ already."""
    already = differences(shipped().records)
    return [one for one in differences(records) if one not in already]


def _said(records: dict[str, Any]) -> str:
    return "\n\n".join(in_words(one, records) for one in _made(records))


def test_the_second_entry_agrees() -> None:
    """What was written down twice is the same twice."""
    found = differences(shipped().records)
    assert not found, "\n\n".join(["", *(in_words(one, shipped().records) for one in found), ""])


def test_a_changed_number_is_told_with_both_and_with_what_to_do(records: dict[str, Any]) -> None:
    """Which contact, where it stands in both, what each says, and nothing of what is the same."""
    records["contacts"]["hampshire-children"]["phones"][0]["number"] = "01632 960100"
    name, ours, now, theirs, before, remedy = _said(records).splitlines()

    assert name.endswith("(contacts > hampshire-children)")
    assert name.startswith(records["contacts"]["hampshire-children"]["name"])
    assert ours.startswith("  the toolkit (data/toolkit.yaml, line ")
    assert "    voice 01632 960100" == now
    assert theirs.startswith("  the second entry (tests/knowledge/second_entry.yaml, line ")
    assert "    voice 0300 555 1384" == before
    assert f"  {REMEDY}" == remedy


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda held: held["contacts"].pop("samaritans"), "samaritans (contacts > samaritans)"),
        (
            lambda held: held["parameters"]["disclosure-age"]["values"][0].update(value=15),
            "(parameters > disclosure-age)",
        ),
        (lambda held: held["schemes"]["home-security"]["area_rules"].pop("hampshire-iow"), "(schemes > home-security)"),
        (lambda held: held["pathways"]["child-urgent"].update(urgency="today"), "(pathways > child-urgent)"),
        (lambda held: held["cautions"]["do-not-mediate"].pop("needed_for", None), "(cautions > do-not-mediate)"),
        (lambda held: held["issues"]["scams"]["pathways"].reverse(), "(issues > scams)"),
    ],
)
def test_any_difference_has_its_record_and_its_remedy(change: Any, says: str, records: dict[str, Any]) -> None:
    """A figure, a rule, an order, something that is gone."""
    change(records)

    assert says in _said(records)
    assert REMEDY in _said(records)
    assert 1 == len(_made(records))
