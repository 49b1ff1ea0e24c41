"""A party with its standing: entries, bars, reviews, names, and what can be done about them."""

from datetime import date

from pydantic import Field

from permits.casework.dates import day_of
from permits.casework.party import (
    Authorised,
    BarCause,
    BreachKind,
    Concern,
    Degree,
    Power,
    ReviewOutcome,
    Status,
)
from permits.casework.party_offers import Step
from permits.casework.party_rows import TaskKind
from permits.services.writer import Done
from permits.store.parties import Published, Task
from permits.text import party_names
from permits.text.words import Language
from permits.web.api.shown.parts import V1, Named, Shown
from permits.web.parties_shown import PartyPage, ShownBar, ShownEntry, ShownReview

PARTIES = f"{V1}/parties"


class PartyName(Shown):
    """A registered name and since when it is borne."""

    name: str
    since: date


class CreditEntry(Shown):
    """A credit entry; texts are empty for whoever is not told them."""

    entry: str = Field(description="its name in the record, to be sent back")
    kind: BreachKind
    title: str
    number: str = Field(description="of the case it came of")
    permit: Named
    status: Status
    degree: Degree | None = Field(description="from the notice on")
    stands: bool = Field(description="it shuts tracks of commitment and tolerance")
    waits_until: date | None = Field(description="to object, or for the office to decide")
    provisional: bool
    entered_on: date | None
    disclosed_until: date | None
    published_on: date | None
    repair_asked_on: date | None
    closed_on: date | None
    grounds: str
    objection: str
    answer: str
    repair: str
    repair_answer: str
    reason: str


class PartyBar(Shown):
    """The permit cannot be applied for again up to and including a day; or, for an undertaking
    that was not kept, none on the tolerant track."""

    bar: str
    ground: BarCause
    concerns: Concern | None
    number: str
    permit: Named
    since: date
    until: date
    holds: bool
    lifted_on: date | None
    reason: str


class LegalReview(Shown):
    """Whether a penalty is pursued; nothing is fined by itself."""

    review: str
    number: str
    permit: Named
    opened_on: date
    outcome: ReviewOutcome | None
    concluded_on: date | None
    reason: str


class AuthorisedPerson(Shown):
    """Who may act for the party, from a day to another."""

    account: str = Field(description="how the record calls them, to end it")
    name: str = Field(description="of somebody who has no account; else empty")
    power: Power
    since: date
    until: date | None
    holds: bool


class PartyStep(Shown):
    """A step that can be taken now, and what it is about."""

    step: Step
    title: str
    name: str = Field(description="the entry, bar, review, case or account; empty for the party")
    href: str = Field(description="where it is taken, with POST")


class PartyShown(Shown):
    """A party as whoever may see it is shown it."""

    code: str
    href: str
    version: int = Field(description="counts the events of its record")
    name: str
    names: tuple[PartyName, ...]
    successor: str | None = Field(description="the code it was merged into")
    predecessors: tuple[str, ...]
    shut_until: date | None = Field(description="for tracks of commitment and tolerance")
    entries: tuple[CreditEntry, ...]
    bars: tuple[PartyBar, ...]
    reviews: tuple[LegalReview, ...]
    authorised: tuple[AuthorisedPerson, ...]
    offers: tuple[PartyStep, ...]


class PartyOutcome(Shown):
    """The record as it stands after a step. The same key brings the same answer."""

    code: str
    href: str
    version: int
    events: tuple[str, ...] = Field(description="what was written to its log")


class PartyTask(Shown):
    """Something of a party that waits for your department."""

    code: str
    party: str
    href: str
    kind: TaskKind
    title: str
    name: str = Field(description="the entry or review")
    number: str
    since: date
    due_on: date | None


class PartyTasks(Shown):
    """The most urgent first."""

    items: tuple[PartyTask, ...]


class PublishedEntry(Shown):
    """A credit entry in the public list."""

    code: str
    party: str
    kind: BreachKind
    title: str
    degree: Degree
    number: str
    permit: str
    entered_on: date
    disclosed_until: date
    published_on: date


class PublishedEntries(Shown):
    """A page of the public list; `next` is the address of the page after it, if there is one."""

    items: tuple[PublishedEntry, ...]
    next: str | None


def party_shown(page: PartyPage) -> PartyShown:
    """A party for whoever may see it."""
    party, home = page.party, f"{PARTIES}/{page.party.code}"
    language = page.visit.language
    return PartyShown(
        code=party.code,
        href=home,
        version=party.version,
        name=party.name,
        names=tuple(PartyName(name=one.name, since=one.since) for one in party.names),
        successor=party.successor or None,
        predecessors=party.predecessors,
        shut_until=page.shut_until,
        entries=tuple(_entry(page, one) for one in page.entries),
        bars=tuple(_bar(one) for one in page.bars),
        reviews=tuple(_review(one) for one in page.reviews),
        authorised=tuple(_person(page, one) for one in party.authorised.values()),
        offers=tuple(
            PartyStep(
                step=one.step,
                title=party_names.step(one.step, language),
                name=one.name.removeprefix("case/"),
                href=f"{home}/{one.step}",
            )
            for one in page.offers
        ),
    )


def _entry(page: PartyPage, shown: ShownEntry) -> CreditEntry:
    one, waits = shown.one, shown.one.waits
    return CreditEntry(
        entry=one.name,
        kind=one.kind,
        title=party_names.breach(one.kind, page.visit.language),
        number=one.number,
        permit=Named(name=one.permit, title=shown.permit),
        status=one.status,
        degree=one.degree if one.noticed_on is not None else None,
        stands=shown.stands,
        waits_until=waits.due if waits is not None else None,
        provisional=waits is not None and waits.provisional,
        entered_on=one.entered_on,
        disclosed_until=one.until,
        published_on=one.published_on,
        repair_asked_on=one.repair_asked_on,
        closed_on=one.closed_on,
        **shown.texts,
    )


def _bar(shown: ShownBar) -> PartyBar:
    one = shown.one
    return PartyBar(
        bar=one.name,
        ground=one.ground,
        concerns=one.concerns,
        number=one.number,
        permit=Named(name=one.permit, title=shown.permit),
        since=one.since,
        until=one.until,
        holds=shown.holds,
        lifted_on=one.lifted_on,
        reason=shown.reason,
    )


def _review(shown: ShownReview) -> LegalReview:
    one = shown.one
    return LegalReview(
        review=one.name,
        number=one.number,
        permit=Named(name=one.permit, title=shown.permit),
        opened_on=one.opened_on,
        outcome=one.outcome,
        concluded_on=one.concluded_on,
        reason=shown.reason,
    )


def _person(page: PartyPage, one: Authorised) -> AuthorisedPerson:
    return AuthorisedPerson(
        account=one.account,
        name=page.record.values.get(one.name, ""),
        power=one.power,
        since=one.since,
        until=one.until,
        holds=one.holds(day_of(page.visit.office.now())),
    )


def party_outcome(done: Done) -> PartyOutcome:
    """What the writer kept of a step."""
    code = done.number
    return PartyOutcome(
        code=code, href=f"{PARTIES}/{code}", version=done.version, events=done.events
    )


def task_shown(task: Task, language: Language) -> PartyTask:
    return PartyTask(
        code=task.code,
        party=task.party_name,
        href=f"{PARTIES}/{task.code}",
        kind=task.kind,
        title=party_names.task(task.kind, language),
        name=task.name,
        number=task.number,
        since=date.fromisoformat(task.since),
        due_on=date.fromisoformat(task.due_on) if task.due_on else None,
    )


def published_entry(one: Published, language: Language) -> PublishedEntry:
    return PublishedEntry(
        code=one.code,
        party=one.party_name,
        kind=one.kind,
        title=party_names.breach(one.kind, language),
        degree=one.degree,
        number=one.number,
        permit=one.permit,
        entered_on=date.fromisoformat(one.entered_on),
        disclosed_until=date.fromisoformat(one.until_on),
        published_on=date.fromisoformat(one.published_on),
    )
