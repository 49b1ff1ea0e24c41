"""One case as an auditor sees it: how its saving is made up, and whether its log is whole."""

from fastapi import APIRouter
from starlette.responses import Response

from permits.analytics import cases
from permits.analytics.choosing import Which
from permits.web.auditor.asking import Asking
from permits.web.auditor.reckoning import reckon
from permits.web.deps import Auditor, TheRecord
from permits.web.disclosure import public_values
from permits.web.dossier import dossier
from permits.web.signed_shown import signed

router = APIRouter()


@router.get("/audit/cases/{case}")
def show(visit: Auditor, asked: Asking, record: TheRecord, which: Which = Which.ALL) -> Response:
    """The case, made anew from its log; personal values are not opened. The rest of the address
    says to which list the way back leads."""
    office = visit.office
    case = dossier(visit, record, public_values(record), inside=True)
    found = reckon(case, office.shelf.calendar)
    with office.database.read() as connection:
        counted = cases.facts_of(connection, record.case.id)
    return visit.page(
        "auditor/case.html",
        case=case,
        signed=signed(visit, case),
        found=found,
        agrees=counted == found.facts,
        chain=office.cases.chain(record.case),
        asked=asked,
        which=which.value,
    )
