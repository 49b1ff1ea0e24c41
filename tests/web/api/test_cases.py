"""Reading a case: to each what they may see, personal values on purpose, dates explained."""

import hashlib
import json
import uuid

import pytest

from permits.casework.families.access import CaseShown, stream_of
from tests.web.api.program import V1, Program, Programs, nothing_written, refused
from tests.web.housing import Housing

PHONE = "0371-00000000"


@pytest.fixture
def home(housing: Housing) -> str:
    return f"{V1}/cases/{housing.published()}"


def answers(case: dict) -> dict[str, dict]:
    return {one["name"]: one for part in case["application"] for one in part["answers"]}


def test_a_case_says_where_it_stands_and_what_runs(fire: Program, home: str) -> None:
    case = fire.read(home)
    assert fire.get(home).headers["etag"] == f'"{case["version"]}"'
    assert fire.get(home).headers["cache-control"] == "no-store"
    assert case["state"]["name"] == "in_force"
    assert case["milestones"][0]["name"] == "received"
    clocks = {one["name"]: one for one in case["clocks"]}
    assert clocks["promise"]["light"] == "met"
    duty = next(one for one in case["obligations"] if one["name"] == "report_completion")
    assert duty["status"] == "open"
    assert case["beside"] == [
        {
            "command": "report",
            "what": {"name": "report_completion", "title": duty["title"]},
            "href": f"{home}/report",
        },
        {"command": "ask_recusal", "what": None, "href": f"{home}/ask_recusal"},
    ]
    assert case["fees"] == []
    assert case["decision"]["row"]["name"] == "short_line"
    assert case["decision"]["still_required"]


def test_the_applicant_sees_their_own_personal_answers(fire: Program, home: str) -> None:
    case = fire.read(home)
    assert case["personal"]
    assert answers(case)["contact_phone"]["value"] == PHONE


def test_an_officer_sees_personal_answers_on_purpose_and_that_is_noted(
    housing: Housing, programs: Programs, home: str
) -> None:
    window = programs["window"]
    with nothing_written(housing):
        case = window.read(home)
    hidden = answers(case)["contact_phone"]
    assert (hidden["value"], hidden["says"], hidden["masked"]) == (None, "037****0000", True)
    assert PHONE not in json.dumps(case)
    assert not case["personal"]
    body = {"reason": "serve_a_document", "words": "送达"}
    shown = window.post(f"{home}/personal", json=body).json()
    assert shown["personal"]
    assert answers(shown)["contact_phone"]["value"] == PHONE
    account = housing.people.actors["window"].id
    with housing.office.database.read() as connection:
        events = housing.office.accounts.records.events(connection, stream_of(account))
    noted = events[-1][1]
    assert isinstance(noted, CaseShown)
    assert (noted.case_id, noted.reason) == (f"case/{case['id']}", "serve_a_document")
    assert noted.fields == ("contact_name", "contact_phone")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"reason": "curiosity", "words": "看看"}, "/reason"),
        ({"reason": "serve_a_document", "words": " "}, "/words"),
        ({"reason": "serve_a_document", "words": "a\u202eb"}, "/words"),
        ({"reason": "serve_a_document"}, "/words"),
    ],
)
def test_an_officer_who_does_not_say_what_for_is_shown_nothing(
    housing: Housing, programs: Programs, home: str, body: dict[str, str], pointer: str
) -> None:
    window = programs["window"]
    with nothing_written(housing):
        answer = window.post(f"{home}/personal", json=body)
    refused(answer, 422, "unfit")
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


def test_an_auditor_is_shown_no_personal_answers(
    housing: Housing, programs: Programs, home: str
) -> None:
    auditor = programs["auditor"]
    with nothing_written(housing):
        assert PHONE not in json.dumps(auditor.read(home))
        body = {"reason": "serve_a_document", "words": "送达"}
        refused(auditor.post(f"{home}/personal", json=body), 403, "not_for_this_account")


def test_what_was_written_is_told_the_office_and_not_the_auditor(
    housing: Housing, programs: Programs
) -> None:
    home = f"{V1}/cases/{housing.correcting()}"
    for who, told in (("fire", True), ("window", True), ("auditor", False)):
        (defect,) = programs[who].read(home)["correction_notice"]["defects"]
        assert (defect["fix"] == "补交：material.land_title") == told, who


def test_the_code_is_told_the_applicant_and_the_window(
    housing: Housing, programs: Programs, home: str
) -> None:
    record = housing.record(home.rpartition("/")[2])
    code = record.values[record.case.lookup]
    for who, told in (("fire", True), ("window", True), ("leader", False), ("auditor", False)):
        receipt = programs[who].get(f"{home}/documents/1").text
        assert (code in receipt) == told, who
        assert code not in programs[who].get(home).text


def test_every_offer_that_is_shut_says_why(programs: Programs, housing: Housing) -> None:
    case = housing.filed("ordinary", leave_out=("land_title",))
    offers = {o["action"]: o for o in programs["window"].read(f"{V1}/cases/{case}")["offers"]}
    assert offers["accept"]["shut"]["reason"] == "materials_missing"
    assert offers["accept"]["shut"]["about"] == ["land_title"]
    assert offers["issue_correction"]["shut"] is None
    assert offers["issue_correction"]["takes"] == "Corrections"
    for who in ("auditor", "fire"):
        shut = programs[who].read(f"{V1}/cases/{case}")["offers"]
        assert {one["shut"]["reason"] for one in shut if one["action"] == "accept"} == {
            "not_yours"
        }


def test_a_date_is_explained_day_by_day(fire: Program, home: str) -> None:
    case = fire.read(home)
    promise = next(one for one in case["clocks"] if one["name"] == "promise")
    explained = fire.read(promise["explained"])
    assert explained["due"] == promise["due"]
    (term,) = explained["terms"]
    assert term["milestone"]["name"] == "accepted"
    assert term["days"][0]["reason"] == "start_day"
    counted = [day for day in term["days"] if day["counted"]]
    assert [day["number"] for day in counted] == list(range(1, len(counted) + 1))
    assert term["days"][-1]["date"] == promise["due"]


def test_an_explained_day_names_its_festival_and_notice(
    housing: Housing, fire: Program, home: str
) -> None:
    duty = next(
        one for one in fire.read(home)["obligations"] if one["name"] == "report_completion"
    )
    explained = fire.read(duty["explained"])
    days = [day for term in explained["terms"] for day in term["days"]]
    assert {day["reason"] for day in days} >= {"start_day"}
    festivals = {day["festival"] for day in days if day["reason"] == "holiday"}
    assert not festivals or None not in festivals


@pytest.mark.parametrize("path", ["clocks/lunch", "obligations/lunch", "fees/lunch", "clocks/X"])
def test_what_the_case_does_not_have_is_not_found(fire: Program, home: str, path: str) -> None:
    refused(fire.get(f"{home}/{path}"), 404, "not_found")


def test_documents_are_read_as_they_were_drawn_up(fire: Program, home: str) -> None:
    for listed in fire.read(home)["documents"]:
        document = fire.read(listed["href"])
        assert document["number"] == listed["number"]
        assert document["paragraphs"]
        assert document["basis"]["cited"]
    refused(fire.get(f"{home}/documents/99"), 404, "not_found")
    refused(fire.get(f"{home}/documents/0"), 404, "not_found")


def test_texts_are_in_the_language_asked_for(fire: Program, home: str) -> None:
    english = fire.read(home)
    chinese = fire.get(home, headers={"accept-language": "zh"}).json()
    assert english["state"]["title"] == "In force"
    assert english["state"]["name"] == chinese["state"]["name"]
    assert english["state"]["title"] != chinese["state"]["title"]
    assert fire.get(home, headers={"accept-language": ""}).json() == chinese


def test_a_case_of_others_looks_like_none_at_all(
    housing: Housing, programs: Programs, home: str
) -> None:
    builder, missing = programs["builder"], f"{V1}/cases/{uuid.uuid4()}"
    for path in ("", "/clocks/promise", "/documents/1", f"/files/{uuid.uuid4()}"):
        theirs, nothing = builder.get(home + path), builder.get(missing + path)
        assert refused(theirs, 404, "no_such_case") == refused(nothing, 404, "no_such_case")


def test_permit_types_are_read_with_what_is_to_be_answered(anyone: Program) -> None:
    (listed,) = anyone.read(f"{V1}/permits")["items"]
    permit = anyone.read(listed["href"])
    assert permit["digest"] == listed["digest"]
    assert permit["definition"]["form"]["sections"][0]["id"] == "works"
    refused(anyone.get(f"{V1}/permits/bakery"), 404, "no_such_permit")


def test_an_edition_is_read_byte_for_byte(anyone: Program, fire: Program, home: str) -> None:
    digest = fire.read(home)["definition"]
    content = anyone.get(f"{V1}/definitions/{digest}")
    assert hashlib.sha256(content.content).hexdigest() == digest
    assert "immutable" in content.headers["cache-control"]
    refused(anyone.get(f"{V1}/definitions/{'0' * 64}"), 404, "no_such_permit")
