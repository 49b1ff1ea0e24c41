"""A text that was signed, byte for byte, for whoever sees the case."""

import hashlib

import pytest

from tests.web.api.program import V1, Program, Programs, application, refused
from tests.web.housing import Housing


def test_the_signature_names_the_text_and_says_where_it_is(
    housing: Housing, programs: Programs
) -> None:
    home = f"{V1}/cases/{housing.granted()}"
    for who in ("fire", "window", "auditor"):
        (signed,) = programs[who].read(home)["commitments"]
        answer = programs[who].get(signed["text"])
        assert answer.headers["content-type"] == "application/json"
        assert hashlib.sha256(answer.content).hexdigest() == signed["text_digest"]
        assert answer.json()["kind"] == signed["kind"]


def test_an_undertaking_is_there_as_well(housing: Housing, fire: Program) -> None:
    case = housing.filed("tolerant", leave_out=("project_approval",))
    held = fire.read(f"{V1}/cases/{case}")["undertaking"]
    answer = fire.get(held["text"])
    assert hashlib.sha256(answer.content).hexdigest() == held["text_digest"]
    assert answer.json()["kind"] == "undertaking"
    assert held["means"] == "password"
    assert held["shown_in"] == "zh"


@pytest.mark.parametrize("language", ["zh", "en", None])
def test_a_program_may_say_in_which_language_it_showed_the_text(
    fire: Program, language: str | None
) -> None:
    said = {} if language is None else {"shown_in": language}
    draft = fire.must(f"{V1}/drafts", application(fire, **said))
    receipt = fire.must(f"{V1}/cases", {"draft": draft["id"]})
    (signed,) = fire.read(receipt["href"])["commitments"]
    assert signed["shown_in"] == language


def test_another_language_is_none(fire: Program) -> None:
    refused(fire.order(f"{V1}/drafts", application(fire, shown_in="fr")), 422, "unfit")


def test_of_other_cases_and_of_texts_not_signed_in_it_nothing_is_told(
    housing: Housing, programs: Programs
) -> None:
    """That a text is kept for another case tells nothing about this one."""
    signed = programs["fire"].read(f"{V1}/cases/{housing.granted()}")["commitments"][0]
    other = f"{V1}/cases/{housing.filed('ordinary')}/signed-texts/{signed['text_digest']}"
    refused(programs["fire"].get(other), 404, "not_found")
    refused(programs["builder"].get(signed["text"]), 404, "no_such_case")
