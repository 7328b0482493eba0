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
    brief: str | None  # the name in a screen's column
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
    only_for: str | None  # in a ladder: the people it is for, where nobody knows whether this is one of them
    later: str | None  # in a plan that rings the emergency line first: what this line is still for
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
    settle: str | None  # what would settle what is not known of it
    conflicts: list[Conflict]
    became: dict[str, object] | None  # outcome, says, see (ids)
    old_numbers: list[str]  # historic: for recognition, never to ring
    old_emails: list[str]
    local: str | None  # the overlay's name, where the record comes from one
    beside: str | None  # the id of the shipped contact of which this is a local correction that is out of date
    sources: list[Source]
    on_screen: NotRequired[bool]  # in JSON: whether a number of it stands on the one screen of 80 by 24


class Step(TypedDict):
    """One thing to do, with its time limit if it has one."""

    text: str
    within: str | None
    brief: str | None  # the same in one row of a screen
    key: bool  # what the entry is for: refer, book, report
    duty: bool  # what the law asks of the reader in person
    on_screen: NotRequired[bool]  # in JSON: whether it stands on the one screen of 80 by 24


class Caution(TypedDict):
    """Something one must not do."""

    id: str
    text: str
    why: str | None
    brief: str | None
    kills: Literal["A", "B", "C", "D", "E"]  # how it can hurt: see docs/toolkit.md
    on_screen: NotRequired[bool]  # in JSON: whether it stands on the one screen of 80 by 24


class DoNot(TypedDict):
    """One sentence of the do-nots of an answer, which may say several cautions at once."""

    says: str
    kills: Literal["A", "B", "C", "D", "E"]  # that of the deadliest it says
    of: list[str]  # ids of the cautions that it says
    outcomes: list[str]  # the pathways that it is about, where it would be wrong for the others


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
    named: str | None  # what it is about, in a word or two
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
    brief: str | None  # the title in a screen's row
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
    brief: str | None  # question and yes in one row of a screen
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
    not_used: list[Reason]  # the answers that were set aside, in words
    complete: bool
    next: list[Question]
    not_asked: list[Question]  # what an emergency leaves unasked, as nothing of it changes what to do first
    open: list[str]
    modes: list[Mode]
    lines: list[str]  # how the person needs to be understood: they stand at the top of every form
    find_out: list[FindOut]  # what is not known, the deadliest first
    outcomes: list[Outcome]  # what is certain, most urgent first; what was taken on "not sure"; the box "find-out" last
    do_nots: list[DoNot]  # of all that is for now or today, the deadliest first, each once
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
    brief: str | None
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
    do_nots: list[DoNot]
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
    brief: str | None
    also_known_as: list[str]
    summary: str | None
    lists: list[List]  # signs, criteria and so on, each with a heading
    who_leads: str | None
    law: str | None
    urgency: Urgency | None
    steps: list[Step]
    cautions: list[Caution]
    do_nots: list[DoNot]
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
    """All records of one kind, one line each; or the entries that fit some words."""

    cst: int
    kind: Literal["listing"]
    of: str
    items: list[dict[str, str]]  # id, title, note
    if_danger: NotRequired[dict[str, str]]  # the same, of what comes before all of them if it is danger, as it may be


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
    unsigned: NotRequired[dict[str, int]]  # what no practitioner has signed yet, and how much of it


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
    notes: list[str]  # what to know of the file as a whole: the order of its dates, letters of two kinds


class KnownPhone(TypedDict):
    """One number, and when it answers."""

    number: str
    kind: str
    schedule: str | list[dict[str, object]] | None  # as that of the contact
    hours: str
    note: str | None
    cost: str | None


class KnownContact(TypedDict):
    """A service that can be used, as it holds at any minute."""

    id: str
    name: str
    also_known_as: list[str]
    serves: list[str]  # area ids
    fills: list[str]  # role ids
    status: Literal["active", "unconfirmed"]
    phones: list[KnownPhone]  # in the order of a look-up on an ordinary Tuesday at 10:00
    schedule: str | list[dict[str, object]] | None  # "always", "unknown", rows; None: a local file differs, read hours
    hours: str  # in words, at any minute
    emails: list[dict[str, str]]
    url: str | None
    who_for: str | None
    application_process: str | None
    have_ready: list[str]
    if_no_answer: str | None
    caution: str | None
    alert: str | None
    assured_date: str | None
    seen: str
    review_by: str
    old: bool
    confidence: str
    settle: str | None
    conflicts: list[Conflict]
    local: str | None
    beside: str | None
    sources: list[str]  # source ids


class KnownPast(TypedDict):
    """A service of the past: to know it again, never to ring."""

    id: str
    name: str
    old_numbers: list[str]
    old_emails: list[str]
    became: dict[str, object] | None


class KnownEntry(TypedDict):
    """An issue, role, scheme, pathway, caution, term or area, as its look-up shows it at any minute."""

    id: str
    type: Literal["issue", "role", "scheme", "pathway", "caution", "term", "area"]
    title: str
    also_known_as: list[str]
    summary: str | None
    lists: list[List]
    who_leads: str | None
    law: str | None
    urgency: Urgency | None
    steps: list[Step]
    do_nots: list[DoNot]
    contacts: list[str]  # contact ids, in the order in which to ring by day
    unfilled: list[RoleUnfilled]
    first_by_day: First | None
    first_at_night: First | None
    have_ready: list[str]
    see_also: list[str]
    sources: list[str]


class Known(TypedDict):
    """All that is known, for one area or for all of them, as it holds at any minute.

    The order to ring in is that of two ordinary minutes, `day` and `night`.
    """

    cst: int
    kind: Literal["toolkit"]
    edition: dict[str, str]
    area: str | None
    area_name: str | None
    at: str  # when it was made
    day: str
    night: str
    bank_holidays: list[str]  # dates; after the last of them it is not known which days are
    contacts: list[KnownContact]  # the emergency line first, then by area
    past: list[KnownPast]
    entries: list[KnownEntry]
    sources: list[Source]


# What differs, by what it is about, in the order in which it is told.
Section = Literal[
    "first",  # whom to ring first
    "numbers",
    "contacts",  # who is called and where, services that are new, gone or historic
    "hours",
    "thresholds",  # rules, figures and how urgent
    "elsewhere",  # answers that lead elsewhere
    "not-sure",
    "steps",
    "do-nots",
    "words",
    "look-up",  # what people say, and other names
    "sources",
]


class Changed(TypedDict):
    """One thing that differs between two editions: what it was and what it is."""

    section: Section
    kind: str  # of the record: contacts, pathways, ...
    id: str
    title: str
    what: str  # what of it: "number", "step"; empty: all of it
    was: str | None  # None: it is new
    now: str | None  # None: it is gone
    turned: bool  # a "not" stands in only one of the two
    where: NotRequired[str]  # areas and time of day, in words; empty: everywhere, at any time
    topics: NotRequired[list[str]]  # in words
    ways: NotRequired[int]  # in how many ways to answer
    of: NotRequired[int]  # of how many under these topics
    example: NotRequired[str]  # one of them, in words


class Changes(TypedDict):
    """What differs between two editions of the toolkit; all of it, the most important first."""

    cst: int
    kind: Literal["changes"]
    exit: int  # 0: nothing, 1: something
    old: dict[str, str]  # named (as it was asked for), title, version, published
    new: dict[str, str]
    looked_at: dict[str, str]  # the minutes for which rules, figures and hours are compared, by name
    area: str | None  # in which it was looked at whom to ring first; null: in every area
    counts: dict[str, int]  # by section; a section without changes is left out
    changes: list[Changed]
    not_compared: list[str]


class ImportedService(TypedDict):
    """A service of a feed that was taken."""

    service: str | None  # its id in the feed
    contact: str  # its id here
    name: str
    phones: list[str]


class LeftOut(TypedDict):
    """What of a feed was not taken, and why: a field, or the whole service where `field` is null."""

    service: str | None
    name: str  # what the feed calls the service, or its place there
    field: str | None
    why: str


class Import(TypedDict):
    """What came of a feed of services. `local_file` is the text of the local file; empty where nothing was taken."""

    cst: int
    kind: Literal["import"]
    file: str
    read: int
    taken: list[ImportedService]
    left_out: list[LeftOut]
    notes: list[str]  # what to know of the feed as a whole
    local_file: str
