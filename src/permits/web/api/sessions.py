"""Sessions of programs: the same as those of browsers, but for the token in place of a cookie."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from permits.casework.sessions import Step
from permits.definitions.procedure import Role
from permits.services.entry import Given
from permits.services.sessions import Opened
from permits.services.unproved import TooMany, Wrong
from permits.store.people import Account
from permits.store.sessions import Session
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.api.asking import Anyone, Caller, troubled
from permits.web.api.bodies import sent
from permits.web.api.describing import body, told
from permits.web.api.shown.parts import Shown
from permits.web.clients import client_of
from permits.web.visits import Visit

router = APIRouter(tags=["sessions"])

Word = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Credentials(BaseModel):
    """Who signs in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    username: Word
    password: Annotated[str, Field(min_length=1, max_length=1000)]
    code: Annotated[str, Field(max_length=40)] = Field(
        default="", description="of the device that is the second factor, or a recovery code"
    )


class ProofOfPerson(BaseModel):
    """By what whoever is signed in proves once more who they are; one of the two is enough."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    password: Annotated[str, Field(max_length=1000)] = ""
    code: Annotated[str, Field(max_length=40)] = Field(
        default="", description="of the device that is the second factor, or a recovery code"
    )


class AccountShown(Shown):
    """An account with what it may do now."""

    id: str
    username: str
    name: str
    roles: tuple[Role, ...]
    office: str = Field(description="the authority of an officer")
    department: str
    party: str = Field(description="credit code of the party an applicant acts for")


class SessionShown(Shown):
    """A session that is open."""

    account: AccountShown
    opened_at: datetime
    closes_at: datetime = Field(description="when it ends at the latest")
    idle_seconds: int = Field(description="it ends when nothing is asked for so long")


class SessionOpened(SessionShown):
    """A new session. The token is told this once and kept nowhere."""

    token: str
    token_type: str = Field(description="how it is sent: `Authorization: Bearer …`")


@router.post(
    "/sessions",
    status_code=201,
    response_model=SessionOpened,
    responses=told(401, 403, 413, 415, 422, 429),
    openapi_extra=body(Credentials),
)
def open_session(
    visit: Anyone, given: Annotated[Credentials, Depends(sent(Credentials))]
) -> SessionOpened | Response:
    """Open a session. A wrong name and a wrong password look alike; who guesses is slowed down.
    An account with a second factor needs its code as well."""
    entry, client = visit.office.entry, client_of(visit.request)
    username = given.username.strip()
    outcome = entry.sign_in_at_once(username, given.password, client, given.code)
    match outcome:
        case Step():
            return problems.trouble(_WANTED[outcome], visit.language)
        case Opened() | Wrong() | TooMany():
            return _opened(visit, outcome)


_WANTED = {
    Step.CODE: Trouble.CODE_WANTED,
    Step.NEW_PASSWORD: Trouble.PASSWORD_CHANGE_WANTED,
    Step.ENROL: Trouble.SECOND_FACTOR_WANTED,
}


def _opened(visit: Visit, outcome: Opened | Wrong | TooMany) -> SessionOpened | Response:
    match outcome:
        case Opened():
            shown = _session(visit, outcome.session, outcome.account)
            return SessionOpened(
                token=outcome.token,
                token_type="Bearer",  # noqa: S106 - the name of a scheme
                **dict(shown),
            )
        case Wrong(what=what):
            wrong = Trouble.WRONG_CODE if what == "code" else Trouble.WRONG_PASSWORD
            return problems.trouble(wrong, visit.language)
        case TooMany(seconds=seconds):
            return problems.too_many(seconds, visit.language)


@router.post(
    "/sessions/current/proofs",
    status_code=201,
    response_model=SessionOpened,
    responses=told(401, 403, 413, 415, 422, 429),
    openapi_extra=body(ProofOfPerson),
)
def prove_person(
    visit: Caller, given: Annotated[ProofOfPerson, Depends(sent(ProofOfPerson))]
) -> SessionOpened | Response:
    """Prove once more who one is, so that grave acts may be done for ten minutes. The session goes
    on under a new token; the old one is good for nothing from now on."""
    if visit.session is None:
        raise troubled(visit, Trouble.NOT_SIGNED_IN)
    proof = Given(given.password, given.code)
    return _opened(visit, visit.office.entry.step_up(visit.session, proof))


@router.get("/sessions/current", responses=told(401))
def show_session(visit: Caller) -> SessionShown:
    """Whose session this is, and what the account may do now."""
    if visit.session is None or visit.account is None:
        raise troubled(visit, Trouble.NOT_SIGNED_IN)
    return _session(visit, visit.session, visit.account)


@router.delete("/sessions/current", status_code=204, responses=told(401, 403))
def end_session(visit: Caller) -> None:
    """End the session; its token is good for nothing from now on."""
    if visit.session is not None:
        visit.office.sessions.sign_out(visit.session)


def _session(visit: Visit, session: Session, account: Account) -> SessionShown:
    actor = account.actor
    return SessionShown(
        account=AccountShown(
            id=account.id,
            username=account.username,
            name=account.name,
            roles=tuple(sorted(actor.roles)),
            office=actor.office,
            department=actor.department,
            party=actor.party,
        ),
        opened_at=session.times.opened_at,
        closes_at=session.times.closes_at,
        idle_seconds=int(visit.office.sessions.idle(account).total_seconds()),
    )
