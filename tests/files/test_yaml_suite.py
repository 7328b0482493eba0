"""Every case of the YAML test suite: read as the suite says, or refused with its place; never a crash.

What is compared: the value that cst reads with the events of the case, text for text (cst types nothing), and with its
JSON where there is one, a number or a `true` there with the text that says it. What cst refuses on purpose (aliases,
anchors, tags, several documents, names that are no text, files that are no mapping) must be refused with that fault or
as no YAML at all. Of what is sound YAML besides, the parser refuses some: those cases are named, so that none is added.
Both parsers are tried: the one in C, and the one in Python that stands in for it where there is no other.
"""

from __future__ import annotations

from collections import Counter

import pytest
import yaml as pyyaml

from cst.source import yaml
from tests.support.yaml_suite import SUITE, Beyond, Case, cases, plain, same, typed

pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="the YAML test suite is not here (see CST_CORPORA)")

CASES = cases()
PARSERS = {
    name: loader for name in ("CSafeLoader", "SafeLoader") if (loader := getattr(pyyaml, name, None)) is not None
}
# Sound YAML that the parsers of PyYAML refuse, or we do: a control character (G4RS), the rest of it the parsers', for
# colons and question marks without a name, tabs between words, and a line that ends the document and nothing else.
# And texts that a # may have cut short, with one blank before it (5WE3, DC7X, SYW4).
REFUSED_BY_BOTH = {
    "4MUZ-0", "4MUZ-1", "4MUZ-2", "58MP-0", "5MUD-0", "5WE3-0", "652Z-0", "A2M4-0", "DC7X-0", "DK95-0", "DK95-3",
    "DK95-4", "FRK4-0", "G4RS-0", "HWV9-0", "K3WX-0", "NHX8-0", "Q5MG-0", "QT73-0", "S3PD-0",
    "SM9W-1", "SYW4-0", "VJP3-1",
}  # fmt: skip
REFUSED_BY_ONE = {
    "CSafeLoader": {"4ABK-0", "96NN-0", "96NN-1", "Y79Y-1"},
    "SafeLoader": {"6HB6-0", "DK95-5", "J3BT-0", "NB6Z-0", "UV7Q-0"},
}
FAULTS = {
    "alias": {"alias", "anchor"},
    "anchor": {"anchor"},
    "tag": {"tag", "shape"},  # the tag `!` alone says that this is text, which it is
    "second-document": {"second-document"},
    "key": {"key"},
    "repeated-key": {"repeated-key"},
    "shape": {"shape", "alias", "anchor", "tag", "second-document", "key", "hidden-character"},
}


@pytest.fixture(params=PARSERS)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The parser that reads: its name."""
    name: str = request.param
    monkeypatch.setattr(yaml, "_Loader", PARSERS[name])
    return name


def _read(case: Case) -> tuple[yaml.Mapping, set[str]]:
    """What comes of a case: what it holds and the codes of its faults, each of which has its file and its line."""
    tree, faults = yaml.read(case.text.encode(), "case.yaml")
    most = case.text.count("\n") + 2
    for fault in faults:
        assert fault.file == "case.yaml"
        assert 1 <= fault.line <= most
        assert fault.says
        assert fault.remedy
    return tree, {fault.code for fault in faults}


def test_the_whole_suite_is_tried() -> None:
    """402 cases, 94 of which are no YAML."""
    assert (402, 94) == (len(CASES), sum(case.fails for case in CASES))


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("case", [case for case in CASES if case.fails], ids=lambda case: case.name)
def test_what_is_no_yaml_is_refused(case: Case) -> None:
    """All 94, also those that the parser alone lets pass, and nothing of the file is used."""
    _, codes = _read(case)

    assert codes


@pytest.mark.parametrize("case", [case for case in CASES if not case.fails], ids=lambda case: case.name)
def test_what_is_yaml_is_read_as_it_stands_or_refused(case: Case, parser: str) -> None:
    """Text for text what the suite says, or a fault that says which part of YAML cst does not take."""
    tree, codes = _read(case)
    beyond, expected = "", None
    try:
        expected = plain(case.events)
    except Beyond as found:
        beyond = str(found)
    if beyond:
        assert codes & {"yaml", *FAULTS[beyond]}
        return

    assert (case.name in REFUSED_BY_BOTH | REFUSED_BY_ONE[parser]) == bool(codes)
    if not codes:
        assert expected == tree
        assert not case.json or same(typed(case.json), tree)


def test_the_counts_are_these(parser: str) -> None:
    """So that a change which refuses or lets pass more than before is seen; the numbers stand in the safety case."""
    came: Counter[str] = Counter()
    for case in CASES:
        tree, codes = _read(case)
        came["refused" if codes else "loaded" if tree else "empty"] += 1

    expected = {"CSafeLoader": {"refused": 329, "loaded": 70, "empty": 3}, "SafeLoader": {"refused": 330}}
    assert expected[parser] == {name: came[name] for name in expected[parser]}
    assert 402 == came.total()


def test_a_number_of_the_suite_is_the_text_that_says_it() -> None:
    """The comparison itself can fail: another text, another type, another order of a list."""
    assert same({"a": [1, True, None, "x"]}, {"a": ["1", "true", "~", "x"]})
    assert not same({"a": 1}, {"a": "2"})
    assert not same({"a": ["x", "y"]}, {"a": ["y", "x"]})
    assert not same({"a": True}, {"a": "no"})
    assert not same("1", 1)
