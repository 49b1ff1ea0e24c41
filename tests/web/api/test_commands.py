"""Doing something with a case: done once, refused with the reason, and then nothing is written."""

import uuid
from typing import Any

import pytest

from permits.services.demonstration.paper import pdf
from tests.web.api.program import V1, Programs, nothing_written, refused
from tests.web.housing import Housing

GHOST = str(uuid.uuid4())


@pytest.fixture
def home(housing: Housing) -> str:
    """A case that was filed on commitment."""
    return f"{V1}/cases/{housing.filed()}"


def test_the_same_key_and_body_bring_the_same_answer_and_act_once(
    housing: Housing, programs: Programs, home: str
) -> None:
    window, key = programs["window"], str(uuid.uuid4())
    first = window.order(f"{home}/actions/accept", key=key)
    assert first.json()["events"]
    with nothing_written(housing):
        again = window.order(f"{home}/actions/accept", key=key)
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert again.headers["etag"] == first.headers["etag"]


def test_the_same_key_with_another_body_is_a_problem(
    housing: Housing, programs: Programs, home: str
) -> None:
    window, key = programs["window"], str(uuid.uuid4())
    assert window.order(f"{home}/actions/accept", key=key).status_code == 200
    with nothing_written(housing):
        reason = {"reason": "不属于本机关职权范围"}
        other = window.order(f"{home}/actions/declare_not_competent", reason, key=key)
        refused(other, 409, "key_reused")


def test_what_was_refused_can_be_mended_under_the_same_key(programs: Programs, home: str) -> None:
    window, key, address = programs["window"], str(uuid.uuid4()), f"{home}/actions/deliver"
    window.must(f"{home}/actions/accept")
    window.must(f"{home}/actions/grant_on_the_spot")
    tomorrow = {"on": "2022-06-10", "means": "online"}
    refused(window.order(address, tomorrow, key=key), 422, "date_not_lawful")
    assert window.order(address, {**tomorrow, "on": "2022-06-09"}, key=key).status_code == 200


def test_keys_of_others_are_not_in_the_way(programs: Programs, home: str) -> None:
    key = str(uuid.uuid4())
    assert programs["window"].order(f"{home}/actions/accept", key=key).status_code == 200
    assert programs["fire"].order(f"{home}/actions/withdraw", key=key).status_code == 200


@pytest.mark.parametrize("key", ["", "short", "k" * 101, "with spaces in it", "schlüssel-eins"])
def test_without_a_key_that_can_be_one_nothing_is_done(
    housing: Housing, programs: Programs, home: str, key: str
) -> None:
    window, headers = programs["window"], {"idempotency-key": key.encode()} if key else {}
    with nothing_written(housing):
        answer = window.post(f"{home}/actions/accept", json={}, headers=headers)
        refused(answer, 400, "key_wanted")


def test_a_version_that_is_not_the_newest_is_told(
    housing: Housing, programs: Programs, home: str
) -> None:
    window = programs["window"]
    seen = window.get(home).headers["etag"]
    accepted = window.order(f"{home}/actions/accept", **{"if-match": seen})
    assert accepted.headers["etag"] != seen
    with nothing_written(housing):
        stale = window.order(f"{home}/actions/grant_on_the_spot", **{"if-match": seen})
        problem = refused(stale, 409, "overtaken")
    assert problem["about"] == [accepted.headers["etag"].strip('"')]
    fresh = {"if-match": accepted.headers["etag"]}
    assert window.order(f"{home}/actions/grant_on_the_spot", **fresh).status_code == 200


@pytest.mark.parametrize("version", ["7", '"seven"', "*", 'W/"7"', '"-1"', '"1", "2"'])
def test_a_version_that_is_none_is_told(
    housing: Housing, programs: Programs, home: str, version: str
) -> None:
    window = programs["window"]
    with nothing_written(housing):
        answer = window.order(f"{home}/actions/accept", **{"if-match": version})
        refused(answer, 400, "version_unreadable")


@pytest.mark.parametrize(
    ("who", "path", "body", "status", "reason"),
    [
        ("examiner", "actions/accept", {}, 403, "not_yours"),
        ("fire", "actions/accept", {}, 403, "not_yours"),
        ("window", "actions/bless", {}, 404, "no_such_action"),
        ("window", "actions/publish", {}, 409, "not_now"),
        ("window", "actions/declare_not_required", {}, 422, "reason_wanted"),
        ("window", "actions/declare_not_required", {"reason": " \n"}, 422, "reason_wanted"),
        ("window", "actions/issue_correction", {"defects": []}, 422, "nothing_to_correct"),
        ("leader", "extend", {"clock": "promise", "reason": "x"}, 409, "clock_not_running"),
        ("leader", "extend", {"clock": "eternity", "reason": "x"}, 404, "no_such_clock"),
        ("leader", "explain", {"clock": "promise", "reason": "x"}, 404, "no_such_clock"),
        ("window", "extend", {"clock": "promise", "reason": "x"}, 403, "not_yours"),
        ("fire", "report", {"obligation": "tea", "on": "2022-06-09"}, 404, "no_such_obligation"),
        (
            "fire",
            "report",
            {"obligation": "report_completion", "on": "2022-06-09"},
            409,
            "obligation_not_open",
        ),
        (
            "fire",
            "report",
            {"obligation": "report_completion", "on": "2022-06-09", "uploads": [GHOST]},
            404,
            "no_such_material",
        ),
        ("window", "pay", {"fee": "tea", "on": "2022-06-09", "amount_fen": 1}, 404, "no_such_fee"),
        (
            "window",
            "refund",
            {"fee": "tea", "on": "2022-06-09", "amount_fen": 1},
            404,
            "no_such_fee",
        ),
        ("supervisor", "undo", {"fee": "tea", "entry": 1}, 404, "no_such_fee"),
        ("supervisor", "reverse", {"reason": "x"}, 409, "not_reversible"),
        (
            "supervisor",
            "rectify",
            {"milestone": "lunch", "on": "2022-06-09", "reason": "x"},
            404,
            "no_such_milestone",
        ),
        (
            "supervisor",
            "rectify",
            {"milestone": "received", "on": "2022-06-10", "reason": "x"},
            422,
            "date_not_lawful",
        ),
    ],
)
def test_what_is_refused_says_why_and_leaves_no_trace(
    housing: Housing,
    programs: Programs,
    home: str,
    who: str,
    path: str,
    body: dict[str, Any],
    status: int,
    reason: str,
) -> None:
    program = programs[who]
    with nothing_written(housing):
        refused(program.order(f"{home}/{path}", body), status, reason)


def test_a_refusal_is_told_in_the_language_asked_for(programs: Programs, home: str) -> None:
    address = f"{home}/actions/publish"
    english = programs["window"].order(address)
    assert english.headers["content-language"] == "en"
    assert english.json()["detail"].startswith("“Publish” is not possible")
    chinese = programs["window"].order(address, **{"accept-language": "zh-CN"})
    assert chinese.headers["content-language"] == "zh-CN"
    assert "“公开”" in chinese.json()["detail"]
    assert chinese.json()["title"] == "目前不能这样办理"


@pytest.mark.parametrize(
    ("action", "raw", "pointers"),
    [
        ("deliver", '{"on": "9 June", "means": "bird"}', ["/on", "/means"]),
        ("deliver", '{"on": 1654732800, "means": "online"}', ["/on"]),
        ("deliver", '{"on": "1654732800", "means": "online"}', ["/on"]),
        ("deliver", "{}", ["/on", "/means"]),
        ("accept", '{"please": true}', ["/please"]),
        ("accept", "[]", [""]),
        ("declare_not_required", '{"reason": "\\u0000"}', ["/reason"]),
        ("accept", '{"a/b~c": 1}', ["/a~1b~0c"]),
        ("suspend", '{"cause": "lunch", "stated": "1wd", "notified": "yes"}',
         ["/cause", "/notified"]),
        ("issue_correction", '{"defects": [{"about": "x", "kind": "missing", "fix": ""}]}',
         ["/defects/0/about", "/defects/0/fix"]),
        ("supply_corrections", '{"answers": {"length_m": 1.5, "a": null}, "uploads": "x"}',
         ["/answers/length_m", "/answers/a", "/uploads"]),
        ("supply_corrections", '{"answers": {"length_m": 1000000000000000000000}}',
         ["/answers/length_m"]),
    ],
)  # fmt: skip
def test_every_place_that_does_not_fit_is_told(
    housing: Housing, programs: Programs, home: str, action: str, raw: str, pointers: list[str]
) -> None:
    headers = {"content-type": "application/json", "idempotency-key": str(uuid.uuid4())}
    window = programs["window"]
    with nothing_written(housing):
        answer = window.post(f"{home}/actions/{action}", content=raw, headers=headers)
        problem = refused(answer, 422, "unfit")
    assert [one["pointer"] for one in problem["errors"]] == pointers
    assert all(one["detail"] for one in problem["errors"])


def test_corrections_go_file_and_answer_together(housing: Housing, programs: Programs) -> None:
    case = housing.correcting("material.land_title", "field.length_m")
    fire, home = programs["fire"], f"{V1}/cases/{case}"
    notice = fire.read(home)["correction_notice"]
    assert [one["about"]["name"] for one in notice["defects"]] == [
        "material.land_title",
        "field.length_m",
    ]
    assert notice["defects"][0]["fix"] == "补交：material.land_title"
    refused(fire.hand_in(f"{home}/files?for=design_scheme", pdf("x")), 404, "no_such_material")
    kept = fire.hand_in(f"{home}/files?for=land_title", pdf("title")).json()
    supply = f"{home}/actions/supply_corrections"
    with nothing_written(housing):
        lacking = refused(fire.order(supply), 422, "corrections_incomplete")
        assert lacking["about"] == ["land_title"]
        wrong = fire.order(supply, {"answers": {"length_m": "long"}, "uploads": [kept["id"]]})
        problem = refused(wrong, 422, "bad_answers")
        assert problem["errors"][0]["pointer"] == "/answers/length_m"
        ghost = fire.order(supply, {"uploads": [GHOST]})
        refused(ghost, 404, "no_such_material")
    fire.must(supply, {"answers": {"length_m": 180}, "uploads": [kept["id"]]})
    case = fire.read(home)
    answers = {a["name"]: a["value"] for part in case["application"] for a in part["answers"]}
    assert answers["length_m"] == 180
    refused(fire.delete(kept["href"]), 404, "not_found")


def test_a_file_that_was_not_handed_in_can_be_taken_away(
    housing: Housing, programs: Programs
) -> None:
    home = f"{V1}/cases/{housing.correcting()}"
    fire, window = programs["fire"], programs["window"]
    kept = fire.hand_in(f"{home}/files?for=land_title", pdf("x")).json()
    assert kept["id"] in [one["id"] for one in fire.read(home)["files"]]
    assert kept["id"] not in [one["id"] for one in window.read(home)["files"]]
    refused(window.get(kept["href"]), 404, "not_found")
    assert fire.delete(kept["href"]).status_code == 204
    refused(fire.get(kept["href"]), 404, "not_found")


def test_a_check_names_inspectors_of_the_department(housing: Housing, programs: Programs) -> None:
    case = housing.published()
    home, inspector = f"{V1}/cases/{case}", programs["inspector"]
    programs["fire"].must(
        f"{home}/report", {"obligation": "report_completion", "on": "2022-06-09"}
    )
    mine = inspector.read(f"{V1}/sessions/current")["account"]["id"]
    found = {"passed": True, "on": "2022-06-09", "finding": "一致"}
    check = {"obligation": "check_after_completion", **found}
    with nothing_written(housing):
        for named in ([mine], [mine, GHOST], [mine, mine], []):
            sent = {**check, "inspectors": named}
            refused(inspector.order(f"{home}/verify", sent), 422, "inspectors_wanted")


def test_mistakes_of_the_office_are_mended(
    housing: Housing, programs: Programs, home: str
) -> None:
    window, supervisor = programs["window"], programs["supervisor"]
    window.must(f"{home}/actions/accept")
    (reverse, _rectify, _recusal) = supervisor.read(home)["beside"]
    assert (reverse["command"], reverse["what"]["name"]) == ("reverse", "accept")
    outcome = supervisor.must(reverse["href"], {"reason": "误操作"})
    assert outcome["events"] == ["ActionReversed"]
    assert outcome["state"]["name"] == "received"
