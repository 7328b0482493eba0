"""`cst help`: longer help on a topic, in plain lines."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cst.cli.errors import trouble
from cst.exits import Exit
from cst.views.formats.line_breaks import fitted

TOPICS = {
    "accessibility": """\
Accessible mode
Turn it on with --accessible, with CST_ACCESSIBLE=1 or ACCESSIBLE=1, or in the settings file.
Everything comes as plain lines, one thing a line, with its label first.
No boxes, no colours, no moving cursor. Nothing on the screen changes after it was printed.
Questions are numbered lines. Type a number and press Enter; for several, put commas between.
Short numbers are written with their digits apart, so that they are read one by one.
--short gives three lines: whom to ring, with the danger line; what to do first; what never to do.
A plan with other things that cannot wait has one line more for each of them.
NO_COLOR turns colours off. TERM=dumb turns everything but plain lines off.
At each question: ? says why it is asked, b goes back, q leaves.
Ringing is not the only way: look up emergency-text-and-relay for textphone, text and sign language.
""",
    "privacy": """\
What is kept
Nothing you answer is written to a file, a log or your shell's history, unless you ask for it.
-a puts an answer on the command line, and the shell may keep that. --answers - reads answers from standard input.
q leaves and clears the screen. In a menu everything happens on the terminal's second screen, which is gone then.
What cst cannot clear: the command you typed, tmux and screen, a session that is recorded, and whoever looks on.
The one file it makes by itself is a copy of the toolkit, to start faster. It holds no answer.
--save writes what was shown to a file that only you can read. Others who use this device may still find it.
There is no network, ever.
Use your own device, not that of the person at risk.
""",
}


def show_help(topic: str | None, commands: Sequence[str]) -> int:
    """Writes the help on a topic; without one, what there is help on.

    Raises:
        Trouble: there is none on it.
    """
    if topic is None:
        sys.stdout.write(fitted(f"{_there_is(commands)}\nFor example: cst help triage\n", sys.stdout))
        return Exit.DONE
    if topic not in TOPICS:
        raise trouble(Exit.USAGE, "topic", f"There is no help on {topic:.40}.", _there_is(commands))
    sys.stdout.write(fitted(TOPICS[topic], sys.stdout))
    return Exit.DONE


def _there_is(commands: Sequence[str]) -> str:
    return f"There is help on: {', '.join(TOPICS)}.\nAnd on these commands: {', '.join(commands)}."
