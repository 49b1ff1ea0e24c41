"""Service of documents on its page: recorded with proof, shown to both sides with what follows."""

import pytest

from permits.casework.counter import PROOF
from permits.services.requests import OpinionIn, Reasoned
from tests.papers import ANOTHER_PDF
from tests.web.housing import PDF, Browser, Housing, at


@pytest.fixture
def window(housing: Housing) -> Browser:
    return housing.browser("window")


def scan(window: Browser, page: str, content: bytes = PDF):
    return window.attach(page, f"{page}/scans/{PROOF}", "回证.pdf", content)


def lying(housing: Housing, case: str) -> list[str]:
    place = housing.office.counter.tray(
        housing.record(case).case, housing.people.actors["window"], "service"
    )
    return [upload.id for upload in housing.office.uploading.uploads(place)]


def number_of(housing: Housing, case: str, document: str) -> str:
    found = housing.record(case).case.documents
    return next(one.number for one in found if one.document == document)


def test_a_receipt_that_was_signed_proves_it(housing: Housing, window: Browser) -> None:
    case = housing.correcting()
    page = f"/review/cases/{case}/service"
    assert page in window.get(f"/review/cases/{case}").text
    assert scan(window, page).headers["location"] == f"{page}#{PROOF}"
    number = number_of(housing, case, "correction_notice")
    fields = {"number": number, "on": "2022-06-09", "means": "counter"}
    answer = window.fill(page, **fields, upload=lying(housing, case))
    assert answer.headers["location"] == f"/review/cases/{case}?done=service"
    one = housing.record(case).case.served[number]
    assert (one.means, [scan.material for scan in one.proof]) == ("counter", [PROOF])
    assert "2022年6月9日送达（" in window.get(f"/review/cases/{case}").text
    assert "送达" in housing.browser("fire").get(f"/cases/{case}").text
    assert "领取文书" in window.get(f"/review/cases/{case}/visits").text


def test_the_number_of_the_post_is_sealed_and_shown_to_both_sides(
    housing: Housing, window: Browser
) -> None:
    case = housing.correcting()
    page = f"/review/cases/{case}/service"
    number = number_of(housing, case, "correction_notice")
    fields = {"number": number, "on": "2022-06-09", "means": "post", "postal": "EX123456789CN"}
    assert window.fill(page, **fields).status_code == 303
    assert housing.record(case).case.served[number].postal != "EX123456789CN"
    for browser, path in (
        (window, f"/review/cases/{case}"),
        (housing.browser("fire"), f"/cases/{case}"),
    ):
        assert "EX123456789CN" in browser.get(path).text
    assert f'value="{number}"' not in window.get(page).text


def test_remedies_are_shown_from_the_delivery_of_a_refusal(
    housing: Housing, window: Browser
) -> None:
    """Delivered on Thursday 9 June 2022: sixty days end on Monday 8 August, six months on Friday
    9 December."""
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    housing.act("examiner", case, "examine", OpinionIn(recommends="refuse", opinion="不符合"))
    housing.act("leader", case, "refuse", Reasoned(reason="不符合规划条件"))
    applicant = housing.browser("fire")
    assert "申请行政复议截至" not in applicant.get(f"/cases/{case}").text
    deliver = f"/review/cases/{case}/actions/deliver"
    assert window.fill(deliver, on="2022-06-09", means="online").status_code == 303
    for browser, path in ((applicant, f"/cases/{case}"), (window, f"/review/cases/{case}")):
        page = browser.get(path).text
        assert "2022年8月8日" in page
        assert "2022年12月9日" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "none"}, "number"),
        ({"on": "yesterday"}, "on"),
        ({"means": "pigeon"}, "means"),
        ({"postal": "9" * 101}, "postal"),
    ],
)
def test_what_does_not_fit_is_told(
    housing: Housing, window: Browser, changes: dict[str, str], field: str
) -> None:
    case = housing.correcting()
    page = f"/review/cases/{case}/service"
    number = number_of(housing, case, "correction_notice")
    fields = {"number": number, "on": "2022-06-09", "means": "post", "postal": "EX1"}
    with housing.unchanged():
        answer = window.fill(page, **{**fields, **changes})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


def test_without_proof_nothing_is_recorded(housing: Housing, window: Browser) -> None:
    case = housing.correcting()
    page = f"/review/cases/{case}/service"
    number = number_of(housing, case, "correction_notice")
    with housing.unchanged():
        answer = window.fill(page, number=number, on="2022-06-09", means="counter")
    assert answer.status_code == 422
    assert "送达回证" in answer.text


def test_scans_are_replaced_and_taken_away(housing: Housing, window: Browser) -> None:
    case = housing.correcting()
    page = f"/review/cases/{case}/service"
    scan(window, page)
    scan(window, page, ANOTHER_PDF)
    (held,) = lying(housing, case)
    assert window.get(f"{page}/scans/{held}").content == ANOTHER_PDF
    assert window.fill(page, f"{page}/scans/{held}/remove").status_code == 303
    assert window.get(f"{page}/scans/{held}").status_code == 404
    assert scan(window, page, b"").status_code == 422
    token = window.hidden(page)["csrf"]
    assert window.post(f"{page}/scans/photo", data={"csrf": token}).status_code == 404


def test_in_a_case_in_which_nothing_is_left_the_page_says_so(
    housing: Housing, window: Browser
) -> None:
    case = housing.filed()
    page = f"/review/cases/{case}/service"
    number = number_of(housing, case, "receipt")
    fields = {"number": number, "on": "2022-06-09", "means": "post", "postal": "EX1"}
    window.fill(page, **fields)
    assert "有效文书均已登记送达" in window.get(page).text
    assert housing.browser("leader").get(page).status_code == 404


def test_a_notice_is_served_after_it_was_drawn_up(housing: Housing, window: Browser) -> None:
    case = housing.correcting()
    housing.clock.now = at(2022, 6, 10)
    window = housing.browser("window")
    page = f"/review/cases/{case}/service"
    number = number_of(housing, case, "correction_notice")
    with housing.unchanged():
        answer = window.fill(page, number=number, on="2022-06-08", means="post", postal="EX1")
    assert answer.status_code == 422
