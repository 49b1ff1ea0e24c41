"""A check by several officers: one writes the record, each signs for themselves, and nothing
follows from it before (行政许可法 art. 34 and 61)."""

from dataclasses import replace

import msgspec
import pytest

from permits.casework import commands as c
from permits.casework.check_rows import check_rows
from permits.casework.decide import Noted
from permits.casework.offers import Beside, beside
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Role
from tests.casework.duties import TWO, built, check
from tests.kit import SEAL, Play, officer

DUTY, DAY, OTHER = "check_after_completion", "2022-08-02", "another_inspector"
THREE = (*TWO, "third")


def written(*, passed: bool = True, inspectors: tuple[str, ...] = TWO) -> Play:
    """A case in which the first inspector wrote a record and signed it."""
    play = built()
    play.must("inspector", check(DAY, passed=passed, inspectors=inspectors), DAY)
    return play


def sign(play: Play, who: str, *, agrees: bool = True, **changes: str | None) -> Noted | Refused:
    """Somebody signs the record, or sends it back."""
    told = {"obligation": DUTY, "record": SEAL, "reason": SEAL, **changes}
    desk = replace(play.desk("inspector", DAY), actor=officer(who, Role.INSPECTOR))
    return play.carry_out(c.SignCheck(agrees=agrees, **told), desk)


def offered(play: Play, who: str) -> set[str]:
    desk = replace(play.desk("inspector", DAY), actor=officer(who, Role.INSPECTOR))
    return {one.command for one in beside(play.case, desk) if one.name == DUTY}


@pytest.mark.parametrize("passed", [True, False])
def test_nothing_follows_from_a_record_that_not_everybody_signed(passed):
    play = written(passed=passed)
    held = play.case.obligations[DUTY]
    assert (held.status, held.failed, held.ordered) == ("open", False, False)
    assert held.record is not None and held.record.unsigned == (OTHER,)
    assert isinstance(sign(play, OTHER), Noted)
    held = play.case.obligations[DUTY]
    assert (held.status == "settled", held.failed, held.record) == (passed, not passed, None)


def test_whoever_did_not_check_or_has_signed_signs_nothing():
    play = written()
    nothing = Refused(Reason.NOTHING_TO_SIGN, (DUTY,))
    for who in ("inspector", "third"):
        assert sign(play, who) == nothing
        assert "sign_check" not in offered(play, who)
    assert "sign_check" in offered(play, OTHER)
    sign(play, OTHER)
    assert sign(play, OTHER) == nothing, "it is checked"
    assert sign(built(), OTHER) == nothing, "no record was written"
    assert sign(Play().granted("2022-06-09"), OTHER) == nothing, "it is not owed yet"
    assert sign(play, OTHER, obligation="tea") == Refused(Reason.NO_SUCH_OBLIGATION, ("tea",))


def test_what_was_checked_by_somebody_who_acted_for_the_applicant_is_signed_by_nobody():
    play = written()
    play.case = msgspec.structs.replace(play.case, acted_for=("inspector",))
    assert sign(play, OTHER) == Refused(Reason.ACTED_FOR_APPLICANT)
    assert "sign_check" not in offered(play, OTHER)


def test_only_inspectors_are_offered_it():
    play = written()
    desk = replace(play.desk("window", DAY), actor=officer(OTHER, Role.WINDOW))
    assert Beside("sign_check", DUTY) not in beside(play.case, desk)
    assert play.carry_out(c.SignCheck(DUTY, SEAL, agrees=True), desk) == Refused(Reason.NOT_YOURS)


def test_of_three_the_last_one_completes_it():
    play = written(inspectors=THREE)
    sign(play, "third")
    assert play.case.obligations[DUTY].status == "open"
    assert play.events[-1] == "CheckSigned"
    sign(play, OTHER)
    assert play.case.obligations[DUTY].status == "settled"


def test_a_record_that_was_not_read_is_not_signed():
    assert sign(written(), OTHER, record="0" * 64) == Refused(Reason.OVERTAKEN)


def test_who_does_not_agree_sends_it_back_with_the_reason_and_another_is_written():
    play = written()
    assert sign(play, OTHER, agrees=False, reason=None) == Refused(Reason.REASON_WANTED)
    assert isinstance(sign(play, OTHER, agrees=False), Noted)
    held = play.case.obligations[DUTY]
    assert (held.status, held.record, play.events[-1]) == ("open", None, "CheckReturned")
    play.checked("inspector", check(DAY, passed=False), DAY)
    assert play.case.obligations[DUTY].failed


def test_another_record_takes_the_place_of_one_that_waits():
    play = written()
    again = check(DAY, passed=False, finding="9" * 64)
    play.must("inspector", again, DAY)
    record = play.case.obligations[DUTY].record
    assert record is not None and not record.passed
    assert sign(play, OTHER) == Refused(Reason.OVERTAKEN)


def test_the_record_and_the_last_signature_are_undone_one_by_one():
    play = written()
    sign(play, OTHER)
    play.must("supervisor", c.ReverseAction(SEAL), DAY)
    record = play.case.obligations[DUTY].record
    assert record is not None and record.unsigned == (OTHER,)
    fresh = written()
    fresh.must("supervisor", c.ReverseAction(SEAL), DAY)
    assert fresh.case.obligations[DUTY].record is None


def test_those_who_are_still_to_sign_have_it_in_their_pile():
    play = written(inspectors=THREE)
    assert {row.officer for row in check_rows(play.case)} == {OTHER, "third"}
    sign(play, "third")
    assert {row.officer for row in check_rows(play.case)} == {OTHER}
    sign(play, OTHER)
    assert check_rows(play.case) == ()
