"""The demonstration does what the law says, for it is what people learn the office from."""

import random
from collections import Counter
from datetime import date

from sqlalchemy import select

from permits.casework.families.deciding import Revoked
from permits.casework.families.obligations import RectificationOrdered
from permits.casework.streams import read_event
from permits.definitions.procedure import RevocationGround
from permits.services.demonstration import after_stories, neighbour_stories, stories, telling
from permits.services.demonstration.clock import Hands
from permits.services.office import Office
from permits.services.rebuild import check
from permits.settings import Settings
from permits.store import tables
from permits.store.event_log import EventLog
from permits.store.voice_tables import voice_row
from permits.store.voices import followed_up
from tests.definitions.shipped import resolved as shipped_resolved
from tests.kit import beijing, years
from tests.services.conftest import GAS, real_time

NEVER_PUT_RIGHT = 0
"""With this seed what was ordered to be put right is not."""


def test_a_breach_that_is_not_put_right_is_revoked_because_the_conditions_are_not_met(bureau):
    """行政许可法 art. 69 (1) item 4. Paragraph 2 is for what was obtained by deceit or bribery;
    a check that fails shows neither."""
    chance = random.Random(NEVER_PUT_RIGHT)
    teller = stories.Teller(bureau.people, bureau.office.shelf.calendar, chance)
    for moment in stories.breached(teller, bureau.hands().date(), GAS):
        bureau.hands.set(moment)
    (case,) = bureau.rows(tables.case_row)
    log = EventLog(bureau.office.database.dialect)
    with bureau.office.database.read() as connection:
        events = [read_event(*entry) for entry in log.read(connection, case["case_id"])]
    kinds = [type(event) for event in events]
    assert kinds.index(RectificationOrdered) < kinds.index(Revoked)
    revoked = next(event for event in events if isinstance(event, Revoked))
    assert revoked.ground == RevocationGround.NOT_QUALIFIED


TYPES = ("plan_exempt", "staged_construction", "early_start")
AFTER = {
    "put_off": "in_force",
    "waits_for_time": "in_force",
    "void": "void",
    "void_and_deregistered": "deregistered_unrevoked",
    "restored": "in_force",
    "contractor_changed": "in_force",
    "term_renewed": "in_force",
    "term_asked": "in_force",
    "refusal_annulled": "in_force",
}
"""Where each story of what comes after a decision ends."""


def test_what_comes_after_decisions_stands_where_its_story_says(tmp_path, monkeypatch):
    hands = Hands(real_time)
    hands.set(beijing("2022-06-01"))
    database = f"sqlite:///{tmp_path / 'permits.db'}"
    office = Office(Settings(data=tmp_path / "data", database=database), hands)
    office.shelf.load_years(years(), actor="setup", now=hands())
    for name in TYPES:
        office.shelf.publish(shipped_resolved(name), actor="setup", now=hands())
    for others in ("_real", "_made_up", "_joint", "_on_sites", "_following", "projects"):
        monkeypatch.setattr(telling, others, lambda *_: ())
    for others in ("deferrals", "standings", "plots", "entitlements", "_voices", "_neighbours"):
        monkeypatch.setattr(telling, others, lambda *_: ())
    monkeypatch.setattr(telling, "_at_counter", lambda *_: iter(()))
    telling.tell(office, hands, date(2026, 11, 24))
    with office.database.read() as connection:
        rows = connection.execute(select(tables.case_row.c.state)).scalars().all()
    assert Counter(rows) == Counter(AFTER.values())
    assert [story.__name__ for story, _ago in after_stories.TOLD] == list(AFTER)
    office.close()


def test_the_public_and_applicants_say_what_they_think(tmp_path, monkeypatch):
    """Two notices run or ran, somebody waits for an answer; of ten ratings two are bad, and one
    of these was followed up in time."""
    hands = Hands(real_time)
    hands.set(beijing("2022-06-01"))
    database = f"sqlite:///{tmp_path / 'permits.db'}"
    office = Office(Settings(data=tmp_path / "data", database=database), hands)
    office.shelf.load_years(years(), actor="setup", now=hands())
    office.shelf.publish(shipped_resolved("plan_exempt"), actor="setup", now=hands())
    for others in ("_real", "_made_up", "_joint", "_on_sites", "_following", "projects"):
        monkeypatch.setattr(telling, others, lambda *_: ())
    for others in ("deferrals", "standings", "plots", "entitlements", "_after", "_neighbours"):
        monkeypatch.setattr(telling, others, lambda *_: ())
    monkeypatch.setattr(telling, "_at_counter", lambda *_: iter(()))
    telling.tell(office, hands, date(2026, 11, 24))
    with office.database.read() as connection:
        rows = connection.execute(select(voice_row)).mappings().all()
        followed = followed_up(connection, None, None)
    assert Counter(row["kind"] for row in rows) == {"notice": 2, "objection": 3, "rating": 10}
    assert {row["kind"] for row in rows if row["open"]} == {"objection", "rating"}
    assert (followed.bad, followed.replied, followed.in_time) == (2, 1, 1)
    assert check(office.database) == ()
    office.close()


def test_a_neighbour_was_heard_before_the_decision_and_another_waits_for_the_day(bureau):
    """Both stories, one after the other; the second stands where its hearing is to come."""
    bureau.actors["builder_b"] = bureau.actors["applicant"]
    teller = stories.Teller(bureau.people, bureau.office.shelf.calendar, random.Random(0))
    begins = bureau.hands().date()
    for moment in neighbour_stories.heard(teller, begins):
        bureau.hands.set(moment)
    for moment in neighbour_stories.to_be_heard(teller, bureau.hands().date()):
        bureau.hands.set(moment)
    rows = {row["state"]: row for row in bureau.rows(tables.case_row)}
    assert rows.keys() == {"in_force", "suspended"}
    decided = bureau.people.record("window", rows["in_force"]["case_id"]).case
    waits = bureau.people.record("window", rows["suspended"]["case_id"]).case
    assert decided.hearing.stage == "held"
    assert "hearing_record" in {one.document for one in decided.documents}
    assert decided.milestones["granted"] <= decided.clocks["promise"].due
    assert (waits.hearing.stage, waits.hearing.asked_by) == ("called", "party_1")
    assert check(bureau.office.database) == ()
