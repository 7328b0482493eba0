"""Every fault in a file is named with its place and its remedy, all in one run, and nothing of the file is used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cst.source.faults import Refused
from cst.source.load import together
from tests.support.states import SMALL

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.yaml"))


def _faults(bad: Path) -> str:
    with pytest.raises(Refused) as refused:
        together([SMALL], [bad])
    return str(refused.value).replace(str(bad.parent) + os.sep, "") + "\n"


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.stem)
def test_each_bad_file_is_refused_with_exactly_these_messages(bad: Path) -> None:
    """A maintainer reads file, line, what is wrong and what to do; the messages are kept beside the file."""
    expected = bad.with_suffix(".txt")
    said = _faults(bad)
    if os.environ.get("CST_RESET"):
        expected.write_text(said, encoding="utf-8")

    assert expected.read_text(encoding="utf-8") == said


def test_there_are_bad_files() -> None:
    """An empty folder would prove nothing."""
    assert len(BAD) >= 20


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    """Five million bytes is the most that is read."""
    large = tmp_path / "large.yaml"
    large.write_bytes(b"terms:\n" + b"#" * 5_000_000)

    assert "too-large" in _faults(large)


def test_too_deep_a_file_is_refused_and_does_not_crash(tmp_path: Path) -> None:
    """A hundred thousand brackets crash the stock C loader; here they are a fault like any other."""
    deep = tmp_path / "deep.yaml"
    for text in (b"terms: " + b"[" * 100_000, b"terms:\n  " + b"{a: " * 100_000, b"terms:\n" + b"- " * 100_000):
        deep.write_bytes(text)

        assert "[too-deep]" in _faults(deep)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    """UTF-16 or other bytes are named as such, with the line."""
    other = tmp_path / "other.yaml"
    other.write_bytes("terms: {}\n".encode("utf-16"))

    assert "not UTF-8" in _faults(other)
