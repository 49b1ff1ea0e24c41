"""施工图审查告知承诺: what may be done where, by when, and the rules that are its own."""

import pytest
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.offers import beside
from permits.casework.refusals import Reason, Refused
from permits.casework.savings import materials
from permits.casework.standing import signers, signing
from permits.definitions.procedure import DeregistrationGround, RevocationGround
from tests.casework.entitled import code
from tests.casework.records import Record, drafted, registered
from tests.definitions.shipped import edition, rules
from tests.kit import OTHER_PARTY, PARTY, SEAL, Play, brought, defect, paper
from tests.workflows.kinds import (
    DRAWINGS,
    SEALS,
    application,
    check,
    course,
    delivered,
    filed,
    granted,
    open_tracks,
    report,
    served,
    states,
    table,
)

NAME = "drawing_review"
OTHER = code(7)
"""Another designer."""

DRAWN, NOT_DRAWN = "1", "0"
"""Seeds of which the case is drawn for the check of the drawings, or not."""

STATES = table("""
received 1: accept (window), accept_by_silence (timer), issue_correction (window),
    declare_not_required (window), declare_not_competent (window), withdraw (applicant),
    withdraw_commitment (applicant)
correcting 6: supply_corrections (applicant), refuse_acceptance (window), withdraw (applicant),
    withdraw_commitment (applicant)
corrected 7: accept (window), accept_by_silence (timer), refuse_acceptance (window), withdraw
    (applicant), withdraw_commitment (applicant)
examining 8: withdraw (applicant), withdraw_commitment (applicant), suspend (examiner/leader),
    examine (examiner), grant_on_the_spot (window/leader)
suspended 9: withdraw (applicant), withdraw_commitment (applicant), resume (examiner/leader)
proposed 8: withdraw (applicant), withdraw_commitment (applicant), return_to_examiner (leader),
    grant (leader), refuse (leader)
granted 11: deliver (window), publish (window), revoke (leader), withdraw_grant (leader),
    deregister (window/leader)
in_force 11: conclude (window/inspector/supervisor), revoke (leader), withdraw_grant (leader),
    deregister (window/leader)
refused 13: deliver (window), publish (window)
revoked 15: deregister (window/leader)
not_required 4: the end
not_accepted 5: the end
withdrawn_early 2: the end
withdrawn 14: the end
refusal_served 13: the end
concluded 11: revoke (leader), withdraw_grant (leader), deregister (window/leader)
withdrawn_by_office 14: deregister (window/leader)
annulled 15: deregister (window/leader)
refusal_annulled 15: the end
deregistered_unrevoked 11: the end
deregistered 15: the end
""")

TYPICAL = table("""
2022-06-09 applicant File: received 1 | completeness 22-06-16
2022-06-09 window accept: examining 8 | promise 22-06-09, statutory 22-07-07
2022-06-09 window grant_on_the_spot: granted 12 | publication 22-06-20, delivery
    22-06-23, supply_certificate 22-08-09, report_start 23-06-09
2022-06-09 window deliver: granted 12 | publication 22-06-20, supply_certificate
    22-08-09, report_start 23-06-09
2022-06-10 window publish: in_force 12 | supply_certificate 22-08-09, report_start
    23-06-09
2022-07-20 applicant supply_certificate: in_force 12 | report_start 23-06-09
2022-07-25 applicant report_start: in_force 12 | check_use 22-08-22
2022-08-10 inspector check_use: in_force 12 | nothing open
2022-08-10 window conclude: concluded 11 | nothing open
""")

WORST = table("""
2022-12-16 applicant File: received 1 | completeness 22-12-23
2022-12-23 window issue_correction: correcting 6 | correction 23-01-16
2023-01-10 applicant supply_corrections: corrected 7 | completeness 23-01-17
2023-01-17 window accept: examining 8 | promise 23-01-10, statutory 23-02-10
2023-01-17 window grant_on_the_spot: granted 12 | publication 23-01-31, delivery
    23-02-03, check_drawings 23-03-17, supply_certificate 23-03-17, report_start 24-01-17
2023-02-08 timer LapseClock: granted 12 | publication 23-01-31, delivery 23-02-03,
    check_drawings 23-03-17, supply_certificate 23-03-17, report_start 24-01-17
2023-02-08 timer LapseClock: granted 12 | publication 23-01-31, delivery 23-02-03,
    check_drawings 23-03-17, supply_certificate 23-03-17, report_start 24-01-17
2023-02-09 window deliver: granted 12 | publication 23-01-31, check_drawings 23-03-17,
    supply_certificate 23-03-17, report_start 24-01-17
2023-02-09 window publish: in_force 12 | check_drawings 23-03-17, supply_certificate
    23-03-17, report_start 24-01-17
2023-03-20 timer supply_certificate: in_force 12 | check_drawings 23-03-17,
    supply_certificate overdue 23-03-17, report_start 24-01-17
2023-03-21 timer check_drawings: in_force 12 | check_drawings overdue 23-03-17,
    supply_certificate overdue 23-03-17, report_start 24-01-17
2023-03-22 inspector check_drawings: in_force 12 | supply_certificate overdue 23-03-17,
    check_drawings ordered 23-04-06, report_start 24-01-17
2023-04-08 timer check_drawings: in_force 12 | supply_certificate overdue 23-03-17,
    check_drawings overdue ordered 23-04-06, report_start 24-01-17
2023-04-10 leader NoticeRevocation: in_force 12 | supply_certificate overdue 23-03-17,
    check_drawings overdue ordered 23-04-06, statement 23-04-17, report_start 24-01-17
2023-04-10 applicant StateCase: in_force 12 | supply_certificate overdue 23-03-17,
    check_drawings overdue ordered 23-04-06, report_start 24-01-17
2023-04-10 leader revoke: revoked 15 | nothing open
2023-04-12 window deregister: deregistered 15 | nothing open
""")


def test_in_each_state_there_is_what_the_table_says_and_who_may_do_it():
    assert states(edition(NAME)) == STATES


def test_a_typical_case_is_granted_with_the_certificate_owed_and_ends_with_nothing_open():
    play = Play(edition(NAME), seed=NOT_DRAWN)
    told = course(
        play,
        ("2022-06-09", "applicant", application(play.edition)),
        ("2022-06-09", "window", "accept"),
        ("2022-06-09", "window", "grant_on_the_spot"),
        ("2022-06-09", "window", delivered("2022-06-09")),
        ("2022-06-10", "window", "publish"),
        ("2022-07-20", "applicant", report("supply_certificate", "2022-07-19")),
        ("2022-07-25", "applicant", report("report_start", "2022-07-25")),
        ("2022-08-10", "inspector", check("check_use", "2022-08-10")),
        ("2022-08-10", "window", "conclude"),
    )
    assert told == TYPICAL


def test_the_worst_case_over_two_festivals_ends_revoked_and_deregistered():
    play = Play(edition(NAME), seed=DRAWN)
    late = ("survey_report", "fire_drawings")
    notice = i.Corrections(tuple(defect(f"material.{name}") for name in late))
    supplied = i.Supplement(DRAWINGS, SEALS[NAME], tuple(map(paper, late)))
    revoked = i.Revocation(RevocationGround.OTHER, SEAL)
    gone = i.Deregistration(DeregistrationGround.REVOKED)
    incomplete = application(play.edition, handed_in=(paper("drawings"),))
    told = course(
        play,
        ("2022-12-16", "applicant", incomplete),
        ("2022-12-23", "window", c.TakeAction("issue_correction", notice)),
        ("2023-01-10", "applicant", c.TakeAction("supply_corrections", supplied)),
        ("2023-01-17", "window", "accept"),
        ("2023-01-17", "window", "grant_on_the_spot"),
        ("2023-02-08", "timer", c.LapseClock("delivery")),
        ("2023-02-08", "timer", c.LapseClock("publication")),
        ("2023-02-09", "window", delivered("2023-02-09")),
        ("2023-02-09", "window", "publish"),
        ("2023-03-20", "timer", c.FlagOverdue("supply_certificate")),
        ("2023-03-21", "timer", c.FlagOverdue("check_drawings")),
        ("2023-03-22", "inspector", check("check_drawings", "2023-03-22", passed=False)),
        ("2023-04-08", "timer", c.FlagOverdue("check_drawings")),
        ("2023-04-10", "leader", c.NoticeRevocation(RevocationGround.OTHER, SEAL)),
        ("2023-04-10", "applicant", c.StateCase(SEAL)),
        ("2023-04-10", "leader", c.TakeAction("revoke", revoked)),
        ("2023-04-12", "window", c.TakeAction("deregister", gone)),
    )
    assert told == WORST


@pytest.mark.parametrize(
    "risk", ["special_fire_project", "beyond_code_high_rise", "major_hazard", "broke_faith"]
)
def test_a_hard_exclusion_leaves_the_ordinary_track_alone(risk):
    assert open_tracks(edition(NAME)) == ["ordinary", "commitment"]
    assert open_tracks(edition(NAME), **{risk: True}) == ["ordinary"]
    changed = application(edition(NAME), answers={risk: True})
    refused = Play(edition(NAME)).ask("applicant", changed, "2022-06-09")
    assert refused == Refused(Reason.EXCLUDED, (risk,))


def test_t12_nobody_commits_with_a_designer_or_surveyor_against_whom_an_entry_stands():
    """An entry of 17 June 2022 stands until 17 June 2023. The office's own record is looked at,
    whatever the applicant declares; the ordinary track stays open."""
    held = Record(drafted(party=registered(OTHER_PARTY))).entered().party
    applicant = registered(PARTY)
    wanted = application(edition(NAME))
    lost = Refused(Reason.SIGNER_LOST, ("2023-06-17", OTHER_PARTY))
    play = Play(edition(NAME), party=applicant, co_signers={OTHER_PARTY: held})
    assert play.ask("applicant", wanted, "2022-07-01") == lost
    assert signing(edition(NAME), "commitment", DRAWINGS) == (OTHER_PARTY, PARTY)
    assert signing(edition(NAME), "ordinary", DRAWINGS) == ()
    assert signing(edition(NAME), "no_track", DRAWINGS) == ()
    ordinary = Play(edition(NAME), party=applicant)
    ordinary.must("applicant", application(edition(NAME), "ordinary"), "2022-07-01")
    later = Play(edition(NAME), party=applicant, co_signers={OTHER_PARTY: held})
    noted = later.must("applicant", wanted, "2023-06-19")
    assert [told.party.code for told in noted.parties] == [PARTY, OTHER_PARTY], "guarded"


def test_t12_nor_do_corrections_bring_one_in():
    """Of those who signed before, what was entered since does not matter."""
    play = filed(NAME, "2022-07-01")
    asked = i.Corrections((defect("field.designer_code"),))
    play.do("window", "issue_correction", "2022-07-01", asked)
    answers = {**play.case.answers, "designer_code": OTHER}
    signed = application(edition(NAME)).signed
    given = i.Supplement(answers, play.case.seals, (), signed)
    command = c.TakeAction("supply_corrections", given)
    on_paper = c.ActForApplicant(command, brought("2022-07-04"))
    filing = replace(application(edition(NAME)), answers=answers)
    for one in (command, on_paper, filing):
        assert signers(edition(NAME), play.case, one) == (OTHER_PARTY, OTHER)
    same = c.TakeAction("supply_corrections", i.Supplement(play.case.answers, play.case.seals, ()))
    assert signers(edition(NAME), play.case, same) == ()
    assert signers(edition(NAME), play.case, c.TakeAction("accept")) == ()
    before = Record(drafted(party=registered(OTHER_PARTY))).entered().party
    play.co_signers = {
        OTHER_PARTY: before,
        OTHER: Record(drafted(party=registered(OTHER))).entered().party,
    }
    lost = Refused(Reason.SIGNER_LOST, ("2023-06-17", OTHER))
    assert play.ask("applicant", command, "2022-07-04") == lost
    play.co_signers = {OTHER_PARTY: before}
    play.must("applicant", command, "2022-07-04")


def test_t12_whoever_broke_faith_is_not_offered_the_commitment_and_may_use_the_ordinary_track():
    """The worked example of an unrepaired false commitment, and of what nobody is offered."""
    assert open_tracks(edition(NAME), broke_faith=True) == ["ordinary"]
    play = filed(NAME, "2022-06-09", "ordinary", answers={"broke_faith": True})
    play.do("window", "accept", "2022-06-09")
    assert open_tracks(edition(NAME), special_fire_project=True) == ["ordinary"]


def test_a_special_project_hands_in_its_passed_fire_examination():
    answers = {"special_fire_project": True}
    without = tuple(
        map(paper, ("drawings", "survey_report", "fire_drawings", "review_certificate"))
    )
    play = filed(NAME, "2022-06-09", "ordinary", answers=answers, handed_in=without)
    refused = play.tell("window", c.TakeAction("accept"), "2022-06-09")
    assert refused == Refused(Reason.MATERIALS_MISSING, ("fire_opinion",))


def test_until_all_three_have_signed_nothing_is_filed():
    whole = application(edition(NAME))
    keys = [signing.signature for signing in whole.signed]
    assert keys == ["drawings_comply", "drawings_comply.surveyor", "drawings_comply.designer"]
    for missing in whole.signed:
        signed = tuple(signing for signing in whole.signed if signing != missing)
        command = application(edition(NAME), signed=signed)
        refused = Play(edition(NAME)).ask("applicant", command, "2022-06-09")
        assert refused == Refused(Reason.COMMITMENT_UNSIGNED, (missing.signature,))


def test_nobody_signs_who_has_nothing_to_sign():
    whole = application(edition(NAME))
    digest = whole.signed[0].text_digest
    for key in ("drawings_comply.contractor", "drawings_comply.developer"):
        command = application(edition(NAME), signed=(*whole.signed, i.Signing(key, digest)))
        refused = Play(edition(NAME)).ask("applicant", command, "2022-06-09")
        assert refused == Refused(Reason.SIGNED_UNASKED, (key,))


def test_each_signature_says_for_whom_and_how_and_seals_the_authorised_person():
    signatures = filed(NAME, "2022-06-09").case.commitments
    assert [(s.role, s.person) for s in signatures] == [
        ("developer", None),
        ("surveyor", SEALS[NAME]["surveyor_person"]),
        ("designer", SEALS[NAME]["designer_person"]),
    ]
    means = [e.means for _, e in filed(NAME, "2022-06-09").log if hasattr(e, "means")]
    assert means == ["password", "letter", "letter"]


def test_whoever_signs_with_the_applicant_in_an_account_of_its_own_has_signed_itself():
    own, surveyor, designer = application(edition(NAME)).signed
    online = replace(surveyor, account="somebody", online=True)
    log = filed(NAME, "2022-06-09", signed=(own, online, designer)).log
    found = [(e.role, e.signer, e.means) for _, e in log if hasattr(e, "means")]
    assert found == [
        ("developer", "applicant", "password"),
        ("surveyor", "somebody", "password"),
        ("designer", "applicant", "letter"),
    ]


def test_another_authorised_person_signs_anew():
    play = filed(NAME, "2022-06-09", seals={**SEALS[NAME], "designer_person": "f" * 64})
    play.do(
        "window",
        "issue_correction",
        "2022-06-10",
        i.Corrections((defect("field.designer_person", "unclear"),)),
    )
    same = i.Supplement(DRAWINGS, SEALS[NAME], ())
    refused = play.ask("applicant", c.TakeAction("supply_corrections", same), "2022-06-13")
    keys = ("drawings_comply", "drawings_comply.surveyor", "drawings_comply.designer")
    assert refused == Refused(Reason.COMMITMENT_UNSIGNED, keys)
    signed = i.Supplement(DRAWINGS, SEALS[NAME], (), application(play.edition).signed)
    play.do("applicant", "supply_corrections", "2022-06-13", signed)
    assert play.case.commitments[-1].person == SEALS[NAME]["designer_person"]


def test_a_correction_that_names_the_same_persons_need_not_be_signed_anew():
    play = filed(NAME, "2022-06-09", handed_in=(paper("drawings"), paper("survey_report")))
    notice = i.Corrections((defect("material.fire_drawings"),))
    play.do("window", "issue_correction", "2022-06-10", notice)
    supplied = i.Supplement(DRAWINGS, SEALS[NAME], (paper("fire_drawings"),))
    play.do("applicant", "supply_corrections", "2022-06-13", supplied)
    assert len(play.case.commitments) == 3


def test_a_commitment_is_withdrawn_before_the_decision_and_not_after():
    """The worked example: to the ordinary track, where one notice asks for what is missing."""
    play = filed(NAME, "2022-06-09").do("window", "accept", "2022-06-09")
    play.do("applicant", "withdraw_commitment", "2022-06-10")
    assert (play.case.track, play.case.leaves) == ("ordinary", ("received",))
    missing = play.ask("window", c.TakeAction("accept"), "2022-06-10")
    assert missing == Refused(Reason.MATERIALS_MISSING, ("review_certificate",))
    notice = c.TakeAction(
        "issue_correction", i.Corrections((defect("material.review_certificate"),))
    )
    play.must("window", notice, "2022-06-13")
    decided = granted(NAME, "2022-06-09")
    refused = decided.ask("applicant", c.TakeAction("withdraw_commitment"), "2022-06-10")
    assert refused == Refused(Reason.NOT_NOW, ("withdraw_commitment",))


def test_what_is_deferred_is_not_saved():
    play = granted(NAME, "2022-06-09")
    found = materials(play.case, play.edition.definition, play.edition.conditions)
    assert (found.deferred, dict(found.saved)) == (("review_certificate",), {})


def test_until_the_certificate_is_there_the_works_are_not_begun():
    play = granted(NAME, "2022-06-09")
    started = report("report_start", "2022-06-20")
    refused = play.tell("applicant", started, "2022-06-20")
    assert refused == Refused(Reason.FORBIDDEN_YET, ("supply_certificate",))
    offered = {one.name for one in beside(play.case, play.desk("applicant", "2022-06-20"))}
    assert offered == {"supply_certificate"}
    play.must("applicant", report("supply_certificate", "2022-06-21"), "2022-06-21")
    play.must("applicant", report("report_start", "2022-06-21"), "2022-06-21")


def test_the_certificate_comes_as_a_file_and_not_as_a_word():
    play = granted(NAME, "2022-06-09")
    word = report("supply_certificate", "2022-06-21", papers=())
    refused = play.tell("applicant", word, "2022-06-21")
    assert refused == Refused(Reason.EVIDENCE_WANTED, ("review_certificate",))


def test_lots_are_drawn_at_the_decision_and_the_record_says_from_what():
    for seed, hit in ((DRAWN, True), (NOT_DRAWN, False)):
        play = granted(NAME, "2022-06-09", seed=seed)
        (lots,) = [e for _, e in play.log if type(e).__name__ == "CheckDrawn"]
        assert (lots.seed, lots.share, lots.drawn) == (seed, 30, hit)
        assert ("check_drawings" in play.case.obligations) is hit


def test_on_the_ordinary_track_nothing_is_owed_and_no_lots_are_drawn():
    play = filed(NAME, "2022-06-09", "ordinary").do("window", "accept", "2022-06-09")
    play.do("examiner", "examine", "2022-06-10", i.Opinion("grant", SEAL))
    play.do("leader", "grant", "2022-06-13")
    assert (play.case.code, play.case.obligations) == (11, {})
    assert "CheckDrawn" not in play.events
    served(play, "2022-06-13").do("window", "conclude", "2022-06-13")


def test_examined_on_commitment_it_is_granted_with_the_certificate_owed_all_the_same():
    play = filed(NAME, "2022-06-09").do("window", "accept", "2022-06-09")
    play.do("examiner", "examine", "2022-06-09", i.Opinion("grant", SEAL))
    play.do("leader", "grant", "2022-06-09")
    assert (play.case.code, play.case.leaves[0].split(".")[0]) == (12, "granted")


def test_decided_on_13_october_2022_it_is_published_by_the_24th_and_delivered_by_the_27th():
    """The worked example of delivery and of double publication."""
    play = granted(NAME, "2022-10-13")
    assert (play.due("publication"), play.due("delivery")) == ("2022-10-24", "2022-10-27")


def test_what_waits_for_itself_in_a_circle_is_found():
    def circle(data):
        duties = data["obligations"]
        duties["supply_certificate"]["reports"] = "works_completed"
        forbids = {**duties["supply_certificate"]["forbids"], "milestone": "works_completed"}
        duties["report_start"]["forbids"] = forbids

    assert "procedure.only_revocation" in rules(circle, NAME)
