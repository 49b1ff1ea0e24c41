"""Proving once more who one is before a grave act. The page asks and then goes on with what was
typed; a program is told how."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from permits.services.entry import Given
from permits.services.grave import is_grave
from permits.services.sessions import Opened
from permits.services.unproved import TooMany, Wrong
from permits.text.sign_in import duration
from permits.text.words import words
from permits.web.forms import Posted
from permits.web.problems import NotDone
from permits.web.visits import Member, Visit, local, see_other

CONFIRM = "/account/confirm"


@dataclass(frozen=True, slots=True)
class Interrupted:
    """What somebody was about to do: the address, whether it was to be sent there or only opened,
    and what was typed."""

    to: str
    sent: bool
    fields: tuple[tuple[str, str], ...]


async def confirmed(visit: Member, given: object, form: Posted) -> None:
    """Whoever asks for a grave act has just proved who they are; else the request ends with the
    page that asks for it (NotDone)."""
    if is_grave(given):
        await run_in_threadpool(demand, visit, form)


def demand(visit: Visit, form: Posted | None = None, *, always: bool = False) -> None:
    """The same for any act, given the form that was sent, if it was one; `always` even where an
    office asks nobody, as about what one signs in with."""
    if visit.session is None:
        return
    sessions = visit.office.sessions
    fresh = sessions.just_proved(visit.session) if always else sessions.fresh(visit.session)
    if not fresh:
        url = visit.request.url
        to = f"{url.path}?{url.query}" if url.query else url.path
        typed = form.pairs() if form is not None else ()
        fields = tuple((name, text) for name, text in typed if name != "csrf")
        raise NotDone(ask(visit, Interrupted(to, form is not None, fields)))


def ask(
    visit: Visit, what: Interrupted, refused: Wrong | TooMany | None = None, given: str = ""
) -> Response:
    """The page that asks who it is."""
    holder = visit.holder
    coded = holder is not None and visit.office.second_factors.of(holder)[0] is not None
    status = 403 if refused is None else 429 if isinstance(refused, TooMany) else 422
    says = unproved(visit, refused)
    visit.prompted = True
    return visit.page(
        "account/confirm.html",
        status=status,
        what=what,
        coded=coded,
        errors={given or "proof_password": says} if says else {},
    )


def confirm(visit: Visit, form: Posted) -> Response:
    """Look at the proof, and go on where the person was interrupted."""
    session = visit.session
    if session is None:
        return see_other("/sign-in")
    to = local(form.proof("to"))
    what = Interrupted(to, form.proof("sent") == "yes", _but_token(form))
    given = Given(form.proof("password"), form.proof("code").strip())
    outcome = visit.office.entry.step_up(session, given)
    if not isinstance(outcome, Opened):
        return ask(visit, what, outcome, "proof_code" if given.code else "proof_password")
    # A browser sends the same form once more where 307 leads it.
    response = RedirectResponse(to, 307) if what.sent else see_other(to)
    visit.set_cookie(response, "session", outcome.token)
    return response


def _but_token(form: Posted) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in form.pairs() if name != "csrf")


def unproved(visit: Visit, refused: Wrong | TooMany | None) -> str:
    """Why somebody could not prove who they are, and what to do."""
    _ = words(visit.language).gettext
    match refused:
        case Wrong(what="code"):
            return _("This code is not right, or it was used before. Wait for the next one.")
        case Wrong():
            return _("This is not your password. Check it and try again.")
        case TooMany(seconds=seconds):
            says = _("Too many attempts. Wait %(time)s, then try again.")
            return says % {"time": duration(seconds, visit.language)}
        case None:
            return ""
