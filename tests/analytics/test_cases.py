"""The list behind a figure has as many cases as the figure says, each once, newest first."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from permits.analytics import cases
from permits.analytics.choosing import Chosen, Which
from permits.analytics.metrics import overview
from permits.casework.figures import facts_row
from tests.analytics.facts import FIRST, caseloads, put
from tests.analytics.test_metrics import CHOICES
from tests.kit import Play, calendar

PATIENT = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def figure(figures, which):
    named = {
        Which.ALL: figures.cases,
        Which.EXEMPT: figures.with_exempt,
        Which.SHARED: figures.with_shared,
        Which.COMMITTED: figures.with_committed,
        Which.DEFERRED: figures.with_deferred,
        Which.SUSPENDED: figures.with_suspension,
    }
    return named[which] if which in named else getattr(figures, which.value)


@PATIENT
@given(rows=caseloads(), chosen=CHOICES, most=st.integers(1, 7))
def test_each_list_is_what_its_figure_counts(database, rows, chosen, most):
    with database.write() as connection:
        put(connection, rows)
    with database.read() as connection:
        figures = overview(connection, chosen).whole
        for which in Which:
            found, after = [], None
            while page := cases.listed(connection, chosen, which, after, most):
                found += page
                after = cases.where(page[-1])
            assert len(found) == figure(figures, which), which
            assert len(found) == cases.how_many(connection, chosen, which)
            keys = [(one.facts.result_on, one.facts.case_id) for one in found]
            assert keys == sorted(set(keys), reverse=True)


@PATIENT
@given(rows=caseloads())
def test_what_is_listed_is_what_stands_in_the_tables(database, rows):
    with database.write() as connection:
        put(connection, rows)
    with database.read() as connection:
        found = cases.listed(connection, Chosen(), Which.ALL, None, 1000)
        assert [cases.facts_of(connection, row.case_id) for row in rows] == rows
        assert cases.facts_of(connection, "case/none") is None
    assert {one.facts.case_id: one.facts for one in found} == {
        row.case_id: row for row in rows if row.result_on
    }
    assert all(one.title == f"工程{one.facts.number}" for one in found)
    assert {one.party_name for one in found} <= {"示例单位"}


def test_all_of_them_are_read_in_batches(database, monkeypatch):
    monkeypatch.setattr(cases, "BATCH", 3)
    rows = _many()
    with database.write() as connection:
        put(connection, rows)
    found = [one.facts.case_id for one in cases.every(database, Chosen(), Which.ALL)]
    assert sorted(found) == sorted(row.case_id for row in rows)


def _many():
    """Twenty cases, four with the same day."""
    play = Play().granted("2022-06-09")
    one = facts_row(play.case, play.edition, calendar())
    return [
        replace(
            one,
            case_id=f"case/{n:04d}",
            number=f"ZZ-{n:04d}",
            result_on=FIRST + timedelta(days=n // 4),
        )
        for n in range(20)
    ]
