"""What a published decision is worth, and whether a document of the office holds."""

from datetime import date

import pytest

from permits.casework.afterwards import Annulled
from permits.casework.case import Case, Drawn
from permits.casework.identifiers import is_sole_trader
from permits.casework.published import (
    CODE_LENGTH,
    Holds,
    Worth,
    as_typed,
    check_code,
    document_rows,
    holds,
    in_groups,
    phases,
    worth,
)
from permits.definitions.procedure import Code, Milestone, Phase

ON, LATER = date(2022, 6, 9), date(2022, 7, 1)
GRANT = Drawn("permit", "许〔2022〕1号", ON, "granted")


@pytest.mark.parametrize(
    ("phase", "code", "is_worth"),
    [
        (Phase.IN_EFFECT, Code.GRANTED, Worth.IN_FORCE),
        (Phase.CONCLUDED, Code.GRANTED, Worth.IN_FORCE),
        (Phase.REFUSED, Code.REFUSED, Worth.REFUSED),
        (Phase.ENDED, Code.REFUSED, Worth.REFUSED),
        (Phase.REVOKED, Code.REVOKED, Worth.REVOKED),
        (Phase.LAPSED, Code.GRANTED, Worth.ENDED),
        (Phase.ENDED, Code.REVOKED, Worth.ENDED),
        (Phase.EXAMINATION, Code.ACCEPTED, Worth.ENDED),
    ],
)
def test_what_a_decision_is_worth_its_phase_and_code_say(phase, code, is_worth):
    assert worth(phase, code) is is_worth
    assert phase in phases(is_worth)


def test_a_code_is_written_in_groups_and_read_however_it_is_typed():
    assert in_groups("40P3JMG6N7S8") == "40P3-JMG6-N7S8"
    assert as_typed("40p3 jmg6-n7s8") == as_typed("4OP3-JMG6-N7S8") == "40P3JMG6N7S8"


def test_a_check_code_is_of_one_number_in_one_case():
    case, other = Case(id="case/1", lookup="ab"), Case(id="case/2", lookup="cd")
    code = check_code(case, "许〔2022〕1号")
    assert len(code) == CODE_LENGTH
    assert code == check_code(case, "许〔2022〕1号")
    assert code not in (check_code(case, "许〔2022〕2号"), check_code(other, "许〔2022〕1号"))


def test_a_code_is_read_as_it_was_meant():
    assert as_typed("0o1i-l z") == "00111Z"


def test_every_document_of_a_case_is_found():
    case = Case(id="case/1", documents=(GRANT, Drawn("receipt", "收1", ON, "received")))
    assert [(one.number, one.case_id) for one in document_rows(case)] == [
        ("许〔2022〕1号", "case/1"),
        ("收1", "case/1"),
    ]


@pytest.mark.parametrize(
    ("milestone", "what"),
    [
        (Milestone.REVOKED, Holds.REVOKED),
        (Milestone.GRANT_WITHDRAWN, Holds.WITHDRAWN),
        (Milestone.VOIDED, Holds.VOIDED),
        (Milestone.EXPIRED, Holds.EXPIRED),
        (Milestone.DEREGISTERED, Holds.DEREGISTERED),
    ],
)
def test_a_grant_ends_as_its_case_does_and_no_other_document_with_it(milestone, what):
    case = Case(id="case/1", milestones={str(milestone): LATER})
    assert holds(case, GRANT) == (what, milestone)
    assert holds(case, Drawn("receipt", "收1", ON, "received")) == (Holds.HOLDS, None)


def test_a_document_that_was_undone_or_corrected_says_so():
    case = Case(id="case/1")
    assert holds(case, GRANT) == (Holds.HOLDS, None)
    void = Drawn("permit", "1", ON, "granted", void=True, corrected=True)
    corrected = Drawn("permit", "1", ON, "granted", corrected=True)
    assert holds(case, void) == (Holds.VOID, None)
    assert holds(case, corrected) == (Holds.CORRECTED, None)


def test_an_annulment_ends_the_decision_it_is_of_and_not_the_one_made_anew():
    annulled = Annulled(
        body="court",
        on=LATER,
        anew=True,
        number="",
        reason="",
        result="granted",
        decided_by="a",
        decided_on=ON,
    )
    case = Case(id="case/1", annulled=(annulled,))
    anew = Drawn("permit", "许〔2022〕2号", LATER, "granted")
    assert holds(case, GRANT) == (Holds.ANNULLED, Milestone.ANNULLED)
    assert holds(case, anew) == (Holds.HOLDS, None)


def test_whoever_trades_in_their_own_name_is_told_by_the_code():
    assert is_sole_trader("924101720000000011")
    assert not is_sole_trader("91350100M000100Y43")
