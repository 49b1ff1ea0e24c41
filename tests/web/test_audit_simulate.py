"""The page of what would be saved: what it answers, refuses, and lets be taken along."""

import json
import re

import pytest

from tests.web.audit import Audited, auditor, sheet, tables

PAGE = "/audit/simulate"
ALL = f"{PAGE}?permit=plan_exempt&everyone=yes"


def test_what_ordinary_cases_would_have_saved_stands_beside_its_interval(audited: Audited) -> None:
    html = audited.auditor.get(ALL).text
    saved = tables(html)["What would have been saved"]
    assert saved["Working days used on the ordinary track"]["Mean of a case"] != "–"
    days = {name: row["Mean of a case"] for name, row in saved.items()}
    assert days["Working days saved"] == days["Working days used on the ordinary track"]
    assert "How this was reckoned" in html


def test_what_is_left_out_is_told_with_the_reason(audited: Audited) -> None:
    html = audited.auditor.get(f"{PAGE}?permit=plan_exempt").text
    assert "Rests on 5 decided ordinary cases." in html
    assert "1 · still open" in html
    assert "2 · withdrawn or not accepted" in html


def test_without_a_decided_ordinary_case_nothing_is_told_of_savings(audited: Audited) -> None:
    html = audited.auditor.get(f"{PAGE}?permit=plan_exempt&from=2023-01-01").text
    assert "nothing is told of savings" in html
    assert "What would have been saved" not in html


def test_where_no_commitment_was_checked_nothing_is_said_of_breaches(audited: Audited) -> None:
    html = audited.auditor.get(ALL).text
    assert "No commitment was ever checked in this office" in html
    assert "Breaches not found" not in html


def test_the_same_address_gives_the_same_page_and_another_seed_other_intervals(
    audited: Audited,
) -> None:
    def found(seed: int) -> dict[str, dict[str, str]]:
        html = audited.auditor.get(f"{ALL}&seed={seed}&ahead=40").text
        return tables(html)["What would have been saved"]

    assert found(1) == found(1)
    assert found(1) != found(2)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("permit=bakery", "permit"),
        ("share=101", "share"),
        ("share=half", "share"),
        ("ahead=0", "ahead"),
        ("seed=-1", "seed"),
        ("seed=²", "seed"),
        ("from=soon", "from"),
        ("from=2022-07-01&to=2022-06-01", "to"),
    ],
)
def test_what_cannot_be_answered_is_said_beside_its_field(
    audited: Audited, query: str, field: str
) -> None:
    answer = audited.auditor.get(f"{PAGE}?{query}")
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert "What would have been saved" not in answer.text


def test_the_figures_can_be_taken_along(audited: Audited) -> None:
    browser = audited.auditor
    told = json.loads(browser.get(f"{ALL}&as=json").text)
    page = tables(browser.get(ALL).text)["What would have been saved"]
    by_name = {row["name"]: row for row in told["rows"]}
    shown = page["Working days saved"]["Mean of a case"].replace("−", "-")
    assert float(shown) == by_name["days_saved"]["mean"]
    rows = sheet(browser, f"{ALL}&as=csv")
    assert len(rows) == len(told["rows"])
    assert len(sheet(browser, f"{PAGE}?permit=plan_exempt&from=2023-01-01&as=csv")) == 0


def test_in_chinese_nothing_is_left_in_english(audited: Audited) -> None:
    browser = auditor(audited.housing, "zh")
    main = re.sub(r"<[^>]+>", " ", browser.get(ALL).text.partition("<main")[2])
    assert "改用告知承诺制会怎样" in main
    assert not re.search(r"\b(the|cases|track|Materials)\b", main)


def test_a_simulation_can_be_saved_as_a_question(audited: Audited) -> None:
    browser = audited.auditor
    saving = re.findall(r'href="(/audit/questions\?ask=[^"]+)"', browser.get(ALL).text)
    assert len(saving) == 1
    assert f'value="{ALL.replace("&", "&amp;")}"' in browser.get(saving[0]).text
