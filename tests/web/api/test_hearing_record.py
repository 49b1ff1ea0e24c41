"""The record of a hearing by the API: kept by the chair, read by those who took part."""

import pytest

from tests.web.api.program import V1, Programs, nothing_written, refused
from tests.web.housing import Housing, at
from tests.web.joint import called, opened


@pytest.fixture
def case(housing: Housing) -> str:
    """A case whose hearing is held today, Monday 20 June."""
    found = called(opened(housing))
    housing.clock.now = at(2022, 6, 20)
    return f"{V1}/cases/{found}"


@pytest.fixture
def given(housing: Housing) -> dict[str, object]:
    return {
        "on": "2022-06-20",
        "recorder": housing.people.actors["window"].id,
        "record": "双方陈述意见。",
        "attendance": [
            {"who": "office", "sign": "signed", "name": "钱某某"},
            {"who": "applicant", "sign": "refused", "name": "赵某某", "reason": "有异议"},
        ],
    }


def test_the_chair_keeps_it_and_the_applicant_reads_it_as_a_document(
    programs: Programs, case: str, given: dict[str, object]
) -> None:
    programs["inspector"].must(f"{case}/record_hearing", given)
    hearing = programs["fire"].read(case)["hearing"]
    assert hearing["attendance"] == [
        {"who": "office", "sign": "signed"},
        {"who": "applicant", "sign": "refused"},
    ]
    record = programs["fire"].read(hearing["record"])
    assert record["title"] == "Record of the hearing" and record["to"] == ""
    assert record["items"][1] == {
        "title": "The applicant: 赵某某",
        "says": "did not sign: 有异议",
    }
    titles = [item["title"] for item in programs["leader"].read(hearing["record"])["items"]]
    assert titles[1] == "The applicant: 赵*"


def test_a_record_that_leaves_somebody_out_is_not_kept(
    housing: Housing, programs: Programs, case: str, given: dict[str, object]
) -> None:
    chair, address = programs["inspector"], f"{case}/record_hearing"
    with nothing_written(housing):
        refused(chair.order(address, {**given, "attendance": []}), 422, "record_incomplete")
        refused(chair.order(address, {**given, "recorder": "nobody"}), 422, "reason_wanted")
        no_sign = {**given, "attendance": [{"who": "office"}]}
        refused(chair.order(address, no_sign), 422, "unfit")
    assert chair.read(case)["hearing"]["record"] is None
