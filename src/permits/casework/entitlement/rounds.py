"""A round: one run of a policy for a period, its list, the notice, the objections."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from permits.casework.entitlement.claims import Route
from permits.casework.entitlement.matching import Candidate
from permits.casework.envelope import Envelope, Event
from permits.casework.following import followed
from permits.casework.parts import Seal
from permits.definitions.policies.schema import Order

Stage = Literal["matched", "offered", "published", "settled", "dropped"]
ObjectionKind = Literal["remove", "add"]


def stream_of(round_id: str) -> str:
    return f"round/{round_id}"


class MatchRun(Event, frozen=True):
    """A policy was matched against an edition of the register. `digest` is that of all evidence;
    whoever has policy and edition gets the same."""

    policy: str
    period: str
    authority: str
    department: str
    order: Order
    edition: str
    as_of: date
    digest: str
    examined: int
    outcomes: dict[str, int]
    candidates: tuple[Candidate, ...]


class ApplicationsListed(Event, frozen=True):
    """Applications that were granted are on a list. `edition` is the one of the register in which
    whoever is to be added is looked up."""

    policy: str
    period: str
    authority: str
    department: str
    edition: str
    as_of: date
    candidates: tuple[Candidate, ...]


class MatchDropped(Event, frozen=True):
    """The run was dropped before its list was published."""

    reason: Seal | None


class OffersMade(Event, frozen=True):
    """The enterprises were asked to confirm."""

    codes: tuple[str, ...]
    confirm_by: date | None
    provisional: bool


class ListPublished(Event, frozen=True):
    """The list is open to objections up to and including `ends_on`."""

    listed: tuple[str, ...]
    ends_on: date
    calendar: str


class ListObjectionEntered(Event, frozen=True):
    """Somebody objects that an enterprise is on the list, or that it is not. `party` is the credit
    code of an enterprise that objects by itself."""

    objection: int
    kind: ObjectionKind
    code: str
    text: Seal
    objector: Seal | None
    party: str
    due: date | None
    provisional: bool


class ListObjectionDecided(Event, frozen=True):
    """An objection was decided; upheld, it takes off the list or adds `added` to it."""

    objection: int
    upheld: bool
    reason: Seal
    added: Candidate | None


class ListSettled(Event, frozen=True):
    """The notice is over and every objection decided: the list stands."""


class OffersClosed(Event, frozen=True):
    """Offers that nobody confirmed in time were closed."""

    codes: tuple[str, ...]
    reason: Seal


class Objection(msgspec.Struct, frozen=True):
    """An objection as it stands; `upheld` is None until it is decided."""

    number: int
    kind: ObjectionKind
    code: str
    text: Seal
    objector: Seal | None
    party: str
    entered_on: date
    due: date | None
    provisional: bool
    upheld: bool | None = None
    reason: Seal | None = None
    decided_on: date | None = None


class Round(msgspec.Struct, frozen=True):
    """Everything the rules ask of a round; `run_by` is the account that ran it, and `run_for` in
    whose place, `removed` and `added` are whom objections took off the list or added to it, as
    they were last decided, and `added_by` who decided so, and in whose place. Nobody ran the list
    of those who applied."""

    id: str
    policy: str = ""
    period: str = ""
    definition: str = ""
    authority: str = ""
    department: str = ""
    route: Route = "matched"
    order: Order = "notice_first"
    stage: Stage = "matched"
    edition: str = ""
    as_of: date | None = None
    digest: str = ""
    examined: int = 0
    outcomes: dict[str, int] = {}
    candidates: dict[str, Candidate] = {}
    listed: tuple[str, ...] = ()
    run_on: date | None = None
    run_by: str = ""
    run_for: str = ""
    offered_on: date | None = None
    confirm_by: date | None = None
    provisional: bool = False
    published_on: date | None = None
    ends_on: date | None = None
    settled_on: date | None = None
    objections: tuple[Objection, ...] = ()
    removed: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    added_by: dict[str, tuple[str, str]] = {}
    version: int = 0
    recorded_at: datetime | None = None

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        return tuple(one for one in self.objections if one.upheld is None)

    @property
    def on_list(self) -> tuple[Candidate, ...]:
        """The list as it now stands: as published, without whom objections took off, with whom
        they added; before the notice, every candidate."""
        codes = self.listed if self.published_on else tuple(self.candidates)
        kept = dict.fromkeys((*codes, *self.added))
        return tuple(self.candidates[code] for code in kept if code not in self.removed)

    def prepared(self, code: str) -> tuple[str, str]:
        """Who prepared what is offered to an enterprise, and in whose place: whoever added it to
        the list, or else ran the match that found it."""
        return self.added_by.get(code, (self.run_by, self.run_for))


def _run(found: Round, e: MatchRun, at: Envelope) -> Round:
    return replace(
        found,
        policy=e.policy,
        period=e.period,
        definition=at.definition,
        authority=e.authority,
        department=e.department,
        order=e.order,
        stage="matched",
        edition=e.edition,
        as_of=e.as_of,
        digest=e.digest,
        examined=e.examined,
        outcomes=e.outcomes,
        candidates={one.code: one for one in e.candidates},
        run_on=at.effective_at,
        run_by=at.actor,
        run_for=at.in_place_of,
    )


def _listed(found: Round, e: ApplicationsListed, at: Envelope) -> Round:
    return replace(
        found,
        policy=e.policy,
        period=e.period,
        definition=at.definition,
        authority=e.authority,
        department=e.department,
        route="applied",
        order="confirm_first",
        stage="offered",
        edition=e.edition,
        as_of=e.as_of,
        candidates={one.code: one for one in e.candidates},
        run_on=at.effective_at,
    )


def _dropped(found: Round, _e: MatchDropped, _at: Envelope) -> Round:
    return replace(found, stage="dropped")


def _offered(found: Round, e: OffersMade, at: Envelope) -> Round:
    stage: Stage = "offered" if found.stage == "matched" else found.stage
    return replace(
        found,
        stage=stage,
        offered_on=at.effective_at,
        confirm_by=e.confirm_by,
        provisional=e.provisional,
    )


def _published(found: Round, e: ListPublished, at: Envelope) -> Round:
    return replace(
        found,
        stage="published",
        listed=e.listed,
        published_on=at.effective_at,
        ends_on=e.ends_on,
    )


def _objected(found: Round, e: ListObjectionEntered, at: Envelope) -> Round:
    entered = Objection(
        number=e.objection,
        kind=e.kind,
        code=e.code,
        text=e.text,
        objector=e.objector,
        party=e.party,
        entered_on=at.effective_at,
        due=e.due,
        provisional=e.provisional,
    )
    return replace(found, objections=(*found.objections, entered))


def _decided(found: Round, e: ListObjectionDecided, at: Envelope) -> Round:
    objections = tuple(
        replace(one, upheld=e.upheld, reason=e.reason, decided_on=at.effective_at)
        if one.number == e.objection
        else one
        for one in found.objections
    )
    after = replace(found, objections=objections)
    if not e.upheld:
        return after
    code = next(one.code for one in objections if one.number == e.objection)
    if e.added is None:
        return replace(after, removed=found.removed | {code})
    return replace(
        after,
        candidates={**found.candidates, code: e.added},
        removed=found.removed - {code},
        added=(*found.added, code),
        added_by={**found.added_by, code: (at.actor, at.in_place_of)},
    )


def _settled(found: Round, _e: ListSettled, at: Envelope) -> Round:
    return replace(found, stage="settled", settled_on=at.effective_at)


def _closed(found: Round, _e: OffersClosed, _at: Envelope) -> Round:
    return replace(found, confirm_by=None)


FOLDS: Mapping[type[Event], Callable[[Round, Any, Envelope], Round]] = {
    MatchRun: _run,
    ApplicationsListed: _listed,
    MatchDropped: _dropped,
    OffersMade: _offered,
    ListPublished: _published,
    ListObjectionEntered: _objected,
    ListObjectionDecided: _decided,
    ListSettled: _settled,
    OffersClosed: _closed,
}


def fold_round(found: Round, event: Event, envelope: Envelope) -> Round:
    """The round after one more event."""
    after = FOLDS[type(event)](found, event, envelope)
    return replace(after, version=envelope.seq, recorded_at=envelope.recorded_at)


def fold_all(found: Round, entries: Iterable[tuple[Envelope, Event]]) -> Round:
    """The round after all of the events."""
    return followed(fold_round, found, entries)
