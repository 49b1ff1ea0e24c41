"""What people may send on purpose or by accident: shown as text wherever it is shown, or told."""

import html
import re
from collections.abc import Iterator

import pytest

from permits.definitions.procedure import Role
from permits.services.accounts import NewAccount
from permits.services.requests import Corrections, DefectIn
from tests.web.housing import FIRE_BRIGADE, PASSWORD, PDF, Browser, Housing, routes

SCRIPT = "<script>alert(1)</script>"
MARKUP = f"\"'><img src=x onerror=alert(1)>{SCRIPT}{{{{7*7}}}}&lt;b&gt;"
RARE = "𬭎㛃䶮㙦"
FORMULA = "=1+1"

TEXTS = {"works_name": 120, "works_place": 200, "works_summary": 1000, "contact_name": 60}
"""The questions anything may be written to, with how much."""

SECTIONS = {
    "works_name": "works",
    "works_place": "works",
    "works_summary": "works",
    "project_code": "works",
    "contractor_code": "works",
    "listed_as": "list_row",
    "length_m": "facts",
    "road_class": "facts",
    "new_land": "facts",
    "starts_on": "neighbours",
    "contact_name": "contact",
    "contact_phone": "contact",
}


def answer(browser: Browser, draft: str, name: str, text: str):
    return browser.fill(f"{draft}/sections/{SECTIONS[name]}", **{name: text})


def pages(housing: Housing, draft: str, case: str, number: str) -> Iterator[str]:
    """Every address of applicants and the public that can be asked for."""
    parts = {
        "draft": draft.rsplit("/", 1)[1], "case": case, "number": number, "permit": "plan_exempt",
        "obligation": "report_completion", "clock": "promise", "commitment": "true_declaration",
        "action": "withdraw", "language": "zh", "fee": "none", "name": "x",
    }  # fmt: skip
    choices = {
        "section": ("works", "list_row", "facts", "neighbours", "contact"),
        "place": ("1", "2", "3", "4"),
        "upload": [upload.id for upload in housing.record(case).uploads],
    }
    for route in routes(housing.app):
        if "GET" not in route.methods or route.path.startswith(("/review", "/audit", "/api")):
            continue
        named = re.sub(r"\{(\w+)\}", lambda found: parts.get(found[1], found[0]), route.path)
        open_part = re.search(r"\{(\w+)\}", named)
        if open_part is None:
            yield named
        else:
            for choice in choices.get(open_part[1], ()):
                yield named.replace(open_part[0], choice)


def test_markup_is_shown_as_it_was_written_on_every_page(anywhere: Housing) -> None:
    housing = anywhere
    facts = {**dict.fromkeys(TEXTS, MARKUP), "contact_name": SCRIPT}
    draft = housing.written("ordinary", **facts)
    applicant = housing.browser("fire")
    action = f"{draft}/materials/design_scheme/files"
    applicant.attach(f"{draft}/materials", action, f"{SCRIPT.replace('/', '')}.pdf", PDF)
    case = applicant.fill(f"{draft}/check").headers["location"].split("/")[2]
    defect = DefectIn(about="material.land_title", kind="missing", fix=MARKUP)
    housing.act("window", case, "issue_correction", Corrections(defects=(defect,)))
    other = housing.written("commitment", **facts)
    withdrawn = housing.filed()
    applicant.fill(f"/cases/{withdrawn}/actions/withdraw", reason=MARKUP)
    number = housing.record(case).case.number
    showing = 0
    for path in {
        *pages(housing, other, case, number),
        *pages(housing, other, withdrawn, number),
        f"/register?number={SCRIPT}",
        f"/sign-in?next={SCRIPT}",
    }:
        page = applicant.get(path)
        assert page.status_code < 500, path
        if page.headers.get("content-type", "").startswith("text/calendar"):
            continue  # saved, never shown as a page
        assert "<img src=x" not in page.text, path
        assert SCRIPT not in page.text, path
        showing += html.escape(SCRIPT) in page.text
    assert showing >= 10


def test_markup_in_what_was_not_found_is_text(anyone: Browser) -> None:
    for answer in (
        anyone.fill("/lookup", number=MARKUP, code=MARKUP),
        anyone.fill("/sign-in", username=MARKUP, password=MARKUP),
        anyone.get("/register", params={"number": MARKUP[:40]}),
    ):
        assert "<img src=x" not in answer.text
        assert "&lt;img src=x" in answer.text or "&#34;&#39;&gt;" in answer.text


def test_names_of_people_and_organisations_are_text(housing: Housing) -> None:
    housing.office.accounts.register_party(FIRE_BRIGADE, MARKUP, actor="setup")
    new = NewAccount("evil", MARKUP, PASSWORD, frozenset({Role.APPLICANT}), party=FIRE_BRIGADE)
    housing.office.accounts.open(new, actor="setup")
    case, browser = housing.published(), housing.browser("evil")
    number = housing.record(case).case.number
    for path in ("/", f"/cases/{case}", f"/cases/{case}/documents/1", f"/register/{number}"):
        page = browser.get(path).text
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page
        assert "{{7*7}}" in page


@pytest.mark.parametrize("text", [RARE, FORMULA, "  \t " + RARE + "  ", "“引号” ' \" \\ % _"])
def test_rare_characters_and_signs_stay_as_they_are(anywhere: Housing, text: str) -> None:
    draft = anywhere.written("commitment", **dict.fromkeys(TEXTS, text))
    applicant = anywhere.browser("fire")
    case = applicant.fill(f"{draft}/check").headers["location"].split("/")[2]
    record = anywhere.record(case)
    for name in ("works_name", "works_place", "works_summary"):
        assert record.case.answers[name] == text.strip()
    assert record.values[record.case.seals["contact_name"]] == text.strip()
    page = html.unescape(applicant.get(f"/cases/{case}").text)
    assert page.count(text.strip()) >= 4
    found = html.unescape(applicant.get("/applications").text)
    assert text.strip() in found


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("字" * 10_000, "个字符"),
        ("𬭎" * 10_000, "个字符"),
        ("名\0称", "无法显示的字符"),
        ("名\x1b[31m称", "无法显示的字符"),
        ("管线\u202e2202", "无法显示的字符"),
    ],
)
def test_what_cannot_be_taken_is_told_and_stays_in_its_place(
    housing: Housing, name: str, text: str, says: str
) -> None:
    draft, applicant = housing.written(), housing.browser("fire")
    answered = answer(applicant, draft, name, text)
    assert answered.status_code == 422
    assert says in answered.text
    assert f'href="#{name}"' in answered.text
    again = applicant.get(f"{draft}/sections/{SECTIONS[name]}").text
    assert html.escape(text.replace("\0", "\N{REPLACEMENT CHARACTER}")) in again
    assert housing.events() == 0
    assert applicant.get(f"{draft}/check").text.count("还有未完成的内容") == 1


@pytest.mark.parametrize("name", TEXTS)
def test_the_last_character_that_fits_is_taken(housing: Housing, name: str) -> None:
    draft, applicant = housing.written(), housing.browser("fire")
    most = TEXTS[name]
    assert answer(applicant, draft, name, "𬭎" * most).status_code == 303
    assert answer(applicant, draft, name, "𬭎" * (most + 1)).status_code == 422


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("contractor_code", "91350100M000100Y44", "不是有效的统一社会信用代码"),
        ("contractor_code", "9I350100M000100Y43", "不是有效的统一社会信用代码"),
        ("contractor_code", "91350100M000100Y4", "不是有效的统一社会信用代码"),
        ("contractor_code", "９１350100M000100Y43", "不是有效的统一社会信用代码"),
        ("project_code", "2509-320193-89-01-54406", "项目代码为24位"),
        ("project_code", "2509-320193-89-01-544060-1", "项目代码为24位"),
        ("project_code", "25093201938901544060", "项目代码为24位"),
        ("starts_on", "0000-00-00", "日期"),
        ("starts_on", "2022-02-30", "日期"),
        ("starts_on", "2022-6-9", "日期"),
        ("starts_on", "10000-01-01", "日期"),
        ("starts_on", "20220609", "日期"),
        ("starts_on", "９999-01-01", "日期"),
        ("length_m", "-1", "不得小于1"),
        ("length_m", "1e3", "请填写整数"),
        ("length_m", "150.5", "请填写整数"),
        ("length_m", "１５０", "请填写整数"),
        ("length_m", "9" * 5000, "不得大于"),
        ("length_m", "--1", "请填写整数"),
        ("road_class", "moon", "选项"),
        ("new_land", "maybe", "请选择“是”或者“否”"),
        ("listed_as", "everything", "选项"),
        ("listed_as", "list.short_line", "选项"),
        ("contact_phone", "110", "6至15位"),
        ("contact_phone", "0371-<b>", "6至15位"),
        ("contact_phone", "1" * 500, "6至15位"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_told(
    housing: Housing, name: str, text: str, says: str
) -> None:
    draft, applicant = housing.written(), housing.browser("fire")
    answered = answer(applicant, draft, name, text)
    assert answered.status_code == 422
    assert says in answered.text
    assert f'href="#{name}"' in answered.text
    assert housing.events() == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("contractor_code", "91350100M000100Y43"),
        ("contractor_code", " 91350100m000100y43 "),
        ("project_code", "2509-320193-89-01-544060"),
        ("contact_phone", "+86 371 0000 0000"),
        ("starts_on", "9999-12-31"),
        ("length_m", "100000"),
    ],
)
def test_an_answer_at_the_edge_is_taken(housing: Housing, name: str, text: str) -> None:
    draft, applicant = housing.written(), housing.browser("fire")
    assert answer(applicant, draft, name, text).status_code == 303


def test_answers_to_questions_that_are_not_put_are_not_filed(housing: Housing) -> None:
    """A form brings along what was hidden: another row's voltage, a field of the office."""
    draft, applicant = housing.written(), housing.browser("fire")
    hidden = {"voltage": "over_10kv", "area_m2": "7", "neighbours_agree": "true", "track": "x"}
    applicant.fill(f"{draft}/sections/facts", **hidden)
    applicant.fill(f"{draft}/track", track="commitment")
    applicant.fill(f"{draft}/commitments/true_declaration", agreed="yes")
    case = applicant.fill(f"{draft}/check").headers["location"].split("/")[2]
    assert not set(hidden) & set(housing.record(case).case.answers)


def test_a_field_sent_twice_counts_once_and_a_file_is_no_text(
    housing: Housing, applicant: Browser
) -> None:
    draft = housing.written()
    page = f"{draft}/sections/works"
    fields = applicant.hidden(page)
    applicant.post(page, data={**fields, "works_name": ["甲", "乙"]})
    assert housing.draft(draft).answers["works_name"] == "乙"
    files = {"works_name": ("x.txt", b"text")}
    with housing.unchanged():
        answered = applicant.post(page, data=applicant.hidden(page), files=files)
    assert answered.status_code == 303


@pytest.mark.parametrize("page", ["track", "sections/works", "commitments/true_declaration"])
def test_a_body_that_is_no_form_is_no_form(housing: Housing, page: str) -> None:
    draft, applicant = housing.written("commitment"), housing.browser("fire")
    token = applicant.hidden("/", "/sign-out")["csrf"]
    with housing.unchanged():
        for body, kind in (
            (b'{"csrf": "%s"}' % token.encode(), "application/json"),
            (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
            (b"--x", "multipart/form-data; boundary=y"),
            (b"", "multipart/form-data"),
        ):
            headers = {"content-type": kind}
            answered = applicant.post(f"{draft}/{page}", content=body, headers=headers)
            assert answered.status_code in (400, 403)


def test_a_draft_in_markup_can_be_discarded(housing: Housing) -> None:
    draft, applicant = housing.written(works_name=MARKUP), housing.browser("fire")
    page = applicant.get(f"{draft}/discard").text
    assert "<img src=x" not in page
    assert html.escape(SCRIPT) in page
    assert applicant.fill(f"{draft}/discard").status_code == 303
