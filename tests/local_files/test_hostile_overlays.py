"""Promise 10, hazard H10: a local file adds and corrects, and never weakens; what is in it shows as local.

Hostile files are made from the shipped records, so that each attack is on what is really there. Every one of them is
refused with its place and a remedy, or what it brings bears the name of its file wherever it is shown, and what cst
ships stays whole: every outcome with its urgency, its steps and its cautions, danger first.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from cst import card, contract
from cst.engine.answers import Answers
from cst.engine.plan import plan
from cst.plain_file import Unfit, read_plain
from cst.source import load, overlay
from cst.source.faults import Fault, Refused
from cst.source.open import shipped_files
from cst.toolkit import names
from cst.toolkit.toolkit import Toolkit
from tests.support.command import cst
from tests.support.levels import sample
from tests.support.states import shipped, shipped_read

AT = datetime(2026, 11, 27, 16, 45, tzinfo=ZoneInfo("Europe/London"))
SHIPPED = [Path(path) for path in shipped_files()]
TOOLKIT = shipped()
RECORDS = TOOLKIT.records
PAGE = next(iter(RECORDS["sources"]))
FILE = "evil.yaml"
UNSHOWN = ("words", "parameters")  # nobody reads them: words lead to entries, parameters stand in rules
SAFE_TO_NAME = ("sources", "rules", "parameters", "words", "questions")  # found by id alone
Records = dict[str, Any]


class Attack(NamedTuple):
    """What a hostile file holds, and the codes of the faults with which it may be refused; none: it is marked."""

    name: str
    holds: Records
    refused: tuple[str, ...] = ()


def _term(**fields: Any) -> Records:
    return {"title": "A word", "meaning": "Nothing.", "sources": [PAGE], **fields}


def _contact(**fields: Any) -> Records:
    phones = [{"number": "01632 960999", "kind": "voice"}]
    evidence = [{"source": PAGE}]
    whole = {"name": "A desk", "serves": ["england"], "status": "active", "phones": phones, "schedule": "always"}
    return {**whole, "evidence": evidence, "confidence": "our own list", **fields}


def _pathway(**fields: Any) -> Records:
    doing = {"steps": ["Ring nobody. Wait until it is over."], "cautions": [], "call": ["police-emergency"]}
    start = {"title": "Stay where you are", "urgency": "now", "rule": "immediate-danger", "on_not_sure": "take"}
    return {**start, **doing, "sources": [PAGE], **fields}


def _question(**fields: Any) -> Records:
    return {"ask": "Is it quiet?", "why": "To know.", "type": "yes-no", **fields}


def _issue(**fields: Any) -> Records:
    shape = {"title": "A new topic", "summary": "Nothing.", "signs": ["None"], "who_leads": "Nobody."}
    return {**shape, "pathways": ["information-only"], "cautions": [], "sources": [PAGE], **fields}


def _scheme(**fields: Any) -> Records:
    says = {"eligible": "Yes.", "not_eligible": "No.", "cannot_say": "Ask."}
    rule = {"title": "A new scheme", "summary": "Nothing.", "rule": "child-affected", "says": says}
    return {**rule, "steps": [], "cautions": [], "call": ["police-emergency"], "sources": [PAGE], **fields}


def _mode(**fields: Any) -> Records:
    return {"title": "Hush", "rule": "immediate-danger", "says": ["Say nothing."], **fields}


NEW: dict[str, Records] = {
    "terms": _term(),
    "contacts": _contact(),
    "pathways": _pathway(),
    "questions": _question(),
    "issues": _issue(),
    "schemes": _scheme(),
    "cautions": {"title": "Do not ring the police.", "kills": "A", "sources": [PAGE]},
    "sources": {"title": "The law", "publisher": "GOV.UK", "dated": "2026-11-01", "consulted": "2026-11-01"},
    "areas": {"name": "Somewhere", "within": "england"},
    "elsewhere": {"name": "Far off", "note": "Ring nobody there."},
    "roles": {"name": "A role", "if_none": "Ring nobody."},
    "rules": {"title": "A rule", "rule": "child-affected"},
    "parameters": {"title": "A", "unit": "years", "values": [{"starts": "2013-01-01", "value": "1", "source": PAGE}]},
    "words": {"said": ["wibble wobble"], "means": ["mediation"]},
}


def _attacks() -> Iterator[Attack]:
    yield from _shadows()
    yield from _weakened()
    yield from _hijacks()
    yield from _by_hand()
    yield from _additions()


def _shadows() -> Iterator[Attack]:
    """The id of a record that is there, with the same and with other content: never, but for contacts and terms."""
    for kind in NEW:
        ids = [name for name in RECORDS[kind] if name not in RECORDS.get("contacts", {}) or kind == "contacts"]
        for name in ids[:: max(1, len(ids) // 5)][:5]:
            if kind in overlay.CORRECTABLE and name not in overlay.PROTECTED:
                continue
            yield Attack(f"shadow-{kind}-{name}", {kind: {name: RECORDS[kind][name]}}, ("protected",))
            yield Attack(f"other-{kind}-{name}", {kind: {name: NEW[kind]}}, ("protected", "dangling", "inconsistent"))
    for name in RECORDS["modes"]:
        yield Attack(f"shadow-modes-{name}", {"modes": {name: _mode()}}, ("protected",))
    for kind in ("edition", "bank_holidays", "fallback"):
        yield Attack(f"replace-{kind}", {kind: RECORDS[kind]}, ("one-only",))
    yield Attack("emergency-number", {"contacts": {"police-emergency": _contact()}}, ("protected",))


def _weakened() -> Iterator[Attack]:
    """A correction of a contact that takes something away."""
    active = {name: one for name, one in RECORDS["contacts"].items() if one["status"] == "active"}
    active.pop("police-emergency")
    changes: dict[str, Any] = {
        "fills": lambda one: {**one, "fills": one["fills"][1:]},
        "serves": lambda one: {**one, "serves": ["city-of-london"]},
        "phones": lambda one: {**one, "phones": []},
        "caution": lambda one: {key: value for key, value in one.items() if key != "caution"},
        "if_no_answer": lambda one: {key: value for key, value in one.items() if key != "if_no_answer"},
    }
    for field, change in changes.items():
        having = [name for name, one in active.items() if one.get(field) and one["serves"] != ["city-of-london"]]
        for name in having[:5]:
            yield Attack(f"less-{field}-{name}", {"contacts": {name: change(active[name])}}, ("weaker",))
    for name in [name for name, one in active.items() if len(one.get("phones", ())) > 1][:5]:
        fewer = {**active[name], "phones": active[name]["phones"][:1]}
        yield Attack(f"one-number-{name}", {"contacts": {name: fewer}}, ("weaker",))
    for name in list(active)[:4]:
        for status in ("historic", "unconfirmed"):
            changed = {**active[name], "status": status}
            yield Attack(f"{status}-{name}", {"contacts": {name: changed}}, ("weaker", "inconsistent"))
        for field in ("name", "who_for"):
            yield Attack(f"blank-{field}-{name}", {"contacts": {name: {**active[name], field: " "}}}, ("empty",))


def _hijacks() -> Iterator[Attack]:
    """Names by which people find what cst ships, given to something else."""
    for name, issue in RECORDS["issues"].items():
        hijacked = _issue(also_known_as=[issue["title"].upper()])
        yield Attack(f"alias-{name}", {"issues": {"a-new-topic": hijacked}}, ("name-taken",))
    for name, area in RECORDS["areas"].items():
        yield Attack(
            f"area-{name}", {"areas": {"new": {**NEW["areas"], "also_known_as": [area["name"]]}}}, ("name-taken",)
        )
        yield Attack(f"away-{name}", {"elsewhere": {"new": {"name": area["name"]}}}, ("name-taken",))
    for kind, name in (("schemes", "fire-visit"), ("pathways", "emergency"), ("contacts", "police-non-emergency")):
        for taker in ("issues", "contacts", "areas"):
            if names.NAMED_KINDS.index(taker) > names.NAMED_KINDS.index(kind) or taker == kind:
                continue
            field = "alternate_name" if taker == "contacts" else "also_known_as"
            holds = {taker: {"new": {**NEW[taker], field: [name.replace("-", " ")]}}}
            yield Attack(f"{taker}-called-{name}", holds, ("name-taken",))
    for said in ("not breathing", "marac"):
        yield Attack(f"words-{said}", {"words": {"new": {"said": [said], "means": ["mediation"]}}}, ("name-taken",))


def _by_hand() -> Iterator[Attack]:
    """What no local file may say, whatever the id."""
    call = {"use": "police-emergency", "when": "child-affected"}
    for words in ({}, {"call": ["samaritans"]}):
        changed = {
            "title": "A",
            "meaning": "B.",
            "based_on": overlay.Shipped(RECORDS).now("terms", "mash"),
            "sources": [PAGE],
        }
        yield Attack(f"word-rings-{len(words)}", {"terms": {"mash": {**changed, **words}}}, ("weaker",))
    yield Attack("role-called-mash", {"roles": {"new": {**NEW["roles"], "also_known_as": ["MASH"]}}}, ("name-taken",))
    yield Attack("replaces", {"pathways": {"new": _pathway(replaces=["emergency"])}}, ("protected",))
    yield Attack("danger", {"questions": {"new": _question(danger="yes")}}, ("protected",))
    yield Attack("mode", {"modes": {"new": _mode()}}, ("protected",))
    yield Attack("never-asks", {"modes": {"new": _mode(never_asks=["immediate-danger"])}}, ("protected",))
    yield Attack("mode-until", {"modes": {"new": _mode(until="safe-to-go-on")}}, ("protected", "dangling"))
    for kind in NEW:
        yield Attack(f"local-{kind}", {kind: {"new": {**NEW[kind], "local": "cst"}}}, ("extra-forbidden",))
    yield Attack("dials", {"pathways": {"new": _pathway(steps=["Ring 01632 960999."])}}, ("inconsistent",))
    yield Attack("dials-in-title", {"terms": {"new": _term(title="Ring 01632 960999")}}, ("inconsistent",))
    yield Attack("dials-in-alert", {"contacts": {"new": _contact(alert="Ring 999 last")}}, ("inconsistent",))
    yield Attack("reserved", {"questions": {"not-sure": _question()}}, ("id-reserved",))
    yield Attack("two-kinds", {"terms": {"emergency": _term()}}, ("id-twice",))
    yield Attack("no-source", {"terms": {"new": _term(sources=["none"])}}, ("dangling",))
    yield Attack("no-evidence", {"contacts": {"new": _contact(evidence=[])}}, ("inconsistent",))
    yield Attack("self-rule", {"rules": {"new": {"title": "Round", "rule": "new"}}}, ("rule",))
    yield Attack("old-call", {"pathways": {"new": _pathway(call=[_historic()])}}, ("inconsistent",))
    yield Attack("no-role", {"pathways": {"new": _pathway(call=[{**call, "use": "nobody"}])}}, ("dangling",))
    yield Attack("card", {"card": {"lines": ["Ring nobody."]}}, ("extra-forbidden",))
    yield Attack("includes", {"include": ["/etc/passwd"]}, ("extra-forbidden",))
    for sign in ("\x1b[2J", "\u202e", "\x00", "\u200b", "\x9b31m", "\r"):
        yield Attack(f"sign-{ord(sign[0]):x}", {"terms": {"new": _term(title=f"A{sign}B")}}, ("hidden-character",))


def _meaning_nothing(term: Records) -> Records:
    return {**term, "meaning": "Nothing to fear.", "based_on": overlay.mark_of(term)}


def _historic() -> str:
    return next(name for name, one in RECORDS["contacts"].items() if one["status"] == "historic")


def _additions() -> Iterator[Attack]:
    """What a local file may bring: it is marked, and takes nothing away."""
    for kind, record in NEW.items():
        yield Attack(f"new-{kind}", {kind: {"new": record}})
    for name in list(RECORDS["contacts"])[1:9]:
        one = RECORDS["contacts"][name]
        changed = [{**phone, "number": "01632 960999"} for phone in one.get("phones", ())]
        dead = [*one.get("old_numbers", ()), *(phone["number"] for phone in one.get("phones", ()))]
        moved = {"phones": changed, "old_numbers": dead} if changed else {}
        corrected = {**one, **moved, "based_on": overlay.mark_of(one)}
        if changed:
            lost = {**corrected, "old_numbers": []}
            yield Attack(f"swapped-{name}", {"contacts": {name: lost}}, ("weaker",))
        yield Attack(f"number-{name}", {"contacts": {name: corrected}})
    for name in list(RECORDS["terms"])[:6]:
        yield Attack(f"meaning-{name}", {"terms": {name: _meaning_nothing(RECORDS["terms"][name])}})
    for role in RECORDS["roles"]:
        yield Attack(f"fills-{role}", {"contacts": {"new": _contact(fills=[role])}})
    for urgency in ("now", "today", "soon", "routine"):
        yield Attack(f"urgency-{urgency}", {"pathways": {"new": _pathway(urgency=urgency, issues=["domestic-abuse"])}})
    yield Attack("no-cautions", {"pathways": {"new": _pathway(rule={"concerns": {"includes": "forced-marriage"}})}})
    yield Attack("hides-all", {"questions": {"new": _question(implied_by="immediate-danger", sensitive="yes")}})


ATTACKS = list(_attacks())


def _yaml(holds: Any) -> str:
    """A hostile file: JSON is YAML, and everything stands in quotes."""
    return json.dumps(_texts(holds))


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_texts(inner) for inner in value]
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@pytest.fixture
def shipped_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped files are read once for all attacks; nothing that lays records on one another changes them."""
    read = load.read
    monkeypatch.setattr(load, "read", lambda shipped, overlays=(): [*shipped_read(), *read((), overlays)])


def _laid(folder: Path, holds: Records) -> tuple[dict[str, Any], list[Fault]]:
    """The records with a hostile file laid on top, or the faults with which it is refused."""
    file = folder / FILE
    file.write_text(_yaml(holds), "utf-8")
    try:
        return load.together(SHIPPED, [file]), []
    except Refused as refused:
        return {}, refused.faults


def _plans(toolkit: Toolkit) -> list[contract.Plan]:
    """Plans in which what cst ships must stay whole."""
    answers = [{"immediate-danger": True}, {"concerns": ("domestic-abuse",), "child-affected": True}]
    answers += [{"concerns": (issue,)} for issue in ("forced-marriage", "scams", "anti-social-behaviour")]
    given = [Answers({"area": "winchester", **one}) for one in answers]
    return [plan(toolkit, one, AT, "winchester") for one in given]


PLANS = _plans(TOOLKIT)


def test_there_are_at_least_two_hundred_attacks() -> None:
    """Each of them another; the number stands in the safety case."""
    assert len(ATTACKS) >= 200
    assert len(ATTACKS) == len({attack.name for attack in ATTACKS})


@pytest.mark.usefixtures("shipped_read_once")
@pytest.mark.parametrize("attack", sample([one for one in ATTACKS if one.refused], 75), ids=lambda attack: attack.name)
def test_a_hostile_file_is_refused(attack: Attack, tmp_path: Path) -> None:
    """With the fault that it is, its place and what to do."""
    _, faults = _laid(tmp_path, attack.holds)

    assert {fault.code for fault in faults} & set(attack.refused)
    for fault in faults:
        assert str(tmp_path / FILE) == fault.file
        assert fault.line >= 1
        assert fault.says
        assert fault.remedy


@pytest.mark.usefixtures("shipped_read_once")
@pytest.mark.parametrize(
    "attack", sample([one for one in ATTACKS if not one.refused], 24), ids=lambda attack: attack.name
)
def test_what_is_not_refused_is_marked_and_takes_nothing_away(attack: Attack, tmp_path: Path) -> None:
    """Every record of the file says that it is local, and every shipped outcome is as it was, danger first."""
    records, faults = _laid(tmp_path, attack.holds)

    assert not faults
    for kind, made in attack.holds.items():
        for name in made:
            assert kind in UNSHOWN or FILE in _title(kind, records[kind][name])
    for before, after in zip(PLANS, _plans(Toolkit(records, names.index(records))), strict=True):
        _nothing_taken(before, after)


def _title(kind: str, record: Records) -> str:
    """What is shown of a record wherever it is: its title, its name, or what it asks or says."""
    return str(record["if_none" if kind == "roles" else "note"] if kind in ("roles", "elsewhere") else _called(record))


def _called(record: Records) -> str:
    return str(record.get("title") or record.get("name") or record["ask"])


def _nothing_taken(before: contract.Plan, after: contract.Plan) -> None:
    came = {outcome["id"]: outcome for outcome in after["outcomes"]}
    for outcome in before["outcomes"]:
        now = came[outcome["id"]]
        assert outcome["urgency"] == now["urgency"]
        assert outcome["steps"] == now["steps"]
        assert [one["id"] for one in outcome["cautions"]] == [one["id"] for one in now["cautions"]]
        assert [one["text"] for one in outcome["cautions"]] == [one["text"] for one in now["cautions"]]
        changed = {one["id"] for one in now["contacts"] if one["local"]}
        assert {one["id"] for one in outcome["contacts"]} - changed <= {one["id"] for one in now["contacts"]}
        first = outcome["contacts"][0]
        if first["open"] and first["phones"] and first["id"] not in changed:
            assert first["id"] == now["contacts"][0]["id"]  # what answers now is still rung first
    if before["outcomes"][0]["id"] == "emergency":
        assert "emergency" == after["outcomes"][0]["id"]
        assert "police-emergency" == after["outcomes"][0]["contacts"][0]["id"]


SHOWN = [
    ("contacts", ["lookup", "new-evil"]),
    ("contacts", ["lookup", "new-evil", "--json"]),
    ("contacts", ["lookup", "new-evil", "--plain"]),
    ("contacts", ["list", "contacts"]),
    ("roles", ["lookup", "new-evil"]),
    ("roles", ["list", "roles"]),
    ("terms", ["lookup", "new-evil"]),
    ("terms", ["list", "terms"]),
    ("pathways", ["lookup", "new-evil"]),
    ("pathways", ["graph", "new-evil"]),
    ("pathways", ["triage", "--no-input", "-a", "immediate-danger=yes"]),
    ("pathways", ["triage", "--no-input", "-a", "concerns=scams", "-a", "immediate-danger=no", "--short"]),
    ("contacts", ["lookup", "new-evil", "--short"]),
    ("contacts", ["lookup", "new-evil", "--field", "phone"]),
    ("pathways", ["triage", "--no-input", "-a", "immediate-danger=yes", "--copy-text"]),
    ("schemes", ["lookup", "new-evil"]),
    ("schemes", ["eligible", "new-evil", "--no-input", "-a", "child-affected=yes"]),
    ("schemes", ["eligible"]),
    ("issues", ["lookup", "new-evil"]),
    ("issues", ["list", "issues"]),
    ("cautions", ["lookup", "new-evil"]),
    ("questions", ["list", "questions"]),
    ("areas", ["lookup", "marac", "--area", "new-evil"]),
    ("areas", ["list", "areas"]),
    ("elsewhere", ["lookup", "marac", "--area", "far off"]),
    ("sources", ["list", "sources"]),
]


@pytest.mark.deep
@pytest.mark.parametrize(
    ("kind", "command"), sample(SHOWN, 5), ids=lambda part: part if isinstance(part, str) else "-".join(part)
)
def test_whatever_is_local_says_so_on_the_screen(kind: str, command: list[str], tmp_path: Path) -> None:
    """By its file's name, in every form in which it is shown."""
    file = tmp_path / FILE
    record = {
        **NEW[kind],
        **({"rule": {"any": ["immediate-danger", {"concerns": {"includes": "scams"}}]}} if kind == "pathways" else {}),
    }
    file.write_text(_yaml({kind: {"new-evil": record}}), "utf-8")
    ran = cst(*command, "--toolkit", str(file))

    assert ran.returncode in (0, 3, 10), ran.stderr
    assert "evil.yaml" in " ".join((ran.stdout + ran.stderr).split())


@pytest.mark.deep
@pytest.mark.parametrize("role", ["children-services", "domestic-abuse-helpline"])
@pytest.mark.parametrize(
    "form", sample([[], ["--plain"], ["--json"], ["--short"], ["--copy-text"]], 3), ids=lambda form: "".join(form)
)
def test_a_local_number_in_a_plan_says_so(role: str, form: list[str], tmp_path: Path) -> None:
    """Where a number of a local file may be rung, the name of the file stands with it."""
    file = tmp_path / FILE
    file.write_text(_yaml({"contacts": {"new-evil": _contact(fills=[role])}}), "utf-8")
    given = ["-a", "concerns=domestic-abuse", "-a", "child-affected=yes", "-a", "immediate-danger=no"]
    ran = cst("triage", "--no-input", *given, *form, "--area", "winchester", "--toolkit", str(file))

    assert "01632 960999" not in ran.stdout or "evil.yaml" in " ".join(ran.stdout.split())


@pytest.mark.parametrize(
    "command", [["lookup", "marac"], ["triage", "--no-input"], ["eligible", "fire-visit", "--no-input"]]
)
def test_a_refused_file_is_exit_78_with_the_card(command: list[str], tmp_path: Path) -> None:
    """File, line, what is wrong, what to do; the whole emergency card; and that cst works without the file."""
    file = tmp_path / FILE
    file.write_text(_yaml({"cautions": {next(iter(RECORDS["cautions"])): NEW["cautions"]}}), "utf-8")
    ran = cst(*command, "--toolkit", str(file))

    assert 78 == ran.returncode
    assert f"{FILE}:1: " in ran.stderr
    assert "cst works without the local file" in ran.stderr
    for line in card.CARD:
        assert line in ran.stdout


def _good(file: Path) -> Path:
    file.write_text(_yaml({"terms": {"new": NEW["terms"]}}), "utf-8")
    return file


@pytest.mark.deep
@pytest.mark.skipif(os.name == "nt", reason="Windows has rights of another kind")
@pytest.mark.parametrize("mode", sample([0o666, 0o646, 0o602, 0o777, 0o622 | 0o002], 2))
def test_a_file_that_anyone_can_change_is_refused(mode: int, tmp_path: Path) -> None:
    """Whoever can write to it can put their own number into it; also when it was read before."""
    file = _good(tmp_path / FILE)
    assert 0 == cst("lookup", "a word", "--toolkit", str(file)).returncode
    file.chmod(mode)
    ran = cst("lookup", "a word", "--toolkit", str(file))

    assert 78 == ran.returncode
    assert "anyone on this computer can change the file" in " ".join(ran.stderr.split())
    assert "chmod" in ran.stderr
    assert card.CARD[-1] in ran.stdout
    assert 1 == cst("check", str(file)).returncode


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_someone_else_is_refused(tmp_path: Path) -> None:
    """It is theirs to change at any time."""
    file = _good(tmp_path / FILE)
    os.chown(file, 12_345, 12_345)
    ran = cst("lookup", "a word", "--toolkit", str(file))

    assert 78 == ran.returncode
    assert "belongs to someone else" in ran.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give a file to another group")
def test_a_file_that_a_group_can_change_is_refused_unless_the_group_is_its_owners_alone(tmp_path: Path) -> None:
    """Many systems give each user a group of the same name and make files that it may write: those are fine."""
    file = _good(tmp_path / FILE)
    file.chmod(0o664)
    assert read_plain(str(file), 1_000, ours=True)
    os.chown(file, 0, 12_345)

    with pytest.raises(Unfit, match="other people in its group can change the file"):
        read_plain(str(file), 1_000, ours=True)


def test_a_link_to_a_plain_file_is_read(tmp_path: Path) -> None:
    """What counts is the file, not its name."""
    (tmp_path / "link.yaml").symlink_to(_good(tmp_path / FILE))

    assert _good(tmp_path / FILE).read_bytes() == read_plain(str(tmp_path / "link.yaml"), 1_000, ours=True)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """A thousand million bytes, hardly one of which is on the disk."""
    file = tmp_path / FILE
    with file.open("wb") as opened:
        opened.truncate(1_000_000_000)
    ran = cst("check", str(file))

    assert 1 == ran.returncode
    assert "is the most" in " ".join(ran.stdout.split())


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


UNPLAIN: dict[str, Any] = {
    "folder": Path.mkdir,
    "pipe": _pipe,
    "socket": _socket,
    "zeros": lambda path: path.symlink_to("/dev/zero"),
    "random": lambda path: path.symlink_to("/dev/urandom"),
    "nothing": lambda path: path.symlink_to("/dev/null"),
    "dangling": lambda path: path.symlink_to("not-there.yaml"),
    "itself": lambda path: path.symlink_to(path),
    "round": lambda path: (path.symlink_to(f"{path}.2"), Path(f"{path}.2").symlink_to(path)),
    "in-a-file": lambda path: None,
}


@pytest.mark.deep
@pytest.mark.skipif(os.name == "nt", reason="Windows has other kinds of files")
@pytest.mark.parametrize("kind", UNPLAIN)
@pytest.mark.parametrize("command", [["lookup", "marac"], ["check"]], ids=lambda command: command[0])
def test_what_is_no_plain_file_is_refused_at_once(
    kind: str, command: list[str], tmp_path: Path, monkeypatch: Any
) -> None:
    """A folder, pipe, socket, device or link to nowhere: said so, with the card; never read, never waited for."""
    monkeypatch.chdir(tmp_path)  # the path of a socket may not be long
    UNPLAIN[kind](Path("odd.yaml"))
    ran = cst(*command, "--toolkit", "odd.yaml" if kind != "in-a-file" else f"{__file__}/odd.yaml", PYTHONPATH=_here())
    refused = 1 if command == ["check"] else 78

    assert ran.returncode in (66, refused)
    assert "odd.yaml" in ran.stdout + ran.stderr
    assert card.LINE in ran.stdout + ran.stderr or command == ["check"]
    assert "Traceback" not in ran.stderr


def _here() -> str:
    return os.pathsep.join(filter(None, (str(Path(card.__file__).parents[1]), os.environ.get("PYTHONPATH", ""))))


@pytest.mark.deep
@pytest.mark.skipif(os.name == "nt", reason="Windows takes no such names")
@pytest.mark.parametrize(
    "name", sample(["a\nb", "a\x1b[2Jb", "a\rb", "\x1b]0;owned\x07", "a\u202eb", "\x9b31m", "-", "[b]x[red]"], 4)
)
@pytest.mark.parametrize("good", [True, False], ids=["read", "refused"])
def test_a_files_name_cannot_write_on_the_screen(name: str, good: bool, tmp_path: Path) -> None:
    """No control or turning sign of a file's name comes out, in what is shown and in what is refused."""
    file = _good(tmp_path / f"{name}.yaml")
    if not good:
        file.write_text("terms: 1", "utf-8")
    ran = cst("lookup", "a word", "--toolkit", str(file))

    assert (0 if good else 78) == ran.returncode
    assert not {sign for sign in ran.stdout + ran.stderr if sign in "\x1b\r\x07\u202e\x9b"}


def test_a_files_name_cannot_be_dialled(tmp_path: Path) -> None:
    """The mark of a local file holds its name, so a number there would stand beside the true ones."""
    file = _good(tmp_path / "ring 01632 960999 not 999.yaml")
    ran = cst("lookup", "a word", "--toolkit", str(file))

    assert 0 == ran.returncode
    assert "local: ring ... not ....yaml" in " ".join(ran.stdout.split())
    assert "960999" not in ran.stdout
