"""What is offered is what is carried out, and what is shut says why."""

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.decide import Noted, decide
from permits.casework.offers import Beside, beside, offers
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import (
    Act,
    DeregistrationGround,
    RevocationGround,
    Role,
    SpecialCause,
    WithdrawalGround,
)
from tests.casework.duties import built, check, pay, with_fee
from tests.casework.test_intake import incomplete, notice, supplement
from tests.kit import LINE, PEOPLE, SEAL, SEALED, Play, defect, officer, paper


def good_input(play, act):
    """Input that is in order for an act, whatever the case."""
    on = play.last.date()
    match act:
        case Act.ISSUE_CORRECTION:
            return i.Corrections((defect("field.works_place", "unclear"),))
        case Act.SUPPLY_CORRECTIONS:
            wanted = play.case.notices[-1].defects
            files = tuple(paper(d.about[9:]) for d in wanted if d.about.startswith("material."))
            return i.Supplement(LINE, SEALED, files)
        case Act.SUSPEND:
            return i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "5wd", notified=True)
        case Act.EXAMINE:
            return i.Opinion("grant", SEAL)
        case Act.DELIVER:
            return i.Service(on, "online")
        case Act.REVOKE:
            return i.Revocation(RevocationGround.OTHER, SEAL)
        case Act.DEREGISTER:
            revoked = "revoked" in play.case.milestones
            ground = DeregistrationGround.REVOKED if revoked else DeregistrationGround.EXPIRED
            return i.Deregistration(ground)
        case Act.WITHDRAW_GRANT:
            return i.Withdrawal(WithdrawalGround.LAW_CHANGED, SEAL, SEAL)
        case _:
            kind = i.INPUT_OF[act]
            return i.Reasoned(SEAL) if kind is i.Reasoned else i.Plain()


def situations():
    filed = Play().file("2022-06-09")
    correcting = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    corrected = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    corrected.do("applicant", "supply_corrections", "2022-06-13", supplement())
    suspended = Play().accepted("2022-06-09")
    special = i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "5wd", notified=True)
    suspended.do("examiner", "suspend", "2022-06-09", special)
    revoked = Play().granted("2022-06-09")
    revoked.revoked("2022-06-09", RevocationGround.OTHER)
    done = built()
    done.checked("inspector", check("2022-08-02"), "2022-08-02")
    return {
        "filed": filed,
        "incomplete": incomplete(),
        "correcting": correcting,
        "corrected": corrected,
        "accepted": Play().accepted("2022-06-09"),
        "accepted on commitment": Play().accepted("2022-06-09", "commitment"),
        "suspended": suspended,
        "proposed": Play().proposed("2022-06-09"),
        "granted": Play().granted("2022-06-09"),
        "served": Play().served("2022-06-09"),
        "built": built(),
        "checked": done,
        "revoked": revoked,
    }


SITUATIONS = situations()
PEOPLE["examining_leader"] = officer("examiner", Role.EXAMINER, Role.LEADER)
EVERYBODY = ("applicant", "stranger", "window", "examiner", "leader", "inspector", "supervisor",
             "auditor", "elsewhere", "examining_leader")  # fmt: skip


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("name", SITUATIONS)
def test_an_open_action_is_carried_out_and_a_shut_one_is_refused_for_the_reason_shown(name, who):
    play = SITUATIONS[name]
    desk = play.desk(who, play.last)
    offered = {offer.action: offer for offer in offers(play.case, desk)}
    for action, rule in desk.actions.items():
        if rule.act is Act.ACCEPT_BY_SILENCE:
            continue
        outcome = decide(
            play.case, c.TakeAction(action, good_input(play, rule.act)), desk
        ) if action in offered else None  # fmt: skip
        if action not in offered:
            continue
        offer = offered[action]
        if offer.open:
            assert isinstance(outcome, Noted), (action, outcome)
        else:
            assert isinstance(outcome, Refused), action
            assert outcome.reason is offer.shut.reason


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_is_not_offered_cannot_be_done(name):
    play = SITUATIONS[name]
    for who in EVERYBODY:
        desk = play.desk(who, play.last)
        offered = {offer.action for offer in offers(play.case, desk)}
        for action, rule in desk.actions.items():
            if action in offered or rule.act in (Act.ACCEPT_BY_SILENCE, Act.SUPPLY_CORRECTIONS):
                continue
            command = c.TakeAction(action, good_input(play, rule.act))
            outcome = decide(play.case, command, desk)
            assert isinstance(outcome, Refused), (who, action)


def test_an_officer_is_told_whose_action_it_is():
    play = SITUATIONS["proposed"]
    shut = {o.action: o.shut for o in offers(play.case, play.desk("window", play.last))}
    assert shut["grant"] == Refused(Reason.NOT_YOURS, ("leader",))


def test_a_window_is_told_what_is_missing_before_it_accepts():
    play = SITUATIONS["incomplete"]
    shut = {o.action: o.shut for o in offers(play.case, play.desk("window", play.last))}
    assert shut["accept"] == Refused(Reason.MATERIALS_MISSING, ("land_title", "design_scheme"))
    assert shut["issue_correction"] is None


def commands_of(play, who):
    return set(beside(play.case, play.desk(who, play.last)))


def test_beside_the_chart_each_is_offered_what_is_theirs():
    accepted, late = SITUATIONS["accepted"], Play().accepted("2022-06-09")
    late.must("timer", c.LapseClock("promise"), "2022-06-14")
    assert commands_of(accepted, "leader") == {
        Beside("extend", "promise"),
        Beside("extend", "statutory"),
        Beside("correct", ""),
    }
    assert Beside("explain", "promise") in commands_of(late, "leader")
    assert Beside("extend", "promise") not in commands_of(late, "leader")
    assert commands_of(SITUATIONS["served"], "applicant") == {
        Beside("report", "report_completion")
    }
    assert commands_of(SITUATIONS["built"], "inspector") == {
        Beside("verify", "check_after_completion")
    }
    assert commands_of(accepted, "supervisor") == {
        Beside("reverse", "accept"),
        Beside("rectify", ""),
    }
    assert commands_of(SITUATIONS["proposed"], "supervisor") == {Beside("rectify", "")}
    assert commands_of(accepted, "auditor") == set()


def test_a_fee_is_offered_to_the_window_until_it_is_paid():
    play = Play(with_fee()).granted("2022-06-09")
    assert commands_of(play, "window") == {Beside("pay", "charge"), Beside("correct", "")}
    play.must("window", pay(2_775_000, "2022-06-09"), "2022-06-09")
    assert commands_of(play, "window") == {Beside("correct", "")}
