"""Filing at the counter what came on paper: for whom, what it says, the scans, who brought it."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.counter import SCANS
from permits.casework.dates import day_of
from permits.casework.identifiers import is_credit_code
from permits.casework.refusals import Reason, Refused
from permits.services.counter import window_of_authority
from permits.services.writer import Done
from permits.text.counter import scan
from permits.text.words import words
from permits.web.amiss import Wrong, Wrongs, amiss
from permits.web.answering import answered
from permits.web.applicant.writing import COUNTER, TheWriting, Writing, filed_before
from permits.web.counter.bringing import brought_in, read_bringing
from permits.web.deps import Form, Officer
from permits.web.errors import refused
from permits.web.files import download
from permits.web.forms import Posted
from permits.web.kept_files import keep
from permits.web.reading import Reading
from permits.web.statuses import status_of
from permits.web.visits import Member, see_other

router = APIRouter()

FILED_BEFORE = Refused(Reason.NOT_NOW, ("file",))
LONGEST_NAME = 200


@router.get(COUNTER)
def desk(visit: Officer) -> Response:
    """What is being written at this window, and the form to begin another."""
    return _desk(visit)


@router.post(COUNTER)
def begin(visit: Officer, form: Form) -> Response:
    """Begin an application that came on paper. An organisation that is not registered yet is, by
    the name that stands on the paper."""
    reading, office = Reading(form, visit.language), visit.office
    permit, party, name = _read(visit, reading)
    if reading.errors:
        return _desk(visit, form=form, errors=reading.errors)
    begun = office.counter.begin(permit, party, visit.actor, form.key)
    if isinstance(begun, Refused):
        return refused(visit, begun, back=COUNTER)
    if not office.counter.known_party(party):
        office.accounts.register_party(party, name, actor=visit.actor.id)
    return see_other(f"{COUNTER}/{begun.id}")


def _read(visit: Member, reading: Reading) -> tuple[str, str, str]:
    """The permit type, the credit code, and the name of an organisation nobody knows yet."""
    _ = words(visit.language).gettext
    permit = reading.one_of("permit", [one for one, _title in _permits(visit)])
    party = reading.text("party", most=18).upper()
    name = reading.text("party_name", most=LONGEST_NAME, wanted=False)
    if "party" in reading.errors:
        return permit, party, name
    if not is_credit_code(party):
        says = _(
            "This is no unified social credit code: 18 characters, the last one checks the rest"
        )
        reading.errors["party"] = says
    elif not name and not visit.office.counter.known_party(party):
        reading.errors["party_name"] = _("This organisation is not registered yet: write its name")
    return permit, party, name


def _permits(visit: Member) -> list[tuple[str, str]]:
    """The permit types that are taken at the visitor's window."""
    window = visit.actor.window
    return [
        (one.permit, one.definition.permit.title.in_(visit.language))
        for one in visit.office.shelf.permits
        if window_of_authority(one) == window
    ]


def _desk(
    visit: Member, *, form: Posted | None = None, errors: Mapping[str, str] | None = None
) -> Response:
    if not visit.actor.window:
        raise HTTPException(404)
    drafts = visit.office.filing.at_counter(visit.actor)
    return visit.page(
        "reviewer/counter.html",
        status=status_of(Reason.BAD_ANSWERS) if errors else 200,
        drafts=[Writing(visit.office, draft, visit.language) for draft in drafts],
        permits=_permits(visit),
        typed=form.texts() if form is not None else {},
        errors=errors or {},
    )


@router.post(f"{COUNTER}/{{draft}}/scans/{{thing}}")
def upload(visit: Officer, writing: TheWriting, thing: str, form: Form) -> Response:
    """Keep a scan of the paper; it takes the place of an earlier one."""
    if thing not in SCANS:
        raise HTTPException(404)
    lying = visit.office.uploading.uploads(writing.draft.id)
    earlier = [one for one in lying if one.material == thing]
    kept = keep(visit, writing.draft.id, thing, form)
    if isinstance(kept, Wrong):
        return _page(visit, writing, wrong=kept)
    for one in earlier:
        visit.office.uploading.remove_upload(writing.draft.id, one.id)
    return see_other(f"{writing.path}/check#{thing}")


@router.get(f"{COUNTER}/{{draft}}/scans/{{upload}}")
def file_of(visit: Officer, writing: TheWriting, upload: str) -> Response:
    """A scan that lies with the application."""
    return download(visit.office.files, visit.office.uploading.uploads(writing.draft.id), upload)


@router.post(f"{COUNTER}/{{draft}}/scans/{{upload}}/remove")
def remove(visit: Officer, writing: TheWriting, upload: str, form: Form) -> Response:
    """Take a scan away again. What is gone already stays gone."""
    del form
    visit.office.uploading.remove_upload(writing.draft.id, upload)
    return see_other(f"{writing.path}/check")


@router.get(f"{COUNTER}/{{draft}}/check")
def check(visit: Officer, writing: TheWriting) -> Response:
    """Everything that would be filed, to be printed and signed, and who brought it."""
    return _page(visit, writing)


@router.post(f"{COUNTER}/{{draft}}/check")
async def file(visit: Officer, writing: TheWriting, form: Form) -> Response:
    """File it, and show the receipt to be printed."""
    typed = form.texts()
    if form.seen != writing.draft.version:
        overtaken = Refused(Reason.OVERTAKEN)
        return await run_in_threadpool(_page, visit, writing, typed=typed, wrong=overtaken)
    reading = Reading(form, visit.language)
    came = read_bringing(reading, {})
    if reading.errors:
        return await run_in_threadpool(_page, visit, writing, typed=typed, wrong=reading.errors)
    order = visit.office.filing.file
    sent = await run_in_threadpool(order, writing.draft, visit.actor, form.key, brought_in(came))
    if isinstance(sent, tuple):
        unfit = Refused(Reason.BAD_ANSWERS, tuple(problem.field for problem in sent))
        return await run_in_threadpool(_page, visit, writing, typed=typed, wrong=unfit)
    answer = await answered(sent)
    if isinstance(answer, Done):
        return see_other(f"/cases/{answer.case_id.removeprefix('case/')}/documents/1")
    if answer == FILED_BEFORE:
        return see_other(filed_before(writing.draft))
    return await run_in_threadpool(_page, visit, writing, typed=typed, wrong=answer)


def _page(
    visit: Member,
    writing: Writing,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: Wrongs = None,
) -> Response:
    told = amiss(wrong, visit.language, writing.definition)
    uploads = writing.office.uploading.uploads(writing.draft.id)
    return visit.page(
        "applicant/check.html",
        status=told.status,
        w=writing,
        says=told.says,
        things=tuple((name, scan(name, visit.language)) for name in SCANS),
        lying=lambda thing: tuple(one for one in uploads if one.material == thing),
        typed=typed or {},
        wrong=told.errors,
        today=day_of(visit.office.now()),
    )
