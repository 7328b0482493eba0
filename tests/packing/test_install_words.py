"""H85: whoever types what a page or a message says to type gets this project, and nobody else's.

On the public index `cst` is somebody else's, and `community-safety-toolkit` is nobody's yet: anyone may take it. So a
page only ever names a folder or a file that is at hand, or one of the libraries and tools that are known here. What the
code says is looked at in `tests/command_line/test_readme.py`.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from cst.cli.extras import REQUIREMENTS
from tests.support import ROOT
from tools.constraints import name_of

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
# What is installed from the index by name, and why a page says so.
BY_NAME = {
    **dict.fromkeys(map(name_of, REQUIREMENTS.values()), "an extra, in a message"),
    "pyspark": "one of the engines that the nightly run tries",
}
VALUED = {"-c", "--constraint", "--python", "-p", "--index-url", "--find-links", "--target", "-t"}
STARTS = (  # how an installer begins, and whether its first word is a package or runs from one
    (r"(?:python3?|py|\S*/python3?) -m pip install", "pip"),
    (r"\S*pip3? install", "pip"),
    (r"\S*pipx install", "pip"),
    (r"\S*uv tool install", "pip"),
    (r"\S*uv pip install", "pip"),
    (r"\S*pipx run", "run"),
    (r"\S*uvx", "run"),
    (r"\S*uv tool run", "run"),
)


def installs(line: str) -> list[str]:
    """All that a line would install: paths, and names on the index with their bounds."""
    found: list[str] = []
    for one in re.split(r"&&|\|\||[;|]", line):
        for start, kind in STARTS:
            if match := re.match(rf"\s*{start}\s+(.+)", one):
                found += _asked(shlex.split(match[1], comments=True), kind)
                break
    return found


def _asked(words: list[str], kind: str) -> Iterator[str]:
    given = iter(words)
    for word in given:
        if word in ("--from", "--spec", "--with", "-r", "--requirement", "-e", "--editable"):
            yield next(given, "")
            kind = "run from" if word in ("--from", "--spec") else kind
        elif word in VALUED:
            next(given, None)
        elif word.startswith("-"):
            if word.startswith(("--from=", "--spec=", "--with=")):
                yield word.partition("=")[2]
                kind = "run from"
        elif kind == "pip":
            yield word
        else:
            if kind == "run":
                yield word
            return  # the rest is for the program


def commands(text: str) -> Iterator[str]:
    """Each line of a page that a reader could type: those in fences, and those within a line."""
    for fenced in re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from fenced.splitlines()
    yield from re.findall(r"`([^`\n]+)`", text)


def is_ours_or_known(asked: str) -> bool:
    """Whether this is the folder or a file at hand, or a known library within the bounds that we ask for."""
    path = asked.partition("[")[0]
    if path == "." or path.startswith("./") or path.endswith((".whl", "/")) or path in ("THE-WHEEL", "THE-FOLDER"):
        return True
    return name_of(asked) in BY_NAME and asked in (name_of(asked), *REQUIREMENTS.values())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_says_to_install_is_this_project(page: Path) -> None:
    """Every command in every page, in fences and within lines."""
    wrong = [
        (line, asked)
        for line in commands(page.read_text("utf-8"))
        for asked in installs(line)
        if not is_ours_or_known(asked)
    ]

    assert [] == wrong


def test_the_pages_say_how_to_install_it_at_all() -> None:
    """Else the test above would hold for pages that say nothing."""
    found = [one for page in PAGES for line in commands(page.read_text("utf-8")) for one in installs(line)]

    assert len(found) > 8
    assert {"."} < {one.partition("[")[0] for one in found}


@pytest.mark.parametrize(
    "line",
    [
        "pip install cst",
        "pip install 'cst[screen]'",
        "python3 -m pip install --user cst",
        "py -m pip install --user cst==1.0",
        "cd x && .venv/bin/pip install --quiet cst",
        "pip install -e cst",
        "pip install . cst",
        "pipx install cst",
        "pipx run cst lookup marac",
        "pipx run --spec cst cst lookup marac",
        "uv tool install cst",
        "uv pip install cst",
        "uvx cst lookup marac",
        "uvx --from cst cst",
        "uvx --from=community-safety-toolkit cst",
        "uv tool run cst",
        "pip install community-safety-toolkit",
        "pip install --index-url x community_safety_toolkit",
        "pip install 'duckdb>=0'",
    ],
)
def test_a_page_that_led_to_somebody_else_would_be_seen(line: str) -> None:
    """Each way to say it wrongly, on a page."""
    seen = [one for typed in commands(f"Type `{line}`.\n") for one in installs(typed)]

    assert [one for one in seen if not is_ours_or_known(one)]


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("pipx install .", ["."]),
        ("uvx --from . cst lookup marac", ["."]),
        ("pipx run --spec ./community_safety_toolkit-0.1.0-py3-none-any.whl cst", None),
        ("python3 -m pip install -c constraints.txt '.[handbook]'", [".[handbook]"]),
        ("cst lookup marac", []),
    ],
)
def test_a_page_that_leads_here_passes(line: str, asked: list[str] | None) -> None:
    """And what is no installer is left alone."""
    found = installs(line)

    assert asked is None or asked == found
    assert all(map(is_ours_or_known, found))
