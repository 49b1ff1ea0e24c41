"""Proving once more who one is before something grave: the page asks, and goes on with what was
typed."""

import html
from collections.abc import Callable
from datetime import timedelta

import pytest

from permits.casework.sessions import FRESH
from permits.services.requests import Notice, State
from permits.services.timers import lapse_due
from permits.sign_in_rules import STRICT
from permits.store.access_log import Wanted as Entries
from tests.web.housing import FIRE_BRIGADE, PASSWORD, Browser, Housing, at
from tests.web.proving import enrol, hidden, prove, sign_in

SECOND = timedelta(seconds=1)


@pytest.fixture
def strict(make_housing: Callable[..., Housing]) -> Housing:
    """An office as it is on a network: a second factor for its staff, proofs for grave acts."""
    return make_housing(sign_in=STRICT)


@pytest.fixture
def revoking(strict: Housing) -> tuple[Browser, str]:
    """The head of the office before a form with which a grant is revoked, a while after signing
    in; and the case."""
    case = strict.granted()
    people = strict.people
    people.beside("leader", f"case/{case}", Notice(ground="69-2", reason="骗取"))
    people.beside("fire", f"case/{case}", State(statement="没有异议"))
    leader = strict.browser()
    enrol(strict, leader, sign_in(leader, "leader").headers["location"])
    strict.clock.now += FRESH + SECOND
    return leader, case


REASON = "查明以欺骗手段取得：“虚假图纸”<1>"


def revoke(browser: Browser, case: str):
    page = f"/review/cases/{case}/actions/revoke"
    return browser.fill(page, ground="69-2", reason=REASON)


def test_a_revocation_asks_who_it_is_and_goes_on_with_what_was_typed(
    strict: Housing, revoking: tuple[Browser, str]
) -> None:
    leader, case = revoking
    events, token = strict.events(), leader.cookies["session"]
    asked = revoke(leader, case)
    assert asked.status_code == 403
    assert strict.events() == events, "nothing is done yet"
    assert hidden(asked.text)["reason"] == REASON
    wrong = prove(leader, asked, proof_password="wrong")
    assert (wrong.status_code, "密码不正确" in wrong.text) == (422, True)
    assert hidden(wrong.text) == hidden(asked.text)
    done = prove(leader, wrong, proof_password=PASSWORD)
    assert done.headers["location"] == f"/review/cases/{case}?done=revoke"
    record = strict.record(case)
    assert "revoked" in record.case.milestones
    assert REASON in record.values.values()
    assert leader.cookies["session"] != token


def test_being_asked_who_one_is_is_not_noted_as_a_refusal(
    strict: Housing, revoking: tuple[Browser, str]
) -> None:
    leader, case = revoking
    assert revoke(leader, case).status_code == 403
    refused = Entries(strict.people.actors["leader"].id, ("AccessRefused",))
    assert list(strict.office.watching.noted(refused)) == []
    assert leader.get("/audit").status_code == 403
    assert len(list(strict.office.watching.noted(refused))) == 1


def test_for_ten_minutes_nothing_more_is_asked(revoking: tuple[Browser, str]) -> None:
    leader, case = revoking
    prove(leader, leader.get("/account/second-factor"), proof_password=PASSWORD)
    assert revoke(leader, case).status_code == 303


def test_what_proves_a_person_is_never_shown_again(revoking: tuple[Browser, str]) -> None:
    """A form that is shown again, here because somebody was quicker, brings back what was typed in
    it and not the password that went along."""
    leader, case = revoking
    asked = revoke(leader, case)
    sent = {**hidden(asked.text), "proof_password": PASSWORD, "seen": "1"}
    answer = leader.submit(str(asked.url), "/account/confirm", sent)
    assert answer.status_code == 307
    again = leader.submit(str(asked.url), answer.headers["location"], sent)
    assert again.status_code == 409
    assert REASON in html.unescape(again.text)
    assert PASSWORD not in again.text


def test_guessing_there_is_slowed_down(revoking: tuple[Browser, str]) -> None:
    leader, case = revoking
    asked = revoke(leader, case)
    for _ in range(4):
        assert prove(leader, asked, proof_password="wrong").status_code == 422
    answer = prove(leader, asked, proof_password=PASSWORD)
    assert (answer.status_code, "请等待2秒后再试" in answer.text) == (429, True)


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "", "x"])
def test_nobody_is_led_elsewhere(revoking: tuple[Browser, str], to: str) -> None:
    leader, _case = revoking
    sent = hidden(leader.get("/account/second-factor").text)
    fields = {**sent, "proof_to": to, "proof_password": PASSWORD}
    answer = leader.submit("/account", "/account/confirm", fields)
    assert answer.headers["location"] == "/"


def test_in_a_demonstration_nobody_is_asked(housing: Housing) -> None:
    case = housing.granted()
    housing.people.beside("leader", f"case/{case}", Notice(ground="69-2", reason="骗取"))
    housing.people.beside("fire", f"case/{case}", State(statement="没有异议"))
    leader = housing.browser("leader")
    housing.clock.now += FRESH + SECOND
    assert revoke(leader, case).status_code == 303


def test_an_entry_in_the_credit_record_wants_a_proof(strict: Housing) -> None:
    case = strict.found_breached()
    strict.clock.now = at(2022, 7, 8)
    office = strict.office
    lapse_due(office.database, office.queue.submit, strict.clock())
    page = f"/office/parties/{FIRE_BRIGADE}"
    supervisor, leader = strict.browser(), strict.browser()
    for browser, who in ((supervisor, "supervisor"), (leader, "leader")):
        enrol(strict, browser, sign_in(browser, who).headers["location"])
    told = {"degree": "breach", "grounds": "逾期未整改。"}
    noticed = supervisor.fill(f"{page}/notice_entry/entry_1", **told)
    assert noticed.status_code == 303, "whether to enter it is decided later"
    strict.clock.now = at(2022, 7, 18)
    sign_in(leader, "leader")
    device = strict.office.second_factors
    ((code, *_),) = (device.new_codes(strict.people.actors["leader"].id),)
    leader.fill("/sign-in/code", code=code)
    strict.clock.now += FRESH + SECOND
    asked = leader.fill(f"{page}/make_entry/entry_1")
    assert asked.status_code == 403
    done = prove(leader, asked, proof_password=PASSWORD)
    assert done.headers["location"] == f"{page}?done=make_entry"
    assert case
