"""A breach that is being put right: where its inspectors find it, and what is due next."""

import re

from permits.definitions.procedure import RevocationGround
from permits.services.requests import Revocation
from permits.services.timers import lapse_due
from tests.web.housing import Browser, Housing, at
from tests.web.reviewer.test_inbox import counts, listed

PRIMARY = re.compile(r'<a class="govuk-button" href="[^"]+/([a-z_]+/[a-z_]+)[^"]*">')
SECONDARY = re.compile(r'secondary" href="[^"]+/([a-z_]+/[a-z_]+)[^"]*">')


def doings(reader: Browser, case: str, kind: re.Pattern[str]) -> set[str]:
    page = reader.get(f"/review/cases/{case}").text
    return set(kind.findall(page.partition('class="doings"')[2].partition("</ul>")[0]))


def test_inspectors_find_it_in_their_pile_with_the_day_until_which_it_runs(
    housing: Housing,
) -> None:
    case = housing.found_breached()
    inspector = housing.browser("inspector")
    due = housing.record(case).case.obligations["check_after_completion"].due
    day = f"{due.year}年{due.month}月{due.day}日"
    pile = inspector.get("/review?pile=checks").text
    assert counts(pile)["checks"] == "1" and listed(pile) == [case]
    assert day in pile and "整改期限至该日：" in pile
    assert f"限期整改至{day}" in inspector.get(f"/review/cases/{case}").text
    assert "pile=checks" not in housing.browser("leader").get("/review").text
    assert listed(inspector.get("/review?pile=applicant").text) == [case]


def test_once_its_time_is_over_it_is_with_the_office_and_with_the_inspectors(
    housing: Housing,
) -> None:
    case = housing.found_breached()
    due = housing.record(case).case.obligations["check_after_completion"].due
    housing.clock.now = at(due.year, due.month, due.day + 1)
    lapse_due(housing.office.database, housing.office.queue.submit, housing.clock())
    inspector = housing.browser("inspector")
    assert listed(inspector.get("/review?pile=applicant").text) == []
    assert listed(inspector.get("/review").text) == [case]
    assert listed(inspector.get("/review?pile=checks").text) == [case]
    assert "限期整改" in inspector.get(f"/review/cases/{case}").text


def test_what_takes_a_standing_grant_away_is_never_the_first_thing_to_do(
    housing: Housing,
) -> None:
    case = housing.found_breached()
    leader = housing.browser("leader")
    exceptional = {"actions/withdraw_grant", "actions/deregister"}
    assert doings(leader, case, SECONDARY) >= exceptional
    assert not doings(leader, case, PRIMARY) & exceptional
    assert doings(housing.browser("inspector"), case, PRIMARY) == {"verify/check_after_completion"}


def test_next_of_a_breach_that_was_not_put_right_is_the_notice_of_its_revocation(
    housing: Housing,
) -> None:
    case = housing.found_breached()
    due = housing.record(case).case.obligations["check_after_completion"].due
    housing.clock.now = at(due.year, due.month, due.day + 1)
    lapse_due(housing.office.database, housing.office.queue.submit, housing.clock())
    assert doings(housing.browser("leader"), case, PRIMARY) == {"beside/notice"}


def test_what_was_revoked_is_deregistered_next(housing: Housing) -> None:
    case = housing.granted()
    given = Revocation(ground=RevocationGround.DECEIT_OR_BRIBERY, reason="承诺不实。")
    housing.revoke(case, given)
    assert doings(housing.browser("leader"), case, PRIMARY) == {"actions/deregister"}
