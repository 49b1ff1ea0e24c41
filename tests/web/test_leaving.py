"""What somebody who leaves presides over, and what is said when the office is too busy to draw."""

from concurrent.futures import Future
from datetime import date

import pytest

from permits.casework.refusals import Reason, Refused
from permits.services import heard as h
from permits.services import leaving
from permits.services.leaving import Left
from permits.services.timers import lapse_due
from permits.store.leaving import Check
from tests.web import joint
from tests.web.housing import Housing, at

FIRST, SECOND = (Check(f"case/{n}", str(n), "check") for n in (1, 2))


@pytest.fixture
def office(housing: Housing) -> Housing:
    """An office where hearings are held."""
    return joint.opened(housing)


def chairs(office: Housing) -> tuple[str, ...]:
    """The hearings the supervisor presides over, as whoever closes the account is told."""
    known = office.office.standings.known(office.people.actors["supervisor"].id)
    return office.office.standings.leaving.work(known.account).hearings


def call(office: Housing, case: str) -> None:
    chair = office.people.actors["supervisor"].id
    called = h.CallHearing(day=date(2022, 6, 20), place="二楼", chair=chair)
    office.people.beside("leader", f"case/{case}", called)


def test_a_hearing_that_was_announced_is_found_though_the_law_sets_it_no_date(
    office: Housing,
) -> None:
    case = joint.proposed(office)
    office.people.beside("leader", f"case/{case}", h.AnnounceHearing(reason="涉及公共利益"))
    assert chairs(office) == (), "nobody was called to preside yet"
    call(office, case)
    assert chairs(office) == (office.record(case).case.number,)


def test_a_hearing_that_is_late_is_found_too_and_one_that_was_held_is_not(office: Housing) -> None:
    case = joint.proposed(office)
    for who, given in (("examiner", h.OfferHearing()), ("fire", h.AskForHearing())):
        office.people.beside(who, f"case/{case}", given)
    call(office, case)
    office.clock.now = at(2022, 7, 8)
    lapse_due(office.office.database, office.office.queue.submit, office.clock())
    assert office.record(case).case.hearing.overdue
    assert chairs(office) == (office.record(case).case.number,)
    came = [
        h.AttendanceIn(who="office", sign="signed", name="审查人"),
        h.AttendanceIn(who="applicant", sign="signed", name="申请人"),
    ]
    recorder = office.people.actors["window"].id
    held = h.RecordHearing(on=date(2022, 6, 20), recorder=recorder, record="笔录", attendance=came)
    office.people.beside("supervisor", f"case/{case}", held)
    assert chairs(office) == ()


def answered(*outcomes: object):
    """A writer that answers so, one after the other; what it does not answer is None."""
    left = iter(outcomes)

    def submit(_order: object) -> "Future[object]":
        sent: Future[object] = Future()
        match next(left):
            case None:
                pass
            case Exception() as error:
                sent.set_exception(error)
            case outcome:
                sent.set_result(outcome)
        return sent

    return submit


@pytest.mark.parametrize(
    ("outcomes", "left"),
    [
        (("drawn", "drawn"), Left(())),
        (("drawn", Refused(Reason.TOO_FEW_INSPECTORS, ("1",))), Left((SECOND,))),
        ((OSError("disk full"), "drawn"), Left((FIRST,))),
        (("drawn", None), Left((), (SECOND,))),
        ((None, None), Left((), (FIRST, SECOND))),
    ],
)
def test_who_is_gone_is_gone_whatever_comes_of_the_lots(
    housing: Housing, monkeypatch: pytest.MonkeyPatch, outcomes: tuple[object, ...], left: Left
) -> None:
    monkeypatch.setattr(leaving, "LONGEST_WAIT", 0.01)
    mover = housing.office.standings.leaving
    monkeypatch.setattr(mover, "submit", answered(*outcomes))
    assert mover.draw_again("somebody", (FIRST, SECOND), "调离") == left


def test_what_is_not_known_in_time_is_said_on_the_page_and_the_account_is_closed(
    housing: Housing, monkeypatch: pytest.MonkeyPatch
) -> None:
    mover = housing.office.standings.leaving
    monkeypatch.setattr(mover, "draw_again", lambda *_asked: Left((), (FIRST,)))
    inspector = housing.people.actors["inspector"].id
    page = f"/accounts/{inspector}/close"
    told = housing.browser("sysadmin").fill(page, reason="调离", hand_to="")
    assert told.status_code == 200
    assert "尚不确定" in told.text and FIRST.number in told.text
    assert not housing.office.standings.known(inspector).account.open
