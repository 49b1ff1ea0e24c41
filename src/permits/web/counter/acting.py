"""Doing for an applicant what came on paper: the form the applicant would have, and who brought
it. What is scanned lies in a tray of the officer's until it is sent off with the form."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from fastapi import APIRouter
from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.access import standing_in
from permits.casework.answers import Problem
from permits.casework.counter import SCANS
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import notice_digest, signatures_under
from permits.definitions.schema import Commitment, TrackName, Treatment
from permits.services.cases import BadAnswers, Record
from permits.services.counter import ForApplicant
from permits.services.heard import AskRecusal
from permits.services.requests import Nothing, Reasoned, Report, State, Supplement, Supply
from permits.store.drafts import Upload
from permits.text import refusals
from permits.text.counter import scan
from permits.web.answering import answered
from permits.web.applicant.corrections import Correcting
from permits.web.applicant.uploading import Wrong, keep
from permits.web.counter.bringing import brought_in, read_bringing
from permits.web.counter.openings import Kind, Open, is_window, opened, title
from permits.web.deps import Form, Officer, TheRecord
from permits.web.disclosure import impersonal
from permits.web.dossier import Dossier, dossier
from permits.web.errors import status_of
from permits.web.fields import Field, errors, fields
from permits.web.files import download
from permits.web.forms import Posted
from permits.web.reading import Reading, Unfit
from permits.web.signatures import ShownSignature, shown_signature
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()

AT = "/review/cases/{case}/for/{what}"


class StandingIn:
    """Something the window does for the applicant, open or not; 404 if there is no such thing, or
    the visitor does not stand at the window of the case."""

    def __init__(self, visit: Member, record: Record, what: str) -> None:
        self.visit = visit
        self.record = replace(record, values=impersonal(record))
        self.case: Dossier = dossier(visit, self.record, self.record.values, inside=True)
        kind, _, name = what.partition(".")
        found = next((one for one in _READS if one == kind), None)
        if found is None or not is_window(visit, record.case):
            raise HTTPException(404)
        self.what = Open(found, name)
        if (found == "report") != (name in self.case.definition.obligations):
            raise HTTPException(404)
        self.place = visit.office.counter.tray(record.case, visit.actor, self.what.address)
        self.correcting = self._correcting() if found == "corrections" else None
        self.title = title(self.case, self.what)

    def _correcting(self) -> Correcting:
        actor = standing_in(self.visit.actor, self.record.case)
        return Correcting(self.visit, self.record, actor)

    @property
    def home(self) -> str:
        return f"/review/cases/{self.case.id}"

    @property
    def path(self) -> str:
        return f"{self.home}/for/{self.what.address}"

    @property
    def shut(self) -> str:
        """Why it is not open now; nothing if it is."""
        if self.what in opened(self.visit, self.case):
            return ""
        return self.says(Refused(Reason.NOT_NOW, (self.what.name or self.title,)))

    def says(self, refused: Refused) -> str:
        return refusals.sentence(refused, self.case.definition, self.visit.language)

    @cached_property
    def all_lying(self) -> tuple[Upload, ...]:
        """Everything in the tray."""
        return tuple(self.visit.office.uploading.uploads(self.place))

    def lying(self, thing: str) -> tuple[Upload, ...]:
        """What lies in the tray of a thing."""
        return tuple(upload for upload in self.all_lying if upload.material == thing)

    @property
    def commitments(self) -> tuple[tuple[str, Commitment, str], ...]:
        """The commitments that are signed anew if other facts are declared, each with the digest
        of its text."""
        if self.correcting is not None:
            return self.correcting.commitments
        if self.what.kind != "on_the_spot":
            return ()
        definition = self.case.definition
        names = definition.tracks[TrackName(self.record.case.track)].commitments
        rules = definition.commitments
        return tuple((name, rules[name], notice_digest(rules[name])) for name in names)

    def signatures(self, commitment: str) -> tuple[ShownSignature, ...]:
        """Who signs beside the applicant."""
        definition = self.case.definition
        _own, *others = signatures_under(definition, commitment)
        return tuple(shown_signature(definition, key, {}) for key in others)

    @property
    def materials(self) -> tuple[str, ...]:
        """What else may be scanned, besides the paper itself."""
        match self.what.kind:
            case "corrections":
                return self.correcting.materials if self.correcting else ()
            case "on_the_spot":
                asked = (one for one in self.case.checklist if one.treatment is Treatment.SUPPLIED)
                return tuple(one.name for one in asked)
            case "supply":
                return self.record.case.tolerated
            case "report":
                return (self.what.name,)
            case _:
                return ()

    @property
    def things(self) -> tuple[tuple[str, str], ...]:
        """Everything that may be scanned, with what it is called."""
        language = self.visit.language
        papers = tuple((name, scan(name, language)) for name in SCANS)
        return (*papers, *((name, self.case.thing(name)) for name in self.materials))

    @property
    def officers(self) -> list[tuple[str, str]]:
        """Who may be asked not to act."""
        return list(self.visit.office.cases.officers(self.record.case).items())

    def fields(self, typed: Mapping[str, str]) -> tuple[Field, ...]:
        """The questions that can be answered anew, as they stand. Personal answers are not shown:
        left empty they stay."""
        edition, one = self.case.edition, self.correcting
        if self.what.kind == "on_the_spot":
            named = {a.name for part in self.case.sections for a in part.answers}
        else:
            named = {*one.questions, *typed} if one is not None else set()
        asked = [q for name, q in edition.questions.items() if name in {*named, *typed}]
        return fields(edition, asked, {**self._standing, **typed}, self.visit.language)

    @property
    def _standing(self) -> dict[str, str]:
        """The answers as they are typed."""
        held = self.record.case.answers
        return {
            name: str(answer).lower() if isinstance(answer, bool) else str(answer)
            for name, answer in held.items()
        }

    def page(
        self,
        *,
        typed: Mapping[str, str] | None = None,
        problems: tuple[Problem, ...] = (),
        wrong: Mapping[str, str] | None = None,
        refused: Refused | None = None,
        status: int = 200,
    ) -> Response:
        """The form as it was typed, with what is wrong."""
        found = {**errors(self.case.edition, problems, self.visit.language), **(wrong or {})}
        if refused is not None:
            status = status_of(refused.reason)
        elif found and status == 200:
            status = status_of(Reason.BAD_ANSWERS)
        return self.visit.page(
            "reviewer/for_applicant.html",
            status=status,
            s=self,
            case=self.case,
            today=self.case.today,
            typed=typed or {},
            fields=self.fields(self.answers(typed or {})),
            errors=found,
            says=self.says(refused) if refused else "",
        )

    def answers(self, typed: Mapping[str, str]) -> dict[str, str]:
        """What a form says to the questions of the permit type. A personal answer that was left
        empty says nothing."""
        questions = self.case.edition.questions
        return {
            name: text
            for name, text in typed.items()
            if name in questions and (text.strip() or questions[name].personal is None)
        }

    def given(self, form: Posted) -> ForApplicant | Unfit:
        """What was typed, with what lies in the tray."""
        reading, here = Reading(form, self.visit.language), self._chosen(form)
        latest = {upload.material: upload for upload in here}
        brought = read_bringing(reading, latest)
        does = _READS[self.what.kind](self, reading, here)
        if reading.errors:
            return Unfit(reading.errors)
        return ForApplicant(brought=brought_in(brought), **does())

    def _chosen(self, form: Posted) -> tuple[Upload, ...]:
        """The scans that stood on the page; sent once more, they belong to the case already."""
        mine = (u for u in self.record.uploads if u.account == self.visit.actor.id)
        held = (*mine, *self.visit.office.uploading.uploads(self.place))
        wanted = form.every("upload")
        return tuple(upload for upload in held if upload.id in wanted)


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
}


@router.get(AT)
def ask(visit: Officer, record: TheRecord, what: str) -> Response:
    """What it asks to be told, and what to scan."""
    standing, form = StandingIn(visit, record, what), restored(visit)
    return standing.page(typed=form.texts() if form is not None else None)


@router.post(AT)
async def do(visit: Officer, record: TheRecord, form: Form, what: str) -> Response:
    """Do it, or show the form again with what is wrong."""
    standing = await run_in_threadpool(StandingIn, visit, record, what)
    given = await run_in_threadpool(standing.given, form)
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
        visit.office.uploading.remove_upload(standing.place, one.id)
    return see_other(f"{standing.path}#{thing}")


@router.get(f"{AT}/scans/{{upload}}")
def file(visit: Officer, record: TheRecord, what: str, upload: str) -> Response:
    """A scan in the tray."""
    standing = StandingIn(visit, record, what)
    for held in visit.office.uploading.uploads(standing.place):
        if held.id == upload:
            return download(visit.office.files, held)
    raise HTTPException(404)


@router.post(f"{AT}/scans/{{upload}}/remove")
def remove(visit: Officer, record: TheRecord, what: str, upload: str, form: Form) -> Response:
    """Take a scan out of the tray again. What is gone already stays gone."""
    del form
    standing = StandingIn(visit, record, what)
    visit.office.uploading.remove_upload(standing.place, upload)
    return see_other(standing.path)
