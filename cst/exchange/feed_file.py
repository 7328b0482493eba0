"""The file of a feed, read strictly: JSON in which every name stands once, and the services in it.

A feed is a page of services (`contents`), a list of them, or one service. Nothing in it is trusted. It is read as data
alone: a number that is none (NaN), brackets within brackets without end and a file too large to be meant are refused.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

MOST_BYTES = 20_000_000
MOST_SERVICES = 10_000
CONTENTS = "contents"


class NotAFeed(Exception):
    """A file that holds no services that can be read: a code, the line, what is wrong, and what to do."""

    def __init__(self, code: str, line: int, says: str, remedy: str) -> None:
        super().__init__(says)
        self.code = code
        self.line = line
        self.says = says
        self.remedy = remedy


class Twice(dict[str, Any]):
    """An object in which a name stands twice: nobody knows which of the two holds."""


class Feed(NamedTuple):
    """The services, each as it stands, and what there is to know of the file as a whole."""

    services: list[Any]
    notes: tuple[str, ...] = ()


def services_in(data: bytes) -> Feed:
    """The services of a feed.

    Args:
        data: the bytes of the file, UTF-8.

    Raises:
        NotAFeed: it is no JSON, or holds no services.
    """
    whole = _read(data)
    if isinstance(whole, Twice):
        raise NotAFeed("repeated-key", 1, "a name stands twice in the page itself", "ask for another copy of the feed")
    if isinstance(whole, dict) and isinstance(whole.get(CONTENTS), list):
        feed = Feed(whole[CONTENTS], tuple(_about_page(whole)))
    elif isinstance(whole, list):
        feed = Feed(whole)
    elif isinstance(whole, dict) and "name" in whole and "status" in whole:
        feed = Feed([whole])
    else:
        says = "there are no services of Open Referral 3.0 in it"
        raise NotAFeed("no-feed", 1, says, "give one service, a list of them, or a page with contents")
    if len(feed.services) > MOST_SERVICES:
        says = f"it holds {len(feed.services):,} services; {MOST_SERVICES:,} is the most"
        raise NotAFeed("too-large", 1, says, "split it")
    return feed


def _about_page(page: dict[str, Any]) -> list[str]:
    pages = page.get("total_pages")
    if isinstance(pages, int) and pages > 1:
        return ["The feed has more pages than this one. Import each of them."]
    return []


def _read(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotAFeed("encoding", line, "the file is not UTF-8 text", "save it as UTF-8") from None
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise NotAFeed("json", error.lineno, f"this is not JSON: {error.msg}", "ask for another copy") from None
    except RecursionError:
        raise NotAFeed("too-deep", 1, "brackets stand within brackets without end", "ask for another copy") from None
    except ValueError as error:
        raise NotAFeed("json", 1, f"this is not JSON: {error}", "ask for another copy of the feed") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else Twice(made)


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def has_twice(value: Any) -> bool:
    """Whether a name stands twice anywhere in a value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Twice):
            return True
        waiting += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
    return False
