"""The way from a password to an open session: each thing that is still wanted has a page."""

from urllib.parse import quote

from starlette.responses import Response

from permits.casework.sessions import Step
from permits.services.sessions import Held, Opened
from permits.web.clients import MARK
from permits.web.navigation import landing
from permits.web.visits import Member, Visit, local, see_other

PAGE_OF = {
    Step.CODE: "/sign-in/code",
    Step.NEW_PASSWORD: "/sign-in/password",
    Step.ENROL: "/sign-in/second-factor",
}

YEAR = 365 * 24 * 3600


def waiting(visit: Visit, step: Step) -> Held | None:
    """The session that waits for this step; None if it does not."""
    held = visit.pending
    return held if held is not None and held.wants is step else None


def onwards(visit: Visit, after: str) -> Response:
    """On to what the session wants, or to where its person was going if it wants nothing."""
    if visit.pending is not None and visit.pending.wants is not None:
        return see_other(_page(visit.pending.wants, after))
    home = landing(visit.account) if isinstance(visit, Member) else "/"
    return see_other(local(after, home))


def entered(visit: Visit, opened: Opened, after: str) -> Response:
    """The same for a session that was just opened or has come a step further. Whatever session the
    browser had before is over."""
    before = visit.session
    if before is not None and before.id != opened.session.id:
        visit.office.sessions.sign_out(before)
    home = local(after, landing(opened.account))
    response = see_other(home if opened.wants is None else _page(opened.wants, after))
    keep(visit, response, opened)
    return response


def keep(visit: Visit, response: Response, opened: Opened) -> None:
    """Give the browser the token of the session, and the mark of one that has signed in."""
    visit.set_cookie(response, "session", opened.token)
    if opened.wants is not Step.CODE:
        mark = visit.office.entry.mark(opened.account)
        visit.set_cookie(response, MARK, mark, most_seconds=YEAR)


def _page(wants: Step, after: str) -> str:
    return f"{PAGE_OF[wants]}?next={quote(after, safe='')}" if local(after, "") else PAGE_OF[wants]
