"""What a maintainer's slips come to: file, line, what is wrong and how to mend it, for each ordinary way to slip."""

from __future__ import annotations

from pathlib import Path

import pytest

from cst.source.faults import Fault, Refused
from cst.source.load import together
from tests.support.ordinary_faults import FAULTS, SOUND, Slip
from tests.support.states import SMALL


def faults_of(text: str, folder: Path) -> list[Fault]:
    """What is wrong with a local file on the invented toolkit."""
    file = folder / "my-team.yaml"
    file.write_text(text, "utf-8")
    try:
        together([SMALL], [file])
    except Refused as refused:
        return refused.faults
    return []


def test_there_are_more_than_thirty_slips_in_a_file_that_is_sound(tmp_path: Path) -> None:
    """Each of them another; without a slip the file is taken."""
    assert len(FAULTS) >= 30
    assert len(FAULTS) == len({slip.text for slip in FAULTS})
    assert [] == faults_of(SOUND, tmp_path)


@pytest.mark.parametrize("slip", FAULTS, ids=lambda slip: slip.name)
def test_a_slip_is_named_with_its_line_and_how_to_mend_it(slip: Slip, tmp_path: Path) -> None:
    """The line that a maintainer has to go to, in words that say what to do there."""
    found = [
        fault
        for fault in faults_of(slip.text, tmp_path)
        if fault.line == slip.line and slip.says in fault.says and slip.remedy in fault.remedy
    ]

    assert found, "\n".join(map(str, faults_of(slip.text, tmp_path)))


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["Windows", "an old Mac"])
def test_the_line_ends_of_other_systems_are_read_and_counted(end: str, tmp_path: Path) -> None:
    """A sound file is sound, and a slip has its line."""
    slip = next(one for one in FAULTS if one.line > 3)
    file = tmp_path / "my-team.yaml"
    file.write_bytes(SOUND.replace("\n", end).encode("utf-8"))
    together([SMALL], [file])
    file.write_bytes(slip.text.replace("\n", end).encode("utf-8"))
    with pytest.raises(Refused) as refused:
        together([SMALL], [file])
    assert any(slip.line == fault.line and slip.says in fault.says for fault in refused.value.faults)
