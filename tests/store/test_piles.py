"""The piles of an office's cases, against a slow look through all of them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, insert

from permits.casework.access import Actor
from permits.casework.dates import as_text
from permits.casework.due_dates import warn_from
from permits.casework.parts import room_of
from permits.casework.published import Worth
from permits.definitions.duties import MOST_WARN_DAYS
from permits.definitions.procedure import Role
from permits.store import checks, lists, refunds, register
from permits.store.counting import counted
from permits.store.lists import After, Narrow, Pile
from permits.store.pile_tables import check_row, waiting_row
from permits.store.register import EVERYTHING, Sought
from permits.store.tables import case_row
from tests.kit import calendar

TODAY = date(2022, 6, 9)
ROOM = ("planning_bureau", "planning")
ROOMS = (ROOM, ("planning_bureau", "works"), ("another_bureau", "planning"))
OFFICER = Actor("A", frozenset({Role.EXAMINER}), *ROOM)
AUDITOR = Actor("auditor", frozenset({Role.AUDITOR}))
OPEN = ("office", "applicant", "outside")
TIMES = (time(8), time(8, microsecond=5), time(8, microsecond=500_000), time(9))
"""Whole seconds and fractions: they come in order however they are written."""
PATIENT = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def row(draw, number):
    """A case as a list sees it; a date, a warning before it, or neither."""
    turn = draw(st.sampled_from((*OPEN, "nobody")))
    days = st.integers(-5, 9) | st.just(lists.LONGEST_WARNING.days)
    due = draw(st.none() | days.map(lambda days: TODAY + timedelta(days=days)))
    lead = (
        timedelta(days=draw(st.integers(0, 4))) if draw(st.booleans()) else lists.LONGEST_WARNING
    )
    warn = due - lead if due else None
    room = draw(st.sampled_from(ROOMS))
    party = draw(st.sampled_from(("A", "B")))
    day = TODAY - timedelta(days=draw(st.integers(0, 3)))
    published = draw(st.none() | st.just((day + timedelta(days=1)).isoformat()))
    texts = dict.fromkeys(
        ("permit", "definition", "title", "place", "track", "kind", "state", "phase", "due_name"),
        "",
    )
    dates = dict.fromkeys(("accepted_on", "decided_on", "revoked_on"))
    return {
        **texts,
        **dates,
        "case_id": f"case/{number:03d}",
        "number": f"ZZ-{day:%Y%m%d}-{number:04d}",
        "authority": room[0],
        "department": room[1],
        "party": party,
        "code": 1,
        "turn": turn,
        "ended": turn == "nobody",
        "version": 1,
        "received_on": day.isoformat(),
        "published_on": published,
        "due_on": due.isoformat() if due else None,
        "sort_on": (due or date.max).isoformat(),
        "warn_on": warn.isoformat() if warn else None,
        "rectifies": False,
        "put_right_on": None,
        "sent_back": False,
        "provisional": False,
        "overdue": False,
        "chair": "",
        "updated_at": as_text(datetime.combine(day, draw(st.sampled_from(TIMES)), UTC)),
    }


@st.composite
def waiting(draw, row):
    """What waits for the applicant in a case: nothing, one thing or two."""
    names = draw(st.lists(st.sampled_from(("fence", "report")), unique=True))
    return [
        {
            "case_id": row["case_id"],
            "kind": "duty",
            "name": name,
            "party": row["party"],
            "due_on": row["due_on"],
            "sort_on": row["sort_on"],
            "warn_on": row["warn_on"],
            "provisional": False,
        }
        for name in names
    ]


@st.composite
def caseloads(draw):
    return [draw(row(number)) for number in range(draw(st.integers(0, 30)))]


def put(database, rows):
    with database.write() as connection:
        connection.execute(delete(case_row))
        if rows:
            connection.execute(insert(case_row), rows)


def light(row):
    """As pages show it."""
    if row["due_on"] is None:
        return ""
    if row["due_on"] < TODAY.isoformat():
        return "red"
    return "yellow" if row["warn_on"] <= TODAY.isoformat() else "green"


def of(code):
    """Somebody who acts for a party."""
    return Actor("somebody", frozenset({Role.APPLICANT}), party=code)


def of_room(rows):
    return [r for r in rows if (r["authority"], r["department"]) == ROOM]


def paged(fetch, after_of, most):
    """All of a list, page by page."""
    found, after = [], None
    while page := fetch(after, most):
        assert len(page) <= most
        found += page
        after = after_of(page[-1].row)
    return [one.row.case_id for one in found]


@PATIENT
@given(
    rows=caseloads(),
    turns=st.sampled_from((OPEN, ("office",), ("applicant",), ("outside",), ("nobody",))),
    shown=st.sampled_from(("", "red", "yellow", "green")),
    most=st.integers(1, 6),
)
def test_a_pile_is_what_it_says_each_case_once_the_most_urgent_first(
    database, rows, turns, shown, most
):
    put(database, rows)
    wanted = [r for r in of_room(rows) if r["turn"] in turns and (not shown or light(r) == shown)]
    wanted.sort(key=lambda r: (r["sort_on"], r["case_id"]), reverse=turns == ("nobody",))
    with database.read() as connection:
        found = paged(
            lambda after, most: lists.pile(
                connection, OFFICER, Pile(turns, shown, TODAY), after, most
            ),
            lambda last: After(str(last.sort_on), last.case_id),
            most,
        )
        pile = lists.size(OFFICER, Pile(turns, shown, TODAY), 3)
        size = counted(connection, {"here": pile})
    assert found == [r["case_id"] for r in wanted]
    assert size == {"here": min(3, len(wanted))}


@PATIENT
@given(rows=caseloads(), beginning=st.sampled_from(("ZZ-", "ZZ-202206", "ZZ-20220608", "YY")))
def test_cases_are_found_by_the_beginning_of_their_number(database, rows, beginning):
    put(database, rows)
    wanted = [r for r in of_room(rows) if r["number"].startswith(beginning)]
    with database.read() as connection:
        found = paged(
            lambda after, most: lists.numbered(connection, OFFICER, beginning, after, most),
            lambda last: After(last.number, last.case_id),
            2,
        )
    wanted.sort(key=lambda r: r["number"], reverse=True)
    assert found == [r["case_id"] for r in wanted]


@PATIENT
@given(rows=caseloads(), code=st.sampled_from(("A", "B", "C")))
def test_cases_are_found_by_their_party(database, rows, code):
    put(database, rows)
    wanted = [r for r in of_room(rows) if r["party"] == code]
    with database.read() as connection:
        found = paged(
            lambda after, most: lists.of_party_in(connection, OFFICER, code, after, most),
            lambda last: After(as_text(last.updated_at), last.case_id),
            2,
        )
    wanted.sort(key=lambda r: (r["updated_at"], r["case_id"]), reverse=True)
    assert found == [r["case_id"] for r in wanted]


@PATIENT
@given(rows=caseloads(), most=st.integers(1, 4))
def test_a_party_finds_each_of_its_cases_once_the_newest_first(database, rows, most):
    put(database, rows)
    wanted = [r for r in rows if r["party"] == "A"]
    with database.read() as connection:
        found = paged(
            lambda after, most: lists.of_party(connection, of("A"), after, most),
            lambda last: After(as_text(last.updated_at), last.case_id),
            most,
        )
    wanted.sort(key=lambda r: (r["updated_at"], r["case_id"]), reverse=True)
    assert found == [r["case_id"] for r in wanted]


@PATIENT
@given(
    rows=caseloads(),
    narrow=st.builds(
        lists.Narrow,
        st.sampled_from(("", "ZZ-20220608")),
        st.sampled_from(("", "A", "C")),
        st.sampled_from(("", "office", "nobody")),
    ),
)
def test_everybodys_cases_and_a_partys_can_be_narrowed(database, rows, narrow):
    put(database, rows)
    wanted = [
        r
        for r in rows
        if r["number"].startswith(narrow.number)
        and narrow.party in ("", r["party"])
        and narrow.turn in ("", r["turn"])
    ]
    with database.read() as connection:
        every = paged(
            lambda after, most: lists.of_everybody(connection, AUDITOR, after, most, narrow),
            lambda last: After("", last.case_id),
            3,
        )
        theirs = lists.of_party(connection, of("B"), None, 100, narrow)
    assert every == sorted((r["case_id"] for r in wanted), reverse=True)
    assert {one.row.case_id for one in theirs} == {
        r["case_id"] for r in wanted if r["party"] == "B"
    }


@PATIENT
@given(rows=caseloads(), code=st.sampled_from(("A", "B", "C")))
def test_a_party_sees_its_cases_the_one_that_changed_last_first(database, rows, code):
    put(database, rows)
    mine = [r for r in rows if r["party"] == code]
    with database.read() as connection:
        found = paged(
            lambda after, most: lists.of_party(connection, of(code), after, most),
            lambda last: After(as_text(last.updated_at), last.case_id),
            2,
        )
    mine.sort(key=lambda r: (datetime.fromisoformat(r["updated_at"]), r["case_id"]), reverse=True)
    assert found == [r["case_id"] for r in mine]


@PATIENT
@given(rows=caseloads(), code=st.sampled_from(("A", "B", "C")), data=st.data())
def test_a_party_sees_what_waits_for_it_the_most_urgent_first(database, rows, code, data):
    put(database, rows)
    waits = [one for row in rows for one in data.draw(waiting(row))]
    with database.write() as connection:
        connection.execute(delete(waiting_row))
        if waits:
            connection.execute(insert(waiting_row), waits)
    with database.read() as connection:
        found = lists.waiting(connection, of(code), 5)
    mine = [one for one in waits if one["party"] == code]
    mine.sort(key=lambda one: (one["sort_on"], one["case_id"], one["name"]))
    numbers = {row["case_id"]: row["number"] for row in rows}
    assert [(one.number, one.row.name, str(one.row.sort_on)) for one in found] == [
        (numbers[one["case_id"]], one["name"], one["sort_on"]) for one in mine[:5]
    ]


@PATIENT
@given(rows=caseloads(), beginning=st.sampled_from(("ZZ-", "ZZ-202206", "ZZ-20220608", "YY")))
def test_what_is_published_is_listed_and_found_by_number(database, rows, beginning):
    put(database, rows)
    shown = [r for r in rows if r["published_on"]]
    with database.read() as connection:
        found = paged(
            lambda after, most: register.found(connection, EVERYTHING, after, most),
            lambda last: After(str(last.published_on), last.case_id),
            3,
        )
        numbered = paged(
            lambda after, most: register.found(connection, Sought(number=beginning), after, most),
            lambda last: After(last.number, last.case_id),
            3,
        )
    shown.sort(key=lambda r: (r["published_on"], r["case_id"]), reverse=True)
    assert found == [r["case_id"] for r in shown]
    shown.sort(key=lambda r: r["number"], reverse=True)
    assert numbered == [r["case_id"] for r in shown if r["number"].startswith(beginning)]


def test_no_date_is_close_for_longer_than_lists_look_ahead():
    """The most working days a definition may warn ahead, over holidays of every published year."""
    known = calendar()
    for ordinal in range(date(2004, 1, 1).toordinal(), date(2030, 1, 1).toordinal()):
        due = date.fromordinal(ordinal)
        warn = warn_from(known, date.min, due, MOST_WARN_DAYS)
        assert due - warn <= lists.LONGEST_WARNING, due


NUMBERED = Narrow(number="ZZ-2022")
ENDED = After("2022-06-09", "case/1")
LISTS = {
    "the pile of an office": lambda c: lists.pile(
        c, OFFICER, Pile(("office",), "", TODAY), None, 9
    ),
    "an applicant's cases": lambda c: lists.of_party(c, of("A"), After("2022-06-09", "case/1"), 9),
    "what waits for an applicant": lambda c: lists.waiting(c, of("A"), 9),
    "the register": lambda c: register.found(c, EVERYTHING, ENDED, 9),
    "the register by number": lambda c: register.found(c, Sought(number="ZZ-2022"), None, 9),
    "the register by permit type": lambda c: register.found(c, Sought(permit="p"), ENDED, 9),
    "the register by office": lambda c: register.found(c, Sought(authority="o"), ENDED, 9),
    "the register by what is no longer in force": lambda c: register.found(
        c, Sought(worth=Worth.ENDED), ENDED, 9
    ),
    "the register by period": lambda c: register.found(
        c, Sought(first=date(2022, 1, 1), last=date(2022, 6, 30)), ENDED, 9
    ),
    "the register by project": lambda c: register.found(c, Sought(project="x"), ENDED, 9),
    "cases of an office by number": lambda c: lists.numbered(c, OFFICER, "ZZ-2022", None, 9),
    "cases of an office by party": lambda c: lists.of_party_in(c, OFFICER, "A", None, 9),
    "an applicant's cases by number": lambda c: lists.of_party(c, of("A"), None, 9, NUMBERED),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_from_an_index_in_its_order(database, name):
    """However many cases there are, a page of a list reads a page of them: SQLite's plan for it
    looks through no table, and sorts at most what an inner query has cut off already."""
    if not database.is_sqlite:
        return
    asked = []
    with database.read() as connection:
        event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
        LISTS[name](connection)
        ((sql, values),) = asked
        plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert not [step for step in plan if step.startswith("SCAN case_row")]
    sorts = [step for step in plan if "TEMP B-TREE" in step]
    cut_off = any(step.startswith(("MATERIALIZE", "CO-ROUTINE")) for step in plan)
    assert not sorts or cut_off, plan


@pytest.mark.parametrize("turns", [OPEN, ("nobody",)])
def test_a_pile_is_read_in_one_query(database, turns):
    asked = []
    with database.read() as connection:
        event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
        lists.pile(connection, OFFICER, Pile(turns, "", TODAY), None, 5)
    assert len(asked) == 1


@st.composite
def drawn_to(draw, row):
    """What an officer and another were drawn to check in a case: nothing, one thing or two."""
    found = draw(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(("fence", "site"))),
                          unique=True))  # fmt: skip
    days = {"due_on": row["due_on"], "sort_on": row["sort_on"], "warn_on": row["warn_on"]}
    return [
        {"case_id": row["case_id"], "officer": officer, "obligation": name, "rectifies": whole}
        | days
        for officer, name, whole in (
            *((officer, name, False) for officer, name in found),
            *((room_of(*room), "repair", True) for room in draw(st.sets(st.sampled_from(ROOMS)))),
        )
    ]


@PATIENT
@given(rows=caseloads(), data=st.data())
def test_every_check_is_on_one_page_of_its_officer_even_several_of_one_case(database, rows, data):
    drawn = [one for row in rows for one in data.draw(drawn_to(row))]
    put(database, rows)
    with database.write() as connection:
        connection.execute(delete(check_row))
        if drawn:
            connection.execute(insert(check_row), drawn)
    found, after = [], None
    with database.read() as connection:
        while page := checks.pile(connection, OFFICER, after, 1):
            found += [(one.row.sort_on.isoformat(), one.row.case_id, one.row.due_name)
                      for one in page]  # fmt: skip
            after = After(checks.place(page[-1].row), page[-1].row.case_id)
    here = {row["case_id"] for row in of_room(rows)}
    theirs = ("A", room_of(OFFICER.office, OFFICER.department))
    mine = [one for one in drawn if one["officer"] in theirs and one["case_id"] in here]
    assert found == sorted((one["sort_on"], one["case_id"], one["obligation"]) for one in mine)


@st.composite
def paid_too_much(draw, row):
    """What is to be refunded in a case: nothing, one fee or two, by the department it is of."""
    room = room_of(row["authority"], row["department"])
    undated = {"due_on": None, "sort_on": date.max.isoformat(), "warn_on": None}
    return [
        {"case_id": row["case_id"], "kind": "refund", "name": name, "party": room,
         "provisional": False, **undated}
        for name in draw(st.lists(st.sampled_from(("charge", "levy")), unique=True))
    ]  # fmt: skip


@PATIENT
@given(rows=caseloads(), data=st.data(), most=st.integers(1, 7))
def test_every_refund_is_on_one_page_of_its_department_even_several_of_one_case(
    database, rows, data, most
):
    owed = [one for row in rows for one in data.draw(paid_too_much(row))]
    duties = [one for row in rows for one in data.draw(waiting(row))]
    put(database, rows)
    with database.write() as connection:
        connection.execute(delete(waiting_row))
        for some in filter(None, (owed, duties)):
            connection.execute(insert(waiting_row), some)
    found, after = [], None
    with database.read() as connection:
        while page := refunds.pile(connection, OFFICER, after, most):
            assert len(page) <= most
            found += [(one.row.case_id, one.row.due_name) for one in page]
            after = After(page[-1].row.due_name, page[-1].row.case_id)
        size = counted(connection, {"here": refunds.size(OFFICER, 99)})
    here = room_of(*ROOM)
    assert found == sorted((r["case_id"], r["name"]) for r in owed if r["party"] == here)
    assert size == {"here": len(found)}
