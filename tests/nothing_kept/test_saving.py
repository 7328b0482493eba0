"""Promise 7: nothing is kept unless it is asked for, and then only what was shown, whole, for the user alone."""

from __future__ import annotations

import json
import os
import re
import resource
import stat
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from cst import card
from tests.support import ROOT
from tests.support.command import CST, Terminal, cst

SCHEMA = json.loads((ROOT / "docs" / "cst.schema.json").read_text("utf-8"))
AT = ("--at", "2026-11-24T10:00")
ABUSE = (
    *("-a", "immediate-danger=no", "-a", "concerns=domestic-abuse,scams", "-a", "child-affected=not-sure"),
    *("-a", "high-risk-signs=weapon,stalking", "--area", "southampton", *AT),
)
HELD = ("-a", "immediate-danger=no", "-a", "concerns=domestic-abuse", "-a", "overheard=yes", "-a", "safe-to-go-on=no")
VISIT = ("eligible", "fire-visit", "-a", "age=82", "-a", "hospital-discharge=not-sure", "--area", "gosport", *AT)
TRIAGE = ("triage", "--no-input", *ABUSE)
ENDINGS = ("txt", "md", "json")
RUNG = re.compile(
    r"^(?:- \*\*)?(?:THEN )?(?:RING|TEXT|TEXTPHONE|RELAY|VIDEO)(?: FIRST| WHEN OPEN)?:(?:\*\*)? ([\d ]+),"
    r"|(?<!\w)For [^:.]+: (?:when open )?(?:(?:text|textphone|relay|video) )?([\d ]+),"  # lines for some, on one row
)


def _run(
    prelude: str, *arguments: str, umask: int = -1, most_bytes: int | None = None, user: int | None = None
) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, in which `prelude` runs first."""

    def limit() -> None:
        if most_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return subprocess.run(
        [sys.executable, "-c", f"{prelude}\nfrom cst.__main__ import main; main()", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        umask=umask,
        user=user,
        preexec_fn=limit,
        timeout=60,
        check=False,
    )


def _names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


# What is saved


@pytest.mark.parametrize("command", [TRIAGE, (*VISIT, "--no-input")], ids=["triage", "eligible"])
def test_what_is_saved_is_what_was_shown(command: tuple[str, ...], tmp_path: Path) -> None:
    """Text is the plain screen, JSON what `--json` prints; Markdown has the same words; the exit code is the same."""
    shown, printed = cst(*command), cst(*command, "--json")
    for ending in ENDINGS:
        ran = cst(*command, "--save", str(tmp_path / f"plan.{ending}"))
        assert (shown.returncode, shown.stdout) == (ran.returncode, ran.stdout)

    assert shown.stdout == (tmp_path / "plan.txt").read_text("utf-8")
    assert printed.stdout == (tmp_path / "plan.json").read_text("utf-8")
    marked = _bare((tmp_path / "plan.md").read_text("utf-8"))
    for line in shown.stdout.splitlines():  # what stands above several lines is said once in Markdown
        assert _bare(re.sub(r"^(Note|Sources, read [^:]*): ", "", line)) in marked


def _bare(text: str) -> str:
    """The words of a text, without markup and signs."""
    return re.sub(r"\W+", " ", text).strip()


def test_all_forms_hold_the_same_numbers_in_the_same_order(tmp_path: Path) -> None:
    """Promise 8 for files: every number of the JSON, in its order, in the text and in the Markdown."""
    for ending in ENDINGS:
        cst(*TRIAGE, "--save", str(tmp_path / f"plan.{ending}"))
    outcomes = json.loads((tmp_path / "plan.json").read_text("utf-8"))["outcomes"]
    expected = [
        phone["number"] for outcome in outcomes for contact in outcome["contacts"] for phone in contact["phones"]
    ]

    assert len(expected) > 10
    for ending in ("txt", "md"):
        lines = (tmp_path / f"plan.{ending}").read_text("utf-8").splitlines()
        assert expected == [found[1] or found[2] for line in lines for found in RUNG.finditer(line)], ending


@pytest.mark.parametrize(
    "surroundings", [{}, {"CST_AREA": "gosport"}], ids=["alone", "another-area-in-the-environment"]
)
def test_a_saved_plan_can_be_gone_on_from(surroundings: dict[str, str], tmp_path: Path) -> None:
    """Its answers and its area come back, whatever area the environment stands for: the same plan, byte for byte."""
    first, again = tmp_path / "plan.json", tmp_path / "again.json"
    cst(*TRIAGE, "--save", str(first))
    ran = cst("triage", "--no-input", *AT, "--answers", str(first), "--save", str(again), **surroundings)

    assert 3 == ran.returncode
    jsonschema.validate(json.loads(first.read_text("utf-8")), SCHEMA)
    assert first.read_bytes() == again.read_bytes()


def test_a_saved_verdict_can_be_gone_on_from(tmp_path: Path) -> None:
    """Also from one command to the other: the answers and the area count for both."""
    first, again = tmp_path / "visit.json", tmp_path / "again.json"
    cst(*VISIT, "--no-input", "--save", str(first))
    cst("eligible", "fire-visit", "--no-input", *AT, "--answers", str(first), "--save", str(again))
    plan = json.loads(cst("triage", "--no-input", "--json", "--answers", str(first)).stdout)

    assert first.read_bytes() == again.read_bytes()
    assert "gosport" == plan["area"]
    assert 82 == plan["answers"]["age"]


@pytest.mark.deep
@pytest.mark.parametrize("other", [("--area", "havant"), ("-a", "area=havant")], ids=" ".join)
def test_a_plan_gone_on_from_can_move_to_another_area(other: tuple[str, ...], tmp_path: Path) -> None:
    """What is on the command line comes before the saved area."""
    file = tmp_path / "plan.json"
    cst(*TRIAGE, "--save", str(file))

    assert "havant" == json.loads(cst("triage", "--json", "--answers", str(file), *other).stdout)["area"]


def test_a_plan_without_an_area_comes_back_without_one(tmp_path: Path) -> None:
    """JSON's null is no place, and leaves the environment's area as it is."""
    file = tmp_path / "plan.json"
    cst("triage", "--no-input", "-a", "immediate-danger=no", "--save", str(file))
    ran = cst("triage", "--json", "--answers", str(file))

    assert json.loads(ran.stdout)["area"] is None
    assert json.loads(ran.stdout)["area_says"] is None
    assert "gosport" == json.loads(cst("triage", "--json", "--answers", str(file), CST_AREA="gosport").stdout)["area"]


def test_in_short_mode_only_the_few_lines_are_saved(tmp_path: Path) -> None:
    """Somebody may be looking: no form of the file tells of an answer, a topic, a place or a number."""
    shown = cst("triage", "--no-input", *HELD, "--area", "southampton").stdout
    for ending in ENDINGS:
        ran = cst(
            "triage", "--no-input", *HELD, "--area", "southampton", "--save", str(tmp_path / f"a.{ending}"), "--json"
        )
        assert "domestic-abuse" in ran.stdout  # as a front end asked for it
        saved = (tmp_path / f"a.{ending}").read_text("utf-8")
        for word in ("abuse", "outhampton", "overheard", "harm", "hear this", "0808"):
            assert word not in saved.casefold(), ending
            assert word not in ran.stderr.casefold()

    assert shown == (tmp_path / "a.txt").read_text("utf-8")
    said = json.loads((tmp_path / "a.json").read_text("utf-8"))
    jsonschema.validate(said, SCHEMA)
    assert ({}, []) == (said["answers"], said["outcomes"])


def test_saving_says_what_is_there_now_and_where(tmp_path: Path) -> None:
    """On standard error: the whole path, that others may find it, and to delete it."""
    ran = subprocess.run(
        [*CST, *TRIAGE, "--save", "plan.md"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert f"Saved: {tmp_path / 'plan.md'}\n" in ran.stderr
    assert "others who use it may find it" in ran.stderr
    assert "Delete it" in ran.stderr
    assert "Saved" not in ran.stdout


# Where it is saved


@pytest.mark.deep
@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777], ids=oct)
@pytest.mark.parametrize("ending", ENDINGS)
def test_only_the_user_can_read_it(umask: int, ending: str, tmp_path: Path) -> None:
    """Whatever the umask: read and write for the user, nothing for anybody else."""
    file = tmp_path / f"plan.{ending}"
    _run("", *TRIAGE, "--save", str(file), umask=umask)

    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert [file.name] == _names(tmp_path)


@pytest.mark.parametrize("name", ["plan", "plan.pdf", "plan.txt.gz", "-", ".json", "plan.yaml"])
def test_another_ending_is_refused_with_what_to_write(name: str, tmp_path: Path) -> None:
    """A usage error before anything is shown."""
    ran = cst(*TRIAGE, "--save", name if name == "-" else str(tmp_path / name))

    assert 2 == ran.returncode
    assert ".txt, .md or .json" in ran.stderr
    assert card.LINE in ran.stderr
    assert "" == ran.stdout
    assert [] == _names(tmp_path)


def test_endings_may_be_in_capitals(tmp_path: Path) -> None:
    """PLAN.JSON is JSON."""
    cst(*TRIAGE, "--save", str(tmp_path / "PLAN.JSON"))

    assert "plan" == json.loads((tmp_path / "PLAN.JSON").read_text("utf-8"))["kind"]


def _stand_in_the_way(what: str, file: Path) -> None:
    if what == "file":
        file.write_text("old", "utf-8")
    elif what == "folder":
        file.mkdir()
    elif what == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to({"link": file.parent / "elsewhere.txt", "link-to-device": Path("/dev/full")}[what])


@pytest.mark.parametrize("what", ["file", "folder", "pipe", "link", "link-to-device"])
@pytest.mark.parametrize("command", [TRIAGE, (*VISIT, "--no-input")], ids=["triage", "eligible"])
def test_nothing_is_written_over_or_through_what_is_there(what: str, command: tuple[str, ...], tmp_path: Path) -> None:
    """Exit 2 with a remedy, and what was there is as it was."""
    file = tmp_path / "plan.txt"
    _stand_in_the_way(what, file)
    before = os.lstat(file)
    ran = cst(*command, "--save", str(file))

    assert 2 == ran.returncode
    assert "Choose another name" in ran.stderr
    assert (before.st_ino, before.st_mtime_ns, before.st_mode) == (
        (after := os.lstat(file)).st_ino,
        after.st_mtime_ns,
        after.st_mode,
    )
    assert ["plan.txt"] == _names(tmp_path)


@pytest.mark.parametrize("name", ["no-such-folder/plan.txt", "a-file/plan.txt", f"{'n' * 300}.txt"])
def test_where_nothing_can_be_written_the_plan_is_shown_all_the_same(name: str, tmp_path: Path) -> None:
    """Exit 74 with what, where and how to mend; the plan stands on the screen."""
    (tmp_path / "a-file").write_text("", "utf-8")
    ran = cst(*TRIAGE, "--save", str(tmp_path / name))

    assert 74 == ran.returncode
    assert cst(*TRIAGE).stdout == ran.stdout
    assert str(tmp_path / name) in ran.stderr
    assert re.search(r"could not be saved.*\. (Make the folder|Choose a (folder|shorter name))", ran.stderr)
    assert ["a-file"] == _names(tmp_path)


def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    """Exit 74, and the plan is shown."""
    folder = tmp_path / "read-only"
    folder.mkdir(mode=0o500)
    where = folder if os.geteuid() else Path("/sys")  # no mode stops root
    ran = cst(*TRIAGE, "--save", str(where / "cst-plan.txt"))

    assert 74 == ran.returncode
    assert cst(*TRIAGE).stdout == ran.stdout
    assert "Choose a folder that you may write to" in ran.stderr


def test_where_there_is_no_room(tmp_path: Path) -> None:
    """A real limit on the size of files: exit 74, the plan is shown, and not a byte is left."""
    cst(*TRIAGE)  # makes the run-time copy, which the limit would stop too
    ran = _run("", *TRIAGE, "--save", str(tmp_path / "plan.txt"), most_bytes=1000)

    assert 74 == ran.returncode
    assert cst(*TRIAGE).stdout == ran.stdout
    assert "File too large" in ran.stderr
    assert [] == _names(tmp_path)


FAILS = """
import errno, os
real = os.{call}
def fails(*given, **named):
    flags = given[1] if isinstance(given[-1], int) and len(given) > 1 else 0
    ours = flags & os.O_TMPFILE == os.O_TMPFILE or ".cst-" in str(given[0]) or "/fd/" in str(given[0])
    if not (ours or isinstance(given[0], int)): return real(*given, **named)
    raise OSError(errno.{error}, os.strerror(errno.{error}))
os.{call} = fails
"""


@pytest.mark.deep
@pytest.mark.parametrize("call", ["open", "fchmod", "fsync"])
@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EDQUOT", "EROFS", "EACCES"])
def test_whichever_call_fails_nothing_is_left(call: str, error: str, tmp_path: Path) -> None:
    """A full disk, a broken one, a quota: exit 74 at every step, the plan shown, nothing half-written."""
    ran = _run(FAILS.format(call=call, error=error), *TRIAGE, "--save", str(tmp_path / "plan.json"))

    assert 74 == ran.returncode, ran.stderr
    assert cst(*TRIAGE).stdout == ran.stdout
    assert "could not be saved" in ran.stderr
    assert [] == _names(tmp_path)


@pytest.mark.deep
@pytest.mark.parametrize("call", ["open", "fchmod", "fsync", "link"])
def test_rows_that_are_screened_are_written_with_the_same_care(call: str, tmp_path: Path) -> None:
    """Whichever call fails nothing is left; else it is the user's alone, and goes over none that came meanwhile."""
    caseload, output = tmp_path / "people.csv", tmp_path / "out.csv"
    caseload.write_text("id,age\n1,82\n", "utf-8")
    command = ("screen", "fire-visit", str(caseload), "-o", str(output), *AT)
    if call != "link":
        ran = _run(FAILS.format(call=call, error="ENOSPC"), *command)
        assert 74 == ran.returncode, ran.stderr
        assert "could not be written, and nothing of it is left there" in ran.stderr
        assert "Make room" in ran.stderr
        assert ["people.csv"] == _names(tmp_path)
        return
    late = _run(f"import os\nos.fsync = lambda one: open({str(output)!r}, 'x').write('theirs')", *command)
    assert (74, "theirs") == (late.returncode, output.read_text("utf-8"))
    output.unlink()
    assert 0 == _run(FAILS.format(call=call, error="EPERM"), *command, umask=0o777).returncode
    assert 0o600 == stat.S_IMODE(output.stat().st_mode)
    assert ["out.csv", "people.csv"] == _names(tmp_path)


@pytest.mark.deep
def test_a_disk_without_second_names_is_saved_to_all_the_same(tmp_path: Path) -> None:
    """Where a link is refused the file is renamed, and still not over another one."""
    prelude = FAILS.format(call="link", error="EPERM")
    ran = _run(prelude, *TRIAGE, "--save", str(tmp_path / "plan.txt"))
    between = f"{prelude}\nsync = os.fsync\nos.fsync = lambda one: open({str(tmp_path / 'b.txt')!r}, 'x').close()"
    late = _run(between, *TRIAGE, "--save", str(tmp_path / "b.txt"))

    assert 3 == ran.returncode, ran.stderr
    assert cst(*TRIAGE).stdout == (tmp_path / "plan.txt").read_text("utf-8")
    assert 74 == late.returncode
    assert ("", ["b.txt", "plan.txt"]) == ((tmp_path / "b.txt").read_text("utf-8"), _names(tmp_path))


@pytest.mark.parametrize("comes", ["open({file!r}, 'x').write('theirs')", "os.symlink('theirs', {file!r})"])
def test_what_comes_there_meanwhile_is_not_written_over(comes: str, tmp_path: Path) -> None:
    """A file or link that appears while the plan is made: exit 74, and it is as it was."""
    file = tmp_path / "plan.txt"
    prelude = f"import os\nos.fsync = lambda one: {comes.format(file=str(file))}"
    ran = _run(prelude, *TRIAGE, "--save", str(file))

    assert 74 == ran.returncode
    assert "Choose another name" in ran.stderr
    assert "theirs" == (os.readlink(file) if file.is_symlink() else file.read_text("utf-8"))
    assert ["plan.txt"] == _names(tmp_path)


def test_json_stays_one_document_where_saving_fails(tmp_path: Path) -> None:
    """A front end reads the plan; what went wrong is on standard error and in the exit code."""
    ran = cst(*TRIAGE, "--json", "--save", str(tmp_path / "none" / "plan.json"))

    assert 74 == ran.returncode
    assert "plan" == json.loads(ran.stdout)["kind"]
    assert "could not be saved" in ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_where_the_screen_cannot_be_written_to_the_file_still_is(tmp_path: Path) -> None:
    """A full or closed output is no reason to lose the plan that was to be saved."""
    file = tmp_path / "plan.txt"
    with open("/dev/full", "w", encoding="utf-8") as full:
        ran = subprocess.run([*CST, *TRIAGE, "--save", str(file)], stdout=full, stderr=subprocess.PIPE, check=False)

    assert 74 == ran.returncode
    assert cst(*TRIAGE).stdout == file.read_text("utf-8")


STOPPED = """
import os, signal
real = os.{call}
def stopped(*given, **named):
    flags = given[1] if isinstance(given[-1], int) and len(given) > 1 else 0
    ours = flags & os.O_TMPFILE == os.O_TMPFILE or ".cst-" in str(given[0]) or "/fd/" in str(given[0])
    if not (ours or isinstance(given[0], int)): return real(*given, **named)
    {before}os.kill(os.getpid(), signal.{stop})
    done = real(*given, **named)
    {after}os.kill(os.getpid(), signal.{stop})
    return done
os.{call} = stopped
"""


@pytest.mark.deep
@pytest.mark.parametrize("stop", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize(("before", "after"), [("", "#"), ("#", "")], ids=["before", "after"])
@pytest.mark.parametrize("call", ["open", "fchmod", "fsync"])
def test_an_interrupt_during_writing_leaves_nothing(
    call: str, before: str, after: str, stop: str, tmp_path: Path
) -> None:
    """Ctrl-C, or told to stop, at any step: exit 130, and "nothing was kept" is true."""
    prelude = STOPPED.format(call=call, before=before, after=after, stop=stop)
    ran = _run(prelude, *TRIAGE, "--save", str(tmp_path / "plan.md"))

    assert 130 == ran.returncode, ran.stderr
    assert "Nothing was kept" in ran.stderr
    assert [] == _names(tmp_path)


@pytest.mark.deep
@pytest.mark.parametrize(("before", "after"), [("", "#"), ("#", "")], ids=["before", "after"])
def test_a_stop_when_the_file_gets_its_name_comes_too_late(before: str, after: str, tmp_path: Path) -> None:
    """Then the file is whole, and it is said that it is there."""
    prelude = STOPPED.format(call="link", before=before, after=after, stop="SIGINT")
    ran = _run(prelude, *TRIAGE, "--save", str(tmp_path / "plan.txt"))

    assert 3 == ran.returncode
    assert "Saved:" in ran.stderr
    assert "Nothing was kept" not in ran.stderr
    assert cst(*TRIAGE).stdout == (tmp_path / "plan.txt").read_text("utf-8")


def test_saving_needs_one_scheme(tmp_path: Path) -> None:
    """A list of schemes is not a verdict."""
    ran = cst("eligible", "--save", str(tmp_path / "a.txt"))

    assert 2 == ran.returncode
    assert "Name it" in ran.stderr
    assert [] == _names(tmp_path)


# At a terminal


@pytest.mark.deep
@pytest.mark.parametrize(("key", "kept"), [("k", True), ("q", False)])
def test_a_walk_ends_in_a_saved_plan_whether_the_screen_keeps_it_or_not(key: str, kept: bool, finished: Path) -> None:
    """q clears the screen; the file was asked for, and the screen says no more than where it is."""
    file = finished.parent / "plan.txt"
    terminal = Terminal("triage", "--answers", str(finished), *AT, "--save", str(file), columns=100)
    terminal.until("c change")
    assert not file.exists()
    terminal.send(key)

    assert 3 == terminal.end()  # some of it is not known
    shown = terminal.shown()
    assert ("Not shown:" in shown) is kept
    assert "Saved:" in shown
    assert file.read_text("utf-8") == cst("triage", "--no-input", "--answers", str(finished), *AT).stdout


def test_leaving_before_the_end_saves_nothing(tmp_path: Path) -> None:
    """q, and Ctrl-C, at a question: there is no plan yet."""
    for keys, code in (("q", 20), ("\x03", 130)):
        terminal = Terminal("triage", "--save", str(tmp_path / "plan.txt"))
        terminal.until("q leave")
        terminal.send(keys)
        assert code == terminal.end()
        assert [] == _names(tmp_path)


@pytest.mark.deep
@pytest.mark.parametrize("accessible", [{}, {"CST_ACCESSIBLE": "1"}], ids=["menus", "lines"])
def test_a_file_that_is_there_is_asked_about_before_any_question(accessible: dict[str, str], finished: Path) -> None:
    """After the danger line: Enter is no answer, no refuses, q leaves, and yes writes over it at the very end."""
    file = finished.parent / "plan.txt"
    file.write_text("old", "utf-8")
    file.chmod(0o644)
    command = ("triage", "--answers", str(finished), *AT, "--save", str(file))
    for typed, code in (("\rperhaps\rno\r", 2), ("q\r", 20), ("\x04", 20)):
        terminal = Terminal(*command, columns=100, **accessible)
        terminal.until("Write over it?")
        assert card.LINE in terminal.shown()
        assert "?" not in terminal.shown().replace("Write over it?", "")
        terminal.send(typed)
        assert code == terminal.end()
        assert "old" == file.read_text("utf-8")
    terminal = Terminal(*command, columns=100, **accessible)
    terminal.until("Write over it?")
    terminal.send("yes\r")
    terminal.at_rest("Enter to end" if accessible else "c change")
    assert "old" == file.read_text("utf-8")
    terminal.send("\r" if accessible else "k")

    assert 3 == terminal.end()  # some of it is not known
    assert file.read_text("utf-8") == cst("triage", "--no-input", "--answers", str(finished), *AT).stdout
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert ["answers.json", "plan.txt"] == _names(finished.parent)


@pytest.mark.deep
@pytest.mark.parametrize("what", ["folder", "pipe", "link", "link-to-device"])
def test_at_a_terminal_what_is_no_plain_file_is_not_even_asked_about(what: str, finished: Path) -> None:
    """Nobody can say yes to writing through a link."""
    file = finished.parent / "plan.txt"
    _stand_in_the_way(what, file)
    terminal = Terminal("triage", "--answers", str(finished), "--save", str(file), columns=100)

    assert 2 == terminal.end()
    assert "Write over it?" not in terminal.shown()
    assert "nothing is written there" in " ".join(terminal.shown().split())


@pytest.mark.parametrize("name", ["no-such-folder/plan.txt", f"{'n' * 300}.txt", "plan.pdf"])
def test_at_a_terminal_a_bad_place_is_said_before_any_question(name: str, tmp_path: Path) -> None:
    """Nobody answers twenty questions only to hear then that nothing can be saved."""
    terminal = Terminal("triage", "--save", str(tmp_path / name), columns=100)

    assert (2 if name.endswith("pdf") else 74) == terminal.end()
    assert "Is anyone in danger now" not in terminal.shown()
    assert card.LINE in terminal.shown()


@pytest.mark.deep
@pytest.mark.parametrize(("key", "kept"), [("k", True), ("q", False)])
def test_at_a_terminal_the_text_for_a_form_comes_after_the_plan(key: str, kept: bool, finished: Path) -> None:
    """First whom to ring; then, unless the screen was cleared, the text and no panels."""
    terminal = Terminal("triage", "--answers", str(finished), *AT, "--copy-text", columns=100, rows=50)
    terminal.until("c change")
    assert "REFERRAL SUMMARY" not in terminal.shown()
    assert "\u256d" in terminal.shown()
    terminal.send(key)

    assert 3 == terminal.end()  # some of it is not known
    assert ("REFERRAL SUMMARY" in terminal.shown()) is kept
    assert "\u256d" not in terminal.shown()
