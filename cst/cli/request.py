"""What every command shares: where and when, how to show, which toolkit. Clock and environment are read here."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta

from cst.cli.errors import Trouble, describe_faults, trouble
from cst.cli.settings import from_file, in_force, warn
from cst.exits import Exit
from cst.hours import NO_CALENDAR
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.london import LONDON
from cst.source.faults import Refused
from cst.source.open import open_toolkit, shipped_files
from cst.toolkit.places import Place, place_called
from cst.toolkit.toolkit import NoFigure, Toolkit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cst.cli.options import Given

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
    all: bool = False
    names_area: bool = False  # --area was given: what the environment or the settings say only stands in for it

    @classmethod
    def of(cls, given: Given) -> Request:
        """Options first, then the environment, then the settings file; what is wrong with that is said."""
        filed = from_file()
        warn(filed.faults)
        held = {name: setting.value for name, setting in in_force(filed).items()}
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
            all=given["--all"],
            names_area=bool(given["--area"]),
        )

    def resuming(self, area: str | None, *, answered: bool = False) -> Request:
        """The same, in the area of a plan that is given back, or in none where the area is among the answers.

        Both come before environment and settings, and neither before --area. "Not sure" is an answer too: national
        numbers are right then, and not those of the area that usually is.
        """
        if self.names_area or (area is None and not answered):
            return self
        return self._replace(area=area)

    def toolkit(self) -> Toolkit:
        """The toolkit, with the overlays asked for.

        Raises:
            Trouble: a file is missing, or refused with all its faults.
        """
        try:
            return open_with(self.overlays)
        except Trouble as refused:
            if self.overlays and refused.exit_code == Exit.REFUSED:
                says, remedy = (
                    "cst works without the local file.",
                    "Leave out --toolkit, unset CST_TOOLKIT, or take it out of the settings.",
                )
                refused.faults.append({"code": "overlay", "file": "", "line": 0, "says": says, "remedy": remedy})
            raise

    def moment(self, toolkit: Toolkit) -> datetime:
        """The minute asked about, in Europe/London.

        A clock that stands before the edition is wrong: that is said, and no hours are known.

        Raises:
            Trouble: the text is no minute.
        """
        now = datetime.now(LONDON)
        for kept in ("calendar", "now"):
            toolkit.kept.pop(kept, None)
        if self.at:
            return moment(self.at, now)
        if now.date().isoformat() < toolkit.records["edition"]["published"]:
            toolkit.kept["calendar"] = NO_CALENDAR
            says = f"This computer's clock says {now.date().isoformat()}, and this edition is of a later day."
            warn([(says, "Set the clock, or give the minute with --at.")], "Opening hours are not known.")
        return now.replace(second=0, microsecond=0)

    def place(self, toolkit: Toolkit) -> Place:
        """The place asked about. One that is not known has no area and says so: help goes on with national numbers."""
        return Place(None) if self.area is None else place_called(toolkit, self.area)

    def known_area(self, toolkit: Toolkit, remedy: str) -> str | None:
        """The area asked about, for what would be wrong with another one's numbers; None where none is asked about.

        Raises:
            Trouble: the place is not known; `remedy` says what to do.
        """
        place = self.place(toolkit)
        if self.area is not None and place.area is None:
            raise trouble(Exit.USAGE, "area", str(place.says), remedy)
        return place.area


def no_figure(missing: NoFigure) -> Trouble:
    """What to say where a whole file, or a rule for a database, hangs on a figure that the day has not."""
    says = f"{missing}."[0].upper() + f"{missing}."[1:]
    return trouble(Exit.USAGE, "no-figure", says, "Choose another --at, or add the figure to the toolkit.")


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
        return open_toolkit(shipped, overlays, None if cases else copies())
    except OSError as error:
        says = f"{error.filename or 'The current folder'} cannot be read: {error.strerror}."
        raise trouble(
            Exit.NO_INPUT,
            "file-missing",
            says,
            "Check --toolkit and CST_TOOLKIT. cst works without them.",
            whole_card=True,
        ) from None
    except Refused as error:
        raise Trouble(Exit.REFUSED, describe_faults(error.faults), whole_card=True) from None


def copies() -> str | None:
    """The folder for run-time copies; None where nowhere is ours."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "cst") if base and os.path.isabs(base) else None


def moment(text: str, now: datetime) -> datetime:
    """The minute that `--at` names: an ISO date and time (London time unless it has an offset), or a clock with a day.

    "02:00", "2am", "tomorrow 9am", "Sat 23:30": the next such moment from now. A time that the clocks skip is moved on
    by the hour skipped.

    Raises:
        Trouble: the text is none of these.
    """
    then = _clock(text, now) or _iso(text)
    try:
        return then.astimezone(UTC).astimezone(LONDON)
    except OverflowError:  # the first or the last day that there is
        raise _no_minute(text) from None


def _clock(text: str, now: datetime) -> datetime | None:
    """The next moment at which the clock says this, on the day named where one is; None where it is nothing like it."""
    import re  # not for every look-up

    *days, clock = text.casefold().split() or [""]
    time = re.fullmatch(r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?(?P<half>am|pm)?", clock)
    if time is None or len(days) > 1:
        return None
    hour, minute = int(time["hour"]), int(time["minute"] or 0)
    half = time["half"]
    if (half and not 1 <= hour <= 12) or (not half and time["minute"] is None):
        return None
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    if hour > 23 or minute > 59:
        return None
    this = now.replace(second=0, microsecond=0)
    then = this.replace(hour=hour, minute=minute)
    if not days:
        return then if then >= this else then + timedelta(1)
    day = days[0]
    if day in ("today", "tonight", "tomorrow"):
        return then + timedelta(day == "tomorrow")
    if day[:3] not in _DAYS:
        return None
    then += timedelta((_DAYS.index(day[:3]) - then.weekday()) % 7)
    return then if then >= this else then + timedelta(7)


def _iso(text: str) -> datetime:
    try:
        then = datetime.fromisoformat(text)
    except ValueError:
        then = None
    if then is None or len(text) < len("2026-11-27T16:45"):
        raise _no_minute(text)
    return then if then.tzinfo else then.replace(tzinfo=LONDON)


def _no_minute(text: str) -> Trouble:
    return trouble(
        Exit.USAGE,
        "at",
        f"--at cannot be {text:.40}.",
        'Write 02:00, "tomorrow 9am", "Sat 23:30", or 2026-11-27T16:45.',
    )
