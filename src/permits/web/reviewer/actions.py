"""Taking an action of the chart: what it asks to be told, and what will follow."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework import commands as c
from permits.casework.access import may_act
from permits.casework.decide.actions import GROUND_OF
from permits.casework.decide.tolerance import supply_clock
from permits.casework.offers import offers
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import (
    ENDING_TOLERANCE,
    Act,
    DeregistrationGround,
    RevocationGround,
    SpecialCause,
    WithdrawalGround,
)
from permits.services.case_record import Record
from permits.services.cases import BadAnswers
from permits.services.requests import REQUEST_OF, Reasoned
from permits.store.case_notes import Finding
from permits.text import grounds, refusals
from permits.text.history import foretold
from permits.text.words import words
from permits.web.amiss import amiss
from permits.web.answering import answered
from permits.web.deps import Form, Officer, TheRecord
from permits.web.forms import Posted
from permits.web.reading import Unfit
from permits.web.reviewer.cases import home, inside
from permits.web.reviewer.findings import abouts, by_about, gathered, not_handed_in
from permits.web.reviewer.inputs import given_for
from permits.web.step_up import confirmed
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()


class Acting:
    """An action of the chart on somebody's desk, open or not."""

    def __init__(self, visit: Member, record: Record, action: str) -> None:
        self.visit = visit
        self.record = record
        self.case = inside(visit, record)
        rule = self.case.definition.chart.actions.get(action)
        if rule is None or not may_act(visit.actor, frozenset(rule.by), record.case):
            raise HTTPException(404)
        self.action = action
        self.act: Act = rule.act
        self.title = rule.title.in_(visit.language)

    @property
    def home(self) -> str:
        return home(self.case)

    @property
    def path(self) -> str:
        return f"{self.home}/actions/{self.action}"

    @property
    def shut(self) -> str:
        """Why it cannot be taken now; nothing if it can."""
        desk = self.visit.desk(self.record.case)
        found = {offer.action: offer.shut for offer in offers(self.record.case, desk)}
        refused = found.get(self.action, Refused(Reason.NOT_NOW, (self.action,)))
        return self.says(refused) if refused else ""

    @property
    def follows(self) -> tuple[str, ...]:
        """What it will bring about, if it needs to be told nothing for that to be known."""
        command = c.TakeAction(self.action)
        found = self.visit.office.cases.foresee(self.record.case, command, self.visit.actor)
        return () if isinstance(found, Refused) else foretold(found.facts, self.case.teller)

    @property
    def abouts(self) -> tuple[str, ...]:
        """What a correction notice may name: materials the track deals with, questions put."""
        return abouts(self.case) if self.act is Act.ISSUE_CORRECTION else ()

    @property
    def found(self) -> Mapping[str, tuple[Finding, ...]]:
        """What whoever looked at the case found so far, by what it is about."""
        if self.act is not Act.ISSUE_CORRECTION:
            return {}
        return by_about(self.visit.office.notes.findings(self.record.case))

    @property
    def options(self) -> list[tuple[str, str]]:
        """The causes or grounds the act may rest on, in words."""
        language = self.visit.language
        match self.act:
            case Act.SUSPEND:
                lawful = {x for r in self.case.definition.clocks.values() for x in r.suspended_by}
                return [(x, grounds.cause(x, language)) for x in SpecialCause if x in lawful]
            case Act.REVOKE:
                return [(x, grounds.revocation(x, language)) for x in RevocationGround]
            case Act.WITHDRAW_GRANT:
                return [(x, grounds.grant_withdrawal(x, language)) for x in WithdrawalGround]
            case Act.DEREGISTER:
                return [(x, grounds.deregistration(x, language)) for x in self._deregistering]
            case _:
                return []

    @property
    def _deregistering(self) -> tuple[DeregistrationGround, ...]:
        """Of what was taken back or has lapsed that is the only ground."""
        marks = self.record.case.milestones
        only = next((ground for mark, ground in GROUND_OF.items() if mark in marks), None)
        revoked = DeregistrationGround.REVOKED
        return (only,) if only else tuple(g for g in DeregistrationGround if g != revoked)

    @property
    def asks_reason(self) -> bool:
        return REQUEST_OF[self.act] is Reasoned

    @property
    def drafted(self) -> dict[str, str]:
        """What the form begins with: in a correction notice, what was found so far; where
        something did not follow in time, why that ends the case; in a revocation, what the
        holder was told."""
        if self.act in ENDING_TOLERANCE:
            return {"reason": self._unsupplied}
        if self.act is Act.REVOKE and self.record.case.intended is not None:
            intended = self.record.case.intended
            reason = self.case.values.get(intended.reason, "")
            return {"ground": intended.ground, "reason": reason}
        if self.act is not Act.ISSUE_CORRECTION:
            return {}
        return {**not_handed_in(self.case), **gathered(self.found, self.visit.language)}

    @property
    def _unsupplied(self) -> str:
        _ = words(self.visit.language).gettext
        clock = supply_clock(self.record.case, self.case.edition)
        filled = {
            "day": self.case.teller.due(clock.due if clock else None),
            "what": self.case.teller.materials(self.record.case.tolerated),
        }
        return _("Not supplied by %(day)s as undertaken: %(what)s.") % filled

    def says(self, refused: Refused) -> str:
        return refusals.sentence(refused, self.case.definition, self.visit.language)

    def page(
        self,
        *,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
        refused: Refused | None = None,
        seen: int = 0,
    ) -> Response:
        """The form, as it was typed, with what is wrong. Whoever was overtaken is told what has
        happened since the version they saw."""
        told = amiss(refused or errors, self.visit.language, self.case.definition)
        overtaken = refused is not None and refused.reason is Reason.OVERTAKEN
        return self.visit.page(
            "reviewer/action.html",
            status=told.status,
            a=self,
            case=self.case,
            today=self.case.today,
            typed=self.drafted if typed is None else typed,
            errors=told.errors,
            says=told.says,
            since=self.case.told(seen) if overtaken else (),
            written=_texts(typed or {}),
        )


@router.get("/review/cases/{case}/actions/{action}")
def ask(visit: Officer, record: TheRecord, action: str) -> Response:
    """What the action asks, or why it cannot be taken."""
    form = restored(visit)
    return Acting(visit, record, action).page(typed=form.texts() if form else None)


@router.post("/review/cases/{case}/actions/{action}")
async def take(visit: Officer, record: TheRecord, action: str, form: Form) -> Response:
    """Take the action, or show the form again with what is wrong."""
    acting = await run_in_threadpool(Acting, visit, record, action)
    given = given_for(acting.act, form, visit.language, acting.abouts)
    if isinstance(given, Unfit):
        return await run_in_threadpool(acting.page, typed=form.texts(), errors=given.errors)
    await confirmed(visit, given, form)
    sent = visit.office.cases.act(record, action, given, visit.actor, form.ticket)
    if isinstance(sent, BadAnswers):
        raise HTTPException(422)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if not isinstance(answer, Refused):
        return see_other(f"{acting.home}?done={action}")
    return await run_in_threadpool(_refused, acting, form, answer)


def _texts(typed: Mapping[str, str]) -> tuple[str, ...]:
    """What was written, to be kept by whoever wrote it if the form cannot be shown again."""
    own = {name: text for name, text in typed.items() if name not in ("csrf", "key", "seen")}
    return tuple(text for text in own.values() if text.strip())


def _refused(acting: Acting, form: Posted, refused: Refused) -> Response:
    """The page over the case as it stands by now."""
    visit, record = acting.visit, acting.record
    now = visit.office.cases.read(record.case.id, visit.actor) or record
    again = Acting(visit, now, acting.action)
    return again.page(typed=form.texts(), refused=refused, seen=form.seen)
