"""What pages and API note in the access log, on each kind of database."""

import re
import uuid
from datetime import timedelta

import pytest

from permits.services import rebuild
from permits.services.watching import EACH_NOTED, worth_noting
from permits.store.access_log import Wanted
from tests.web.browsing import PASSWORD
from tests.web.housing import Housing


def noted(housing: Housing, who: str, *kinds: str) -> list[tuple[str, dict[str, object]]]:
    account = housing.people.actors[who].id
    found = list(housing.office.watching.noted(Wanted(account, kinds)))
    return [(one.kind, one.what) for one in reversed(found)]


@pytest.mark.parametrize(("times", "expected"), [(1, True), (10, True), (11, False), (99, False)])
def test_of_many_refusals_the_first_few_are_noted(times: int, *, expected: bool) -> None:
    assert worth_noting(times) is expected


def test_of_very_many_those_are_noted_that_say_how_many_they_are() -> None:
    assert [times for times in range(11, 20_000) if worth_noting(times)] == [100, 1_000, 10_000]


def test_who_tries_cases_of_others_is_seen_and_does_not_fill_the_log(anywhere: Housing) -> None:
    case, builder = anywhere.filed(), anywhere.browser("builder")
    assert builder.get(f"/cases/{case}").status_code == 404
    for _ in range(3 * EACH_NOTED):
        assert builder.get(f"/cases/{uuid.uuid4()}").status_code == 404
    found = noted(anywhere, "builder", "AccessRefused")
    assert [what["times"] for _kind, what in found] == list(range(1, EACH_NOTED + 1))
    assert found[0][1] == {"what": "/cases/{case}", "of": (case,), "status": 404, "times": 1}
    anywhere.clock.now += timedelta(minutes=11)
    builder.get(f"/cases/{case}")
    assert noted(anywhere, "builder", "AccessRefused")[-1][1]["times"] == 1
    assert not tuple(rebuild.check(anywhere.office.database))


def test_a_program_that_is_refused_is_noted_as_a_browser_is(housing: Housing) -> None:
    case, caller = housing.filed(), housing.browser()
    session = {"username": "builder", "password": PASSWORD}
    token = caller.post("/api/v1/sessions", json=session).json()["token"]
    bearer = {"authorization": f"Bearer {token}"}
    assert caller.get(f"/api/v1/cases/{case}", headers=bearer).status_code == 404
    ((_kind, what),) = noted(housing, "builder", "AccessRefused")
    assert what == {"what": "/api/v1/cases/{case}", "of": (case,), "status": 404, "times": 1}


def test_a_page_of_other_people_is_refused_and_noted(housing: Housing) -> None:
    assert housing.browser("fire").get("/audit").status_code == 403
    ((_kind, what),) = noted(housing, "fire", "AccessRefused")
    assert (what["what"], what["status"]) == ("/audit", 403)


def test_a_form_without_its_token_is_noted(housing: Housing) -> None:
    assert housing.browser("fire").post("/sign-out", data={"csrf": "wrong"}).status_code == 403
    ((_kind, what),) = noted(housing, "fire", "AccessRefused")
    assert (what["what"], what["status"]) == ("/sign-out", 403)


def test_words_in_an_address_are_not_kept(housing: Housing) -> None:
    fire = housing.browser("fire")
    assert fire.get("/audit/cases/张三 41010119900101123X").status_code in (403, 404)
    assert all(what["of"] == () for _k, what in noted(housing, "fire", "AccessRefused"))


def test_tables_that_are_taken_along_are_noted(housing: Housing) -> None:
    housing.granted()
    auditor = housing.browser("auditor")
    assert auditor.get("/audit/cases.csv").status_code == 200
    assert noted(housing, "auditor", "FileTaken") == [
        ("FileTaken", {"what": "/audit/cases.csv", "of": ()})
    ]


def test_uploads_are_noted_of_officers_and_not_of_whose_they_are(housing: Housing) -> None:
    case = housing.filed("ordinary")
    (upload, *_rest) = uploads_of(housing, case)
    assert housing.browser("window").get(f"/cases/{case}/files/{upload}").status_code == 200
    assert housing.browser("fire").get(f"/cases/{case}/files/{upload}").status_code == 200
    ((_kind, what),) = noted(housing, "window", "FileTaken")
    assert what["of"] == (case, upload)
    assert noted(housing, "fire", "FileTaken") == []


def uploads_of(housing: Housing, case: str) -> list[str]:
    page = housing.browser("window").get(f"/review/cases/{case}").text
    return re.findall(rf"/cases/{case}/files/([^\"?]+)", page)


def test_what_cannot_be_noted_is_not_given(
    housing: Housing, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor = housing.browser("auditor")

    def fails(*_given: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(housing.office.watching, "taken", fails)
    answer = auditor.get("/audit/cases.csv")
    assert answer.status_code == 500
    assert "disk" not in answer.text


def test_a_refusal_that_cannot_be_noted_is_still_a_refusal(
    housing: Housing, monkeypatch: pytest.MonkeyPatch
) -> None:
    fire = housing.browser("fire")

    def fails(*_given: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(housing.office.watching, "refused", fails)
    assert fire.get("/audit").status_code == 403
