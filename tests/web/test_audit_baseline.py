"""The figures are computed: another file in `workflows/` gives others for the same case."""

import re
import shutil
from pathlib import Path

import pytest

from permits.definitions.loader import load_folder
from permits.settings import shipped
from tests.web.audit import Told, auditor, sheet, tables, value_of
from tests.web.housing import Housing
from tests.web.sharing import deliver

SAVED = "Saved against the ordinary procedure"
PROMISE = "Working days, against the promise"
FILE = "plan_exempt.yaml"


def publish(housing: Housing, folder: Path, *changes: tuple[str, str]) -> None:
    """Publish the shipped file with each pattern replaced, as whoever writes definitions would."""
    shutil.copytree(shipped("workflows"), folder)
    source = (folder / FILE).read_text(encoding="utf-8")
    for pattern, instead in changes:
        source, count = re.subn(pattern, instead, source, flags=re.DOTALL)
        assert count == 1, pattern
    (folder / FILE).write_text(source, encoding="utf-8")
    resolved, findings = load_folder(folder)
    assert not findings, "\n".join(map(str, findings))
    for one in resolved:
        assert housing.office.shelf.publish(one, actor="setup", now=housing.clock.now)


FOUR_AND_THREE = (
    ("promised: 2wd", "promised: 3wd"),
    (r"  required_by_rule:\n.*?(?=\ncommitments:)", ""),
    (r", required_by_rule\]", "]"),
)
"""A baseline of four materials and a promise of three working days."""


@pytest.fixture
def four_and_three(housing: Housing, tmp_path: Path) -> Housing:
    publish(housing, tmp_path / "workflows", *FOUR_AND_THREE)
    return housing


def saved(housing: Housing, case: str) -> tuple[int, int]:
    """What the page of the case says, which is also what its overview and its sheet say."""
    browser = auditor(housing)
    page = browser.get(f"/audit/cases/{case}").text
    found = value_of(page, "saved-materials"), value_of(page, "saved-days")
    number = housing.record(case).case.number
    (row,) = [r for r in sheet(browser, "/audit/cases.csv") if r["Case number"] == number]
    promised = "Working days saved, against the promised limit"
    assert found == (int(row["Materials saved"]), int(row[promised]))
    return found


def test_a_baseline_of_four_materials_and_three_days_saves_four_and_three(
    four_and_three: Housing,
) -> None:
    case = Told(four_and_three).exempted("2022-06-09")
    assert saved(four_and_three, case) == (4, 3)
    page = tables(auditor(four_and_three).get("/audit").text)
    assert (page[SAVED]["Materials"]["Sum"], page[SAVED][PROMISE]["Sum"]) == ("4", "3")


def test_a_decision_one_working_day_later_saves_one_of_two(housing: Housing) -> None:
    case = Told(housing).exempted("2022-06-09", granted="2022-06-10")
    assert saved(housing, case) == (5, 1)


def test_each_case_keeps_the_baseline_it_was_filed_under(housing: Housing, tmp_path: Path) -> None:
    told = Told(housing)
    before = told.exempted("2022-06-09")
    publish(housing, tmp_path / "workflows", *FOUR_AND_THREE)
    after = told.exempted("2022-06-09")
    assert (saved(housing, before), saved(housing, after)) == ((5, 2), (4, 3))
    page = tables(auditor(housing).get("/audit").text)
    assert (page[SAVED]["Materials"]["Sum"], page[SAVED][PROMISE]["Sum"]) == ("9", "5")
    html = auditor(housing).get("/audit").text.partition('id="baselines"')[2]
    assert {"2 working days", "3 working days"} <= set(re.findall(r"\d working days", html))
    for case in (before, after):
        assert housing.record(case).case.definition[:12] in html


@pytest.mark.parametrize(
    ("treatment", "cause", "fate"),
    [
        ("shared", "Obtained by the office", "Obtained by the office"),
        ("committed", "Replaced by the commitment", "Replaced by the commitment"),
    ],
)
def test_materials_are_told_by_cause(
    housing: Housing, tmp_path: Path, treatment: str, cause: str, fate: str
) -> None:
    uncovered = [UNCOVERED] if treatment == "shared" else []
    publish(housing, tmp_path / "workflows", as_land_title(treatment), *uncovered)
    deliver(housing, "land_title", permit="plan_exempt", known=("land_title",))
    case = Told(housing).exempted("2022-06-09")
    browser = auditor(housing)
    causes = tables(browser.get("/audit").text)["Materials by cause"]
    assert causes[cause] == {"Materials": "1", "Cases": "1"}
    assert causes["Not needed"] == {"Materials": "4", "Cases": "1"}
    page = tables(browser.get(f"/audit/cases/{case}").text)
    assert page["Materials"]["Proof of land rights"]["What became of it"].startswith(fate)
    assert saved(housing, case) == (5, 2)


UNCOVERED = (r"(covers: \[application, )land_title, ", r"\g<1>")
"""What is shared or handed in later is not what the commitment stands in for."""


BROUGHT = (
    r"(obligations:\n)(  report_completion:\n)",
    r"""\1  bring_land_title:
    title: {zh: 补交土地权属证明, en: Bring the proof of land rights}
    says: {zh: 在规定期限内补交土地权属证明。, en: Hand in the proof of land rights in time.}
    debtor: applicant
    opens: granted
    due:
      earliest:
        - {milestone: granted, plus: 1m}
      basis:
        example: {zh: 示例值, en: Example value}
    settled_by: report
    brings: land_title
    voided_by: [revoked]
    warn_days_left: 5
    basis: {law: licensing_act, article: "34, 61"}
\2""",
)
"""What is handed in after the decision is owed by name."""


def as_land_title(treatment: str) -> tuple[str, str]:
    known = r"(  land_title:\n.*?commitment: )exempt"
    return known, rf"\g<1>{treatment}"


def test_what_is_deferred_stands_apart_and_is_never_saved(
    housing: Housing, tmp_path: Path
) -> None:
    secondary = (r"(  land_title:\n.*?essential: )true", r"\g<1>false")
    changes = (secondary, as_land_title("deferred"), UNCOVERED, BROUGHT)
    publish(housing, tmp_path / "workflows", *changes)
    case = Told(housing).exempted("2022-06-09")
    browser = auditor(housing)
    causes = tables(browser.get("/audit").text)["Materials by cause"]
    assert causes["To follow, not saved"] == {"Materials": "1", "Cases": "1"}
    assert causes["Saved in all"] == {"Materials": "4", "Cases": "1"}
    materials = tables(browser.get(f"/audit/cases/{case}").text)["Materials"]
    assert materials["Proof of land rights"]["What became of it"] == (
        "To follow: deferred, not saved"
    )
    assert saved(housing, case) == (4, 2)


def test_a_material_that_would_not_be_asked_of_this_case_is_named_and_not_counted(
    housing: Housing, tmp_path: Path
) -> None:
    only_if = (r"(  design_scheme:\n    title: [^\n]*\n)", r"\g<1>    when: affects_neighbours\n")
    publish(housing, tmp_path / "workflows", only_if)
    case = Told(housing).exempted("2022-06-09")
    html = auditor(housing).get(f"/audit/cases/{case}").text
    assert "Design scheme (only if: the works affect neighbours)" in html
    assert "Design scheme" not in tables(html)["Materials"]
    assert saved(housing, case) == (4, 2)
    overview = auditor(housing).get("/audit").text
    (baseline,) = tables(overview)["What it is measured against"].values()
    assert baseline["Materials"] == "4 materials"
    assert "and up to 1 more where they apply" in overview
