"""What was signed, on the page of a case: the text as it was, as whom, when and how."""

import re
from html import unescape

import pytest
from sqlalchemy import text, update

from permits.store.signed_text_tables import signed_text
from tests.definitions.shipped import resolved
from tests.web.housing import Browser, Housing
from tests.web.sites import file

RULE = resolved().definition.commitments["true_declaration"]
DIGEST = "7d1cf847b409c163027d5da5b8d2abef57587f0b67ca0a061f1bba296b02c2c8"
PAGES = (("fire", "/cases/"), ("window", "/review/cases/"), ("auditor", "/audit/cases/"))


def sheet(html: str) -> str:
    """The sheet of what was signed, without marks."""
    found = html.partition('aria-labelledby="signed"')[2].partition("</section>")[0]
    words = re.sub(r"<[^>]+>", " ", found.replace("<wbr>", ""))
    return unescape(re.sub(r"\s+", " ", words))


@pytest.mark.parametrize(("who", "page"), PAGES)
def test_the_text_is_shown_as_it_was_signed(housing: Housing, who: str, page: str) -> None:
    case = housing.granted()
    found = sheet(housing.browser(who).get(f"{page}{case}").text)
    for said in (*RULE.notice, *RULE.statement):
        assert said.zh in found
    assert "建设单位" in found
    assert "2022年6月9日" in found
    assert "以申请人账号签署" in found
    assert DIGEST in found


def test_it_is_shown_in_the_language_of_the_reader(housing: Housing) -> None:
    case = housing.granted()
    reader = housing.browser("fire")
    reader.get("/language/en")
    found = sheet(reader.get(f"/cases/{case}").text)
    for said in (*RULE.notice, *RULE.statement):
        assert said.en in found


@pytest.mark.parametrize(
    ("language", "other", "zh", "en"),
    [("zh", "en", "中文", "Chinese"), ("en", "zh", "英文", "English")],
)
def test_the_language_of_the_page_it_was_signed_on_stands_with_it(
    housing: Housing, applicant: Browser, language: str, other: str, zh: str, en: str
) -> None:
    """Of the page itself: the reader may have chosen another in another window since."""
    draft = housing.written()
    housing.office.filing.choose(housing.draft(draft), "commitment")
    applicant.get(f"/language/{language}")
    page = f"{draft}/commitments/true_declaration"
    typed = {**applicant.hidden(page), "agreed": "yes"}
    applicant.get(f"/language/{other}")
    assert applicant.submit(page, page, typed).status_code == 303
    path = f"/cases/{file(applicant, draft)}"
    for reading, says in (("zh", f"展示时的语言 {zh}"), ("en", f"Language it was shown in {en}")):
        applicant.get(f"/language/{reading}")
        assert says in sheet(applicant.get(path).text)


def test_a_form_that_names_no_language_of_ours_says_nothing_of_it(
    housing: Housing, applicant: Browser
) -> None:
    draft = housing.written()
    housing.office.filing.choose(housing.draft(draft), "commitment")
    page = f"{draft}/commitments/true_declaration"
    assert applicant.fill(page, agreed="yes", shown_in="fr").status_code == 303
    assert "展示时的语言" not in sheet(applicant.get(f"/cases/{file(applicant, draft)}").text)


def test_an_undertaking_is_shown_too(housing: Housing) -> None:
    case = housing.filed("tolerant", leave_out=("project_approval",))
    found = sheet(housing.browser("fire").get(f"/cases/{case}").text)
    undertaking = resolved().definition.undertaking
    assert undertaking is not None
    assert undertaking.statement[0].zh in found


def test_where_nothing_was_signed_there_is_no_such_part(
    housing: Housing, applicant: Browser
) -> None:
    page = applicant.get(f"/cases/{housing.filed('ordinary')}").text
    assert 'aria-labelledby="signed"' not in page


def test_a_text_that_was_changed_is_not_shown_as_the_one_that_was_signed(
    housing: Housing, applicant: Browser
) -> None:
    case = housing.granted()
    with housing.office.database.write() as connection:
        connection.execute(text("DROP TRIGGER signed_text_no_update"))
        changed = b'{"kind":"A","notice":[{"zh":"X","en":"X"}],"statement":[]}'
        connection.execute(update(signed_text).values(content=changed))
    found = sheet(applicant.get(f"/cases/{case}").text)
    assert "签署的原文已缺失，或者与签署时不一致。" in found
    assert RULE.notice[0].zh not in found
