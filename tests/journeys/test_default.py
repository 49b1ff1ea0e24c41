"""A fee that was put off is not paid in time: the joint inspection stays shut until it is."""

from collections.abc import Callable

from playwright.sync_api import expect

from permits.services.timers import lapse_due
from tests.journeys.test_office import Office
from tests.journeys.walking import Walk
from tests.web.housing import Housing, at
from tests.web.sites import publish
from tests.web.test_ledgers import FEE, HOMES

DUTY = "pay_infrastructure_charge"
PASSED = "pass_joint_acceptance"


class Developer:
    """Whoever has to pay, at the same desk as the office."""

    def __init__(self, office: Office, housing: Housing, case: str) -> None:
        self.office, self.walk = office, office.walk
        self.housing, self.case = housing, case

    def reports(self, duty: str, on: str) -> None:
        self.office.sits_down("fire")
        self.walk.go(f"/cases/{self.case}/obligations/{duty}")
        self.walk.fill(self.walk.says("Day on which it was done"), on)
        self.walk.press(self.walk.says("Report"))
        assert self.walk.path == f"/cases/{self.case}"

    def may_report(self, duty: str) -> bool:
        """Whether the page of the case leads to the report."""
        self.office.sits_down("fire")
        self.walk.go(f"/cases/{self.case}")
        page = f"/cases/{self.case}/obligations/{duty}"
        return self.walk.main.locator(f'a[href="{page}"]').count() > 0


def day(housing: Housing, year: int, month: int, number: int) -> None:
    """Another day; what fell due meanwhile is told."""
    office = housing.office
    housing.clock.now = at(year, month, number)
    lapse_due(office.database, office.queue.submit, office.now())


def test_what_was_put_off_and_not_paid_shuts_the_joint_inspection(
    housing: Housing, walks: Callable[..., Walk]
) -> None:
    publish(housing, HOMES.permit)
    edition = housing.office.shelf.current(HOMES.permit)
    assert edition is not None
    case = HOMES.file(housing.people, "commitment").removeprefix("case/")
    walk = walks("zh")
    office = Office(walk, housing, edition)
    developer = Developer(office, housing, case)

    office.sits_down("window")
    walk.go(f"/review/cases/{case}")
    office.takes("accept")
    office.takes("grant_on_the_spot")
    expect(walk.main).to_contain_text(walk.says("Granted with materials or fees to follow"))
    office.delivers()

    day(housing, 2022, 7, 1)
    developer.reports("report_construction_permit", "2022-07-01")
    day(housing, 2022, 12, 1)
    developer.reports("apply_for_joint_acceptance", "2022-12-01")
    day(housing, 2022, 12, 5)
    held = housing.record(case).case.obligations[DUTY]
    assert (held.overdue, str(held.due)) == (True, "2022-12-01")
    assert not developer.may_report(PASSED)
    expect(walk.main).to_contain_text("须先缴清“城市基础设施配套费”")

    office.sits_down("window")
    walk.go(f"/review/cases/{case}/beside/pay/{FEE}")
    walk.fill(walk.says("Treasury receipt number"), "国库1号")
    walk.press(walk.main.locator("h1").inner_text(), walk.main)
    assert housing.record(case).case.obligations[DUTY].status == "settled"
    assert developer.may_report(PASSED)
    developer.reports(PASSED, "2022-12-05")
    assert str(housing.record(case).case.milestones["joint_acceptance"]) == "2022-12-05"
