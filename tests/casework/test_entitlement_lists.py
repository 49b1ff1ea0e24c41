"""Lists: run, published for the whole of the notice, objected to, settled.

9 June 2022 is a Thursday. Five working days after Friday 10 June end on Friday 17 June.
"""

from datetime import date

import pytest
from msgspec.structs import replace

from permits.casework.access import Place
from permits.casework.entitlement import commands as c
from permits.casework.refusals import Reason
from permits.casework.working_days import WorkingDays
from permits.definitions.procedure import Role
from tests.casework.entitled import (
    BOTH,
    ELSEWHERE,
    EXAMINER,
    FIRM,
    LEADER,
    OTHER,
    THIRD,
    WINDOW,
    Played,
    enterprise,
    entry,
)
from tests.definitions.policies import AWARD, POINTS, edition, variant
from tests.kit import SEAL

ENDS = "2022-06-17"
AFTER = "2022-06-20"
"""The working day after the notice."""


def points() -> Played:
    """The policy for which enterprises confirm first."""
    return Played(policy=edition(POINTS))


# ── runs ──────────────────────────────────────────────────────────────────────────────────────


def test_a_run_is_written_down_with_what_it_was_made_of():
    play = Played().run()
    found = play.round
    assert (found.stage, found.run_on, found.run_by) == ("matched", date(2022, 6, 9), "examiner")
    assert (found.edition, found.as_of) == ("2022-05-31-abc", date(2022, 5, 31))
    assert [one.code for one in found.on_list] == [FIRM, OTHER]
    assert len(found.digest) == 64


def test_only_officers_of_the_department_run_a_match():
    run = c.RunMatch(AWARD, "2022")
    for actor in (LEADER, WINDOW, ELSEWHERE, enterprise(1)):
        assert Played().refused(actor, "2022-06-09", run) is Reason.NOT_YOURS


@pytest.mark.parametrize("period", ["2022Q2", "2020", "2023", "soon"])
def test_a_policy_is_paid_for_periods_since_it_holds_that_have_begun(period):
    play = Played()
    run = c.RunMatch(AWARD, period)
    assert play.refused(EXAMINER, "2022-06-09", run) is Reason.PERIOD_NOT_LAWFUL
    assert play.must(EXAMINER, "2022-06-09", c.RunMatch(AWARD, "2021")) == ["MatchRun"]


def test_a_policy_that_has_ended_is_not_paid_for_later_periods():
    ended = variant(lambda d: d["policy"].update(effective_until="2021-12-31"))
    play = Played(policy=ended)
    run = c.RunMatch(AWARD, "2022")
    assert play.refused(EXAMINER, "2022-06-09", run) is Reason.PERIOD_NOT_LAWFUL


def test_nothing_is_run_without_a_register_or_while_a_list_is_open():
    run = c.RunMatch(AWARD, "2022")
    assert Played().refused(EXAMINER, "2022-06-09", run, register=None) is Reason.NO_REGISTER
    open_ = {"open_round": "hightech_first-2022-1"}
    assert Played().refused(EXAMINER, "2022-06-09", run, **open_) is Reason.ROUND_OPEN


def test_a_run_is_dropped_with_a_reason_before_it_is_published():
    play = Played().run()
    drop = c.DropMatch(play.name, SEAL)
    assert play.refused(WINDOW, "2022-06-09", drop) is Reason.NOT_YOURS
    without = c.DropMatch(play.name, None)
    assert play.refused(EXAMINER, "2022-06-09", without) is Reason.REASON_WANTED
    play.must(LEADER, "2022-06-09", drop)
    assert play.round.stage == "dropped"
    assert Played().published().refused(EXAMINER, "2022-06-10", drop) is Reason.NOT_NOW


def test_of_a_round_that_is_not_there_nothing_is_decided():
    assert Played().refused(LEADER, "2022-06-09", c.PublishList("x")) is Reason.NO_SUCH_ROUND


# ── the notice ────────────────────────────────────────────────────────────────────────────────


def test_the_list_is_open_for_five_working_days():
    play = Played().published("2022-06-10")
    assert (play.round.stage, play.round.ends_on) == ("published", date(2022, 6, 17))
    assert play.round.listed == (FIRM, OTHER)


def test_a_match_that_a_substitute_ran_counts_as_run_by_both():
    """Neither publishes it: the one who ran it, or whoever it was run for."""
    for_leader = replace(EXAMINER, roles=BOTH.roles, places=(Place(Role.LEADER, "leader"),))
    for_examiner = replace(LEADER, roles=BOTH.roles, places=(Place(Role.EXAMINER, "examiner"),))
    play = Played().run(actor=for_examiner)
    publish = c.PublishList(play.name)
    assert (play.round.run_by, play.round.run_for) == ("leader", "examiner")
    assert play.refused(LEADER, "2022-06-10", publish) is Reason.SAME_PERSON
    assert play.refused(for_leader, "2022-06-10", publish) is Reason.SAME_PERSON
    assert play.must(BOTH, "2022-06-10", publish) == ["ListPublished"]


def test_whoever_ran_the_match_does_not_publish_it():
    play = Played().run(actor=BOTH)
    publish = c.PublishList(play.name)
    assert play.refused(BOTH, "2022-06-10", publish) is Reason.SAME_PERSON
    assert play.refused(EXAMINER, "2022-06-10", publish) is Reason.NOT_YOURS
    assert play.must(LEADER, "2022-06-10", publish) == ["ListPublished"]
    assert play.refused(LEADER, "2022-06-10", publish) is Reason.NOT_NOW


def test_an_empty_list_is_not_published():
    play = Played(entry(1, in_zone=False)).run()
    publish = c.PublishList(play.name)
    assert play.refused(LEADER, "2022-06-10", publish) is Reason.LIST_EMPTY


def test_no_notice_begins_whose_end_is_not_known_for_sure():
    play = Played().run()
    unknown = {"calendar": WorkingDays(())}
    publish = c.PublishList(play.name)
    assert play.refused(LEADER, "2022-06-10", publish, **unknown) is Reason.DATE_PROVISIONAL


# ── objections ────────────────────────────────────────────────────────────────────────────────


def take_off(play: Played, text: str | None = SEAL) -> c.EnterObjection:
    return c.EnterObjection(play.name, "remove", FIRM, text, SEAL)


def test_an_objection_is_entered_up_to_and_including_the_last_day():
    play = Played().published()
    assert play.must(WINDOW, ENDS, take_off(play)) == ["ListObjectionEntered"]
    assert play.refused(WINDOW, AFTER, take_off(play)) is Reason.NOTICE_OVER
    (one,) = play.round.objections
    # Seven working days after Friday 17 June: Tuesday 28 June.
    assert (one.number, one.kind, one.code, one.due) == (1, "remove", FIRM, date(2022, 6, 28))


def test_before_the_notice_there_is_nothing_to_object_to():
    play = Played().run()
    assert play.refused(WINDOW, "2022-06-10", take_off(play)) is Reason.NOT_NOW


def test_an_objection_says_why_and_fits_the_list():
    play = Played(entry(1), entry(2, in_zone=False)).published()
    day = "2022-06-13"
    assert play.refused(WINDOW, day, take_off(play, None)) is Reason.REASON_WANTED
    remove = c.EnterObjection(play.name, "remove", OTHER, SEAL)
    assert play.refused(WINDOW, day, remove) is Reason.NOT_LISTED
    add = c.EnterObjection(play.name, "add", FIRM, SEAL)
    assert play.refused(WINDOW, day, add) is Reason.ALREADY_LISTED
    nobody = c.EnterObjection(play.name, "add", THIRD, SEAL)
    assert play.refused(WINDOW, day, nobody) is Reason.NO_SUCH_ENTERPRISE


def test_an_enterprise_objects_with_its_account_and_asks_only_for_itself():
    play = Played(entry(1), entry(2, in_zone=False), entry(3, in_zone=False)).published()
    add = c.EnterObjection(play.name, "add", OTHER, SEAL)
    assert play.refused(enterprise(3), "2022-06-13", add) is Reason.NOT_YOURS
    play.must(enterprise(2), "2022-06-13", add)
    play.must(enterprise(3), "2022-06-13", take_off(play))
    assert [one.party for one in play.round.objections] == [OTHER, THIRD]
    assert play.refused(LEADER, "2022-06-13", take_off(play)) is Reason.NOT_YOURS


def decide(play: Played, upheld, grade: str = "") -> c.DecideListObjection:
    return c.DecideListObjection(play.name, 1, upheld, SEAL, grade)


def test_an_objection_that_is_upheld_takes_off_the_list():
    play = Played().published()
    play.must(WINDOW, "2022-06-13", take_off(play))
    play.must(LEADER, "2022-06-14", decide(play, True))
    assert [one.code for one in play.round.on_list] == [OTHER]
    assert play.refused(LEADER, "2022-06-14", decide(play, False)) is Reason.NOT_NOW


def test_whoever_was_taken_off_can_be_added_again():
    play = Played().published()
    play.must(WINDOW, "2022-06-13", take_off(play))
    play.must(LEADER, "2022-06-14", decide(play, True))
    play.must(enterprise(1), "2022-06-15", c.EnterObjection(play.name, "add", FIRM, SEAL))
    again = c.DecideListObjection(play.name, 2, True, SEAL, "award")
    play.must(LEADER, "2022-06-16", again)
    assert sorted(one.code for one in play.round.on_list) == [FIRM, OTHER]
    play.must(LEADER, AFTER, c.SettleList(play.name))
    assert play.claim(1).standing == "offered"


def test_one_that_is_not_upheld_changes_nothing():
    play = Played().published()
    play.must(WINDOW, "2022-06-13", take_off(play))
    play.must(LEADER, "2022-06-14", decide(play, False))
    assert [one.code for one in play.round.on_list] == [FIRM, OTHER]


def test_somebody_is_added_with_the_grade_the_decision_names():
    play = Played(entry(1), entry(2, hightech_times=2)).published()
    play.must(WINDOW, "2022-06-13", c.EnterObjection(play.name, "add", OTHER, SEAL))
    assert play.refused(LEADER, "2022-06-14", decide(play, True)) is Reason.GRADE_WANTED
    play.must(LEADER, "2022-06-14", decide(play, True, "award"))
    added = play.round.on_list[-1]
    assert (added.code, added.name, added.amount_fen) == (OTHER, "示例企业2号", 10_000_000)


def test_who_is_added_must_be_in_the_register_and_have_nothing_yet():
    play = Played(entry(1), entry(2, hightech_times=2)).published()
    play.must(WINDOW, "2022-06-13", c.EnterObjection(play.name, "add", OTHER, SEAL))
    upheld = decide(play, True, "award")
    gone = play.refused(LEADER, "2022-06-14", upheld, entry=None)
    assert gone is Reason.NO_SUCH_ENTERPRISE
    play.must(enterprise(2), "2022-06-14", play.apply())
    assert play.refused(LEADER, "2022-06-14", upheld) is Reason.ENTITLED_ALREADY


def test_objections_are_decided_with_reasons_by_somebody_else():
    play = Played().run(actor=BOTH)
    play.must(LEADER, "2022-06-10", c.PublishList(play.name))
    play.must(WINDOW, "2022-06-13", take_off(play))
    assert play.refused(WINDOW, "2022-06-14", decide(play, True)) is Reason.NOT_YOURS
    assert play.refused(BOTH, "2022-06-14", decide(play, True)) is Reason.SAME_PERSON
    silent = c.DecideListObjection(play.name, 1, True, None)
    assert play.refused(LEADER, "2022-06-14", silent) is Reason.REASON_WANTED
    unknown = c.DecideListObjection(play.name, 2, True, SEAL)
    assert play.refused(LEADER, "2022-06-14", unknown) is Reason.NO_SUCH_OBJECTION


# ── the list stands ───────────────────────────────────────────────────────────────────────────


def test_the_list_is_settled_after_the_last_day_and_the_enterprises_are_asked():
    play = Played().published()
    settle = c.SettleList(play.name)
    assert play.refused(EXAMINER, AFTER, settle) is Reason.NOT_YOURS
    assert play.refused(LEADER, ENDS, settle) is Reason.NOTICE_RUNNING
    assert play.must(LEADER, AFTER, settle) == [
        "ListSettled", "EntitlementOffered", "EntitlementOffered", "OffersMade",
    ]  # fmt: skip
    assert play.refused(LEADER, AFTER, settle) is Reason.NOT_NOW
    claim = play.claim()
    assert (claim.standing, claim.cleared, claim.amount_fen) == ("offered", True, 10_000_000)
    # Twenty working days after Monday 20 June: Monday 18 July.
    assert claim.due == play.round.confirm_by == date(2022, 7, 18)


def test_it_waits_for_every_objection():
    play = Played().published()
    play.must(WINDOW, "2022-06-13", take_off(play))
    settle = c.SettleList(play.name)
    assert play.refused(LEADER, AFTER, settle) is Reason.OBJECTIONS_OPEN
    play.must(LEADER, AFTER, decide(play, True))
    play.must(LEADER, AFTER, settle)
    assert list(play.holdings) == [OTHER]


def test_whoever_applied_meanwhile_is_not_offered_the_same_again():
    play = Played().published()
    play.must(enterprise(1), "2022-06-13", play.apply())
    play.must(LEADER, AFTER, c.SettleList(play.name))
    assert (play.claim(1).standing, play.claim(2).standing) == ("applied", "offered")


def test_if_everybody_is_off_the_list_nobody_is_asked():
    play = Played(entry(1)).published()
    play.must(WINDOW, "2022-06-13", take_off(play))
    play.must(LEADER, "2022-06-13", decide(play, True))
    assert play.must(LEADER, AFTER, c.SettleList(play.name)) == ["ListSettled"]
