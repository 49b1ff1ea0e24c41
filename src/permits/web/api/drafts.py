"""Applications being written: the drafts of the pages, written whole by programs."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from permits.casework.counter import SCANS
from permits.casework.entries import text_of_entries
from permits.casework.refusals import Reason, Refused
from permits.services.applications import FILED, Application
from permits.services.cases import BadAnswers
from permits.services.filing import Lost
from permits.services.shapes import Typed
from permits.store.drafts import Draft as Held
from permits.store.drafts import Upload
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.api.asking import (
    Id,
    Key,
    TheDraft,
    TheVersion,
    Writer,
    bad_answers,
    refused,
    tagged,
)
from permits.web.api.bodies import TheFile, sent
from permits.web.api.describing import (
    MADE,
    VERSIONED,
    WRITING,
    body,
    contents,
    form_with_file,
    told,
)
from permits.web.api.files import not_kept
from permits.web.api.shown.drafts import (
    DRAFTS,
    Draft,
    DraftList,
    draft,
    draft_summary,
    named_file,
)
from permits.web.api.shown.filed import File, file
from permits.web.files import download
from permits.web.visits import Member

router = APIRouter(tags=["applications"])


class DraftContent(BaseModel):
    """What an application says, whole. Without a track it is kept whether it fits or not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answers: dict[str, Typed] = Field(
        default_factory=dict, description="by the name of the question"
    )
    track: str = Field(default="", max_length=40, description="the way through the procedure")
    signed: dict[str, str] = Field(
        default_factory=dict,
        description="signatures under commitments that were read whole, by key: the commitment's"
        " name for the applicant, `commitment.role` for others that sign; with the SHA-256 of the"
        " text: those that `text_digests` of the permit type names for the track, and no others",
    )
    shown_in: Literal["zh", "en"] | None = Field(
        default=None, description="in which language the texts were shown to whoever signed"
    )

    @property
    def application(self) -> Application:
        answers = {name: _typed(value) for name, value in self.answers.items()}
        return Application(answers, self.track, dict(self.signed), self.shown_in or "")


class NewDraft(DraftContent):
    """An application to be begun."""

    permit: str = Field(max_length=40, description="the permit type")
    party: str = Field(
        default="",
        max_length=18,
        description="at the counter: the credit code of who applies on paper",
    )
    party_name: str = Field(
        default="", max_length=200, description="its name, if nobody is registered under the code"
    )


def _typed(value: Typed) -> str:
    """An answer as a form would send it."""
    if isinstance(value, tuple):
        return text_of_entries(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


@router.get("/drafts", responses=told(401, 403))
def list_drafts(visit: Writer) -> DraftList:
    """The applications of your party that are not filed yet, the newest first; of the window,
    those that you write at the counter."""
    filing = visit.office.filing
    held = filing.mine(visit.actor) or filing.at_counter(visit.actor)
    return DraftList(items=tuple(draft_summary(filing, one, visit.language) for one in held))


@router.post(
    "/drafts",
    status_code=201,
    response_model=Draft,
    responses={**MADE, **told(*WRITING)},
    openapi_extra=body(NewDraft),
)
def begin_draft(
    visit: Writer,
    key: Key,
    given: Annotated[NewDraft, Depends(sent(NewDraft))],
    response: Response,
) -> Draft | Response:
    """Begin an application, with as much of it as is known; at the window, for who applies on
    paper."""
    office, actor = visit.office, visit.actor
    blank = _blank(visit, given)
    held = office.applications.begin(blank, given.application, actor, key)
    if not isinstance(held, Held):
        return _not_written(visit, given.permit, held)
    if held.counter and not office.counter.known_party(held.party):
        office.accounts.register_party(held.party, given.party_name.strip(), actor=actor.id)
    response.headers["Location"] = f"{DRAFTS}/{held.id}"
    return _shown(visit, held, response)


def _blank(visit: Member, given: NewDraft) -> Held | Refused:
    """The draft before anything is written on it: of the party, or at the counter for another."""
    office, actor = visit.office, visit.actor
    if actor.party:
        own = given.party in ("", actor.party)
        return office.filing.blank(given.permit, actor) if own else Refused(Reason.NOT_YOURS)
    blank = office.counter.blank(given.permit, given.party, actor)
    named = bool(given.party_name.strip()) or office.counter.known_party(given.party)
    unnamed = isinstance(blank, Held) and not named
    return Refused(Reason.BAD_ANSWERS, ("party_name",)) if unnamed else blank


@router.get(
    "/drafts/{draft}", response_model=Draft, responses={**VERSIONED, **told(401, 403, 404)}
)
def show_draft(visit: Writer, draft: TheDraft, response: Response) -> Draft | Response:
    """An application: what is wrong or missing, which tracks are open, what each asks."""
    return _shown(visit, draft, response)


@router.put(
    "/drafts/{draft}",
    response_model=Draft,
    responses={**VERSIONED, **told(*WRITING)},
    openapi_extra=body(DraftContent),
)
def write_draft(
    visit: Writer,
    draft: TheDraft,
    version: TheVersion,
    given: Annotated[DraftContent, Depends(sent(DraftContent))],
    response: Response,
) -> Draft | Response:
    """Write the application anew, whole. The same again changes nothing, so no key is needed."""
    held = visit.office.applications.write(draft, given.application, version)
    if not isinstance(held, Held):
        return _not_written(visit, draft.permit, held)
    return _shown(visit, held, response)


@router.delete("/drafts/{draft}", status_code=204, responses=told(401, 403, 404, 409))
def discard_draft(visit: Writer, draft: TheDraft) -> Response:
    """Discard the application with its files."""
    if draft.filed_at is not None:
        return refused(visit, FILED)
    visit.office.filing.discard(draft)
    return Response(status_code=204)


@router.post(
    "/drafts/{draft}/files",
    status_code=201,
    response_model=File,
    responses=told(*WRITING),
    openapi_extra=form_with_file(),
)
def keep_draft_file(
    visit: Writer, draft: TheDraft, key: Key, incoming: TheFile
) -> File | Response:
    """Keep a file for a material that the chosen track asks for, or at the counter a scan of the
    signed paper or of an agent's authorisation; it takes the place of an earlier one."""
    filing, definition = visit.office.filing, visit.office.filing.edition(draft).definition
    if draft.filed_at is not None:
        return refused(visit, FILED)
    scans = SCANS if draft.counter else ()
    if incoming.material not in (*filing.asked(draft), *filing.may_follow(draft), *scans):
        extra = Refused(Reason.MATERIAL_NOT_ASKED, (incoming.material,))
        return refused(visit, extra, definition)
    applications = visit.office.applications
    kept = applications.attach(draft.id, incoming, visit.actor, key, replaces=True)
    if not isinstance(kept, Upload):
        return not_kept(visit, kept, definition)
    about = named_file(definition, kept.material, visit.language)
    return file(about, f"{DRAFTS}/{draft.id}", kept, handed_in=False)


@router.get(
    "/drafts/{draft}/files/{upload}", response_class=Response, responses=contents(401, 403, 404)
)
def fetch_draft_file(visit: Writer, draft: TheDraft, upload: Id) -> Response:
    """The content of a file of the application."""
    return download(visit.office.files, visit.office.uploading.uploads(draft.id), upload)


@router.delete("/drafts/{draft}/files/{upload}", status_code=204, responses=told(401, 403, 404))
def remove_draft_file(visit: Writer, draft: TheDraft, upload: Id) -> Response:
    """Take a file of the application away again."""
    if upload not in {held.id for held in visit.office.uploading.uploads(draft.id)}:
        return problems.trouble(Trouble.NOT_FOUND, visit.language)
    visit.office.uploading.remove_upload(draft.id, upload)
    return Response(status_code=204)


def _shown(visit: Member, held: Held, response: Response) -> Draft:
    tagged(response, held.version)
    return draft(visit.office.filing, held, visit.language)


def _not_written(visit: Member, permit: str, why: Refused | Lost | BadAnswers) -> Response:
    edition = visit.office.shelf.current(permit)
    if isinstance(why, BadAnswers) and edition is not None:
        return bad_answers(visit, why.problems, edition)
    if isinstance(why, Refused):
        return refused(visit, why, edition.definition if edition else None)
    return refused(visit, Refused(Reason.OVERTAKEN))
