"""Several cases at once: each goes through the same service as one alone would, under its own key,
and of each is told what became of it. Nothing that judges a case is among what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, get_args

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.access import works_on
from permits.casework.dates import day_of
from permits.casework.offers import offers
from permits.casework.refusals import Refused
from permits.casework.together import TOGETHER
from permits.definitions.procedure import Act
from permits.services.case_record import Record
from permits.services.cases import BadAnswers, Ticket
from permits.services.requests import Given, Nothing, Service
from permits.store import case_notes
from permits.text import refusals
from permits.text.words import Language, words
from permits.web.answering import answered
from permits.web.deps import Form, Officer
from permits.web.forms import Posted
from permits.web.reading import Reading, Unfit
from permits.web.reviewer.inputs import Means
from permits.web.visits import Member

router = APIRouter()

MOST = 25
"""Cases in one go: a page of a list."""

HAND = "hand"
"""Beside the acts: to give the cases to a colleague."""

KINDS: tuple[str, ...] = (*TOGETHER, HAND)


@dataclass(frozen=True, slots=True)
class One:
    """A case among several: the action it would be, and why it is not for now; after it was
    tried, `done` says whether it was."""

    record: Record
    title: str
    action: str
    shut: str
    done: bool = False

    @property
    def id(self) -> str:
        return self.record.case.id.removeprefix("case/")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was said for all of the cases."""

    given: Given = field(default_factory=Nothing)
    to: str = ""


def offered(language: Language) -> list[tuple[str, str]]:
    """What can be done with several cases, in words."""
    return [(name, title(name, language)) for name in KINDS]


def title(name: str, language: Language) -> str:
    """What something is called that is done with several cases."""
    _ = words(language).gettext
    match name:
        case Act.ACCEPT:
            return _("Accept what is complete")
        case Act.DELIVER:
            return _("Record the delivery")
        case Act.PUBLISH:
            return _("Publish")
        case Act.CONCLUDE:
            return _("Put away what is done")
        case _:
            return _("Hand to a colleague")


@router.get("/review/together")
def ask(
    visit: Officer,
    case: Annotated[list[str] | None, Query(max_length=MOST)] = None,
    do: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """The cases that were ticked, what can be done with each, and what has to be said for it."""
    _known(do)
    return _page(visit, do, _looked_at(visit, do, case or ()))


@router.post("/review/together")
async def act(visit: Officer, form: Form) -> Response:
    """Do it with each case, and tell what became of it."""
    do = form.text("do")
    _known(do)
    listed = await run_in_threadpool(_looked_at, visit, do, form.every("case")[:MOST], form)
    typed = await run_in_threadpool(_typed, visit, do, form)
    if isinstance(typed, Unfit):
        return await run_in_threadpool(_page, visit, do, listed, form.texts(), typed.errors)
    did = [await _one(visit, one, typed, form) for one in listed]
    return await run_in_threadpool(_page, visit, do, did, form.texts())


def _known(do: str) -> None:
    if do not in KINDS:
        raise HTTPException(422)


def _looked_at(
    visit: Member, do: str, cases: Sequence[str], form: Posted | None = None
) -> list[One]:
    """Each case that the visitor's department decides: as it stands now, or as the form has it
    that was sent."""
    read = visit.office.cases.read
    known = (read(f"case/{one}", visit.actor) for one in dict.fromkeys(cases))
    records = [one for one in known if one is not None and works_on(visit.actor, one.case)]
    looked = [_look(visit, do, record, form) for record in records]
    if do != Act.ACCEPT:
        return looked
    with visit.office.database.read() as connection:
        noted = case_notes.with_findings(connection, [one.case.id for one in records])
    return [_unseen(visit, one) if one.record.case.id in noted else one for one in looked]


def _look(visit: Member, do: str, record: Record, form: Posted | None) -> One:
    """The action it would be. A form that was sent says which; whether it is still to be taken is
    for the service to say, which knows what was sent before."""
    _ = words(visit.language).gettext
    definition = visit.office.cases.edition(record.case).definition
    name = str(record.case.answers.get(definition.permit.shows.title, ""))
    one = One(record, name or definition.permit.title.in_(visit.language), HAND, "")
    if do == HAND:
        return one
    if form is not None:
        action = form.text(f"action:{one.id}")
        rule = definition.chart.actions.get(action)
        fits = rule is not None and rule.act == do
        return replace(one, action=action, shut="" if fits else _("This is not the next step."))
    offer = next((x for x in offers(record.case, visit.desk(record.case)) if x.act == do), None)
    if offer is None:
        return replace(one, shut=_("This is not the next step."))
    refused = offer.shut
    shut = refusals.sentence(refused, definition, visit.language) if refused else ""
    return replace(one, action=offer.action, shut=shut)


def _unseen(visit: Member, one: One) -> One:
    """A case in which somebody found a defect is accepted by whoever looks at it, or not."""
    says = words(visit.language).gettext("Somebody found a defect: look at the case itself.")
    return one if one.shut else replace(one, shut=says)


def _typed(visit: Member, do: str, form: Posted) -> Typed | Unfit:
    reading = Reading(form, visit.language)
    if do == HAND:
        to = reading.one_of("to", [one for one, _name in _colleagues(visit)])
        return Unfit(reading.errors) if reading.errors else Typed(to=to)
    if do != Act.DELIVER:
        return Typed()
    on, means = reading.day("on"), reading.one_of("means", get_args(Means))
    if reading.errors:
        return Unfit(reading.errors)
    return Typed(Service.model_validate({"on": on, "means": means}))


def _colleagues(visit: Member) -> list[tuple[str, str]]:
    found = visit.office.notes.colleagues(visit.actor.office, visit.actor.department)
    return list(found.items())


async def _one(visit: Member, one: One, typed: Typed, form: Posted) -> One:
    """One case, through the service any case goes through."""
    if one.shut:
        return one
    if one.action == HAND:
        hand = visit.office.notes.hand
        done = await run_in_threadpool(hand, one.record.case, typed.to, visit.actor)
        return replace(one, done=done)
    ticket = Ticket(f"{form.key}.{one.id}", _seen(form, one))
    sent = visit.office.cases.act(one.record, one.action, typed.given, visit.actor, ticket)
    if isinstance(sent, BadAnswers):
        raise HTTPException(422)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if not isinstance(answer, Refused):
        return replace(one, done=True)
    definition = visit.office.cases.edition(one.record.case).definition
    return replace(one, shut=refusals.sentence(answer, definition, visit.language))


def _seen(form: Posted, one: One) -> int:
    """The version of the case that the visitor had before them; 400 without one."""
    seen = form.text(f"seen:{one.id}")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        raise HTTPException(400)
    return int(seen)


def _page(
    visit: Member,
    do: str,
    listed: Sequence[One],
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    """The cases with what can be done with each; or, if it was tried, what became of it."""
    return visit.page(
        "reviewer/together.html",
        status=422 if errors else 200,
        do=do,
        says=title(do, visit.language),
        listed=listed,
        open=[one for one in listed if not one.shut],
        colleagues=_colleagues(visit) if do == HAND else (),
        tried=typed is not None and not errors,
        typed=typed or {"on": day_of(visit.office.now()).isoformat()},
        errors=errors or {},
    )
