"""The figures of a period, against a slow reckoning over the same cases, on both databases."""

import math
import statistics
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permits.analytics.choosing import Chosen
from permits.analytics.metrics import Figures, by_month, next_month, overview, span
from permits.analytics.months import Month, Sum
from permits.analytics.spread import Spread
from tests.analytics.facts import DECIDED, FIRST, PERMITS, TRACKS, caseloads, put

DAYS = st.none() | st.dates(FIRST, date(2022, 8, 31))
CHOICES = st.builds(
    Chosen,
    permit=st.sampled_from(("", *PERMITS)),
    track=st.sampled_from(("", *TRACKS)),
    first=DAYS,
    last=DAYS,
)

GROUPS = (("by_track", "track"), ("by_permit", "permit"), ("by_definition", "definition"))


def fits(row, chosen):
    on = row.result_on
    return (
        on is not None
        and (not chosen.permit or row.permit == chosen.permit)
        and (not chosen.track or row.track == chosen.track)
        and (chosen.first is None or on >= chosen.first)
        and (chosen.last is None or on <= chosen.last)
    )


def slow_spread(numbers):
    known = sorted(number for number in numbers if number is not None)
    if not known:
        return Spread(0, 0, None, None)
    tenth = known[math.ceil(Fraction(9, 10) * len(known)) - 1]
    return Spread(len(known), sum(known), statistics.median(known), tenth)


def slow(rows):
    """The figures as they are defined, one case after the other."""
    granted = [row for row in rows if row.result == "granted"]
    decided = [row for row in rows if row.result in DECIDED]
    results = [row.result for row in rows]
    return Figures(
        cases=len(rows),
        granted=results.count("granted"),
        refused=results.count("refused"),
        revoked=results.count("revoked"),
        withdrawn=results.count("withdrawn"),
        not_accepted=results.count("not_accepted"),
        baseline=sum(row.baseline_materials for row in granted),
        materials=slow_spread(row.saved_materials for row in granted),
        exempt=sum(row.saved_exempt for row in granted),
        with_exempt=sum(1 for row in granted if row.saved_exempt),
        shared=sum(row.saved_shared for row in granted),
        with_shared=sum(1 for row in granted if row.saved_shared),
        committed=sum(row.saved_committed for row in granted),
        with_committed=sum(1 for row in granted if row.saved_committed),
        deferred=sum(row.deferred for row in granted),
        with_deferred=sum(1 for row in granted if row.deferred),
        days_saved=slow_spread(row.saved_wd for row in granted),
        slower=sum(1 for row in granted if row.saved_wd is not None and row.saved_wd < 0),
        days_saved_statutory=slow_spread(row.saved_statutory_wd for row in granted),
        days_used=slow_spread(row.used_wd for row in decided),
        days_suspended=slow_spread(row.suspended_wd for row in decided),
        with_suspension=sum(1 for row in decided if row.suspended_wd),
        unreckoned=sum(1 for row in decided if row.used_wd is None),
        late=sum(1 for row in decided if row.late),
        corrected=sum(1 for row in rows if row.corrections),
        corrections=sum(row.corrections for row in rows),
        visits=slow_spread(row.visits for row in rows),
        without_visit=sum(1 for row in rows if not row.visits),
    )


def in_short(figures):
    """What an overview tells of a month."""
    return Month(
        figures.cases,
        figures.granted,
        figures.decided,
        figures.late,
        Sum(figures.materials.total),
        Sum(figures.days_saved.total),
        figures.days_used,
    )


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=caseloads(), chosen=CHOICES)
def test_the_figures_are_those_of_the_cases(database, rows, chosen):
    with database.write() as connection:
        put(connection, rows)
    with database.read() as connection:
        found = overview(connection, chosen)
        assert overview(connection, chosen, kept=True) == found
        months = by_month(connection, chosen, kept=False)
        assert by_month(connection, chosen, kept=True) == months
    here = [row for row in rows if fits(row, chosen)]
    assert found.whole == slow(here)
    for name, of in GROUPS:
        groups = {getattr(row, of) for row in here}
        expected = {g: slow([row for row in here if getattr(row, of) == g]) for g in groups}
        assert getattr(found, name) == expected
    for month, figures in months.items():
        assert figures == slow([row for row in here if f"{row.result_on:%Y-%m}" == month])
        assert found.by_month[month] == in_short(figures)
    assert list(found.by_month) == list(months)
    assert sum(figures.cases for figures in found.by_month.values()) == len(here)


def test_months_in_which_nothing_happened_have_their_place(database):
    chosen = Chosen(first=date(2021, 11, 1), last=date(2022, 2, 28))
    with database.read() as connection:
        found = overview(connection, chosen).by_month
    assert list(found) == ["2021-11", "2021-12", "2022-01", "2022-02"]
    assert {figures.cases for figures in found.values()} == {0}


def test_the_last_month_there_is_can_be_asked_for(database):
    chosen = Chosen(first=date(9999, 11, 30), last=date(9999, 12, 31))
    with database.read() as connection:
        assert list(overview(connection, chosen).by_month) == ["9999-11", "9999-12"]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=caseloads())
def test_the_first_and_the_last_result(database, rows):
    with database.write() as connection:
        put(connection, rows)
    with database.read() as connection:
        found = span(connection)
    days = [row.result_on for row in rows if row.result_on]
    assert found == ((min(days), max(days)) if days else None)


def test_of_an_empty_office_nothing_is_said(database):
    with database.read() as connection:
        found = overview(connection, Chosen())
    assert (found.by_month, found.by_track, found.by_permit) == ({}, {}, {})
    assert found.whole.decided == 0
    assert found.whole.days_saved.mean is None


@pytest.mark.parametrize(
    ("day", "following"), [("2022-06-09", "2022-07-01"), ("2022-12-31", "2023-01-01")]
)
def test_the_month_after(day, following):
    assert next_month(date.fromisoformat(day)).isoformat() == following


@pytest.mark.parametrize("kept", [True, False], ids=["from totals", "from rows"])
def test_as_many_queries_however_many_cases(database, statements, kept):
    """One for each facet, by edition and by month."""
    with database.read() as connection, statements(connection) as asked:
        overview(connection, Chosen(first=FIRST, last=date(2022, 7, 15)), kept=kept)
    assert len(asked) == 6
