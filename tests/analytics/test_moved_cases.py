"""What a simulation rests on: which checks are counted, and which share the rules check."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import create_engine, insert

from permits.analytics.moved_cases import checks, planned_share
from permits.analytics.simulating import Checks
from permits.casework.measured_rows import DutyRow
from permits.definitions.schema import Basis, Sampling, Text
from permits.store.caseload import plain
from permits.store.measured_tables import case_duty, case_facts
from permits.store.shape import metadata
from tests.kit import plan_exempt

DECIDED = "2022-06-09"


def facts(case: str, permit: str, track: str) -> dict[str, object]:
    """A granted case; what is not looked at is nothing."""
    row: dict[str, object] = {}
    for column in case_facts.columns:
        kind = column.type.python_type
        row[column.name] = None if column.nullable else kind()
    return row | {
        "case_id": case,
        "number": case,
        "permit": permit,
        "track": track,
        "result": "granted",
        "result_on": DECIDED,
        "decided_on": DECIDED,
    }


def duty(case: str, fate: str, *, ordered: bool = False, method: str = "lot", opened: int = 10):
    opened_on = date(2022, 6, opened)
    return plain(
        DutyRow(case, f"check-{fate}", method, "office", opened_on, None, None, 0, ordered, fate)
    )


@pytest.fixture
def connection():
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def put(connection, duties, permit="plan_exempt", track="commitment"):
    cases = sorted({row["case_id"] for row in duties})
    connection.execute(insert(case_facts), [facts(case, permit, track) for case in cases])
    connection.execute(insert(case_duty), duties)


def test_a_case_is_checked_once_however_many_checks_it_had_and_breached_if_one_found_it(
    connection,
):
    put(connection, [duty("a", "kept"), duty("a", "rectified", ordered=True), duty("b", "kept")])
    assert checks(connection, "plan_exempt") == Checks(2, 1, own=True)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (duty("a", "broken"), (1, 1)),
        (duty("a", "in_breach", ordered=True), (1, 1)),
        (duty("a", "late"), (1, 0)),  # the office checked late, and found nothing
        (duty("a", "in_breach"), None),  # its date passed and nobody has checked
        (duty("a", "open"), None),
        (duty("a", "voided"), None),
        (duty("a", "kept", method="report"), None),
        (duty("a", "kept", opened=8), None),  # a check before the decision
    ],
)
def test_what_counts_as_a_check_and_as_a_breach(connection, row, found):
    put(connection, [row])
    told = checks(connection, "plan_exempt")
    assert told == (None if found is None else Checks(*found, own=True))


def test_checks_of_the_ordinary_track_tell_nothing_of_commitments(connection):
    put(connection, [duty("a", "kept")], track="ordinary")
    assert checks(connection, "plan_exempt") is None


def test_where_a_permit_type_was_never_checked_those_of_all_stand_in_and_it_is_said(connection):
    put(connection, [duty("a", "broken"), duty("b", "kept")], permit="drawing_review")
    assert checks(connection, "plan_exempt") == Checks(2, 1, own=False)
    assert checks(connection, "drawing_review") == Checks(2, 1, own=True)


def checking(**samples: int | None):
    """The rules with these checks alone, each with the share that is drawn; None is every case."""
    edition = plan_exempt()
    rules = edition.definition.obligations.values()
    rule = next(one for one in rules if one.settled_by == "verification")
    basis = Basis(example=Text(zh="示例", en="example"))
    made = {
        name: rule.model_copy(
            update={"sample": share and Sampling.model_construct(share=share, basis=basis)}
        )
        for name, share in samples.items()
    }
    return replace(edition, definition=edition.definition.model_copy(update={"obligations": made}))


def test_the_share_that_is_checked_is_the_largest_that_the_rules_draw():
    assert planned_share(plan_exempt()) == 100
    assert planned_share(checking(one=25, other=30)) == 30
    assert planned_share(checking(one=25, other=None)) == 100
    assert planned_share(checking()) == 0
