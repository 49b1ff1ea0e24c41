"""Whatever goes wrong under /api is told as problem details, and never with a traceback."""

import re
import uuid
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from permits.casework.refusals import Reason
from permits.services.queue import TooBusy
from permits.text.troubles import Trouble
from permits.web.problems import status_of
from permits.web.security import MOST_BODY, POLICY
from tests.web.api.program import PROBLEM, V1, Program, Programs, nothing_written, refused
from tests.web.housing import PDF, Housing

DRAFTS = f"{V1}/drafts"


def sent(**headers: str) -> dict[str, str]:
    own = {"content-type": "application/json", "idempotency-key": str(uuid.uuid4())}
    return {**own, **headers}


@pytest.mark.parametrize(
    "raw",
    [
        b"{", b"nonsense", b"\xff\xfe", b'{"a": NaN', b'{"permit": "\\ud800"}', b"[" * 10_000,
        b'{"permit": ' + b"9" * 5_000 + b"}", b"\x00",
    ],
)  # fmt: skip
def test_what_is_no_json_is_told(housing: Housing, fire: Program, raw: bytes) -> None:
    with nothing_written(housing):
        refused(fire.post(DRAFTS, content=raw, headers=sent()), 400, "unreadable")


@pytest.mark.parametrize("case", ["%00", "%2F%00", "a%2Fb%00"])
def test_an_address_that_cannot_be_read_is_told_wherever_it_would_lead(
    fire: Program, case: str
) -> None:
    refused(fire.request("GET", f"{V1}/cases/{case}/voices"), 400, "unreadable")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "json"])
def test_what_does_not_come_as_json_is_told(housing: Housing, fire: Program, kind: str) -> None:
    with nothing_written(housing):
        answer = fire.post(DRAFTS, content=b"{}", headers=sent(**{"content-type": kind}))
        refused(answer, 415, "wrong_media_type")


def test_a_charset_is_no_other_kind(fire: Program) -> None:
    kind = {"content-type": "application/json; charset=utf-8"}
    answer = fire.post(DRAFTS, content=b'{"permit": "plan_exempt"}', headers=sent(**kind))
    assert answer.status_code == 201


def test_what_is_too_large_is_told(housing: Housing, fire: Program) -> None:
    with nothing_written(housing):
        raw = b'{"permit": "' + b"x" * MOST_BODY + b'"}'
        refused(fire.post(DRAFTS, content=raw, headers=sent()), 413, "too_large")


@pytest.mark.parametrize(
    ("language", "came", "not_known"),
    [
        (
            "en",
            "What you sent has 1.5 MB, and at most 1.0 MB can be taken at this address.",
            "What you sent has more than 1.0 MB, which is the most",
        ),
        ("zh", "您提交的内容共有1.5 MB，此地址最多可接收1.0 MB。", "您提交的内容超过1.0 MB"),
    ],
)
def test_how_much_came_and_how_much_is_taken_is_told(
    fire: Program, language: str, came: str, not_known: str
) -> None:
    size, headers = 3 * MOST_BODY // 2, sent(**{"accept-language": language})
    problem = refused(fire.post(DRAFTS, content=b" " * size, headers=headers), 413, "too_large")
    assert problem["detail"].startswith(came)
    parts = (b" " * (size // 3) for _ in range(3))
    problem = refused(fire.post(DRAFTS, content=parts, headers=headers), 413, "too_large")
    assert problem["detail"].startswith(not_known)


def test_of_a_file_as_much_is_taken_as_its_address_takes(housing: Housing, fire: Program) -> None:
    draft = fire.must(DRAFTS, {"permit": "plan_exempt"})["href"]
    most = housing.office.uploading.limits.file_mb
    with nothing_written(housing):
        answer = fire.hand_in(f"{draft}/files?for=land_title", b"x" * (most + 1) * MOST_BODY)
        problem = refused(answer, 413, "too_large")
    assert f"has {most + 1}.0 MB, and at most {most}.1 MB can be taken" in problem["detail"]


@pytest.mark.parametrize(
    "more",
    [
        {"data": {"for": "land_title"}, "files": [("file", ("a.pdf", PDF))]},
        {"files": [("file", ("a.pdf", PDF)), ("file", ("b.pdf", PDF))]},
    ],
)
def test_a_form_with_more_than_a_file_is_told(
    housing: Housing, fire: Program, more: dict[str, Any]
) -> None:
    draft = fire.must(DRAFTS, {"permit": "plan_exempt"})["href"]
    headers = {"idempotency-key": str(uuid.uuid4())}
    with nothing_written(housing):
        answer = fire.post(f"{draft}/files?for=land_title", headers=headers, **more)
        problem = refused(answer, 400, "too_many_parts")
    assert problem["detail"].startswith("What you sent has more than one part.")


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v2/cases", "/api/v1/nothing"])
def test_an_address_that_is_none_is_told(fire: Program, path: str) -> None:
    answer = fire.get(path)
    if path == "/api":
        assert answer.status_code == 404
    else:
        refused(answer, 404, "not_found")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_method_that_is_not_taken_is_told(fire: Program, method: str) -> None:
    answer = fire.request(method, f"{V1}/cases")
    refused(answer, 405, "method_unknown")
    assert answer.headers["allow"]


def test_a_page_of_another_site_is_turned_away(housing: Housing, fire: Program) -> None:
    with nothing_written(housing):
        answer = fire.post(DRAFTS, json={}, headers={"sec-fetch-site": "cross-site"})
        refused(answer, 403, "not_for_this_account")


def test_a_host_that_is_not_ours_is_turned_away(fire: Program) -> None:
    refused(fire.get(f"{V1}/permits", headers={"host": "evil.example"}), 400, "unreadable")


@pytest.mark.parametrize(
    ("fault", "status", "reason"),
    [
        (TooBusy(), 503, "busy"),
        (OperationalError("SELECT secret", {}, Exception("locked")), 503, "busy"),
        (RuntimeError("secret"), 500, "fault"),
    ],
)
def test_a_fault_is_told_without_a_traceback(
    housing: Housing,
    programs: Programs,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    status: int,
    reason: str,
) -> None:
    window, case = programs["window"], housing.filed()

    def raising(*_args: object) -> None:
        raise fault

    monkeypatch.setattr(housing.office.cases, "act", raising)
    with nothing_written(housing):
        answer = window.order(f"{V1}/cases/{case}/actions/accept")
    problem = refused(answer, status, reason)
    assert "secret" not in str(problem)
    assert ("retry-after" in answer.headers) == (status == 503)


@pytest.mark.parametrize("what", [*Trouble, *Reason])
def test_the_type_of_every_problem_leads_to_a_description(
    anyone: Program, what: Trouble | Reason
) -> None:
    kind = anyone.read(f"/api/problems/{what}")
    assert (kind["reason"], kind["type"]) == (what, f"/api/problems/{what}")
    assert kind["detail"]
    assert not re.search(r"%\(|“”|\s[.;,]|: ?\.", kind["detail"]), "a place is not filled"
    if isinstance(what, Trouble):
        assert kind["status"] == status_of(what)


def test_a_description_is_a_page_for_browsers(housing: Housing, anyone: Program) -> None:
    page = anyone.get("/api/problems/not_now", headers={"accept": "text/html,*/*;q=0.8"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>目前不能这样办理</h1>" in page.text
    refused(anyone.get("/api/problems/unheard_of"), 404, "not_found")


def test_every_kind_of_problem_is_listed(anyone: Program) -> None:
    listed = {one["reason"] for one in anyone.read("/api/problems")["items"]}
    assert listed == {*map(str, Trouble), *map(str, Reason)}


def test_every_answer_has_the_headers_of_pages(fire: Program) -> None:
    for address in (f"{V1}/permits", f"{V1}/cases", f"{V1}/nothing", "/api/problems"):
        answer = fire.get(address)
        assert answer.headers["content-security-policy"] == POLICY, address
        assert answer.headers["x-content-type-options"] == "nosniff", address
        assert answer.headers["cache-control"] == "no-store", address
        assert answer.headers["x-request-id"]


def test_problems_are_told_in_chinese_unless_asked_otherwise(fire: Program) -> None:
    answer = fire.get(f"{V1}/nothing", headers={"accept-language": ""})
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["title"] == "未找到"
    assert answer.headers["vary"] == "Accept-Language"
