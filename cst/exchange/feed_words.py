"""Words, pages and addresses of a feed: what of them may stand in a local file, and why the rest may not."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from cst.source.overlay_words import MOST_WORDS, unfit_words

_MARKUP = re.compile(r"</?[A-Za-z!][^>]*>|&#?\w+;|\]\(|`|\*\*|__")
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE | re.ASCII)
_MAIL = re.compile(r"[\w.+'-]{1,64}@(?P<host>[\w.-]+)", re.ASCII)
_MOST_ADDRESS = 300
_WHY = {
    "hidden": "a hidden character stands in it",
    "long": f"it has more than {MOST_WORDS} characters",
    "number": "something in it could be dialled",
    "person": "it names a person",
}


class LeftOut(Exception):
    """A value that is not taken; says why."""


def words(value: Any) -> str:
    """Words on one line.

    Raises:
        LeftOut: they may not stand in a local file.
    """
    if not isinstance(value, str):
        raise LeftOut("it is no text")
    text = " ".join(value.split())
    if not text:
        raise LeftOut("it is empty")
    if _MARKUP.search(text):
        raise LeftOut("there is markup in it")
    if unfit := unfit_words(text):
        raise LeftOut(_WHY[unfit.why])
    return text


def page(value: Any) -> str:
    """The address of a web page.

    Raises:
        LeftOut: it is none that a person can open.
    """
    text = value.strip() if isinstance(value, str) else ""
    if not text.isascii() or not text.isprintable() or " " in text or not 0 < len(text) <= _MOST_ADDRESS:
        raise LeftOut("it is no address of a web page")
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        raise LeftOut("it is no address of a web page") from None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        raise LeftOut("it is no address of a web page")
    return text


def mail(value: Any) -> str:
    """An e-mail address.

    Raises:
        LeftOut: it is none.
    """
    text = value.strip() if isinstance(value, str) else ""
    found = _MAIL.fullmatch(text)
    if found is None or not _HOST.fullmatch(found["host"]) or len(text) > _MOST_ADDRESS:
        raise LeftOut("it is no e-mail address")
    return text
