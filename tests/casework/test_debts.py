"""The national code of a grant: 12 if materials or fees are put off by it, 11 otherwise; said by
no definition, and kept as long as the grant is in effect."""

import pytest

from permits.casework import inputs as i
from permits.casework.decide import Noted
from permits.definitions import loader
from permits.definitions.edition import compile_edition
from permits.definitions.findings import Marks
from permits.definitions.procedure import Code, DeregistrationGround
from tests.definitions.shipped import FOLDER, data, put
from tests.kit import SEAL, Play
from tests.staged import Site, served, supplied
from tests.workflows import kinds
from tests.workflows.deferring import (
    CIVIL,
    FEE,
    HOUSING,
    INFRA,
    accepted,
    application,
    deferred,
    fee_of,
    pay,
)

TODAY = "2022-06-09"
BOTH = pytest.mark.parametrize("name", [INFRA, CIVIL])


@BOTH
def test_a_fee_that_is_put_off_makes_it_12_until_the_file_is_closed(name):
    """Paid on 20 June, it was granted with a debt all the same: that is what the code tells."""
    play = deferred(name, TODAY)
    assert (play.case.code, play.case.leaves) == (12, ("in_force",))
    pay(play, fee_of(play).balance_fen, "2022-06-20")
    assert play.case.code == 12


@BOTH
def test_a_fee_that_was_paid_before_the_decision_makes_it_11(name):
    play = accepted(name, TODAY)
    assert isinstance(pay(play, fee_of(play).balance_fen, TODAY), Noted)
    play.do("window", "grant_on_the_spot", TODAY)
    assert play.case.code == 11


@BOTH
def test_on_the_ordinary_track_nothing_is_put_off(name):
    play = accepted(name, TODAY, "ordinary").do(
        "examiner", "examine", TODAY, i.Opinion("grant", SEAL)
    )
    pay(play, fee_of(play).balance_fen, TODAY)
    assert play.do("leader", "grant", TODAY).case.code == 11


def test_a_fee_that_is_fixed_with_the_grant_and_put_off_makes_it_12():
    changed = data(INFRA)
    fee = f"fees.{FEE[INFRA]}"
    put(changed, f"{fee}.frozen_at", "granted")
    of = changed["fees"][FEE[INFRA]]
    of["gates"] = [gate for gate in of["gates"] if gate["shuts"] != "grant"]
    of["ends"] = [end for end in of["ends"] if end["at"] == "revoked"]
    of["due"]["earliest"] = [{"milestone": "granted", "plus": "1m"}]
    built, findings = loader.build(changed, Marks())
    assert built is not None and not findings, "\n".join(map(str, findings))
    edition = compile_edition(built.definition, built.digest)
    for track, code in (("commitment", 12), ("ordinary", 11)):
        play = Play(edition)
        play.must("applicant", application(edition, track, HOUSING), TODAY)
        play.do("window", "accept", TODAY)
        play.do("examiner", "examine", TODAY, i.Opinion("grant", SEAL))
        assert play.do("leader", "grant", TODAY).case.code == code


def test_a_material_that_is_handed_in_later_makes_it_12():
    """The planning permit of a pit on a commitment; handed in before delivery, it stays 12."""
    play = Site().granted("pit", TODAY)
    assert play.case.code == 12
    supplied(play, "2022-06-10")
    served(play, "2022-06-13")
    assert (play.case.code, play.case.leaves) == (12, ("in_force",))


@pytest.mark.parametrize(("stage", "track"), [("pit", "ordinary"), ("whole", "commitment")])
def test_where_no_material_is_deferred_it_is_11(stage, track):
    """What is committed to never comes, so nothing of it is open."""
    assert Site().granted(stage, TODAY, track).case.code == 11


def test_a_case_that_is_concluded_owes_nothing():
    play = kinds.granted("drawing_review", TODAY)
    kinds.served(play, "2022-06-10")
    assert play.case.code == 12
    play.must("applicant", kinds.report("supply_certificate", "2022-07-20"), "2022-07-20")
    play.must("applicant", kinds.report("report_start", "2022-07-25"), "2022-07-25")
    play.checked("inspector", kinds.check("check_use", "2022-08-01"), "2022-08-01")
    assert play.do("window", "conclude", "2022-08-01").case.code == 11


def test_what_takes_a_grant_back_has_a_code_of_its_own():
    play = kinds.granted("drawing_review", TODAY)
    gone = i.Deregistration(DeregistrationGround.EXPIRED)
    assert play.do("window", "deregister", "2022-06-13", gone).case.code == 11


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_no_shipped_definition_says_the_code_itself(file):
    codes = {state["code"] for state in data(file.stem)["chart"]["states"].values()}
    assert Code.GRANTED_WITH_OPEN_DEBTS not in codes
