"""What stands in for `typing` and `json` in a look-up does what they do."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cst import lean_typing as light
from cst.views.formats.json import data
from tests.support.levels import times

SAYABLE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=40,
)
PLAIN = st.text(st.characters(max_codepoint=0x7E))


class Typed(NamedTuple):
    """As typing makes it."""

    first: int
    second: str = "two"
    third: tuple[int, ...] = ()


class Light(light.NamedTuple):
    """As it is made here."""

    first: int
    second: str = "two"
    third: tuple[int, ...] = ()

    @property
    def both(self) -> str:
        """A property of its own."""
        return f"{self.first} {self.second}"


CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((1,), {}),
    ((1, "b"), {}),
    ((1, "b", (3,)), {}),
    ((), {"first": 1}),
    ((1,), {"third": (1, 2)}),
    ((), {"third": (), "second": "x", "first": 0}),
    ((), {}),
    ((1, "b", (), 4), {}),
    ((1,), {"first": 2}),
    ((1,), {"fourth": 2}),
]


def _made(kind: Any, values: tuple[Any, ...], named: dict[str, Any]) -> Any:
    try:
        return kind(*values, **named)
    except TypeError:
        return TypeError


@pytest.mark.parametrize(("values", "named"), CALLS, ids=str)
def test_a_light_tuple_is_made_as_typing_makes_one(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    """The same values, and a TypeError in the same cases."""
    typed, mine = _made(Typed, values, named), _made(Light, values, named)

    assert typed == mine
    if typed is not TypeError:
        assert repr(typed) == repr(mine).replace("Light", "Typed")
        assert typed._asdict() == mine._asdict()
        assert typed._replace(second="new") == mine._replace(second="new")
        assert mine == copy.deepcopy(mine)
        assert hash(typed) == hash(mine)


def test_a_light_tuple_is_frozen_and_can_be_matched() -> None:
    """No field can be set, no other attribute either; a pattern takes it apart by place and by name."""
    mine = Light(1, "b")

    for name in ("first", "other"):
        with pytest.raises(AttributeError):
            setattr(mine, name, 5)
    match mine:
        case Light(first, second=second):
            assert (1, "b") == (first, second)
    assert "1 b" == mine.both
    assert ("first", "second", "third") == Light._fields == Light.__match_args__


@pytest.mark.deep
@settings(max_examples=times(1000), deadline=None)
@given(SAYABLE)
def test_a_document_says_what_was_said(said: Any) -> None:
    """Read again by `json` it is the same, whatever is in it."""
    assert said == json.loads(data(said))


@pytest.mark.deep
@settings(max_examples=times(500), deadline=None)
@given(st.recursive(PLAIN | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(PLAIN, inner)))
def test_a_document_is_written_as_json_writes_it(said: Any) -> None:
    """Byte for byte, where there is nothing that a terminal would obey."""
    assert json.dumps(said, ensure_ascii=False, indent=2) + "\n" == data(said)


@pytest.mark.parametrize("said", [{1, 2}, 1.5, b"x", {"a": [object()]}], ids=["set", "float", "bytes", "object"])
def test_nothing_else_can_be_said(said: Any) -> None:
    """What JSON cannot hold is refused and not guessed."""
    with pytest.raises(TypeError):
        data(said)


def test_typing_is_not_loaded() -> None:
    """In a fresh process."""
    code = (
        "import sys; before = 'typing' in sys.modules; import cst.lean_typing; print(before, 'typing' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)

    assert "False False" == ran.stdout.strip()
