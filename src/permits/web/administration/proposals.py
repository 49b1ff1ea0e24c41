"""Proposals to publish: those that wait, one with everything it would change, its decision."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.publishing import Fault, Outcome, Proposal, What, not_to_decide
from permits.definitions import diagram
from permits.definitions.differences import Change, differences
from permits.definitions.findings import Finding
from permits.services.calendar_preview import Preview, preview
from permits.services.proposed import Draft, checked_again, years_in
from permits.services.published_site import site_in
from permits.services.publishing import MOST_DECIDED, Known
from permits.text import publishing as text
from permits.text.sites import Line, lines
from permits.web import step_up
from permits.web.administration.charges import Looking
from permits.web.deps import Form
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.visits import Member, Visit, see_other

router = APIRouter()

HOME = "/publishing"
STEPS = {
    "publish": Outcome.PUBLISHED,
    "decline": Outcome.DECLINED,
    "withdraw": Outcome.WITHDRAWN,
}

Text = Annotated[str, Query(max_length=100)]


@dataclass(frozen=True, slots=True)
class Effect:
    """What publishing something would change. Of a definition: its differences from the newest
    version, if there is one, what the checker of today finds, and its states and actions drawn;
    of years: their preview; of what stands below every page: part by part."""

    changes: tuple[Change, ...] = ()
    first: bool = False
    findings: tuple[Finding, ...] = ()
    calendar: Preview | None = None
    drawing: str = ""
    site: tuple[Line, ...] = ()


def effect(visit: Visit, draft: Draft, base: str) -> Effect:
    """The effect of something over what was published when it was proposed."""
    office = visit.office
    if draft.what is What.CALENDAR:
        years = years_in(draft.content)
        return Effect(calendar=preview(office.database, office.shelf, office.cases, years))
    if draft.what is What.SITE:
        return Effect(site=tuple(lines(visit.site, site_in(draft.content), visit.language)))
    resolved, findings = checked_again(draft.content)
    drawing = ""
    if resolved is not None:
        drawn = diagram.svg(resolved.definition, visit.language)
        drawing = Markup(drawn)  # noqa: S704 - escaped where it is drawn
    earlier = office.shelf.content(base) if base else None
    if earlier is None:
        return Effect(first=True, findings=findings, drawing=drawing)
    changes = differences(msgspec.json.decode(earlier), msgspec.json.decode(draft.content))
    return Effect(changes, findings=findings, drawing=drawing)


def subject(visit: Visit, proposal: Proposal) -> str:
    """What a proposal is about, as people call it; empty where there is only one of it."""
    edition = visit.office.shelf.current(proposal.subject)
    if proposal.what is What.CALENDAR or edition is None:
        return proposal.subject
    return edition.definition.permit.title.in_(visit.language)


def sent_file(
    visit: Member,
    form: Posted,
    read: Callable[[Member, Posted, Reading], Draft | tuple[Any, ...] | None],
    page: Callable[..., Response],
    base: Callable[[Member, Draft], str],
) -> Response:
    """Propose what is in a file, or show what it would change if it was only to be looked at.
    `read` gives its findings if it cannot be used, `base` the version it would follow."""
    reading = Reading(form, visit.language)
    only = form.text("what") == "look"
    reason = reading.text("reason", most=500, wanted=not only)
    found = read(visit, form, reading)
    if isinstance(found, tuple):
        return page(visit, form=form, errors=reading.errors, findings=found)
    if found is None or reading.errors:
        return page(visit, form=form, errors=reading.errors)
    if only:
        return page(visit, form=form, effect=effect(visit, found, base(visit, found)))
    made = propose(visit, found, reason)
    if isinstance(made, Response):
        return made
    return page(visit, form=form, errors={"file": made})


def for_others_than_its_own(visit: Member) -> int:
    """How many proposals of others wait, which whoever asks may decide."""
    waiting = visit.office.publishing.waiting()
    return sum(1 for one in waiting if one.proposal.by != visit.actor.id)


@router.get(HOME)
def listed(visit: Looking, before: Text = "") -> Response:
    """Proposals that wait, and what became of others, the newest first."""
    publishing = visit.office.publishing
    decided = publishing.decided(before)
    more = len(decided) > MOST_DECIDED
    shown = decided[:MOST_DECIDED]
    return visit.page(
        "administration/proposals.html",
        waiting=publishing.waiting(),
        subject=lambda proposal: subject(visit, proposal),
        decided=shown,
        first=HOME if before else "",
        onwards=f"{HOME}?before={shown[-1].proposal.id}" if more else "",
    )


@router.get(f"{HOME}/proposals/{{proposal}}")
def show(visit: Looking, proposal: str, done: Text = "") -> Response:
    """A proposal with what it would change, and what the reader may do with it."""
    return _page(visit, _found(visit, proposal), done=done)


def _found(visit: Visit, name: str) -> tuple[Known, bytes]:
    found = visit.office.publishing.known(name)
    if found is None:
        raise HTTPException(404)
    return found


def _page(
    visit: Member,
    found: tuple[Known, bytes],
    *,
    done: str = "",
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    known, content = found
    proposal = known.proposal
    draft = Draft(proposal.what, proposal.subject, proposal.digest, content)
    open_to = {
        step: not_to_decide(proposal, outcome, visit.actor) is None
        for step, outcome in STEPS.items()
    }
    return visit.page(
        "administration/proposal.html",
        status=422 if errors else 200,
        known=known,
        subject=subject(visit, proposal),
        effect=effect(visit, draft, proposal.base) if proposal.open else Effect(),
        may=open_to,
        done=done,
        typed=typed or {},
        errors=errors or {},
    )


@router.post(f"{HOME}/proposals/{{proposal}}/{{step}}")
async def decide(visit: Looking, form: Form, proposal: str, step: str) -> Response:
    """Publish, decline or withdraw it."""
    return await run_in_threadpool(_decide, visit, form, proposal, step)


def _decide(visit: Member, form: Posted, name: str, step: str) -> Response:
    outcome = STEPS.get(step)
    if outcome is None:
        raise HTTPException(404)
    _found(visit, name)
    if outcome is Outcome.PUBLISHED:
        step_up.demand(visit, form)
    reading = Reading(form, visit.language)
    reason = reading.text("reason", most=500, wanted=outcome is Outcome.DECLINED)
    if not reading.errors:
        fault = visit.office.publishing.decide(name, outcome, reason, visit.actor)
        if fault is None:
            return see_other(f"{HOME}/proposals/{name}?done={outcome}")
        field = "reason" if fault is Fault.REASON_WANTED else ""
        reading.errors[field] = text.fault(fault, visit.language)
    return _page(visit, _found(visit, name), typed=form.texts(), errors=reading.errors)


def propose(visit: Member, draft: Draft, reason: str) -> Response | str:
    """Propose something and show it; a sentence, if it cannot be proposed."""
    made = visit.office.publishing.propose(draft, reason, visit.actor)
    if isinstance(made, Fault):
        return text.fault(made, visit.language)
    return see_other(f"{HOME}/proposals/{made}")
