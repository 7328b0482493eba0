"""A checkout of its own in which to ring down the list: the shipped files copied, so that a change can be seen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import ndiff
from pathlib import Path
from unittest import mock

from cst.engine.call_list import called_by_name
from cst.source import open as files
from cst.verify.questions import Question, Round, questions
from tests.support import ROOT
from tests.support.in_process import Ran, run
from tests.support.states import shipped

DAY = "2026-12-01T10:00"
WHO = ("duty officer", "telephone", "2026-12-01")


class Checkout:
    """A copy of what stands in the tree: the program by a link, the data as files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        shutil.copytree(ROOT / "data", self.data)
        (folder / "cst").symlink_to(ROOT / "cst")
        self.before = self.texts()

    def run(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """Runs `cst` there, in a process of its own."""
        return subprocess.run(
            self.command(*arguments),
            input=text,
            capture_output=True,
            encoding="utf-8",
            cwd=self.folder,
            env=self.environment(),
            timeout=60,
            check=False,
        )

    @staticmethod
    def command(*arguments: str) -> list[str]:
        """The command line of `cst`."""
        return [sys.executable, "-m", "cst", *arguments]

    def environment(self) -> dict[str, str]:
        """That of this process, with the copy in place of the tree, and caches of its own."""
        return {**os.environ, "PYTHONPATH": str(self.folder), "XDG_CACHE_HOME": str(self.folder / "cache")}

    def verify(self, *arguments: str, answers: Sequence[str]) -> Ran:
        """Rings in this process, with these lines typed."""
        with mock.patch.object(files, "CHECKOUT", str(self.data)):
            return run("verify", *arguments, "--at", DAY, text="".join(f"{line}\n" for line in answers))

    def texts(self) -> dict[str, list[str]]:
        """The lines of each YAML file but the cases, by its name."""
        found = [*self.data.glob("*.yaml"), *self.data.glob("areas/*.yaml")]
        return {file.name: file.read_text("utf-8").splitlines() for file in found}

    def changed(self) -> dict[str, list[str]]:
        """The lines that differ from before by the record that they stand in, with - and + in front."""
        found: dict[str, list[str]] = {}
        for name, lines in self.texts().items():
            now, was = _records(lines), _records(self.before[name])
            for record in {**was, **now}:
                if now.get(record) != was.get(record):
                    differing = ndiff(was.get(record, []), now.get(record, []))
                    found[record] = [f"{line[0]}{line[2:]}" for line in differing if line[0] in "+-"]
        return found

    @property
    def under_way(self) -> Path:
        """What is typed and not yet written."""
        return self.data / ".cst-verify.json"


def _records(lines: Sequence[str]) -> dict[str, list[str]]:
    """The lines of each record, by section and id."""
    found: dict[str, list[str]] = {}
    section = record = ""
    for line in lines:
        if line[:1].strip() and line[0] != "#":
            section, record = line, ""
        elif line[:2] == "  " and line[2:3].strip():
            record = line.strip().rstrip(":")
        found.setdefault(f"{section} {record}", []).append(line)
    return found


def typed(name: str, wanted: Mapping[str, str], *, local: bool = False, again: bool = False) -> list[str]:
    """The lines to type about one contact of the shipped toolkit: with these answers.

    Args:
        name: the contact.
        wanted: answers by question, the others being what says least.
        local: whether a local file is written.
        again: whether another was rung before, so that role, means and day are known.
    """
    toolkit = shipped()
    entries = frozenset(toolkit.kind("contacts"))
    around = Round(date.fromisoformat(DAY[:10]), local, entries, called_by_name(toolkit), 365)
    answers: dict[str, str] = {}
    lines: list[str] = []
    while question := _next(name, answers, around):
        line = wanted.get(question.id, LEAST.get(question.id, _least(question)))
        answers[question.id] = question.understood(line)
        lines += [] if again and question.id in ("by", "means", "on") else [line]
    assert not wanted.keys() - answers.keys(), f"not asked: {wanted.keys() - answers.keys()}"
    return [*lines, "yes"]


def _next(name: str, answers: Mapping[str, str], around: Round) -> Question | None:
    asked = questions(shipped().kind("contacts")[name], answers, around)
    return next((question for question in asked if question.id not in answers), None)


LEAST = {"reached": "answered", "by": WHO[0], "means": WHO[1], "on": WHO[2], "settled": "no", "caution": "yes"}


def _least(question: Question) -> str:
    if question.id.endswith("-bank"):
        return "not known"
    return next((one for one in ("same", "skip", "heard", "no", "yes") if one in question.choices), "skip")
