"""Filing at the counter in the browser: written down, printed, signed on paper, scanned, filed."""

import random

import pytest

from permits.casework.counter import AUTHORISATION, PAPER
from permits.casework.identifiers import credit_check_digit
from permits.services.demonstration.desk import answers
from permits.services.demonstration.works import GAS
from tests.papers import ANOTHER_PDF, picture
from tests.web.housing import FIRE_BRIGADE, PDF, Browser, Housing, at

COUNTER = "/review/counter"
BROUGHT = {
    "came_on": "2022-06-08",
    "bringer": "王经办",
    "capacity": "holder",
    "in_person": "true",
}
NEW = "9241017200000777"
UNKNOWN = f"{NEW}0" + credit_check_digit(f"{NEW}0")


@pytest.fixture
def window(housing: Housing) -> Browser:
    return housing.browser("window")


def begun(window: Browser, party: str = FIRE_BRIGADE, **fields: str):
    return window.fill(COUNTER, permit="plan_exempt", party=party, **fields)


def written(housing: Housing, window: Browser, track: str = "commitment") -> str:
    """An application that came on paper, written down section by section and signed."""
    draft = begun(window).headers["location"]
    edition = housing.office.shelf.current("plan_exempt")
    said = answers(GAS)
    for section in edition.definition.form.sections:
        fields = {q.id: said[q.id] for q in section.fields if q.id in said}
        answer = window.fill(f"{draft}/sections/{section.id}", **fields)
        assert answer.status_code == 303, answer.text
    assert window.fill(f"{draft}/track", track=track).status_code == 303
    if track == "commitment":
        page = f"{draft}/commitments/true_declaration"
        assert "本人已查看" in window.get(page).text
        assert window.fill(page, agreed="yes").status_code == 303
    return draft


def scan(window: Browser, draft: str, thing: str = PAPER, content: bytes = PDF):
    return window.attach(f"{draft}/check", f"{draft}/scans/{thing}", "扫描件.pdf", content)


def the_case(housing: Housing, answer) -> str:
    assert answer.status_code == 303, answer.text
    case, place = answer.headers["location"].split("/")[2::2]
    assert place == "1"
    return case


def test_what_came_on_paper_is_filed_and_its_receipt_printed(
    housing: Housing, window: Browser
) -> None:
    draft = written(housing, window)
    assert scan(window, draft).headers["location"] == f"{draft}/check#{PAPER}"
    answer = window.fill(f"{draft}/check", **BROUGHT)
    case = the_case(housing, answer)
    receipt = window.get(answer.headers["location"]).text
    assert "收件凭证" in receipt
    assert housing.record(case).values[housing.record(case).case.lookup] in receipt
    held = housing.record(case)
    assert (held.case.channel, held.case.party) == ("counter", FIRE_BRIGADE)
    assert str(held.case.milestones["received"]) == "2022-06-08"
    assert held.case.commitments[0].means == "paper"
    assert [v.purpose for v in held.case.visits] == ["filing"]
    assert {u.material for u in held.uploads} == {PAPER}
    assert housing.office.filing.at_counter(housing.people.actors["window"]) == []


def test_whoever_filed_it_does_not_decide_it(housing: Housing, window: Browser) -> None:
    draft = written(housing, window)
    scan(window, draft)
    case = the_case(housing, window.fill(f"{draft}/check", **BROUGHT))
    housing.act("window", case, "accept")
    grant = f"/review/cases/{case}/actions/grant_on_the_spot"
    assert "代申请人办理本件的人员不得审查、核查或决定本件" in window.get(grant).text
    other = housing.open_officer("window2", "window")
    assert other.fill(grant).status_code == 303


def test_the_applicant_sees_the_case_and_not_the_draft(housing: Housing, window: Browser) -> None:
    draft = written(housing, window)
    own = housing.browser("fire")
    assert GAS.name not in own.get("/applications").text
    assert own.get(f"/drafts/{draft.rsplit('/', 1)[1]}").status_code == 404
    scan(window, draft)
    case = the_case(housing, window.fill(f"{draft}/check", **BROUGHT))
    assert "王经办" in own.get(f"/cases/{case}").text


def test_an_organisation_nobody_knows_is_registered_by_its_name(
    housing: Housing, window: Browser
) -> None:
    with housing.unchanged():
        unnamed = begun(window, UNKNOWN)
    assert unnamed.status_code == 422
    assert "尚未登记" in unnamed.text
    assert begun(window, UNKNOWN, party_name="示例建设有限公司").status_code == 303
    assert housing.office.counter.known_party(UNKNOWN)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"permit": "tea", "party": FIRE_BRIGADE}, "permit"),
        ({"permit": "plan_exempt", "party": "123"}, "party"),
        ({"permit": "plan_exempt", "party": ""}, "party"),
    ],
)
def test_what_does_not_fit_is_told(
    housing: Housing, window: Browser, fields: dict[str, str], field: str
) -> None:
    with housing.unchanged():
        answer = window.fill(COUNTER, **fields)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"bringer": ""}, 422),
        ({"capacity": "agent"}, 422),
        ({"came_on": "2022-06-10"}, 422),
        ({"came_on": "2022-05-31"}, 422),
        ({"seen": "99"}, 409),
    ],
)
def test_it_is_not_filed_without_who_brought_it_when(
    housing: Housing, window: Browser, changed: dict[str, str], status: int
) -> None:
    draft = written(housing, window)
    scan(window, draft)
    with housing.unchanged():
        answer = window.fill(f"{draft}/check", **{**BROUGHT, **changed})
    assert answer.status_code == status
    assert 'value="2022-06-08"' in answer.text or "came_on" in changed


def test_without_a_scan_of_the_signed_paper_it_is_not_filed(
    housing: Housing, window: Browser
) -> None:
    draft = written(housing, window)
    with housing.unchanged():
        answer = window.fill(f"{draft}/check", **BROUGHT)
    assert answer.status_code == 422
    assert "请扫描并上传" in answer.text


def test_an_agent_brings_an_authorisation(housing: Housing, window: Browser) -> None:
    draft = written(housing, window)
    scan(window, draft)
    scan(window, draft, AUTHORISATION)
    answer = window.fill(f"{draft}/check", **{**BROUGHT, "capacity": "agent"})
    the_case(housing, answer)


def test_filed_twice_it_is_one_case(housing: Housing, window: Browser) -> None:
    draft = written(housing, window)
    scan(window, draft)
    page = f"{draft}/check"
    fields = {**window.hidden(page), **BROUGHT}
    case = the_case(housing, window.submit(page, page, fields))
    again = window.submit(page, page, fields)
    assert again.headers["location"] == f"/review/cases/{case}"
    assert window.get(draft).headers["location"] == f"/review/cases/{case}"


def test_a_scan_is_replaced_looked_at_and_taken_away(housing: Housing, window: Browser) -> None:
    draft = written(housing, window)
    scan(window, draft)
    scan(window, draft, content=ANOTHER_PDF)
    actor = housing.people.actors["window"]
    found = housing.office.filing.find(draft.rsplit("/", 1)[1], actor)
    (held,) = housing.office.uploading.uploads(found.id)
    assert window.get(f"{draft}/scans/{held.id}").content == ANOTHER_PDF
    assert window.fill(f"{draft}/check", f"{draft}/scans/{held.id}/remove").status_code == 303
    assert window.get(f"{draft}/scans/{held.id}").status_code == 404
    assert scan(window, draft, content=b"").status_code == 422
    token = window.hidden(f"{draft}/check")["csrf"]
    assert window.post(f"{draft}/scans/photo", data={"csrf": token}).status_code == 404


def test_a_scan_may_be_as_large_as_any_other_file(housing: Housing, window: Browser) -> None:
    draft = written(housing, window)
    large = picture("PNG", (700, 700), pixels=random.Random(1).randbytes(700 * 700 * 3))
    assert len(large) > 1024 * 1024
    assert scan(window, draft, content=large).status_code == 303


def test_a_draft_is_of_the_officer_who_writes_it(housing: Housing, window: Browser) -> None:
    draft = written(housing, window)
    assert draft in window.get(COUNTER).text
    other = housing.open_officer("window2", "window")
    assert other.get(draft).status_code == 404
    assert draft not in other.get(COUNTER).text
    assert window.fill(f"{draft}/discard").headers["location"] == COUNTER
    assert window.get(draft).status_code == 404


@pytest.mark.parametrize("who", ["leader", "fire", "auditor"])
def test_the_counter_is_the_windows(housing: Housing, who: str) -> None:
    assert housing.browser(who).get(COUNTER).status_code in (403, 404)


def test_at_another_office_this_permit_type_is_not_taken(housing: Housing) -> None:
    housing.open_elsewhere("elsewhere")
    browser = housing.browser("elsewhere")
    page = browser.get(COUNTER).text
    assert 'action="/review/counter"' not in page
    assert "本机关没有可在此办理的许可事项" in page
    fields = {**browser.hidden("/", "/sign-out"), "key": "k" * 16, "seen": "1"}
    with housing.unchanged():
        answer = browser.post(
            COUNTER, data={**fields, "permit": "plan_exempt", "party": FIRE_BRIGADE}
        )
    assert answer.status_code == 422


def test_ordinary_papers_are_scanned_one_by_one(housing: Housing, window: Browser) -> None:
    draft = written(housing, window, "ordinary")
    action = f"{draft}/materials/land_title/files"
    window.attach(f"{draft}/materials", action, "权属证明.pdf", PDF)
    scan(window, draft)
    housing.clock.now = at(2022, 6, 10)
    window = housing.browser("window")
    case = the_case(housing, window.fill(f"{draft}/check", **BROUGHT))
    assert set(housing.record(case).case.materials) == {"land_title"}
