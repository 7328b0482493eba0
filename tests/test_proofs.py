"""What `cst check` proves of the shipped toolkit."""

from __future__ import annotations

import json

from tests.command import cst


def test_the_shipped_toolkit_is_proved() -> None:
    """No fault, and each promise with how much was tried for it."""
    ran = cst("check", "--json")
    said = json.loads(ran.stdout)

    assert 0 == ran.returncode
    assert not said["faults"]
    assert len(said["proved"]) >= 18
    for proof in said["proved"]:
        assert proof["promise"]
        assert proof["tried"]
