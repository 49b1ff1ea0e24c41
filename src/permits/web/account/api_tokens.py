"""Tokens for one's own programs: made, shown once, ended."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.api_tokens import Scope, TokenFault
from permits.services.api_tokens import Made, Wanted
from permits.text.sign_in import scope, token_fault
from permits.web import step_up
from permits.web.account.overview import HOME
from permits.web.deps import Form, SignedIn
from permits.web.visits import Member, see_other

router = APIRouter()

TOKENS = f"{HOME}/tokens"
DAYS = (30, 90, 180, 365)
TokenId = Annotated[str, Path(max_length=40)]

_FIELD_OF = {
    TokenFault.NAMELESS: "name",
    TokenFault.NO_SCOPE: "scopes",
    TokenFault.PAST: "days",
    TokenFault.TOO_LONG: "days",
    TokenFault.TOO_MANY: "name",
}


@router.get(TOKENS)
def ask(visit: SignedIn) -> Response:
    """The page on which one makes a token."""
    return _page(visit, {"name": "", "days": "90"}, frozenset({Scope.READ}))


@router.post(TOKENS)
def make(visit: SignedIn, form: Form) -> Response:
    """Make a token and show it, this once."""
    step_up.demand(visit, form, always=True)
    typed = {"name": form.text("name"), "days": form.text("days")}
    scopes = frozenset(one for one in Scope if one in form.all_of("scopes"))
    days = int(typed["days"]) if typed["days"] in map(str, DAYS) else 0
    made = visit.office.api_tokens.make(visit.account, Wanted(typed["name"], scopes, days))
    if not isinstance(made, Made):
        errors = {_FIELD_OF[one]: token_fault(one, visit.language) for one in made}
        return _page(visit, typed, scopes, errors)
    return visit.page("account/token_made.html", status=201, made=made)


@router.post(TOKENS + "/{token}")
def end(visit: SignedIn, form: Form, token: TokenId) -> Response:
    """End a token. One of others looks like none at all."""
    del form
    if not visit.office.api_tokens.end(visit.account.id, token, actor=visit.account.id):
        raise HTTPException(404)
    return see_other(f"{HOME}?done=token#tokens")


def _page(
    visit: Member,
    typed: Mapping[str, str],
    scopes: frozenset[Scope],
    errors: Mapping[str, str] | None = None,
) -> Response:
    return visit.page(
        "account/token.html",
        status=422 if errors else 200,
        typed=typed,
        scopes=[(one.value, scope(one, visit.language)) for one in Scope],
        chosen=scopes,
        days=DAYS,
        errors=errors or {},
    )
