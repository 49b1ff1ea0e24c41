"""A case as its officers see it: what is open to whom, what is hidden, where it stands."""

import re

import pytest

from permits.casework.families.access import CaseShown
from permits.casework.streams import read_event
from permits.definitions.drawing.svg import BEEN_FILL, HERE_INK
from permits.services.requests import OpinionIn
from permits.store.event_log import EventLog
from permits.store.vault import Vault
from permits.web.reviewer import cases
from tests.web.browsing import look
from tests.web.housing import Housing

STEP = re.compile(r'<a class="govuk-button[^"]*" href="/review/cases/[^/]+/([^"]+)">')
SHUT = re.compile(r"<div><dt>([^<]+)</dt><dd>([^<]+)</dd></div>")


def steps(html: str) -> list[str]:
    return STEP.findall(html)


def shut(html: str) -> dict[str, str]:
    return dict(SHUT.findall(html.partition('id="limits"')[0]))


def test_everybody_is_offered_what_is_open_to_them_and_told_why_the_rest_is_not(
    housing: Housing,
) -> None:
    case = housing.filed()
    window = housing.browser("window").get(f"/review/cases/{case}").text
    assert steps(window) == [
        "actions/accept",
        "actions/issue_correction",
        "actions/declare_not_required",
        "actions/declare_not_competent",
        "beside/correct",
    ]
    assert "申请人" in shut(window)["撤回申请"]

    leader = housing.browser("leader").get(f"/review/cases/{case}").text
    assert steps(leader) == ["beside/correct"]
    assert "综合窗口" in shut(leader)["受理"]
    supervisor = housing.browser("supervisor").get(f"/review/cases/{case}").text
    assert steps(supervisor) == ["beside/rectify"]


def test_who_gave_the_opinion_does_not_decide(housing: Housing) -> None:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    housing.act("examiner", case, "examine", OpinionIn(recommends="grant", opinion="符合标准"))
    page = housing.browser("leader").get(f"/review/cases/{case}").text
    assert {"actions/grant", "actions/refuse", "actions/return_to_examiner"} <= set(steps(page))
    assert "审查岗建议准予" in page
    assert "符合标准" in page

    both = housing.open_officer("both", "examiner", "leader")
    other = housing.filed("ordinary")
    housing.act("window", other, "accept")
    both.fill(f"/review/cases/{other}/actions/examine", recommends="grant", opinion="自审自批")
    page = both.get(f"/review/cases/{other}").text
    assert "actions/grant" not in steps(page)
    assert shut(page)["准予"] == "提出审查意见的人不能同时作出决定，请由其他负责人办理。"


def test_personal_answers_are_masked_until_somebody_says_what_for_and_the_look_is_noted(
    housing: Housing,
) -> None:
    case, window = housing.filed(), housing.browser("window")
    page = window.get(f"/review/cases/{case}").text
    assert "0371-00000000" not in page and "经办人" not in answers_of(page)
    assert "037****0000" in page and "经*" in page
    assert looks(housing) == []

    shown = look(window, case)
    assert "0371-00000000" in shown.text
    assert "037****0000" not in shown.text
    (noted,) = looks(housing)
    assert noted == CaseShown(
        case_id=f"case/{case}",
        fields=("contact_name", "contact_phone"),
        reason="reach_the_person",
        words=noted.words,
    )
    assert "0371-00000000" not in window.get(f"/review/cases/{case}").text
    with housing.office.database.read() as connection:
        stream = f"access/{housing.people.actors['window'].id}"
        kept = Vault(housing.office.database.dialect).of(connection, stream)
    assert kept == {noted.words: "约定勘察时间"}, "what somebody writes is sealed as well"


def test_what_is_about_people_is_put_together_for_whoever_asked_alone(
    housing: Housing, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, window = housing.filed(), housing.browser("window")
    put, together = [], cases.about_people

    def about(*given):
        put.append(given)
        return together(*given)

    monkeypatch.setattr(cases, "about_people", about)
    assert window.get(f"/review/cases/{case}").status_code == 200
    assert put == []
    assert look(window, case).status_code == 200
    assert len(put) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("reason", ""), ("reason", "curiosity"), ("words", "  "), ("words", "长" * 501)],
)
def test_whoever_does_not_say_what_for_is_shown_nothing_and_told_what_is_wanted(
    housing: Housing, field: str, value: str
) -> None:
    case, window = housing.filed(), housing.browser("window")
    refused = look(window, case, **{field: value})
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert "0371-00000000" not in refused.text
    assert looks(housing) == []


def test_the_code_that_opens_the_case_to_the_public_is_shown_to_no_officer(
    housing: Housing,
) -> None:
    case, window = housing.filed(), housing.browser("window")
    record = housing.record(case)
    code = record.values[record.case.lookup]
    assert code not in window.get(f"/review/cases/{case}").text
    assert code not in window.get(f"/cases/{case}/receipt").text
    assert code not in look(window, case).text


def answers_of(page: str) -> str:
    """What a page shows of the application."""
    return page[page.index('id="application"') : page.index('id="history"')]


def looks(housing: Housing) -> list[CaseShown]:
    """The looks at personal answers in the window's access stream."""
    with housing.office.database.read() as connection:
        stream = f"access/{housing.people.actors['window'].id}"
        found = EventLog(housing.office.database.dialect).read(connection, stream)
        events = [read_event(envelope, body) for envelope, body in found]
    return [event for event in events if isinstance(event, CaseShown)]


def test_materials_stand_in_a_list_with_their_files(housing: Housing) -> None:
    case = housing.filed("ordinary", leave_out=("land_title",))
    page = housing.browser("window").get(f"/review/cases/{case}").text
    checklist = page.partition('id="materials"')[2].partition("</section>")[0]
    assert checklist.count("已提交") == 4
    assert checklist.count("未提交") == 1
    links = re.findall(r'href="(/cases/[^"]+/files/[^"]+)"', checklist)
    assert len(links) == 4
    assert housing.browser("window").get(links[0]).content.startswith(b"%PDF")


def test_the_chart_shows_where_the_case_stands_and_has_been(housing: Housing) -> None:
    case = housing.granted()
    for who in ("window", "fire", "auditor"):
        page = housing.browser(who).get(f"/cases/{case}/chart").text
        drawing = page.partition("<svg")[2].partition("</svg>")[0]
        # The state, and a leaf in each of its two regions; two states before it.
        assert drawing.count(f'stroke="{HERE_INK}"') == 3 + 1, "and the sign in the legend"
        assert drawing.count(f'fill="{BEEN_FILL}"') == 2 + 1, "and the sign in the legend"
    assert housing.browser("builder").get(f"/cases/{case}/chart").status_code == 404


def test_an_officer_who_follows_an_address_of_the_applicant_is_led_to_the_office(
    housing: Housing,
) -> None:
    case = housing.filed()
    answer = housing.browser("window").get(f"/cases/{case}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/review/cases/{case}")


def test_both_languages(housing: Housing) -> None:
    case, window = housing.granted(), housing.browser("window")
    window.get("/language/en?next=/")
    page = window.get(f"/review/cases/{case}").text
    assert "What you can do now" in page
    assert "Record delivery" in page


def test_what_the_examiner_recommended_stands_with_the_decision_once_it_is_taken(
    housing: Housing,
) -> None:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    given = OpinionIn(recommends="grant", opinion="与规划相符。")
    housing.act("examiner", case, "examine", given)
    leader = housing.browser("leader")
    now = leader.get(f"/review/cases/{case}").text.partition('id="now"')[2]
    assert "与规划相符。" in now.partition("</section>")[0]
    housing.act("leader", case, "grant")
    page = leader.get(f"/review/cases/{case}").text
    assert "审查岗建议准予" not in page.partition('id="now"')[2].partition("</section>")[0]
    assert "与规划相符。" in page.partition('id="decision"')[2].partition("</section>")[0]
