"""A run and its list on an officer's desk: who is on it and why, and the steps it takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.entitlement import commands as c
from permits.casework.entitlement.rounds import Round
from permits.casework.entitlement.rounds import stream_of as round_stream
from permits.casework.refusals import Reason, Refused
from permits.definitions.policies.editions import PolicyEdition
from permits.definitions.policies.periods import parse
from permits.definitions.policies.schema import Duty
from permits.services import entitlement_requests as r
from permits.store import entitlements as store
from permits.text import entitlements as text
from permits.text import refusals
from permits.text.words import words
from permits.web.amiss import Wrongs, amiss
from permits.web.deps import Form, Officer, RoundId
from permits.web.entitlements_shown import candidates_of, history_of, verdict_of
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.reviewer.entitlements import HOME, has
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()

SEAL = "0" * 64
"""Stands for a reason while it is only asked whether a step is open."""

AT_ONCE = 50
"""Enterprises on a page."""

Code = Annotated[str, Query(max_length=40)]
Page = Annotated[int, Query(ge=1, le=10_000)]


def the_round(visit: Member, round_id: str) -> tuple[Round, PolicyEdition]:
    """A round of the officer's department; 404 alike for others and for none at all."""
    found = visit.office.entitlements.round(round_id)
    if found is None or not visit.actor.works_for(found.authority, found.department):
        raise HTTPException(404)
    return found, visit.office.policies.edition(found.definition)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a round: what it is called and what follows; whether it wants a reason."""

    command: Callable[[str], c.OnRound]
    request: type[r.OnRound]
    duty: Duty
    reason: bool = False


STEPS: Mapping[str, Step] = {
    "offer": Step(c.MakeOffers, r.MakeOffers, Duty.PUBLISH),
    "publish": Step(c.PublishList, r.PublishList, Duty.PUBLISH),
    "settle": Step(c.SettleList, r.SettleList, Duty.DECIDE),
    "close": Step(lambda name: c.CloseOffers(name, SEAL), r.CloseOffers, Duty.DECIDE, reason=True),
    "drop": Step(lambda name: c.DropMatch(name, SEAL), r.DropMatch, Duty.MATCH, reason=True),
}


def title_of(step: str, visit: Member) -> str:
    """What a step is called."""
    _ = words(visit.language).gettext
    return {
        "offer": _("Ask the enterprises to confirm"),
        "publish": _("Publish the list"),
        "settle": _("Settle the list"),
        "close": _("Close offers nobody confirmed"),
        "drop": _("Drop this run"),
        "object": _("Enter an objection"),
    }[step]


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as the page offers it: `shut` says why it is not open, if it is not."""

    path: str
    title: str
    shut: str


def _steps(visit: Member, found: Round, edition: PolicyEdition) -> list[ShownStep]:
    """What may be done now, and what waits for something that can be named."""
    shown: list[ShownStep] = []
    mine = {name: step for name, step in STEPS.items() if has(visit, edition, step.duty)}
    foresee = visit.office.entitlements.foresee(found, visit.actor)
    for name, step in mine.items():
        answer = foresee(step.command(found.id))
        if isinstance(answer, Refused) and answer.reason is Reason.NOT_NOW:
            continue
        says = (
            refusals.sentence(answer, None, visit.language) if isinstance(answer, Refused) else ""
        )
        path = f"{HOME}/rounds/{found.id}/{name}"
        shown.append(ShownStep(path, title_of(name, visit), says))
    if found.stage == "published" and has(visit, edition, Duty.OBJECT):
        path = f"{HOME}/rounds/{found.id}/object"
        shown.append(ShownStep(path, title_of("object", visit), ""))
    return shown


@router.get(HOME + "/rounds/{round}")
def show(visit: Officer, round_id: RoundId, code: Code = "", page: Page = 1) -> Response:
    """A round: its list with amounts, objections, what comes next."""
    found, edition = the_round(visit, round_id)
    if code.strip():
        return see_other(f"{HOME}/rounds/{found.id}/enterprises/{code.strip().upper()}")
    with visit.office.database.read() as connection:
        claims = {one.party: one for one in store.claims_of_round(connection, found.id)}
    shown = candidates_of(visit, found, claims)
    first = (page - 1) * AT_ONCE
    values = visit.office.entitlements.values(round_stream(found.id))
    return visit.page(
        "entitlements/round.html",
        found=found,
        edition=edition,
        title=edition.policy.policy.title.in_(visit.language),
        period=text.period(found.period, visit.language),
        stage=text.stage(found.stage, visit.language),
        outcomes=[
            (text.outcome(name, visit.language), count) for name, count in found.outcomes.items()
        ],
        listed=shown[first : first + AT_ONCE],
        size=len(shown),
        total_fen=sum(one.amount_fen for one in found.on_list),
        page=page,
        pages=max(1, -(-len(shown) // AT_ONCE)),
        objections=[
            (one, text.objection_kind(one.kind, visit.language), values.get(one.text, ""))
            for one in found.objections
        ],
        may_decide=has(visit, edition, Duty.DECIDE),
        steps=_steps(visit, found, edition),
        history=history_of(visit, edition, round_stream(found.id), inside=True),
    )


@router.get(HOME + "/rounds/{round}/enterprises/{code}")
def enterprise(visit: Officer, round_id: RoundId, code: str) -> Response:
    """Why an enterprise is on the list, or why it is not: condition by condition."""
    found, edition = the_round(visit, round_id)
    period = parse(found.period)
    if period is None:
        raise HTTPException(404)
    verdict = visit.office.entitlements.verdict(edition, period, code, found.edition)
    claim = visit.office.entitlements.holding(code).claim(found.policy, found.period)
    return visit.page(
        "entitlements/enterprise.html",
        status=404 if verdict is None or verdict.found is None else 200,
        found=found,
        code=code,
        policy=edition.policy,
        title=edition.policy.policy.title.in_(visit.language),
        period=text.period(found.period, visit.language),
        v=verdict_of(visit, verdict),
        on_list=any(one.code == code for one in found.on_list),
        claim=claim,
        standing=text.standing(claim.standing, visit.language) if claim is not None else "",
    )


@router.get(HOME + "/rounds/{round}/{step}")
def ask(visit: Officer, round_id: RoundId, step: str) -> Response:
    """What a step does, to be confirmed; with a reason where one is wanted."""
    kept = restored(visit)
    return _ask(visit, round_id, step, kept.texts() if kept is not None else {})


def _ask(
    visit: Member,
    round_id: str,
    step: str,
    typed: Mapping[str, str],
    wrong: Wrongs = None,
) -> Response:
    found, edition = the_round(visit, round_id)
    duty = Duty.OBJECT if step == "object" else STEPS[step].duty if step in STEPS else None
    if duty is None or not has(visit, edition, duty):
        raise HTTPException(404)
    told = amiss(wrong, visit.language)
    return visit.page(
        "entitlements/act.html",
        status=told.status,
        kind=step,
        title=title_of(step, visit),
        found=found,
        about=f"{edition.policy.policy.title.in_(visit.language)} · "
        f"{text.period(found.period, visit.language)}",
        home=f"{HOME}/rounds/{found.id}",
        path=f"{HOME}/rounds/{found.id}/{step}",
        reason=step in STEPS and STEPS[step].reason,
        policy=edition.policy,
        kinds=[(one, text.objection_kind(one, visit.language)) for one in ("remove", "add")],
        typed=typed,
        errors=told.errors,
        says=told.says,
    )


@router.post(HOME + "/rounds/{round}/{step}")
async def take(visit: Officer, form: Form, round_id: RoundId, step: str) -> Response:
    """Take the step, or show its form again with what is wrong."""
    return await run_in_threadpool(_take, visit, form, round_id, step)


def _take(visit: Member, form: Posted, round_id: str, step: str) -> Response:
    found, _edition = the_round(visit, round_id)
    reading = Reading(form, visit.language)
    kind: type[r.OnRound]
    if step == "object":
        kind, fields = r.EnterObjection, _objection(reading)
    elif step in STEPS:
        kind = STEPS[step].request
        fields = {"reason": reading.text("reason")} if STEPS[step].reason else {}
    else:
        raise HTTPException(404)
    if reading.errors:
        return _ask(visit, round_id, step, form.texts(), reading.errors)
    given = kind.model_validate({"round": found.id, **fields})
    answer = visit.office.entitlements.handle(given, visit.actor, form.ticket)
    if isinstance(answer, Refused):
        return _ask(visit, round_id, step, form.texts(), answer)
    return see_other(f"{HOME}/rounds/{found.id}")


def _objection(reading: Reading) -> dict[str, str]:
    """An objection somebody brought to the window."""
    return {
        "kind": reading.one_of("kind", ("remove", "add")),
        "code": reading.credit_code("code"),
        "text": reading.text("text"),
        "objector": reading.text("objector", most=100),
    }
