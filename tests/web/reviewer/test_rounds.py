"""The verification round on paper: checks by inspector, and the sheet that is signed."""

import re

import pytest

from permits.services.requests import Report
from tests.casework import lots
from tests.casework.lots import CHECK
from tests.web.housing import Housing
from tests.web.reviewer.test_lots import NAMES, drawn, granted


@pytest.fixture
def office(housing: Housing) -> Housing:
    """An office with three inspectors, in which drawings are reviewed."""
    housing.office.shelf.publish(lots.resolved(), actor="setup", now=housing.office.now())
    housing.open_officer("inspector3", "inspector")
    return housing


def test_every_inspector_has_the_checks_that_were_drawn_to_them(office: Housing) -> None:
    cases = [granted(office), granted(office)]
    page = office.browser("leader").get("/review/checks").text
    for name in NAMES:
        part = re.search(rf"<h2 [^>]*>{name} .*?</section>", page, re.DOTALL)
        theirs = [case for case in cases if name in drawn(office, case)]
        listed = set(re.findall(r"/review/cases/([0-9a-f-]+)/checks/", part[0] if part else ""))
        assert listed == set(theirs), name
    assert "核查任务单" in page


def test_the_sheet_has_a_line_for_each_who_signs_and_no_personal_data(office: Housing) -> None:
    case = granted(office)
    page = office.browser("leader").get(f"/review/cases/{case}/checks/{CHECK}")
    assert page.status_code == 200
    signing = page.text.partition('<caption class="govuk-visually-hidden">签字')[2]
    assert {name for name in NAMES if f"核查人员 {name}<" in signing} == {*drawn(office, case)}
    assert office.record(case).case.number in page.text
    personal = {v for v in office.record(case).values.values() if len(v) > 3}
    shown = page.text
    assert not [one for one in personal if one.isdigit() and one in shown]


def test_before_lots_are_drawn_the_lines_stand_without_names(housing: Housing) -> None:
    case = housing.published()
    done = Report(obligation="report_completion", on=housing.clock.now.date())
    housing.people.beside("fire", f"case/{case}", done)
    page = housing.browser("leader").get(f"/review/cases/{case}/checks/check_after_completion")
    assert len(re.findall(r"核查人员 <", page.text)) == 2


def test_there_is_no_sheet_for_what_is_not_checked_nor_for_others(office: Housing) -> None:
    case = granted(office)
    leader = office.browser("leader")
    for duty in ("supply_certificate", "tea"):
        assert leader.get(f"/review/cases/{case}/checks/{duty}").status_code == 404
    assert office.stranger().get(f"/review/cases/{case}/checks/{CHECK}").status_code == 404
    assert "没有待完成的核查" in office.browser("stranger").get("/review/checks").text
