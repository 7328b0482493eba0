"""Promise: with script the handbook finds and opens just as `cst` does: the same search, the same hours."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cst.engine.contact import calendar, hours_in_words
from cst.handbook.any_minute import schedules
from cst.handbook.html import FILES
from cst.handbook.known import hours, search
from cst.hours import Opening, opening
from cst.toolkit.names import exact
from cst.toolkit.search.find import Search, searchable
from tests.support.levels import NIGHTLY, times
from tests.support.states import LONDON, shipped

pytestmark = pytest.mark.deep
YEAR = date(2026, 12, 1)
EDGES = (date(2025, 12, 31), date(2026, 1, 1), date(2028, 12, 31), date(2029, 1, 1))  # of the calendar


def node(script: str, given: Any, *names: str) -> Any:
    """What a script says of some input, with files of the page before it; skipped where there is no Node."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("no Node here: apt-get install nodejs")
    files = "\n".join((FILES / name).read_text("utf-8") for name in names)
    code = f'const given = JSON.parse(require("fs").readFileSync(0, "utf-8"));\n{files}\n{script}'
    run = subprocess.run(
        [program, "-e", code], input=json.dumps(given), capture_output=True, encoding="utf-8", timeout=600, check=False
    )
    assert 0 == run.returncode, run.stderr
    return json.loads(run.stdout)


def test_hours_are_those_of_cst_at_every_minute_of_a_year_at_which_anything_changes() -> None:
    """Every schedule of every contact: the minute of each change, the one before and the one after, on each day."""
    told = schedules(shipped())
    days = [*(YEAR + timedelta(number) for number in range(365)), *EDGES]
    asked = [(words, day, minute) for words in told for day in days for minute in _minutes(told[words])]
    found = node(
        "const calendar = calendarOf(given.hours.calendar);"
        "const all = given.asked.map(([words, day, minute]) => {"
        "  const schedule = given.hours.schedules[words], number = dayNumber(day);"
        "  const it = opening(schedule, number, minute, calendar);"
        "  const at = (one) => one && [new Date(one[0] * 864e5).toISOString().slice(0, 10), one[1]];"
        "  const says = openNow(schedule, [number, minute], calendar);"
        "  return [it.open, it.always, at(it.until), at(it.opensAt), it.reason, says];"
        "});"
        "process.stdout.write(JSON.stringify(all));",
        {"hours": hours(shipped()), "asked": [(words, day.isoformat(), minute) for words, day, minute in asked]},
        "hours.js",
    )
    wanted = [_opening(told[words], day, minute) for words, day, minute in asked]

    assert len(asked) > 100_000
    assert [] == [pair for pair in zip(asked, wanted, found, strict=True) if pair[1] != pair[2]][:5]


def _minutes(schedule: Any) -> list[int]:
    """The minutes of a day around each change of a schedule."""
    rows = [] if isinstance(schedule, str) else schedule
    clocks = [row[key] for row in rows for key in ("opens_at", "closes_at") if key in row]
    changes = {0, *(int(clock[:2]) * 60 + int(clock[3:]) for clock in clocks)}
    return sorted({near for one in changes for near in (one - 1, one, one + 1) if 0 <= near < 24 * 60})


def _opening(schedule: Any, day: date, minute: int) -> list[Any]:
    at = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=LONDON)
    found = opening(schedule, at, calendar(shipped()))
    until, opens_at = (one and [one.date().isoformat(), one.hour * 60 + one.minute] for one in found[2:4])
    return [found.open, found.always, until, opens_at, found.reason, _words(found, at)]


def _words(found: Opening, at: datetime) -> str:
    """As the page says it: with the minute in place of now, and nothing where nothing changes or is known."""
    if found.always or found.open is None:
        return ""
    says = hours_in_words(found._replace(reason=""), at).removesuffix(", opening time not known")
    return says.replace("open now", f"Open at {at:%H:%M}").replace("closed", f"Closed at {at:%H:%M}")


def test_the_clocks_are_those_of_london_whatever_the_zone_of_the_device() -> None:
    """Every hour of a year, and every minute about both changes of the clocks."""
    start = datetime(2026, 12, 1, tzinfo=UTC)
    hourly = [start + timedelta(hours=number) for number in range(365 * 24)]
    changes = [datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 10, 31, tzinfo=UTC)]
    moments = hourly + [change + timedelta(minutes=number) for change in changes for number in range(180)]
    found = node(
        'process.env.TZ = "America/New_York";'
        "process.stdout.write(JSON.stringify(given.map((one) => {"
        "  const [day, minute] = london(new Date(one));"
        "  return [new Date(day * 864e5).toISOString().slice(0, 10), minute];"
        "})));",
        [moment.isoformat() for moment in moments],
        "hours.js",
    )
    local = [moment.astimezone(LONDON) for moment in moments]

    assert [[one.date().isoformat(), one.hour * 60 + one.minute] for one in local] == found


def test_search_finds_what_a_look_up_finds() -> None:
    """Phrases of the tests, and words of several mixed up: the same entries in the same order, and just as sure."""
    python, known = Search(searchable(shipped().records)), search(shipped())
    typed = [*_typed()]
    found = node(
        "const search = new Search(given.known);"
        "const name = (one) => given.known.entries[one];"
        "process.stdout.write(JSON.stringify(given.typed.map((text) => {"
        "  const it = search.find(text);"
        "  const lead = it.ifDanger === null ? null : name(it.ifDanger);"
        "  return [it.entries.map(name), it.clear, it.like, lead, search.exact(text).map(name)];"
        "})));",
        {"known": known, "typed": typed},
        "search.js",
    )
    wrong = []
    for text, came in zip(typed, found, strict=True):
        fits = python.find(text)
        named = [name for _, name in exact(shipped().names, text)]
        lead = fits.if_danger and fits.if_danger[1]
        wanted = [[name for _, name in fits.entries], fits.clear, fits.like, lead, named]
        if came != wanted:
            wrong.append((text, wanted, came))

    assert len(typed) > (2_000 if NIGHTLY else 1_000)
    assert not wrong[:5]


def _typed() -> Iterator[str]:
    """What people say, words of several phrases, names, and what is no word; by day fewer of each than by night."""
    phrases = [phrase for words in shipped().kind("words").values() for phrase in words["said"]]
    yield from phrases[:: 4 if NIGHTLY else 20]
    chance = random.Random(22)
    for _ in range(times(500)):
        words = " ".join(chance.sample(phrases, 12)).split()
        yield " ".join(chance.sample(words, min(len(words), chance.choice((2, 4, 7, 25)))))
    yield from [*shipped().names][::5]
    yield from (
        "",
        " ",
        "is it",
        "xyzzy",
        "dometsic abuse",
        "ÉTRANGER",
        "Straße",
        "999",
        "08082000247",
        "he's",
        "\u202e",
    )
