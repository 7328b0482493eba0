"""In the shell: completion with a few words each, one field for an alias, settings, and the recipes of the docs."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cst.cli.settings import SETTING_TYPES, WRITTEN
from cst.engine.contact import serves_here
from tests.support import ROOT
from tests.support.command import CST, cst
from tests.support.in_process import run
from tests.support.states import shipped

NIGHT, MORNING = "2026-11-24T23:00", "2026-11-24T10:00"
RECIPES = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "shell.md").read_text("utf-8"), re.DOTALL)


def _offered(shell: str, line: str) -> str:
    """What a shell is offered for a command line that ends where the cursor stands."""
    words = line.split(" ")
    asks = {
        "_CST_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    ran = cst(**asks, COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    return ran.stdout


@pytest.mark.deep
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("cst triage dom", "domestic-abuse"),
        ("cst lookup mar", "marac"),
        ("cst lookup southampton-ch", "southampton-children-public"),
        ("cst eligible fir", "fire-visit"),
        ("cst graph high", "high-risk-override"),
        ("cst list ar", "areas"),
        ("cst lookup mash --area gos", "gosport"),
        ("cst triage -a who-h", "who-harms="),
    ],
)
def test_the_tab_key_offers_ids(shell: str, line: str, offered: str) -> None:
    """Issues, entries, schemes, rules, lists, areas and questions, in each of three shells."""
    assert offered in _offered(shell, line)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_what_is_offered_says_what_it_is(shell: str) -> None:
    """Shells that can show a few words beside an id get them; values come with the words of the answer."""
    assert "MARAC, the meeting on high-risk domestic abuse" in _offered(shell, "cst lookup mar")
    assert "A partner or ex-partner" in _offered(shell, "cst triage -a who-harms=")


def test_one_field_is_the_number_that_answers() -> None:
    """For an alias: by day the day line, at night the night line, and nothing else on standard output."""
    for area, at, number in (
        ("havant", MORNING, "0300 555 1384"),
        ("havant", NIGHT, "0300 555 1373"),
        ("southampton", MORNING, "023 8083 2300"),
        ("southampton", NIGHT, "023 8023 3344"),
        ("portsmouth", NIGHT, "0300 555 1373"),
    ):
        ran = cst("lookup", "mash", "--area", area, "--at", at, "--field", "phone")
        assert (ran.returncode, ran.stdout) == (0, f"{number}\n")


def test_a_field_that_is_not_there_is_said_and_not_made_up() -> None:
    """An unknown field is a usage error; a field nobody has is exit 1 and an empty answer."""
    assert cst("lookup", "marac", "--field", "fax").returncode == 2
    ran = cst("lookup", "safeguarding-lead", "--field", "email")
    assert (ran.returncode, ran.stdout) == (1, "")


def test_settings_give_way_to_the_environment_and_to_options(tmp_path: Path) -> None:
    """The file, then the environment, then the option; and `cst settings` says which."""
    home = tmp_path / "cst"
    home.mkdir()
    (home / "settings.toml").write_text('area = "southampton"\nplain = true\n', encoding="utf-8")
    alias = ("lookup", "mash", "--at", MORNING, "--field", "phone")
    held = {"XDG_CONFIG_HOME": str(tmp_path)}

    assert cst(*alias, **held).stdout == "023 8083 2300\n"
    assert cst(*alias, **held, CST_AREA="portsmouth").stdout == "023 9268 8793\n"
    assert cst(*alias, "--area", "havant", **held, CST_AREA="portsmouth").stdout == "0300 555 1384\n"
    said = cst("settings", **held, CST_AREA="portsmouth").stdout
    assert "area: portsmouth (from CST_AREA)" in said
    assert f"plain: yes (from {home / 'settings.toml'})" in said


@pytest.mark.parametrize("way", ["settings", "environment", "saved"])
@pytest.mark.parametrize(("answer", "area"), [("not-sure", None), ("fareham", "fareham")])
def test_an_answer_about_the_area_wins_over_the_area_that_usually_is(
    way: str, answer: str, area: str | None, tmp_path: Path
) -> None:
    """Not sure gives national numbers, whatever stands in the settings or the file; only --area comes first."""
    begun = ("--no-input", "--json", "-a", "immediate-danger=no", "-a", "concerns=child-abuse", "-a", "overheard=no")
    held: dict[str, str] = {}
    file: tuple[str, ...] = ()
    if way == "settings":
        (tmp_path / "cst").mkdir()
        (tmp_path / "cst" / "settings.toml").write_text('area = "southampton"\n', encoding="utf-8")
        held = {"XDG_CONFIG_HOME": str(tmp_path)}
    elif way == "environment":
        held = {"CST_AREA": "southampton"}
    else:
        saved = tmp_path / "plan.json"
        saved.write_text(cst("triage", *begun, "--area", "southampton").stdout, encoding="utf-8")
        file = ("--answers", str(saved))

    usual = json.loads(cst("triage", *begun, *file, **held).stdout)
    said = json.loads(cst("triage", *begun, *file, "-a", f"area={answer}", **held).stdout)
    named = json.loads(cst("triage", *begun, *file, "-a", f"area={answer}", "--area", "gosport", **held).stdout)

    assert ("southampton", area, "gosport") == (usual["area"], said["area"], named["area"])
    rung = [line["id"] for one in said["outcomes"] for line in one["contacts"]]
    assert rung
    assert all(serves_here(shipped(), name, area) for name in rung)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('arae = "hart"', "arae is no setting"),
        ("area = 5", "area cannot be 5"),
        ('plain = "yes"', "plain cannot be yes"),
        ("area = ", "is not TOML"),
        ("\udcff", "is not TOML"),
        (f"area = {'[' * 5_000}", "is not TOML"),
        (f"area = {'9' * 5_000}", "is not TOML"),
        (f"area = 0x{'f' * 5_000}", "area cannot be so large a number"),
        (f"toolkit = [0x{'f' * 5_000}]", "toolkit cannot be so large a number"),
        (f"# {'x' * 100_000}", "100,000 is the most"),
    ],
    ids=lambda text: text[:12],
)
def test_a_fault_in_the_settings_is_named_and_takes_no_look_up_away(text: str, says: str, tmp_path: Path) -> None:
    """File, fault and remedy; the answer is the one without it, and no traceback."""
    file = tmp_path / "cst" / "settings.toml"
    file.parent.mkdir()
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    without = run("lookup", "marac", "--at", MORNING)
    ran = run("lookup", "marac", "--at", MORNING, XDG_CONFIG_HOME=str(tmp_path))

    assert (0, without.out) == (ran.code, ran.out)
    assert f"{file}" in ran.err.replace("\n", "")
    assert says in ran.err
    assert "cst goes on without that." in ran.err
    assert "Traceback" not in ran.err


def test_what_is_right_in_settings_with_a_fault_is_used(tmp_path: Path) -> None:
    """A misspelt line does not take away that lines are read aloud; nor does `cst settings` write over it."""
    (tmp_path / "cst").mkdir()
    (tmp_path / "cst" / "settings.toml").write_text('arae = "hart"\narea = "southampton"\n', "utf-8")
    alias = ("lookup", "mash", "--at", MORNING, "--field", "phone")
    held = {"XDG_CONFIG_HOME": str(tmp_path)}

    assert (0, "023 8083 2300\n") == run(*alias, **held)[:2]
    shown = run("settings", **held)
    assert "area: southampton (from" in shown.out.replace("\n", " ")
    assert "arae is no setting" in shown.err
    changed = run("settings", "area", "gosport", **held)
    assert 2 == changed.code
    assert "arae is no setting" in changed.err


@pytest.mark.parametrize("letters", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_settings_as_windows_editors_save_them_are_read(letters: str, tmp_path: Path) -> None:
    """With the mark that Notepad and PowerShell set, and in the letters that they take; then written as UTF-8."""
    file = tmp_path / "cst" / "settings.toml"
    file.parent.mkdir()
    mark = "\ufeff" if letters in ("utf-16-le", "utf-16-be") else ""
    file.write_bytes(f'{mark}area = "southampton"\r\nplain = true\r\n'.encode(letters))
    held = {"XDG_CONFIG_HOME": str(tmp_path)}

    assert (0, "023 8083 2300\n", "") == run("lookup", "mash", "--at", MORNING, "--field", "phone", **held)
    assert 0 == run("settings", "area", "gosport", **held).code
    assert 'area = "gosport"\nplain = true\n' == file.read_text("utf-8")


def test_settings_in_a_folder_that_has_no_full_name_are_not_taken(tmp_path: Path, monkeypatch: Any) -> None:
    """Else whoever leaves a file in the current folder would set the area."""
    (tmp_path / "cst").mkdir()
    (tmp_path / "cst" / "settings.toml").write_text('area = "southampton"\n', "utf-8")
    monkeypatch.chdir(tmp_path)

    assert "area: not set" in run("settings", XDG_CONFIG_HOME=".", HOME=str(tmp_path)).out


def test_what_may_be_set_is_what_the_docs_show() -> None:
    """The example in the docs holds every setting, and every remedy shows a value that is allowed."""
    shown = (ROOT / "docs" / "shell.md").read_text("utf-8")

    assert set(SETTING_TYPES) == set(WRITTEN)
    assert all(f"\n{name} = " in shown for name in SETTING_TYPES)


@pytest.mark.deep
@pytest.mark.parametrize("recipe", RECIPES, ids=[recipe.split("\n")[0][:30] for recipe in RECIPES])
def test_each_recipe_of_the_docs_runs(recipe: str, tmp_path: Path) -> None:
    """In a plain shell, with files where the recipe wants them and no mail to send; an alias is called as well."""
    (tmp_path / "cst").write_text(f'#!/bin/sh\nexec {" ".join(CST)} "$@"\n', encoding="utf-8")
    (tmp_path / "mail").write_text("#!/bin/sh\ncat\n", encoding="utf-8")
    for tool in ("cst", "mail"):
        (tmp_path / tool).chmod(0o755)
    (tmp_path / "my-team.yaml").write_text("terms: {}\n", encoding="utf-8")
    (tmp_path / "ages.txt").write_text("82\n40\n", encoding="utf-8")
    alias = re.match(r"alias (\w+)='(.*)'", recipe)
    line = f"{alias[2]} {'--no-input' if 'triage' in alias[2] else ''}" if alias else recipe
    root = str(ROOT)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": root, "CST_AREA": "gosport"}
    ran = subprocess.run(
        ["sh", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )

    assert ran.returncode in (0, 3), ran.stderr
    assert "Traceback" not in ran.stderr
    assert "40 3" in ran.stdout or "ages.txt" not in recipe
    assert shipped()
