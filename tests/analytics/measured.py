"""Everything figures are made of, as tests put it straight into the tables, and the same figures
reckoned slowly: row by row, in plain Python, from their definitions."""

import math
import statistics
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import delete, insert, update

from permits.analytics.measures import By, Measure
from permits.analytics.spread import Spread
from permits.casework.asked_rows import OpinionRow
from permits.casework.due_dates import days_used
from permits.casework.measured_rows import DutyRow, FeeRow, TermRow
from permits.casework.rows import Interval
from permits.store.caseload import Measured, plain
from permits.store.measured_tables import case_duty, case_facts, case_fee, case_term, interval
from permits.store.pile_tables import opinion_row
from permits.store.tables import case_row
from tests.analytics.facts import DECIDED, FIRST, caseloads, put, put_totals
from tests.kit import beijing

TODAY = date(2022, 9, 1)
DISTRICTS = ("gaoxin", "zhongyuan")
DAYS = st.dates(FIRST - timedelta(days=20), date(2022, 9, 20))
CODES = (1, 3, 6, 7, 8, 9, 10, 11, 13)


@st.composite
def terms(draw, case_id, name):
    begun = draw(DAYS)
    fate = draw(st.sampled_from(("running", "kept", "late")))
    ended = begun + timedelta(days=draw(st.integers(0, 20)))
    ends = fate == "kept" or (fate == "late" and draw(st.booleans()))
    return TermRow(
        case_id,
        name,
        draw(st.sampled_from(("promised", "statutory", ""))),
        draw(st.sampled_from(("office", "applicant"))),
        begun,
        draw(st.none() | DAYS),
        draw(st.none() | DAYS),
        ended if ends else None,
        draw(st.integers(0, 2)),
        0,
        fate,
    )


@st.composite
def duties(draw, case_id, name):
    return DutyRow(
        case_id,
        name,
        draw(st.sampled_from(("report", "verification", "lot", "payment"))),
        "applicant",
        draw(DAYS),
        None,
        None,
        0,
        draw(st.booleans()),
        draw(
            st.sampled_from(("open", "in_breach", "kept", "late", "rectified", "broken", "voided"))
        ),
    )


@st.composite
def fees(draw, case_id, name):
    fate = draw(st.sampled_from(("open", "overdue", "paid", "paid_late", "nothing")))
    owed = 0 if fate == "nothing" else draw(st.integers(1, 10**10))
    left = owed if fate in ("open", "overdue") else 0
    late = draw(st.booleans())
    return FeeRow(case_id, name, FIRST, owed, owed, owed - left, left, late, None, None, fate)


@st.composite
def stays(draw, case_id, seq):
    entered = draw(DAYS)
    left = draw(st.none() | st.integers(-1, 30))
    code = draw(st.sampled_from(CODES))
    until = None if left is None else entered + timedelta(days=left)
    at = beijing("2022-06-01")
    return Interval(case_id, seq, f"state_{code}", code, at, entered, at if until else None, until)


@st.composite
def opinions(draw, case_id, asked):
    on = draw(DAYS)
    given_on = draw(st.none() | st.integers(0, 30))
    return OpinionRow(
        case_id,
        asked,
        1,
        "office",
        f"{asked} department",
        "waiting" if given_on is None else "given",
        on,
        None,
        date.max,
        None,
        None if given_on is None else on + timedelta(days=given_on),
        False,
    )


TABLES = {
    case_term: (terms, ("decide", "deliver")),
    case_duty: (duties, ("report_completion", "check_after")),
    case_fee: (fees, ("charge",)),
    interval: (stays, (1, 2, 3)),
    opinion_row: (opinions, ("fire", "water")),
}


@st.composite
def offices(draw):
    """The rows of a few cases, table by table; each has some of everything, or nothing of it."""
    cases = draw(caseloads().filter(lambda rows: len(rows) <= 12))
    found = {case_facts: [replace(one, department=draw(DEPARTMENTS)) for one in cases]}
    for table, (one, names) in TABLES.items():
        found[table] = [
            draw(one(case.case_id, name))
            for case in cases
            for name in names
            if draw(st.booleans())
        ]
    return found


DEPARTMENTS = st.sampled_from(("planning", "construction"))


def district_of(case_id):
    return DISTRICTS[int(case_id[-1]) % 2]


def fill(connection, office):
    """These rows and no others."""
    put(connection, office[case_facts])
    for case in office[case_facts]:
        there = update(case_row).where(case_row.c.case_id == case.case_id)
        connection.execute(there.values(authority=district_of(case.case_id)))
    for table in TABLES:
        connection.execute(delete(table))
        if office[table]:
            connection.execute(insert(table), [plain(row) for row in office[table]])
    put_totals(connection, list(_counted(office)))


def _counted(office):
    """Each case with its district and what stands beside it."""
    for case in office[case_facts]:
        its = {
            table: tuple(row for row in office[table] if row.case_id == case.case_id)
            for table in (case_term, case_duty, case_fee)
        }
        yield case, district_of(case.case_id), Measured(*its.values())


def slow_spread(numbers):
    known = sorted(numbers)
    if not known:
        return Spread(0, 0, None, None)
    tenth = known[math.ceil(Fraction(9, 10) * len(known)) - 1]
    return Spread(len(known), sum(known), statistics.median(known), tenth)


def _warned(term):
    if term.warn_on is None:
        return False
    return term.fate == "late" or (term.ended_on or TODAY) >= term.warn_on


def _granted(case):
    return case.result == "granted"


def _decided(case):
    return case.result in DECIDED


def _any(_row):
    return True


def _past(term):
    return term.fate != "running"


def _closed(duty):
    return duty.fate in ("kept", "late", "rectified", "broken")


def _left(stay):
    return stay.left_on is not None


def _wait(*codes):
    return interval, lambda row: _left(row) and row.code in codes, _stayed


def _stayed(stay):
    return stay.entered_on, stay.left_on


def _both(case):
    return None if case.used_wd is None else case.used_wd + case.suspended_wd


DEFINED = {
    Measure.MATERIALS_SAVED: (case_facts, _granted, lambda c: c.saved_materials),
    Measure.MATERIALS_EXEMPT: (case_facts, _granted, lambda c: c.saved_exempt),
    Measure.MATERIALS_SHARED: (case_facts, _granted, lambda c: c.saved_shared),
    Measure.MATERIALS_COMMITTED: (case_facts, _granted, lambda c: c.saved_committed),
    Measure.MATERIALS_DEFERRED: (case_facts, _granted, lambda c: c.deferred),
    Measure.DAYS_SAVED: (case_facts, _granted, lambda c: c.saved_wd),
    Measure.DAYS_SAVED_STATUTORY: (case_facts, _granted, lambda c: c.saved_statutory_wd),
    Measure.DAYS_USED: (case_facts, _decided, lambda c: c.used_wd),
    Measure.DAYS_GROSS: (case_facts, _decided, _both),
    Measure.DAYS_SUSPENDED: (case_facts, _decided, lambda c: c.suspended_wd),
    Measure.ON_TIME: (case_facts, _decided, lambda c: 0 if c.late else 1),
    Measure.ON_TIME_PROMISED: (
        case_term,
        lambda t: t.limit_kind == "promised" and _past(t),
        lambda t: int(t.fate == "kept"),
    ),
    Measure.ON_TIME_STATUTORY: (
        case_term,
        lambda t: t.limit_kind == "statutory" and _past(t),
        lambda t: int(t.fate == "kept"),
    ),
    Measure.TERMS_KEPT: (
        case_term,
        lambda t: t.debtor == "office" and _past(t),
        lambda t: int(t.fate == "kept"),
    ),
    Measure.EXTENSIONS: (case_term, _any, lambda t: t.extensions),
    Measure.WARNINGS_GIVEN: (case_term, _any, lambda t: int(_warned(t))),
    Measure.WARNINGS_HEEDED: (
        case_term,
        lambda t: _warned(t) and _past(t),
        lambda t: int(t.fate == "kept"),
    ),
    Measure.STAYS: (interval, _left, _stayed),
    Measure.WAIT_APPLICANT: _wait(6),
    Measure.WAIT_OFFICE: _wait(1, 3, 7, 8, 10),
    Measure.WAIT_OUTSIDE: _wait(9),
    Measure.WAIT_DEPARTMENTS: (
        opinion_row,
        lambda o: o.given_on is not None,
        lambda o: (o.asked_on, o.given_on),
    ),
    Measure.CORRECTIONS: (case_facts, _any, lambda c: c.corrections),
    Measure.VISITS: (case_facts, _any, lambda c: c.visits),
    Measure.AT_MOST_ONE_VISIT: (case_facts, _any, lambda c: int(c.visits < 2)),
    Measure.DUTIES_KEPT: (case_duty, _closed, lambda d: int(d.fate == "kept")),
    Measure.DUTIES_RECTIFIED: (case_duty, _closed, lambda d: int(d.fate == "rectified")),
    Measure.DUTIES_BROKEN: (case_duty, _closed, lambda d: int(d.fate == "broken")),
    Measure.FEES_OWED: (case_fee, _any, lambda f: f.owed_fen),
    Measure.FEES_DEFERRED: (case_fee, lambda f: f.deferred, lambda f: f.owed_fen),
    Measure.FEES_OVERDUE: (case_fee, lambda f: f.fate == "overdue", lambda f: f.balance_fen),
    Measure.FEES_ON_TIME: (
        case_fee,
        lambda f: f.fate in ("paid", "paid_late", "overdue"),
        lambda f: int(f.fate == "paid"),
    ),
}
"""Of which rows, which of them count, and what is added up; two days stand for those between."""

_OWN = {
    By.ALL: lambda _case, _row: "",
    By.PERMIT: lambda case, _row: case.permit,
    By.EDITION: lambda case, _row: case.definition,
    By.TRACK: lambda case, _row: case.track,
    By.DEPARTMENT: lambda case, _row: case.department,
    By.DISTRICT: lambda case, _row: district_of(case.case_id),
    By.MONTH: lambda case, _row: f"{case.result_on:%Y-%m}",
    By.STATE: lambda _case, row: row.state,
    By.METHOD: lambda _case, row: row.method,
    By.TERM: lambda _case, row: row.name,
    By.DUTY: lambda _case, row: row.name,
    By.FEE: lambda _case, row: row.fee,
    By.ASKED: lambda _case, row: row.department,
}


def slow(office, measure, chosen, by, calendar):
    """Each group with its spread and how many of its rows are not reckoned."""
    table, counts, value = DEFINED[measure]
    cases = {one.case_id: one for one in office[case_facts] if fits(one, chosen)}
    groups = {}
    for row in office[table]:
        case = cases.get(row.case_id)
        if case is not None and counts(row):
            groups.setdefault(_OWN[by](case, row), []).append(_number(value(row), calendar))
    return {
        kind: (slow_spread([n for n in numbers if n is not None]), numbers.count(None))
        for kind, numbers in groups.items()
    }


def _number(value, calendar):
    if not isinstance(value, tuple):
        return value
    since, until = value
    return None if until < since else days_used(calendar, since, until)


def fits(case, chosen):
    on = case.result_on
    return (
        on is not None
        and (not chosen.permit or case.permit == chosen.permit)
        and (not chosen.track or case.track == chosen.track)
        and (not chosen.department or case.department == chosen.department)
        and (not chosen.district or district_of(case.case_id) == chosen.district)
        and (chosen.first is None or on >= chosen.first)
        and (chosen.last is None or on <= chosen.last)
    )
