"""What comes in at the door: characters that cannot be, and where one goes back to."""

import re

import pytest

from permits.web.forms import MOST_FIELDS, fields_in, shown
from permits.web.security import MOST_BODY
from tests.web.housing import PASSWORD, PDF, Browser, Housing


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("特勤大队", "特勤大队"),
        ("𬭎㛃䶮", "𬭎㛃䶮"),
        ("a\0b", "a\N{REPLACEMENT CHARACTER}b"),
        ("a\ud800b", "a\N{REPLACEMENT CHARACTER}b"),
        ("a\r\nb\tc", "a\r\nb\tc"),
    ],
)
def test_what_cannot_be_a_character_is_replaced(sent: str, read: str) -> None:
    assert shown(sent) == read


@pytest.mark.parametrize(
    "path",
    ["/register/%00", "/guide/%00", "/register?number=%00", "/sign-in?next=/%00", "/static/%00"],
)
def test_an_address_with_a_character_that_is_none_is_unreadable(
    anywhere: Housing, path: str
) -> None:
    answer = anywhere.browser().get(path)
    assert answer.status_code == 400
    assert "<h1>请求无法识别</h1>" in answer.text


def test_a_null_in_a_form_finds_nothing_and_breaks_nothing(anywhere: Housing) -> None:
    anyone = anywhere.browser()
    assert anyone.fill("/lookup", number="GXGH\0", code="\0").status_code == 422
    assert anyone.fill("/sign-in", username="fire\0", password=PASSWORD).status_code == 422
    token = anyone.hidden("/lookup")["csrf"]
    assert anyone.post("/lookup", data={"csrf": f"{token}\0"}).status_code == 403


def test_a_form_in_a_strange_encoding_breaks_nothing(anyone: Browser) -> None:
    token = anyone.hidden("/lookup")["csrf"]
    body = "\r\n".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}'
        for name, value in (("csrf", token), ("number", "\\ud800"), ("code", "\\ud800"))
    )
    kind = {"content-type": "multipart/form-data; boundary=x; charset=unicode_escape"}
    answer = anyone.post("/lookup", content=f"{body}\r\n--x--\r\n".encode(), headers=kind)
    assert answer.status_code == 422


@pytest.mark.parametrize("host", ["[", "[::1", "local\\host", "loc alhost"])
def test_a_host_that_is_nonsense_is_turned_away(anyone: Browser, host: str) -> None:
    assert anyone.get("/", headers={"host": host}).status_code == 400


def test_an_origin_that_is_nonsense_is_turned_away(anyone: Browser) -> None:
    fields = anyone.hidden("/sign-in")
    for origin in ("http://[", "[", "http://localhost.evil.example"):
        answer = anyone.post("/sign-in", data=fields, headers={"origin": origin})
        assert answer.status_code == 403


@pytest.fixture
def materials(housing: Housing) -> str:
    return f"{housing.written('ordinary')}/materials"


def test_the_other_language_leads_back_to_the_page_the_form_stood_on(
    applicant: Browser, materials: str
) -> None:
    """Where the file was sent to shows nothing by itself."""
    answer = applicant.attach(materials, f"{materials}/land_title/files", "x.pdf", b"")
    assert answer.status_code == 422
    onwards = re.search(r'href="(/language/en\?next=[^"]*)"', answer.text)
    assert onwards
    back = applicant.get(onwards[1]).headers["location"]
    assert back == materials
    assert applicant.get(back).status_code == 200


def test_whoever_was_signed_out_meanwhile_comes_back_to_the_form(
    housing: Housing, applicant: Browser, materials: str
) -> None:
    action = f"{materials}/land_title/files"
    fields = applicant.hidden(materials, action)
    applicant.fill("/", "/sign-out")
    files = {"file": ("x.pdf", PDF, "application/pdf")}
    answer = applicant.submit(materials, action, fields, files=files)
    assert answer.status_code == 303
    again = applicant.fill(answer.headers["location"], username="fire", password=PASSWORD)
    assert again.headers["location"] == materials


@pytest.mark.parametrize("referer", ["", "http://evil.example/x", "http://[", "x"])
def test_nobody_is_led_to_a_page_that_is_not_ours(anyone: Browser, referer: str) -> None:
    answer = anyone.post("/sign-out", headers={"referer": referer} if referer else {})
    assert answer.headers["location"] == "/sign-in?next=%2F"


def test_a_form_with_too_many_fields_is_told_how_many_came_and_how_many_are_taken(
    anyone: Browser,
) -> None:
    fields = {**anyone.hidden("/sign-in"), **{f"field{n}": "x" for n in range(MOST_FIELDS)}}
    answer = anyone.post("/sign-in", data=fields)
    assert answer.status_code == 400
    assert "共有302个字段" in answer.text
    assert "一次最多可接收300个" in answer.text
    anyone.get("/language/en?next=/")
    answer = anyone.post("/sign-in", data=fields)
    assert "What you sent has 302 fields, and at most 300 can be taken at once." in answer.text


def test_as_many_fields_as_are_taken_are_read(anyone: Browser) -> None:
    hidden = anyone.hidden("/sign-in")
    more = {f"field{n}": "x" for n in range(MOST_FIELDS - len(hidden) - 2)}
    fields = {**hidden, "username": "fire", "password": PASSWORD, **more}
    assert len(fields) == MOST_FIELDS
    assert anyone.post("/sign-in", data=fields).status_code == 303


def test_too_many_fields_beside_a_file_are_refused_too(anyone: Browser) -> None:
    fields = {f"field{n}": "x" for n in range(MOST_FIELDS + 1)}
    answer = anyone.post("/verify", data=fields, files={"file": ("a.pdf", PDF)})
    assert answer.status_code == 400
    assert "超过300个" in answer.text


def test_fields_are_counted_as_they_are_read() -> None:
    assert [fields_in(one) for one in (b"", b"a", b"a=1&b=2", b"a=&&b=&")] == [0, 1, 2, 2]


def test_a_form_that_is_too_large_is_told_how_large_it_is(anyone: Browser) -> None:
    fields = {**anyone.hidden("/sign-in"), "username": "x" * (3 * MOST_BODY // 2)}
    answer = anyone.post("/sign-in", data=fields)
    assert answer.status_code == 413
    assert "共有1.5 MB" in answer.text
    assert "最多1.0 MB" in answer.text


def test_a_program_is_told_too(anyone: Browser) -> None:
    headers = {"content-type": "application/json"}
    answer = anyone.post("/api/v1/sessions", content=b"x" * (MOST_BODY + 1), headers=headers)
    assert (answer.status_code, answer.json()["reason"]) == (413, "too_large")
