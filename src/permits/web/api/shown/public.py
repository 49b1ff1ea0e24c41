"""What everybody may know of a case: where it stands, what was decided, what took long."""

from datetime import date

from permits.casework.parts import Result
from permits.definitions.procedure import Code, Milestone, Phase
from permits.definitions.schema import Definition
from permits.store.lists import Listed
from permits.text.words import Language
from permits.web.api.shown import decided, whose
from permits.web.api.shown.decided import Day, Decision, Document, Lateness, Step
from permits.web.api.shown.listed import Party
from permits.web.api.shown.parts import Named, Shown
from permits.web.api.shown.terms import Clock, clock
from permits.web.dossier import Dossier


class PublicCase(Shown):
    """A published case, as the register shows it."""

    number: str
    permit: Named
    title: str
    place: str
    party: Party
    track: Named
    authority: Named
    decision: Decision | None
    milestones: tuple[Day, ...]
    lateness: tuple[Lateness, ...]
    documents: tuple[Document, ...]


class FoundCase(Shown):
    """A case as whoever has its number and code is shown it."""

    number: str
    permit: Named
    title: str
    place: str
    party: Party
    track: Named
    authority: Named
    state: Named
    received_on: date
    clocks: tuple[Clock, ...]
    lateness: tuple[Lateness, ...]
    history: tuple[Step, ...]


class Published(Shown):
    """A published decision in the register."""

    number: str
    href: str
    permit: Named
    title: str
    place: str
    party: Party
    result: Result
    decided_on: date | None
    published_on: date | None
    revoked_on: date | None


class Register(Shown):
    """A page of the register; `next` is the address of the page after it, if there is one."""

    items: tuple[Published, ...]
    next: str | None


def published(listed: Listed, definition: Definition, href: str, language: Language) -> Published:
    """An entry of the register."""
    row, title = listed.row, definition.permit.title.in_(language)
    refused = row.phase == Phase.REFUSED or row.code == Code.REFUSED
    return Published(
        number=row.number,
        href=href,
        permit=Named(name=row.permit, title=title),
        title=row.title or title,
        place=row.place,
        party=Party(code=row.party, name=listed.party_name),
        result="refused" if refused else "granted",
        decided_on=row.decided_on,
        published_on=row.published_on,
        revoked_on=row.revoked_on,
    )


def public_case(case: Dossier) -> PublicCase:
    """A case of the register."""
    return PublicCase(
        number=case.case.number,
        permit=whose.permit(case),
        title=case.title,
        place=case.place,
        party=whose.party(case),
        track=whose.track(case),
        authority=whose.authority(case),
        decision=decided.decision(case),
        milestones=decided.milestones(case),
        lateness=decided.lateness(case),
        documents=decided.documents(case, None),
    )


def found_case(case: Dossier) -> FoundCase:
    """A case that was looked up."""
    return FoundCase(
        number=case.case.number,
        permit=whose.permit(case),
        title=case.title,
        place=case.place,
        party=whose.party(case),
        track=whose.track(case),
        authority=whose.authority(case),
        state=whose.state(case),
        received_on=case.case.milestones[Milestone.RECEIVED],
        clocks=tuple(clock(case, None, shown) for shown in case.clocks),
        lateness=decided.lateness(case),
        history=tuple(map(decided.step, case.lines)),
    )
