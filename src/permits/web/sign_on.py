"""Signing in with an issuer of OpenID Connect: sent there, and back; linked with one's account."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from permits.services.sign_on import Amiss, Came, In, Sent, ToLink
from permits.text.words import words
from permits.web import step_up
from permits.web.account.overview import HOME
from permits.web.clients import client_of
from permits.web.deps import Anyone, Form, SignedIn
from permits.web.entering import entered, onwards
from permits.web.security import same_origin
from permits.web.visits import Member, Visit, local, see_other

router = APIRouter()

BACK = "/sign-in/back"
TICKET = "sign-on"
SECONDS = 15 * 60

Next = Annotated[str, Query(alias="next", max_length=2000)]
IssuerId = Annotated[str, Path(max_length=80)]


@router.get("/sign-in/with/{issuer}")
def begin(visit: Anyone, issuer: IssuerId, after: Next = "") -> Response:
    """Send somebody to an issuer who wants to sign in, and says so on a page of ours."""
    if isinstance(visit, Member) or visit.pending is not None:
        return onwards(visit, after)
    _known(visit, issuer)
    if not same_origin(visit.request.headers):
        # No other site has somebody signed in by an issuer that knows them already.
        return see_other(f"/sign-in?next={quote(local(after, ''), safe='')}")
    sent = visit.office.sign_on.begin(issuer, _comes_back(visit, issuer), after=local(after, ""))
    return _sent(visit, sent)


@router.get(HOME + "/issuers/{issuer}")
def begin_to_link(visit: SignedIn, issuer: IssuerId) -> Response:
    """Send somebody to an issuer whose identity there is to be linked with their account."""
    sign_on = visit.office.sign_on
    if issuer not in {one.about.id for one in sign_on.open_to(visit.account)}:
        raise HTTPException(404)
    step_up.demand(visit, always=True)
    return _sent(
        visit, sign_on.begin(issuer, _comes_back(visit, issuer), account=visit.account.id)
    )


@router.post(HOME + "/issuers/link")
def link(visit: SignedIn, form: Form) -> Response:
    """Link the identity that the issuer has vouched for."""
    step_up.demand(visit, form, always=True)
    outcome = visit.office.sign_on.confirm(visit.account, form.text("ticket"))
    if isinstance(outcome, Amiss):
        return _amiss(visit, outcome)
    return see_other(f"{HOME}?done=linked")


@router.post(HOME + "/issuers/unlink")
def unlink(visit: SignedIn, form: Form) -> Response:
    """Sign in with an issuer no longer, known by its address; the form says which."""
    step_up.demand(visit, form, always=True)
    known = visit.office.sign_on.unlink(visit.account, form.text("issuer"), actor=visit.account.id)
    if not known:
        raise HTTPException(404)
    return see_other(f"{HOME}?done=unlinked")


@router.get(BACK + "/{issuer}")
def come_back(visit: Anyone, issuer: IssuerId) -> Response:
    """Whoever comes back from an issuer is in, if it vouches for them, or is asked whether it is
    to be linked."""
    account = visit.account if isinstance(visit, Member) else None
    ticket = visit.request.cookies.get(visit.house.cookie(TICKET), "")
    said = dict(visit.request.query_params)
    came = Came(ticket, said, client_of(visit.request), account)
    outcome = visit.office.sign_on.finish(came, issuer, _comes_back(visit, issuer))
    if isinstance(outcome, In):
        response = entered(visit, outcome.opened, outcome.after)
        visit.drop_cookie(response, "door")
    elif isinstance(outcome, ToLink):
        title = outcome.issuer.about.title.in_(visit.language)
        response = visit.page("account/link.html", issuer=title, ticket=outcome.ticket)
    else:
        response = _amiss(visit, outcome)
    visit.drop_cookie(response, TICKET)
    return response


def _known(visit: Visit, issuer: str) -> None:
    if issuer not in visit.office.sign_on.issuers:
        raise HTTPException(404)


def _comes_back(visit: Visit, issuer: str) -> str:
    """The address an issuer sends people back to, as it is registered there."""
    public = visit.office.settings.address or str(visit.request.base_url).rstrip("/")
    return f"{public}{BACK}/{issuer}"


def _sent(visit: Visit, sent: Sent | Amiss) -> Response:
    if isinstance(sent, Amiss):
        return _amiss(visit, sent)
    response = RedirectResponse(sent.address, 303)
    visit.set_cookie(response, TICKET, sent.ticket, most_seconds=SECONDS)
    return response


def _amiss(visit: Visit, amiss: Amiss) -> Response:
    status = {"away": 503, "taken": 409}.get(amiss.why, 403)
    says = _says(visit, amiss.why)
    signed_in = isinstance(visit, Member)
    return visit.page(
        "account/amiss.html", status=status, says=says, after=amiss.after, signed_in=signed_in
    )


def _says(visit: Visit, why: str) -> str:
    """What is amiss, and what to do."""
    _ = words(visit.language).gettext
    says = {
        "away": _(
            "The other site cannot be asked at the moment. Try again in a few minutes, or sign in "
            "with user name and password."
        ),
        "not_proved": _(
            "The other site did not confirm who you are, or it took too long. Nothing was "
            "changed. Begin again."
        ),
        "not_linked": _(
            "The other site knows you, but no account here is linked with you there. Sign in with "
            "user name and password and link it under “My account”."
        ),
        "taken": _(
            "You are linked there with another account here already. Unlink it in that account "
            "first, or ask the office."
        ),
        "not_for": _("Accounts like yours cannot sign in with that site. Use your password."),
    }
    return says[why]
