"""Sessions of programs: the same as those of browsers, but for the token in place of a cookie."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from permits.definitions.procedure import Role
from permits.services.accounts import IDLE, SignedIn, SignInRefused
from permits.store.people import Account, Session
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.api.asking import Anyone, Caller, troubled
from permits.web.api.bodies import sent
from permits.web.api.describing import body, told
from permits.web.api.shown.parts import Shown

router = APIRouter(tags=["sessions"])

Word = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Credentials(BaseModel):
    """Who signs in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    username: Word
    password: Annotated[str, Field(min_length=1, max_length=1000)]


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
    """Open a session. A wrong name and a wrong password look alike; who guesses is slowed down."""
    address = visit.request.client.host if visit.request.client else ""
    opened = visit.office.accounts.sign_in(given.username.strip(), given.password, address)
    match opened:
        case SignedIn():
            return SessionOpened(
                token=opened.token,
                token_type="Bearer",  # noqa: S106 - the name of a scheme
                **dict(_session(opened.session, opened.account)),
            )
        case SignInRefused.WRONG:
            return problems.trouble(Trouble.WRONG_PASSWORD, visit.language)
        case SignInRefused.TOO_MANY:
            return problems.trouble(Trouble.TOO_MANY_ATTEMPTS, visit.language)


@router.get("/sessions/current", responses=told(401))
def show_session(visit: Caller) -> SessionShown:
    """Whose session this is, and what the account may do now."""
    if visit.session is None or visit.account is None:
        raise troubled(visit, Trouble.NOT_SIGNED_IN)
    return _session(visit.session, visit.account)


@router.delete("/sessions/current", status_code=204, responses=told(401, 403))
def end_session(visit: Caller) -> None:
    """End the session; its token is good for nothing from now on."""
    if visit.session is not None:
        visit.office.accounts.sign_out(visit.session)


def _session(session: Session, account: Account) -> SessionShown:
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
        opened_at=session.opened_at,
        closes_at=session.closes_at,
        idle_seconds=int(IDLE.total_seconds()),
    )
