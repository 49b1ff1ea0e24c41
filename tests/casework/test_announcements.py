"""What programs of others are told of a case, and what they are not."""

import pytest

from permits.casework.announcements import KINDS, announced
from permits.casework.case import Case
from permits.casework.families.deciding import Decided, Examined
from permits.casework.families.filing import Accepted
from permits.casework.families.obligations import ObligationSettled
from tests.kit import beijing

CASE = Case(id="case/1", number="GXGH-1", permit="plan_exempt")


def test_what_happened_is_told_with_the_number_and_the_kind_of_permit():
    event = Decided(result="granted", kind="", row="", still_required=())
    told = announced(event, CASE)
    assert told.kind == "case.decided"
    assert told.about == {
        "case": "1", "number": "GXGH-1", "permit": "plan_exempt", "result": "granted",
    }  # fmt: skip


def test_a_duty_is_named():
    told = announced(ObligationSettled("report", beijing("2022-06-09").date()), CASE)
    assert told == (
        "obligation.settled",
        {"case": "1", "number": "GXGH-1", "permit": "plan_exempt", "obligation": "report"},
    )


def test_what_stays_within_the_office_is_not_told():
    assert announced(Examined("grant", "seal"), CASE) is None


@pytest.mark.parametrize("kind", KINDS.values())
def test_every_kind_says_what_of_and_what(kind):
    of, _, what = kind.partition(".")
    assert of in ("case", "obligation")
    assert what.isidentifier()


def test_each_kind_is_told_of_one_event():
    assert len(set(KINDS.values())) == len(KINDS)
    assert Accepted in KINDS
