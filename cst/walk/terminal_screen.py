"""A screen of the terminal: drawn whole and drawn anew, stopped and continued; no key of the screen before reaches it.

It fills the alternate screen that `taken_over` took, so nothing has to be asked of the terminal: one that never tells
where its cursor stands shows a question like any other.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any, TextIO

from prompt_toolkit.application import Application, get_app_or_none, get_app_session
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyBindingsBase, merge_key_bindings
from prompt_toolkit.layout import Layout
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import BaseStyle

try:
    import termios
except ImportError:  # Windows has no such terminals, and stops no program
    termios = None  # type: ignore[assignment]

AGAIN = "__again__"
CLEAR = "\x1b[H\x1b[2J"
ALTERNATE = "\x1b[?1049h" + CLEAR
NORMAL = "\x1b[?1049l"
ESCAPE = 0.1  # seconds after which Esc is that key and not the first of an arrow: a slow line needs some
ALONE = 0.5  # seconds after which a letter that may begin a word is a key


def run(
    layout: Layout,
    keys: KeyBindingsBase,
    *,
    style: BaseStyle | None = None,
    depth: ColorDepth | None = None,
    fresh: bool = True,
) -> Any:
    """What a key ended this screen with; AGAIN where it has to be drawn anew, for another size or after a stop.

    Args:
        layout: what stands on it.
        keys: what its keys do.
        style: how it looks.
        depth: how many colours may be used; None leaves it to the terminal.
        fresh: whether nobody has seen it yet: then what was typed before it is drawn answers nothing.

    Raises:
        Exception: what a key ended it with.
    """
    output = get_app_session().output
    for name in ("enter_alternate_screen", "quit_alternate_screen"):
        setattr(output, name, lambda: None)  # it stays taken over from the first screen to the last
    app: Application[Any] = Application(
        layout,
        style=style,
        key_bindings=merge_key_bindings([keys, _stopping()]),
        color_depth=depth,
        output=output,
        full_screen=True,
        erase_when_done=True,
    )
    app.ttimeoutlen, app.timeoutlen = ESCAPE, ALONE
    size, drawn = output.get_size(), False

    def before_drawing(app: Application[Any]) -> None:
        nonlocal drawn
        if fresh and not drawn:
            _forget_what_was_typed(app)
        drawn = True
        if output.get_size() != size:
            _end(app)

    app.before_render += before_drawing
    if fresh:
        clear_typeahead(app.input)
    return app.run()


def _forget_what_was_typed(app: Application[Any]) -> None:
    if termios:
        try:
            termios.tcflush(app.input.fileno(), termios.TCIFLUSH)
        except (termios.error, OSError, NotImplementedError):  # no terminal behind it: nothing waits there
            return


def _end(app: Application[Any]) -> None:
    if app.future and not app.future.done():
        app.exit(result=AGAIN)


def _stopping() -> KeyBindings:
    """Ctrl-Z stops the command and all that runs with it, as anywhere else; where nothing can be stopped it is no key.

    A terminal whose keys are read one by one sends no signal for it.
    """
    bindings = KeyBindings()
    bindings.add("c-z", eager=True)(lambda event: os.kill(0, signal.SIGTSTP) if hasattr(signal, "SIGTSTP") else None)
    return bindings


@contextmanager
def taken_over(sink: TextIO) -> Iterator[None]:
    """The terminal's other screen, until the end of the block; while the command is stopped, the shell has its own."""

    def write(codes: str) -> None:
        sink.write(codes)
        sink.flush()

    write(ALTERNATE)
    try:
        with _stoppable(partial(write, NORMAL), partial(write, ALTERNATE)):
            yield
    finally:
        write(NORMAL)


@contextmanager
def _stoppable(leave: Callable[[], None], take_over: Callable[[], None]) -> Iterator[None]:
    """While a command is stopped the terminal is the shell's: its own screen, its own way to read keys.

    Args:
        leave: gives the screen back.
        take_over: takes it again; what was asked is then drawn anew.
    """
    if not hasattr(signal, "SIGTSTP") or termios is None:
        yield
        return
    try:
        usual = termios.tcgetattr(0)
    except (termios.error, OSError):
        usual = None

    def stop(number: int, frame: FrameType | None) -> None:
        leave()
        if usual:
            termios.tcsetattr(0, termios.TCSADRAIN, usual)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, stop)
        carry_on(number, frame)  # also where there is nobody to stop it for, and it was never stopped

    def carry_on(number: int, frame: FrameType | None) -> None:
        take_over()
        app = get_app_or_none()
        if app and app.is_running and app.loop:
            app.loop.call_soon_threadsafe(_end, app)

    before = {one: signal.signal(one, does) for one, does in ((signal.SIGTSTP, stop), (signal.SIGCONT, carry_on))}
    try:
        yield
    finally:
        for one, did in before.items():
            signal.signal(one, did)
