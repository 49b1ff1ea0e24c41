"""Facts that are changed after the grant (变更, 行政许可法 art. 49)."""

import pytest

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework.openings_after import openings_after
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import case_row
from permits.definitions.edition import Edition
from permits.definitions.procedure import RevocationGround as R
from permits.definitions.procedure import Role
from tests.casework.afterwards import OTHER, charged, charged_for_basements, permitted
from tests.kit import PARTY, PEOPLE, SEAL, Play, brought, officer, paper
from tests.staged import TOWER, Site, application, served
from tests.staged import permitted as granted

ASK = a.AskAmendment(OTHER, SEAL)
GRANT = a.DecideAmendment(granted=True)


def asked(play: Play | None = None, on: str = "2022-03-10", **answers: object) -> Play:
    play = play or permitted()
    play.must("applicant", a.AskAmendment(answers or OTHER, SEAL), on)
    return play


def examined(play: Play, on: str = "2022-03-11", recommends: str = "grant") -> Play:
    play.must("examiner", a.ExamineAmendment(recommends, SEAL), on)
    return play


def amended(play: Play, on: str = "2022-03-14") -> Play:
    play.must("leader", GRANT, on)
    return play


def test_what_is_granted_holds_from_that_day():
    play = examined(asked())
    assert play.case.answers["contractor_code"] != PARTY
    amended(play)
    assert play.case.answers["contractor_code"] == PARTY
    assert str(play.case.milestones["amended"]) == "2022-03-14"
    assert play.case.documents[-1].document == "amendment"


def test_what_it_was_stands_beside_what_it_is():
    (one,) = amended(examined(asked())).case.amendments
    assert (one.was, one.answers) == ({"contractor_code": TOWER["contractor_code"]}, OTHER)
    assert (one.asked.granted, one.asked.decided_by, one.examined.by) == (
        True,
        "leader",
        "examiner",
    )


def test_the_original_decision_stays_as_it_was():
    play = permitted()
    decision = play.case.decision
    assert amended(examined(asked(play))).case.decision == decision
    assert play.case.leaves == ("in_force",)


def test_a_refusal_gives_its_reason():
    play = examined(asked(), recommends="refuse")
    mute = a.DecideAmendment(granted=False)
    assert play.ask("leader", mute, "2022-03-14") == Refused(Reason.REASON_WANTED)
    play.must("leader", a.DecideAmendment(granted=False, reason=SEAL), "2022-03-14")
    assert play.case.answers["contractor_code"] == TOWER["contractor_code"]
    assert play.case.documents[-1].document == "amendment_refused"
    asked(play, "2022-03-15")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, Refused(Reason.NOTHING_CHANGED)),
        ({"works_name": TOWER["works_name"]}, Refused(Reason.NOTHING_CHANGED)),
        ({"stage_covered": "whole", **OTHER}, Refused(Reason.NOT_AMENDABLE, ("stage_covered",))),
        ({"contractor_code": "no code"}, Refused(Reason.BAD_ANSWERS, ("contractor_code",))),
    ],
)
def test_what_may_be_asked_for(answers, expected):
    play = permitted(stage="pit")
    assert play.ask("applicant", a.AskAmendment(answers, SEAL), "2022-03-10") == expected


def test_a_request_says_why():
    outcome = permitted().ask("applicant", a.AskAmendment(OTHER), "2022-03-10")
    assert outcome == Refused(Reason.REASON_WANTED)


def test_one_change_at_a_time():
    outcome = asked().ask("applicant", ASK, "2022-03-11")
    assert outcome == Refused(Reason.ASKED_BEFORE, ("amendment",))


def test_nothing_is_changed_before_the_grant_or_after_its_end():
    refused = Refused(Reason.NOT_NOW, ("amendment",))
    early = Site().filed("whole", "2022-03-01")
    assert early.ask("applicant", ASK, "2022-03-01") == refused
    late = permitted()
    late.revoked("2022-03-10", R.OTHER)
    assert late.ask("applicant", ASK, "2022-03-11") == refused


def test_where_nothing_may_be_changed():
    play = Play().granted("2022-06-09")
    outcome = play.ask("applicant", ASK, "2022-06-10")
    assert outcome == Refused(Reason.NOT_IN_PROCEDURE)


def test_one_officer_examines_and_another_decides():
    PEOPLE["both_roles"] = PEOPLE["examiner"].__class__(
        "examiner",
        PEOPLE["examiner"].roles | PEOPLE["leader"].roles,
        PEOPLE["examiner"].office,
        PEOPLE["examiner"].department,
    )
    play = asked()
    assert play.ask("leader", GRANT, "2022-03-11") == Refused(Reason.NOT_NOW, ("opinion",))
    examined(play)
    assert play.ask("both_roles", GRANT, "2022-03-14") == Refused(Reason.SAME_PERSON)
    del PEOPLE["both_roles"]


def test_whoever_asked_for_the_holder_neither_examines_nor_decides():
    """On paper, at the window, by somebody who has every role."""
    PEOPLE["of_all"] = officer("of_all", Role.WINDOW, Role.EXAMINER, Role.LEADER)
    play = permitted()
    play.must("of_all", c.ActForApplicant(ASK, brought("2022-03-10")), "2022-03-10")
    acted = Refused(Reason.ACTED_FOR_APPLICANT)
    assert play.ask("of_all", a.ExamineAmendment("grant", SEAL), "2022-03-11") == acted
    offered = openings_after(play.case, play.desk("of_all", "2022-03-11"))
    assert "examine_amendment" not in {one.command for one in offered}
    examined(play)
    assert play.ask("of_all", GRANT, "2022-03-14") == acted
    more = a.AskExtension("report_start", SEAL)
    play.must("of_all", c.ActForApplicant(more, brought("2022-03-14")), "2022-03-14")
    decide = a.DecideExtension("report_start", granted=True)
    assert play.ask("of_all", decide, "2022-03-14") == acted
    del PEOPLE["of_all"]
    amended(play)


def test_an_opinion_is_given_once_and_says_something():
    play = asked()
    mute = a.ExamineAmendment("grant")
    assert play.ask("examiner", mute, "2022-03-11") == Refused(Reason.REASON_WANTED)
    examined(play)
    again = play.ask("examiner", a.ExamineAmendment("grant", SEAL), "2022-03-14")
    assert again == Refused(Reason.NOTHING_ASKED)


def test_without_a_request_nothing_is_decided():
    play = permitted()
    nothing = Refused(Reason.NOTHING_ASKED)
    assert play.ask("leader", GRANT, "2022-03-10") == nothing
    assert play.ask("examiner", a.ExamineAmendment("grant", SEAL), "2022-03-10") == nothing
    mute = a.DecideAmendment(granted=False)
    assert play.ask("leader", mute, "2022-03-10") == nothing, "whatever is wrong with it beside"
    assert play.ask("examiner", a.ExamineAmendment("grant"), "2022-03-10") == nothing


def test_who_is_offered_what():
    play = permitted()

    def offered(who):
        found = openings_after(play.case, play.desk(who, "2022-03-14"))
        return {one.command for one in found if "amendment" in one.command}

    assert (offered("applicant"), offered("window")) == ({"ask_amendment"}, set())
    asked(play)
    assert (offered("applicant"), offered("examiner"), offered("leader")) == (
        set(),
        {"examine_amendment"},
        set(),
    )
    examined(play)
    assert (offered("examiner"), offered("leader")) == (set(), {"decide_amendment"})
    assert case_row(play.case, play.edition).turn == "office"


def test_the_end_of_the_grant_ends_what_was_asked_for():
    play = asked()
    play.revoked("2022-03-11", R.OTHER)
    assert play.case.amendment is None
    assert str(play.case.amendments[0].closed_on) == "2022-03-11"


def test_what_must_be_alike_in_all_stages_is_not_changed_in_one_of_them():
    """基坑与主体同一施工单位: a basement is not given another contractor than the pit has; the pit
    comes first, and then the basement follows it."""
    site = Site()
    pit = served(site.granted("pit", "2022-03-01", "ordinary"), "2022-03-01")
    basement = served(site.granted("basement", "2022-03-02", "ordinary"), "2022-03-02")
    unlike = Refused(Reason.NOT_ALIKE, ("contractor_code", pit.case.number))
    assert basement.ask("applicant", ASK, "2022-03-10") == unlike
    amended(examined(asked(pit)))
    amended(examined(asked(basement, "2022-03-15"), "2022-03-16"), "2022-03-17")
    assert basement.case.answers["contractor_code"] == PARTY


def test_nor_is_it_decided_so_when_the_pit_was_changed_back_meanwhile():
    site = Site()
    pit = served(site.granted("pit", "2022-03-01", "ordinary"), "2022-03-01")
    basement = served(site.granted("basement", "2022-03-02", "ordinary"), "2022-03-02")
    amended(examined(asked(pit)))
    examined(asked(basement, "2022-03-15"), "2022-03-16")
    back = {"contractor_code": TOWER["contractor_code"]}
    amended(examined(asked(pit, "2022-03-16", **back), "2022-03-16"), "2022-03-17")
    unlike = Refused(Reason.NOT_ALIKE, ("contractor_code", pit.case.number))
    assert basement.ask("leader", GRANT, "2022-03-18") == unlike
    mute = a.DecideAmendment(granted=False, reason=SEAL)
    basement.must("leader", mute, "2022-03-18")


def test_the_project_learns_of_another_contractor():
    site = Site()
    pit = served(site.granted("pit", "2022-03-01"), "2022-03-01")
    amended(examined(asked(pit)))
    assert site.project.members[pit.case.id].alike == {"contractor_code": PARTY}


# Fees.


def with_a_charge(edition: Edition | None = None) -> Play:
    """23,000 m² at 185 yuan, fixed on 1 March 2022; the rate is 200 yuan since 1 July."""
    play = Play(edition or charged())
    wanted = application(play.edition, "commitment", TOWER, stage_covered="whole")
    play.must("applicant", wanted, "2022-03-01")
    return served(granted(play, "2022-03-01"), "2022-03-01")


def test_a_fee_that_is_corrected_is_reckoned_at_the_rates_of_its_day():
    play = with_a_charge()
    play.must("applicant", a.AskExtension("report_start", SEAL), "2022-05-20")
    play.must("leader", a.DecideExtension("report_start", granted=True), "2022-05-20")
    amended(examined(asked(play, "2022-07-04", area_m2=24_000), "2022-07-05"), "2022-07-06")
    fee = play.case.fees["charge"]
    assert (fee.amount_fen, str(fee.frozen_on)) == (24_000 * 18_500, "2022-03-01")


def test_what_was_paid_too_much_is_to_be_refunded():
    play = with_a_charge()
    paid = c.PayFee("charge", play.case.fees["charge"].frozen_on, 23_000 * 18_500, SEAL)
    play.must("window", paid, "2022-03-02")
    amended(examined(asked(play, area_m2=20_000)))
    assert play.case.fees["charge"].balance_fen == -3_000 * 18_500


def test_a_change_to_what_had_no_rate_on_the_day_of_the_fee_is_not_granted():
    """Basements are charged by a line of their own since 1 July 2022. The fee was fixed in March:
    the application said nothing of a basement, the change does."""
    play = with_a_charge(charged_for_basements())
    examined(asked(play, "2022-03-10", basement_m2=4_000))
    before = play.case
    assert play.ask("leader", GRANT, "2022-03-14") == Refused(Reason.NO_RATE, ("charge",))
    assert play.case == before
    play.must("leader", a.DecideAmendment(granted=False, reason=SEAL), "2022-03-14")


def test_other_fees_stay_as_they_were_fixed():
    play = amended(examined(asked(with_a_charge())))
    assert play.case.fees["charge"].amount_fen == 23_000 * 18_500


# Personal facts, and what shows why.

CONTACT = "8" * 64


def test_a_personal_fact_is_changed_under_its_seal_and_the_log_keeps_both():
    play = permitted()
    was, phone = (play.case.seals[name] for name in ("contact_name", "contact_phone"))
    ask = a.AskAmendment({}, SEAL, {"contact_name": CONTACT, "contact_phone": phone})
    play.must("applicant", ask, "2022-03-10")
    assert play.case.amendment.seals == {"contact_name": CONTACT}, "what is the same is no change"
    examined(play)
    play.must("leader", GRANT, "2022-03-15")
    assert play.case.seals["contact_name"] == CONTACT
    changed = next(e for _at, e in play.log if type(e).__name__ == "Amended")
    assert (changed.were_sealed, changed.seals) == (
        {"contact_name": was},
        {"contact_name": CONTACT},
    )


def test_evidence_goes_with_the_request_and_nothing_else_does():
    play = permitted()
    ask = a.AskAmendment(OTHER, SEAL, evidence=(paper("amendment.evidence"),))
    other = a.AskAmendment(OTHER, SEAL, evidence=(paper("contract"),))
    assert play.ask("applicant", other, "2022-03-10") == Refused(
        Reason.NO_SUCH_MATERIAL, ("contract",)
    )
    play.must("applicant", ask, "2022-03-10")
    assert [one.material for one in play.case.amendment.asked.evidence] == ["amendment.evidence"]
