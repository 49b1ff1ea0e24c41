"""Before a revocation: notice, the holder's statement, and what the office sees of it."""

import pytest

from permits.casework.families.documents import DocumentCorrected
from permits.definitions.procedure import RevocationGround
from permits.services.requests import Notice
from tests.web.housing import Browser, Housing, at


@pytest.fixture
def case(housing: Housing) -> str:
    """Granted, served, and to be revoked: the notice was given on 9 June 2022."""
    case = housing.published()
    notice = Notice(ground=RevocationGround.NOT_QUALIFIED, reason="现场长度超出清单。")
    housing.people.beside("leader", f"case/{case}", notice)
    return case


def test_the_holder_reads_ground_and_reason_and_until_when(applicant: Browser, case: str) -> None:
    page = applicant.get(f"/cases/{case}").text
    assert "本机关拟撤销本决定" in page
    assert "现场长度超出清单。" in page
    page = applicant.get(f"/cases/{case}/statement").text
    assert "2022年6月16日" in page


def test_what_is_stated_reaches_the_office(
    housing: Housing, applicant: Browser, case: str
) -> None:
    answer = applicant.fill(f"/cases/{case}/statement", statement="遇地下障碍绕行。")
    assert answer.headers["location"] == f"/cases/{case}"
    assert "您已陈述申辩" in applicant.get(f"/cases/{case}").text
    assert "遇地下障碍绕行。" in housing.browser("leader").get(f"/review/cases/{case}").text
    assert applicant.get(f"/cases/{case}/statement").headers["location"] == f"/cases/{case}"


def test_an_empty_statement_is_none(housing: Housing, applicant: Browser, case: str) -> None:
    events = housing.events()
    assert applicant.fill(f"/cases/{case}/statement", statement=" ").status_code == 422
    assert housing.events() == events


def test_too_late_is_said(housing: Housing, case: str) -> None:
    housing.clock.now = at(2022, 6, 16, 16)
    applicant = housing.browser("fire")
    fields = applicant.hidden(f"/cases/{case}/statement") | {"statement": "稍后。"}
    housing.clock.now = at(2022, 6, 16, 18)
    path = f"/cases/{case}/statement"
    assert applicant.submit(path, path, fields).status_code == 409
    assert "陈述申辩期限已经届满" in applicant.get(f"/cases/{case}").text


@pytest.mark.parametrize("who", ["builder", "examiner"])
def test_others_state_nothing(housing: Housing, case: str, who: str) -> None:
    assert housing.browser(who).get(f"/cases/{case}/statement").status_code in (403, 404)


def test_the_notice_is_a_document_with_its_date(applicant: Browser, case: str) -> None:
    place = "4"
    page = applicant.get(f"/cases/{case}/documents/{place}").text
    assert "拟撤销事先告知书" in page
    assert "陈述申辩期限" in page


def test_the_office_gives_notice_hears_and_lets_the_grant_stand(housing: Housing) -> None:
    case = housing.published()
    home = f"/review/cases/{case}"
    leader = housing.browser("leader")
    assert leader.fill(f"{home}/beside/notice", ground="", reason="").status_code == 422
    noticed = leader.fill(f"{home}/beside/notice", ground="69-1-4", reason="不符。")
    assert noticed.status_code == 303
    window = housing.browser("window")
    assert window.get(f"{home}/beside/state").status_code == 404, "on paper, with who brought it"
    stated = housing.browser("fire").fill(f"/cases/{case}/statement", statement="口头陈述。")
    assert stated.status_code == 303
    page = leader.get(f"{home}/beside/drop").text
    assert "口头陈述。" in page
    assert leader.fill(f"{home}/beside/drop", reason="理由成立。").status_code == 303
    assert housing.record(case).case.intended is None


def test_the_revocation_begins_with_what_the_holder_was_told(housing: Housing, case: str) -> None:
    housing.browser("fire").fill(f"/cases/{case}/statement", statement="没有意见。")
    page = housing.browser("leader").get(f"/review/cases/{case}/actions/revoke").text
    assert "现场长度超出清单。</textarea>" in page


def test_a_lawful_grant_is_withdrawn(housing: Housing, applicant: Browser) -> None:
    case, leader = housing.published(), housing.browser("leader")
    path = f"/review/cases/{case}/actions/withdraw_grant"
    assert leader.fill(path, ground="8-2-1", reason="规划调整。").status_code == 422
    fields = {"ground": "8-2-1", "reason": "规划调整。", "compensation": "经核实无财产损失。"}
    assert leader.fill(path, **fields).status_code == 303
    page = applicant.get(f"/cases/{case}").text
    assert "已撤回" in page
    assert "经核实无财产损失。" in page


def test_only_the_grounds_that_fit_are_offered(housing: Housing) -> None:
    case = housing.published()
    page = housing.browser("window").get(f"/review/cases/{case}/actions/deregister").text
    assert 'value="70-1"' in page
    assert 'value="70-4"' not in page


def test_an_erratum_names_the_document_it_corrects(housing: Housing, applicant: Browser) -> None:
    case, window = housing.granted(), housing.browser("window")
    number = housing.record(case).case.documents[-1].number
    path = f"/review/cases/{case}/beside/correct"
    assert number in window.get(path).text
    assert window.fill(path, number=number, correction="“到”应为“道”。").status_code == 303
    events = [event for _at, event in housing.record(case).entries]
    assert any(isinstance(event, DocumentCorrected) for event in events)
    page = applicant.get(f"/cases/{case}/documents/4").text
    assert "文书更正书" in page
    assert number in page
    assert "“到”应为“道”。" in page
    assert "已更正" in applicant.get(f"/cases/{case}").text
