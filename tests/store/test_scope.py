"""What lists show is what `sees` shows: whoever asks, whatever there is, on both databases."""

from datetime import date
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from permits.casework.access import Actor, sees, works_on
from permits.casework.case import Case
from permits.casework.heard import OpinionRequest
from permits.casework.parts import room_of
from permits.definitions.procedure import OFFICERS, Role
from permits.store import asked, checks, lists, parties, projects, refunds, scope
from permits.store.counting import counted
from permits.store.lists import Pile
from permits.store.party_tables import party_task
from permits.store.people_tables import party
from permits.store.pile_tables import check_row, opinion_row, waiting_row
from permits.store.project_tables import project_case, project_row
from permits.store.tables import case_row

TODAY = date(2022, 6, 9)
DAY = TODAY.isoformat()
ROOMS = tuple((office, department) for office in ("east", "west") for department in ("a", "b"))
PARTIES = ("P", "Q")
CODES = ("X", "Y")
PEOPLE = ("one", "two")
ANYBODY = "anybody"
"""A check that any inspector of the department may make."""
TABLES = (
    case_row, opinion_row, check_row, waiting_row, party, party_task, project_row, project_case,
)  # fmt: skip
PATIENT = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Held(NamedTuple):
    """A case with what its rows say beside it: which project, and who was drawn to check it."""

    case: Case
    project: str
    drawn: tuple[str, ...]


def request(place, room):
    """A department that is asked for its opinion."""
    return OpinionRequest(
        asked=f"dept_{place}",
        round=1,
        office=room[0],
        department=room[1],
        by="",
        starts_on=TODAY,
        within="5wd",
        what=None,
        due=None,
        provisional=False,
        warn_on=None,
        calendar="",
    )


@st.composite
def cases(draw, number):
    office, department = draw(st.sampled_from(ROOMS))
    rooms = draw(st.lists(st.sampled_from(ROOMS), max_size=2))
    requests = {one.key: one for one in map(request, range(len(rooms)), rooms)}
    case = Case(
        id=f"case/{number:02d}",
        number=f"N-{number:02d}",
        authority=office,
        department=department,
        party=draw(st.sampled_from(PARTIES)),
        requests=requests,
    )
    drawn = tuple(draw(st.sets(st.sampled_from((*PEOPLE, ANYBODY)))))
    return Held(case, draw(st.sampled_from((*CODES, ""))), drawn)


@st.composite
def caseloads(draw):
    return [draw(cases(number)) for number in range(draw(st.integers(0, 7)))]


@st.composite
def actors(draw):
    """Anybody: of one kind, as accounts are, or of several, as none should be."""
    roles = frozenset(draw(st.sets(st.sampled_from(Role), max_size=3)))
    office, department = draw(st.sampled_from((*ROOMS, ("", ""))))
    return Actor(
        id=draw(st.sampled_from(PEOPLE)),
        roles=roles,
        office=office,
        department=department,
        party=draw(st.sampled_from((*PARTIES, ""))),
    )


def put(database, held):
    """Write the rows of cases, and of nothing else."""
    rows = {table: [] for table in TABLES}
    for case, code, drawn in held:
        rows[case_row].append(row_of(case))
        for one in case.requests.values():
            rows[opinion_row].append(
                {"case_id": case.id, "asked": one.asked, "round": 1, "office": one.office,
                 "department": one.department, "standing": "waiting", "asked_on": DAY,
                 "sort_on": DAY, "late": False}
            )  # fmt: skip
        room = room_of(case.authority, case.department)
        rows[check_row] += [
            {"case_id": case.id, "obligation": "check", "sort_on": DAY, "rectifies": False,
             "officer": room if officer == ANYBODY else officer}
            for officer in drawn
        ]  # fmt: skip
        rows[waiting_row].append(
            {"case_id": case.id, "kind": "refund", "name": "charge", "party": room,
             "sort_on": DAY, "provisional": False}
        )  # fmt: skip
        rows[waiting_row].append(
            {"case_id": case.id, "kind": "duty", "name": "report", "party": case.party,
             "sort_on": DAY, "provisional": False}
        )  # fmt: skip
        rows[party_task].append(
            {"code": case.party, "kind": "entry", "name": case.id, "number": "", "permit": "",
             "office": case.authority, "department": case.department, "since": DAY,
             "sort_on": DAY}
        )  # fmt: skip
        if code:
            rows[project_case].append(member_of(code, case.id))
    rows[party] = [{"code": code, "name": code} for code in PARTIES]
    rows[project_row] = [project_of(code, held) for code in CODES]
    with database.write() as connection:
        for table in TABLES:
            connection.execute(delete(table))
            if rows[table]:
                connection.execute(insert(table), rows[table])


def filled(table, **values):
    """A row with something in every column that wants something."""
    blank = {
        column.name: {str: "", int: 0, bool: False}[column.type.python_type]
        for column in table.columns
        if not column.nullable and column.server_default is None
    }
    return {**blank, **values}


def row_of(case):
    return filled(
        case_row,
        case_id=case.id,
        number=case.number,
        authority=case.authority,
        department=case.department,
        party=case.party,
        turn="office",
        received_on=DAY,
        sort_on=DAY,
        updated_at=f"{DAY}T00:00:00.000000+00:00",
        phase="intake",
    )


def member_of(code, case_id):
    return filled(project_case, code=code, case_id=case_id)


def project_of(code, held):
    """A project is its developer's: the party of its first case, and otherwise nobody's."""
    owner = next((case.party for case, of, _drawn in held if of == code), "")
    return filled(project_row, code=code, party=owner)


def ids(found):
    return {one.row.case_id for one in found}


@PATIENT
@given(held=caseloads(), actor=actors())
def test_every_list_of_cases_shows_what_is_seen_and_nothing_else(database, held, actor):
    put(database, held)
    seen = [case for case, _code, _drawn in held if sees(actor, case)]
    here = [case for case in seen if works_on(actor, case)]
    mine = [c for c in seen if Role.APPLICANT in actor.roles and actor.party == c.party]
    with database.read() as connection:
        everything = select(case_row.c.case_id).where(scope.cases(actor))
        assert sorted(connection.execute(everything).scalars()) == [case.id for case in seen]
        assert [one.row.case_id for one in lists.of_everybody(connection, actor, None, 99)] == [
            case.id for case in reversed(seen)
        ]
        assert ids(lists.of_party(connection, actor, None, 99)) == {case.id for case in mine}
        assert {one.row.case_id for one in lists.waiting(connection, actor, 99)} == {
            case.id for case in mine
        }
        pile = Pile(("office",), "", TODAY)
        assert ids(lists.pile(connection, actor, pile, None, 99)) == {case.id for case in here}
        assert counted(connection, {"": lists.size(actor, pile, 99)}) == {"": len(here)}
        if scope.ways(actor):
            numbered = lists.numbered(connection, actor, "N-", None, 99)
            assert [one.row.case_id for one in numbered] == [case.id for case in reversed(seen)]
            of_one = lists.of_party_in(connection, actor, "P", None, 99)
            assert ids(of_one) == {case.id for case in seen if case.party == "P"}


@PATIENT
@given(held=caseloads(), actor=actors())
def test_piles_of_opinions_checks_and_refunds_are_of_cases_that_are_seen(database, held, actor):
    put(database, held)
    owed = [
        case.id
        for case, _code, _drawn in held
        for one in case.requests.values()
        if actor.officer and (one.office, one.department) == (actor.office, actor.department)
    ]
    at_work = [(case.id, who) for case, _code, who in held if works_on(actor, case)]
    checked = sorted(one for one, who in at_work for by in who if by in (actor.id, ANYBODY))
    refunded = sorted(one for one, _who in at_work)
    with database.read() as connection:
        found = [one.row.case_id for one in asked.pile(connection, actor, None, 99)]
        assert sorted(found) == sorted(owed)
        assert counted(connection, {"": asked.size(actor, 99)}) == {"": len(owed)}
        pile = checks.pile(connection, actor, None, 99)
        assert sorted(one.row.case_id for one in pile) == checked
        assert counted(connection, {"": checks.size(actor, 99)}) == {"": len(checked)}
        pile = refunds.pile(connection, actor, None, 99)
        assert [one.row.case_id for one in pile] == refunded
        assert counted(connection, {"": refunds.size(actor, 99)}) == {"": len(refunded)}
    shown = {*owed, *checked, *refunded}
    assert all(sees(actor, case) for case, _code, _who in held if case.id in shown)


@PATIENT
@given(held=caseloads(), actor=actors())
def test_projects_and_parties_are_seen_by_whom_their_cases_concern(database, held, actor):
    put(database, held)
    auditor, applies = Role.AUDITOR in actor.roles, Role.APPLICANT in actor.roles
    at_work = [(case, code) for case, code, _drawn in held if works_on(actor, case)]
    codes, known = {code for _case, code in at_work}, {case.party for case, _code in at_work}
    owners = {code: project_of(code, held)["party"] for code in CODES}
    own = actor.party if applies and actor.party else None
    wanted = {c for c in CODES if auditor or c in codes or owners[c] == own}
    with database.read() as connection:
        assert {one.code for one in projects.mine(connection, actor)} == wanted
        assert {c for c in CODES if projects.seen(connection, c, actor)} == wanted
        found = {code for code in PARTIES if parties.seen(connection, code, actor)}
        assert found == {p for p in PARTIES if auditor or p in known or p == own}
        tasks = {(one.code, one.name) for one in parties.tasks(connection, actor)}
        assert tasks == {(case.party, case.id) for case, _code in at_work}
        assert counted(connection, {"": parties.size(actor, 99)}) == {"": len(tasks)}


@given(actor=actors(), held=caseloads())
def test_whoever_is_neither_party_nor_officer_nor_auditor_sees_no_case(actor, held):
    """Administrators, for one, have nothing to do with cases, whatever else stands in their
    account."""
    if not actor.roles & (OFFICERS | {Role.APPLICANT, Role.AUDITOR}):
        assert not any(sees(actor, case) for case, _code, _drawn in held)
        assert scope.ways(actor) == ()
