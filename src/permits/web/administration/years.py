"""The working-day calendar: the published years with their notices, and a file of more."""

import re
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.casework.dates import day_of
from permits.casework.standings import Charge
from permits.casework.working_days import published
from permits.definitions.calendar_file import BrokenCalendar, read_calendar
from permits.definitions.holiday_notice import UnreadNotice, read_notice
from permits.services.proposed import Draft, of_years
from permits.text import holiday_notices
from permits.text.words import words
from permits.web.administration import proposals
from permits.web.administration.charges import Looking, Proposing, may
from permits.web.administration.uploads import sent
from permits.web.deps import Form
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.visits import Member

router = APIRouter()

HOME = f"{proposals.HOME}/calendar"
MOST_OF_A_NOTICE = 5_000

_ADDRESS = re.compile(r"https?://\S+")


@router.get(HOME)
def listed(visit: Looking) -> Response:
    """The published years, the newest first."""
    return _page(visit)


@router.post(HOME)
async def propose(visit: Proposing, form: Form) -> Response:
    """Look at a file of years; propose it, unless it was only to be looked at."""
    return await run_in_threadpool(_propose, visit, form)


def _propose(visit: Member, form: Posted) -> Response:
    return proposals.sent_file(visit, form, _read, _page, lambda _visit, _found: "")


def _read(visit: Member, form: Posted, reading: Reading) -> Draft | tuple[str, ...] | None:
    """The year of the notice, or the years of the file; what is wrong with it, each with its
    line; None if there is none."""
    notice = reading.text("notice", most=MOST_OF_A_NOTICE, wanted=False)
    if notice and form.file("file") is None:
        return _read_notice(notice, reading)
    raw = sent(form, reading)
    if raw is None:
        return None
    try:
        years = read_calendar(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        reading.errors["file"] = words(visit.language).gettext("Save the file as UTF-8")
        return None
    except BrokenCalendar as broken:
        says = words(visit.language).gettext("The file cannot be used; what is wrong stands below")
        reading.errors["file"] = says
        return broken.findings
    return of_years([published(year.record()) for year in years])


def _read_notice(notice: str, reading: Reading) -> Draft | None:
    """The year that a notice of the State Council announces; what cannot be read stands beside
    its field."""
    url = reading.text("url", most=500, wanted=False)
    if url and not _ADDRESS.fullmatch(url):
        reading.errors["url"] = words(reading.language).gettext(
            "Write the whole address, beginning with https://"
        )
    if reading.errors:
        return None
    try:
        year = read_notice(notice, url)
    except UnreadNotice as unread:
        told = holiday_notices.sentences(unread.findings, reading.language)
        reading.errors["notice"] = " · ".join(told)
        return None
    return of_years([published(year.record())])


def _page(
    visit: Member,
    *,
    form: Posted | None = None,
    errors: Mapping[str, str] | None = None,
    **values: Any,
) -> Response:
    calendar = visit.office.shelf.calendar
    return visit.page(
        "administration/years.html",
        status=422 if errors else 200,
        years=calendar.years[::-1],
        today=day_of(visit.office.now()),
        proposes=may(visit, Charge.PROPOSE),
        typed=form.texts() if form is not None else {},
        errors=errors or {},
        **{"findings": (), "effect": None, **values},
    )
