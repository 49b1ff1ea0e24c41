"""Other parties to the works are invited to sign, and sign in accounts of their own."""

import re

import pytest
from msgspec.structs import replace

from permits.casework.families.tracks import CommitmentSigned
from permits.services.demonstration.sites import drawings
from permits.services.post import deliver
from tests.web.browsing import Browser
from tests.web.housing import Housing
from tests.web.signing import Kept, open_account
from tests.web.sites import choose, file, hand_in, publish, write

NAME = "drawing_review"
LETTER = "commitments/drawings_comply"
SURVEYOR, DESIGNER = "drawings_comply.surveyor", "drawings_comply.designer"


def unit(housing: Housing, draft: str, role: str) -> str:
    definition = housing.office.filing.edition(housing.draft(draft)).definition
    return housing.draft(draft).answers[definition.signers[role].unit]


def account_of(housing: Housing, code: str, username: str) -> Browser:
    """Somebody of a unit, with an account of its own."""
    open_account(housing, code, username)
    return housing.browser(username)


@pytest.fixture
def applicant(housing: Housing) -> Browser:
    publish(housing, NAME)
    return housing.browser("fire")


@pytest.fixture
def draft(housing: Housing, applicant: Browser) -> str:
    address = write(applicant, housing, drawings(0, "2022-08-01"))
    choose(applicant, address, "commitment")
    hand_in(applicant, address, "drawings", "survey_report", "fire_drawings")
    return address


@pytest.fixture
def surveyor(housing: Housing, draft: str) -> Browser:
    return account_of(housing, unit(housing, draft, "surveyor"), "surveyor")


@pytest.fixture
def designer(housing: Housing, draft: str) -> Browser:
    return account_of(housing, unit(housing, draft, "designer"), "designer")


def invite(browser: Browser, draft: str, signature: str):
    page = f"{draft}/{LETTER}"
    hidden = browser.hidden(page, f"{page}/invitations")
    return browser.submit(page, f"{page}/invitations", {**hidden, "signature": signature})


def invitation(browser: Browser) -> str:
    found = re.search(r'href="(/co-signing/[^"]+)"', browser.get("/co-signing").text)
    assert found
    return found[1]


def test_three_sign_each_in_their_own_account(
    housing: Housing, applicant: Browser, draft: str, surveyor: Browser, designer: Browser
) -> None:
    for signature in (SURVEYOR, DESIGNER):
        assert invite(applicant, draft, signature).status_code == 303
    assert applicant.fill(f"{draft}/{LETTER}", agreed="yes").status_code == 303
    page = applicant.get(f"{draft}/{LETTER}").text
    assert page.count("等待签署") == 2
    assert f'action="{draft}/check"' not in applicant.get(f"{draft}/check").text
    for browser in (surveyor, designer):
        assert "份承诺书等待贵单位签署" in browser.get("/applications").text
        path = invitation(browser)
        shown = browser.get(path).text
        assert "承诺所涉及的内容" in shown
        assert browser.fill(path).status_code == 422
        assert browser.fill(path, agreed="yes").status_code == 303
        assert "重新签署" in browser.get(path).text
    page = applicant.get(f"{draft}/{LETTER}").text
    assert page.count("在线签署") >= 2
    case = file(applicant, draft)
    record = housing.office.cases.recorded(f"case/{case}")
    signed = [e for _at, e in record.entries if isinstance(e, CommitmentSigned)]
    assert [(e.role, e.means) for e in signed] == [
        ("developer", "password"), ("surveyor", "password"), ("designer", "password"),
    ]  # fmt: skip
    assert len({e.signer for e in signed}) == 3


def test_each_signature_says_in_which_language_its_text_was_shown(
    housing: Housing, applicant: Browser, draft: str, surveyor: Browser
) -> None:
    """Of the letter of the third nobody knows."""
    invite(applicant, draft, SURVEYOR)
    surveyor.get("/language/en")
    assert surveyor.fill(invitation(surveyor), agreed="yes").status_code == 303
    letter = {f"agreed:{DESIGNER}": "yes"}
    assert applicant.fill(f"{draft}/{LETTER}", agreed="yes", **letter).status_code == 303
    record = housing.office.cases.recorded(f"case/{file(applicant, draft)}")
    assert [(one.role, one.means, one.shown_in) for one in record.case.commitments] == [
        ("surveyor", "password", "en"),
        ("developer", "password", "zh"),
        ("designer", "letter", ""),
    ]


def test_who_is_invited_and_who_invites_are_told_by_mail(
    housing: Housing, applicant: Browser, draft: str, surveyor: Browser
) -> None:
    post = Kept()
    invite(applicant, draft, SURVEYOR)
    invite(applicant, draft, SURVEYOR)
    deliver(housing.office, post)
    told = [letter for letter in post if letter.to == "surveyor@example.org"]
    assert len(told) == 1
    assert "签署承诺书" in told[0].subject
    assert "/co-signing/" in told[0].text


def test_a_unit_may_decline_and_then_a_letter_serves(
    housing: Housing, applicant: Browser, draft: str, surveyor: Browser
) -> None:
    invite(applicant, draft, SURVEYOR)
    path = invitation(surveyor)
    assert surveyor.fill(path, f"{path}/decline").status_code == 303
    assert "已拒绝签署" in applicant.get(f"{draft}/{LETTER}").text
    ticks = {f"agreed:{one}": "yes" for one in (SURVEYOR, DESIGNER)}
    assert applicant.fill(f"{draft}/{LETTER}", agreed="yes", **ticks).status_code == 303
    assert SURVEYOR in housing.draft(draft).signed


def test_a_changed_answer_takes_every_signature_away(
    housing: Housing, applicant: Browser, draft: str, surveyor: Browser
) -> None:
    invite(applicant, draft, SURVEYOR)
    path = invitation(surveyor)
    stale = surveyor.hidden(path)
    surveyor.fill(path, agreed="yes")
    assert housing.draft(draft).signed.keys() == {SURVEYOR}
    filing, now = housing.office.filing, housing.draft(draft)
    filing.save(now, {**now.answers, "works_name": "另一工程"})
    assert housing.draft(draft).signed == {}
    assert surveyor.get(path).status_code == 404  # no track is chosen now
    choose(applicant, draft, "commitment")
    answer = surveyor.submit(path, path, {**stale, "agreed": "yes"})
    assert answer.status_code == 409
    assert surveyor.fill(path, agreed="yes").status_code == 303


def test_nobody_else_sees_or_signs_it(
    housing: Housing, applicant: Browser, draft: str, surveyor: Browser
) -> None:
    invite(applicant, draft, SURVEYOR)
    path = invitation(surveyor)
    hidden = surveyor.hidden(path)
    stranger = housing.browser("builder")
    assert stranger.get(path).status_code == 404
    hidden["csrf"] = stranger.hidden("/", "/sign-out")["csrf"]
    with housing.unchanged():
        assert stranger.post(path, data={**hidden, "agreed": "yes"}).status_code == 404
        assert stranger.post(f"{path}/decline", data=hidden).status_code == 404


def test_only_a_unit_that_is_named_is_invited(applicant: Browser, draft: str) -> None:
    for signature in ("drawings_comply", "drawings_comply.nobody", "undertaking", ""):
        assert invite(applicant, draft, signature).status_code in (409, 422)


def test_the_signature_of_a_draft_that_is_gone_is_gone(
    housing: Housing, applicant: Browser, draft: str, surveyor: Browser
) -> None:
    invite(applicant, draft, SURVEYOR)
    path = invitation(surveyor)
    housing.office.filing.discard(replace(housing.draft(draft)))
    assert surveyor.get(path).status_code == 404
    assert deliver(housing.office, Kept()) == 1
