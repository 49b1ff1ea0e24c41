"""Puts the pages of an office and its API together."""

from fastapi import FastAPI

from permits.services.office import Office
from permits.settings import shipped
from permits.web import case_papers, errors, home, public, sign_in
from permits.web.api import routes as api
from permits.web.applicant import (
    cases,
    choosing,
    corrections,
    dashboard,
    drafts,
    duties,
    filing,
    materials,
    uploading,
    withdrawing,
)
from permits.web.security import Gate
from permits.web.static import Assets
from permits.web.visits import DemoAccounts, House

__all__ = ["DemoAccounts", "create_app"]

PARTS = (
    home,
    sign_in,
    public,
    dashboard,
    drafts,
    choosing,
    materials,
    filing,
    case_papers,
    cases,
    corrections,
    duties,
    uploading,
    withdrawing,
)


def create_app(office: Office, *, demo: DemoAccounts | None = None) -> FastAPI:
    """The pages and the API of an open office. `demo` are the accounts the sign-in page lists, if
    any."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.house = House(office, Assets(shipped("static")), demo)
    app.add_middleware(Gate, settings=office.settings, failed=errors.failed)
    errors.handle(app)
    for part in PARTS:
        app.include_router(part.router, include_in_schema=False)
    app.include_router(api.router)
    return app
