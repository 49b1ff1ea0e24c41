"""Applications by whoever was not matched: examined and decided by two, and published like the
list of a run before anything is paid.

21 June 2022 is a Tuesday. Five working days after Wednesday 22 June end on Wednesday 29 June.
"""

from dataclasses import replace
from datetime import date

from permits.casework.entitlement import claims as cl
from permits.casework.entitlement import commands as c
from permits.casework.entitlement.decide import decide
from permits.casework.entitlement.rows import (
    round_row,
)
from permits.casework.refusals import Reason
from permits.casework.working_days import WorkingDays
from tests.casework.entitled import (
    BOTH,
    EXAMINER,
    FIRM,
    LEADER,
    OTHER,
    WINDOW,
    Played,
    enterprise,
    entry,
)
from tests.definitions.policies import AWARD, GRADED, edition, variant
from tests.kit import SEAL

DAY = "2022-06-21"


def applied(*entries) -> Played:
    play = Played(*entries or (entry(1, hightech_times=2),))
    play.must(enterprise(1), DAY, play.apply())
    return play


def opinion(recommends: str = "grant", grade: str = "award", seal: str | None = SEAL):
    return c.ExamineApplication(FIRM, AWARD, "2022", recommends, grade, seal)


def decision(granted, reason: str | None = SEAL) -> c.DecideApplication:
    return c.DecideApplication(FIRM, AWARD, "2022", granted, reason)


def test_whoever_was_not_found_applies_with_own_evidence():
    claim = applied().claim()
    assert (claim.standing, claim.route, claim.grounds) == ("applied", "applied", SEAL)
    # Twenty working days after Tuesday 21 June: Tuesday 19 July.
    assert claim.due == date(2022, 7, 19)


def test_what_an_application_needs():
    play = Played(entry(1, hightech_times=2))
    firm = enterprise(1)
    assert play.refused(WINDOW, DAY, play.apply()) is Reason.NOT_YOURS
    assert play.refused(firm, DAY, play.apply(grounds=None)) is Reason.REASON_WANTED
    assert play.refused(firm, DAY, play.apply(statement="")) is Reason.STATEMENT_UNSIGNED
    assert play.refused(firm, DAY, play.apply(account=None)) is Reason.ACCOUNT_WANTED
    unknown = play.refused(firm, DAY, play.apply(), entry=None)
    assert unknown is Reason.NO_SUCH_ENTERPRISE
    early = c.Apply(AWARD, "2023", SEAL, (), SEAL, play.apply().statement)
    assert play.refused(firm, DAY, early) is Reason.PERIOD_NOT_LAWFUL


def test_nothing_is_applied_for_that_is_offered_applied_for_or_paid():
    for play in (Played().settled(), applied()):
        assert play.refused(enterprise(1), DAY, play.apply()) is Reason.ENTITLED_ALREADY
    for paid in (Played().ordered(), Played().paid()):
        again = paid.refused(enterprise(1), "2022-06-24", paid.apply())
        assert again is Reason.PAID_BEFORE


def test_what_is_over_may_be_applied_for():
    play = Played().settled()
    play.must(enterprise(1), DAY, c.DeclineOffer(AWARD, "2022", None))
    play.must(enterprise(1), DAY, play.apply())
    assert play.claim().standing == "applied"


def test_an_application_is_examined_and_decided_by_two():
    play = applied()
    assert play.refused(WINDOW, DAY, opinion()) is Reason.NOT_YOURS
    assert play.refused(LEADER, DAY, decision(True)) is Reason.NOT_NOW
    play.must(BOTH, DAY, opinion())
    assert play.refused(EXAMINER, DAY, decision(True)) is Reason.NOT_YOURS
    assert play.refused(BOTH, DAY, decision(True)) is Reason.SAME_PERSON
    play.must(LEADER, DAY, decision(True))
    claim = play.claim()
    assert (claim.standing, claim.payable, claim.amount_fen) == ("confirmed", False, 10_000_000)
    assert play.refused(EXAMINER, DAY, opinion()) is Reason.NOT_NOW


def test_an_opinion_gives_reasons_and_a_grade():
    play = applied()
    assert play.refused(EXAMINER, DAY, opinion(seal=None)) is Reason.REASON_WANTED
    assert play.refused(EXAMINER, DAY, opinion(grade="")) is Reason.GRADE_WANTED
    play.must(EXAMINER, DAY, opinion("refuse", ""))
    assert play.refused(LEADER, DAY, decision(True)) is Reason.GRADE_WANTED
    assert play.refused(LEADER, DAY, decision(False, None)) is Reason.REASON_WANTED
    play.must(LEADER, DAY, decision(False))
    assert play.claim().standing == "refused"
    play.must(enterprise(1), DAY, play.apply())


def test_of_an_application_that_is_not_there_nothing_is_decided():
    play = Played()
    for actor, command in ((EXAMINER, opinion()), (LEADER, decision(True))):
        assert play.refused(actor, DAY, command) is Reason.NO_SUCH_CLAIM


def test_an_application_is_worth_nothing_beside_a_higher_award_of_the_group():
    graded = Played(entry(1, above_scale_year=2022, output_wan=9_000), policy=edition(GRADED))
    graded.confirmed()
    graded.must(LEADER, "2022-06-22", c.OrderPayments(GRADED))
    play = applied()
    play.must(EXAMINER, DAY, opinion())
    theirs = play.holdings[FIRM]
    both = cl.Holding(FIRM, {**theirs.claims, **graded.holdings[FIRM].claims})
    play.holdings[FIRM] = both
    assert play.refused(LEADER, "2022-06-22", decision(True)) is Reason.GROUP_PAID


def test_a_policy_of_no_group_is_applied_for_and_offered_all_the_same():
    alone = variant(lambda d: d.pop("group"))
    play = Played(entry(1, hightech_times=2), entry(2), policy=alone)
    play.must(enterprise(1), DAY, play.apply())
    play.settled()
    assert (play.claim(1).group, play.claim(2).group) == ("", "")
    assert play.holdings[OTHER].received == ()


# ── the list of those that were granted ───────────────────────────────────────────────────────

PUBLISH = c.PublishApplications(AWARD, "2022")
PUBLISHED, ENDS, AFTER = "2022-06-22", "2022-06-29", "2022-06-30"


def granted(*entries, examiner=EXAMINER) -> Played:
    play = applied(*entries)
    play.must(examiner, DAY, opinion())
    play.must(LEADER, DAY, decision(True))
    return play


def published(*entries) -> Played:
    play = granted(*entries)
    play.must(LEADER, PUBLISHED, PUBLISH)
    return play


def objecting(play: Played, kind="remove", about: str = FIRM) -> c.EnterObjection:
    return c.EnterObjection(play.name, kind, about, SEAL, SEAL)


def upheld(play: Played, grade: str = "") -> c.DecideListObjection:
    return c.DecideListObjection(play.name, 1, upheld=True, reason=SEAL, grade=grade)


def test_a_granted_application_is_not_paid_before_its_list_stands():
    play = granted()
    order = c.OrderPayments(AWARD)
    assert play.claim().awaits_list
    assert play.refused(LEADER, PUBLISHED, order) is Reason.NOTHING_TO_PAY
    told = play.must(LEADER, PUBLISHED, PUBLISH)
    assert told == ["ApplicationsListed", "ListPublished", "EntitlementListed"]
    assert not play.claim().awaits_list
    assert play.refused(LEADER, PUBLISHED, order) is Reason.NOTHING_TO_PAY
    assert play.must(LEADER, AFTER, c.SettleList(play.name)) == [
        "ListSettled",
        "EntitlementCleared",
    ]
    assert play.claim().payable
    play.must(LEADER, AFTER, order)
    assert play.claim().standing == "ordered"


def test_the_list_says_what_was_granted_and_is_open_for_the_whole_notice():
    play = published()
    found = play.round
    assert (found.route, found.stage, found.ends_on) == ("applied", "published", date(2022, 6, 29))
    (one,) = found.on_list
    assert (one.code, one.grade, one.amount_fen) == (FIRM, "award", 10_000_000)
    assert round_row(found).route == "applied"
    settle = c.SettleList(play.name)
    assert play.refused(LEADER, ENDS, settle) is Reason.NOTICE_RUNNING
    play.must(WINDOW, ENDS, objecting(play))
    assert play.refused(LEADER, AFTER, settle) is Reason.OBJECTIONS_OPEN
    assert play.refused(WINDOW, AFTER, objecting(play)) is Reason.NOTICE_OVER


def test_only_what_was_granted_and_is_on_no_list_yet_is_published():
    play = applied()
    for _step in (opinion(), decision(True)):
        assert play.refused(LEADER, DAY, PUBLISH) is Reason.LIST_EMPTY
        play.must(EXAMINER if isinstance(_step, c.ExamineApplication) else LEADER, DAY, _step)
    play.must(LEADER, PUBLISHED, PUBLISH)
    assert play.refused(LEADER, PUBLISHED, PUBLISH) is Reason.LIST_EMPTY
    matched = Played().confirmed()
    assert matched.refused(LEADER, DAY, PUBLISH) is Reason.LIST_EMPTY


def test_what_another_version_of_the_policy_decided_stands_on_a_list_of_its_own():
    play = granted()
    other = variant(lambda d: d["policy"].update(effective_from="2022-02-01"))
    assert other.digest != play.edition.digest
    desk = play.desk(LEADER, PUBLISHED, PUBLISH)
    assert decide(PUBLISH, replace(desk, edition=other)).reason is Reason.LIST_EMPTY


def test_who_publishes_has_the_duty_and_examined_none_of_them():
    play = granted(examiner=BOTH)
    assert play.refused(WINDOW, PUBLISHED, PUBLISH) is Reason.NOT_YOURS
    assert play.refused(BOTH, PUBLISHED, PUBLISH) is Reason.SAME_PERSON
    play.must(LEADER, PUBLISHED, PUBLISH)


def test_no_list_without_a_register_or_with_a_notice_whose_end_is_not_known():
    play = granted()
    assert play.refused(LEADER, PUBLISHED, PUBLISH, register=None) is Reason.NO_REGISTER
    nothing = WorkingDays(())
    assert play.refused(LEADER, PUBLISHED, PUBLISH, calendar=nothing) is Reason.DATE_PROVISIONAL


def test_an_objection_that_is_upheld_takes_the_application_off():
    play = published()
    play.must(WINDOW, "2022-06-23", objecting(play))
    play.must(LEADER, "2022-06-24", upheld(play))
    assert play.must(LEADER, AFTER, c.SettleList(play.name)) == [
        "ListSettled",
        "EntitlementTakenOff",
    ]
    assert play.claim().standing == "taken_off"
    assert play.refused(LEADER, AFTER, c.OrderPayments(AWARD)) is Reason.NOTHING_TO_PAY
    play.must(enterprise(1), AFTER, play.apply())
    assert play.claim().standing == "applied"


def test_who_is_on_the_list_may_be_objected_to_though_the_register_has_changed():
    play = published()
    play.must(WINDOW, "2022-06-23", objecting(play), entry=None)


def test_whoever_examined_the_application_does_not_decide_the_objection_to_it():
    play = granted(examiner=BOTH)
    play.must(LEADER, PUBLISHED, PUBLISH)
    play.must(WINDOW, "2022-06-23", objecting(play))
    assert play.refused(BOTH, "2022-06-24", upheld(play)) is Reason.SAME_PERSON
    play.must(LEADER, "2022-06-24", upheld(play))


def test_whoever_should_be_on_the_list_is_added_and_asked_to_confirm():
    """Whoever decided so does not order that payment, for nobody else prepared it; the other one
    they do."""
    play = published(entry(1, hightech_times=2), entry(2, in_zone=False))
    play.must(enterprise(2), "2022-06-23", objecting(play, "add", OTHER))
    play.must(BOTH, "2022-06-24", upheld(play, "award"))
    told = play.must(LEADER, AFTER, c.SettleList(play.name))
    assert told == ["ListSettled", "EntitlementCleared", "EntitlementOffered", "OffersMade"]
    assert (play.claim(2).standing, play.claim(2).prepared_by) == ("offered", BOTH.id)
    play.must(enterprise(2), AFTER, play.confirm(2))
    play.must(BOTH, AFTER, c.OrderPayments(AWARD))
    assert (play.claim().standing, play.claim(2).standing) == ("ordered", "confirmed")
    assert play.refused(BOTH, AFTER, c.OrderPayments(AWARD)) is Reason.SAME_PERSON
    play.must(LEADER, AFTER, c.OrderPayments(AWARD))
    assert play.claim(2).standing == "ordered"


def test_a_list_of_applications_is_neither_dropped_nor_published_again():
    play = published()
    for command in (c.PublishList(play.name), c.DropMatch(play.name, SEAL)):
        assert play.refused(LEADER, "2022-06-23", command) is Reason.NOT_NOW


def test_whoever_declines_after_the_grant_is_not_paid():
    play = published()
    play.must(enterprise(1), "2022-06-23", c.DeclineOffer(AWARD, "2022", None))
    assert play.must(LEADER, AFTER, c.SettleList(play.name)) == ["ListSettled"]
    assert play.claim().standing == "declined"


def test_whoever_declines_applies_again_and_is_refused_is_not_offered_it_after_the_notice():
    play = published()
    play.must(enterprise(1), "2022-06-23", c.DeclineOffer(AWARD, "2022", None))
    play.must(enterprise(1), "2022-06-23", play.apply())
    play.must(EXAMINER, "2022-06-24", opinion("refuse", ""))
    play.must(LEADER, "2022-06-24", decision(False))
    assert play.must(LEADER, AFTER, c.SettleList(play.name)) == ["ListSettled"]
    assert play.claim().standing == "refused"
