"""A stream whose events cannot have happened, though every hash fits: it is told with its event
and what is wrong there, everything else is looked at, and the office goes on with it."""

from datetime import date

import pytest

from permits.casework.envelope import CannotFollow
from permits.casework.families.deciding import Moved
from permits.casework.working_days import Notice, PublishedYear, SpecialDay, Text
from permits.services.calendar_preview import preview
from permits.services.evidence.auditing import audit
from permits.services.rebuild import check, rebuild
from permits.services.unfollowed import WRONG, Unfollowed
from permits.services.years import load
from permits.store import tables
from permits.store.event_log import BrokenChain
from tests.services.altering import NEVER_CHECKED, slip_in
from tests.services.conftest import GAS

NOWHERE = Moved(action="accept", leaves=("nowhere",), code=1)

SLIPPED_IN = {
    "of_no_check": (NEVER_CHECKED, "there is no record"),
    "of_no_kind": ({"type": "NeverHappened"}, "there is no such event"),
    "of_no_body": ({"type": "Moved", "body": {"leaves": 7}}, "ValidationError"),
    "of_a_later_shape": ({"schema": 9}, "shape 9 is not known"),
    "that_leads_nowhere": (NOWHERE, "what it leaves: there is no nowhere"),
    "that_cannot_be_read": (b"nothing", "the record cannot be read"),
}


@pytest.fixture
def another(scene, granted) -> str:
    """A case beside it, with a row that says something else than its log."""
    case_id = scene.bureau.people.file(GAS, "ordinary")
    scene.tamper("UPDATE case_row SET place = 'x' WHERE case_id = :case", case=case_id)
    return case_id


@pytest.mark.parametrize("name", SLIPPED_IN)
def test_it_is_told_with_what_is_wrong_and_everything_else_goes_on(scene, granted, another, name):
    what, why = SLIPPED_IN[name]
    seq = slip_in(scene.database, granted, what)
    told, *others = check(scene.database)
    assert isinstance(told, Unfollowed)
    assert (told.stream, told.seq) == (granted, seq)
    assert why in told.why
    assert str(told).startswith(f"{granted}, event {seq}: ")
    assert [(one.table, one.key, one.column) for one in others] == [
        ("case_row", (another,), "place")
    ]
    found = audit(scene.database, [scene.signer.verifier]).findings
    assert (granted, seq) in {(one.where, one.seq) for one in found}
    if name != "that_leads_nowhere":
        with pytest.raises(WRONG):
            scene.bureau.office.cases.recorded(granted)
    scene.bureau.people.act("window", another, "accept")


def test_nothing_is_made_anew_of_it(scene, granted, another):
    slip_in(scene.database, granted, NEVER_CHECKED)
    with pytest.raises(CannotFollow, match=f"{granted}, event"):
        rebuild(scene.database)
    rows = {row["case_id"]: row["place"] for row in scene.bureau.rows(tables.case_row)}
    assert rows[another] == "x"
    assert rows[granted] == GAS.place


def test_a_stream_beside_the_cases_is_told_too(scene, granted):
    name = f"party/{scene.bureau.actors['applicant'].party}"
    seq = slip_in(scene.database, name, NEVER_CHECKED)
    assert [(one.stream, one.seq) for one in check(scene.database)] == [(name, seq)]


def test_what_everything_rests_on_is_told_alone(scene, granted):
    slip_in(scene.database, "calendar", NEVER_CHECKED)
    with pytest.raises(CannotFollow, match="calendar, event"):
        check(scene.database)


@pytest.mark.parametrize("what", [NEVER_CHECKED, b"nothing"], ids=["impossible", "unreadable"])
def test_a_year_that_is_published_passes_it_over(scene, granted, another, what, caplog):
    bureau = scene.bureau
    bureau.at("2026-12-31")
    decided = [bureau.people.file(GAS, "commitment") for _ in range(2)]
    for case_id in decided:
        bureau.people.act("window", case_id, "accept")
    bureau.at("2027-01-05")
    for case_id in decided:
        bureau.people.act("window", case_id, "grant_on_the_spot")
    for case_id in (another, decided[0]):
        slip_in(scene.database, case_id, what)
    notice = Notice("a notice")
    day = SpecialDay(date(2027, 1, 4), Text("元旦", "New Year"), notice)
    coming = (PublishedYear(2027, (notice,), (day,)),)
    office = bureau.office
    seen = preview(office.database, office.shelf, office.cases, coming)
    assert (seen.looked_at, seen.open_cases) == (2, 4)
    assert load(office, coming, actor="setup").figures == 1
    assert f"passed over: {another}, event" in caplog.text
    assert f"passed over: {decided[0]}, event" in caplog.text


def test_a_chain_says_at_which_event_it_breaks(scene, granted):
    seq = slip_in(scene.database, granted, b"nothing")
    with pytest.raises(BrokenChain) as broken:
        scene.bureau.office.cases.recorded(granted)
    assert (broken.value.stream, broken.value.seq) == (granted, seq)
