"""What is said of the project to whoever installs it: whole, true, and silent on what is not decided."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from cst import __version__
from tests.support import ROOT
from tools.constraints import EXTRAS, held, name_of, text, wanted
from tools.pack import CONSTRAINTS

WHOLE: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = WHOLE["project"]
HELD = held(CONSTRAINTS.read_text("utf-8"))


def test_the_metadata_are_whole_but_for_the_licence() -> None:
    """The licence is the owner's to choose; an author is a role; a page that is not there is not linked."""
    assert {"name", "description", "readme", "requires-python", "authors", "classifiers"} <= PROJECT.keys()
    assert [{"name": "The maintainers of cst"}] == PROJECT["authors"]
    assert not {"license", "license-files", "urls", "maintainers"} & PROJECT.keys()
    assert not [one for one in PROJECT["classifiers"] if one.startswith("License")]


def test_no_index_takes_it_by_mistake() -> None:
    """Without a licence nobody may pass it on; an index refuses whatever has this classifier."""
    assert "Private :: Do Not Upload" in PROJECT["classifiers"]


def test_types_are_passed_on() -> None:
    """Whoever imports it has them checked."""
    assert "Typing :: Typed" in PROJECT["classifiers"]
    assert (ROOT / "cst" / "py.typed").read_bytes() == b""


def test_what_builds_is_said_the_same_twice() -> None:
    """Where pip builds, and where `tools.pack` does."""
    (needed,) = WHOLE["build-system"]["requires"]

    assert needed in PROJECT["optional-dependencies"]["pack"]
    assert __version__ not in PROJECT  # it stands in the code


@pytest.mark.parametrize("requirement", wanted())
def test_each_version_that_is_packed_is_within_its_bounds(requirement: str) -> None:
    """`python -m tools.constraints` writes them anew."""
    from packaging.requirements import Requirement

    assert Requirement(requirement).specifier.contains(HELD[name_of(requirement)])


def test_what_is_packed_needs_nothing_whose_version_is_left_open() -> None:
    """Also what a library needs in turn: as they are installed here, as far as they are."""
    from importlib.metadata import PackageNotFoundError, requires

    from packaging.requirements import Requirement

    waiting, seen = [name_of(one) for one in PROJECT["dependencies"]], set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        for one in map(Requirement, requires(name) or ()):
            if (one.marker is None or one.marker.evaluate({"extra": ""})) and name_of(one.name) not in seen:
                waiting.append(name_of(one.name))

    assert seen > {name_of(one) for one in PROJECT["dependencies"]}
    assert set() == seen - HELD.keys()
    with pytest.raises(PackageNotFoundError):
        requires("no-such-distribution-of-anybody")


def test_the_constraints_hold_names_and_versions_alone() -> None:
    """No address: where they come from is for whoever installs; and no list that somebody edited by hand."""
    page = CONSTRAINTS.read_text("utf-8")

    assert text(HELD) == page
    assert "://" not in page
    assert {"screen", "handbook", "pack"} == set(EXTRAS)
