"""A session that ended while somebody was typing costs nobody what they typed.

What was sent too late is kept for the account whose session it was; once that account has signed
in again, the page shows it in its form. The address of the page says which of the two happened:
what was typed is kept, or what was sent was not taken and is to be sent again, as files are.
"""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request

from permits.web.forms import Posted, opened
from permits.web.security import parts_of
from permits.web.visits import Member, Visit, house_of

KEPT = "unsent=kept"
LOST = "unsent=lost"

PAGES = frozenset(
    {
        "/drafts/{draft}/sections/{section}",
        "/review/counter/{draft}/sections/{section}",
        "/cases/{case}/corrections",
        "/cases/{case}/obligations/{obligation}",
        "/cases/{case}/actions/{action}",
        "/review/cases/{case}/actions/{action}",
        "/review/cases/{case}/beside/{command}",
        "/review/cases/{case}/beside/{command}/{name}",
        "/review/cases/{case}/heard/{what}",
        "/review/cases/{case}/heard/{what}/{of}",
        "/cases/{case}/heard/{what}",
        "/office/parties/{party}/{step}",
        "/office/parties/{party}/{step}/{name}",
        "/standing/{step}/{name}",
        "/review/cases/{case}/for/{what}",
        "/review/cases/{case}/visits",
        "/review/cases/{case}/service",
        "/review-entitlements/rounds/{round}/{step}",
        "/review-entitlements/rounds/{round}/objections/{number}",
        "/review-entitlements/claims/{policy}/{period}/{code}/{step}",
        "/entitled-objections/{round}",
    }
)
"""The routes of forms in which people write. Each is sent to the address of its own page, which
shows what was kept. The others hold choices and ticks, and nobody is made to sign by us."""

NEVER_KEPT = frozenset({"csrf", "key"})


async def back_to(request: Request, here: str) -> str:
    """Where somebody who is to sign in comes back to, after keeping what they have just sent."""
    token = request.cookies.get(house_of(request).cookie("session"), "")
    if request.method == "GET" or not token:
        return here
    page = request.url.path
    if getattr(request.scope.get("route"), "path", "") in PAGES and await _kept(request, token):
        return f"{page}?{KEPT}"
    return f"{here}{'&' if '?' in here else '?'}{LOST}"


async def _kept(request: Request, token: str) -> bool:
    async with opened(request) as posted:
        fields = [(name, text) for name, text in posted.pairs() if name not in NEVER_KEPT]
        keep = house_of(request).office.unsent.keep
        csrf, page, _seen = posted.text("csrf"), request.url.path, posted.seen
        return await run_in_threadpool(keep, token, csrf, page, fields)


def restored(visit: Member) -> Posted | None:
    """What the visitor had typed on this page before signing in again, for its form."""
    if not visit.asks_for_unsent:
        return None
    fields = visit.office.unsent.of(visit.actor.id, visit.request.url.path)
    if fields is None:
        return None
    visit.restored = True
    return Posted(FormData([*fields]))


async def settle(request: Request, visit: Visit) -> None:
    """What was kept is sent now, from the page that showed it."""
    stood_on = parts_of(request.headers.get("referer", ""))
    if isinstance(visit, Member) and KEPT in stood_on.query and stood_on.path == request.url.path:
        discard = visit.office.unsent.discard
        await run_in_threadpool(discard, visit.actor.id, request.url.path)
