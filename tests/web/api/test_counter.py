"""The counter by program: paper that came is scanned and done for the applicant, service is
recorded, visits are counted."""

import uuid
from typing import Any

import pytest

from permits.services.demonstration.paper import pdf
from permits.services.requests import OpinionIn, Reasoned
from tests.web.api.program import (
    V1,
    Program,
    Programs,
    application,
    nothing_written,
    refused,
)
from tests.web.housing import FIRE_BRIGADE, Housing
from tests.web.reviewer.test_counter import UNKNOWN

PAPER, AUTHORISATION, PROOF = "counter.paper", "counter.authorisation", "counter.proof"


def scan(window: Program, home: str, thing: str) -> str:
    address = f"{home}/for_applicant/files?for={thing}"
    return str(window.hand_in(address, pdf(thing)).json()["id"])


def brought(*scans: str, **changes: Any) -> dict[str, Any]:
    values = {"on": "2022-06-09", "name": "王经办", "capacity": "holder", "in_person": True}
    return {**values, "scans": list(scans), **changes}


@pytest.fixture
def home(housing: Housing) -> str:
    """A case whose notice asks for a material and an answer."""
    return f"{V1}/cases/{housing.correcting('material.land_title', 'field.length_m')}"


def test_corrections_on_paper_are_supplied(programs: Programs, home: str) -> None:
    window = programs["window"]
    paper, title = scan(window, home, PAPER), scan(window, home, "land_title")
    corrections = {"answers": {"length_m": 120}, "uploads": [title]}
    given = {"brought": brought(paper), "corrections": corrections}
    done = window.must(f"{home}/for_applicant", given)
    assert {"ActedForApplicant", "CorrectionsSupplied", "VisitRecorded"} <= {*done["events"]}
    case = window.read(home)
    assert [(v["on"], v["purpose"]["name"]) for v in case["visits"]] == [
        ("2022-06-09", "correction")
    ]
    assert {f["about"]["name"] for f in case["files"]} >= {PAPER, "land_title"}
    assert "王经办" not in window.get(home).text
    assert "王经办" in programs["fire"].get(home).text


def test_sent_twice_it_is_done_once(housing: Housing, programs: Programs, home: str) -> None:
    window, key = programs["window"], str(uuid.uuid4())
    given = {"brought": brought(scan(window, home, PAPER)), "withdrawal": {"reason": "计划调整"}}
    first = window.order(f"{home}/for_applicant", given, key=key)
    with nothing_written(housing):
        again = window.order(f"{home}/for_applicant", given, key=key)
    assert first.status_code == 200, first.text
    assert again.json() == first.json()


@pytest.mark.parametrize(
    ("does", "status", "reason"),
    [
        ({}, 422, "unfit"),
        ({"hearing": "asked", "withdrawal": {}}, 422, "unfit"),
        ({"corrections": {"answers": {"length_m": "long"}}}, 422, "bad_answers"),
        ({"corrections": {"uploads": ["unknown"]}}, 404, "no_such_material"),
        ({"supply": {"uploads": ["unknown"]}}, 404, "no_such_material"),
        ({"on_the_spot": {"uploads": ["unknown"]}}, 404, "no_such_material"),
        ({"recusal": {"officer": "nobody", "ground": "亲属"}}, 422, "no_such_officer"),
        ({"extension": {"obligation": "tea", "reason": "迟"}}, 404, "no_such_obligation"),
        ({"renewal": {"reason": "续"}}, 409, "not_in_procedure"),
        ({"amendment": {"answers": {"tea": 1}}}, 404, "no_such_field"),
        ({"amendment": {"answers": {"length_m": 1}}}, 409, "not_in_procedure"),
        ({"hearing": "waived"}, 409, "no_hearing"),
        ({"statement": {"statement": "说明"}}, 409, "not_now"),
        ({"commitment_withdrawal": {}}, 409, "condition_unmet"),
    ],
)
def test_what_cannot_be_done_is_told(
    housing: Housing, programs: Programs, home: str, does: Any, status: int, reason: str
) -> None:
    window = programs["window"]
    paper = scan(window, home, PAPER)
    with nothing_written(housing):
        answer = window.order(f"{home}/for_applicant", {"brought": brought(paper), **does})
        refused(answer, status, reason)


def test_scans_are_others_until_they_are_handed_in(
    housing: Housing, programs: Programs, home: str
) -> None:
    paper = scan(programs["window"], home, PAPER)
    refused(programs["window"].hand_in(f"{home}/for_applicant/files?for=tea", b""), 404,
            "no_such_material")  # fmt: skip
    assert programs["fire"].get(f"{home}/files/{paper}").status_code == 404
    with nothing_written(housing):
        given = {"brought": brought("unknown"), "withdrawal": {}}
        answer = programs["window"].order(f"{home}/for_applicant", given)
        refused(answer, 404, "no_such_material")


def test_errors_are_put_right_on_the_spot(housing: Housing, programs: Programs) -> None:
    home = f"{V1}/cases/{housing.filed('ordinary')}"
    window = programs["window"]
    spot = {"answers": {"works_name": "更正的名称"}}
    given = {"brought": brought(scan(window, home, PAPER)), "on_the_spot": spot}
    window.must(f"{home}/for_applicant", given)
    assert window.read(home)["title"] == "更正的名称"


def test_what_is_posted_is_served_when_it_arrives(
    housing: Housing, programs: Programs, home: str
) -> None:
    window = programs["window"]
    notice = window.read(home)["documents"][-1]
    assert notice["served"]["means"] == "online"
    given = {"number": notice["number"], "on": "2022-06-09", "means": "counter"}
    with nothing_written(housing):
        refused(window.order(f"{home}/serve_document", given), 422, "proof_wanted")
    proof = scan(window, home, PROOF)
    window.must(f"{home}/serve_document", {**given, "proof": [proof]})
    served = window.read(home)["documents"][-1]["served"]
    assert (served["on"], served["means"], served["proved"]) == ("2022-06-09", "counter", True)
    with nothing_written(housing):
        unknown = {**given, "proof": ["unknown"]}
        refused(window.order(f"{home}/serve_document", unknown), 404, "no_such_material")


def test_remedies_against_a_refusal_are_told(housing: Housing, programs: Programs) -> None:
    """Delivered on Thursday 9 June 2022: sixty days end on Monday 8 August, six months on Friday
    9 December."""
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    housing.act("examiner", case, "examine", OpinionIn(recommends="refuse", opinion="不符合"))
    housing.act("leader", case, "refuse", Reasoned(reason="不符合规划条件"))
    window, home = programs["window"], f"{V1}/cases/{case}"
    assert window.read(home)["documents"][-1]["served"] is None
    window.must(f"{home}/actions/deliver", {"on": "2022-06-09", "means": "online"})
    served = window.read(home)["documents"][-1]["served"]
    assert (served["reconsideration_until"], served["action_until"], served["provisional"]) == (
        "2022-08-08",
        "2022-12-09",
        False,
    )


def test_a_visit_is_counted(programs: Programs, home: str) -> None:
    window = programs["window"]
    window.must(f"{home}/came", {"on": "2022-06-09", "purpose": "enquiry"})
    (visit,) = window.read(home)["visits"]
    assert (visit["purpose"]["name"], visit["by_hand"]) == ("enquiry", True)


# Filing what came on paper.


def written(anyone: Program, window: Program, **changes: Any) -> dict[str, Any]:
    """An application that the window writes for the fire brigade, signed on paper."""
    return window.must(f"{V1}/drafts", {**application(anyone), "party": FIRE_BRIGADE, **changes})


def keep(window: Program, draft: dict[str, Any], thing: str) -> str:
    kept = window.hand_in(f"{draft['href']}/files?for={thing}", pdf(thing))
    assert kept.status_code == 201, kept.text
    return str(kept.json()["id"])


def test_what_came_on_paper_is_filed_by_program_by_the_same_rules(
    housing: Housing, programs: Programs
) -> None:
    window = programs["window"]
    draft = written(programs.anyone, window)
    assert [one["id"] for one in window.read(f"{V1}/drafts")["items"]] == [draft["id"]]
    came = brought(on="2022-06-08")
    given = {"draft": draft["id"], "brought": came}
    refused(window.order(f"{V1}/cases", {"draft": draft["id"]}), 422, "bringer_wanted")
    refused(window.order(f"{V1}/cases", given), 422, "scan_wanted")
    paper = keep(window, draft, PAPER)
    other = {"draft": draft["id"], "brought": {**came, "scans": ["nowhere"]}}
    refused(window.order(f"{V1}/cases", other), 404, "no_such_material")
    receipt = window.must(f"{V1}/cases", {**given, "brought": {**came, "scans": [paper]}})
    held = housing.record(receipt["href"].rpartition("/")[2])
    assert (held.case.channel, held.case.party) == ("counter", FIRE_BRIGADE)
    assert str(held.case.milestones["received"]) == "2022-06-08"
    assert held.case.commitments[0].means == "paper"
    assert window.read(f"{V1}/drafts")["items"] == []


def test_an_organisation_nobody_knows_is_registered_by_the_name_on_the_paper(
    housing: Housing, programs: Programs
) -> None:
    window, unknown = programs["window"], UNKNOWN
    body = {**application(programs.anyone), "party": unknown}
    with nothing_written(housing):
        refused(window.order(f"{V1}/drafts", body), 422, "bad_answers")
    window.must(f"{V1}/drafts", {**body, "party_name": "新来的单位"})
    assert housing.office.counter.known_party(unknown)


def test_the_counter_s_applications_are_nobody_else_s(programs: Programs) -> None:
    window, fire = programs["window"], programs["fire"]
    draft = written(programs.anyone, window)
    assert programs["leader"].get(draft["href"]).status_code == 403
    own = fire.must(f"{V1}/drafts", application(programs.anyone))
    given = {"draft": own["id"], "brought": brought()}
    refused(fire.order(f"{V1}/cases", given), 403, "not_yours")
    refused(
        fire.order(f"{V1}/drafts", {**application(programs.anyone), "party": UNKNOWN}),
        403,
        "not_yours",
    )
    nobody = window.order(f"{V1}/drafts", application(programs.anyone))
    assert nobody.status_code == 422


def test_an_agent_by_program_is_asked_for_the_letter(programs: Programs) -> None:
    window = programs["window"]
    draft = written(programs.anyone, window)
    keep(window, draft, PAPER)
    given = {"draft": draft["id"], "brought": brought(capacity="agent")}
    refused(window.order(f"{V1}/cases", given), 422, "scan_wanted")
    keep(window, draft, AUTHORISATION)
    window.must(f"{V1}/cases", given)
