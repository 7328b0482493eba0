"""A maintainer rings down the list: one small diff a record, every form follows, and nothing that was typed is lost."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from cst.source import record_edit
from cst.source.record_edit import contacts_in
from tests.support.command import Terminal
from tests.support.in_process import run
from tests.support.ring_round import DAY, WHO, Checkout, typed

# Ten answers that nobody gave, with numbers that no telephone has.
TEN: dict[str, dict[str, str]] = {
    "hampshire-adults": {"settled": "yes", "caution": "no"},
    "hampshire-children": {"number-0": "01632 960101"},
    "hampshire-out-of-hours": {"cost": "local rate"},
    "hampshire-domestic-abuse-advice": {"hours": "always", "settled": "yes"},
    "southampton-adults": {"hours": "Mon-Fri 9am-5pm", "hours-closed": "yes", "hours-bank": "closed"},
    "portsmouth-adults": {"application_process": "Ring first. Then send the online form."},
    "living-without-abuse": {"number-0": "01632 960102", "hours": "weekdays 09:00-17:00; weekends closed"},
    "freeva": {"hours-bank": "10:00-14:00", "who_for": "Anyone in the county who lives with abuse."},
    "isle-of-wight-adults": {"number-1": "dead"},
    "nspcc-fgm": {"reached": "gone", "became": "ended", "became-says": "Another charity took it over."},
}


Rung = tuple[Checkout, dict[str, list[str]]]


@pytest.fixture(scope="module")
def rung(tmp_path_factory: pytest.TempPathFactory) -> Rung:
    """A checkout in which all ten were rung, one after another, with the lines that each changed."""
    checkout = Checkout(tmp_path_factory.mktemp("rung"))
    lines = [line for name, answers in TEN.items() for line in typed(name, answers, again=name != next(iter(TEN)))]
    ran = checkout.verify(*TEN, answers=lines)
    assert "10 written." in ran.err, ran.err
    return checkout, checkout.changed()


def contact(checkout: Checkout, name: str) -> dict[str, Any]:
    """The record as it stands now."""
    files = [*(checkout.folder / "data").glob("*.yaml"), *(checkout.folder / "data" / "areas").glob("*.yaml")]
    return next(held[name] for file in files if name in (held := contacts_in(file.read_bytes(), str(file))))


def test_ten_calls_make_ten_small_diffs(rung: Rung) -> None:
    """Each within its own record: role, means and day in all of them, and no more than a score of lines."""
    assert {f"contacts: {name}" for name in TEN} == rung[1].keys()
    for name, lines in rung[1].items():
        added = [line[1:].strip() for line in lines if line[0] == "+"]
        assert {"assured_by: duty officer", "assured_means: telephone", "assured_date: 2026-12-01"} <= set(added), name
        assert len(lines) <= 22, (name, lines)


def test_a_diff_reads_as_what_was_heard(rung: Rung) -> None:
    """The shape of the file stays: brackets stay brackets, quotes stay quotes, and fields come in their order."""
    assert {
        '-      - {number: "0300 555 1384", kind: voice}',
        '-    old_numbers: ["0845 603 5620"]',
        '+      - {number: "01632 960101", kind: voice}',
        '+    old_numbers: ["0845 603 5620", "0300 555 1384"]',
        "-    confidence: two pages agree",
        "+    assured_date: 2026-12-01",
        "+    assured_by: duty officer",
        "+    assured_means: telephone",
        "+    confidence: confirmed by a person",
        "-    review_by: 2027-11-22",
        "+    review_by: 2027-12-01",
    } == set(rung[1]["contacts: hampshire-children"])


def test_what_was_heard_stands_in_the_records(rung: Rung) -> None:
    """Hours, bank holidays, words, costs; a dead number is kept to be known again, and a service that ended is past."""
    checkout, _ = rung
    hours = [{"days": "Mon-Fri", "opens_at": "09:00", "closes_at": "17:00"}, {"days": "bank-holidays", "closed": True}]

    assert "settle" not in contact(checkout, "hampshire-adults")
    assert "caution" not in contact(checkout, "hampshire-adults")
    assert "always" == contact(checkout, "hampshire-domestic-abuse-advice")["schedule"]
    assert hours == contact(checkout, "southampton-adults")["schedule"]
    assert "settle" in contact(checkout, "living-without-abuse")  # bank holidays are still not known
    assert {"days": "bank-holidays", "opens_at": "10:00", "closes_at": "14:00"} in contact(checkout, "freeva")[
        "schedule"
    ]
    assert "local rate" == contact(checkout, "hampshire-out-of-hours")["phones"][0]["cost"]
    assert ["01983 814980"] == contact(checkout, "isle-of-wight-adults")["old_numbers"]
    gone = contact(checkout, "nspcc-fgm")
    assert ("unconfirmed", {"0808 028 3550", "0800 028 3550"}) == (
        gone["status"],
        {*gone["old_numbers"]},
    )  # others call it by name
    assert "phones" not in gone
    assert "Another charity took it over." in gone["alert"]


def test_every_form_has_the_new_number(rung: Rung) -> None:
    """Panel as text, three lines, one field, JSON, and the text for a referral form; the old one is never to ring."""
    checkout, _ = rung
    here = ("hampshire-children", "--area", "hampshire", "--at", "2026-12-01T10:00")
    plan = ("triage", "--no-input", "-a", "immediate-danger=no", "-a", "concerns=child-abuse", *here[1:])
    said = json.loads(checkout.run("lookup", *here, "--json").stdout)

    assert "01632 960101" == checkout.run("lookup", *here, "--field", "phone").stdout.strip()
    assert "01632 960101" == said["first"]["phone"]
    assert "confirmed by a duty officer on 2026-12-01 by telephone" == said["contacts"][0]["seen"]
    for form in (
        ("lookup", *here, "--plain"),
        ("lookup", *here, "--short"),
        (*plan, "--copy-text"),
        (*plan, "--plain"),
    ):
        text = checkout.run(*form).stdout
        assert "01632 960101" in text, form
        assert "RING FIRST: 0300 555 1384" not in text


def test_whoever_was_rung_is_off_the_list(rung: Rung) -> None:
    """The list goes on with the others; an emergency line is never on it."""
    listed = {item["id"] for item in json.loads(rung[0].run("verify", "--list", "--json", "--at", DAY).stdout)["items"]}

    assert not listed & TEN.keys()
    assert len(listed) > 100
    assert not listed & {"police-emergency", "emergency-text-and-relay", "999-bsl"}


@pytest.mark.nightly
def test_the_toolkit_is_still_proved(rung: Rung) -> None:
    """No shape is broken and nothing dangles: only what the shipped numbers of the cases expect may differ."""
    ran = rung[0].run("check", "--json")

    assert [] == [
        fault for fault in json.loads(ran.stdout)["faults"] if fault["code"] in ("dangling", "form", "missing")
    ]


@pytest.mark.deep
def test_killed_at_any_point_it_goes_on(tmp_path: Path) -> None:
    """After each answer in turn the process is killed: no answer is asked twice, and the record comes out the same."""
    whole = Checkout(tmp_path / "whole")
    lines = typed("living-without-abuse", TEN["living-without-abuse"])
    whole.verify("living-without-abuse", answers=lines)
    killed = Checkout(tmp_path / "killed")
    for line in lines:
        _type_and_kill(killed, line)

    ended = killed.verify("living-without-abuse", answers=[])
    assert contact(whole, "living-without-abuse") == contact(killed, "living-without-abuse")
    assert ["contacts: living-without-abuse"] == list(killed.changed()), ended.err
    assert not list((killed.folder / "data").glob(".cst-*"))


def _type_and_kill(checkout: Checkout, line: str) -> None:
    """Starts anew, types one line, and kills it once it asks for the next, or has written."""
    process = subprocess.Popen(
        checkout.command("verify", "living-without-abuse", "--at", DAY),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=checkout.folder,
        env=checkout.environment(),
    )
    assert process.stdin
    assert process.stderr
    limit = threading.Timer(60, process.kill)
    limit.start()
    heard = b""
    sent = False
    while not (sent and heard.endswith((b"Answer: ", b"written.\n"))):
        one = process.stderr.read(1)
        if not one:
            break
        heard += one
        if not sent and heard.endswith(b"Answer: "):
            heard = b""
            process.stdin.write(f"{line}\n".encode())
            process.stdin.flush()
            sent = True
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
    with suppress(BrokenPipeError):
        process.stdin.close()
    limit.cancel()
    assert sent


def test_stopped_between_writing_and_saying_so_nothing_is_written_twice(tmp_path: Path) -> None:
    """The record is there already, so it says so and goes on."""
    checkout = Checkout(tmp_path)
    lines = typed("freeva", TEN["freeva"])
    checkout.verify("freeva", answers=lines[:-1])
    before = json.loads(checkout.under_way.read_text("utf-8"))
    checkout.verify("freeva", answers=["yes"])
    written = contact(checkout, "freeva")
    from cst.source.overlay import mark_of

    checkout.under_way.write_text(json.dumps({**before, "writes": mark_of(written)}), "utf-8")
    ran = checkout.verify("freeva", answers=[])

    assert "written already" in ran.err
    assert written == contact(checkout, "freeva")
    assert not checkout.under_way.exists()


def test_leaving_keeps_what_was_typed_and_says_where(tmp_path: Path) -> None:
    """With `q` and at the end of input alike; a line that is cut short is no answer."""
    checkout = Checkout(tmp_path)
    ran = checkout.verify("freeva", answers=["answered", "same"])
    cut = checkout.run("verify", "freeva", "--at", DAY, text="alw")

    assert (20, 20) == (ran.code, cut.returncode)
    assert str(checkout.under_way) in ran.err
    assert {"reached": "answered", "number-0": "same"} == json.loads(checkout.under_way.read_text("utf-8"))["answers"]
    assert "Going on from where you left." in checkout.verify("freeva", answers=["q"]).err
    assert not checkout.changed()


def test_what_contradicts_the_record_is_shown_with_it_and_asked_once(tmp_path: Path) -> None:
    """Both numbers; the record's may stand all the same, and then nothing of the number changes."""
    checkout = Checkout(tmp_path)
    lines = typed("hampshire-children", {"number-0": "01632 960101", "number-0-both": "record"})
    ran = checkout.verify("hampshire-children", answers=lines)
    changed = checkout.changed()["contacts: hampshire-children"]

    assert 1 == ran.err.count("These differ.")
    assert "what you heard: 01632 960101" in ran.err
    assert "what the data says: 0300 555 1384" in ran.err
    assert not [line for line in changed if "number" in line]
    assert "+    assured_date: 2026-12-01" in changed


def test_a_wrong_answer_says_why_and_is_asked_again(tmp_path: Path) -> None:
    """Premium, foreign, a day too few digits, hours that cannot be, a name, a day to come."""
    checkout = Checkout(tmp_path)
    *before, who, means, on, write = typed("freeva", {"who_for": "Anyone."})
    wrong = ["0906 1234567", "+33 1 42 68 53 00", "0300 555", "banana", ""]
    place = before.index("Anyone.")
    lines = [before[0], *wrong, *before[1:place], "Ask for Mrs Smith", "Ring 01632 960111", *before[place:]]
    ran = checkout.verify("freeva", answers=[*lines, who, "9", means, "2026-12-02", on, write])

    for says in (
        "0906 1234567 is a premium number",
        "is a foreign number",
        "Are all digits there?|is no number that an ordinary line",
        "banana is not a telephone number",
        "Enter on its own is no answer",
        '"Ask for Mrs Smith" looks like a person',
        "01632 960111 could be dialled",
        "9 is not one of these",
        "2026-12-02 has not come yet",
    ):
        assert any(one in ran.err for one in says.split("|")), (says, ran.err)
    assert "1 written." in ran.err


def test_a_local_file_gets_a_whole_correction_and_cannot_take_a_service_away(tmp_path: Path) -> None:
    """In the form of any overlay: marked, based on the shipped record; a dead line is warned of and stays."""
    checkout = Checkout(tmp_path)
    file = tmp_path / "ours.yaml"
    into = ("--into", str(file))
    first = checkout.verify("freeva", *into, answers=typed("freeva", TEN["freeva"], local=True))
    kept = file.read_text("utf-8")
    answers = {"reached": "dead", "became": "unknown", "became-says": "A stranger answers."}
    second = checkout.verify("living-without-abuse", *into, answers=typed("living-without-abuse", answers, local=True))
    held = contacts_in(file.read_bytes(), str(file))

    assert (0, 0) == (first.code, second.code), second.err
    assert not checkout.changed()
    assert file.read_text("utf-8").startswith(kept)
    assert held["freeva"]["based_on"]
    assert 0o600 == file.stat().st_mode & 0o777
    assert "A stranger answers." in held["living-without-abuse"]["alert"]
    assert "active" == held["living-without-abuse"]["status"]
    said = checkout.run("lookup", "freeva", "--toolkit", str(file), "--area", "leicestershire", "--plain").stdout
    assert "(local: ours.yaml)" in said


def test_a_correction_that_is_out_of_date_is_not_written_over(tmp_path: Path) -> None:
    """Somebody has to compare the two first."""
    checkout = Checkout(tmp_path)
    file = tmp_path / "ours.yaml"
    checkout.verify("freeva", "--into", str(file), answers=typed("freeva", {}, local=True))
    data = checkout.folder / "data" / "areas" / "leicestershire.yaml"
    data.write_text(data.read_text("utf-8").replace("0808 802 0028", "01632 960105"), "utf-8")
    ran = checkout.verify("freeva", "--into", str(file), answers=typed("freeva", {}, local=True))

    assert 78 == ran.code
    assert "freeva has changed in cst since it was corrected there" in ran.err


def test_what_would_not_fit_is_not_written_and_not_lost(tmp_path: Path) -> None:
    """A local file may not drop the one number that there is: the answers stay, and the file as it was."""
    checkout = Checkout(tmp_path)
    file = tmp_path / "ours.yaml"
    ran = checkout.verify("freeva", "--into", str(file), answers=typed("freeva", {"number-0": "dead"}, local=True))

    assert 78 == ran.code
    assert "freeva would lose its phones" in ran.err
    assert not file.exists()
    assert "dead" == json.loads((tmp_path / ".cst-verify.json").read_text("utf-8"))["answers"]["number-0"]


def test_what_was_kept_and_is_damaged_is_told_and_never_guessed(tmp_path: Path) -> None:
    """Not JSON: exit 65. Answers that are none: said, and asked anew."""
    checkout = Checkout(tmp_path)
    checkout.under_way.write_text("{", "utf-8")
    damaged = checkout.verify("freeva", answers=[])
    checkout.under_way.unlink()
    checkout.verify("freeva", answers=["answered", "same"])
    held = json.loads(checkout.under_way.read_text("utf-8"))
    held["answers"]["number-0"] = "banana"
    checkout.under_way.write_text(json.dumps(held), "utf-8")
    odd = checkout.verify("freeva", answers=[])

    assert 65 == damaged.code
    assert "cannot be read" in damaged.err
    assert "number-0: banana. It is asked anew." in odd.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("police-emergency",), "Nobody rings an emergency line"),
        (("nobody-at-all",), "There is no contact called nobody-at-all"),
        (("hantsdirect-children-0845",), "is gone: there is nobody to ring"),
        (("--list", "--within", "soon"), "--within cannot be soon"),
        (("--list", "--format", "pdf"), "--format cannot be pdf"),
        (("--list", "--area", "atlantis"), "atlantis"),
    ],
)
def test_what_cannot_be_done_says_why(arguments: tuple[str, ...], says: str, tmp_path: Path) -> None:
    """Exit 2, and nothing is written."""
    ran = run("verify", *arguments)
    assert 2 == ran.code
    assert says in ran.err


@pytest.mark.deep
def test_at_a_terminal_the_danger_line_comes_first_and_ctrl_c_keeps_what_was_typed(tmp_path: Path) -> None:
    """On a real pseudo-terminal; exit 130."""
    checkout = Checkout(tmp_path)
    shell = f"cd {checkout.folder} && exec {{}}"
    terminal = Terminal(
        "verify", "freeva", shell=shell, **{**checkout.environment(), "PYTHONPATH": str(checkout.folder)}
    )
    shown = terminal.until("Answer:")
    assert shown.splitlines()[0].startswith("Danger now: ring 999.")
    terminal.send("answered\r")
    terminal.until("Is the number still")
    terminal.send("\x03")

    assert 130 == terminal.end()
    assert "is kept in" in " ".join(terminal.shown().split())
    assert "answered" == json.loads(checkout.under_way.read_text("utf-8"))["answers"]["reached"]
    assert os.path.isdir(checkout.folder)
    assert WHO


def test_an_edit_that_would_change_more_than_its_record_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is read again before it is kept: a slip of the editor in another record is seen."""
    checkout = Checkout(tmp_path)
    right = record_edit._in_place

    def slips(*given: Any) -> list[str]:
        return [line.replace('"0300 555 1386"', '"01632 960109"') for line in right(*given)]

    monkeypatch.setattr(record_edit, "_in_place", slips)
    ran = checkout.verify("hampshire-children", answers=typed("hampshire-children", {}))

    assert 78 == ran.code
    assert "More than hampshire-children would change." in ran.err
    assert not checkout.changed()


def test_killed_between_two_calls_the_first_is_written_and_the_second_is_asked(tmp_path: Path) -> None:
    """Down the list: what was confirmed before stands, and nobody is asked of it again."""
    checkout = Checkout(tmp_path)
    first, second = "hampshire-children", "freeva"
    whole = typed(first, TEN[first])
    stopped = checkout.verify(first, second, answers=[*whole, *typed(second, {})[:2]])
    assert 20 == stopped.code
    assert [f"contacts: {first}"] == list(checkout.changed())
    ended = checkout.verify(second, answers=typed(second, {})[2:])

    assert 0 == ended.code, ended.err
    assert {f"contacts: {first}", f"contacts: {second}"} == checkout.changed().keys()


def test_the_handbook_has_what_was_heard(rung: Rung) -> None:
    """On paper as on the screen: the new number can be rung, the old one cannot."""
    pytest.importorskip("jinja2")
    page = rung[0].run("export", "handbook", "--area", "hampshire").stdout

    assert "tel:01632960101" in page
    assert "tel:03005551384" not in page


SEEN = "confirmed by a duty officer on 2026-12-01 by telephone"


@pytest.mark.parametrize(
    ("form", "to_ring", "seen"),
    [
        ("vcard", "VOICE:{}\n", SEEN),
        ("csv", ",{},ring,", SEEN),
        ("open-referral", '"number": "{}"', "Confirmed by a duty officer on 1 Dec 2026, by telephone."),
    ],
)
def test_other_programs_get_what_was_heard(rung: Rung, form: str, to_ring: str, seen: str) -> None:
    """The new number with who confirmed it, and the old one no more as one to ring: a source still prints it."""
    text = rung[0].run("export", form, "--area", "hampshire").stdout
    words = text.replace("\n ", "")

    assert to_ring.format("01632 960101") in text
    assert seen in words
    assert to_ring.format("0300 555 1384") not in text


def test_the_list_comes_as_a_sheet_and_as_a_calendar() -> None:
    """The same contacts in the same order in each; what falls due later is left out."""
    listed = json.loads(run("verify", "--list", "--json", "--area", "gosport", "--at", DAY).out)["items"]
    sheet = list(csv.DictReader(io.StringIO(run("verify", "--format", "csv", "--area", "gosport", "--at", DAY).out)))
    calendar = run("verify", "--format", "ics", "--area", "gosport", "--at", DAY).out

    assert len(listed) > 100
    assert [one["id"] for one in listed] == [row["id"] for row in sheet]
    assert len(listed) == calendar.count("BEGIN:VEVENT")
    assert all(len(line.encode()) <= 75 for line in calendar.splitlines())
    assert [] == json.loads(run("verify", "--list", "--json", "--within", "1d", "--at", DAY).out)["items"]
    assert json.loads(run("verify", "--list", "--json", "--within", "500d", "--at", DAY).out)["items"]


def test_nobody_is_rung_for_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    """A device or a folder in its place, or a folder that is not there, is said before the first question."""
    odd = {str(tmp_path): "folder", str(tmp_path / "none" / "ours.yaml"): "There is no folder", os.devnull: "device"}
    for place, says in odd.items():
        ran = run("verify", "--into", place)
        assert 66 == ran.code, ran
        assert says in ran.err
        assert "Answer" not in ran.out + ran.err
