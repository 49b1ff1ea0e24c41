"""A payment that did not come in time, ordered to be made within a last term (责令限期缴纳)."""

from datetime import date
from functools import cache

import pytest

from permits.casework import commands as c
from permits.casework.check_rows import check_rows
from permits.casework.offers import Beside, beside
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import case_row, turn
from permits.casework.waiting_rows import waiting_rows
from permits.definitions import loader
from permits.definitions.edition import compile_edition
from permits.definitions.findings import Marks
from tests.definitions import shipped
from tests.kit import SEAL
from tests.workflows.deferring import DUTY, INFRA, building, check, duty_of, pay

LATE = DUTY[INFRA]
ORDER = c.OrderPayment(LATE, SEAL)


@cache
def without():
    """The shipped permit type, without a time to pay once it is ordered."""
    data = shipped.data(INFRA)
    for key in ("rectify_within", "rectify_basis"):
        del data["obligations"][LATE][key]
    built, findings = loader.build(data, Marks())
    assert built is not None and not findings, findings
    return compile_edition(built.definition, built.digest)


def owing():
    """Built from 1 July 2022, so to be paid by Sunday 1 January 2023, which ends on Tuesday 3."""
    play = building(INFRA, "2022-06-09", "2022-07-01")
    play.checked("inspector", check("2022-07-05"), "2022-07-05")
    return play


def late():
    play = owing()
    play.must("timer", c.FlagOverdue(LATE), "2023-01-04")
    return play


def ordered():
    """Ten working days from Wednesday 4 January end on Wednesday 18 January 2023."""
    play = late()
    play.must("leader", ORDER, "2023-01-04")
    return play


def test_what_was_not_paid_in_time_is_ordered_to_be_paid_within_a_last_term():
    play = ordered()
    held = duty_of(play)
    assert (str(held.due), held.overdue, held.ordered) == ("2023-01-18", False, True)
    [waits] = [one for one in waiting_rows(play.case, play.edition) if one.name == LATE]
    assert (waits.kind, str(waits.due_on)) == ("late_payment", "2023-01-18")
    row = case_row(play.case, play.edition)
    assert (row.due_name, row.rectifies) == (LATE, False), "nothing is to be put right"
    assert check_rows(play.case) == (), "there is nothing to check, only to be paid"


def test_the_payment_settles_it():
    play = ordered()
    pay(play, play.case.fees["infrastructure_charge"].balance_fen, "2023-01-10")
    assert duty_of(play).status == "settled"


def test_what_still_does_not_come_is_with_the_office_and_may_lead_to_a_notice():
    play = ordered()
    play.must("timer", c.FlagOverdue(LATE), "2023-01-19")
    assert turn(play.case, play.edition) == "office"
    assert Beside("notice", "") in beside(play.case, play.desk("leader", "2023-01-19"))


@pytest.mark.parametrize(
    ("begun", "command", "refused"),
    [
        (owing, ORDER, Refused(Reason.NOT_YET_DUE, (LATE,))),
        (late, c.OrderPayment(LATE), Refused(Reason.REASON_WANTED)),
        (late, c.OrderPayment("lunch", SEAL), Refused(Reason.NO_SUCH_OBLIGATION, ("lunch",))),
        (
            late,
            c.OrderPayment("report_construction_permit", SEAL),
            Refused(Reason.OBLIGATION_NOT_OPEN, ("report_construction_permit",)),
        ),
        (ordered, ORDER, Refused(Reason.ASKED_BEFORE, (LATE,))),
    ],
)
def test_it_is_ordered_once_and_of_a_payment_that_is_late(begun, command, refused):
    assert begun().ask("leader", command, "2023-01-04") == refused


def test_where_the_definition_gives_no_time_nothing_is_ordered():
    play = building(INFRA, "2022-06-09", "2022-07-01")
    play.edition = without()
    play.must("timer", c.FlagOverdue(LATE), "2023-01-04")
    assert play.ask("leader", ORDER, "2023-01-04") == Refused(Reason.NOT_IN_PROCEDURE)


def test_who_heads_the_office_is_offered_it():
    play = late()
    order = Beside("order_payment", LATE)
    day = date(2023, 1, 4).isoformat()
    offered = {w for w in ("leader", "window", "inspector", "applicant")
               if order in beside(play.case, play.desk(w, day))}  # fmt: skip
    assert offered == {"leader"}
