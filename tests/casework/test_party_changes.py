"""What becomes of a party: its names, who may act for it, a merger; and the rows made of it."""

from datetime import date

import msgspec
import pytest

from permits.casework import commands
from permits.casework import party_commands as c
from permits.casework.envelope import canonical
from permits.casework.families.bars import ReviewOpened
from permits.casework.families.parties import PartyRegistered, PartySucceeded
from permits.casework.families.projects import ProjectTransferred
from permits.casework.party import Party
from permits.casework.party_fold import FOLDS, fold_all
from permits.casework.party_messages import party_messages
from permits.casework.party_rows import (
    PartyNameRow,
    PartyRow,
    entry_rows,
    name_rows,
    party_row,
    task_of,
    task_rows,
)
from permits.casework.refusals import Reason, Refused
from permits.casework.streams import EVENTS
from tests.casework.duties import report
from tests.casework.records import (
    Record,
    drafted,
    minutes_of,
    of_a_breach,
    registered,
    reviewed,
)
from tests.casework.test_bars import DECEIT, revoked
from tests.casework.test_envelope import an_envelope
from tests.kit import OTHER_PARTY, PARTY, SEAL, Play, filing, plan_exempt
from tests.staged import TOWER, Site, application

RENAME = c.RenameParty("示例单位（集团）", SEAL)
MERGE = c.MergeParty(OTHER_PARTY, SEAL)


# Names.


def test_old_names_are_kept_and_a_case_can_tell_the_name_of_its_day():
    record = Record().must("window", RENAME, "2022-07-01")
    party = record.party
    assert party.name == "示例单位（集团）"
    assert party.name_on(date(2022, 6, 30)) == "示例单位"
    assert party.name_on(date(2022, 7, 1)) == "示例单位（集团）"
    assert party.name_on(date(2020, 1, 1)) == "示例单位", "the first that is known"


def test_a_party_without_a_name_is_called_by_its_code():
    assert (Party(PARTY).name, Party(PARTY).name_on(date(2022, 6, 9))) == (PARTY, PARTY)


def test_registered_again_under_its_name_nothing_changes():
    minutes = minutes_of(registered(PARTY), "2022-07-01")
    minutes.note(PartyRegistered(code=PARTY, name="示例单位"))
    assert len(minutes.party.names) == 1


@pytest.mark.parametrize("name", ["", "  ", "示例单位"])
def test_another_name_is_another_name(name):
    assert Record().refused("window", c.RenameParty(name, SEAL), "2022-07-01") == (
        Reason.NAME_NOT_NEW
    )


def test_what_shows_the_name_is_said():
    assert Record().refused("window", c.RenameParty("新名"), "2022-07-01") == Reason.REASON_WANTED


# Who may act.


def authorise(
    account="applicant", power="sign", since="2022-07-01", until=None, letter=SEAL, name=None
):
    end = date.fromisoformat(until) if until else None
    return c.AuthorisePerson(account, power, date.fromisoformat(since), end, letter, name)


def lacks(party, power="sign", on="2022-07-01", account="applicant"):
    found = party.lacking(account, power, date.fromisoformat(on))
    return found and (found.what, found.on and str(found.on))


def test_as_long_as_nobody_was_authorised_every_account_may_sign():
    assert lacks(registered(PARTY), account="anybody") is None


def test_from_the_first_authorisation_on_only_the_authorised_sign_and_in_their_time():
    party = Record().must("window", authorise(until="2022-12-31"), "2022-06-20").party
    assert lacks(party, on="2022-06-30") == ("not_yet", "2022-07-01")
    assert lacks(party, on="2022-07-01") is None
    assert lacks(party, on="2022-12-31") is None
    assert lacks(party, on="2023-01-01") == ("ended", "2022-12-31")
    assert lacks(party, account="another_applicant") == ("unknown", None)


def test_whoever_may_only_act_does_not_sign():
    party = Record().must("window", authorise(power="act"), "2022-06-20").party
    assert lacks(party) == ("act_only", None)
    assert lacks(party, power="act") is None


def test_somebody_without_an_account_is_authorised_by_name_to_act_on_paper():
    record = Record().must("window", authorise(account="", name=SEAL), "2022-06-20")
    record.must("window", authorise(account="", name=SEAL), "2022-06-21")
    assert tuple(record.party.authorised) == ("person_1", "person_2")
    assert record.party.authorised["person_1"].name == SEAL
    record.must("window", c.EndAuthorisation("person_1", SEAL), "2022-08-01")
    assert lacks(record.party, on="2022-08-01", account="person_1") == ("ended", "2022-07-31")


def test_an_authorisation_ends_on_the_day_it_is_ended():
    record = Record().must("window", authorise(), "2022-06-20")
    end = c.EndAuthorisation("applicant", SEAL)
    assert record.refused("window", c.EndAuthorisation("applicant"), "2022-08-01") == (
        Reason.REASON_WANTED
    )
    record.must("window", end, "2022-08-01")
    assert lacks(record.party, on="2022-08-01") == ("ended", "2022-07-31")
    assert record.refused("window", end, "2022-08-01") == Reason.NO_SUCH_PERSON
    never = c.EndAuthorisation("another_applicant", SEAL)
    assert record.refused("window", never, "2022-08-01") == Reason.NO_SUCH_PERSON


def test_an_authorisation_with_an_end_to_come_can_be_ended_before():
    record = Record().must("window", authorise(until="2022-12-31"), "2022-06-20")
    record.must("window", c.EndAuthorisation("applicant", SEAL), "2022-08-01")
    assert lacks(record.party, on="2022-08-01") == ("ended", "2022-07-31")


def test_an_authorisation_can_be_ended_on_its_last_day_and_not_after_it():
    record = Record().must("window", authorise(until="2022-12-31"), "2022-06-20")
    end = c.EndAuthorisation("applicant", SEAL)
    assert record.refused("window", end, "2023-01-01") == Reason.NO_SUCH_PERSON
    record.must("window", end, "2022-12-31")


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (authorise(account="somebody"), Reason.NO_SUCH_PERSON),
        (authorise(account="somebody", name=SEAL), Reason.NO_SUCH_PERSON),
        (authorise(account="applicant", name=SEAL), Reason.NO_SUCH_PERSON),
        (authorise(account=""), Reason.NO_SUCH_PERSON),
        (authorise(until="2022-06-30"), Reason.DATE_NOT_LAWFUL),
        (authorise(letter=None), Reason.REASON_WANTED),
    ],
)
def test_an_authorisation_is_of_the_partys_people_in_order_and_with_its_letter(command, reason):
    assert Record().refused("window", command, "2022-06-20") == reason


# A merger.


def full():
    """A party with an entry, a bar, a review."""
    record = Record(reviewed(of_a_breach().entered().party), case=revoked())
    return record.must("leader", DECEIT, "2022-07-01").party


def merged(party=None, other=None):
    record = Record(party or full(), others={OTHER_PARTY: other or registered(OTHER_PARTY)})
    return record.must("supervisor", MERGE, "2022-07-04")


def test_everything_follows_to_the_successor():
    record = merged()
    [told] = record.last.others
    after = told.party
    assert (record.party.successor, after.predecessors) == (OTHER_PARTY, (PARTY,))
    assert [one.name for one in after.standing(date(2022, 7, 4))] == ["entry_1"]
    assert after.bar("plan_exempt", date(2022, 7, 4)).until == date(2025, 7, 1)
    assert list(after.reviews) == ["review_1"]


def test_what_follows_takes_names_that_are_free_there():
    minutes = minutes_of(registered(OTHER_PARTY))
    other = drafted(party=minutes.party, case="case/9")
    after = merged(other=other).last.others[0].party
    assert list(after.entries) == ["entry_1", "entry_2"]
    assert after.entries["entry_2"].name == "entry_2"
    assert after.entries["entry_1"].case == "case/9"


def test_the_old_code_files_no_more_and_its_record_is_closed():
    party = merged().party
    outcome = Play(party=party).ask("applicant", filing(plan_exempt(), "ordinary"), "2022-07-05")
    assert outcome == Refused(Reason.PARTY_MERGED, (OTHER_PARTY,))
    assert Record(party).refused("window", RENAME, "2022-07-05") == Reason.PARTY_MERGED
    assert (entry_rows(party), task_rows(party)) == ((), ())
    assert party_row(party) == PartyRow(PARTY, "示例单位", OTHER_PARTY)


@pytest.mark.parametrize(
    "other",
    [Party(OTHER_PARTY), registered(PARTY)],
)
def test_it_is_merged_into_another_party_that_is_there(other):
    record = Record(others={OTHER_PARTY: other})
    assert record.refused("supervisor", MERGE, "2022-07-04") == Reason.NO_SUCH_PARTY


def test_it_is_not_merged_into_one_that_is_gone_or_that_nobody_named():
    gone = Record(registered(OTHER_PARTY), others={PARTY: registered(PARTY)})
    gone.must("supervisor", c.MergeParty(PARTY, SEAL), "2022-07-01")
    record = Record(others={OTHER_PARTY: gone.party})
    assert record.refused("supervisor", MERGE, "2022-07-04") == Reason.NO_SUCH_PARTY
    assert Record().refused("supervisor", MERGE, "2022-07-04") == Reason.NO_SUCH_PARTY


def test_what_shows_the_merger_is_said():
    record = Record(others={OTHER_PARTY: registered(OTHER_PARTY)})
    silent = c.MergeParty(OTHER_PARTY)
    assert record.refused("supervisor", silent, "2022-07-04") == Reason.REASON_WANTED


def test_a_case_follows_its_party_with_all_it_owes():
    play = Play().served("2022-06-09")
    play.party = merged().party
    owed = play.case.obligations
    play.must("timer", commands.TakeOver(OTHER_PARTY), "2022-07-05")
    assert (play.case.party, play.case.obligations) == (OTHER_PARTY, owed)
    assert play.ask("applicant", report(), "2022-07-21") == Refused(Reason.NOT_YOURS)
    play.must("stranger", report(), "2022-07-21")


@pytest.mark.parametrize("party", [None, registered(PARTY), registered(OTHER_PARTY)])
def test_a_case_follows_nobody_into_whom_its_party_was_not_merged(party):
    play = Play().file("2022-06-09")
    play.party = party
    outcome = play.ask("timer", commands.TakeOver(OTHER_PARTY), "2022-07-05")
    assert outcome == Refused(Reason.NO_SUCH_PARTY, (OTHER_PARTY,))


def test_its_project_is_the_successors_from_then_on():
    site = Site()
    play = site.play()
    play.must("applicant", application(play.edition, "commitment", TOWER), "2022-06-09")
    play.party = merged().party
    noted = play.must("timer", commands.TakeOver(OTHER_PARTY), "2022-07-05")
    [told] = noted.projects
    assert ProjectTransferred(party=OTHER_PARTY) in [fact.event for fact in told.facts]
    assert told.project.party == OTHER_PARTY


# Rows.


def test_rows_of_names_are_by_their_day():
    record = Record().must("window", RENAME, "2022-07-01")
    record.must("window", c.RenameParty("再改名", SEAL), "2022-07-01")
    assert name_rows(record.party) == (
        PartyNameRow(PARTY, date(2022, 6, 1), "示例单位"),
        PartyNameRow(PARTY, date(2022, 7, 1), "再改名"),
    )


def test_an_entry_has_a_row_from_the_day_it_is_made():
    assert entry_rows(of_a_breach().noticed().party) == ()
    [row] = entry_rows(of_a_breach().entered().party)
    assert (row.publish_on, row.published_on) == (date(2022, 6, 28), None)
    published = of_a_breach().entered().must("timer", c.PublishEntry("entry_1"), "2022-06-28")
    [row] = entry_rows(published.party)
    assert (row.publish_on, row.published_on, row.repaired_on) == (None, date(2022, 6, 28), None)
    published.must("applicant", c.AskForRepair("entry_1", SEAL), "2022-07-01")
    repaired = c.DecideRepair("entry_1", granted=True, reason=SEAL)
    [row] = entry_rows(published.must("leader", repaired, "2022-07-01").party)
    assert row.repaired_on == date(2022, 7, 1)


def test_officers_have_a_task_for_each_step_that_is_theirs():
    record = of_a_breach()

    def task():
        return [(one.kind, one.due_on) for one in task_rows(record.party)]

    assert task() == [("draft", None)]
    record.noticed()
    assert task() == [("enter", date(2022, 6, 16))]
    record.must("applicant", c.ObjectToEntry("entry_1", SEAL), "2022-06-10")
    assert task() == [("objection", date(2022, 6, 15))]
    record.must("leader", c.DecideObjection("entry_1", upheld=False, reason=SEAL), "2022-06-13")
    assert task() == [("enter", None)]
    record.must("leader", c.MakeEntry("entry_1"), "2022-06-13")
    assert task() == []
    record.must("applicant", c.AskForRepair("entry_1", SEAL), "2022-06-20")
    assert task() == [("repair", date(2022, 6, 21))]
    record.must("leader", c.DecideRepair("entry_1", granted=True, reason=SEAL), "2022-06-21")
    assert (task(), task_of(record.entry)) == ([], None)


def test_a_review_waits_until_it_is_concluded():
    record = Record(reviewed())
    [row] = task_rows(record.party)
    assert (row.kind, row.name, row.due_on, row.sort_on) == ("review", "review_1", None, date.max)
    record.must("leader", c.ConcludeReview("review_1", "not_pursued", SEAL), "2022-07-01")
    assert task_rows(record.party) == ()


# The log.


def test_every_event_of_a_party_can_be_read_back():
    record = merged()
    [succeeded] = [fact.event for fact in record.last.others[0].facts]
    assert isinstance(succeeded, PartySucceeded)
    assert msgspec.json.decode(canonical(succeeded), type=PartySucceeded) == succeeded
    assert set(FOLDS) <= set(EVENTS.values())


def test_a_party_is_the_fold_of_its_stream():
    minutes = minutes_of(Party(PARTY))
    registered_as = PartyRegistered(code=PARTY, name="示例单位")
    minutes.note(registered_as)
    at = an_envelope(stream=f"party/{PARTY}", seq=1, effective_at=date(2022, 6, 9))
    folded = fold_all(Party(PARTY), [(at, registered_as)])
    assert (folded.names, folded.version) == (minutes.party.names, 1)
    assert folded.rooms == frozenset()
    assert full().rooms == {("planning_bureau", "planning")}


def test_what_was_never_told_is_not_told_when_it_is_dropped():
    drop = c.DropEntry("entry_1", SEAL)
    [fact] = of_a_breach().must("leader", drop, "2022-06-09").last.facts
    assert party_messages(fact.event) == ()
    [fact] = of_a_breach().noticed().must("leader", drop, "2022-06-10").last.facts
    [message] = party_messages(fact.event)
    assert (message.to, message.about) == ("applicant", "entry_1")


def test_letters_are_about_the_entry_the_bar_or_the_review():
    bar = Record(case=revoked()).must("leader", DECEIT, "2022-07-01").last.facts[0].event
    assert [m.about for m in party_messages(bar)] == ["bar_1"]
    [opened] = [f.event for f in minutes_with_review().facts]
    assert {(m.to, m.about) for m in party_messages(opened)} == {
        ("leader", "review_1"),
        ("supervisor", "review_1"),
    }
    noticed = of_a_breach().noticed().last.facts[0].event
    assert [m.about for m in party_messages(noticed)] == ["entry_1"]
    assert party_messages(PartyRegistered(code=PARTY, name="x")) == ()


def minutes_with_review():
    minutes = minutes_of(registered(PARTY))
    minutes.note(
        ReviewOpened(
            review="review_1", case="case/1", number="1", permit="p", office="o", department="d"
        )
    )
    return minutes
