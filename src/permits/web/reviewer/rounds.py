"""The verification round on paper: which checks each inspector makes, and the sheet that two of
them fill in and sign on the spot (行政许可法 art. 34)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.access import works_on
from permits.casework.case import Obligation
from permits.casework.check_rows import EVIDENCE
from permits.casework.dates import day_of
from permits.casework.parts import room_of
from permits.store import checks
from permits.store.checks import Drawn
from permits.store.lists import Listed
from permits.text.words import words
from permits.web.amiss import Wrong
from permits.web.deps import Form, Officer, TheRecord
from permits.web.files import download
from permits.web.kept_files import keep
from permits.web.listing import ShownCase, in_list
from permits.web.reviewer.besides import Mending
from permits.web.reviewer.cases import inside
from permits.web.visits import Member, see_other

router = APIRouter()

MOST = 500
"""Checks of a round that are listed, the most urgent of each inspector first."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check to make: the case as lists show it, by the date of the check, and its sheet."""

    shown: ShownCase
    sheet: str


@router.get("/review/checks")
def listed(visit: Officer) -> Response:
    """The checks of the department that are open, by inspector, to be printed."""
    with visit.office.database.read() as connection:
        found = checks.of_department(connection, visit.actor, MOST)
    rounds = [
        (_name(visit, one.officer, one.name), [_check(visit, each.listed) for each in group])
        for one, group in _grouped(found)
    ]
    return visit.page(
        "reviewer/checks.html",
        rounds=rounds,
        today=day_of(visit.office.now()),
        cut=len(found) == MOST,
    )


def _grouped(found: Sequence[Drawn]) -> list[tuple[Drawn, list[Drawn]]]:
    groups = (list(each) for _officer, each in groupby(found, key=lambda one: one.officer))
    return [(each[0], each) for each in groups]


def _name(visit: Member, officer: str, name: str) -> str:
    anybody = officer == room_of(visit.actor.office, visit.actor.department)
    _ = words(visit.language).gettext
    return _("Any inspector of the department") if anybody else name


def _check(visit: Member, listed: Listed) -> Check:
    shown = in_list(visit, listed, "/review/cases")
    return Check(shown, f"{shown.path}/checks/{listed.row.due_name}")


@router.get("/review/cases/{case}/checks/{obligation}")
def sheet(visit: Officer, record: TheRecord, obligation: str) -> Response:
    """The sheet of a check: what was committed to, who checks it, room for what is found and for
    signatures. What is about people is masked."""
    held = record.case.obligations.get(obligation)
    if held is None or not works_on(visit.actor, record.case):
        raise HTTPException(404)
    case = inside(visit, record)
    rule = case.definition.obligations[obligation]
    if rule.settled_by != "verification":
        raise HTTPException(404)
    return visit.page(
        "reviewer/check_sheet.html",
        case=case,
        held=held,
        rule=rule,
        obligation=obligation,
        signers=_signers(case.record.people, held, rule.verifiers),
    )


def _signers(people: dict[str, str], held: Obligation, verifiers: int) -> list[str]:
    """Who signs: those who were drawn, or as many as are wanted, still without a name."""
    drawn = [people.get(one, "") for one in held.inspectors]
    return [*drawn, *[""] * max(0, verifiers - len(drawn))]


PHOTOS = "/review/cases/{case}/checks/{obligation}/photos"


@router.post(PHOTOS)
def upload(visit: Officer, record: TheRecord, obligation: str, form: Form) -> Response:
    """Keep a picture of what was found, or a scan of the sheet, until the check is recorded."""
    check = Mending(visit, record, "verify", obligation)
    kept = keep(visit, check.tray, EVIDENCE, form)
    return (
        check.page(refused=kept) if isinstance(kept, Wrong) else see_other(f"{check.path}#photos")
    )


@router.get(PHOTOS + "/{upload}")
def photo(visit: Officer, record: TheRecord, obligation: str, upload: str) -> Response:
    """A picture that was not recorded yet, for whoever uploaded it."""
    check = Mending(visit, record, "verify", obligation)
    return download(visit.office.files, check.lying, upload)


@router.post(PHOTOS + "/{upload}/remove")
def remove(
    visit: Officer, record: TheRecord, obligation: str, upload: str, form: Form
) -> Response:
    """Take a picture away again. What is gone already stays gone."""
    del form
    check = Mending(visit, record, "verify", obligation)
    visit.office.uploading.remove_upload(check.tray, upload)
    return see_other(f"{check.path}#photos")
