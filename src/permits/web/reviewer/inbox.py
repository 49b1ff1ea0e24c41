"""The cases of a department: in piles by whose turn it is and how urgent, narrowed as somebody
likes, or found by a search."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import Connection
from starlette.responses import Response

from permits.casework.access import Actor
from permits.casework.dates import as_text, day_of
from permits.casework.rows import CaseRow
from permits.store import asked as opinions
from permits.store import case_notes, checks, lists, narrowed, parties, refunds
from permits.store.counting import counted
from permits.store.lists import After, Listed, Pile
from permits.web.deps import Officer
from permits.web.listing import in_list
from permits.web.reviewer.asking import TABS, Asked, Tab
from permits.web.reviewer.columns import looks
from permits.web.reviewer.together import offered
from permits.web.visits import Member
from permits.web.worklist import COOKIE, Worklist

router = APIRouter()

AT_ONCE = 25
COUNTED = 100
"""A pile is counted up to here; beyond, nobody reads the exact number."""

Asking = Annotated[Asked, Query()]

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
def inbox(visit: Officer, asked: Asking) -> Response:
    """A pile, or what a search finds; which the browser keeps in mind to lead back to it."""
    chosen = looks(visit)
    with visit.office.database.read() as connection:
        tabs = _tabs(visit, connection, "" if asked.wanted else asked.tab.name)
        found = _found(visit, connection, asked)
        ids = [one.row.case_id for one in found]
        handlers = case_notes.handlers(connection, ids) if chosen.has("handler") else {}
    shown = found[:AT_ONCE]
    listed = tuple(one.row.case_id.removeprefix("case/") for one in shown)
    response = visit.page(
        "reviewer/inbox.html",
        asked=asked,
        tab=asked.tab,
        tabs=tabs,
        q=asked.q,
        looks=chosen,
        handlers=handlers,
        at_window=bool(visit.actor.window),
        cases=[in_list(visit, one, "/review/cases") for one in shown],
        together=offered(visit.language) if _may_be_dealt_with(asked) else (),
        first=asked.path if asked.at else "",
        next=_next(asked, shown[-1]) if len(found) > AT_ONCE else "",
        here=visit.worklist.goes_on(asked.here, listed) if asked.here else "",
    )
    worked = Worklist(asked.page, listed, chosen.choice.shortcuts)
    visit.set_cookie(response, COOKIE, worked.kept(visit.actor.id))
    return response


def _may_be_dealt_with(asked: Asked) -> bool:
    """Whether several cases of the list can be dealt with at once: what waits for nobody, and
    what is others' to decide, cannot."""
    return bool(asked.wanted) or asked.tab.name in ("office", "overdue", "soon")


def _pile(visit: Member, tab: Tab) -> Pile:
    return Pile(tab.turns, tab.light, day_of(visit.office.now()))


def _found(visit: Member, connection: Connection, asked: Asked) -> list[Listed]:
    """A page of cases and one more, if there are more."""
    actor, most = visit.actor, AT_ONCE + 1
    ended = After(asked.at, f"case/{asked.after}") if asked.at and asked.after else None
    if asked.wanted:
        return _searched(visit, connection, asked, ended)
    if asked.tab.name == "checks":
        return checks.pile(connection, actor, ended, most)
    if asked.tab.name == "refunds":
        return refunds.pile(connection, actor, ended, most)
    if not asked.tab.turns:
        return opinions.pile(connection, actor, ended, most)
    if asked.narrows:
        wanted = asked.cases(actor.id, day_of(visit.office.now()))
        return narrowed.found(connection, actor, wanted, ended, most)
    return lists.pile(connection, actor, _pile(visit, asked.tab), ended, most)


def _searched(
    visit: Member, connection: Connection, asked: Asked, ended: After | None
) -> list[Listed]:
    """What a search finds: by a code or a number whatever it is, by words what is open."""
    actor, code, most = visit.actor, asked.wanted.upper(), AT_ONCE + 1
    match asked.kind:
        case "party":
            return lists.of_party_in(connection, actor, code, ended, most)
        case "project":
            return narrowed.of_project(connection, actor, code, ended, most)
        case "number":
            return lists.numbered(connection, actor, code, ended, most)
        case "words":
            wanted = asked.cases(actor.id, day_of(visit.office.now()))
            return narrowed.found(connection, actor, wanted, ended, most)


def _tabs(visit: Member, connection: Connection, here: str) -> Sequence[ShownTab]:
    """The piles with their sizes, counted in one query; what has ended is not counted."""
    actor = visit.actor
    counts = {
        tab.name: lists.size(actor, _pile(visit, tab), COUNTED)
        for tab in TABS
        if tab.turns and tab.turns != ("nobody",)
    }
    counts["opinions"] = opinions.size(actor, COUNTED)
    counts["checks"] = checks.size(actor, COUNTED)
    counts["refunds"] = refunds.size(actor, COUNTED)
    counts["credit"] = parties.size(actor, COUNTED)
    wanted = {name: count for name, count in counts.items() if _for(visit, name)}
    sizes = counted(connection, wanted)
    shown = [
        _shown_tab(tab.name, Asked(pile=tab.name).path, sizes.get(tab.name), here)
        for tab in TABS
        if _for(visit, tab.name)
    ]
    # What of parties waits for the department has a page of its own.
    return [*shown, _shown_tab("credit", "/office/parties", sizes["credit"], here="")]


def _for(visit: Member, pile: str) -> bool:
    """Whether a pile is shown: only inspectors make checks, and only the window refunds."""
    return pile not in ONLY_FOR or ONLY_FOR[pile](visit.actor)


def _shown_tab(name: str, path: str, size: int | None, here: str) -> ShownTab:
    more = size is not None and size >= COUNTED
    return ShownTab(name, path, COUNTED - 1 if more else size, more, name == here)


def _next(asked: Asked, last: Listed) -> str:
    """Where the list goes on; it was sorted by another column for each kind of search."""
    return asked.onwards(_place(asked, last.row), last.row.case_id)


def _place(asked: Asked, row: CaseRow) -> str:
    if asked.wanted:
        match asked.kind:
            case "party":
                return as_text(row.updated_at)
            case "project" | "number":
                return row.number
            case "words":
                return narrowed.place(row, "due")
    if asked.tab.name in _PLACES:
        return _PLACES[asked.tab.name](row)
    return narrowed.place(row, asked.sorted_by)


_PLACES: Mapping[str, Callable[[CaseRow], str]] = {
    "checks": checks.place,
    "refunds": lambda row: row.due_name,
}
"""Where a page of a pile ended, if not at a date."""
