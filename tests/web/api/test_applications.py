"""Applications by programs: written whole, with files, filed once; wrong ones leave nothing."""

import uuid
from typing import Any

import pytest

from permits.services.demonstration.paper import pdf
from tests.web.api.program import (
    V1,
    Program,
    Programs,
    application,
    nothing_written,
    refused,
)
from tests.web.housing import Housing

DRAFTS = f"{V1}/drafts"


@pytest.fixture
def whole(anyone: Program) -> dict[str, Any]:
    return application(anyone)


@pytest.fixture
def ordinary(fire: Program, whole: dict[str, Any]) -> dict[str, Any]:
    """A draft on the ordinary track, without files."""
    return fire.must(DRAFTS, {**whole, "track": "ordinary", "signed": {}})


def content(whole: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What a draft is written anew with."""
    return {name: value for name, value in {**whole, **changes}.items() if name != "permit"}


def test_a_draft_tells_what_is_wrong_and_which_tracks_are_open(fire: Program) -> None:
    answers = {"works_name": "燃气工程", "listed_as": "short_line", "length_m": 250}
    draft = fire.must(DRAFTS, {"permit": "plan_exempt", "answers": answers})
    misfits = {one["field"]: one for one in draft["misfits"]}
    assert misfits["works_place"]["fault"] == "missing"
    assert misfits["works_place"]["detail"] == "Fill in: Where the works are"
    tracks = {one["track"]["name"]: one for one in draft["tracks"]}
    assert tracks["ordinary"]["shut"] is None
    assert tracks["commitment"]["shut"]["reason"] == "not_admitted"
    treated = {m["material"]["name"]: m["treatment"] for m in tracks["ordinary"]["materials"]}
    assert treated["land_title"] == "supplied"
    (sign,) = tracks["commitment"]["commitments"]
    assert sign["notice"]
    assert not draft["ready"]


def test_each_track_is_signed_with_what_is_named_for_it_and_no_more(
    housing: Housing, anyone: Program, fire: Program, whole: dict[str, Any]
) -> None:
    digests = anyone.read(f"{V1}/permits/plan_exempt")["text_digests"]
    wanted = {track: [*signed] for track, signed in digests.items()}
    assert wanted == {
        "ordinary": [], "commitment": ["true_declaration"], "tolerant": ["undertaking"],
    }  # fmt: skip
    for track, signed in digests.items():
        draft = fire.must(DRAFTS, {**whole, "track": track, "signed": signed})
        assert draft["ready"], track
    mixed = {**digests["commitment"], **digests["tolerant"]}
    with nothing_written(housing):
        problem = refused(fire.order(DRAFTS, {**whole, "signed": mixed}), 422, "signed_unasked")
    assert problem["about"] == ["undertaking"]


def test_a_draft_can_be_gone_on_with_on_the_pages(
    housing: Housing, fire: Program, whole: dict[str, Any]
) -> None:
    draft = fire.must(DRAFTS, whole)
    page = housing.browser("fire2").get(f"/drafts/{draft['id']}/check")
    assert page.status_code == 200
    assert "特勤大队燃气工程" in page.text


def test_a_draft_is_written_anew_whole_and_again_without_a_change(
    fire: Program, whole: dict[str, Any]
) -> None:
    draft = fire.must(DRAFTS, whole)
    answers = {name: value for name, value in whole["answers"].items() if name != "underground"}
    answers["length_m"] = 160
    changed = content(whole, answers=answers, track="", signed={})
    first = fire.put(draft["href"], json=changed, headers={"if-match": '"1"'})
    assert first.headers["etag"] == '"2"'
    assert first.json()["answers"]["length_m"] == "160"
    assert "underground" not in first.json()["answers"]
    again = fire.put(draft["href"], json=changed, headers={"if-match": '"1"'})
    assert again.json() == first.json()
    other = fire.put(draft["href"], json=content(whole), headers={"if-match": '"1"'})
    refused(other, 409, "overtaken")
    assert fire.read(draft["href"]) == first.json()


def test_the_same_application_under_the_same_key_is_one_draft(
    housing: Housing, fire: Program, whole: dict[str, Any]
) -> None:
    key = str(uuid.uuid4())
    first = fire.order(DRAFTS, whole, key=key)
    assert first.headers["location"] == first.json()["href"]
    with nothing_written(housing):
        assert fire.order(DRAFTS, whole, key=key).json() == first.json()
        other = fire.order(DRAFTS, {**whole, "track": "ordinary", "signed": {}}, key=key)
        refused(other, 409, "key_reused")
    assert len(fire.read(DRAFTS)["items"]) == 1


@pytest.mark.parametrize(
    ("change", "pointer", "detail"),
    [
        ({"length_m": "long"}, "/answers/length_m", "write a whole number"),
        ({"length_m": 10**13}, "/answers/length_m", "at most"),
        ({"works_place": ""}, "/answers/works_place", "Fill in"),
        ({"road_class": "motorway"}, "/answers/road_class", "choose one of the answers"),
        ({"starts_on": "20 June"}, "/answers/starts_on", "write a date"),
        ({"colour": "red"}, "/answers/colour", "is not asked here"),
    ],
)
def test_each_wrong_answer_is_told_where_it_stands(
    housing: Housing,
    fire: Program,
    whole: dict[str, Any],
    change: dict[str, Any],
    pointer: str,
    detail: str,
) -> None:
    sent = {**whole, "answers": {**whole["answers"], **change}}
    with nothing_written(housing):
        problem = refused(fire.order(DRAFTS, sent), 422, "bad_answers")
    assert problem["about"] == [pointer.removeprefix("/answers/")]
    (wrong,) = problem["errors"]
    assert wrong["pointer"] == pointer
    assert detail in wrong["detail"]


@pytest.mark.parametrize(
    ("change", "status", "reason"),
    [
        ({"permit": "bakery"}, 404, "no_such_permit"),
        ({"track": "fast"}, 404, "no_such_track"),
        ({"signed": {"true_declaration": "0" * 64}}, 409, "notice_changed"),
        ({"signed": {"other": "0" * 64}}, 422, "signed_unasked"),
    ],
)
def test_what_cannot_be_begun_is_refused(
    housing: Housing,
    fire: Program,
    whole: dict[str, Any],
    change: dict[str, Any],
    status: int,
    reason: str,
) -> None:
    with nothing_written(housing):
        refused(fire.order(DRAFTS, {**whole, **change}), status, reason)


def test_a_shut_track_says_why(fire: Program, whole: dict[str, Any]) -> None:
    sent = {**whole, "answers": {**whole["answers"], "restricted_place": True}}
    problem = refused(fire.order(DRAFTS, sent), 409, "excluded")
    assert "national security" in problem["detail"]


def test_files_are_kept_replaced_fetched_and_taken_away(
    fire: Program, ordinary: dict[str, Any]
) -> None:
    assert "land_title" in ordinary["lacking"]
    files = f"{ordinary['href']}/files"
    first = fire.hand_in(f"{files}?for=land_title", pdf("first")).json()
    second = fire.hand_in(f"{files}?for=land_title", pdf("second"), name="../土地证.pdf").json()
    assert second["filename"] == "土地证.pdf"
    assert fire.get(second["href"]).content == pdf("second")
    refused(fire.get(first["href"]), 404, "not_found")
    draft = fire.read(ordinary["href"])
    assert [one["id"] for one in draft["files"]] == [second["id"]]
    assert "land_title" not in draft["lacking"]
    assert fire.delete(second["href"]).status_code == 204
    refused(fire.delete(second["href"]), 404, "not_found")
    assert fire.read(ordinary["href"])["files"] == []


def test_a_file_is_kept_once_for_each_key(
    housing: Housing, fire: Program, ordinary: dict[str, Any]
) -> None:
    files, key = f"{ordinary['href']}/files?for=land_title", str(uuid.uuid4())
    first = fire.hand_in(files, pdf("x"), key=key)
    with nothing_written(housing):
        assert fire.hand_in(files, pdf("x"), key=key).json() == first.json()
        refused(fire.hand_in(files, pdf("y"), key=key), 409, "key_reused")


@pytest.mark.parametrize(
    ("what", "sent", "status", "reason"),
    [
        ("land_title", b"", 422, "file_empty"),
        ("land_title", b"<html>", 422, "file_kind"),
        ("land_title", pdf("x") + b"x" * 20 * 1024 * 1024, 413, "file_too_large"),
        ("land_title", pdf("x") + b"x" * 21 * 1024 * 1024, 413, "too_large"),
        ("opinion_of_neighbours", pdf("x"), 422, "material_not_asked"),
        ("Land", pdf("x"), 422, "unfit"),
    ],
)
def test_a_file_that_is_not_taken_is_told_why(
    housing: Housing,
    fire: Program,
    ordinary: dict[str, Any],
    what: str,
    sent: bytes,
    status: int,
    reason: str,
) -> None:
    with nothing_written(housing):
        refused(fire.hand_in(f"{ordinary['href']}/files?for={what}", sent), status, reason)


def test_a_file_comes_as_the_one_part_of_a_form(
    housing: Housing, fire: Program, ordinary: dict[str, Any]
) -> None:
    address = f"{ordinary['href']}/files?for=land_title"
    sent = {"idempotency-key": str(uuid.uuid4())}
    with nothing_written(housing):
        refused(fire.post(address, content=pdf("x"), headers=sent), 415, "wrong_media_type")
        refused(fire.post(address, json={}, headers=sent), 415, "wrong_media_type")
        wrong = fire.post(address, files={"scan": ("f.pdf", pdf("x"))}, headers=sent)
        refused(wrong, 422, "file_empty")
        two = [("file", ("a.pdf", pdf("x"))), ("file", ("b.pdf", pdf("y")))]
        refused(fire.post(address, files=two, headers=sent), 400, "too_many_parts")
        form = {**sent, "content-type": "multipart/form-data"}
        refused(fire.post(address, content=b"x", headers=form), 400, "unreadable")


def test_files_are_handed_in_with_the_application(
    housing: Housing, programs: Programs, fire: Program, ordinary: dict[str, Any]
) -> None:
    for material in ordinary["lacking"]:
        fire.hand_in(f"{ordinary['href']}/files?for={material}", pdf(material))
    receipt = fire.must(f"{V1}/cases", {"draft": ordinary["id"]})
    case = programs["window"].read(receipt["href"])
    assert {one["about"]["name"] for one in case["files"]} == set(ordinary["lacking"])
    held = case["files"][0]
    assert programs["window"].get(held["href"]).content == pdf(held["about"]["name"])


def test_filing_is_done_once_for_each_key_and_once_at_all(
    housing: Housing, fire: Program, whole: dict[str, Any]
) -> None:
    draft, key = fire.must(DRAFTS, whole), str(uuid.uuid4())
    sent = {"draft": draft["id"]}
    first = fire.order(f"{V1}/cases", sent, key=key, **{"if-match": '"1"'})
    assert first.status_code == 201
    assert first.headers["location"] == first.json()["href"]
    with nothing_written(housing):
        again = fire.order(f"{V1}/cases", sent, key=key, **{"if-match": '"1"'})
        assert again.json() == first.json()
        refused(fire.order(f"{V1}/cases", sent), 409, "not_now")
        refused(fire.put(draft["href"], json=content(whole)), 409, "not_now")
        refused(fire.delete(draft["href"]), 409, "not_now")
        files = f"{draft['href']}/files?for=land_title"
        refused(fire.hand_in(files, pdf("x")), 409, "not_now")


def test_a_key_that_filed_one_application_files_no_other(
    fire: Program, whole: dict[str, Any]
) -> None:
    first, second, key = fire.must(DRAFTS, whole), fire.must(DRAFTS, whole), str(uuid.uuid4())
    assert fire.order(f"{V1}/cases", {"draft": first["id"]}, key=key).status_code == 201
    refused(fire.order(f"{V1}/cases", {"draft": second["id"]}, key=key), 409, "key_reused")


def test_what_is_not_ready_is_not_filed(
    housing: Housing, fire: Program, whole: dict[str, Any]
) -> None:
    beginning = fire.must(DRAFTS, {"permit": "plan_exempt"})
    unsigned = fire.must(DRAFTS, {**whole, "signed": {}})
    with nothing_written(housing):
        problem = refused(fire.order(f"{V1}/cases", {"draft": beginning["id"]}), 422, "unfit")
        assert problem["errors"][0]["pointer"] == "/draft"
        told = refused(
            fire.order(f"{V1}/cases", {"draft": unsigned["id"]}), 422, "commitment_unsigned"
        )
        assert told["about"] == ["true_declaration"]
        stale = fire.order(f"{V1}/cases", {"draft": unsigned["id"]}, **{"if-match": '"7"'})
        refused(stale, 409, "overtaken")
        refused(fire.order(f"{V1}/cases", {"draft": str(uuid.uuid4())}), 404, "no_such_case")


def test_a_draft_is_discarded_with_its_files(fire: Program, ordinary: dict[str, Any]) -> None:
    fire.hand_in(f"{ordinary['href']}/files?for=land_title", pdf("x"))
    assert fire.delete(ordinary["href"]).status_code == 204
    refused(fire.get(ordinary["href"]), 404, "not_found")
    assert fire.read(DRAFTS)["items"] == []
