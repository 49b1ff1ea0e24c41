"""In which language one is written to."""

from fastapi import APIRouter
from starlette.responses import Response

from permits.text.words import LANGUAGES
from permits.web.deps import Form, SignedIn
from permits.web.visits import see_other

router = APIRouter()


@router.post("/account/letters")
def choose(visit: SignedIn, form: Form) -> Response:
    """Be written to in one language from now on, or in both."""
    language = form.text("letters")
    if language in ("", *LANGUAGES):
        visit.office.accounts.write_in(visit.account.id, language)
    return see_other("/account#letters")
