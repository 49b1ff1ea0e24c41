"""What officers do with claims: examine and decide applications, demand a payment back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.dates import day_of
from permits.casework.entitlement.claim_events import RecoveryGround
from permits.casework.entitlement.claims import Claim, place_of, stream_of
from permits.casework.parts import Recommendation
from permits.casework.refusals import Refused
from permits.definitions.policies.editions import PolicyEdition
from permits.definitions.policies.schema import Duty
from permits.services import entitlement_requests as r
from permits.text import entitlements as text
from permits.text.words import words
from permits.web.amiss import Wrongs, amiss
from permits.web.deps import Form, Officer
from permits.web.entitlements_shown import claim_history
from permits.web.files import download
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.reviewer.entitlements import HOME, has
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()

CLAIM = HOME + "/claims/{policy}/{period}/{code}"


@dataclass(frozen=True, slots=True)
class Held:
    """A claim of the officer's department, with the version of everything its enterprise has."""

    claim: Claim
    version: int
    edition: PolicyEdition

    @property
    def home(self) -> str:
        return f"{HOME}/claims/{self.claim.policy}/{self.claim.period}/{self.claim.party}"


def _held(visit: Member, policy: str, period: str, code: str) -> Held:
    """A claim; 404 alike for one of others and for none at all."""
    holding = visit.office.entitlements.holding(code)
    claim = holding.claim(policy, period)
    if claim is None or not visit.actor.works_for(claim.authority, claim.department):
        raise HTTPException(404)
    return Held(claim, holding.version, visit.office.policies.edition(claim.definition))


Read = Callable[[Held, Reading], dict[str, Any]]


def _examine(held: Held, reading: Reading) -> dict[str, Any]:
    grade = reading.form.text("grade")
    return {
        "recommends": reading.one_of("recommends", get_args(Recommendation)),
        "grade": grade if grade in held.edition.policy.grades else "",
        "opinion": reading.text("opinion"),
    }


def _decide(_held: Held, reading: Reading) -> dict[str, Any]:
    granted = reading.one_of("granted", ("true", "false")) == "true"
    return {"granted": granted, "reason": reading.text("reason", wanted=not granted)}


def _recover(_held: Held, reading: Reading) -> dict[str, Any]:
    return {
        "ground": reading.one_of("ground", get_args(RecoveryGround)),
        "amount_fen": reading.money("amount"),
        "reason": reading.text("reason"),
    }


def _repaid(_held: Held, reading: Reading) -> dict[str, Any]:
    return {"on": reading.day("on"), "amount_fen": reading.money("amount")}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a claim: in which standings it is open, who takes it, how its form is read."""

    standings: tuple[str, ...]
    duty: Duty
    request: type[r.OnClaim]
    read: Read


STEPS: Mapping[str, Step] = {
    "examine": Step(("applied", "examined"), Duty.EXAMINE, r.ExamineApplication, _examine),
    "decide": Step(("examined",), Duty.DECIDE, r.DecideApplication, _decide),
    "recover": Step(("paid", "recovering", "recovered"), Duty.RECOVER, r.OrderRecovery, _recover),
    "repaid": Step(("recovering",), Duty.RECORD, r.RecordRecovery, _repaid),
}


def _title(step: str, visit: Member) -> str:
    _ = words(visit.language).gettext
    return {
        "examine": _("Examine the application"),
        "decide": _("Decide the application"),
        "recover": _("Demand the payment back"),
        "repaid": _("Record what was paid back"),
    }[step]


@router.get(CLAIM)
def show(visit: Officer, policy: str, period: str, code: str) -> Response:
    """A claim: where it stands, how it came about, what may be done."""
    held = _held(visit, policy, period, code)
    claim, edition = held.claim, held.edition
    values = visit.office.entitlements.values(stream_of(claim.party))
    place = place_of(claim.party, claim.policy, claim.period)
    handed_in = {one.sha256 for one in claim.handed_in}
    grade = edition.policy.grades.get(claim.grade)
    steps = [
        (f"{held.home}/{name}", _title(name, visit))
        for name, step in STEPS.items()
        if claim.standing in step.standings and has(visit, edition, step.duty)
    ]
    return visit.page(
        "entitlements/claim_office.html",
        claim=claim,
        home=held.home,
        title=edition.policy.policy.title.in_(visit.language),
        period=text.period(claim.period, visit.language),
        standing=text.standing(claim.standing, visit.language),
        route=text.route(claim.route, visit.language),
        grade=grade.title.in_(visit.language) if grade is not None else "",
        grounds=values.get(claim.grounds or "", ""),
        uploads=[one for one in visit.office.uploading.left(place) if one.sha256 in handed_in],
        steps=steps,
        history=claim_history(visit, edition, claim, inside=True),
    )


@router.get(CLAIM + "/files/{upload}")
def file(visit: Officer, policy: str, period: str, code: str, upload: str) -> Response:
    """A file of an application."""
    claim = _held(visit, policy, period, code).claim
    handed_in = {one.sha256 for one in claim.handed_in}
    place = place_of(claim.party, claim.policy, claim.period)
    among = (one for one in visit.office.uploading.left(place) if one.sha256 in handed_in)
    return download(visit.office.files, among, upload)


@router.get(CLAIM + "/{step}")
def ask(visit: Officer, policy: str, period: str, code: str, step: str) -> Response:
    """What a step asks to be told."""
    kept = restored(visit)
    held = _held(visit, policy, period, code)
    return _page(visit, held, step, kept.texts() if kept is not None else {})


def _page(
    visit: Member,
    held: Held,
    step: str,
    typed: Mapping[str, str],
    wrong: Wrongs = None,
) -> Response:
    rule = STEPS.get(step)
    if rule is None or not has(visit, held.edition, rule.duty):
        raise HTTPException(404)
    told = amiss(wrong, visit.language)
    _ = words(visit.language).gettext
    claim, policy = held.claim, held.edition.policy
    return visit.page(
        "entitlements/claim_act.html",
        status=told.status,
        kind=step,
        title=_title(step, visit),
        claim=claim,
        version=held.version,
        about=policy.policy.title.in_(visit.language),
        home=held.home,
        path=f"{held.home}/{step}",
        grades=[(n, grade.title.in_(visit.language)) for n, grade in policy.grades.items()],
        recommends=[("grant", _("grant")), ("refuse", _("refuse"))],
        grounds=[
            (one, text.recovery_ground(one, visit.language)) for one in get_args(RecoveryGround)
        ],
        grade=policy.grades[claim.grade].title.in_(visit.language) if claim.grade else "",
        today=day_of(visit.office.now()),
        typed=typed,
        errors=told.errors,
        says=told.says,
    )


def _of(policy: str, period: str, code: str) -> tuple[str, str, str]:
    return policy, period, code


Of = Annotated[tuple[str, str, str], Depends(_of)]
"""The claim of an address: policy, period, credit code."""


@router.post(CLAIM + "/{step}")
async def take(visit: Officer, form: Form, of: Of, step: str) -> Response:
    """Take the step, or show its form again with what is wrong."""
    return await run_in_threadpool(_take, visit, form, of, step)


def _take(visit: Member, form: Posted, of: tuple[str, str, str], step: str) -> Response:
    held = _held(visit, *of)
    rule = STEPS.get(step)
    if rule is None or not has(visit, held.edition, rule.duty):
        raise HTTPException(404)
    reading = Reading(form, visit.language)
    fields = rule.read(held, reading)
    if reading.errors:
        return _page(visit, held, step, form.texts(), reading.errors)
    claim = held.claim
    named = {"party": claim.party, "policy": claim.policy, "period": claim.period}
    given = rule.request.model_validate({**named, **fields})
    answer = visit.office.entitlements.handle(given, visit.actor, form.ticket)
    if isinstance(answer, Refused):
        return _page(visit, held, step, form.texts(), answer)
    return see_other(held.home)
