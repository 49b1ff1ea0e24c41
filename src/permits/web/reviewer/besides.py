"""What is done beside the chart: extensions, checks, payments, lateness, mistakes."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import get_args

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.analytics.treasury_sheet import kind, yuan
from permits.casework import commands as c
from permits.casework.access import may
from permits.casework.case import Intended
from permits.casework.decide import Outcome
from permits.casework.decide.erratum import correctable
from permits.casework.decide.mending import RECTIFIABLE
from permits.casework.decide.payments import undoable
from permits.casework.families.revoking import RevocationNoticed
from permits.casework.ledger import FeeEntry
from permits.casework.offers import Beside, BesideCommand, beside
from permits.casework.parts import Hindered
from permits.casework.refusals import Refused
from permits.definitions.procedure import Milestone, RevocationGround
from permits.definitions.schema import Obligation
from permits.services.case_record import Record
from permits.store.drafts import Upload
from permits.text import grounds, refusals
from permits.text.amounts import money
from permits.text.days import day
from permits.text.history import foretold
from permits.text.titles import title_of
from permits.text.told.inspectors import hindered
from permits.web.amiss import Wrong, amiss
from permits.web.answering import answered
from permits.web.deps import Form, Officer, TheRecord
from permits.web.lots_shown import ShownRecord, shown_record
from permits.web.reading import Reading, Unfit
from permits.web.reviewer.beside_forms import read_beside
from permits.web.reviewer.cases import beside_title, home, inside
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()


# What is asked of each before anything was typed: a text is wanted, and which makes no difference
# to whether it is open, or to what follows.
_ASKED: Mapping[BesideCommand, Callable[[str], c.Command]] = {
    "extend": lambda name: c.ExtendClock(name, "-"),
    "explain": lambda name: c.ExplainLateness(name, "-"),
    "verify": lambda name: c.VerifyObligation(name, passed=True, on=date.min, inspectors=()),
    "sign_check": lambda name: c.SignCheck(name, "-", agrees=True),
    "draw": c.DrawInspectors,
    "order_payment": lambda name: c.OrderPayment(name, "-"),
    "pay": lambda name: c.PayFee(name, date.min, 0, "-"),
    "refund": lambda name: c.RefundFee(name, date.min, 0, "-", "-"),
    "undo": lambda name: c.UndoFeeEntry(name, 0, "-"),
    "notice": lambda _name: c.NoticeRevocation(RevocationGround.DECEIT_OR_BRIBERY, "-"),
    "drop": lambda _name: c.DropRevocation("-"),
    "correct": lambda _name: c.CorrectDocument("", "-"),
    "reverse": lambda _name: c.ReverseAction("-"),
    "rectify": lambda _name: c.RectifyDate("", date.min, "-"),
}


_ALONE = frozenset({"rectify", "notice", "drop", "correct"})
"""What is done to the case, and to nothing that has a name."""


class Mending:
    """Something beside the chart on somebody's desk, open or not; 404 if it is not for them, or
    there is no such thing."""

    def __init__(self, visit: Member, record: Record, command: str, name: str) -> None:
        self.visit = visit
        self.record = record
        self.case = inside(visit, record)
        kind = next((one for one in _ASKED if one == command), None)
        named = title_of(self.case.definition, name, "en") is not None
        if kind is None or named == (kind in _ALONE):
            raise HTTPException(404)
        self.command = _ASKED[kind](name)
        if not may(visit.actor, self.command, record.case, self.case.edition):
            raise HTTPException(404)
        self.beside = Beside(kind, name)
        self.title = beside_title(self.case, self.beside)

    @property
    def home(self) -> str:
        return home(self.case)

    @property
    def tray(self) -> str:
        """Where what a check found in pictures lies until it is recorded; of nothing else."""
        if self.beside.command != "verify":
            return ""
        what = f"check/{self.beside.name}"
        return self.visit.office.counter.tray(self.record.case, self.visit.actor, what)

    @cached_property
    def lying(self) -> tuple[Upload, ...]:
        """What lies in the tray."""
        return tuple(self.visit.office.uploading.uploads(self.tray)) if self.tray else ()

    @property
    def path(self) -> str:
        return f"{self.home}/beside/{self.beside.command}/{self.beside.name}".rstrip("/")

    @property
    def foreseen(self) -> Outcome:
        return self.visit.office.cases.foresee(self.record.case, self.command, self.visit.actor)

    @property
    def shut(self) -> str:
        """Why it is not open now; nothing if it is."""
        desk = self.visit.desk(self.record.case)
        found = self.foreseen
        if self.beside in beside(self.record.case, desk) or not isinstance(found, Refused):
            return ""
        return refusals.sentence(found, self.case.definition, self.visit.language)

    @property
    def follows(self) -> tuple[str, ...]:
        """The date an extension or a notice leads to; nothing else can be told beforehand. On
        which ground notice is given nobody has said yet."""
        found = self.foreseen
        if self.beside.command not in ("extend", "notice", "order_payment") or isinstance(
            found, Refused
        ):
            return ()
        facts = [fact for fact in found.facts if not isinstance(fact.event, RevocationNoticed)]
        return foretold(facts, self.case.teller)

    @property
    def grounds(self) -> list[tuple[str, str]]:
        """Why a grant may be revoked, in words."""
        return [(x, grounds.revocation(x, self.visit.language)) for x in RevocationGround]

    @property
    def intended(self) -> Intended | None:
        return self.record.case.intended

    @property
    def papers(self) -> list[tuple[str, str]]:
        """The documents in which an error can be put right, by their number."""
        rules, language = self.case.definition.documents, self.visit.language
        return [
            (d.number, f"{rules[d.document].title.in_(language)} {d.number}")
            for d in correctable(self.record.case)
        ]

    @property
    def open_yuan(self) -> str:
        """What is open on the fee, as it is typed."""
        fee = self.record.case.fees.get(self.beside.name)
        return yuan(abs(fee.balance_fen)) if fee is not None else ""

    @property
    def entries(self) -> list[tuple[str, str]]:
        """The payments and refunds of the fee that stand, with their places."""
        case, name = self.record.case, self.beside.name
        desk = self.visit.desk(case)
        places = undoable(case, desk, name)
        return [(str(n), self._entry(n, case.fees[name].entries[n - 1])) for n in places]

    def _entry(self, place: int, held: FeeEntry) -> str:
        language = self.visit.language
        amount, on = money(abs(held.amount_fen), language), day(held.on, language)
        return f"{place}. {kind(held.kind, language)} {amount}, {on} {held.number}".rstrip()

    @property
    def inspectors(self) -> list[tuple[str, str]]:
        """Those of the department who may check, with their names: who was drawn, if lots are."""
        return self.drawn or list(self.visit.office.cases.inspectors(self.record.case).items())

    @property
    def waiting(self) -> ShownRecord | None:
        """The record that waits for signatures, to be signed or before another is written."""
        if self.beside.command not in ("verify", "sign_check"):
            return None
        return shown_record(self.case, self.beside.name)

    @property
    def duty(self) -> Obligation | None:
        """The rule of the obligation it is done to, if it is one."""
        return self.case.definition.obligations.get(self.beside.name)

    @property
    def drawn(self) -> list[tuple[str, str]]:
        """Those who were drawn to check, with their names; none if they are still to be drawn."""
        held = self.record.case.obligations.get(self.beside.name)
        accounts = held.inspectors if held is not None else ()
        known = self.record.people
        return [(account, known.get(account, account)) for account in accounts]

    @property
    def hindered(self) -> list[tuple[str, str]]:
        """Why somebody who was drawn does not check, in words."""
        return [(why, hindered(why, self.visit.language)) for why in get_args(Hindered)]

    @property
    def milestones(self) -> list[Milestone]:
        """The dates that can be put right in this case."""
        known = self.record.case.milestones
        return [m for m in Milestone if m in RECTIFIABLE and m in known]

    @property
    def _first_chosen(self) -> frozenset[str]:
        """Who is ticked before anybody chose: whoever writes it down, or all who were drawn."""
        return frozenset(account for account, _name in self.drawn) or frozenset(
            {self.visit.actor.id}
        )

    def page(
        self,
        *,
        typed: Mapping[str, str] | None = None,
        chosen: frozenset[str] | None = None,
        errors: Mapping[str, str] | None = None,
        refused: Refused | Wrong | None = None,
    ) -> Response:
        """The form, as it was typed, with what is wrong."""
        told = amiss(refused or errors, self.visit.language, self.case.definition)
        return self.visit.page(
            "reviewer/beside.html",
            status=told.status,
            m=self,
            case=self.case,
            today=self.case.today,
            typed=typed or {},
            chosen=self._first_chosen if chosen is None else chosen,
            errors=told.errors,
            says=told.says,
        )


@router.get("/review/cases/{case}/beside/{command}")
@router.get("/review/cases/{case}/beside/{command}/{name}")
def ask(visit: Officer, record: TheRecord, command: str, name: str = "") -> Response:
    """What it asks to be told."""
    mending, form = Mending(visit, record, command, name), restored(visit)
    if form is None:
        return mending.page()
    return mending.page(typed=form.texts(), chosen=frozenset(form.all_of("inspectors")))


@router.post("/review/cases/{case}/beside/{command}")
@router.post("/review/cases/{case}/beside/{command}/{name}")
async def do(
    visit: Officer, record: TheRecord, form: Form, command: str, name: str = ""
) -> Response:
    """Do it, or show the form again with what is wrong."""
    mending = await run_in_threadpool(Mending, visit, record, command, name)
    given = read_beside(mending.beside, Reading(form, visit.language))
    chosen = frozenset(form.all_of("inspectors"))
    if isinstance(given, Unfit):
        return await run_in_threadpool(
            mending.page, typed=form.texts(), chosen=chosen, errors=given.errors
        )
    order = visit.office.cases.beside
    sent = await run_in_threadpool(order, record, given, visit.actor, form.ticket, mending.tray)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(
            mending.page, typed=form.texts(), chosen=chosen, refused=answer
        )
    return see_other(f"{mending.home}?done={command}")
