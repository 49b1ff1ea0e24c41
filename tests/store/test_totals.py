"""Totals follow the rows they are counted of, whoever writes and however many at once."""

from contextlib import ExitStack
from datetime import date

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, insert, select, update

from permits.analytics.choosing import Chosen
from permits.analytics.metrics import overview
from permits.casework.figures import FactsRow
from permits.store.caseload import plain
from permits.store.measured_tables import case_facts
from permits.store.tables import case_row
from permits.store.total_keys import PARTS, summed
from permits.store.total_tables import figure_group, figure_total
from permits.store.totals import TotalsWriter
from tests.analytics.facts import _row as row_of_case
from tests.services.conftest import at_once

GRANTED = FactsRow(
    case_id="case/0001",
    number="GX-0001",
    permit="plan_exempt",
    definition="d" * 64,
    department="planning",
    track="commitment",
    kind="none",
    result="granted",
    received_on=date(2022, 6, 1),
    accepted_on=date(2022, 6, 2),
    decided_on=date(2022, 6, 9),
    result_on=date(2022, 6, 9),
    by_silence=False,
    baseline_materials=6,
    handed_in=1,
    saved_materials=5,
    saved_exempt=3,
    saved_shared=1,
    saved_committed=1,
    deferred=0,
    promised_wd=2,
    statutory_wd=30,
    used_wd=0,
    suspended_wd=0,
    saved_wd=2,
    saved_statutory_wd=30,
    corrections=0,
    late=False,
    visits=0,
)
OPEN = replace(GRANTED, result="open", accepted_on=None, decided_on=None, result_on=None)


def another(number, facts=GRANTED):
    return replace(facts, case_id=f"case/{number:04}", number=f"GX-{number:04}")


def put(connection, *cases):
    """Write cases that are new, and let totals follow."""
    with TotalsWriter(connection.dialect).following(connection, [one.case_id for one in cases]):
        connection.execute(insert(case_facts), [plain(one) for one in cases])
        connection.execute(insert(case_row), [row_of_case(one) for one in cases])


def change(database, case_id, **cells):
    """Write other facts of a case, and let totals follow."""
    with (
        database.write() as connection,
        TotalsWriter(connection.dialect).following(connection, [case_id]),
    ):
        connection.execute(update(case_facts).where(case_facts.c.case_id == case_id).values(cells))


def totals(database):
    with database.read() as connection:
        return [dict(row) for row in connection.execute(select(figure_total)).mappings()]


def cases_by_month(database):
    """How many cases there are by totals; they say what the rows say."""
    with database.read() as connection:
        found = overview(connection, Chosen(), kept=True)
        assert found == overview(connection, Chosen(), kept=False)
    return {month: one.cases for month, one in found.by_month.items()}


def test_what_is_alike_is_counted_once_however_often(database):
    with database.write() as connection:
        put(connection, another(1), another(2))
    with database.write() as connection:
        put(connection, another(3))
    assert {one["kind"]: one["times"] for one in totals(database)} == {
        "days": 3,
        "materials": 3,
        "conduct": 3,
    }
    assert cases_by_month(database) == {"2022-06": 3}


def test_a_case_without_a_result_adds_nothing(database):
    with database.write() as connection:
        put(connection, OPEN)
    assert totals(database) == []
    change(database, OPEN.case_id, result="granted", result_on="2022-06-09")
    assert cases_by_month(database) == {"2022-06": 1}
    change(database, OPEN.case_id, result="open", result_on=None)
    assert totals(database) == [], "what came to nothing is gone"


def test_a_case_takes_what_it_adds_along(database):
    """To the month of another result, to another edition, to what the calendar makes of it."""
    with database.write() as connection:
        put(connection, another(1), another(2))
    change(database, "case/0001", result_on="2022-07-01")
    assert cases_by_month(database) == {"2022-06": 1, "2022-07": 1}
    change(database, "case/0001", definition="e" * 64, used_wd=None, suspended_wd=None)
    assert cases_by_month(database) == {"2022-06": 1, "2022-07": 1}
    assert {one["times"] for one in totals(database)} == {1}
    with database.read() as connection:
        assert len(connection.execute(select(figure_group)).all()) == 2


def test_whoever_writes_at_the_same_time_writes_to_a_part_of_their_own(database):
    """So many transactions that are not over have each added to the same totals: none waits, once
    the group is there."""
    if database.is_sqlite:
        pytest.skip("one writes at a time there")
    with database.write() as connection:
        put(connection, another(100))
    with ExitStack() as stack:
        for number in range(PARTS - 1):
            put(stack.enter_context(database.write()), another(number))
    parts = {(one["part"], one["times"]) for one in totals(database)}
    assert parts == {(0, 2), *((part, 1) for part in range(1, PARTS - 1))}
    assert cases_by_month(database) == {"2022-06": PARTS}


def test_many_writers_lose_nothing_and_wait_for_nobody_for_ever(database):
    """Each writes to the same totals, first to add to them and then to move on."""

    def writes(first):
        def work():
            for number in range(first, first + 6):
                with database.write() as connection:
                    put(connection, another(number))
                change(database, f"case/{number:04}", result_on="2022-07-01", late=True)

        return work

    assert at_once(*(writes(100 * place) for place in range(5))) == []
    assert cases_by_month(database) == {"2022-07": 30}
    kept = summed(totals(database)).values()
    assert {(one["kind"], one["month"], one["times"]) for one in kept} == {
        ("days", "2022-07", 30),
        ("materials", "2022-07", 30),
        ("conduct", "2022-07", 30),
    }


def test_nothing_is_kept_of_a_transaction_that_failed(database):
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        put(connection, GRANTED)
        raise ZeroDivisionError
    assert totals(database) == []
    with database.write() as connection:
        put(connection, GRANTED)
        connection.execute(delete(figure_group).where(figure_group.c.permit == "none"))
    assert cases_by_month(database) == {"2022-06": 1}
