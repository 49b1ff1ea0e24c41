"""Lists of cases: to each what they may see, a page at a time."""

from collections.abc import Callable, Iterator
from typing import Annotated, Literal, NamedTuple

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from permits.casework.access import Actor
from permits.casework.dates import as_text, day_of
from permits.casework.rows import CaseRow, Turn
from permits.store import lists
from permits.store.lists import After, Listed, Narrow, Pile
from permits.text import shapes
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.api.asking import Caller
from permits.web.api.describing import told
from permits.web.api.paging import BadCursor, Cursor, Limit, following, place
from permits.web.api.shown.listed import CASES, CaseList, case_summary
from permits.web.listing import in_list
from permits.web.problems import Wrong
from permits.web.visits import Member

router = APIRouter(tags=["cases"])

OPEN: tuple[Turn, ...] = ("office", "applicant", "outside")


class AskedCases(BaseModel):
    """Which cases are asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turn: Literal["", "office", "applicant", "outside", "nobody"] = Field(
        default="", description="who has to act next"
    )
    light: Literal["", "red", "yellow", "green"] = Field(
        default="", description="how the next date stands; for officers"
    )
    number: Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9-]*$")] = Field(
        default="", description="the case number, or how it begins"
    )
    party: Annotated[str, Field(max_length=18, pattern=r"^[A-Za-z0-9]*$")] = Field(
        default="", description="credit code of the party; for officers and auditors"
    )
    after: Cursor = ""
    limit: Limit = 20

    @property
    def narrow(self) -> Narrow:
        return Narrow(self.number.upper(), self.party.upper(), self.turn)


class Found(NamedTuple):
    """Cases of a list, and what of a row the list is sorted by."""

    cases: list[Listed]
    sorted_by: Callable[[CaseRow], str]


@router.get("/cases", response_model=CaseList, responses=told(401, 403, 422))
def list_cases(visit: Caller, asked: Annotated[AskedCases, Query()]) -> CaseList | Response:
    """The cases you may see.

    An applicant is given the party's own, what changed last first. An officer is given the open
    ones of the department, the most urgent first; with `turn=nobody` those that have ended; or
    those of a `number` or a `party`. An auditor is given every case, the newest first.
    """
    wrong = tuple(_wrong(visit, asked))
    if wrong:
        return problems.trouble(Trouble.UNFIT, visit.language, wrong)
    with visit.office.database.read() as connection:
        found = _found(visit, connection, asked)
    if found is None:
        return problems.trouble(Trouble.NOT_FOR_THIS_ACCOUNT, visit.language)
    shown = found.cases[: asked.limit]
    following_page = None
    if len(found.cases) > asked.limit:
        row = shown[-1].row
        following_page = following(CASES, asked, After(found.sorted_by(row), row.case_id))
    return CaseList(
        items=tuple(case_summary(in_list(visit, one, CASES)) for one in shown),
        next=following_page,
    )


def _wrong(visit: Member, asked: AskedCases) -> Iterator[Wrong]:
    """Filters that the account does not have, or that go only one at a time."""

    def wrong(parameter: str, kind: str) -> Wrong:
        return Wrong(parameter=parameter, detail=shapes.sentence(kind, {}, visit.language))

    try:
        place(asked.after)
    except BadCursor:
        yield wrong("after", shapes.CURSOR)
    officer = _officer(visit.actor)
    if asked.light and not officer:
        yield wrong("light", shapes.NOT_YOURS)
    if asked.party and visit.actor.applies:
        yield wrong("party", shapes.NOT_YOURS)
    if officer:
        given = {"number": asked.number, "party": asked.party, "turn": asked.turn or asked.light}
        chosen = [name for name, value in given.items() if value]
        for name in chosen[1:]:
            yield wrong(name, shapes.ALONE)


def _officer(actor: Actor) -> bool:
    return actor.officer and not actor.applies


def _found(visit: Member, connection: Connection, asked: AskedCases) -> Found | None:
    actor, after, most = visit.actor, place(asked.after), asked.limit + 1
    if actor.applies:
        cases = lists.of_party(connection, actor, after, most, asked.narrow)
        return Found(cases, _changed)
    if actor.officer:
        return _of_officer(visit, connection, asked)
    if actor.audits:
        return Found(
            lists.of_everybody(connection, actor, after, most, asked.narrow), lambda _row: ""
        )
    return None


def _of_officer(visit: Member, connection: Connection, asked: AskedCases) -> Found:
    actor, after, most, narrow = visit.actor, place(asked.after), asked.limit + 1, asked.narrow
    if narrow.number:
        cases = lists.numbered(connection, actor, narrow.number, after, most)
        return Found(cases, lambda row: row.number)
    if narrow.party:
        return Found(lists.of_party_in(connection, actor, narrow.party, after, most), _changed)
    turns = (asked.turn,) if asked.turn else OPEN
    wanted = Pile(turns, asked.light, day_of(visit.office.now()))
    cases = lists.pile(connection, actor, wanted, after, most)
    return Found(cases, lambda row: row.sort_on.isoformat())


def _changed(row: CaseRow) -> str:
    return as_text(row.updated_at)
