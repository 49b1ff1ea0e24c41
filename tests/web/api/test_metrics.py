"""Figures for programs of auditors: the same numbers as on the pages."""

from collections.abc import Iterator

import pytest

from permits.analytics.measures import RULES, Measure
from tests.web.api.program import V1, Contract, Program, Programs
from tests.web.audit import Audited, tables
from tests.web.test_audit_history import imported

METRICS = f"{V1}/metrics"


@pytest.fixture(scope="module")
def programs(audited: Audited, contract: Contract) -> Iterator[Programs]:
    made = Programs(audited.housing, contract)
    yield made
    made.close()


@pytest.fixture
def auditor(programs: Programs) -> Program:
    return programs["auditor"]


def test_every_figure_is_listed_with_how_it_is_made(auditor) -> None:
    items = auditor.read(METRICS)["items"]
    assert [one["name"] for one in items] == [measure.value for measure in Measure]
    assert all(one["title"] and one["explains"] for one in items)
    assert [set(one["ways"]) for one in items] == [set(RULES[m].ways) for m in Measure]


def test_a_figure_is_that_of_the_page(audited: Audited, auditor) -> None:
    told = auditor.read(f"{METRICS}/materials_saved?by=track")
    page = audited.auditor.get("/audit/measures/materials_saved?by=track").text
    (commitment,) = (one for one in told["groups"] if one["group"] == "commitment")
    assert commitment == {
        "group": "commitment",
        "count": 2,
        "sum": 10,
        "mean": 5.0,
        "median": 5.0,
        "p90": 5,
        "unreckoned": 0,
        "histogram": [{"number": 5, "times": 2}],
        "of_before": 0,
    }
    assert tables(page)["Told apart"]["On commitment"]["Sum or share"] == "10"
    assert told["as_of"] == "2022-07-11"


def test_it_can_be_asked_of_some_cases_and_of_a_past_day(auditor) -> None:
    june = auditor.read(f"{METRICS}/days_saved?from=2022-06-01&to=2022-06-30")
    assert june["groups"][0]["count"] == 4
    then = auditor.read(f"{METRICS}/days_saved?known=2022-06-16&permit=plan_exempt")
    assert (then["as_of"], then["groups"][0]["sum"]) == ("2022-06-16", 4)
    assert auditor.read(f"{METRICS}/days_saved?known=2022-07-11")["groups"][0]["count"] == 6
    assert auditor.read(f"{METRICS}/days_saved?track=tolerant")["groups"] == []


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("by=state", "by"),
        ("known=2022-07-12", "known"),
        ("from=2022-07-02&to=2022-07-01", "to"),
        ("by=bakery", "by"),
        ("from=soon", "from"),
    ],
)
def test_what_makes_no_sense_is_told(auditor, query: str, parameter: str) -> None:
    answer = auditor.get(f"{METRICS}/days_used?{query}")
    assert answer.status_code == 422
    assert [one["parameter"] for one in answer.json()["errors"]] == [parameter]


def test_there_are_no_other_figures_and_nobody_else_is_told(audited, auditor, programs) -> None:
    assert auditor.get(f"{METRICS}/happiness").status_code in (404, 422)
    assert programs["window"].get(f"{METRICS}/days_used").status_code == 403


def test_a_simulation_is_that_of_the_page(audited: Audited, auditor) -> None:
    told = auditor.read(f"{V1}/simulations/plan_exempt?seed=7&ahead=40")
    html = audited.auditor.get("/audit/simulate?permit=plan_exempt&seed=7&ahead=40").text
    page = tables(html)["What would have been saved"]["Working days saved"]
    (days,) = (one for one in told["figures"] if one["name"] == "days_saved")
    assert page["Mean of a case"] == f"{days['mean']:g}"
    assert page["Interval of the mean, 90 of 100"] == (
        f"{days['mean_in']['low']:g} to {days['mean_in']['high']:g}"
    )
    assert (told["cases"], told["ahead"], told["breaches"]) == (5, 40, None)
    assert {one["why"]: one["cases"] for one in told["left_out"]} == {"open": 1, "undecided": 2}


def test_what_cannot_be_simulated_is_told(programs: Programs, auditor) -> None:
    path = f"{V1}/simulations"
    assert auditor.get(f"{path}/bakery").status_code == 404
    assert auditor.get(f"{path}/plan_exempt?share=101").status_code == 422
    assert auditor.get(f"{path}/plan_exempt?from=2022-07-01&to=2022-06-01").status_code == 422
    assert programs["examiner"].get(f"{path}/plan_exempt").status_code == 403
    assert auditor.read(f"{path}/plan_exempt?from=2023-01-01")["figures"] == []


def test_cases_of_before_are_told_where_they_are_asked_for(audited: Audited, auditor) -> None:
    imported(audited.housing)
    own = auditor.read(f"{METRICS}/days_gross")["groups"][0]
    assert own["of_before"] == 0
    (whole,) = auditor.read(f"{METRICS}/days_gross?before=true")["groups"]
    # The three of the file took 4, 7 and 0 working days.
    assert (whole["of_before"], whole["count"]) == (3, own["count"] + 3)
    assert whole["sum"] == own["sum"] + 11
    march = auditor.read(f"{METRICS}/days_gross?before=true&by=month&to=2022-03-31")["groups"]
    assert [(one["group"], one["of_before"]) for one in march] == [("2022-03", 3)]
    refused = auditor.get(f"{METRICS}/days_used?before=true")
    assert refused.status_code == 422
    assert [one["parameter"] for one in refused.json()["errors"]] == ["before"]
