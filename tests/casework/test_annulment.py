"""Decisions that a reconsideration body or a court annulled (复议、诉讼)."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import inputs as i
from permits.casework.figures import facts_row, result
from permits.casework.openings_after import AfterOpening, openings_after
from permits.casework.party_commands import ImposeBar
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import due_rows
from permits.casework.savings import stands
from permits.definitions.procedure import DeregistrationGround as G
from tests.casework.afterwards import annulment, changed, refused
from tests.casework.records import Record
from tests.kit import SEAL, Play
from tests.staged import Site, served
from tests.workflows import deferring


def annulled(play: Play, on: str = "2022-09-01", *, anew: bool) -> Play:
    play.must("leader", annulment(on, anew=anew), on)
    return play


def open_clocks(play: Play) -> dict[str, str]:
    return {n: str(k.due) for n, k in play.case.clocks.items() if k.running}


def test_a_refusal_that_is_decided_anew_is_examined_again_with_new_limits():
    """Annulled on Thursday 1 September 2022: two working days promised, thirty by law: the
    holidays are left out, the make-up days of 8 and 9 October counted."""
    play = annulled(refused(), anew=True)
    assert play.case.leaves == ("examining",)
    assert open_clocks(play) == {"promise": "2022-09-05", "statutory": "2022-10-19"}
    assert (play.case.decision, play.case.opinion) == (None, None)
    assert result(play.case) == "open"


def test_the_old_decision_is_kept_and_its_documents_are_void():
    play = annulled(refused(), anew=True)
    (one,) = play.case.annulled
    assert (one.result, one.decided_by, str(one.decided_on)) == ("refused", "leader", "2022-06-09")
    assert (one.body, str(one.on), one.anew) == ("court", "2022-09-01", True)
    assert [d.document for d in play.case.documents if d.void] == ["refusal"]


def test_then_it_is_decided_like_any_other_and_its_days_count_from_the_reopening():
    """Examined and granted on Friday 2 September: one working day after it was opened again."""
    play = annulled(refused(), anew=True)
    play.do("examiner", "examine", "2022-09-02", i.Opinion("grant", SEAL))
    play.do("leader", "grant", "2022-09-02")
    row = facts_row(play.case, play.edition, play.days)
    assert (row.result, row.used_wd) == ("granted", 1)


def test_a_second_decision_may_be_annulled_as_well():
    play = annulled(refused(), anew=True)
    play.do("examiner", "examine", "2022-09-02", i.Opinion("refuse", SEAL))
    play.do("leader", "refuse", "2022-09-05", i.Reasoned(SEAL))
    annulled(play, "2022-10-10", anew=False)
    assert [one.result for one in play.case.annulled] == ["refused", "refused"]
    assert play.case.leaves == ("refusal_annulled",)


def test_a_refusal_that_is_not_decided_anew_ends_the_case():
    play = annulled(refused(), anew=False)
    assert (play.case.leaves, play.case.code) == (("refusal_annulled",), 15)
    assert (open_clocks(play), due_rows(play.case, play.edition)) == ({}, ())
    assert result(play.case) == "refused"


def test_a_grant_that_is_annulled_is_deregistered_as_a_later_step():
    play = annulled(Play().served("2022-06-09"), anew=False)
    assert play.case.leaves == ("annulled",)
    assert {held.status for held in play.case.obligations.values()} == {"voided"}
    assert (result(play.case), stands(play.case)) == ("revoked", False)
    wrong = c.TakeAction("deregister", i.Deregistration(G.EXPIRED))
    assert play.ask("window", wrong, "2022-09-02") == Refused(Reason.GROUND_NOT_LAWFUL)
    play.do("window", "deregister", "2022-09-02", i.Deregistration(G.REVOKED))
    assert play.case.leaves == ("deregistered",)


def test_a_grant_that_is_decided_anew_loses_its_duties_and_gets_them_again():
    play = annulled(Play().served("2022-06-09"), anew=True)
    assert play.case.obligations["report_completion"].status == "voided"
    assert play.case.track == "commitment"
    play.do("window", "grant_on_the_spot", "2022-09-02")
    held = play.case.obligations["report_completion"]
    assert (held.status, str(held.opened_on)) == ("open", "2022-09-02")


def test_what_is_being_served_stops():
    play = annulled(Play().granted("2022-06-09"), "2022-06-10", anew=True)
    assert set(open_clocks(play)) == {"promise", "statutory"}


def test_a_bar_falls_with_the_refusal_that_brought_it():
    """A bar of art. 78 that the head of the office had imposed falls as well."""
    play = refused()
    false = ImposeBar("false_materials", play.case.id, "health", SEAL)
    record = Record(case=play.case).must("leader", false, "2022-06-20")
    play.party = record.party
    annulled(play, anew=False)
    assert not play.party.bars["bar_1"].holds(date(2022, 9, 2))


@pytest.mark.parametrize("on", ["2022-06-08", "2022-09-02"])
def test_it_was_annulled_after_it_was_decided_and_not_tomorrow(on):
    outcome = refused().ask("leader", annulment(on, anew=True), "2022-09-01")
    assert outcome == Refused(Reason.DATE_NOT_LAWFUL, (on,))


def test_number_and_reasons_are_entered():
    play = refused()
    for lacking in ({"number": None}, {"reason": None}):
        texts = {"number": SEAL, "reason": SEAL, **lacking}
        command = a.RecordAnnulment("court", annulment("2022-09-01", anew=True).on, True, **texts)
        assert play.ask("leader", command, "2022-09-01") == Refused(Reason.REASON_WANTED)


def test_without_a_decision_there_is_nothing_to_annul():
    play = Play().accepted("2022-06-09")
    outcome = play.ask("leader", annulment("2022-06-09", anew=True), "2022-06-09")
    assert outcome == Refused(Reason.NOT_NOW, ("annulment",))
    gone = Play().granted("2022-06-09")
    gone.do("window", "deregister", "2022-06-10", i.Deregistration(G.OTHER))
    outcome = gone.ask("leader", annulment("2022-06-10", anew=True), "2022-06-10")
    assert outcome == Refused(Reason.NOT_NOW, ("annulment",))


def test_a_definition_may_not_provide_for_it():
    def without(data):
        del data["annulment"]
        chart = data["chart"]
        del chart["states"]["annulled"], chart["states"]["refusal_annulled"]
        chart["actions"]["deregister"]["moves"][0]["from"].remove("annulled")
        for clock in ("promise", "statutory"):
            data["clocks"][clock]["starts"].remove("reopened")

    play = Play(changed("plan_exempt", without)).granted("2022-06-09")
    outcome = play.ask("leader", annulment("2022-06-09", anew=True), "2022-06-09")
    assert outcome == Refused(Reason.NOT_IN_PROCEDURE)


def test_who_may_enter_it():
    play = refused()
    there = {
        who
        for who in ("applicant", "window", "examiner", "leader", "inspector", "supervisor")
        if AfterOpening("record_annulment")
        in openings_after(play.case, play.desk(who, "2022-09-01"))
    }
    assert there == {"leader", "supervisor"}


# Debts and projects.


def test_what_a_refusal_had_cancelled_is_owed_again():
    play = deferring.accepted(deferring.INFRA, "2022-06-09", "ordinary")
    before = deferring.fee_of(play)
    play.do("examiner", "examine", "2022-06-10", i.Opinion("refuse", SEAL))
    play.do("leader", "refuse", "2022-06-13", i.Reasoned(SEAL))
    assert deferring.fee_of(play).cancelled
    annulled(play, anew=True)
    after = deferring.fee_of(play)
    assert (after.cancelled, after.balance_fen) == (False, before.balance_fen)
    assert after.frozen_on == before.frozen_on


def test_a_debt_that_stays_after_a_revocation_stays_after_an_annulment():
    play = deferring.deferred(deferring.INFRA, "2022-06-09")
    amount = deferring.fee_of(play).balance_fen
    annulled(play, anew=False)
    fee = deferring.fee_of(play)
    assert (fee.lost, fee.balance_fen) == (True, amount)
    assert fee.due is not None


def test_while_it_is_decided_anew_payment_stays_put_off():
    play = deferring.building(deferring.INFRA, "2022-06-09", "2022-07-01")
    annulled(play, anew=True)
    assert (deferring.fee_of(play).deferred, deferring.duty_of(play).status) == (True, "voided")
    play.do("window", "grant_on_the_spot", "2022-09-02")
    again = deferring.report("report_construction_permit", "2022-09-05")
    play.must("applicant", again, "2022-09-05")
    assert deferring.duty_of(play).status == "open"


def test_the_project_is_told():
    site = Site()
    pit = served(site.granted("pit", "2022-06-09", "ordinary"), "2022-06-09")
    annulled(pit, "2022-06-20", anew=True)
    member = site.project.members[pit.case.id]
    assert (member.stands, member.attached) == (False, True)
    pit.do("examiner", "examine", "2022-06-21", i.Opinion("grant", SEAL))
    pit.do("leader", "grant", "2022-06-22")
    assert site.project.members[pit.case.id].stands


def test_a_stage_that_was_refused_comes_back_to_its_project():
    site = Site()
    play = site.filed("pit", "2022-06-09", "ordinary").do("window", "accept", "2022-06-09")
    play.do("examiner", "examine", "2022-06-10", i.Opinion("refuse", SEAL))
    play.do("leader", "refuse", "2022-06-13", i.Reasoned(SEAL))
    assert not site.project.members[play.case.id].attached
    annulled(play, "2022-06-20", anew=True)
    assert site.project.members[play.case.id].attached
