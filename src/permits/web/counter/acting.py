"""Doing for an applicant what came on paper: the form the applicant would have, and who brought
it. What is scanned lies in a tray of the officer's until it is sent off with the form."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.refusals import Refused
from permits.casework.tracks import signatures_under
from permits.services.after import AskAmendment, AskExtension, AskRenewal
from permits.services.cases import BadAnswers
from permits.services.counter import ForApplicant
from permits.services.heard import AskRecusal
from permits.services.requests import Nothing, Reasoned, Report, State, Supplement, Supply
from permits.store.drafts import Upload
from permits.web.after_forms import read_change
from permits.web.answering import answered
from permits.web.applicant.uploading import Wrong, keep
from permits.web.counter.bringing import brought_in, read_bringing
from permits.web.counter.openings import Kind
from permits.web.counter.standing_in import StandingIn
from permits.web.deps import Form, Officer, TheRecord
from permits.web.files import download
from permits.web.forms import Posted
from permits.web.reading import Reading, Unfit
from permits.web.unsent import restored
from permits.web.visits import see_other

router = APIRouter()

AT = "/review/cases/{case}/for/{what}"


Reads = Callable[[StandingIn, Reading, tuple[Upload, ...]], Callable[[], dict[str, Any]]]
"""Reads one form; what it gives back makes the request once everything fits."""


def _ids(here: tuple[Upload, ...], *things: str) -> tuple[str, ...]:
    return tuple(upload.id for upload in here if upload.material in things)


def _supplement(one: StandingIn, reading: Reading, here: tuple[Upload, ...]) -> Supplement:
    """Answers that were written anew, papers, and signatures."""
    form = reading.form
    signed = {
        key: form.text(f"digest:{name}")
        for name, _commitment, _digest in one.commitments
        for key in signatures_under(one.case.definition, name)
        if form.text(f"agreed:{key}")
    }
    uploads = _ids(here, *one.materials)
    return Supplement(answers=dict(one.answers(form.texts())), uploads=uploads, signed=signed)


def _corrections(
    one: StandingIn, reading: Reading, here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    given = _supplement(one, reading, here)
    return lambda: {"corrections": given}


def _on_the_spot(
    one: StandingIn, reading: Reading, here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    given = _supplement(one, reading, here)
    return lambda: {"on_the_spot": given}


def _withdrawal(
    _one: StandingIn, reading: Reading, _here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    reason = reading.text("reason", wanted=False)
    return lambda: {"withdrawal": Reasoned(reason=reason)}


def _report(
    one: StandingIn, reading: Reading, here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    on, uploads = reading.day("on"), _ids(here, one.what.name)
    return lambda: {"report": Report(obligation=one.what.name, on=on, uploads=uploads)}


def _state(
    _one: StandingIn, reading: Reading, _here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    statement = reading.text("statement")
    return lambda: {"statement": State(statement=statement)}


def _recusal(
    _one: StandingIn, reading: Reading, _here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    officer, ground = reading.text("officer", most=40), reading.text("ground")
    return lambda: {"recusal": AskRecusal(officer=officer, ground=ground)}


def _extension(
    one: StandingIn, reading: Reading, _here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    reason = reading.text("reason")
    return lambda: {"extension": AskExtension(obligation=one.what.name, reason=reason)}


def _renewal(
    _one: StandingIn, reading: Reading, _here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    reason = reading.text("reason")
    return lambda: {"renewal": AskRenewal(reason=reason)}


def _amendment(
    one: StandingIn, reading: Reading, _here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    """Facts that are to be others; those that were left as they are are not sent."""
    changed, reason = read_change(one.record.case, one.fields({}), reading)
    return lambda: {"amendment": AskAmendment(answers=changed, reason=reason)}


def _hearing(says: str) -> Reads:
    return lambda _one, _reading, _here: lambda: {"hearing": says}


_READS: Mapping[Kind, Reads] = {
    "corrections": _corrections,
    "on_the_spot": _on_the_spot,
    "withdrawal": _withdrawal,
    "commitment_withdrawal": lambda _o, _r, _h: lambda: {"commitment_withdrawal": Nothing()},
    "report": _report,
    "supply": lambda one, _r, here: lambda: {"supply": Supply(uploads=_ids(here, *one.materials))},
    "state": _state,
    "ask_for_hearing": _hearing("asked"),
    "waive_hearing": _hearing("waived"),
    "ask_recusal": _recusal,
    "ask_extension": _extension,
    "ask_renewal": _renewal,
    "ask_amendment": _amendment,
}


def read(standing: StandingIn, form: Posted) -> ForApplicant | Unfit:
    """What was typed, with what lies in the tray."""
    reading, here = Reading(form, standing.visit.language), standing.chosen(form)
    latest = {upload.material: upload for upload in here}
    brought = read_bringing(reading, latest)
    does = _READS[standing.what.kind](standing, reading, here)
    if reading.errors:
        return Unfit(reading.errors)
    return ForApplicant(brought=brought_in(brought), **does())


@router.get(AT)
def ask(visit: Officer, record: TheRecord, what: str) -> Response:
    """What it asks to be told, and what to scan."""
    standing, form = StandingIn(visit, record, what), restored(visit)
    return standing.page(typed=form.texts() if form is not None else None)


@router.post(AT)
async def do(visit: Officer, record: TheRecord, form: Form, what: str) -> Response:
    """Do it, or show the form again with what is wrong."""
    standing = await run_in_threadpool(StandingIn, visit, record, what)
    given = await run_in_threadpool(read, standing, form)
    page, typed = standing.page, form.texts()
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
        visit.office.filing.remove_upload(standing.place, one.id)
    return see_other(f"{standing.path}#{thing}")


@router.get(f"{AT}/scans/{{upload}}")
def file(visit: Officer, record: TheRecord, what: str, upload: str) -> Response:
    """A scan in the tray."""
    standing = StandingIn(visit, record, what)
    for held in visit.office.filing.uploads(standing.place):
        if held.id == upload:
            return download(visit.office.files, held)
    raise HTTPException(404)


@router.post(f"{AT}/scans/{{upload}}/remove")
def remove(visit: Officer, record: TheRecord, what: str, upload: str, form: Form) -> Response:
    """Take a scan out of the tray again. What is gone already stays gone."""
    del form
    standing = StandingIn(visit, record, what)
    visit.office.filing.remove_upload(standing.place, upload)
    return see_other(standing.path)
