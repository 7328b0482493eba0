"""The command line as Typer declares it: commands, what they take and their help. `dispatch` runs them.

Rich is kept out of help and errors (`rich_markup_mode=None`): plain help is faster and can be read aloud.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Annotated, Any

import typer

from cst.cli import completion, dispatch
from cst.cli.errors import trouble
from cst.cli.options import PROGRAM, Given, Option, taken_by
from cst.exits import Exit

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


def documented(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a function back its docstring, which is its help, where `python -OO` threw it away."""
    function.__doc__ = function.__doc__ or _written(function.__name__)
    return function


def _written(name: str) -> str | None:
    """The docstring of a function here, as it stands in this file."""
    import ast

    with open(__file__, encoding="utf-8") as file:
        nodes = ast.walk(ast.parse(file.read()))
    return next(
        (ast.get_docstring(one) for one in nodes if isinstance(one, ast.FunctionDef) and one.name == name), None
    )


def takes_options(command: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a function the options of a command: Typer sees each of them, and the function has them as its `given`."""
    taken = {_identifier(option): option for option in taken_by(command)}

    def with_options(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def called(**values: Any) -> Any:
            options = {option.name: values.pop(name) for name, option in taken.items()}
            nameless = next(
                (one for one in taken.values() if one.metavar == "FILE" and _blank(options[one.name])), None
            )
            if nameless:
                says = f"{nameless.name} needs the name of a file."
                raise trouble(Exit.USAGE, "usage", says, f"See: cst {command} --help")
            given = Given({name: value for name, value in options.items() if value not in (None, False, [])})
            return function(**values, given=given)

        called.__doc__ = documented(function).__doc__
        own = inspect.signature(function, eval_str=True).parameters.values()
        parameters = [one for one in own if one.name != "given"] + [_parameter(option) for option in taken.values()]
        called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        called.__annotations__ = {one.name: one.annotation for one in parameters}
        shared = " ".join(option.name for option in taken.values() if option.shared)
        if shared:
            called.__doc__ = f"{inspect.getdoc(function)}\n\n{shared}: cst help options"
        return called

    return with_options


def _blank(value: Any) -> bool:
    """Whether a name was given that is none, as when a script's variable is empty."""
    return value == "" or (isinstance(value, list) and "" in value)


def _identifier(option: Option) -> str:
    return option.name.strip("-").replace("-", "_")


def _parameter(option: Option) -> inspect.Parameter:
    """An option as Typer reads it from a function's signature."""
    kind: Any = list[str] if option.repeatable else str if option.metavar else bool
    default: Any = option.default if option.metavar else False
    offered = getattr(completion, option.completes) if option.completes else None
    declared = typer.Option(
        *option.spellings, metavar=option.metavar, help=option.help, autocompletion=offered, hidden=option.shared
    )
    return inspect.Parameter(
        _identifier(option),
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if option.required else default,
        annotation=Annotated[kind if option.required or default is not None else kind | None, declared],
    )


@app.callback(invoke_without_command=True)
@takes_options(PROGRAM)
def start(context: typer.Context, given: Given) -> Act | None:
    """Who is in danger, what to do now, whom to ring at this minute, and why.

    Begin with: cst triage, or cst lookup marac. At 2 a.m.: cst help night.
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
      cst triage domestic-abuse --area southampton
      cst triage --save plan.json, later --answers plan.json

    Exit: 0 done, 3 questions remain, 10 call 999 first, 20 left, 74 not saved.
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
      cst lookup neighbour shouting at her
      cst lookup mash --area havant --field phone

    Exit: 0 found, 1 nothing found (then all issues are listed), 20 left the choice.
    """
    return partial(dispatch.lookup, terms, given)


@app.command(short_help="Check who can have something, or a duty")
@takes_options("eligible")
def eligible(
    given: Given,
    scheme: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCHEME]", help="Without it, the schemes are listed.", autocompletion=completion.schemes
        ),
    ] = None,
) -> Act:
    """Check whether someone is eligible, or whether a threshold or duty is met.

    \b
    Examples:
      cst eligible fire visit
      cst eligible fire-visit --no-input -a age=82

    Exit: 0 yes, 1 no, 3 cannot say yet, 74 not saved.
    """
    return partial(dispatch.eligible, " ".join(scheme or ()) or None, given)


@app.command(short_help="Check a whole caseload, row by row")
@takes_options("screen")
def screen(
    given: Given,
    scheme: Annotated[
        str, typer.Argument(metavar="SCHEME", help="See: cst list schemes", autocompletion=completion.schemes)
    ],
    file: Annotated[str, typer.Argument(metavar="FILE", help="One person a row: CSV, or Parquet by its name.")],
) -> Act:
    """Check a whole caseload: each row comes back with its verdict, and why.

    \b
    Examples:
      cst screen fire-visit caseload.csv --output screened.csv --summary

    Blank means not known, never no. Exit: 0 done, 65 rows need a person or the file is refused, 66 no file,
    74 not written.
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
      cst list roles --area gosport
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
      cst graph da-high-risk -a concerns=domestic-abuse -a dash-count=6
      cst graph fire-visit --format svg > fire-visit.svg

    Exit: 0 drawn, 1 nothing with a rule is called this.
    """
    return partial(dispatch.graph, name, given)


@app.command("help", short_help="Longer help on a topic or command")
@documented
def help_(
    context: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(metavar="[TOPIC]", help="night, accessibility, privacy, or a command. Without it, these."),
    ] = None,
) -> Act:
    """Longer help: at night, for screen readers, on privacy, or on a command.

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


@app.command(short_help="Show your settings, or set your area")
@documented
def settings(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="area, plain or accessible.")] = None,
    value: Annotated[
        list[str] | None,
        typer.Argument(metavar="[VALUE]", help="A council area or town; yes or no.", autocompletion=completion.areas),
    ] = None,
) -> Act:
    """Show the defaults in force (area, plain, accessible, toolkit) and where each comes from; or set one.

    \b
    Examples:
      cst settings
      cst settings area gosport

    Exit: 0, 2 where there is no such setting or place, 74 not written.
    """
    return partial(dispatch.settings, name, " ".join(value or ()))


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


@app.command(short_help="Ring down the list: confirm numbers")
@takes_options("verify")
def verify(
    given: Given,
    contacts: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CONTACT]...", help="By name or id. Without any, all that nobody has confirmed."),
    ] = None,
) -> Act:
    """Ring down the list, the most dangerous first. What they say is written down by role and day.

    \b
    Examples:
      cst verify --list --within 60d --area gosport
      cst verify --list --format ics > calls.ics
      cst verify hampshire-adults
      cst verify --into our-numbers.yaml

    In a checkout it changes the shipped YAML. Answers are kept as they come: the same command goes on.
    Exit: 0 done, 20 left, 65 what was kept cannot be read, 74 not written, 78 it would not fit the toolkit.
    """
    return partial(dispatch.verify, contacts or [], given)


@app.command(short_help="What differs between two editions")
@takes_options("changes")
def changes(
    given: Given,
    old: Annotated[str, typer.Argument(metavar="OLD", help="A toolkit file, a folder, or a git revision.")],
    new: Annotated[
        str | None, typer.Argument(metavar="[NEW]", help="The same. Without it, the toolkit in use.")
    ] = None,
) -> Act:
    """Show what differs between two editions: whom to ring first, numbers, hours, thresholds, answers and words.

    \b
    Examples:
      cst changes HEAD~1
      cst changes v2026.1 data --all --format markdown > note.md

    Exit: 0 nothing differs, 1 something does, 65 one is no toolkit, 66 there is no such file.
    """
    return partial(dispatch.changes, old, new, given)


export = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    export,
    name="export",
    help="Write what cst knows for paper, or for another program.",
    short_help="Write a handbook, or for other programs",
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


@export.command("handbook", short_help="All that is known as one HTML file")
@takes_options("export handbook")
def export_handbook(given: Given) -> Act:
    """Write all that is known as one HTML file, for a phone, a locked-down computer or paper.

    \b
    Examples:
      cst export handbook --area gosport > handbook.html
      cst export handbook > all-areas.html

    Exit: 0, or 2 where the place is not known, the clock is wrong or Jinja2 is not installed.
    """
    return partial(dispatch.export_handbook, given)


# What is known in the form of another program: a short help, what it writes, and the file that it becomes.
KNOWN = {
    "vcard": (
        "Contacts for an address book",
        "the contacts as an address book (vCard 3.0), for a phone: no persons",
        "vcf",
    ),
    "csv": ("Contacts for a spreadsheet", "the contacts as a CSV file for a spreadsheet, a row for each number", "csv"),
    "markdown": ("All that is known as one Markdown file", "the handbook as one Markdown document", "md"),
    "json": ("All that is known as data", "all that is known as one JSON document, for another program", "json"),
}


def _exports(form: str, writes: str, ending: str) -> Callable[[Given], Act]:
    """The command that writes one of these."""

    def exported(given: Given) -> Act:
        return partial(dispatch.export_known, form, given)

    exported.__doc__ = f"""Write {writes}.

    \b
    Examples:
      cst export {form} --area gosport > gosport.{ending}
      cst export {form} > all-areas.{ending}

    Exit: 0, or 2 where the place is not known or the clock is wrong.
    """
    return takes_options(f"export {form}")(exported)


for _form, (_short, _writes, _ending) in KNOWN.items():
    export.command(_form, short_help=_short)(_exports(_form, _writes, _ending))


@export.command("open-referral", short_help="Services for other directories")
@takes_options("export open-referral")
def export_open_referral(given: Given) -> Act:
    """Write the contacts as services in the form of Open Referral, for another directory.

    \b
    Examples:
      cst export open-referral > services.json
      cst export open-referral --area gosport --profile uk > gosport.json

    Exit: 0, or 2 where the place or the profile is not known.
    """
    return partial(dispatch.export_open_referral, given)


import_ = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    import_,
    name="import",
    help="Read what other directories know into a local file.",
    short_help="Read services of another directory",
)


@import_.callback()
def _import() -> None:
    """Keeps it a group: Typer makes one of a single command that command."""


@import_.command("open-referral", short_help="A feed of services as a local file")
@takes_options("import open-referral")
def import_open_referral(
    given: Given,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A service, a list or a page of them, in JSON.")],
) -> Act:
    """Read a feed of Open Referral as a local file, and say what was left out and why.

    \b
    Examples:
      cst import open-referral feed.json --save their-services.yaml
      cst import open-referral feed.json --serves gosport --json

    Without --save the local file is printed. Nothing in a feed is believed: read it, then cst check it.
    Exit: 0 done, 1 nothing to take, 65 the feed cannot be read, 66 no file, 74 not saved.
    """
    return partial(dispatch.import_open_referral, file, given)


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and gives its exit code.

    Raises:
        Trouble: the command line is wrong, or the command cannot do what was asked.
        BrokenPipeError: the reader has gone.
    """
    from typer._click.exceptions import ClickException  # vendored since 0.26; TyperException has no message

    if arguments[:1] == ["--install-completion"] and len(arguments) <= 2:
        return completion.install_for(arguments[1] if arguments[1:] else None)
    try:
        act = app(args=list(arguments), prog_name="cst", standalone_mode=False, terminal_width=_help_width())
    except ClickException as error:
        from cst.cli.usage_errors import usage

        raise usage(error) from None
    except SystemExit as left:
        told = any(name.endswith("_COMPLETE") for name in os.environ)  # a shell asked what to offer
        if told or not left.code:  # or how to set it up
            return int(left.code or 0)
        raise BrokenPipeError from left  # Click's own way out where nobody reads its help any more
    return int(act() if callable(act) else act or 0)


def _help_width() -> int:
    """The columns that help takes: Typer's own way is never under 50, and a small screen then parts words."""
    from cst import card

    return max(20, min(card.columns(), 80) - 2)
