"""Only a terminal has one screen: every other form, and every pipe, has the whole."""

from __future__ import annotations

import pytest

from tests.support.command import Terminal, cst

ENTRY = ("lookup", "domestic-abuse", "--area", "winchester", "--at", "2026-11-24T10:00")


@pytest.mark.deep
@pytest.mark.parametrize("form", [["--plain"], ["--json"], ["--short"], ["--accessible"]], ids=lambda form: form[0])
def test_a_form_that_is_asked_for_holds_at_a_terminal_what_it_holds_in_a_pipe(form: list[str]) -> None:
    """Plain text, three lines, JSON and lines to be heard depend on no window."""
    terminal = Terminal(*ENTRY, *form, columns=2000, rows=100)
    assert terminal.end() == 0

    assert terminal.shown().split() == cst(*ENTRY, *form).stdout.split()


def test_colour_asked_for_in_a_pipe_is_not_folded() -> None:
    """Panels in a pipe keep every source: nobody sees one screen of them."""
    piped = cst(*ENTRY, FORCE_COLOR="1").stdout

    assert "Sources, read" in piped
    assert "Not shown:" not in piped
