"""Supplying what the one correction notice asks for: files first, then answers."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.access import Actor
from permits.casework.answers import Problem
from permits.casework.dates import as_text
from permits.casework.entries import text_of
from permits.casework.families.filing import CorrectionNoticeIssued
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import notice_digest, signatures_under
from permits.definitions.procedure import Act
from permits.definitions.schema import Commitment, TrackName
from permits.services.case_record import Record
from permits.services.cases import BadAnswers
from permits.services.requests import Supplement
from permits.store.drafts import Upload
from permits.text import refusals
from permits.web.amiss import Wrong
from permits.web.answering import answered
from permits.web.applicant.cases import choices
from permits.web.deps import Applicant, Form, TheRecord
from permits.web.disclosure import loose
from permits.web.dossier import Dossier, dossier
from permits.web.entries import pressed, typed
from permits.web.errors import Elsewhere
from permits.web.errors import refused as not_done
from permits.web.fields import errors, fields
from permits.web.forms import Posted
from permits.web.kept_files import keep
from permits.web.signatures import ShownSignature, shown_in, shown_signature
from permits.web.statuses import status_of
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()

ACT = Act.SUPPLY_CORRECTIONS


class Correcting:
    """A case to be corrected, with what came in since the notice; `open` while it is so. `actor`
    is who stands in for the visitor."""

    def __init__(self, visit: Member, record: Record, actor: Actor | None = None) -> None:
        self.visit = visit
        self.record = record
        self.case: Dossier = dossier(visit, record, record.values)
        offered = [c.action for c in choices(visit, self.case, actor) if c.act is ACT]
        rules = self.case.definition.chart.actions.items()
        actions = (*offered, *(name for name, rule in rules if rule.act is ACT))
        if not actions:
            raise HTTPException(404)
        self.open, self.action = bool(offered), actions[0]

    @property
    def home(self) -> str:
        return f"/cases/{self.case.id}"

    @property
    def path(self) -> str:
        return f"{self.home}/corrections"

    @property
    def materials(self) -> tuple[str, ...]:
        return self._named("material.")

    @property
    def questions(self) -> tuple[str, ...]:
        return self._named("field.")

    def _named(self, kind: str) -> tuple[str, ...]:
        abouts = dict.fromkeys(defect.about for defect in self.case.defects)
        return tuple(a.removeprefix(kind) for a in abouts if a.startswith(kind))

    @property
    def uploads(self) -> dict[str, Upload]:
        """The newest upload for each material, of those made since the notice."""
        noticed = [
            envelope.recorded_at
            for envelope, event in self.record.entries
            if isinstance(event, CorrectionNoticeIssued)
        ]
        since = as_text(noticed[-1]) if noticed else ""
        return {u.material: u for u in self.record.uploads if u.uploaded_at >= since}

    @property
    def loose(self) -> frozenset[str]:
        return loose(self.record)

    @property
    def commitments(self) -> tuple[tuple[str, Commitment, str], ...]:
        """The commitments that are signed anew if other facts are declared, each with the digest
        of its text."""
        case = self.case
        wanted = case.definition.tracks[TrackName(case.case.track)].commitments
        rules = case.definition.commitments
        found = ((name, rules[name], notice_digest(rules[name])) for name in wanted)
        return tuple(found) if self.questions else ()

    def signatures(self, commitment: str) -> tuple[ShownSignature, ...]:
        """Who has to sign beside the applicant; not named where the notice asks for who it is."""
        _own, *others = signatures_under(self.case.definition, commitment)
        stand = {n: v for n, v in self.values.items() if n not in self.questions}
        return tuple(shown_signature(self.case.definition, k, stand) for k in others)

    @property
    def lacking(self) -> tuple[str, ...]:
        return tuple(name for name in self.materials if name not in self.uploads)

    def typed(self, form: Posted) -> dict[str, str]:
        """What a form says to the questions of the permit type."""
        return typed(self.case.edition.questions.values(), form.texts(), self.values)

    @property
    def values(self) -> dict[str, str]:
        """The answers as they stand, to be put right."""
        case, found = self.record.case, {}
        for name in self.case.edition.questions:
            answer = case.answers.get(name)
            if answer is not None:
                found[name] = text_of(answer)
            elif name in case.seals:
                found[name] = self.record.values.get(case.seals[name], "")
        return found

    def page(
        self,
        *,
        typed: Mapping[str, str] | None = None,
        problems: tuple[Problem, ...] = (),
        refused: Refused | None = None,
        wrong: Wrong | None = None,
        at: str = "",
    ) -> Response:
        """The page, with what was typed and what is wrong with it, `at` an entry of a question
        where one goes on; only why it cannot be done,
        if nothing is to be corrected any more."""
        if not self.open:
            why = refused or Refused(Reason.NOT_NOW, (self.action,))
            return not_done(self.visit, why, self.case.definition, back=self.home)
        edition, language = self.case.edition, self.case.language
        shown = dict.fromkeys((*self.questions, *(p.field for p in problems), *(typed or {})))
        questions = [q for name, q in edition.questions.items() if name in shown]
        found = errors(edition, problems, language)
        says = refusals.sentence(refused, self.case.definition, language) if refused else ""
        status = status_of(Reason.BAD_ANSWERS) if problems else 200
        if wrong is not None:
            found, status = {wrong.name: wrong.says}, wrong.status
        elif refused is not None:
            status = status_of(refused.reason)
            if refused.reason is Reason.COMMITMENT_UNSIGNED:
                found, says = {f"agreed:{name}": says for name in refused.about}, ""
        return self.visit.page(
            "applicant/corrections.html",
            status=status,
            c=self,
            case=self.case,
            fields=fields(edition, questions, {**self.values, **(typed or {})}, language, at=at),
            errors=found,
            says=says,
        )


@router.get("/cases/{case}/corrections")
def ask(visit: Applicant, record: TheRecord) -> Response:
    """Everything the notice asks for, each with what is wanted."""
    correcting = Correcting(visit, record)
    if not correcting.open:
        raise Elsewhere(correcting.home)
    form = restored(visit)
    return correcting.page(typed=correcting.typed(form) if form else None)


@router.post("/cases/{case}/corrections/{material}/files")
def upload(visit: Applicant, record: TheRecord, material: str, form: Form) -> Response:
    """Keep a file for a material the notice names; it takes the place of one not handed in yet."""
    correcting = Correcting(visit, record)
    if material not in correcting.materials:
        raise HTTPException(404)
    if not correcting.open:
        return correcting.page()
    kept = keep(visit, record.case.id, material, form)
    if isinstance(kept, Wrong):
        return correcting.page(wrong=kept)
    earlier = correcting.uploads.get(material)
    if earlier is not None and earlier.id in correcting.loose:
        visit.office.uploading.remove_upload(record.case.id, earlier.id)
    return see_other(f"{correcting.path}#{material}")


@router.post("/cases/{case}/corrections")
async def supply(visit: Applicant, record: TheRecord, form: Form) -> Response:
    """Send the corrections in, all at once."""
    correcting = await run_in_threadpool(Correcting, visit, record)
    said = correcting.typed(form)
    at = pressed(correcting.case.edition.questions.values(), form.texts())
    if at:
        return await run_in_threadpool(correcting.page, typed=said, at=at)
    uploads = tuple(u.id for n, u in correcting.uploads.items() if n in correcting.materials)
    signed = {
        key: form.text(f"digest:{name}")
        for name, _commitment, _digest in correcting.commitments
        for key in signatures_under(correcting.case.definition, name)
        if form.text(f"agreed:{key}")
    }
    answers, shown = dict(said), shown_in(form) or None
    given = Supplement(answers=answers, uploads=uploads, signed=signed, shown_in=shown)
    action, ticket = correcting.action, form.ticket
    act, page = visit.office.cases.act, correcting.page
    outcome = await run_in_threadpool(act, record, action, given, visit.actor, ticket)
    if isinstance(outcome, BadAnswers):
        return await run_in_threadpool(page, typed=said, problems=outcome.problems)
    answer = outcome if isinstance(outcome, Refused) else await answered(outcome)
    if isinstance(answer, Refused):
        return await run_in_threadpool(page, typed=said, refused=answer)
    return see_other(correcting.home)
