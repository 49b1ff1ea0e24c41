"""Whoever asks for a page: read off the cookies of a request and what the office knows of them."""

from starlette.requests import Request

from permits.text.words import LANGUAGES, Language
from permits.web.visits import Member, Visit, house_of


def language_of(request: Request) -> Language:
    """The language that was chosen before; Chinese if none was."""
    chosen = request.cookies.get(house_of(request).cookie("language"))
    return next((language for language in LANGUAGES if language == chosen), "zh")


def read(request: Request) -> Visit:
    """Whoever asks. The account is read anew each time, and so are its roles."""
    house, language = house_of(request), language_of(request)
    token = _token(request)
    held = house.office.sessions.of(token) if token else None
    if held is None:
        door = request.cookies.get(house.cookie("door"), "")
        return Visit(request, house, language, door=door)
    if held.wants is not None:
        return Visit(request, house, language, session=held.session, pending=held)
    return Member(request, house, language, held.account, held.session)


def unread(request: Request) -> Visit:
    """The same without looking into the database: of whoever brings a session nobody knows whose
    it is, or whether it has ended."""
    unknown = bool(_token(request))
    return Visit(request, house_of(request), language_of(request), unknown=unknown)


def _token(request: Request) -> str:
    return request.cookies.get(house_of(request).cookie("session"), "")
