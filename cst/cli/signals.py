"""Being told to stop is handled like an interrupt: the card, and nothing left behind.

Not for a look-up in a pipe, which is over before anybody could tell it: loading `signal` costs a sixth of it.
"""

from __future__ import annotations

import gc
import signal
from typing import Any, NoReturn

from cst.cli.core_file import leave_none
from cst.exits import Interrupted

RARELY = 50_000  # what the libraries load is not worth looking through for what could go


def settle_in() -> None:
    """For a run that lasts: being told to stop is heard, a crash keeps nothing, and memory is tidied up at times."""
    leave_none()
    gc.enable()
    gc.set_threshold(RARELY)
    listen()


def listen() -> None:
    """From now on, each of the signals that end a program raises `Interrupted`; Ctrl-C a bare KeyboardInterrupt."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK"):  # the last is Ctrl-Break on Windows
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _interrupted)


def _interrupted(number: int, frame: Any) -> NoReturn:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise Interrupted
