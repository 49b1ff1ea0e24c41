"""Puts the pages of an office and its API together."""

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from permits.services.office import Office
from permits.settings import shipped
from permits.web import (
    case_papers,
    credit,
    display,
    entitlements,
    errors,
    finding,
    home,
    ledgers,
    notices,
    projects,
    public,
    register,
    sign_in,
    sign_on,
    site,
    statistics,
    verifying,
)
from permits.web.account import api_tokens, passwords, second_factor
from permits.web.account import letters as own_letters
from permits.web.account import overview as own_account
from permits.web.administration import (
    access_log,
    accounts,
    departments,
    page_foot,
    proposals,
    rates,
    roles,
    running,
    versions,
    years,
)
from permits.web.api import routes as api
from permits.web.applicant import after as asked_by_holders
from permits.web.applicant import (
    calendars,
    cases,
    choosing,
    corrections,
    cosigning,
    dashboard,
    drafts,
    duties,
    filing,
    later,
    letters,
    materials,
    objecting,
    rating,
    standing,
    stating,
    uploading,
    withdrawing,
)
from permits.web.applicant import entitlements as claims
from permits.web.applicant import heard as heard_by_applicants
from permits.web.auditor import answers as audited_answers
from permits.web.auditor import case as audited_case
from permits.web.auditor import cases as audited_cases
from permits.web.auditor import commitments as audited_commitments
from permits.web.auditor import entitlements as audited_entitlements
from permits.web.auditor import fees as audited_fees
from permits.web.auditor import history as audited_history
from permits.web.auditor import measure as audited_measure
from permits.web.auditor import measures as audited_measures
from permits.web.auditor import overview as figures
from permits.web.auditor import questions as audited_questions
from permits.web.auditor import reports as audited_reports
from permits.web.auditor import simulate as audited_simulations
from permits.web.auditor import states as audited_states
from permits.web.counter import acting as for_applicants
from permits.web.counter import coming, serving
from permits.web.counter import filing as on_paper
from permits.web.reviewer import (
    actions,
    besides,
    board,
    columns,
    entitlement_batches,
    entitlement_claims,
    entitlement_objections,
    entitlement_rounds,
    inbox,
    notes,
    parties,
    rounds,
    substitutes,
    together,
    voices,
    week,
)
from permits.web.reviewer import after as done_by_officers
from permits.web.reviewer import cases as office_cases
from permits.web.reviewer import entitlements as office_entitlements
from permits.web.reviewer import heard as heard_by_officers
from permits.web.security import Gate
from permits.web.static import Assets
from permits.web.visits import DemoAccounts, House
from permits.web.watching import Watch

__all__ = ["DemoAccounts", "create_app"]

PARTS = (
    inbox,
    office_cases,
    actions,
    besides,
    heard_by_officers,
    for_applicants,
    coming,
    serving,
    on_paper,
    done_by_officers,
    dashboard,
    cases,
    drafts,
    calendars,
    letters,
    choosing,
    cosigning,
    materials,
    filing,
    case_papers,
    corrections,
    later,
    stating,
    duties,
    uploading,
    withdrawing,
    rating,
    voices,
    heard_by_applicants,
    parties,
    standing,
    asked_by_holders,
    home,
    sign_in,
    sign_on,
    own_account,
    own_letters,
    api_tokens,
    passwords,
    second_factor,
    public,
    finding,
    register,
    verifying,
    notices,
    statistics,
    site,
    credit,
    projects,
    figures,
    audited_cases,
    audited_answers,
    audited_case,
    audited_measures,
    audited_measure,
    audited_states,
    audited_commitments,
    audited_questions,
    audited_reports,
    audited_fees,
    audited_simulations,
    ledgers,
    entitlements,
    claims,
    objecting,
    office_entitlements,
    entitlement_rounds,
    entitlement_objections,
    entitlement_claims,
    entitlement_batches,
    audited_entitlements,
    audited_history,
    substitutes,
    columns,
    together,
    notes,
    week,
    board,
    rounds,
    accounts,
    roles,
    access_log,
    departments,
    proposals,
    years,
    versions,
    rates,
    page_foot,
    running,
    display,
)
"""The pages, those that are asked for most first: addresses are compared in this order."""


def create_app(office: Office, *, demo: DemoAccounts | None = None) -> FastAPI:
    """The pages and the API of an open office. `demo` are the accounts the sign-in page lists, if
    any."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.house = House(office, Assets(shipped("static")), demo)
    watch = Watch(office.watching)
    app.add_middleware(Gate, settings=office.settings, failed=errors.failed, watch=watch)
    errors.handle(app)
    # In one list. What is included stays a router of its own, is searched twice, and is made anew
    # for each application.
    app.router.routes.extend(_pages())
    app.router.routes.extend(api.router.routes)
    return app


def _pages() -> Iterator[BaseRoute]:
    """The routes of the pages, none of which is described to programs."""
    for part in PARTS:
        for route in part.router.routes:
            if isinstance(route, APIRoute):
                route.include_in_schema = False
            yield route
