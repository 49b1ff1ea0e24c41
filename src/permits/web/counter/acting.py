"""Doing for an applicant what came on paper: the form the applicant would have, and who brought
it. What is scanned lies in a tray of the officer's until it is sent off with the form."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.refusals import Refused
from permits.services.cases import BadAnswers
from permits.web.amiss import Wrong
from permits.web.answering import answered
from permits.web.counter.given import given as given_for
from permits.web.counter.standing_in import StandingIn
from permits.web.deps import Form, Officer, TheRecord
from permits.web.files import download
from permits.web.kept_files import keep
from permits.web.reading import Unfit
from permits.web.unsent import restored
from permits.web.visits import see_other

router = APIRouter()

AT = "/review/cases/{case}/for/{what}"


@router.get(AT)
def ask(visit: Officer, record: TheRecord, what: str) -> Response:
    """What it asks to be told, and what to scan."""
    standing, form = StandingIn(visit, record, what), restored(visit)
    return standing.page(typed=form.texts() if form is not None else None)


@router.post(AT)
async def do(visit: Officer, record: TheRecord, form: Form, what: str) -> Response:
    """Do it, or show the form again with what is wrong."""
    standing = await run_in_threadpool(StandingIn, visit, record, what)
    page, typed = standing.page, form.texts()
    if standing.pressed(typed):
        return await run_in_threadpool(page, typed=typed)
    given = await run_in_threadpool(given_for, standing, form)
    if isinstance(given, Unfit):
        return await run_in_threadpool(page, typed=typed, wrong=given.errors)
    act = visit.office.counter.act
    sent = await run_in_threadpool(act, record, given, visit.actor, form.ticket, standing.place)
    if isinstance(sent, BadAnswers):
        return await run_in_threadpool(page, typed=typed, problems=sent.problems)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(page, typed=typed, refused=answer)
    return see_other(f"{standing.home}?done={standing.what.kind}")


@router.post(f"{AT}/scans/{{thing}}")
def upload(visit: Officer, record: TheRecord, what: str, thing: str, form: Form) -> Response:
    """Keep a scan in the tray. It takes the place of an earlier one for the same, but for what
    shows that a duty was done: that may be several files."""
    standing = StandingIn(visit, record, what)
    if thing not in dict(standing.things):
        raise HTTPException(404)
    earlier = standing.lying(thing)
    kept = keep(visit, standing.place, thing, form)
    if isinstance(kept, Wrong):
        return standing.page(wrong={kept.name: kept.says}, status=kept.status)
    for one in earlier if thing != standing.what.name else ():
        visit.office.uploading.remove_upload(standing.place, one.id)
    return see_other(f"{standing.path}#{thing}")


@router.get(f"{AT}/scans/{{upload}}")
def file(visit: Officer, record: TheRecord, what: str, upload: str) -> Response:
    """A scan in the tray."""
    standing = StandingIn(visit, record, what)
    return download(visit.office.files, visit.office.uploading.uploads(standing.place), upload)


@router.post(f"{AT}/scans/{{upload}}/remove")
def remove(visit: Officer, record: TheRecord, what: str, upload: str, form: Form) -> Response:
    """Take a scan out of the tray again. What is gone already stays gone."""
    del form
    standing = StandingIn(visit, record, what)
    visit.office.uploading.remove_upload(standing.place, upload)
    return see_other(standing.path)
