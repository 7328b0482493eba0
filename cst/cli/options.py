"""Every option of the command line, said once: Typer's signatures and the fast path are both made from this table.

The order is that of the help pages. Nothing heavy is loaded here, as the fast path needs it at every start.
"""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

PROGRAM = "cst"  # on its own, without a command
ASKING = ("triage", "eligible")
ANSWERED = (*ASKING, "graph")
RINGING = (*ASKING, "lookup")
LONG = (*RINGING, "changes")
SHOWING = (*RINGING, "screen", "list", "graph", "check", "verify", "changes")
WRITTEN = ("export handbook", "export vcard", "export csv", "export markdown", "export json")
PLACED = (*SHOWING, "export sql", *WRITTEN)
WHEREVER = (*PLACED, "export open-referral")  # what is the same at every minute takes no --at
DRAWN = (*SHOWING, "import open-referral")
LAID = (*WHEREVER, "import open-referral")


class Option(NamedTuple):
    """One option, and the commands that take it.

    metavar: what stands for its value in help; a switch has none.
    short: a shorter way to write it.
    repeatable: whether it may be given again, its values then being a list.
    fast: whether the fast path may read it.
    required: whether it must be given; otherwise `default` stands for it.
    completes: what in `cst.cli.completion` offers its values.
    """

    name: str
    commands: tuple[str, ...]
    help: str
    metavar: str | None = None
    short: str | None = None
    repeatable: bool = False
    fast: bool = False
    required: bool = False
    default: str | None = None
    completes: str | None = None

    @property
    def shared(self) -> bool:
        """Whether it is one of those that several commands take, said once, in `cst help options`."""
        return self.commands in (RINGING, LONG, SHOWING, PLACED, WHEREVER, DRAWN, LAID)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Each way to write it."""
        return (self.short, self.name) if self.short else (self.name,)


OPTIONS = (
    Option("--version", (PROGRAM,), "Print the version and leave."),
    Option("--scheme", ("export sql",), "See: cst list schemes", "SCHEME", required=True, completes="schemes"),
    Option(
        "--dialect", ("export sql",), "duckdb, postgres, sqlite, tsql, spark or bigquery.", "DIALECT", required=True
    ),
    Option("--profile", ("export open-referral",), "3.0, or uk: the UK profile.", "PROFILE", default="3.0"),
    Option("--serves", ("import open-referral",), "The area of services that name none.", "AREA", completes="areas"),
    Option("--list", ("verify",), "Only list whom to ring."),
    Option("--within", ("verify",), "Only what is due for review so soon: 60d, 8w or 2m.", "TIME"),
    Option("--into", ("verify",), "Your own file to write to, in place of the shipped one.", "FILE"),
    Option(
        "--format",
        ("graph", "verify", "changes"),
        "graph: tree, mermaid or svg. verify: text, csv or ics. changes: text or markdown.",
        "FORMAT",
    ),
    Option("--output", ("screen",), "Where the rows go: CSV, or Parquet by its name.", "FILE", short="-o"),
    Option("--map", ("screen",), "YAML that says which column answers which question.", "FILE"),
    Option("--keep-cells", ("screen",), "Copy cells as they are, formulas too."),
    Option("--summary", ("screen",), "The counts, and what would settle most rows."),
    Option(
        "--field",
        ("lookup",),
        "phone, name, hours, email or url of whom to ring first.",
        "FIELD",
        fast=True,
    ),
    Option("--all", LONG, "The whole: every step, number and source; of changes, all of them.", fast=True),
    Option(
        "--answer",
        ANSWERED,
        "QUESTION=VALUE, as often as you like. The shell keeps it.",
        "Q=V",
        short="-a",
        repeatable=True,
        fast=True,
        completes="answers",
    ),
    Option(
        "--answers",
        ANSWERED,
        "Answers in YAML or JSON, or a saved plan. - reads stdin.",
        "FILE",
    ),
    Option("--no-input", (*ASKING, "screen"), "Never ask. Exit 3 when answers are missing.", fast=True),
    Option(
        "--save",
        (*ASKING, "import open-referral"),
        "Also write what is shown: .txt, .md or .json. import: the local file, .yaml.",
        "FILE",
    ),
    Option("--copy-text", ASKING, "Plain text to paste into a referral form."),
    Option("--explain", ASKING, "Then draw what decided in the rules behind it."),
    Option(
        "--area",
        WHEREVER,
        "Council area where the person is now, or a town in it. Else CST_AREA.",
        "AREA",
        fast=True,
        completes="areas",
    ),
    Option("--at", PLACED, 'Another minute than now: 02:00, "Sat 23:30" or 2026-11-27T16:45.', "WHEN", fast=True),
    Option("--json", DRAWN, "One JSON document on standard output.", fast=True),
    Option("--plain", DRAWN, "Plain text: one item a line, no boxes. Else CST_PLAIN.", fast=True),
    Option(
        "--accessible",
        DRAWN,
        "For screen readers: plain text and numbered lines. Else CST_ACCESSIBLE or ACCESSIBLE.",
        fast=True,
    ),
    Option("--short", RINGING, "Three lines: whom to ring, what to do first, what never to do.", fast=True),
    Option(
        "--toolkit",
        LAID,
        "A local file laid on top; may be given again. Else CST_TOOLKIT.",
        "FILE",
        repeatable=True,
    ),
)


def taken_by(command: str) -> list[Option]:
    """The options that a command takes, in the order of its help."""
    return [option for option in OPTIONS if command in option.commands]


def shared_options() -> list[Option]:
    """Those that several commands take."""
    return [option for option in OPTIONS if option.shared]


class Given(dict[str, "Any"]):
    """The options on a command line by name, as `{"--area": "gosport"}`; one that was left out has its default.

    Raises KeyError for what is no option.
    """

    def __missing__(self, name: str) -> Any:
        for option in OPTIONS:
            if option.name == name:
                return () if option.repeatable else option.default if option.metavar else False
        raise KeyError(name)
