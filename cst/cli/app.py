"""The command line: names, options and help. Each command lives in a module of its own, loaded when it is used.

Rich is kept out of help and errors (`rich_markup_mode=None`): plain help is faster and can be read aloud.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any

import typer

from cst.cli import completion
from cst.cli.errors import trouble
from cst.exits import Exit

app = typer.Typer(
    name="cst",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Area = Annotated[
    str | None,
    typer.Option(
        "--area",
        metavar="AREA",
        help="Council area where the person is now, or a town in it. Else CST_AREA.",
        autocompletion=completion.areas,
    ),
]
At = Annotated[
    str | None, typer.Option("--at", metavar="WHEN", help='Another minute than now: 2026-11-27T16:45 or "Sat 23:30".')
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Plain = Annotated[bool, typer.Option("--plain", help="Plain text: one item a line, no boxes. Else CST_PLAIN.")]
Accessible = Annotated[
    bool,
    typer.Option(
        "--accessible", help="For screen readers: plain text and numbered lines. Else CST_ACCESSIBLE or ACCESSIBLE."
    ),
]
Short = Annotated[bool, typer.Option("--short", help="Three lines: whom to ring, what to do first, what never to do.")]
Overlay = Annotated[
    list[str] | None,
    typer.Option("--toolkit", metavar="FILE", help="A local file laid on top; may be given again. Else CST_TOOLKIT."),
]
Given = Annotated[
    list[str] | None,
    typer.Option(
        "-a",
        "--answer",
        metavar="Q=V",
        help="QUESTION=VALUE; may be given again. It stays in your shell's history: --answers - does not.",
        autocompletion=completion.answers,
    ),
]
AnswersFile = Annotated[
    str | None,
    typer.Option(
        "--answers",
        metavar="FILE",
        help="Answers in YAML or JSON; - reads standard input. A plan saved as .json can be given back.",
    ),
]
Save = Annotated[
    str | None,
    typer.Option(
        "--save",
        metavar="FILE",
        help="Also write what is shown to a file: .txt, .md or .json. Without this nothing is kept.",
    ),
]
CopyText = Annotated[
    bool, typer.Option("--copy-text", help="Plain text to paste into a referral form, instead of panels.")
]
Explain = Annotated[bool, typer.Option("--explain", help="Then draw what decided in the rules behind it.")]
NoInput = Annotated[bool, typer.Option("--no-input", help="Never ask. Exit 3 when answers are missing.")]


# What a command comes to. It runs after Typer has let go, which would give an interrupt, an end of input and a
# closed pipe exit codes of its own.
Act = Callable[[], int]


def _request(
    area: str | None,
    at: str | None,
    json: bool,
    plain: bool,
    accessible: bool,
    toolkit: Sequence[str] | None,
    short: bool = False,
) -> Any:
    from cst.cli.request import Request

    return Request.of(area, at, json, plain, accessible, toolkit, short)


def _keeping(save: str | None, copy_text: bool) -> Any:
    """What to keep, where anything is to be kept: most often nothing is, and its module need not be loaded."""
    if save is None and not copy_text:
        return None
    from cst.cli.saving import Keeping

    return Keeping(save, copy_text)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> Act | None:
    """The community safety toolkit: who is in danger, what to do now, whom to ring at this minute, and why.

    \b
    Examples:
      cst triage
      cst lookup marac
      cst eligible fire-visit
    """
    if version:
        from cst.cli.commands.version import show_version

        return show_version
    if context.invoked_subcommand is None:
        from cst.cli.commands.welcome import welcome

        return partial(welcome, _request(None, None, False, False, False, None))
    return None


@app.command(short_help="Walk through it, question by question")
def triage(
    issues: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ISSUE]...",
            help="What it is about, if you know. See: cst list issues",
            autocompletion=completion.issues,
        ),
    ] = None,
    answer: Given = None,
    answers: AnswersFile = None,
    no_input: NoInput = False,
    save: Save = None,
    copy_text: CopyText = False,
    explain: Explain = False,
    area: Area = None,
    at: At = None,
    json: Json = False,
    plain: Plain = False,
    accessible: Accessible = False,
    short: Short = False,
    toolkit: Overlay = None,
) -> Act:
    """Walk through what is happening; ends in what to do, whom to ring and why.

    \b
    Examples:
      cst triage
      cst triage domestic-abuse --area southampton
      cst triage --no-input -a immediate-danger=yes
      cst triage --no-input --json --answers case.yaml
      cst triage --save plan.json
      cst triage --answers plan.json

    The last goes on from a saved plan: its answers and its area, for this minute.

    Exit: 0 done, 3 questions remain, 10 call 999 first, 20 left before the end, 74 not saved.
    """
    from cst.cli.commands.triage import triage as run_triage
    from cst.walk.session import may_ask

    ask = may_ask(no_input or json, "cst triage --no-input -a immediate-danger=no -a concerns=scams")
    request = _request(area, at, json, plain, accessible, toolkit, short)
    keeping = _keeping(save, copy_text)
    return partial(run_triage, request, issues or [], answer or [], answers, ask=ask, explain=explain, keeping=keeping)


@app.command(short_help="Look up a topic, service, acronym or words")
def lookup(
    terms: Annotated[
        list[str],
        typer.Argument(
            metavar="TERM...",
            help="A name or acronym, old or new, or any words for what you see.",
            autocompletion=completion.entries,
        ),
    ],
    field: Annotated[
        str | None,
        typer.Option(
            "--field", metavar="FIELD", help="Only this of whom to ring first: phone, name, hours, email, url."
        ),
    ] = None,
    sources: Annotated[bool, typer.Option("--sources", help="At a terminal, name every source too.")] = False,
    area: Area = None,
    at: At = None,
    json: Json = False,
    plain: Plain = False,
    accessible: Accessible = False,
    short: Short = False,
    toolkit: Overlay = None,
) -> Act:
    """Look up an issue, service, scheme, word or acronym, or say in your own words what it is about.

    \b
    Examples:
      cst lookup marac
      cst lookup IDVA
      cst lookup neighbour shouting at her
      cst lookup hate crime --area gosport
      cst lookup mash --json
      cst lookup mash --area havant --field phone

    Several that fit are a choice at a terminal and a list in a pipe.

    Exit: 0 found, 1 nothing found (then all issues are listed), 20 left the choice.
    """
    from cst.cli.commands.lookup import LookupOptions
    from cst.cli.commands.lookup import lookup as run_lookup

    request = _request(area, at, json, plain, accessible, toolkit, short)
    return partial(run_lookup, request, terms, LookupOptions(field, sources))


@app.command(short_help="Check who can have something, or a duty")
def eligible(
    scheme: Annotated[
        str | None,
        typer.Argument(
            metavar="[SCHEME]", help="Without it, the schemes are listed.", autocompletion=completion.schemes
        ),
    ] = None,
    answer: Given = None,
    answers: AnswersFile = None,
    no_input: NoInput = False,
    save: Save = None,
    copy_text: CopyText = False,
    explain: Explain = False,
    area: Area = None,
    at: At = None,
    json: Json = False,
    plain: Plain = False,
    accessible: Accessible = False,
    short: Short = False,
    toolkit: Overlay = None,
) -> Act:
    """Check whether someone is eligible, or whether a threshold or duty is met.

    \b
    Examples:
      cst eligible
      cst eligible fire-visit
      cst eligible fire-visit --no-input -a age=82
      cst eligible marac -a professional-judgement=yes
      cst eligible fire-visit --save visit.md

    Exit: 0 yes, 1 no, 3 cannot say yet, 74 not saved.
    """
    request = _request(area, at, json, plain, accessible, toolkit, short)
    if scheme is None:
        if save is not None or copy_text:
            says = "--save and --copy-text go with one scheme."
            raise trouble(Exit.USAGE, "scheme", says, "Name it, for example: cst eligible fire-visit --save visit.txt")
        from cst.cli.commands.listing import list_all

        return partial(list_all, request, "schemes")
    from cst.cli.commands.eligible import eligible as run_eligible

    ask, keeping = not (no_input or json), _keeping(save, copy_text)
    return partial(run_eligible, request, scheme, answer or [], answers, ask=ask, explain=explain, keeping=keeping)


@app.command(short_help="Check a whole caseload, row by row")
def screen(
    scheme: Annotated[
        str, typer.Argument(metavar="SCHEME", help="See: cst list schemes", autocompletion=completion.schemes)
    ],
    file: Annotated[str, typer.Argument(metavar="FILE", help="One person a row: CSV, or Parquet by its name.")],
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where the rows go: CSV, or Parquet by its name."),
    ] = None,
    mapping: Annotated[
        str | None, typer.Option("--map", metavar="FILE", help="YAML that says which column answers which question.")
    ] = None,
    keep_cells: Annotated[
        bool, typer.Option("--keep-cells", help="Copy cells as they are, also those a spreadsheet would run.")
    ] = False,
    summary: Annotated[
        bool, typer.Option("--summary", help="Show the counts, and which question would settle most rows.")
    ] = False,
    no_input: NoInput = False,
    area: Area = None,
    at: At = None,
    json: Json = False,
    plain: Plain = False,
    accessible: Accessible = False,
    toolkit: Overlay = None,
) -> Act:
    """Check a whole caseload: every row of a file comes back with its verdict, and why.

    \b
    Examples:
      cst screen fire-visit caseload.csv --output screened.csv --summary
      cst screen fire-visit caseload.parquet --output screened.parquet
      cst screen marac-referral list.csv --map columns.yaml > screened.csv
      cst screen fire-visit caseload.csv --json

    Columns are found by name: question ids, their words, or date-of-birth for an age. Blank means not known, which
    never means no. Four columns are added: cst_verdict, cst_because, cst_would_settle and cst_status. A row that
    cannot be read says needs-a-person. Cells that a spreadsheet would run get an apostrophe in front.

    Exit: 0 done, 65 rows need a person or the file is refused, 66 no such file, 74 not written.
    """
    from cst.cli.commands.screen import ScreenOptions
    from cst.cli.commands.screen import screen as run_screen

    may_ask = not (no_input or json) and sys.stdin.isatty() and sys.stderr.isatty()
    wanted = ScreenOptions(output, mapping, keep_cells, summary, may_ask)
    return partial(run_screen, _request(area, at, json, plain, accessible, toolkit), scheme, file, wanted)


@app.command("list", short_help="List topics, contacts, schemes, terms, areas")
def list_(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="Such as issues, contacts, schemes or terms. Without it, what there is a list of.",
            autocompletion=completion.lists,
        ),
    ] = None,
    area: Area = None,
    at: At = None,
    json: Json = False,
    plain: Plain = False,
    accessible: Accessible = False,
    toolkit: Overlay = None,
) -> Act:
    """List all issues, contacts, schemes, pathways, cautions, terms, areas, questions or sources.

    \b
    Examples:
      cst list
      cst list issues
      cst list questions --json
    """
    from cst.cli.commands.listing import list_all

    return partial(list_all, _request(area, at, json, plain, accessible, toolkit), kind)


@app.command(short_help="Draw the rule behind a scheme or pathway")
def graph(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A scheme, a pathway, an issue, a named rule or a mode.",
            autocompletion=completion.ruled,
        ),
    ],
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="tree, mermaid or svg.")] = "tree",
    answer: Given = None,
    answers: AnswersFile = None,
    area: Area = None,
    at: At = None,
    json: Json = False,
    plain: Plain = False,
    accessible: Accessible = False,
    toolkit: Overlay = None,
) -> Act:
    """Draw the rule behind a scheme or pathway; with answers each branch says yes, no, not sure or ?.

    \b
    Examples:
      cst graph fire-visit
      cst graph da-high-risk -a concerns=domestic-abuse -a dash-count=6
      cst graph marac-referral --format mermaid
      cst graph fire-visit --format svg > fire-visit.svg

    Exit: 0 drawn, 1 nothing with a rule is called this.
    """
    from cst.cli.commands.graph import draw

    return partial(draw, _request(area, at, json, plain, accessible, toolkit), name, form, answer or [], answers)


@app.command("help", short_help="Longer help on a topic or command")
def help_(
    context: typer.Context,
    topic: Annotated[
        str | None, typer.Argument(metavar="[TOPIC]", help="accessibility, privacy, or a command. Without it, these.")
    ] = None,
) -> Act:
    """Longer help: on accessibility, on privacy, or on a command.

    \b
    Examples:
      cst help accessibility
      cst help triage

    Exit: 0, or 2 where there is no such topic.
    """
    from cst.cli.commands.help import show_help

    commands = list(typer.main.get_group(app).commands)
    if topic in commands:
        return partial(run, [topic, "--help"])
    return partial(show_help, topic, commands)


@app.command(short_help="Show your settings and where they come from")
def settings() -> Act:
    """Show the defaults in force (area, plain, accessible, toolkit) and where each comes from.

    Exit: 0.
    """
    from cst.cli.settings import show_settings

    return show_settings


@app.command(short_help="Check the toolkit, or your own file")
def check(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help="Overlays to check on top of the shipped toolkit.")
    ] = None,
    area: Area = None,
    at: At = None,
    json: Json = False,
    plain: Plain = False,
    accessible: Accessible = False,
    toolkit: Overlay = None,
    seal: Annotated[
        bool, typer.Option("--seal", help="For maintainers: seal the shipped files as they are, once proved.")
    ] = False,
) -> Act:
    """Prove the toolkit, or an overlay on top of it: shape, references, rules, promises and cases.

    \b
    Examples:
      cst check
      cst check my-team.yaml

    Exit: 0 nothing wrong, 1 faults found (each with file, line and what to do).
    """
    from cst.cli.commands.check import check as run_check

    return partial(run_check, _request(area, at, json, plain, accessible, toolkit), files or [], seal=seal)


export = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    export, name="export", help="Write a rule for another program.", short_help="Write a rule for another program"
)


@export.command("sql", short_help="A scheme's rule as SQL")
def export_sql(
    scheme: Annotated[
        str,
        typer.Option("--scheme", metavar="SCHEME", help="See: cst list schemes", autocompletion=completion.schemes),
    ],
    dialect: Annotated[
        str, typer.Option("--dialect", metavar="DIALECT", help="duckdb, postgres, sqlite, tsql, spark or bigquery.")
    ],
    area: Area = None,
    at: At = None,
    toolkit: Overlay = None,
) -> Act:
    """Write a scheme's rule as one SQL expression over columns that may be NULL.

    \b
    Examples:
      cst export sql --scheme fire-visit --dialect postgres
      cst export sql --scheme marac-referral --dialect spark --area southampton

    Exit: 0, or 2 where there is no such scheme or dialect.
    """
    from cst.cli.commands.export import export_sql as run_export_sql

    return partial(run_export_sql, _request(area, at, False, True, False, toolkit), scheme, dialect)


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and gives its exit code.

    Raises:
        Trouble: the command line is wrong, or the command cannot do what was asked.
        BrokenPipeError: the reader has gone.
    """
    from typer._click.exceptions import ClickException  # vendored since 0.26; TyperException has no message

    try:
        act = app(args=list(arguments), prog_name="cst", standalone_mode=False, terminal_width=_help_width())
    except ClickException as error:
        from cst.cli.usage_errors import usage

        raise usage(error) from None
    except SystemExit as left:  # Click's own way out where nobody reads its help any more
        raise BrokenPipeError from left
    return int(act() if callable(act) else act or 0)


def _help_width() -> int:
    """The columns that help takes: Typer's own way is never under 50, and a small screen then parts words."""
    from cst import card

    return max(20, min(card.columns(), 80) - 2)
