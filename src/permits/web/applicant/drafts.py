"""Writing an application: begun, answered section by section, kept for later, discarded."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from msgspec.structs import replace
from starlette.responses import JSONResponse, Response

from permits.casework.answers import Fault, Problem
from permits.casework.refusals import Reason, Refused
from permits.casework.screening import deciding
from permits.definitions.edition import Edition
from permits.definitions.form import Section
from permits.services.carrying import noted
from permits.services.filing import Lost
from permits.store.drafts import Draft
from permits.web.applicant.writing import COUNTER, TheWriting, Writing, the_writing
from permits.web.deps import Applicant, Form, Writer
from permits.web.entries import pressed, typed
from permits.web.errors import refused
from permits.web.fields import errors, fields
from permits.web.forms import Posted
from permits.web.statuses import status_of
from permits.web.unsent import restored
from permits.web.visits import Visit, see_other

router = APIRouter()


@router.post("/applications")
def begin(visit: Applicant, form: Form) -> Response:
    """Begin an application; one, however often the form is sent. It begins with what was answered
    while looking for the right permit."""
    filing = visit.office.filing
    begun = filing.begin(form.text("permit"), visit.actor, form.key)
    if isinstance(begun, Refused):
        return refused(visit, begun)
    if begun.version == 1:
        filing.save(begun, _brought_along(filing.edition(begun), form))
    return see_other(f"/drafts/{begun.id}")


Flag = Annotated[bool, Query()]


def _brought_along(edition: Edition, form: Posted) -> dict[str, str]:
    """Answers to questions of the form that decide which track is open. A total is made of its
    entries there."""
    names = (question.id for question in deciding(edition) if question.id in edition.questions)
    texts = form.texts()
    return {name: texts[f"answer:{name}"] for name in names if f"answer:{name}" in texts}


@router.get("/drafts/{draft}")
@router.get("/review/counter/{draft}")
def tasks(visit: Writer, writing: TheWriting, *, kept: Flag = False) -> Response:
    """What there is to do, and how far each part is; `kept` if it was just put aside."""
    return visit.page("applicant/tasks.html", w=writing, kept=kept)


@router.get("/drafts/{draft}/sections/{section}")
@router.get("/review/counter/{draft}/sections/{section}")
def ask(
    visit: Writer,
    writing: TheWriting,
    section: str,
    *,
    more: Flag = False,
) -> Response:
    """The questions of a section; `more` if answers have brought up new ones. What was typed
    before signing in again was typed over the version that was seen then."""
    part, form = writing.section(section), restored(visit)
    if form is None:
        return _page(visit, writing, part, note="more" if more else "")
    kept = _with(visit, writing, _typed(writing, part, form))
    seen = replace(kept.draft, version=form.seen)
    return _page(visit, Writing(visit.office, seen, visit.language), part)


@router.post("/drafts/{draft}/sections/{section}")
@router.post("/review/counter/{draft}/sections/{section}")
def answer(visit: Writer, writing: TheWriting, section: str, form: Form) -> Response:
    """Save what was typed, whether it fits or not, then say what does not fit."""
    part = writing.section(section)
    said = _typed(writing, part, form)
    seen = replace(writing.draft, version=form.seen)
    saved = visit.office.filing.save(seen, said)
    if isinstance(saved, Lost):
        return _overtaken(visit, writing, part, said)
    changed = pressed(part.fields, form.texts())
    if changed:
        return see_other(f"{writing.path}/sections/{part.id}#{changed}")
    after = Writing(visit.office, saved, visit.language)
    if form.text("later"):
        return see_other(f"{writing.path}?kept=1")
    return _onwards(visit, writing, after, part)


def _typed(writing: Writing, part: Section, form: Posted) -> dict[str, str]:
    """What a form says to the questions of a section."""
    return typed(part.fields, form.texts(), writing.draft.answers)


def _onwards(visit: Visit, before: Writing, after: Writing, part: Section) -> Response:
    """To the next section; to the same one if something does not fit or new questions came up."""
    put_before = {question.id for question in before.questions(part)}
    new = [p for p in after.problems(part) if p.field not in put_before]
    old = [p for p in after.problems(part) if p.field in put_before]
    if old:
        return _page(visit, after, part, problems=tuple(old))
    if new:
        return see_other(f"{after.path}/sections/{part.id}?more=1")
    return see_other(_next(after, part))


def _next(writing: Writing, part: Section) -> str:
    """The next section that has questions; the task list after the last."""
    sections = writing.definition.form.sections
    for section in sections[sections.index(part) + 1 :]:
        if writing.questions(section):
            return f"{writing.path}/sections/{section.id}"
    return writing.path


def _overtaken(visit: Visit, writing: Writing, part: Section, said: dict[str, str]) -> Response:
    """Somebody else saved first: nothing is overwritten, and nothing typed is lost."""
    return _page(visit, _with(visit, writing, said), part, note="overtaken")


def _with(visit: Visit, writing: Writing, said: dict[str, str]) -> Writing:
    """The draft as it would be with what was typed, which is not saved."""
    shown: Draft = replace(writing.draft, answers={**writing.draft.answers, **said})
    return Writing(visit.office, shown, visit.language)


def _page(
    visit: Visit,
    writing: Writing,
    part: Section,
    *,
    problems: tuple[Problem, ...] = (),
    note: Literal["", "more", "overtaken"] = "",
) -> Response:
    edition, questions = writing.edition, writing.questions(part)
    overtaken = status_of(Reason.OVERTAKEN) if note == "overtaken" else 200
    return visit.page(
        "applicant/section.html",
        status=status_of(Reason.BAD_ANSWERS) if problems else overtaken,
        w=writing,
        section=part,
        fields=fields(edition, questions, writing.draft.answers, visit.language),
        errors=errors(edition, problems or _misfits(writing, part), visit.language),
        note=note,
    )


def _misfits(writing: Writing, part: Section) -> tuple[Problem, ...]:
    """What was saved before and does not fit; what is only missing is not held up to anybody."""
    return tuple(
        p for p in writing.problems(part) if p.fault not in (Fault.MISSING, Fault.TOO_FEW)
    )


@router.post("/drafts/{draft}/sections/{section}/autosave")
@router.post("/review/counter/{draft}/sections/{section}/autosave")
def autosave(visit: Writer, writing: TheWriting, section: str, form: Form) -> Response:
    """Save what was typed so far while the page stays; 409 if somebody else saved meanwhile."""
    said = _typed(writing, writing.section(section), form)
    saved = visit.office.filing.save(replace(writing.draft, version=form.seen), said)
    if isinstance(saved, Lost):
        return JSONResponse({}, status_of(Reason.OVERTAKEN))
    return JSONResponse({"seen": saved.version})


@router.post("/drafts/{draft}/edition")
@router.post("/review/counter/{draft}/edition")
def note_edition(visit: Writer, writing: TheWriting, form: Form) -> Response:
    """Go on under the edition of today, having been told what it changes."""
    noted(visit.office.filing, replace(writing.draft, version=form.seen))
    return see_other(writing.onwards)


@router.get("/drafts/{draft}/discard")
@router.get("/review/counter/{draft}/discard")
def ask_to_discard(visit: Writer, writing: TheWriting) -> Response:
    """Whether the draft shall really go."""
    return visit.page("applicant/discard.html", w=writing)


@router.post("/drafts/{draft}/discard")
@router.post("/review/counter/{draft}/discard")
def discard(visit: Writer, draft: str, form: Form) -> Response:
    """Discard the draft with its files. What is gone already stays gone; what was filed stays."""
    del form
    found = visit.office.filing.find(draft, visit.actor)
    if found is not None:
        visit.office.filing.discard(the_writing(visit, draft).draft)
    at_counter = visit.request.url.path.startswith(COUNTER)
    return see_other(COUNTER if at_counter else "/applications")
