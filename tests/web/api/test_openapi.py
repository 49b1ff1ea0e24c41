"""The OpenAPI document is complete and true: every route, every schema, every example."""

import re
from typing import Any

from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import TypeAdapter
from tools import api_examples

from permits.services import voice_requests as v
from permits.services.counter import ForApplicant
from permits.services.counter_shapes import ServeIn
from permits.services.requests import REQUEST_OF
from permits.web.api import (
    cases,
    cosigning,
    drafts,
    filing,
    notices,
    parties,
    register,
    sessions,
    verifying,
)
from permits.web.api.doing import COMMANDS, GIVEN, operation_of
from permits.web.api.entitlements import COMMANDS as ENTITLED
from permits.web.api.openapi import TAGS
from tests.web.api.program import PROBLEM, V1, Contract, Programs, application
from tests.web.housing import Housing

NO_OPERATIONS = {f"{V1}/openapi.json", "/api/docs"}


def routes(housing: Housing) -> list[Any]:
    """Every route of the API as the application answers it."""
    found = iter_route_contexts(housing.app.routes)
    return [
        one
        for one in found
        if isinstance(one.original_route, APIRoute) and one.path.startswith("/api")
    ]


def test_every_route_is_an_operation_and_every_operation_a_route(
    housing: Housing, contract: Contract
) -> None:
    known = {(method, one.path) for one in routes(housing) for method in one.methods}
    described = {(method, path) for method, path in contract.operations}
    assert known - described == {("GET", path) for path in NO_OPERATIONS}
    assert described <= known


def test_pages_are_no_operations(contract: Contract) -> None:
    assert all(path.startswith("/api/") for _method, path in contract.operations)


def test_operations_have_a_name_of_their_own_words_and_a_known_tag(contract: Contract) -> None:
    operations = contract.operations.values()
    names = [one["operationId"] for one in operations]
    assert len(names) == len(set(names))
    assert all(one["summary"] and one["description"] for one in operations)
    assert {tag for one in operations for tag in one["tags"]} == {name for name, _says in TAGS}


def test_every_reference_leads_somewhere_and_every_schema_is_used(contract: Contract) -> None:
    refs = set(re.findall(r"'\$ref': '#/components/schemas/([^']+)'", str(contract.document)))
    assert refs == set(contract.document["components"]["schemas"])


def test_whoever_must_be_signed_in_is_told_so(contract: Contract) -> None:
    for place, operation in contract.operations.items():
        closed = "401" in operation["responses"] and place != ("POST", f"{V1}/sessions")
        assert operation.get("security") == ([{"session": []}] if closed else None), place


UNKEYED = (
    f"{V1}/sessions",
    f"{V1}/sessions/current/proofs",
    f"{V1}/lookups",
    f"{V1}/objection-answers",
    f"{V1}/verifications",
    f"{V1}/cases/{{case}}/personal",
)
"""What is asked anew each time: nothing of a case is changed by it."""


def test_what_writes_under_a_key_says_so(contract: Contract) -> None:
    for place, operation in contract.operations.items():
        headers = {
            one["name"]: one["required"]
            for one in operation.get("parameters", [])
            if one["in"] == "header"
        }
        keyed = place[0] == "POST" and place[1] not in UNKEYED
        assert headers.get("Idempotency-Key", False) == keyed, place


def test_whoever_may_choose_badly_is_told_so(contract: Contract) -> None:
    for place, operation in contract.operations.items():
        chosen = [one["name"] for one in operation.get("parameters", []) if one["in"] == "query"]
        assert not chosen or "422" in operation["responses"], (place, chosen)


def test_every_problem_has_an_example_that_fits(contract: Contract) -> None:
    for place, operation in contract.operations.items():
        for status, response in operation["responses"].items():
            content = response.get("content", {}).get(PROBLEM)
            assert (content is not None) == (int(status) >= 400), (place, status)
            if content is not None:
                contract.fits(content["example"], content["schema"], str(place))
                assert content["example"]["status"] == int(status)


MODELS = {
    "open_session": sessions.Credentials,
    "prove_person": sessions.ProofOfPerson,
    "begin_draft": drafts.NewDraft,
    "write_draft": drafts.DraftContent,
    "file_application": filing.Filing,
    "look_up": register.LookUp,
    "show_personal_data": cases.Disclosure,
    **{operation_of(model): model for model in (*COMMANDS, *parties.PARTY_COMMANDS, *ENTITLED)},
    "object_to_case": v.CaseObjection,
    "read_objection_answer": notices.ObjectionCode,
    "verify_document": verifying.DocumentCode,
    "rate_service": v.Rating,
    "open_case_notice": v.OpenCaseNotice,
    "answer_case_objection": v.AnswerToObjection,
    "contact_rater": v.RaterContacted,
    "examine_rating": v.RatingFinding,
    "put_rating_right": v.RatingMeasures,
    "reply_to_rater": v.RatingReply,
    "invite_signer": cosigning.NewInvitation,
    "sign_invitation": cosigning.CoSignature,
    "for_applicant": ForApplicant,
    "serve_document": ServeIn,
}


def test_every_body_has_examples_that_are_taken(housing: Housing, contract: Contract) -> None:
    edition = housing.office.shelf.current("plan_exempt")
    actions = edition.definition.chart.actions
    for operation in contract.operations.values():
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            continue
        assert content["examples"], operation["operationId"]
        for name, example in content["examples"].items():
            model = MODELS.get(operation["operationId"])
            if model is None:
                model = REQUEST_OF[actions[name].act]
            TypeAdapter(model).validate_python(example["value"])
            contract.fits(example["value"], content["schema"], name)


def test_an_action_may_be_sent_each_of_its_bodies(contract: Contract) -> None:
    operation = contract.operations["POST", f"{V1}/cases/{{case}}/actions/{{action}}"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    named = [one["$ref"].rpartition("/")[2] for one in schema["anyOf"]]
    assert named == [model.__name__ for model in GIVEN]


def test_the_application_of_the_example_can_be_filed(programs: Programs) -> None:
    operations = programs.anyone.contract.operations
    content = operations["POST", f"{V1}/drafts"]["requestBody"]["content"]
    example = content["application/json"]["examples"]["whole"]["value"]
    assert example["signed"] == application(programs.anyone)["signed"]
    draft = programs["fire"].must(f"{V1}/drafts", example)
    assert draft["ready"]
    assert programs["fire"].must(f"{V1}/cases", {"draft": draft["id"]})["number"]


def test_every_answer_that_is_an_example_fits(contract: Contract) -> None:
    found = 0
    for operation in contract.operations.values():
        for status, response in operation["responses"].items():
            for kind, content in response.get("content", {}).items():
                if kind != PROBLEM and "example" in content:
                    contract.fits(content["example"], content["schema"], status)
                    found += 1
    assert found


def test_the_answers_that_are_shown_were_given() -> None:
    """If this fails because answers changed: python -m tools.api_examples."""
    assert api_examples.FILE.read_text(encoding="utf-8") == api_examples.recorded()
