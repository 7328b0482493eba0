"""What every command shares: where and when, how to show, which toolkit. Clock and environment are read here."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cst.cli.errors import Trouble, describe_faults, trouble
from cst.cli.settings import in_force
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.source.faults import Refused
from cst.source.open import open_toolkit, shipped_files
from cst.toolkit.places import Place, place_called
from cst.toolkit.toolkit import NoFigure, Toolkit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cst.cli.options import Given

LONDON = ZoneInfo("Europe/London")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Request(NamedTuple):
    """What the options and the environment ask for."""

    area: str | None
    at: str | None
    json: bool
    plain: bool
    accessible: bool
    overlays: tuple[str, ...]
    short: bool = False
    names_area: bool = False  # --area was given: what the environment or the settings say only stands in for it

    @classmethod
    def of(cls, given: Given) -> Request:
        """Options first, then the environment, then the settings file.

        Raises:
            Trouble: the settings file has a fault.
        """
        held = {name: setting.value for name, setting in in_force().items()}
        accessible = given["--accessible"] or held.get("accessible", False)
        plain = given["--plain"] or accessible or held.get("plain", False)
        return cls(
            area=given["--area"] or held.get("area"),
            at=given["--at"],
            json=given["--json"],
            plain=plain,
            accessible=accessible,
            overlays=tuple(given["--toolkit"] or held.get("toolkit", ())),
            short=given["--short"],
            names_area=bool(given["--area"]),
        )

    def resuming(self, area: str | None) -> Request:
        """The same, in the area of a plan that is given back: before environment and settings, not before --area."""
        return self if self.names_area or area is None else self._replace(area=area)

    def toolkit(self) -> Toolkit:
        """The toolkit, with the overlays asked for.

        Raises:
            Trouble: a file is missing, or refused with all its faults.
        """
        try:
            return open_with(self.overlays)
        except Trouble as refused:
            if self.overlays and refused.exit_code == Exit.REFUSED:
                says, remedy = "cst works without the local file.", "Leave out --toolkit, or unset CST_TOOLKIT."
                refused.faults.append({"code": "overlay", "file": "", "line": 0, "says": says, "remedy": remedy})
            raise

    def moment(self, toolkit: Toolkit) -> datetime:
        """The minute asked about, in Europe/London.

        Raises:
            Trouble: the text is no minute, or the toolkit has no figures for that day.
        """
        now = datetime.now(LONDON)
        then = moment(self.at, now) if self.at else now.replace(second=0, microsecond=0)
        try:
            for name in toolkit.kind("parameters"):
                toolkit.figure(name, then.date())
        except NoFigure as missing:
            says = f"{missing}."[0].upper() + f"{missing}."[1:]
            raise trouble(
                Exit.USAGE, "no-figure", says, "Choose another --at, or add the figure to the toolkit."
            ) from None
        return then

    def place(self, toolkit: Toolkit) -> Place:
        """The place asked about. One that is not known has no area and says so: help goes on with national numbers."""
        return Place(None) if self.area is None else place_called(toolkit, self.area)


def open_with(overlays: Sequence[str], *, cases: bool = False) -> Toolkit:
    """The shipped toolkit with overlays laid on top.

    Args:
        overlays: local files.
        cases: whether the cases come too; then the files themselves are read, and no run-time copy.

    Raises:
        Trouble: a file is missing, or refused with all its faults.
    """
    try:
        shipped = shipped_files(cases=cases)
    except OSError:
        raise trouble(
            Exit.REFUSED, "toolkit-missing", "The toolkit file is missing.", "Install cst again.", whole_card=True
        ) from None
    try:
        return open_toolkit(shipped, overlays, None if cases else _cache())
    except OSError as error:
        says = f"{error.filename} cannot be read: {error.strerror}."
        raise trouble(
            Exit.NO_INPUT,
            "file-missing",
            says,
            "Check --toolkit and CST_TOOLKIT. cst works without them.",
            whole_card=True,
        ) from None
    except Refused as error:
        raise Trouble(Exit.REFUSED, describe_faults(error.faults), whole_card=True) from None


def _cache() -> str | None:
    """The folder for run-time copies; None where nowhere is ours."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "cst") if base and os.path.isabs(base) else None


def moment(text: str, now: datetime) -> datetime:
    """The minute that `--at` names: an ISO date and time (London time unless it has an offset), or "Sat 23:30".

    A day of the week is the next such moment from now. A time that the clocks skip is moved on by the hour skipped.

    Raises:
        Trouble: the text is neither.
    """
    try:
        day, clock = text.split()
        weekday = _DAYS.index(day[:3].casefold())
        hour, minute = clock.split(":")
        then = now.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
        then += timedelta((weekday - then.weekday()) % 7)
        then = then if then >= now.replace(second=0, microsecond=0) else then + timedelta(7)
    except ValueError:
        then = _iso(text)
    try:
        return then.astimezone(UTC).astimezone(LONDON)
    except OverflowError:  # the first or the last day that there is
        raise _no_minute(text) from None


def _iso(text: str) -> datetime:
    try:
        then = datetime.fromisoformat(text)
    except ValueError:
        then = None
    if then is None or len(text) < len("2026-11-27T16:45"):
        raise _no_minute(text)
    return then if then.tzinfo else then.replace(tzinfo=LONDON)


def _no_minute(text: str) -> Trouble:
    return trouble(Exit.USAGE, "at", f"--at cannot be {text:.40}.", 'Write 2026-11-27T16:45, or "Sat 23:30".')
