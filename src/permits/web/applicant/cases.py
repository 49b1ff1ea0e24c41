"""A case as its applicant sees it: where it stands, what to do, what may still be done."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from permits.casework import savings
from permits.casework.access import Actor, owns
from permits.casework.decide.revoking import not_to_state
from permits.casework.decide.tolerance import not_to_supply, supply_clock
from permits.casework.families.obligations import ObligationVerified, RectificationOrdered
from permits.casework.offers import Offer, beside, offers
from permits.casework.rows import turn
from permits.casework.voices.decide import ratable
from permits.definitions.procedure import Act, Role
from permits.text import refusals
from permits.web.after_shown import after
from permits.web.deps import SignedIn, TheRecord
from permits.web.dossier import Dossier, dossier
from permits.web.errors import Elsewhere
from permits.web.heard_shown import heard
from permits.web.shown_parts import ShownClock, ShownDuty
from permits.web.visits import Member

router = APIRouter()

FOR_APPLICANTS = (Act.SUPPLY_CORRECTIONS, Act.WITHDRAW_COMMITMENT, Act.WITHDRAW)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something the applicant may do, or why they may not."""

    action: str
    title: str
    act: Act
    shut: str


@dataclass(frozen=True, slots=True)
class Later:
    """The materials still to come, until when, and whether they can be supplied now."""

    what: str
    limit: ShownClock
    open: bool


@dataclass(frozen=True, slots=True)
class Order:
    """A breach that is to be put right, and what was found."""

    duty: ShownDuty
    finding: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What the case saved against the ordinary procedure."""

    materials: tuple[str, ...]
    deferred: tuple[str, ...]
    days: int | None
    used: int | None
    promised: int


@router.get("/cases/{case}")
def show(visit: SignedIn, record: TheRecord) -> Response:
    """The case, to its applicant. Others who may see it have a page of their own."""
    if not owns(visit.actor, record.case):
        raise Elsewhere(visit.home_of(record.case.id.removeprefix("case/")))
    case = dossier(visit, record, record.values)
    voices = visit.office.voices.of(record.case.id).voices
    return visit.page(
        "applicant/case.html",
        case=case,
        to_rate=ratable(voices, record.case),
        ratings=voices.ratings,
        turn=turn(record.case, case.edition),
        choices=choices(visit, case),
        orders=orders(case),
        duties=open_duties(visit, case),
        later=later(visit, case),
        may_state=not_to_state(record.case, visit.desk(record.case)) is None,
        saved=saved(visit, case),
        heard=heard(visit, case, f"/cases/{case.id}"),
        after=after(visit, case, f"/cases/{case.id}"),
    )


@router.get("/cases/{case}/receipt")
def receipt(
    visit: SignedIn,
    record: TheRecord,
    *,
    before: Annotated[bool, Query()] = False,
) -> Response:
    """What the applicant takes away after filing: the number and the code. `before` if it had
    been filed already when it was sent once more."""
    case = dossier(visit, record, record.values)
    mine = owns(visit.actor, record.case)
    code = record.values.get(record.case.lookup, "") if mine else ""
    return visit.page("applicant/receipt.html", case=case, code=code, before=before)


def choices(visit: Member, case: Dossier, actor: Actor | None = None) -> tuple[Choice, ...]:
    """What the definition leaves to the applicant where the case stands; `actor` is who stands in
    for the visitor."""
    desk = visit.desk(case.case, actor)
    found = {offer.act: offer for offer in offers(case.case, desk) if _mine(offer)}
    return tuple(_choice(case, found[act]) for act in FOR_APPLICANTS if act in found)


def _mine(offer: Offer) -> bool:
    return Role.APPLICANT in offer.by


def _choice(case: Dossier, offer: Offer) -> Choice:
    title = case.definition.chart.actions[offer.action].title.in_(case.language)
    shut = refusals.sentence(offer.shut, case.definition, case.language) if offer.shut else ""
    return Choice(offer.action, title, offer.act, shut)


def open_duties(visit: Member, case: Dossier) -> tuple[ShownDuty, ...]:
    """The obligations the applicant can report on now."""
    desk = visit.desk(case.case)
    names = {one.name for one in beside(case.case, desk) if one.command == "report"}
    return tuple(duty for duty in case.duties if duty.name in names)


def orders(case: Dossier) -> tuple[Order, ...]:
    """What a check found not to be in order, as long as it is to be put right; or why a payment
    was ordered that did not come in time."""
    found: dict[str, str] = {}
    for _at, event in case.record.entries:
        if isinstance(event, ObligationVerified) and not event.passed:
            found[event.obligation] = event.finding
        elif isinstance(event, RectificationOrdered) and event.reason is not None:
            found[event.obligation] = event.reason
    return tuple(
        Order(duty, case.values.get(found[duty.name], ""))
        for duty in case.duties
        if duty.to_be_put_right
    )


def later(visit: Member, case: Dossier) -> Later | None:
    """What is still to come; None if nothing is."""
    held = supply_clock(case.case, case.edition)
    limit = next((shown for shown in case.clocks if held and shown.name == held.name), None)
    if limit is None or not case.case.tolerated:
        return None
    desk = visit.desk(case.case)
    what = case.teller.materials(case.case.tolerated)
    return Later(what, limit, not_to_supply(case.case, desk) is None)


def saved(visit: Member, case: Dossier) -> Saved | None:
    """What was saved; None unless the case was granted and the grant stands."""
    if not savings.stands(case.case):
        return None
    found = savings.materials(case.case, case.definition, case.edition.conditions)
    spent = savings.days(case.case, case.definition, visit.office.shelf.calendar)

    def titles(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(case.definition.materials[n].title.in_(case.language) for n in names)

    return Saved(
        materials=titles(tuple(found.saved)),
        deferred=titles(found.deferred),
        days=spent.saved if spent else None,
        used=spent.used if spent else None,
        promised=spent.promised if spent else 0,
    )
