"""Keeping an answer: in a file, where that is asked for, or as text for a referral form instead of panels.

Nothing is written without `--save`.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from cst import card
from cst.cli.errors import trouble
from cst.cli.output import as_json, fitting, show
from cst.cli.request import Request
from cst.cli.whole_file import cannot_write, in_full, is_there, open_to_others, whole_file
from cst.exits import Exit, Left
from cst.views.formats.safe_text import one_line

if TYPE_CHECKING:
    from cst import contract
    from cst.views.page import Page

ENDINGS = (".txt", ".md", ".json")
SAVED = "saved"
# Somebody may be looking on, so these words do not say what it is about.
FOUND = (
    "It holds what was shown. It is on this device now, and others who use it may find it. "
    "Delete it when you no longer need it."
)

OTHERS = " Everybody who can open this folder can read it."


class Keeping(NamedTuple):
    """What the user wants besides the usual screen: a file, or text for a referral form."""

    file: str | None = None
    copy_text: bool = False

    def page(self, usual: Callable[[Any], Page], given: Sequence[contract.Reason]) -> Callable[[Any], Page]:
        """How to show the answer: as usual, or as text for a form with the answers given."""
        if not self.copy_text:
            return usual
        from cst.views.pages.referral import referral_page

        return lambda answer: referral_page(answer, given)

    def form(self, request: Request) -> Request:
        """How to draw it: text to paste has no panels."""
        return request._replace(plain=True, accessible=False, short=False) if self.copy_text else request


class SavePlace(NamedTuple):
    """Where to save, in full, and whether the user agreed to write over what is there."""

    path: str
    replaces: bool


def place_for(keeping: Keeping, request: Request, *, ask: bool) -> SavePlace | None:
    """Where the answer is to be saved, before any question is asked; None where nothing is.

    Args:
        keeping: what the user wants.
        request: the other options, one of which may not go with it.
        ask: whether there is somebody to ask.

    Raises:
        Trouble: the name cannot be used, or something stands there that is not to be written over; where questions
            would follow, also that it can be seen already that nothing can be written there.
        Left: asked whether to write over a file, the user left.
    """
    if keeping.copy_text and request.json:
        raise trouble(Exit.USAGE, "copy-text", "--copy-text is text, and --json is not.", "Choose one of them.")
    if keeping.copy_text and request.short:
        raise trouble(Exit.USAGE, "copy-text", "--copy-text is more than three lines.", "Leave out --short.")
    if keeping.file is None:
        return None
    _check_ending(keeping)
    if request.short and not request.json and _ending(keeping.file) == ".json":
        raise trouble(Exit.USAGE, "short", "JSON is more than three lines.", "End the name in .txt or .md.")
    place = SavePlace(in_full(keeping.file), replaces=False)
    if ask and (foreseen := _foreseen(place.path)):
        raise cannot_write(place.path, SAVED, foreseen)
    try:
        there = os.lstat(place.path)
    except OSError:
        return place
    _check_file(place.path, there)
    if ask and _agreed(place.path):
        return SavePlace(place.path, replaces=True)
    raise is_there(keeping.file)


def _check_ending(keeping: Keeping) -> None:
    file = str(keeping.file)
    ending = _ending(file)
    if ending not in ENDINGS:
        says = f"--save cannot be {file:.60}."
        raise trouble(Exit.USAGE, "ending", says, "End the name in .txt, .md or .json, for example: --save plan.txt")
    if keeping.copy_text and ending == ".json":
        raise trouble(Exit.USAGE, "copy-text", "--copy-text is text, not JSON.", "End the name in .txt or .md.")


def _check_file(path: str, there: os.stat_result) -> None:
    """Refuses what is no plain file."""
    if stat.S_ISREG(there.st_mode):
        return
    what = "a link to another place" if stat.S_ISLNK(there.st_mode) else "no plain file"
    raise trouble(Exit.USAGE, "file-exists", f"{path} is {what}: nothing is written there.", "Choose another name.")


def _ending(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _foreseen(path: str) -> OSError | None:
    """Why nothing can be written at a path, as far as that can be seen without writing."""
    folder = os.path.dirname(path)
    try:
        if not os.path.isdir(folder):
            os.stat(folder)
            return NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(folder, os.W_OK | os.X_OK):
            return PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        os.lstat(path)
    except OSError as error:
        missing = error.errno == errno.ENOENT and os.path.isdir(folder)
        return None if missing else error
    return None


def _agreed(path: str) -> bool:
    """Asks whether to write over a file. Enter alone is no answer.

    Raises:
        Left: the user left, or there is no more input.
    """
    from cst.views.formats.line_breaks import fitted

    screen = sys.stdout if sys.stdout.isatty() else sys.stderr
    screen.write(fitted(f"{card.LINE}\n{one_line(path)} is there already.\n", screen))
    while True:
        screen.write("Write over it? Type yes or no, or q to leave: ")
        screen.flush()
        typed = sys.stdin.readline()
        word = typed.strip().casefold()
        if not typed or word in ("q", "quit", "leave"):
            raise Left
        if word in ("yes", "y", "no", "n"):
            return word in ("yes", "y")


def hand_over(
    answer: Any, page: Callable[[Any], Page], request: Request, place: SavePlace | None, *, shows: bool
) -> int | None:
    """Shows an answer unless it stands on the screen already or was cleared from it, then saves it where wanted.

    Returns:
        An exit code where it could not be saved, else None.
    """
    try:
        if shows:
            show(answer, page, request)
    except OSError:  # nobody reads it, or the screen cannot be written to: then the file matters all the more
        if place:
            _save(answer, fitting(page, request), place)
        raise
    return _save(answer, fitting(page, request), place) if place else None


def _save(answer: Any, page: Callable[[Any], Page], place: SavePlace) -> int | None:
    try:
        data = _text(answer, page, _ending(place.path)).encode("utf-8")
        with whole_file(place.path, replaces=place.replaces, then=lambda: _say_saved(place.path)) as beside:
            beside.file.write(data)
    except OSError as error:
        cannot_write(place.path, SAVED, error).show(json=False)  # as words: the answer stands on standard output
        return Exit.CANNOT_WRITE
    return None


def _say_saved(path: str) -> None:
    from cst.views.formats.line_breaks import fitted

    with suppress(OSError):
        others = OTHERS if open_to_others(path) else ""
        sys.stderr.write(fitted(f"Saved: {one_line(path)}\n{FOUND}{others}\n", sys.stderr))


def _text(answer: Any, page: Callable[[Any], Page], ending: str) -> str:
    """What was shown, in the form that the file's ending asks for."""
    if ending == ".json":
        from cst.engine.disclosure import as_shown

        return as_json(as_shown(answer))
    if ending == ".md":
        from cst.views.formats.markdown import markdown

        return markdown(page(answer))
    from cst.views.formats.plain import plain

    return plain(page(answer))
