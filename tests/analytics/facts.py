"""Facts of cases as a test needs them, put straight into the tables."""

from datetime import date, timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert

from permits.casework.figures import FactsRow
from permits.store.caseload import Measured
from permits.store.measured_tables import case_facts
from permits.store.people_tables import party
from permits.store.tables import case_row
from permits.store.total_keys import NONE, Totals, added, group_of, group_row, row_of
from permits.store.total_tables import figure_group, figure_total

DECIDED = ("granted", "refused", "revoked")
RESULTS = (*DECIDED, "withdrawn", "not_accepted", "open")
PERMITS = ("plan_exempt", "drawing_review")
TRACKS = ("ordinary", "commitment", "tolerant")
FIRST = date(2022, 4, 1)


@st.composite
def facts(draw: st.DrawFn, number: int) -> FactsRow:
    """A case with any result, its figures in step with it as `facts_row` would have them."""
    result = draw(st.sampled_from(RESULTS))
    day = FIRST + timedelta(days=draw(st.integers(0, 150)))
    decided, granted = result in DECIDED, result == "granted"
    used = draw(st.none() | st.integers(0, 12)) if decided else None
    causes = [draw(st.integers(0, 3)) if granted else 0 for _ in range(4)]
    return FactsRow(
        case_id=f"case/{number:04d}",
        number=f"ZZ-{number:04d}",
        permit=draw(st.sampled_from(PERMITS)),
        definition=draw(st.sampled_from(("d" * 64, "e" * 64))),
        department="planning",
        track=draw(st.sampled_from(TRACKS)),
        kind="none",
        result=result,
        received_on=day - timedelta(days=9),
        accepted_on=day - timedelta(days=8) if decided else None,
        decided_on=day if decided else None,
        result_on=None if result == "open" else day,
        by_silence=False,
        baseline_materials=draw(st.integers(4, 6)),
        handed_in=2,
        saved_materials=sum(causes[:3]),
        saved_exempt=causes[0],
        saved_shared=causes[1],
        saved_committed=causes[2],
        deferred=causes[3],
        promised_wd=5,
        statutory_wd=20,
        used_wd=used,
        suspended_wd=None if used is None else draw(st.integers(0, 4)),
        saved_wd=(None if used is None else 5 - used) if granted else 0,
        saved_statutory_wd=(None if used is None else 20 - used) if granted else 0,
        corrections=draw(st.integers(0, 2)),
        late=draw(st.booleans()),
        visits=draw(st.integers(0, 3)),
    )


@st.composite
def caseloads(draw: st.DrawFn) -> list[FactsRow]:
    return [draw(facts(number)) for number in range(draw(st.integers(0, 40)))]


def put(connection: Connection, rows: list[FactsRow]) -> None:
    """These cases and no others, with the rows their titles stand in, and totals of them."""
    for table in (case_facts, case_row, party):
        connection.execute(delete(table))
    connection.execute(insert(party), [{"code": "P", "name": "示例单位"}])
    if rows:
        connection.execute(insert(case_facts), [msgspec.to_builtins(row) for row in rows])
        connection.execute(insert(case_row), [_row(row) for row in rows])
    put_totals(connection, [(row, "", NONE) for row in rows])


def put_totals(connection: Connection, cases: list[tuple[FactsRow, str, Measured]]) -> None:
    """The totals of these cases, each with its district and what stands beside it, and no
    others."""
    connection.execute(delete(figure_total))
    connection.execute(delete(figure_group))
    groups = {group_of(facts, district) for facts, district, _measured in cases}
    keys = (
        key for facts, district, m in cases for key in added(facts, group_of(facts, district), m)
    )
    rows = [row_of(key, times) for key, times in Totals(keys).items()]
    if rows:
        connection.execute(insert(figure_group), [group_row(group) for group in groups])
        connection.execute(insert(figure_total), rows)


def _row(row: FactsRow) -> dict[str, Any]:
    empty = dict.fromkeys(
        ("authority", "place", "state", "phase", "turn", "due_name", "chair"),
        "",
    )
    flags = dict.fromkeys(("ended", "provisional", "overdue", "rectifies", "sent_back"), False)
    held = ("case_id", "number", "permit", "definition", "department", "track", "kind")
    dates = {"received_on": row.received_on.isoformat(), "sort_on": "9999-12-31"}
    return {
        **{name: getattr(row, name) for name in held},
        **empty,
        **flags,
        **dates,
        "party": "P",
        "title": f"工程{row.number}",
        "code": 1,
        "version": 1,
        "updated_at": "2022-06-09T00:00:00+00:00",
    }
