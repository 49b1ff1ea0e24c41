"""A case as its applicant sees it: where it stands, what to do, what may still be done."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.analytics.estimates import estimate
from permits.analytics.spread import Spread
from permits.casework import savings
from permits.casework.access import Actor, owns
from permits.casework.decide.revoking import not_to_state
from permits.casework.decide.tolerance import not_to_supply, supply_clock
from permits.casework.offers import Offer, beside, offers
from permits.casework.rows import turn
from permits.casework.voices.decide import ratable
from permits.definitions.procedure import Act, Role
from permits.text import refusals
from permits.web.after_shown import after
from permits.web.breaches import orders
from permits.web.deps import SignedIn, TheRecord
from permits.web.dossier import Dossier, dossier
from permits.web.errors import Elsewhere
from permits.web.files import attachment
from permits.web.heard_shown import heard
from permits.web.shown_parts import ShownClock, ShownDuty
from permits.web.signed_shown import signed
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
        signed=signed(visit, case),
        to_rate=ratable(voices, record.case),
        ratings=voices.ratings,
        turn=turn(record.case, case.edition),
        choices=choices(visit, case),
        orders=orders(case),
        duties=open_duties(visit, case),
        later=later(visit, case),
        may_state=not_to_state(record.case, visit.desk(record.case)) is None,
        saved=saved(visit, case),
        taken=taken(visit, case),
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
    found = visit.office.receipts.of(record.case.id, record.case.number)
    proved = found is not None and bool(found.proof)
    return visit.page("applicant/receipt.html", case=case, code=code, before=before, proved=proved)


@router.get("/cases/{case}/receipt.note")
def signed_receipt(visit: SignedIn, record: TheRecord) -> Response:
    """The signed receipt, to be kept: what was filed cannot be changed any more unnoticed."""
    receipt = visit.office.receipts.of(record.case.id, record.case.number)
    return _taken(receipt.note if receipt else "", f"{record.case.number}.note")


@router.get("/cases/{case}/receipt.tlog-proof")
def proof_of_receipt(visit: SignedIn, record: TheRecord) -> Response:
    """The proof that what was filed stands in the log; 404 until that is signed."""
    receipt = visit.office.receipts.of(record.case.id, record.case.number)
    return _taken(receipt.proof if receipt else "", f"{record.case.number}.tlog-proof")


def _taken(text: str, name: str) -> Response:
    if not text:
        raise HTTPException(404)
    headers = {"Content-Disposition": attachment(name), "Cache-Control": "no-store"}
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)


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


def taken(visit: Member, case: Dossier) -> Spread | None:
    """How long cases like this one took, while it is open."""
    if case.case.decision is not None or turn(case.case, case.edition) == "nobody":
        return None
    with visit.office.database.read() as connection:
        return estimate(connection, case.edition.permit, case.case.track, case.today)


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
