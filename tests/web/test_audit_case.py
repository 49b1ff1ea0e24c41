"""One case: every material, every day and every stay its saving is made of, and its log."""

import re

import pytest
from sqlalchemy import text

from tests.web.audit import Audited, Told, auditor, tables, value_of
from tests.web.browsing import fingerprint
from tests.web.housing import Browser, Housing

FIVE = {
    "Written application",
    "Proof of land rights",
    "Project approval, verification or filing",
    "Design scheme",
    "Other materials the regulation requires",
}


def page_of(browser: Browser, case: str) -> str:
    answer = browser.get(f"/audit/cases/{case}")
    assert answer.status_code == 200
    return answer.text


def shown(audited: Audited, kind: str) -> str:
    return page_of(audited.auditor, audited.cases[kind])


def fates(html: str) -> dict[str, str]:
    found = tables(html)["Materials"]
    return {head: re.sub(r"\s+", " ", found[head]["What became of it"]) for head in FIVE}


def test_each_material_with_what_became_of_it_and_on_which_ground(audited: Audited) -> None:
    html = shown(audited, "gas")
    assert set(fates(html).values()) == {"Not needed"}
    assert html.count('<data class="saved-material" value="1">') == 5
    materials = html.partition('id="materials"')[2].partition("</section>")[0]
    for article in range(1, 6):
        assert f"Zhengzhou Regulation on Urban and Rural Planning, art. 42({article})" in materials
    assert materials.count("covered by: Notice and commitment for the exemption") == 5
    assert "State Council General Office guidance on notice and commitment" in materials
    assert "Row of the list the decision rests on: A municipal line under 200 m" in materials


def test_what_was_handed_in_is_not_saved(audited: Audited) -> None:
    html = shown(audited, "slow")
    assert set(fates(html).values()) == {"Handed in"}
    assert 'class="saved-material"' not in html


def test_what_silence_accepted_is_neither_handed_in_nor_saved(audited: Audited) -> None:
    html = shown(audited, "silent")
    assert fates(html)["Proof of land rights"] == "Not handed in, and not saved"
    assert "The law took the case as accepted without it" in html
    assert "by silence, by law" in html
    assert value_of(html, "saved-materials") == 0


def test_both_limits_stand_with_their_ground_and_an_example_is_marked(audited: Audited) -> None:
    days = shown(audited, "gas").partition('id="days"')[2].partition("</section>")[0]
    promised, _, law = days.partition("Statutory limit of the ordinary procedure")
    assert "2 working days" in promised
    assert "Example value" in promised
    assert "30 working days" in law
    assert "Zhengzhou Regulation on Urban and Rural Planning, art. 44" in law
    assert "Example value" not in law


def test_a_slower_case_shows_a_negative_number(audited: Audited) -> None:
    html = shown(audited, "slow")
    assert value_of(html, "saved-days") == -4
    assert value_of(html, "saved-statutory") == 24
    assert "promised 2 working days, used 6 working days: slower than promised" in html
    assert "2 − 6 =" in html


def test_each_counted_day_from_acceptance_to_decision(audited: Audited) -> None:
    html = shown(audited, "slow")
    days = tables(html)["Every day with its reason"]
    numbered = {head: cells["No."] for head, cells in days.items() if cells["No."] != "–"}
    assert list(numbered.values()) == ["1", "2", "3", "4", "5", "6"]
    assert value_of(html, "used-days") == 6
    assert next(iter(days.values()))["Reason"] == "The day it starts is not counted"
    assert list(numbered)[-1].startswith("17 June 2022")
    assert "day of the decision" in html


def test_suspensions_with_their_cause_are_left_out(audited: Audited) -> None:
    html = shown(audited, "suspended")
    assert tables(html)["Suspensions"] == {
        "expert review": {"After": "14 June 2022", "Until": "23 June 2022", "Working days": "7"}
    }
    assert (value_of(html, "used-days"), value_of(html, "saved-days")) == (2, 0)
    reasons = [cells["Reason"] for cells in tables(html)["Every day with its reason"].values()]
    assert reasons.count("Time limit suspended, not counted") == 9


def test_a_suspension_that_still_lasts(housing: Housing) -> None:
    from permits.definitions.procedure import SpecialCause
    from permits.services.requests import SpecialProcedure

    case = Told(housing).accepted("2022-06-09")
    special = SpecialProcedure(cause=SpecialCause.EXPERT_REVIEW, stated="10wd", notified=True)
    housing.act("examiner", case, "suspend", special)
    pauses = tables(page_of(auditor(housing), case))["Suspensions"]
    assert pauses["expert review"] == {
        "After": "9 June 2022",
        "Until": "still suspended",
        "Working days": "–",
    }


def test_how_long_it_stood_in_each_state(audited: Audited) -> None:
    stays = tables(shown(audited, "suspended"))["How long it stood where"]
    assert stays["Received"]["Working days"] == "0"
    assert stays["Special procedure"] == {
        "Since": "14 June 2022, 10:00",
        "Until": "23 June 2022, 10:00",
        "Working days": "7",
    }
    assert stays["In force"]["Until"] == "still there"


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("refused", "It was refused. Only a grant that stands saves anything"),
        ("withdrawn", "The applicant withdrew it before it was decided."),
        ("not_accepted", "It was not accepted, so nothing was decided."),
        ("revoked", "the grant was revoked on 5 July 2022"),
        ("open", "It is still open. Only a grant that stands saves anything."),
    ],
)
def test_a_case_without_a_standing_grant_saves_nothing_and_says_so(
    audited: Audited, kind: str, says: str
) -> None:
    html = shown(audited, kind)
    assert "This case saves nothing" in html
    assert says in re.sub(r"\s+", " ", html)
    assert "saved-materials" not in html
    assert "saved-days" not in html
    assert 'class="saved-material"' not in html


def test_days_of_a_year_without_a_calendar_are_not_reckoned_and_say_why(housing: Housing) -> None:
    told = Told(housing)
    case = told.exempted("2026-12-31", granted="2027-01-04")
    browser = auditor(housing)
    html = page_of(browser, case)
    assert value_of(html, "saved-materials") == 5
    assert "saved-days" not in html
    assert "The calendar of 2027 is not published" in html
    assert "No calendar is published for 2027." in html
    overview = browser.get("/audit").text
    assert "because a year they fall in has no published calendar" in overview
    assert 'href="/audit/cases?which=unreckoned"' in overview
    assert "not reckoned" in browser.get("/audit/cases?which=unreckoned").text


def test_nothing_personal_is_shown(audited: Audited) -> None:
    for kind in audited.cases:
        html = shown(audited, kind)
        assert "0371-00000000" not in html
        assert "经办人" not in html
        assert "符合要求" not in html


def test_why_a_limit_was_overrun_is_shown_as_it_is_public(housing: Housing) -> None:
    from permits.services.requests import Explain

    told = Told(housing)
    case = told.decided(told.accepted("2022-06-09"), "2022-06-17")
    why = Explain(clock="promise", reason="需要协调相关管线单位。")
    housing.people.beside("leader", f"case/{case}", why)
    assert "需要协调相关管线单位。" in page_of(auditor(housing), case)


def test_edition_events_and_hash_are_those_of_the_log(audited: Audited) -> None:
    html = shown(audited, "gas")
    record = audited.housing.record(audited.cases["gas"])
    chain = audited.housing.office.cases.chain(record.case)
    assert fingerprint(record.case.definition) in html
    assert fingerprint(chain.head) in html
    assert f"<dd>{len(record.entries)}</dd>" in html
    assert "Log checked and whole" in html


def test_a_log_that_was_tampered_with_is_told(housing: Housing) -> None:
    case = Told(housing).exempted("2022-06-09")
    with housing.office.database.write() as connection:
        connection.execute(text("DROP TRIGGER event_no_update"))
        connection.execute(
            text("UPDATE event SET hash = zeroblob(32) WHERE stream = :s AND seq = 3"),
            {"s": f"case/{case}"},
        )
    html = page_of(auditor(housing), case)
    assert "The log is not whole: event 3" in html
    assert "Log checked and whole" not in html


def test_figures_that_are_not_those_of_the_log_are_told(housing: Housing) -> None:
    case = Told(housing).exempted("2022-06-09")
    browser = auditor(housing)
    assert "The overview counts other figures" not in page_of(browser, case)
    with housing.office.database.write() as connection:
        connection.execute(text("UPDATE case_facts SET saved_wd = 9"))
    html = page_of(browser, case)
    assert "The overview counts other figures for this case than its log gives." in html
    assert value_of(html, "saved-days") == 2


def test_in_chinese(audited: Audited) -> None:
    browser = auditor(audited.housing, "zh")
    html = page_of(browser, audited.cases["suspended"])
    assert tables(html)["期限中止"]["专家评审"]["工作日"] == "7"
    assert set(tables(html)["申请材料"]) >= {"书面申请", "土地权属证明", "节约合计"}
    html = page_of(browser, audited.cases["refused"])
    assert "本件不计节约" in html


def test_what_is_no_case_is_not_found(audited: Audited) -> None:
    assert audited.auditor.get("/audit/cases/none").status_code == 404
