"""What is done beside the chart: extensions, checks, payments, lateness, mistakes."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.analytics.treasury_sheet import kind, yuan
from permits.casework import commands as c
from permits.casework.access import may
from permits.casework.case import FeeEntry, Intended
from permits.casework.decide import Outcome
from permits.casework.decide.erratum import correctable
from permits.casework.decide.mending import RECTIFIABLE
from permits.casework.decide.payments import undoable
from permits.casework.families.revoking import RevocationNoticed
from permits.casework.offers import Beside, BesideCommand, beside
from permits.casework.parts import Hindered
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Milestone, RevocationGround
from permits.definitions.schema import Obligation
from permits.services.cases import Record
from permits.services.requests import (
    BesideChart,
    Correct,
    Draw,
    Drop,
    Explain,
    Extend,
    Notice,
    Pay,
    Rectify,
    Refund,
    Reverse,
    State,
    Undo,
    Verify,
)
from permits.text import names, refusals
from permits.text.amounts import money
from permits.text.days import day
from permits.text.history import foretold
from permits.text.told.inspectors import hindered
from permits.web.answering import answered
from permits.web.deps import Form, Officer, TheRecord
from permits.web.errors import status_of
from permits.web.reading import Reading, Unfit
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
    "draw": c.DrawInspectors,
    "pay": lambda name: c.PayFee(name, date.min, 0, "-"),
    "refund": lambda name: c.RefundFee(name, date.min, 0, "-", "-"),
    "undo": lambda name: c.UndoFeeEntry(name, 0, "-"),
    "notice": lambda _name: c.NoticeRevocation(RevocationGround.DECEIT_OR_BRIBERY, "-"),
    "state": lambda _name: c.StateCase("-"),
    "drop": lambda _name: c.DropRevocation("-"),
    "correct": lambda _name: c.CorrectDocument("", "-"),
    "reverse": lambda _name: c.ReverseAction("-"),
    "rectify": lambda _name: c.RectifyDate("", date.min, "-"),
}


_ALONE = frozenset({"rectify", "notice", "state", "drop", "correct"})
"""What is done to the case, and to nothing that has a name."""


class Mending:
    """Something beside the chart on somebody's desk, open or not; 404 if it is not for them, or
    there is no such thing."""

    def __init__(self, visit: Member, record: Record, command: str, name: str) -> None:
        self.visit = visit
        self.record = record
        self.case = inside(visit, record)
        kind = next((one for one in _ASKED if one == command), None)
        named = refusals.title_of(self.case.definition, name, "en") is not None
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
    def path(self) -> str:
        return f"{self.home}/beside/{self.beside.command}/{self.beside.name}".rstrip("/")

    @property
    def foreseen(self) -> Outcome:
        return self.visit.office.cases.foresee(self.record.case, self.command, self.visit.actor)

    @property
    def shut(self) -> str:
        """Why it is not open now; nothing if it is."""
        desk = self.visit.office.cases.desk(self.record.case, self.visit.actor)
        found = self.foreseen
        if self.beside in beside(self.record.case, desk) or not isinstance(found, Refused):
            return ""
        return refusals.sentence(found, self.case.definition, self.visit.language)

    @property
    def follows(self) -> tuple[str, ...]:
        """The date an extension or a notice leads to; nothing else can be told beforehand. On
        which ground notice is given nobody has said yet."""
        found = self.foreseen
        if self.beside.command not in ("extend", "notice") or isinstance(found, Refused):
            return ()
        facts = [fact for fact in found.facts if not isinstance(fact.event, RevocationNoticed)]
        return foretold(facts, self.case.teller)

    @property
    def grounds(self) -> list[tuple[str, str]]:
        """Why a grant may be revoked, in words."""
        return [(x, names.revocation(x, self.visit.language)) for x in RevocationGround]

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
        desk = self.visit.office.cases.desk(case, self.visit.actor)
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
    def duty(self) -> Obligation | None:
        """The rule of the obligation it is done to, if it is one."""
        return self.case.definition.obligations.get(self.beside.name)

    @property
    def drawn(self) -> list[tuple[str, str]]:
        """Those who were drawn to check, with their names; none if they are still to be drawn."""
        held = self.record.case.obligations.get(self.beside.name)
        accounts = held.inspectors if held is not None else ()
        known = self.visit.office.cases.people(accounts) if accounts else {}
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
        refused: Refused | None = None,
    ) -> Response:
        """The form, as it was typed, with what is wrong."""
        status = status_of(Reason.BAD_ANSWERS) if errors else 200
        says = ""
        if refused is not None:
            says = refusals.sentence(refused, self.case.definition, self.visit.language)
        return self.visit.page(
            "reviewer/beside.html",
            status=status_of(refused.reason) if refused else status,
            m=self,
            case=self.case,
            today=self.case.today,
            typed=typed or {},
            chosen=self._first_chosen if chosen is None else chosen,
            errors=errors or {},
            says=says,
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
    mending = Mending(visit, record, command, name)
    given = _given(mending.beside, Reading(form, visit.language))
    chosen = frozenset(form.all_of("inspectors"))
    if isinstance(given, Unfit):
        return await run_in_threadpool(
            mending.page, typed=form.texts(), chosen=chosen, errors=given.errors
        )
    order = visit.office.cases.beside
    sent = await run_in_threadpool(order, record, given, visit.actor, form.ticket)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(
            mending.page, typed=form.texts(), chosen=chosen, refused=answer
        )
    return see_other(f"{mending.home}?done={command}")


def _given(one: Beside, reading: Reading) -> BesideChart | Unfit:
    """What was typed, with what the address says."""
    kind, fields = _FORMS[one.command](one.name, reading)
    return Unfit(reading.errors) if reading.errors else kind(**fields)


_Read = tuple[type[BesideChart], dict[str, Any]]


def _extend(name: str, reading: Reading) -> _Read:
    return Extend, {"clock": name, "reason": reading.text("reason")}


def _explain(name: str, reading: Reading) -> _Read:
    return Explain, {"clock": name, "reason": reading.text("reason")}


def _verify(name: str, reading: Reading) -> _Read:
    passed = reading.one_of("passed", ("true", "false")) == "true"
    return Verify, {
        "obligation": name,
        "passed": passed,
        "on": reading.day("on"),
        "inspectors": tuple(reading.form.all_of("inspectors")),
        "finding": reading.text("finding"),
    }


def _draw(name: str, reading: Reading) -> _Read:
    """The first lots need nothing more; another is drawn instead of somebody, for a ground."""
    if not reading.tick("replacing"):
        return Draw, {"obligation": name}
    return Draw, {
        "obligation": name,
        "instead_of": reading.text("instead_of", most=40),
        "ground": reading.one_of("ground", get_args(Hindered)),
        "reason": reading.text("reason"),
    }


def _pay(name: str, reading: Reading) -> _Read:
    return Pay, {
        "fee": name,
        "on": reading.day("on"),
        "amount_fen": reading.money("amount"),
        "receipt": reading.text("receipt", most=100),
        "payer": reading.text("payer", most=100, wanted=False),
    }


def _refund(name: str, reading: Reading) -> _Read:
    return Refund, {
        "fee": name,
        "on": reading.day("on"),
        "amount_fen": reading.money("amount"),
        "receipt": reading.text("receipt", most=100),
        "reason": reading.text("reason"),
    }


def _undo(name: str, reading: Reading) -> _Read:
    places = [str(place) for place in range(1, 1000)]
    entry = reading.one_of("entry", places)
    return Undo, {"fee": name, "entry": int(entry or 1), "reason": reading.text("reason")}


def _reverse(_name: str, reading: Reading) -> _Read:
    return Reverse, {"reason": reading.text("reason")}


def _rectify(_name: str, reading: Reading) -> _Read:
    milestone = reading.one_of("milestone", Milestone)
    return Rectify, {
        "milestone": milestone,
        "on": reading.day("on"),
        "reason": reading.text("reason"),
    }


def _notice(_name: str, reading: Reading) -> _Read:
    ground = reading.one_of("ground", RevocationGround)
    return Notice, {"ground": ground, "reason": reading.text("reason")}


def _state(_name: str, reading: Reading) -> _Read:
    return State, {"statement": reading.text("statement")}


def _drop(_name: str, reading: Reading) -> _Read:
    return Drop, {"reason": reading.text("reason")}


def _correct(_name: str, reading: Reading) -> _Read:
    number = reading.text("number", most=100)
    return Correct, {"number": number, "correction": reading.text("correction")}


_FORMS: Mapping[str, Callable[[str, Reading], _Read]] = {
    "extend": _extend,
    "explain": _explain,
    "verify": _verify,
    "draw": _draw,
    "pay": _pay,
    "notice": _notice,
    "state": _state,
    "drop": _drop,
    "correct": _correct,
    "refund": _refund,
    "undo": _undo,
    "reverse": _reverse,
    "rectify": _rectify,
}
