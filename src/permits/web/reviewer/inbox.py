"""The cases of a department: in piles by whose turn it is and how urgent, or found by a search."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from sqlalchemy import Connection
from starlette.responses import Response

from permits.casework.access import Actor
from permits.casework.dates import as_text, day_of
from permits.casework.identifiers import is_credit_code
from permits.casework.rows import CaseRow, Turn
from permits.store import asked, checks, lists, parties, refunds
from permits.store.lists import After, Listed, Pile, Urgency
from permits.web.deps import Officer
from permits.web.listing import in_list
from permits.web.visits import Member

router = APIRouter()

AT_ONCE = 25
COUNTED = 100
"""A pile is counted up to here; beyond, nobody reads the exact number."""
LONGEST = 40

Text = Annotated[str, Query(max_length=LONGEST)]

OPEN: tuple[Turn, ...] = ("office", "applicant", "outside")


class Tab(NamedTuple):
    """A pile as the page names it: whose turn, and how urgent (empty for whatever it is)."""

    name: str
    turns: tuple[Turn, ...]
    light: Urgency


TABS = (
    Tab("office", ("office",), ""),
    Tab("overdue", OPEN, "red"),
    Tab("soon", OPEN, "yellow"),
    Tab("applicant", ("applicant",), ""),
    Tab("outside", ("outside",), ""),
    Tab("closed", ("nobody",), ""),
    Tab("opinions", (), ""),
    Tab("checks", (), ""),
    Tab("refunds", (), ""),
)
"""The last three are no turns: cases of others whose opinion is asked of the department; those in
which the officer is to make a check, drawn by lot or of a breach that is being put right; and
those in which something is to be refunded."""

ONLY_FOR: Mapping[str, Callable[[Actor], bool]] = {
    "checks": lambda actor: actor.inspects,
    "refunds": lambda actor: bool(actor.window),
}
"""Who has a pile of their own."""


@dataclass(frozen=True, slots=True)
class ShownTab:
    """A pile with its size; `more` if it was not counted to the end, `size` None if not at all."""

    name: str
    path: str
    size: int | None
    more: bool
    here: bool


@router.get("/review")
def inbox(
    visit: Officer, pile: Text = "office", q: Text = "", at: Text = "", after: Text = ""
) -> Response:
    """A pile, or what a search finds; `at` and `after` say where the last page ended."""
    tab = next((one for one in TABS if one.name == pile), TABS[0])
    wanted = q.strip().upper()
    ended = After(at, f"case/{after}") if at and after else None
    with visit.office.database.read() as connection:
        tabs = _tabs(visit, connection, "" if wanted else tab.name)
        found = _found(visit, connection, tab, wanted, ended)
    shown = found[:AT_ONCE]
    return visit.page(
        "reviewer/inbox.html",
        tab=tab,
        tabs=tabs,
        q=q,
        at_window=bool(visit.actor.window),
        cases=[in_list(visit, one, "/review/cases") for one in shown],
        first=_path(tab, q) if ended else "",
        next=_next(tab, q, shown[-1]) if len(found) > AT_ONCE else "",
    )


def _pile(visit: Member, tab: Tab) -> Pile:
    return Pile(tab.turns, tab.light, day_of(visit.office.now()))


def _found(
    visit: Member, connection: Connection, tab: Tab, wanted: str, ended: After | None
) -> list[Listed]:
    """A page of cases and one more, if there are more."""
    actor, most = visit.actor, AT_ONCE + 1
    if not wanted and tab.name == "checks":
        return checks.pile(connection, actor, ended, most)
    if not wanted and tab.name == "refunds":
        return refunds.pile(connection, actor, ended, most)
    if not wanted and not tab.turns:
        return asked.pile(connection, actor, ended, most)
    if not wanted:
        return lists.pile(connection, actor, _pile(visit, tab), ended, most)
    if is_credit_code(wanted):
        return lists.of_party_in(connection, actor, wanted, ended, most)
    return lists.numbered(connection, actor, wanted, ended, most)


def _tabs(visit: Member, connection: Connection, here: str) -> Sequence[ShownTab]:
    """The piles with their sizes, counted in one query; what has ended is not counted."""
    counted = [tab for tab in TABS if tab.turns and tab.turns != ("nobody",)]
    piles = [_pile(visit, tab) for tab in counted]
    found = lists.sizes(connection, visit.actor, piles, COUNTED)
    sizes = dict(zip((tab.name for tab in counted), found, strict=True))
    sizes["opinions"] = asked.size(connection, visit.actor, COUNTED)
    if visit.actor.inspects:
        sizes["checks"] = checks.size(connection, visit.actor, COUNTED)
    if visit.actor.window:
        sizes["refunds"] = refunds.size(connection, visit.actor, COUNTED)
    shown = [_shown_tab(tab, sizes.get(tab.name), here) for tab in TABS if _for(visit, tab)]
    return [*shown, _of_parties(visit, connection)]


def _of_parties(visit: Member, connection: Connection) -> ShownTab:
    """What of parties waits for the department: a page of its own."""
    size = parties.count(connection, visit.actor, COUNTED)
    more = size >= COUNTED
    return ShownTab("credit", "/office/parties", COUNTED - 1 if more else size, more, here=False)


def _for(visit: Member, tab: Tab) -> bool:
    """Whether a pile is shown: only inspectors make checks, and only the window refunds."""
    return tab.name not in ONLY_FOR or ONLY_FOR[tab.name](visit.actor)


def _shown_tab(tab: Tab, size: int | None, here: str) -> ShownTab:
    more = size is not None and size >= COUNTED
    counted = COUNTED - 1 if more else size
    return ShownTab(tab.name, _path(tab, ""), counted, more, tab.name == here)


def _path(tab: Tab, q: str, **more: str) -> str:
    asked = {"q": q} if q else {"pile": tab.name}
    return f"/review?{urlencode({**asked, **more})}"


def _next(tab: Tab, q: str, last: Listed) -> str:
    """Where the list goes on; it was sorted by another column for each kind of search."""
    row, wanted = last.row, q.strip().upper()
    at = _PLACES[tab.name](row) if tab.name in _PLACES else row.sort_on.isoformat()
    if wanted:
        at = as_text(row.updated_at) if is_credit_code(wanted) else row.number
    return _path(tab, q, at=at, after=row.case_id.removeprefix("case/"))


_PLACES: Mapping[str, Callable[[CaseRow], str]] = {
    "checks": checks.place,
    "refunds": lambda row: row.due_name,
}
"""Where a page of a pile ended, if not at a date."""
