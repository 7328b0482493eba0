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
SHOWING = (*RINGING, "screen", "list", "graph", "check")
PLACED = (*SHOWING, "export sql")


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
    def spellings(self) -> tuple[str, ...]:
        """Each way to write it."""
        return (self.short, self.name) if self.short else (self.name,)


OPTIONS = (
    Option("--version", (PROGRAM,), "Print the version and leave."),
    Option("--scheme", ("export sql",), "See: cst list schemes", "SCHEME", required=True, completes="schemes"),
    Option(
        "--dialect", ("export sql",), "duckdb, postgres, sqlite, tsql, spark or bigquery.", "DIALECT", required=True
    ),
    Option("--format", ("graph",), "tree, mermaid or svg.", "FORMAT", default="tree"),
    Option("--output", ("screen",), "Where the rows go: CSV, or Parquet by its name.", "FILE", short="-o"),
    Option("--map", ("screen",), "YAML that says which column answers which question.", "FILE"),
    Option("--keep-cells", ("screen",), "Copy cells as they are, also those a spreadsheet would run."),
    Option("--summary", ("screen",), "Show the counts, and which question would settle most rows."),
    Option(
        "--field",
        ("lookup",),
        "Only this of whom to ring first: phone, name, hours, email, url.",
        "FIELD",
        fast=True,
    ),
    Option("--sources", ("lookup",), "At a terminal, name every source too.", fast=True),
    Option(
        "--answer",
        ANSWERED,
        "QUESTION=VALUE; may be given again. It stays in your shell's history: --answers - does not.",
        "Q=V",
        short="-a",
        repeatable=True,
        fast=True,
        completes="answers",
    ),
    Option(
        "--answers",
        ANSWERED,
        "Answers in YAML or JSON; - reads standard input. A plan saved as .json can be given back.",
        "FILE",
    ),
    Option("--no-input", (*ASKING, "screen"), "Never ask. Exit 3 when answers are missing.", fast=True),
    Option(
        "--save",
        ASKING,
        "Also write what is shown to a file: .txt, .md or .json. Without this nothing is kept.",
        "FILE",
    ),
    Option("--copy-text", ASKING, "Plain text to paste into a referral form, instead of panels."),
    Option("--explain", ASKING, "Then draw what decided in the rules behind it."),
    Option(
        "--area",
        PLACED,
        "Council area where the person is now, or a town in it. Else CST_AREA.",
        "AREA",
        fast=True,
        completes="areas",
    ),
    Option("--at", PLACED, 'Another minute than now: 2026-11-27T16:45 or "Sat 23:30".', "WHEN", fast=True),
    Option("--json", SHOWING, "One JSON document on standard output.", fast=True),
    Option("--plain", SHOWING, "Plain text: one item a line, no boxes. Else CST_PLAIN.", fast=True),
    Option(
        "--accessible",
        SHOWING,
        "For screen readers: plain text and numbered lines. Else CST_ACCESSIBLE or ACCESSIBLE.",
        fast=True,
    ),
    Option("--short", RINGING, "Three lines: whom to ring, what to do first, what never to do.", fast=True),
    Option(
        "--toolkit",
        PLACED,
        "A local file laid on top; may be given again. Else CST_TOOLKIT.",
        "FILE",
        repeatable=True,
    ),
)


def taken_by(command: str) -> list[Option]:
    """The options that a command takes, in the order of its help."""
    return [option for option in OPTIONS if command in option.commands]


class Given(dict[str, "Any"]):
    """The options on a command line by name, as `{"--area": "gosport"}`; one that was left out has its default.

    Raises KeyError for what is no option.
    """

    def __missing__(self, name: str) -> Any:
        for option in OPTIONS:
            if option.name == name:
                return () if option.repeatable else option.default if option.metavar else False
        raise KeyError(name)
