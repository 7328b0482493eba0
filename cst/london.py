"""London's time, from the package that `cst` depends on.

The system's own data come second: they may be years old, or changed, and an hour out closes a line that is open.
"""

from __future__ import annotations

import os
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]  # it is a folder of data, and has no types

NAME = "Europe/London"


def _london() -> ZoneInfo:
    place = os.path.join(os.path.dirname(tzdata.__file__), "zoneinfo", *NAME.split("/"))
    try:
        with open(place, "rb") as file:
            return ZoneInfo.from_file(file, key=NAME)
    except OSError:  # packed in one file, where nothing has a place
        return ZoneInfo(NAME)


LONDON = _london()
