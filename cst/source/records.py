"""What is known: the shape of every record, declared once.

`source/schema.py` checks files against these shapes and publishes them as `data/toolkit.schema.json`.
Field names follow HSDS (services), XLSForm (questions) and DMN (decisions) where those have a word.
At run time the records are plain dicts; import this module for types only, as it loads pydantic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NotRequired, Required

from pydantic import BeforeValidator, ConfigDict, WithJsonSchema
from typing_extensions import TypedDict

from cst.source.field_types import (
    AnswerText,
    Clock,
    Date,
    Dated,
    Email,
    Id,
    Minute,
    Number,
    Rule,
    Text,
    Whole,
    YesNo,
    refers_to,
)

_STRICT = ConfigDict(extra="forbid")

AreaId = Annotated[Id, refers_to("areas")]
CautionId = Annotated[Id, refers_to("cautions")]
ContactId = Annotated[Id, refers_to("contacts")]
IssueId = Annotated[Id, refers_to("issues")]
ParameterId = Annotated[Id, refers_to("parameters")]
PathwayId = Annotated[Id, refers_to("pathways")]
QuestionId = Annotated[Id, refers_to("questions")]
RoleId = Annotated[Id, refers_to("roles")]
SchemeId = Annotated[Id, refers_to("schemes")]
SourceId = Annotated[Id, refers_to("sources")]
CallId = Annotated[Id, refers_to("roles|contacts")]
EntryId = Annotated[Id, refers_to("issues|roles|contacts|schemes|pathways|cautions|terms|areas")]


def _in_words(key: str) -> object:
    """`- some-id` is short for `- {key: some-id}`."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


if TYPE_CHECKING:

    class Loaded(TypedDict, total=False):
        """What loading adds to a record of a local file, and no file may write: so it is no part of what is checked."""

        local: str  # the file's name as it is shown
        shipped: Contact  # of a correction: the contact as cst ships it
        stale: list[str]  # of a shipped record: the corrections of it that are out of date
        beside: str  # of a correction that is out of date: what it corrected
else:
    Loaded = TypedDict


class Edition(TypedDict):
    """Which edition of the toolkit this is, and who keeps it (a role, never a person)."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    title: Text
    version: Text
    published: Date
    review_after_days: Whole
    area: AreaId
    maintainer: Text
    disclaimer: Text


class Source(Loaded):
    """A document or page behind a statement."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    title: Text
    publisher: Text
    url: NotRequired[Text]
    document: NotRequired[Text]
    dated: Dated
    consulted: Date


class BankHolidays(TypedDict):
    """Dates on which ordinary weekday hours do not hold; outside starts..ends nothing is known."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    division: Text
    starts: Date
    ends: Date
    dates: list[Date]
    sources: list[SourceId]


class Area(Loaded):
    """A council or force area; `within` names the area around it."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    name: Text
    within: NotRequired[AreaId]
    also_known_as: NotRequired[list[Text]]
    note: NotRequired[Text]


class Elsewhere(Loaded):
    """A place that this toolkit does not cover, known by name so that it can say so."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    name: Text
    also_known_as: NotRequired[list[Text]]
    note: NotRequired[Text]


class Role(Loaded):
    """What a pathway asks for; contacts fill roles. It is looked up by its everyday names, the same in every area.

    `if_none` is what to do where nobody is known to fill it. Look-up says to ring `otherwise` where no number does.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    name: Text
    also_known_as: NotRequired[list[Text]]
    if_none: Text
    otherwise: NotRequired[list[CallId]]


class Row(TypedDict):
    """One opening: days such as Mon, Mon-Thu, Sat-Sun or bank-holidays, with hours, `closed` or `unknown`."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    days: Annotated[
        Text,
        WithJsonSchema(
            {
                "type": "string",
                "pattern": "^(bank-holidays|(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))?)$",
            }
        ),
    ]
    opens_at: NotRequired[Clock]
    closes_at: NotRequired[Clock]
    closed: NotRequired[YesNo]
    unknown: NotRequired[YesNo]


Schedule = Literal["always", "unknown"] | list[Row]


class Phone(TypedDict):
    """One number. `note` says what it is for; `cost` only what a source says."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    number: Number
    kind: Literal["voice", "text", "textphone", "relay", "sms", "video"]
    schedule: NotRequired[Schedule]
    cost: NotRequired[Text]
    note: NotRequired[Text]


class Evidence(TypedDict):
    """Where a fact about a contact was seen. `said` is in our own words, without digits that can be dialled."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    source: SourceId
    said: NotRequired[Text]
    dated: NotRequired[Dated]
    consulted: NotRequired[Date]


class ConflictValue(TypedDict):
    """One of the values in a conflict, and the source that gives it."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    number: NotRequired[Number]
    says: NotRequired[Text]
    source: SourceId


class Conflict(TypedDict):
    """Two sources that disagree: both values, and what we do about it."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    about: Text
    values: list[ConflictValue]
    handling: Text


class Became(TypedDict):
    """What became of a historic service, and where to go instead."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    outcome: Literal["live", "renamed", "ended", "unknown"]
    says: Text
    see: NotRequired[list[EntryId]]


class MailBox(TypedDict):
    """An e-mail address and what to know before using it."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    address: Email
    note: NotRequired[Text]


# How sure the toolkit is of a contact, in the words that stand on the screen; docs/toolkit.md says what each means.
Confidence = Literal[
    "two pages agree",
    "one page only",
    "one page, old",
    "third party only",
    "2013 toolkit only",
    "named, no number seen",
    "no page seen",
    "our own list",
    "confirmed by a person",
]
# Who has confirmed a contact, and how: a role and never a name, so these are closed lists.
AssurerRole = Literal[
    "maintainer",
    "duty officer",
    "administrator",
    "community safety officer",
    "housing officer",
    "social worker",
    "safeguarding lead",
    "team manager",
    "volunteer",
]
AssuranceMeans = Literal["telephone", "text", "e-mail", "letter", "visit"]


class OnlyFor(TypedDict):
    """The people that a service is for, where it is not for all: `says` who, `not_if` when this person is not one."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    says: Text
    not_if: NotRequired[Rule]


class Contact(Loaded):
    """A service that can be rung, written to or visited.

    One that is `only_for` some people is never the first to ring unless there is no other, and shares a line.
    `settle` is what would settle what is not known of it.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    name: Text
    brief: NotRequired[Text]
    alternate_name: NotRequired[list[Text]]
    fills: NotRequired[list[RoleId]]
    serves: list[AreaId]
    who_for: NotRequired[Text]
    only_for: NotRequired[OnlyFor]
    status: Literal["active", "historic", "unconfirmed"]
    became: NotRequired[Became]
    phones: NotRequired[list[Phone]]
    old_numbers: NotRequired[list[Number]]
    emails: NotRequired[list[MailBox]]
    old_emails: NotRequired[list[Email]]
    url: NotRequired[Text]
    schedule: NotRequired[Schedule]
    settle: NotRequired[Text]
    out_of_hours: NotRequired[YesNo]
    application_process: NotRequired[Text]
    have_ready: NotRequired[list[Text]]
    if_no_answer: NotRequired[ContactId]
    evidence: list[Evidence]
    assured_date: NotRequired[Date]
    assured_by: NotRequired[AssurerRole]
    assured_means: NotRequired[AssuranceMeans]
    confidence: Confidence
    conflicts: NotRequired[list[Conflict]]
    review_by: NotRequired[Date]
    caution: NotRequired[Text]
    alert: NotRequired[Text]
    based_on: NotRequired[Id]


class Choice(TypedDict):
    """One answer to a choice or pick-many question; `score` where a tool sums them.

    Where `when` cannot be, it is not offered; given all the same, it counts.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    label: Text
    score: NotRequired[Whole]
    when: NotRequired[Rule]


class Constraint(TypedDict):
    """The range a number must lie in, and what to say when it does not."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    at_least: Whole
    at_most: Whole
    message: Text


class Step(TypedDict, total=False):
    """One thing to do; `when` limits it, `within` is the time limit.

    `brief` is the same in one row of a screen, with its time. `key: yes` is what this entry is for (refer, book,
    report), `duty: yes` what the law asks of the reader in person: both stand on the first screen.
    `instead` has other words by choices of the question with `words_only`, and `not_for` the choices that have none.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    say: Required[Text]
    instead: dict[Id, Text]
    not_for: list[Id]
    when: Rule
    within: Text
    brief: Text
    key: YesNo
    duty: YesNo


class CautionUse(TypedDict, total=False):
    """A caution in its place; `- some-id` is short for `- {caution: some-id}`."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    caution: Required[CautionId]
    not_for: list[Id]
    when: Rule


class Call(TypedDict, total=False):
    """A role or contact to ring, in order; `- some-id` is short for `- {use: some-id}`.

    With `first: yes` it stands before all that are open, unless it is known to be closed. `later` says what the
    ordinary police line is still for once the emergency line has been rung; without it that line is not named again.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    use: Required[CallId]
    not_for: list[Id]
    when: Rule
    first: YesNo
    later: Text


Steps = list[Annotated[Step, _in_words("say")]]
Cautions = list[Annotated[CautionUse, _in_words("caution")]]
Calls = list[Annotated[Call, _in_words("use")]]


class NotSure(TypedDict):
    """What "not sure" to a question does, in one row; the first row counts whose `when` is certain.

    `of`: for these choices alone; `pathways`: in these pathways alone. `take`: as a yes, below what is certain unless
    it `leads`. `find-out`: a line that asks, says what a yes means and rings; `always`: also where a yes brings no
    pathway. `caution` and `skip` say in `because` why there is no more, and in `leaves_out` what a yes would bring.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    do: Literal["take", "find-out", "caution", "skip"]
    when: NotRequired[Rule]
    of: NotRequired[list[Id]]
    pathways: NotRequired[list[PathwayId]]
    leads: NotRequired[YesNo]
    always: NotRequired[YesNo]
    asks: NotRequired[Text]
    brief: NotRequired[Text]
    if_yes: NotRequired[Text]
    meanwhile: NotRequired[Text]
    yes_is: NotRequired[Literal["now", "today", "soon"]]
    about: NotRequired[Literal["body", "attack", "own-life", "child", "money", "adult", "other"]]
    ring: NotRequired[Calls]
    cautions: NotRequired[Cautions]
    leaves_out: NotRequired[list[PathwayId]]
    because: NotRequired[Text]


class Asked(TypedDict):
    """How a question is put where `when` is certain."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    when: Rule
    ask: NotRequired[Text]
    hint: NotRequired[Text]


class Question(Loaded):
    """Something asked; its answer is a fact.

    Choices may be another kind's records (`choices_from`). Where `implied_by` is yes the answer is yes unasked.
    Where `asked_if` is no the question is not put, but an answer given all the same counts. Where it is not yet known
    the questions that decide it come first.
    `not_sure_leans: no` keeps "not sure" from counting towards yes (what is this about?).
    `not_sure` says what "not sure" does; `means_not_sure` is the choice that is read as "not sure".
    `words_only`: no rule of a pathway asks it. It words steps, is asked only while something else is, and "not sure"
    is as if it had not been asked. `asked_as` puts it in other words, the first that fits. `named` is what it is about
    in a word or two, for what an emergency leaves unasked.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    ask: Text
    hint: NotRequired[Text]
    why: Text
    type: Literal["yes-no", "number", "choice", "pick-many"]
    choices: NotRequired[dict[Id, Annotated[Choice, _in_words("label")]]]
    choices_from: NotRequired[Literal["issues", "areas"]]
    constraint: NotRequired[Constraint]
    unit: NotRequired[Text]
    group: NotRequired[Id]
    danger: NotRequired[YesNo]
    sensitive: NotRequired[YesNo]
    observe: NotRequired[YesNo]
    not_sure_leans: NotRequired[YesNo]
    not_sure: NotRequired[list[NotSure]]
    means_not_sure: NotRequired[Id]
    implied_by: NotRequired[Rule]
    asked_if: NotRequired[Rule]
    asked_as: NotRequired[list[Asked]]
    words_only: NotRequired[YesNo]
    named: NotRequired[Text]
    sources: NotRequired[list[SourceId]]


class DatedValue(TypedDict):
    """A parameter's value from one date, up to and including `ends` where it has ended."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    starts: Date
    ends: NotRequired[Date]
    value: Whole
    source: SourceId


class Parameter(Loaded):
    """A figure that can change, with its unit and dated values."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    title: Text
    unit: Text
    values: list[DatedValue]


class NamedRule(Loaded):
    """A rule that others use by its id."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    title: Text
    rule: Rule
    sources: NotRequired[list[SourceId]]


class Law(TypedDict):
    """Whether the rule behind a scheme is in force, since when, and what is not yet sure."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    status: Literal["in-force", "unconfirmed", "guidance", "historic"]
    since: NotRequired[Date]
    note: NotRequired[Text]


class Says(TypedDict):
    """What each verdict says."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    eligible: Text
    not_eligible: Text
    cannot_say: Text


class Instead(TypedDict, total=False):
    """What a yes says, and what to do, for some answers: where `when` is certain, or `not_sure_of` is "not sure"."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    when: Rule
    not_sure_of: QuestionId
    answer: Required[Text]
    says: Required[Text]
    steps: Steps


class HowSoon(TypedDict, total=False):
    """How urgent a yes is, for some answers, as with `Instead`; the last may have no condition."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    when: Rule
    not_sure_of: QuestionId
    urgency: Required[Literal["now", "today", "soon", "routine"]]
    says: Required[Text]


class AreaRule(TypedDict):
    """What a scheme is in an area: with `rule` by a rule of its own, with `says` another thing there, or nothing."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    rule: NotRequired[Rule]
    note: NotRequired[Text]
    says: NotRequired[Says]
    sources: list[SourceId]


class Scheme(Loaded):
    """Something a person can be eligible for, or a duty or threshold that can be met.

    `also_ask` is asked once it is met, each question once; it changes no verdict, and "not sure" there changes nothing.
    Of `instead` and of `how_soon` the first that fits counts.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    title: Text
    brief: NotRequired[Text]
    also_known_as: NotRequired[list[Text]]
    summary: Text
    rule: Rule
    area_rules: NotRequired[dict[AreaId, AreaRule]]
    law: NotRequired[Law]
    says: Says
    instead: NotRequired[list[Instead]]
    how_soon: NotRequired[list[HowSoon]]
    also_ask: NotRequired[list[QuestionId]]
    not_hinted_if: NotRequired[Rule]
    steps: Steps
    cautions: Cautions
    call: Calls
    have_ready: NotRequired[list[Text]]
    sources: list[SourceId]


class NotSureHere(TypedDict):
    """What "not sure" does in one pathway: `find-out` leaves it to the rows of the questions.

    `take` counts it as a yes where `when` is certain, for the questions in `of` or for all; `skip` leaves it out.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    do: Literal["take", "find-out", "skip"]
    when: NotRequired[Rule]
    of: NotRequired[list[QuestionId]]


class Unknown(TypedDict):
    """So many of these questions are answered "not sure"."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    count: Whole
    of: list[QuestionId]


OnNotSure = Annotated[
    list[NotSureHere],
    BeforeValidator(lambda value: [{"do": value}] if isinstance(value, str) else value),
    WithJsonSchema({"anyOf": [{"enum": ["take", "find-out", "skip"]}, {"type": "array", "items": {"type": "object"}}]}),
]


class ToMe(TypedDict):
    """What to have ready, and when it gets worse, in words for the one to whom it happens."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    have_ready: NotRequired[list[Text]]
    if_worse: NotRequired[Text]


class Pathway(Loaded):
    """What to do when its rule holds.

    Not where `not_if` is certain: then it would speak to the wrong person. "Not sure" never takes a pathway away.
    With `if_unknown` it is about what is not known: its rule must be certain, and one of these counts reached.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    title: Text
    brief: NotRequired[Text]
    instead: NotRequired[dict[Id, Text]]
    also_known_as: NotRequired[list[Text]]
    issues: NotRequired[list[IssueId]]
    urgency: Literal["now", "today", "soon", "routine"]
    rule: Rule
    on_not_sure: OnNotSure
    if_unknown: NotRequired[list[Unknown]]
    not_if: NotRequired[Rule]
    replaces: NotRequired[list[PathwayId]]
    steps: Steps
    cautions: Cautions
    call: Calls
    have_ready: NotRequired[list[Text]]
    if_worse: NotRequired[Text]
    to_me: NotRequired[ToMe]
    sources: list[SourceId]


class Mode(Loaded):
    """A way of going on: on while its rule holds (not sure counts as yes) and `until` is not yet answered yes.

    With `says` nothing but these few lines is shown. `line` stands at the top of every plan.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    title: Text
    rule: Rule
    until: NotRequired[QuestionId]
    says: NotRequired[list[Text]]
    line: NotRequired[Text]
    never_asks: NotRequired[list[QuestionId]]
    cautions: NotRequired[Cautions]
    sources: NotRequired[list[SourceId]]


# How a do-not that is broken can hurt: it gets known (A), a body in reach or let go (B), waiting and false calm (C),
# proof, and harm by asking (D), trust and home (E). docs/toolkit.md says what belongs where.
Kills = Literal["A", "B", "C", "D", "E"]


class Caution(Loaded):
    """Something one must not do, and why. `needed_for`: every plan about one of these issues must hold it.

    `kills` is its class, `brief` the same in one row of a screen. Where one of the pathways of `foremost_in` is for
    now or today it stands before all others. `only_there: yes` is wrong for other pathways: it names its own.
    `instead` and `not_for`: as in a step. What says how to treat somebody is not for them.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    title: Text
    kills: Kills
    brief: NotRequired[Text]
    foremost_in: NotRequired[list[PathwayId]]
    only_there: NotRequired[YesNo]
    signed: NotRequired[Date]
    instead: NotRequired[dict[Id, Text]]
    not_for: NotRequired[list[Id]]
    why: NotRequired[Text]
    needed_for: NotRequired[list[IssueId]]
    sources: list[SourceId]


class Merge(Loaded):
    """Cautions that may be said in one sentence, and the sentence. `signed`: absent until a practitioner has."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    of: list[CautionId]
    says: Text
    signed: NotRequired[Date]


class Term(Loaded):
    """A word or acronym a worker meets.

    Look-up shows the contacts it names under see_also, or else whom its first topic, pathway or scheme there rings.
    `call` is whom it says to ring instead: a role, where each area has its own.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    title: Text
    also_known_as: NotRequired[list[Text]]
    meaning: Text
    call: NotRequired[list[CallId]]
    see_also: NotRequired[list[EntryId]]
    sources: list[SourceId]
    based_on: NotRequired[Id]


class Issue(Loaded):
    """A topic a worker meets. Look-up shows its first pathway; one of them must hold as soon as it is chosen.

    `call` is whom look-up says to ring, where the pathway's own calls hang on answers that look-up does not have.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    title: Text
    brief: NotRequired[Text]
    also_known_as: NotRequired[list[Text]]
    summary: Text
    signs: list[Text]
    who_leads: Text
    law: NotRequired[Text]
    pathways: list[PathwayId]
    schemes: NotRequired[list[SchemeId]]
    see_also: NotRequired[list[EntryId]]
    cautions: list[CautionId]
    call: NotRequired[Calls]
    sources: list[SourceId]


class Words(Loaded):
    """What people say, slang and all. `means` is where it leads, the likeliest first; any of them is right.

    Without `means` it has nothing to do with anything here. `whole: yes` counts only when nothing else was typed.
    `danger: yes` marks what must lead to help for now; what means the emergency first is so without it.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    said: list[Text]
    means: NotRequired[list[EntryId]]
    whole: NotRequired[YesNo]
    danger: NotRequired[YesNo]


class Expect(TypedDict, total=False):
    """What must come out of a case. `first_number` is whom to ring first, `answer` a verdict in a word.

    `find_out` has a question for each line of the box.
    """

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    pathways: list[PathwayId]
    never: list[PathwayId]
    find_out: list[QuestionId]
    first_number: ContactId
    cautions: list[CautionId]
    verdict: Literal["eligible", "not-eligible", "cannot-say"]
    answer: Text
    urgency: Literal["now", "today", "soon", "routine"]
    questions_at_most: Whole


class Case(TypedDict):
    """A persona: answers, and what must come out. With `scheme` it checks a verdict, else a plan."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    name: Text
    scheme: NotRequired[SchemeId]
    answers: dict[QuestionId, AnswerText]
    at: Minute
    area: NotRequired[AreaId]
    expect: Expect
    sources: NotRequired[list[SourceId]]


class ToolkitFile(TypedDict, total=False):
    """One file: the toolkit, a pack of it or an overlay. The kinds stand in reading order."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    edition: Edition
    issues: dict[Id, Issue]
    questions: dict[Id, Question]
    rules: dict[Id, NamedRule]
    modes: dict[Id, Mode]
    fallback: PathwayId
    pathways: dict[Id, Pathway]
    schemes: dict[Id, Scheme]
    cautions: dict[Id, Caution]
    merges: dict[Id, Merge]
    roles: dict[Id, Role]
    contacts: dict[Id, Contact]
    areas: dict[Id, Area]
    elsewhere: dict[Id, Elsewhere]
    parameters: dict[Id, Parameter]
    bank_holidays: BankHolidays
    terms: dict[Id, Term]
    words: dict[Id, Words]
    sources: dict[Id, Source]
    cases: list[Case]
