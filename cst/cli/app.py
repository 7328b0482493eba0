"""The command line as Typer declares it: commands, what they take and their help. `dispatch` runs them.

Rich is kept out of help and errors (`rich_markup_mode=None`): plain help is faster and can be read aloud.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Annotated, Any

import typer

from cst.cli import completion, dispatch
from cst.cli.options import PROGRAM, Given, Option, taken_by

app = typer.Typer(
    name="cst",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# What a command comes to. It runs after Typer has let go, which would give an interrupt, an end of input and a
# closed pipe exit codes of its own.
Act = Callable[[], int]


def takes_options(command: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a function the options of a command: Typer sees each of them, and the function has them as its `given`."""
    taken = {_identifier(option): option for option in taken_by(command)}

    def with_options(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def called(**values: Any) -> Any:
            options = {option.name: values.pop(name) for name, option in taken.items()}
            given = Given({name: value for name, value in options.items() if value not in (None, False, [])})
            return function(**values, given=given)

        own = inspect.signature(function, eval_str=True).parameters.values()
        parameters = [one for one in own if one.name != "given"] + [_parameter(option) for option in taken.values()]
        called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        called.__annotations__ = {one.name: one.annotation for one in parameters}
        return called

    return with_options


def _identifier(option: Option) -> str:
    return option.name.strip("-").replace("-", "_")


def _parameter(option: Option) -> inspect.Parameter:
    """An option as Typer reads it from a function's signature."""
    kind: Any = list[str] if option.repeatable else str if option.metavar else bool
    default: Any = option.default if option.metavar else False
    offered = getattr(completion, option.completes) if option.completes else None
    declared = typer.Option(*option.spellings, metavar=option.metavar, help=option.help, autocompletion=offered)
    return inspect.Parameter(
        _identifier(option),
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if option.required else default,
        annotation=Annotated[kind if option.required or default is not None else kind | None, declared],
    )


@app.callback(invoke_without_command=True)
@takes_options(PROGRAM)
def start(context: typer.Context, given: Given) -> Act | None:
    """The community safety toolkit: who is in danger, what to do now, whom to ring at this minute, and why.

    \b
    Examples:
      cst triage
      cst lookup marac
      cst eligible fire-visit
    """
    if given["--version"]:
        return dispatch.version
    return partial(dispatch.welcome, given) if context.invoked_subcommand is None else None


@app.command(short_help="Walk through it, question by question")
@takes_options("triage")
def triage(
    given: Given,
    issues: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ISSUE]...",
            help="What it is about, if you know. See: cst list issues",
            autocompletion=completion.issues,
        ),
    ] = None,
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
    return partial(dispatch.triage, issues or [], given)


@app.command(short_help="Look up a topic, service, acronym or words")
@takes_options("lookup")
def lookup(
    given: Given,
    terms: Annotated[
        list[str],
        typer.Argument(
            metavar="TERM...",
            help="A name or acronym, old or new, or any words for what you see.",
            autocompletion=completion.entries,
        ),
    ],
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
    return partial(dispatch.lookup, terms, given)


@app.command(short_help="Check who can have something, or a duty")
@takes_options("eligible")
def eligible(
    given: Given,
    scheme: Annotated[
        str | None,
        typer.Argument(
            metavar="[SCHEME]", help="Without it, the schemes are listed.", autocompletion=completion.schemes
        ),
    ] = None,
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
    return partial(dispatch.eligible, scheme, given)


@app.command(short_help="Check a whole caseload, row by row")
@takes_options("screen")
def screen(
    given: Given,
    scheme: Annotated[
        str, typer.Argument(metavar="SCHEME", help="See: cst list schemes", autocompletion=completion.schemes)
    ],
    file: Annotated[str, typer.Argument(metavar="FILE", help="One person a row: CSV, or Parquet by its name.")],
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
    return partial(dispatch.screen, scheme, file, given)


@app.command("list", short_help="List topics, roles, contacts, schemes, terms, areas")
@takes_options("list")
def list_(
    given: Given,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="Such as issues, contacts, schemes or terms. Without it, what there is a list of.",
            autocompletion=completion.lists,
        ),
    ] = None,
) -> Act:
    """List all issues, roles, contacts, schemes, pathways, cautions, terms, areas, questions or sources.

    \b
    Examples:
      cst list
      cst list issues
      cst list questions --json
    """
    return partial(dispatch.list_, kind, given)


@app.command(short_help="Draw the rule behind a scheme or pathway")
@takes_options("graph")
def graph(
    given: Given,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A scheme, a pathway, an issue, a named rule or a mode.",
            autocompletion=completion.ruled,
        ),
    ],
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
    return partial(dispatch.graph, name, given)


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
    return dispatch.settings


@app.command(short_help="Check the toolkit, or your own file")
@takes_options("check")
def check(
    given: Given,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help="Overlays to check on top of the shipped toolkit.")
    ] = None,
) -> Act:
    """Prove the toolkit, or an overlay on top of it: shape, references, rules, promises and cases.

    \b
    Examples:
      cst check
      cst check my-team.yaml

    Exit: 0 nothing wrong, 1 faults found (each with file, line and what to do).
    """
    return partial(dispatch.check, files or [], given)


export = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    export, name="export", help="Write a rule for another program.", short_help="Write a rule for another program"
)


@export.command("sql", short_help="A scheme's rule as SQL")
@takes_options("export sql")
def export_sql(given: Given) -> Act:
    """Write a scheme's rule as one SQL expression over columns that may be NULL.

    \b
    Examples:
      cst export sql --scheme fire-visit --dialect postgres
      cst export sql --scheme marac-referral --dialect spark --area southampton

    Exit: 0, or 2 where there is no such scheme or dialect.
    """
    return partial(dispatch.export_sql, given)


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
