"""The fees of a period for an auditor: totals, open balances, the file for the treasury, and its
own file compared."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.analytics import treasury
from permits.analytics.treasury_file import MOST_BYTES, BadFile, compare, read
from permits.analytics.treasury_sheet import difference, kind, name, sheet, unreadable
from permits.casework.dates import day_of
from permits.text.words import words
from permits.web.auditor import tables
from permits.web.deps import Auditor, Form
from permits.web.visits import Visit

router = APIRouter()

MOST_BALANCES = 200
MOST_DIFFERENCES = 500

From = Annotated[str, Query(alias="from", max_length=40)]
To = Annotated[str, Query(alias="to", max_length=40)]


@dataclass(frozen=True, slots=True)
class Period:
    """The days that were asked for, as they were typed, and what is wrong with them."""

    first: date
    last: date
    typed: dict[str, str]
    errors: dict[str, str]


def _period(visit: Visit, first: str, last: str) -> Period:
    """The period; without days, the year up to today."""
    _ = words(visit.language).gettext
    today = day_of(visit.office.now())
    errors: dict[str, str] = {}
    found = {"from": today.replace(month=1, day=1), "to": today}
    for key, typed in (("from", first.strip()), ("to", last.strip())):
        if not typed:
            continue
        try:
            found[key] = date.fromisoformat(typed)
        except ValueError:
            errors[key] = _("Write the date as year-month-day, such as 2022-06-09")
    if not errors and found["to"] < found["from"]:
        errors["to"] = _("The last day lies before the first")
    typed_as = {
        "from": first.strip() or str(found["from"]),
        "to": last.strip() or str(found["to"]),
    }
    return Period(found["from"], found["to"], typed_as, errors)


@router.get("/treasury")
def show(visit: Auditor, first: From = "", last: To = "") -> Response:
    """Totals and open balances of a period."""
    return _page(visit, _period(visit, first, last))


@router.get("/treasury.csv")
def file(visit: Auditor, first: From = "", last: To = "") -> Response:
    """Every entry of a period with the totals, for the treasury and for a spreadsheet."""
    period = _period(visit, first, last)
    if period.errors:
        return _page(visit, period)
    with visit.office.database.snapshot() as connection:
        found = treasury.totals(connection, period.first, period.last)
        entries = list(treasury.entries(connection, period.first, period.last))
    rows = sheet(entries, found, visit.office.shelf.edition, visit.language)
    return tables.sent(rows, name(period.first, period.last, visit.language))


@router.post("/treasury/compare")
async def against(visit: Auditor, form: Form) -> Response:
    """Compare the treasury's file with the ledgers of the period; nothing is changed."""
    chosen = form.file("file")
    raw = chosen[1].read(MOST_BYTES + 1) if chosen is not None else b""
    period = _period(visit, form.text("from"), form.text("to"))
    return await run_in_threadpool(_compared, visit, period, raw)


def _compared(visit: Visit, period: Period, raw: bytes) -> Response:
    _ = words(visit.language).gettext
    if not period.errors and not 0 < len(raw) <= MOST_BYTES:
        period.errors["file"] = _("Choose a CSV file of at most 5 MB.")
    if period.errors:
        return _page(visit, period)
    try:
        theirs = read(raw)
    except BadFile as wrong:
        period.errors["file"] = unreadable(wrong, visit.language)
        return _page(visit, period)
    with visit.office.database.snapshot() as connection:
        ours = treasury.entries(connection, period.first, period.last)
        found = [difference(one, visit.language) for one in compare(ours, theirs)]
    return _page(visit, period, lines=len(theirs), differences=found)


def _page(
    visit: Visit,
    period: Period,
    *,
    lines: int | None = None,
    differences: list[str] | None = None,
) -> Response:
    first, last = period.first, period.last
    with visit.office.database.read() as connection:
        found = None if period.errors.keys() & {"from", "to"} else _found(connection, first, last)
    totals, balances = found or (None, [])
    editions = visit.office.shelf.edition
    return visit.page(
        "auditor/fees.html",
        status=422 if period.errors else 200,
        period=period,
        totals=totals,
        kinds=[(kind(k, visit.language), fen) for k, fen in totals.by_kind.items()]
        if totals
        else [],
        balances=[(one, editions(one.definition).definition.fees[one.fee]) for one in balances],
        most=MOST_BALANCES,
        errors=period.errors,
        lines=lines,
        differences=(differences or [])[:MOST_DIFFERENCES],
        count=len(differences or []),
    )


def _found(
    connection: Connection, first: date, last: date
) -> tuple[treasury.Totals, list[treasury.Balance]]:
    totals = treasury.totals(connection, first, last)
    return totals, treasury.balances(connection, last, MOST_BALANCES)
