"""From a command line that has been read to the command: the one way that the fast path and Typer both take.

Each function takes the words and the options of one command, runs it and gives its exit code. What a command needs is
loaded when it runs.
"""

from __future__ import annotations

import sys

from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cst.cli.options import Given
    from cst.cli.request import Request
    from cst.cli.saving import Keeping


def triage(issues: Sequence[str], given: Given) -> int:
    """`cst triage`: the walk where there is somebody to ask, else the plan so far."""
    ask = asks(given)
    if ask:
        from cst.cli.terminal import may_ask

        may_ask(False, "cst triage --no-input -a immediate-danger=no -a concerns=scams")
    from cst.cli.commands import triage as command

    return command.triage(
        _request(given),
        issues,
        given["--answer"],
        given["--answers"],
        ask=ask,
        explain=given["--explain"],
        keeping=_keeping(given),
    )


def lookup(terms: Sequence[str], given: Given) -> int:
    """`cst lookup`: what these words name or fit."""
    from cst.cli.commands import lookup as command

    return command.lookup(_request(given), terms, given["--field"])


def eligible(scheme: str | None, given: Given) -> int:
    """`cst eligible`: a verdict, or the schemes where none is named.

    Raises:
        Trouble: a list is not to be saved.
    """
    if scheme is None:
        if given["--save"] is not None or given["--copy-text"]:
            from cst.cli.errors import trouble

            says = "--save and --copy-text go with one scheme."
            raise trouble(Exit.USAGE, "scheme", says, "Name it, for example: cst eligible fire-visit --save visit.txt")
        return list_("schemes", given)
    from cst.cli.commands import eligible as command

    return command.eligible(
        _request(given),
        scheme,
        given["--answer"],
        given["--answers"],
        ask=asks(given),
        explain=given["--explain"],
        keeping=_keeping(given),
    )


def screen(scheme: str, file: str, given: Given) -> int:
    """`cst screen`: a verdict for each row of a file."""
    from cst.cli.commands import screen as command

    may_ask = asks(given) and sys.stdin.isatty() and sys.stderr.isatty()
    wanted = command.ScreenOptions(
        given["--output"], given["--map"], given["--keep-cells"], given["--summary"], may_ask
    )
    return command.screen(_request(given), scheme, file, wanted)


def list_(kind: str | None, given: Given) -> int:
    """`cst list`: all of a kind, or what there is a list of."""
    from cst.cli.commands import listing as command

    return command.list_all(_request(given), kind)


def graph(name: str, given: Given) -> int:
    """`cst graph`: the rule behind a name."""
    from cst.cli.commands import graph as command

    return command.draw(_request(given), name, given["--format"] or "tree", given["--answer"], given["--answers"])


def check(files: Sequence[str], given: Given) -> int:
    """`cst check`: the toolkit proved, with these files on top."""
    from cst.cli.commands import check as command

    return command.check(_request(given), files)


def changes(old: str, new: str | None, given: Given) -> int:
    """`cst changes`: what differs between two editions."""
    from cst.cli.commands import changes as command

    return command.changes(_request(given), old, new, given["--format"], everything=given["--all"])


def verify(names: Sequence[str], given: Given) -> int:
    """`cst verify`: the call list, or ringing down it."""
    from cst.cli.commands import verify as command

    wanted = command.VerifyOptions(given["--list"], given["--within"], given["--format"], given["--into"])
    return command.verify(_request(given), names, wanted)


def export_sql(given: Given) -> int:
    """`cst export sql`: a scheme's rule for a database."""
    from cst.cli.commands import export as command

    return command.export_sql(_request(given), given["--scheme"], given["--dialect"])


def export_handbook(given: Given) -> int:
    """`cst export handbook`: all that is known as one HTML file."""
    from cst.cli.commands import export as command

    return command.export_handbook(_request(given))


def export_known(form: str, given: Given) -> int:
    """`cst export vcard`, `csv`, `markdown` and `json`: what is known in the form of another program."""
    from cst.cli.commands import export as command

    return command.export_known(_request(given), form)


def export_open_referral(given: Given) -> int:
    """`cst export open-referral`: the contacts as services of Open Referral."""
    from cst.cli.commands import export as command

    return command.export_open_referral(_request(given), given["--profile"])


def import_open_referral(file: str, given: Given) -> int:
    """`cst import open-referral`: a feed of services as a local file."""
    from cst.cli.commands import import_feed as command

    return command.import_open_referral(_request(given), file, given["--serves"], given["--save"])


def settings(name: str | None, value: str) -> int:
    """`cst settings`: what is in force, or one of it set."""
    from cst.cli.commands import settings as command

    return command.show_settings() if name is None else command.change_setting(name, value)


def welcome(given: Given) -> int:
    """`cst` on its own."""
    from cst.cli.commands import welcome as command

    return command.welcome(_request(given))


def version() -> int:
    """`cst --version`."""
    from cst.cli.commands import version as command

    return command.show_version()


def asks(given: Given) -> bool:
    """Whether questions may be asked, if there is somebody to ask."""
    return not (given["--no-input"] or given["--json"])


def _request(given: Given) -> Request:
    from cst.cli.request import Request

    return Request.of(given)


def _keeping(given: Given) -> Keeping | None:
    """What to keep, where anything is to be kept: most often nothing is, and its module need not be loaded."""
    if given["--save"] is None and not given["--copy-text"]:
        return None
    from cst.cli.saving import Keeping

    return Keeping(given["--save"], given["--copy-text"])
