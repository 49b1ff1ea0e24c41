"""Who takes which step of an entry, what an entry shuts, and that what is offered can be taken."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from permits.casework import party_commands as c
from permits.casework.decide.party_minutes import PartyNoted
from permits.casework.party import Entry, Party
from permits.casework.party_offers import ASKED, OF_ENTRIES, PartyOffer, party_offers
from permits.casework.refusals import Reason, Refused
from tests.casework.records import (
    ASK,
    DROP,
    MAKE,
    OBJECT,
    REJECTED,
    REPAIRED,
    UPHELD,
    E,
    Record,
    drafted,
    of_a_breach,
    registered,
)
from tests.casework.test_credit import objected
from tests.kit import PARTY, SEAL

# Who.


COMMANDS = {
    **{one: {"leader", "supervisor"} for one in (c.NoticeEntry(E, "breach", SEAL), MAKE, DROP)},
    **{one: {"leader", "supervisor"} for one in (c.CheckObjection(E, SEAL), UPHELD, REPAIRED)},
    OBJECT: {"applicant", "window"},
    ASK: {"applicant", "window"},
    c.PublishEntry(E): {"timer"},
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize(
    "name",
    ["applicant", "stranger", "window", "examiner", "leader", "inspector", "supervisor", "auditor",
     "elsewhere", "timer"],
)  # fmt: skip
def test_each_step_is_for_those_it_is_for(command, name):
    outcome = of_a_breach().ask(name, command, "2022-06-09")
    for_others = outcome == Refused(Reason.NOT_YOURS)
    assert for_others == (name not in COMMANDS[command])


def test_there_is_no_such_entry_for_whoever_names_another():
    command = c.MakeEntry("entry_9")
    assert of_a_breach().refused("leader", command, "2022-06-09") == Reason.NO_SUCH_CREDIT_ENTRY


def test_a_party_that_nobody_knows_has_no_record():
    record = Record(Party(PARTY))
    assert record.refused("leader", MAKE, "2022-06-09") == Reason.NO_SUCH_PARTY


# Standing.


def test_the_entry_that_stands_longest_counts_last():
    record = of_a_breach().entered()
    twice = Record(drafted(party=record.party, case="case/2"))
    twice.must("supervisor", c.NoticeEntry("entry_2", "serious", SEAL), "2022-07-01")
    twice.must("leader", c.MakeEntry("entry_2"), "2022-07-11")
    assert [one.name for one in twice.party.standing(date(2022, 7, 11))] == [E, "entry_2"]
    assert [one.name for one in twice.party.standing(date(2023, 7, 1))] == ["entry_2"]


@given(st.sampled_from(["drafted", "noticed", "objected", "rejected", "dropped", "repaired"]))
def test_only_what_was_entered_counts(status):
    entry = replace(drafted().entries[E], status=status, until=date(2030, 1, 1))
    assert not entry.stands(date(2022, 6, 9))


def test_an_entry_without_an_end_does_not_count():
    entry: Entry = replace(drafted().entries[E], status="entered")
    assert not entry.stands(date(2022, 6, 9))


# What is offered is what is taken, and nothing else.


STORIES = {
    "drafted": of_a_breach,
    "noticed": lambda: of_a_breach().noticed(),
    "objected": objected,
    "rejected": lambda: objected().must("leader", REJECTED, "2022-06-17"),
    "entered": lambda: of_a_breach().entered(),
    "asked": lambda: of_a_breach().entered().must("applicant", ASK, "2022-06-20"),
    "repaired": lambda: (
        of_a_breach()
        .entered()
        .must("applicant", ASK, "2022-06-20")
        .must("leader", REPAIRED, "2022-06-20")
    ),
    "dropped": lambda: of_a_breach().must("leader", DROP, "2022-06-09"),
}


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("name", ["applicant", "window", "leader", "supervisor", "auditor"])
def test_what_is_offered_is_what_would_be_taken(story, name):
    record, on = STORIES[story](), "2022-06-20"
    found = party_offers(record.party, record.desk(name, on))
    offered = {one.step for one in found if one.name == E}
    taken = {
        step for step in OF_ENTRIES if isinstance(record.ask(name, ASKED[step](E), on), PartyNoted)
    }
    assert offered == taken


def test_offers_name_what_they_are_about():
    record = of_a_breach()
    found = party_offers(record.party, record.desk("supervisor", "2022-06-09"))
    assert found == (
        PartyOffer("notice_entry", E),
        PartyOffer("drop_entry", E),
        PartyOffer("merge_party"),
    )


def test_a_party_without_a_record_offers_nothing_of_it():
    record = Record(Party(PARTY))
    assert party_offers(record.party, record.desk("window", "2022-06-09")) == ()
    known = Record(registered(PARTY))
    steps = [one.step for one in party_offers(known.party, known.desk("window", "2022-06-09"))]
    assert steps == ["rename_party", "authorise_person"]


# Whatever is asked in whatever order.


ANYTHING = (
    c.NoticeEntry(E, "breach", SEAL), OBJECT, c.CheckObjection(E, SEAL), UPHELD, REJECTED, MAKE,
    DROP, c.PublishEntry(E), ASK, REPAIRED, c.DecideRepair(E, granted=False, reason=SEAL),
)  # fmt: skip
ASKED_BY = st.sampled_from(["applicant", "leader", "supervisor", "another_supervisor", "timer"])
STEPS = st.lists(st.tuples(ASKED_BY, st.sampled_from(ANYTHING), st.integers(0, 4)), max_size=14)


@given(STEPS)
def test_nothing_is_entered_unheard_and_nobody_judges_their_own_proposal(steps):
    record, day = of_a_breach(), date(2022, 6, 9)
    for name, command, later in steps:
        day = date.fromordinal(day.toordinal() + later)
        before = record.entry
        outcome = record.ask(name, command, day.isoformat())
        if isinstance(outcome, Refused):
            continue
        record.must(name, command, day.isoformat())
        after = record.entry
        if after.status == "entered" and before.status != "entered":
            heard_out = before.waits is not None and before.waits.due < day
            assert before.status == "rejected" or (before.status == "noticed" and heard_out)
        if command in (UPHELD, REJECTED):
            assert record.desk(name, day.isoformat()).actor.id != before.proposed_by
        if after.published_on is not None:
            assert after.entered_on is not None
            assert after.published_on >= after.publication.due
        assert after.stands(day) == (after.status == "entered")
