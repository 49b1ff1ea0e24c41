"""Who asks, in which language, under which key: what routes of the API may ask for."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import Depends, Header, Path, Response, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request

from permits.casework.answers import Problem
from permits.casework.api_tokens import Scope
from permits.casework.refusals import Reason, Refused
from permits.definitions.edition import Edition
from permits.definitions.schema import Definition
from permits.services.api_tokens import PREFIX
from permits.services.case_record import Record
from permits.services.cases import Ticket
from permits.services.grave import is_grave
from permits.store.drafts import Draft
from permits.store.people import Account
from permits.store.sessions import Session
from permits.text import faults
from permits.text.troubles import Trouble
from permits.text.words import preferred
from permits.web import problems, statuses
from permits.web.clients import address_of
from permits.web.problems import NotDone, Wrong, pointer
from permits.web.security import SAFE
from permits.web.visits import Member, Visit, house_of

FILED = frozenset({"applications", "documents and files"})
"""What routes are about that a token to `file` is good for, when something is sent there."""

UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
NAME = r"^[a-z][a-z0-9_]{0,39}$"
EVIDENCE_NAME = r"^(amendment|extension|renewal)\.evidence$"

Id = Annotated[str, Path(pattern=UUID)]
Name = Annotated[str, Path(pattern=NAME)]

BEARER = HTTPBearer(
    scheme_name="session",
    description="The token of a session, from `POST /api/v1/sessions`, or one that was made on the"
    " page “My account”. Cookies are not looked at.",
    auto_error=False,
)

Token = Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]+$",
        min_length=8,
        max_length=100,
        description="A new one for each thing that is to be done. The same key with the same body"
        " brings the same answer, with another body a problem.",
        examples=["0197f3a2-6f0e-7c1e-9d5f-2b6f6f1f9f10"],
    ),
]
Seen = Annotated[
    str | None,
    Header(
        alias="If-Match",
        pattern=r'^"[0-9]{1,9}"$',
        description="The version you have seen, as `ETag` gave it. If there is a newer one,"
        " nothing is done.",
        examples=['"7"'],
    ),
]


Spoken = Annotated[
    str,
    Header(
        alias="Accept-Language",
        description="`zh` or `en`: the language of everything that people read.",
        examples=["en"],
    ),
]


def visit(request: Request, response: Response, spoken: Spoken = "zh") -> Visit:
    """Whoever asks, known or not."""
    language = preferred(spoken)
    response.headers.update({"Cache-Control": "no-store", **problems.spoken(language)})
    return Visit(request, house_of(request), language)


def caller(visit: "Anyone", token: Token) -> Member:
    """Whoever the token is of. The account is read anew each time, and so are its roles."""
    if token is None:
        raise troubled(visit, Trouble.NOT_SIGNED_IN)
    if token.credentials.startswith(PREFIX):
        return _program(visit, token.credentials)
    held = visit.office.sessions.of(token.credentials)
    if held is None or held.wants is not None:
        raise troubled(visit, Trouble.SESSION_ENDED)
    return _member(visit, held.account, held.session)


def _member(visit: Visit, account: Account, session: Session | None) -> Member:
    """A visit of somebody who is known, which is what the access log asks for."""
    member = Member(visit.request, visit.house, visit.language, account, session)
    visit.request.state.visit = member
    return member


def _program(visit: Visit, secret: str) -> Member:
    """Whoever made the token that a program brings, if it may be used for what is asked."""
    found = visit.office.api_tokens.of(secret, address_of(visit.request))
    if found is None:
        raise troubled(visit, Trouble.TOKEN_ENDED)
    token, account = found
    if _scope(visit.request) not in token.scopes:
        raise troubled(visit, Trouble.SCOPE_WANTED)
    return _member(visit, account, None)


def _scope(request: Request) -> Scope:
    """What a token must be good for to be used at this address."""
    if request.method in SAFE:
        return Scope.READ
    return Scope.FILE if FILED & {*request.scope["route"].tags} else Scope.ACT


def proved(member: Member, given: object) -> None:
    """Whoever asks for a grave act has just proved who they are; else the request ends (NotDone)
    and says how."""
    if is_grave(given):
        proved_anew(member)


def proved_anew(member: Member) -> None:
    """The same for an act that always asks for the proof, such as signing for others."""
    if member.session is None:
        raise troubled(member, Trouble.PERSON_WANTED)
    if not member.office.sessions.fresh(member.session):
        member.prompted = True
        raise troubled(member, Trouble.STEP_UP_WANTED)


def applicant(member: "Caller") -> Member:
    """Somebody who acts for a party."""
    if not member.actor.applies:
        raise troubled(member, Trouble.NOT_FOR_THIS_ACCOUNT)
    return member


def writer(member: "Caller") -> Member:
    """Somebody who writes applications: for the party they act for, or at a window for whoever
    applies on paper."""
    if not (member.actor.applies or member.actor.window):
        raise troubled(member, Trouble.NOT_FOR_THIS_ACCOUNT)
    return member


def record(visit: "Caller", case: Id) -> Record:
    """The case of the address; nothing tells a case of others from none at all."""
    found = visit.office.cases.read(f"case/{case}", visit.actor)
    if found is None:
        raise NotDone(refused(visit, Refused(Reason.NO_SUCH_CASE)))
    return found


def draft(visit: "Writer", draft: Id) -> Draft:
    """The draft of the address, if it is the party's, or was begun by the officer."""
    found = visit.office.filing.find(draft, visit.actor)
    if found is None:
        raise troubled(visit, Trouble.NOT_FOUND)
    return found


def seen(version: Seen = None) -> int | None:
    """The version that was seen, if the request says so."""
    return int(version.strip('"')) if version else None


def ticket(key: Key, seen: "TheVersion") -> Ticket:
    return Ticket(key, seen)


def troubled(visit: Visit, what: Trouble) -> NotDone:
    """The end of a request that no rule of a procedure has to be asked about."""
    return NotDone(problems.trouble(what, visit.language))


def refused(
    visit: Visit,
    what: Refused,
    definition: Definition | None = None,
    errors_of: Iterable[Wrong] = (),
) -> Response:
    """The problem for a command that was refused."""
    status = statuses.status_of(what.reason)
    return problems.refusal(status, what, definition, visit.language, errors_of)


def bad_answers(visit: Visit, found: Iterable[Problem], edition: Edition) -> Response:
    """The problem for answers that do not fit, each with what is wrong."""
    wrong = list(found)
    told = Refused(Reason.BAD_ANSWERS, tuple(one.field for one in wrong))
    errors_of = [
        Wrong(
            pointer=pointer(("answers", *_place(one))),
            detail=faults.sentence(one, edition.answerable.get(one.field), visit.language),
        )
        for one in wrong
    ]
    return refused(visit, told, edition.definition, errors_of)


def _place(one: Problem) -> tuple[object, ...]:
    """Where an answer stands; that to a column of an entry stands in the list of entries."""
    return (one.field, one.entry - 1, one.column) if one.entry else (one.field,)


def tagged(response: Response, version: int) -> None:
    """Say which version this is, to be sent back in `If-Match`."""
    response.headers["ETag"] = f'"{version}"'


Anyone = Annotated[Visit, Depends(visit)]
Caller = Annotated[Member, Depends(caller)]
Applicant = Annotated[Member, Depends(applicant)]
Writer = Annotated[Member, Depends(writer)]
TheRecord = Annotated[Record, Depends(record)]
TheDraft = Annotated[Draft, Depends(draft)]
TheVersion = Annotated[int | None, Depends(seen)]
TheTicket = Annotated[Ticket, Depends(ticket)]
