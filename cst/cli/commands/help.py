"""`cst help`: longer help on a topic, in plain lines."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cst.cli.errors import trouble
from cst.cli.options import shared_options
from cst.exits import Exit
from cst.views.formats.line_breaks import fitted

OPTIONS_TOPIC = "options"
TOPICS = {
    "night": """\
At 2 a.m.
Danger now: ring 999. Cannot speak, on a mobile: stay on the line and press 55 when asked.
You know the topic:         cst lookup marac --area gosport
You know a word or two:     cst lookup "two phones"
You do not know:            cst triage
The town may stand last:    cst triage child gosport
Somebody may look on:       press q, it empties the screen
Only whom to ring:          cst lookup mash --area gosport --short
The whole of it:            add --all
Each number says until when it answers. If no one answers, ring 101.
Not sure is an answer. You then get whom to ring while you find out.
""",
    "accessibility": """\
Accessible mode
Turn it on with --accessible, with CST_ACCESSIBLE=1 or ACCESSIBLE=1, or in the settings file.
Everything comes as plain lines, one thing a line, with its label first.
No boxes, no colours, no moving cursor. Nothing on the screen changes after it was printed.
Questions are numbered lines. Type a number and press Enter; for several, put commas between.
Numbers are written with their digits apart, so that they are read one by one. What is copied has them together.
An answer takes a minute to hear, at most where that can be. It says what it leaves out; --all gives the whole.
Danger and whom to ring first come once more at the end.
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
Packed as one file, it also unpacks its own program, once.
--save writes what was shown to a file that only you can read, where the disk keeps such rights: it says where not.
Others who use this device may still find it.
There is no network, ever.
Use your own device, not that of the person at risk.
""",
    "update": """\
Newer numbers
cst never goes on the network, so it cannot update itself. Whoever set it up for you installs the new edition.
cst --version says which program you have; the last line of cst on its own says which edition of the numbers.
Check a number that matters: each says when its source was read, and none has been rung by us.
""",
}


def _options() -> str:
    """What several commands take, each with what it does."""
    lines = [f"{option.name} {option.metavar or ''}".rstrip() + f": {option.help}" for option in shared_options()]
    return "\n".join(("Options that mean the same everywhere", *lines, ""))


def show_help(topic: str | None, commands: Sequence[str]) -> int:
    """Writes the help on a topic; without one, what there is help on.

    Raises:
        Trouble: there is none on it.
    """
    if topic is None:
        sys.stdout.write(fitted(f"{_there_is(commands)}\nFor example: cst help triage\n", sys.stdout))
        return Exit.DONE
    if topic == OPTIONS_TOPIC:
        sys.stdout.write(fitted(_options(), sys.stdout))
        return Exit.DONE
    if topic not in TOPICS:
        raise trouble(Exit.USAGE, "topic", f"There is no help on {topic:.40}.", _there_is(commands))
    sys.stdout.write(fitted(TOPICS[topic], sys.stdout))
    return Exit.DONE


def _there_is(commands: Sequence[str]) -> str:
    return f"There is help on: {', '.join((*TOPICS, OPTIONS_TOPIC))}.\nAnd on these commands: {', '.join(commands)}."
