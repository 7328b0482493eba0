"""What `cst` says, as plain data: the JSON contract, and what every view draws from.

One structure feeds the panel, the plain text and the JSON, so that all hold the same numbers in the same order.
Published as `docs/cst.schema.json`. Moments are ISO 8601 with offset, in Europe/London.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Urgency = Literal["now", "today", "soon", "routine"]
Came = Literal["eligible", "not-eligible", "cannot-say"]


class Source(TypedDict):
    """A document or page behind what is said."""

    id: str
    title: str
    publisher: str
    dated: str  # a date, or "undated"
    consulted: str


class Phone(TypedDict):
    """One number and whether it answers now (None: not known)."""

    number: str
    kind: str
    open: bool | None
    always: bool
    until: str | None  # when an open line closes
    opens_at: str | None  # when a closed line next opens
    hours: str  # in words, as the contact's
    note: str | None
    cost: str | None


class Conflict(TypedDict):
    """Sources that disagree: every value, and how it is handled."""

    about: str
    values: list[dict[str, str]]  # number or says, and source (a title with its date)
    handling: str


class Contact(TypedDict):
    """A service to ring, write to or visit, as it stands at this minute."""

    id: str
    name: str
    area: str  # the area it serves, in words
    here: bool  # whether it serves the area asked about, or the whole country; only then may it be the first to ring
    status: Literal["active", "historic", "unconfirmed"]
    phones: list[Phone]  # open ones first
    emails: list[dict[str, str]]  # address, note
    url: str | None
    open: bool | None
    always: bool
    until: str | None
    opens_at: str | None
    hours: str  # in words: "open until 08:30", "closed, opens Mon 08:30", "hours not known"
    out_of_hours: bool
    who_for: str | None
    application_process: str | None
    have_ready: list[str]
    if_no_answer: str | None  # a contact id
    caution: str | None
    alert: str | None
    assured_date: str | None
    seen: str  # "seen on hants.gov.uk page (undated), not yet rung" / "confirmed 2026-12-01"
    review_by: str
    old: bool
    confidence: str
    conflicts: list[Conflict]
    became: dict[str, object] | None  # outcome, says, see (ids)
    old_numbers: list[str]  # historic: for recognition, never to ring
    old_emails: list[str]
    local: str | None  # the overlay's name, where the record comes from one
    beside: str | None  # the id of the shipped contact of which this is a local correction that is out of date
    sources: list[Source]


class Step(TypedDict):
    """One thing to do, with its time limit if it has one."""

    text: str
    within: str | None


class Caution(TypedDict):
    """Something one must not do."""

    id: str
    text: str
    why: str | None


class Reason(TypedDict):
    """An answer that decided something, in ids and in words."""

    question: str
    answer: object  # "yes", "no", "not-sure", a number, a choice id or a list of them
    says: str


class Question(TypedDict):
    """A question worth asking. Open questions with the same screen number may be asked together."""

    id: str
    ask: str
    hint: str | None
    why: str
    type: Literal["yes-no", "number", "choice", "pick-many"]
    choices: list[dict[str, str]]  # id, label
    constraint: dict[str, object] | None  # at_least, at_most, message
    unit: str | None
    group: str | None
    screen: int  # 0 is the screen to show next
    danger: bool
    sensitive: bool
    observe: bool


class RoleUnfilled(TypedDict):
    """A role that no contact fills in this area, and what to do about it; `first` where it was to be rung first."""

    role: str
    says: str
    first: bool


class First(TypedDict):
    """The call to make first: every form reads it, and none works it out again."""

    contact: str  # a contact id
    phone: str  # the number


class Outcome(TypedDict):
    """One pathway that applies."""

    id: str
    title: str
    urgency: Urgency
    certain: bool
    leads: bool  # certain, or a "not sure" that may set the heading, the first number and exit code 10
    asks: list[str]  # the named questions to settle what it was taken on
    because: list[Reason]
    unsure_of: list[Question]
    steps: list[Step]
    cautions: list[Caution]
    contacts: list[Contact]  # in the order in which to ring; the last is always open
    unfilled: list[RoleUnfilled]
    first: First | None
    no_first: str | None  # why there is no call to make first
    have_ready: list[str]
    if_worse: str | None
    issues: list[str]
    sources: list[Source]


class Ladder(TypedDict):
    """Whom to ring, in order, and the call to make first."""

    contacts: list[Contact]  # in the order in which to ring; the last is always open
    unfilled: list[RoleUnfilled]
    first: First | None
    no_first: str | None


class FindOut(TypedDict):
    """One line of what is not known: a named question, what a yes means, whom to ring all the same."""

    question: str
    of: list[str]  # the choices of the question that it is about; empty: all of it
    pathways: list[str]  # what a yes would bring, ids; empty where it is about steps or do-nots alone
    urgency: Urgency  # that of a yes
    about: Literal["body", "attack", "own-life", "child", "money", "adult", "other"]
    says: str  # the question to ask, in words
    if_yes: str
    meanwhile: str | None  # what holds until it is known
    ring: Ladder
    line: int  # lines with the same number to ring first share a place; 0 is the deadliest


class SchemeHint(TypedDict):
    """A scheme that is already met, or one answer away."""

    scheme: str
    title: str
    met: bool
    says: str


class Mode(TypedDict):
    """A mode that is on, and the few lines it shows."""

    id: str
    title: str
    says: list[str]
    until: str | None


class Plan(TypedDict):
    """What `cst` says for a set of answers."""

    cst: int
    kind: Literal["plan"]
    edition: dict[str, str]  # title, version, published, disclaimer
    area: str | None
    area_name: str | None
    area_says: str | None  # what the place asked about was taken as, or why it has no area
    at: str
    answers: dict[str, object]
    set_aside: list[str]
    complete: bool
    next: list[Question]
    open: list[str]
    modes: list[Mode]
    find_out: list[FindOut]  # what is not known, the deadliest first
    outcomes: list[Outcome]  # what is certain, most urgent first; what was taken on "not sure"; the box "find-out" last
    first: First | None  # that of the first outcome
    no_first: str | None
    also_ask: list[SchemeHint]


class Verdict(TypedDict):
    """What `cst` says about one scheme."""

    cst: int
    kind: Literal["verdict"]
    edition: dict[str, str]
    scheme: str
    title: str
    summary: str
    verdict: Came
    answer: str  # the verdict in a word: "yes", or what stands in its place, as where the person refuses
    says: str
    urgency: Urgency | None  # how soon, where it is met and the scheme says so
    urgency_says: str | None
    law: dict[str, str] | None  # status, since, note
    area: str | None
    area_name: str | None
    area_says: str | None  # what the place asked about was taken as, or why it has no area
    area_note: str | None  # where the area has its own rule
    at: str
    answers: dict[str, object]
    because: list[Reason]
    also_because: list[Reason]  # what would have been enough as well
    unsure_of: list[Question]
    would_settle: list[Question]
    next: list[Question]
    how: How
    first: First | None
    no_first: str | None  # why there is no call to make first
    sources: list[Source]


class How(TypedDict):
    """How to apply or refer."""

    steps: list[Step]
    cautions: list[Caution]
    contacts: list[Contact]
    unfilled: list[RoleUnfilled]
    have_ready: list[str]


class Link(TypedDict):
    """Another entry worth looking at."""

    id: str
    type: str
    title: str


class Entry(TypedDict):
    """One entry of the quick reference: an issue, role, contact, scheme, pathway, caution, term or area."""

    cst: int
    kind: Literal["entry"]
    edition: dict[str, str]
    id: str
    type: Literal["issue", "role", "contact", "scheme", "pathway", "caution", "term", "area"]
    title: str
    also_known_as: list[str]
    summary: str | None
    lists: list[List]  # signs, criteria and so on, each with a heading
    who_leads: str | None
    law: str | None
    urgency: Urgency | None
    steps: list[Step]
    cautions: list[Caution]
    contacts: list[Contact]
    unfilled: list[RoleUnfilled]
    first: First | None
    no_first: str | None  # why there is no call to make first
    have_ready: list[str]
    see_also: list[Link]
    area: str | None
    area_name: str | None
    area_says: str | None  # what the place asked about was taken as, or why it has no area
    local_says: str | None  # why a local number is not given: which area is not known, or it is for another one
    at: str
    sources: list[Source]


class List(TypedDict):
    """A headed list of plain sentences."""

    heading: str
    items: list[str]


class Listing(TypedDict):
    """All records of one kind, one line each."""

    cst: int
    kind: Literal["listing"]
    of: str
    items: list[dict[str, str]]  # id, title, note


class Branch(TypedDict):
    """One branch of a rule: what it says, what the answers make of it, and its own branches."""

    says: str
    state: str  # "yes", "no", "not-sure" or "open"
    parts: list[Branch]


class Graph(TypedDict):
    """The rule of a pathway, scheme, named rule or mode."""

    cst: int
    kind: Literal["graph"]
    edition: dict[str, str]
    id: str
    type: str
    title: str
    area: str | None
    rule: Branch


class Fault(TypedDict):
    """One fault, with its place (file and line may be empty for a command's own input)."""

    code: str
    file: str
    line: int
    says: str
    remedy: str


class Proved(TypedDict):
    """One promise, over how much it was tried, and whether it holds."""

    promise: str
    tried: str
    holds: bool


class Due(TypedDict):
    """A day, and the contacts that are to be looked up again by then."""

    by: str
    contacts: list[str]


class Faults(TypedDict):
    """What is wrong with an input, a toolkit or an overlay; or, with no faults, what was checked.

    `cst check` adds what local files change, what it proved, and what is due for review.
    """

    cst: int
    kind: Literal["faults"]
    exit: int
    faults: list[Fault]
    checked: dict[str, int]
    changes: NotRequired[list[str]]
    proved: NotRequired[list[Proved]]
    due: NotRequired[list[Due]]


class Settles(TypedDict):
    """A question, and how many of the rows that cannot be said an answer to it could settle."""

    question: str
    ask: str
    rows: int


class Screening(TypedDict):
    """What a scheme's rule came to over a file of people. The rows themselves are in the output, not here."""

    cst: int
    kind: Literal["screening"]
    edition: dict[str, str]
    scheme: str
    title: str
    file: str
    output: str | None  # None: standard output, or no rows were asked for
    area: str | None
    area_name: str | None
    area_says: str | None  # what the place asked about was taken as, or why it has no area
    at: str
    rows: int
    verdicts: dict[str, int]  # eligible, not-eligible, cannot-say, needs-a-person: together all rows
    would_settle: list[Settles]  # most rows first
    columns: dict[str, str]  # question to the name of the column that answers it
    missing: list[str]  # questions that no column answers: not known in every row
