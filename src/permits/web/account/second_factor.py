"""One's second factor: added, put in the place of another, removed; recovery codes."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.sessions import Step
from permits.outside.keyring import Unopenable
from permits.services.second_factors import Enrolled, Enrolment
from permits.services.sessions import Ending
from permits.services.unproved import TooMany, Wrong
from permits.store.people import Account
from permits.store.sessions import Session
from permits.text.words import words
from permits.web.account.overview import HOME
from permits.web.deps import Form, SignedIn, Waiting
from permits.web.entering import keep, onwards, waiting
from permits.web.forms import Posted
from permits.web.navigation import landing
from permits.web.security import parts_of
from permits.web.step_up import demand, unproved
from permits.web.visits import Member, Visit, local, see_other

router = APIRouter()

Next = Annotated[str, Query(alias="next")]
OWN, FIRST = f"{HOME}/second-factor", "/sign-in/second-factor"


class Enrolling:
    """Somebody who adds a device: of their own accord, or because the office wants it of its
    staff."""

    def __init__(self, visit: Visit, path: str, after: str) -> None:
        self.visit = visit
        self.path = path
        self.after = after
        account = visit.holder
        if account is None or visit.session is None:
            raise TypeError("nobody comes here who is not signed in")
        self.account: Account = account
        self.session: Session = visit.session

    @property
    def issuer(self) -> str:
        """What the device calls the office: the name of its server."""
        named = parts_of(self.visit.office.settings.address).hostname
        return named or words(self.visit.language).gettext("Permits by commitment")

    def ask(self) -> Response:
        factors = self.visit.office.second_factors
        return self._page(factors.begin(self.account, self.session, self.issuer))

    def add(self, form: Posted) -> Response:
        """Add the device if its code is right, and show the recovery codes this once."""
        factors, sealed = self.visit.office.second_factors, form.text("device")
        try:
            outcome = factors.add(self.session, sealed, form.text("code"))
            if not isinstance(outcome, Enrolled):
                again = factors.again(self.account, self.session, sealed, self.issuer)
                return self._page(again, outcome)
        except Unopenable:
            raise HTTPException(400) from None
        home = landing(outcome.opened.account)
        onward = local(self.after, home if self.path == FIRST else HOME)
        response = self.visit.page(
            "account/recovery_codes.html", codes=outcome.codes, onward=onward, added=True
        )
        keep(self.visit, response, outcome.opened)
        return response

    def _page(self, shown: Enrolment, refused: Wrong | TooMany | None = None) -> Response:
        says = unproved(self.visit, refused)
        return self.visit.page(
            "account/second_factor.html",
            status=200 if refused is None else 429 if isinstance(refused, TooMany) else 422,
            path=self.path,
            first=self.path == FIRST,
            after=self.after,
            shown=shown,
            errors={"code": says} if says else {},
        )


@router.get(OWN)
def ask(visit: SignedIn) -> Response:
    """A device to add, or to put in the place of the one there is."""
    demand(visit, always=True)
    return Enrolling(visit, OWN, "").ask()


@router.post(OWN)
def add(visit: SignedIn, form: Form) -> Response:
    """Add it."""
    demand(visit, form, always=True)
    return Enrolling(visit, OWN, "").add(form)


@router.get(FIRST)
def ask_first(visit: Waiting, after: Next = "") -> Response:
    """The same for whoever must have a second factor and has none."""
    if waiting(visit, Step.ENROL) is None:
        return onwards(visit, after)
    demand(visit, always=True)
    return Enrolling(visit, FIRST, after).ask()


@router.post(FIRST)
def add_first(visit: Waiting, form: Form) -> Response:
    """Add it, and go on."""
    after = form.text("next")
    if waiting(visit, Step.ENROL) is None:
        return onwards(visit, after)
    demand(visit, form, always=True)
    return Enrolling(visit, FIRST, after).add(form)


@router.post(f"{OWN}/remove")
def remove(visit: SignedIn, form: Form) -> Response:
    """Sign in with the password alone from now on, if the office lets its people."""
    demand(visit, form, always=True)
    if visit.office.sessions.wants_second_factor(visit.account):
        raise HTTPException(403)
    ending = Ending("second_factor", visit.account.id, _here(visit))
    visit.office.second_factors.remove(visit.account.id, ending)
    return see_other(f"{HOME}?done=removed")


@router.post(f"{OWN}/recovery-codes")
def renew_codes(visit: SignedIn, form: Form) -> Response:
    """Other recovery codes, shown this once; those there were are void."""
    demand(visit, form, always=True)
    codes = visit.office.second_factors.new_codes(visit.account.id)
    if not codes:
        return see_other(OWN)
    return visit.page("account/recovery_codes.html", codes=codes, onward=HOME, added=False)


def _here(visit: Member) -> str:
    return visit.session.id if visit.session is not None else ""
