"""Each permit type from the guide to the closed file, driven through pages alone. The exemption
from the planning permit is walked by an applicant and by officers elsewhere."""

from collections.abc import Callable

from permits.services.demonstration.plot_stories import SITES
from permits.services.demonstration.plot_stories import written as plot
from permits.services.demonstration.sites import drawings, early_works
from tests.journeys.applications import HOMES, INSPECTION, OFFICES, TOWER, stage
from tests.journeys.scenes import filed, finished
from tests.journeys.town import Town
from tests.journeys.walking import NARROW, WIDE
from tests.web.joint import open_rooms

Towns = Callable[..., Town]


def test_a_charge_that_was_put_off_is_paid_in_two_parts(towns: Towns) -> None:
    town = towns("en", WIDE)
    case = filed(town, HOMES, "commitment").is_decided_on_the_spot()
    town.on(2022, 7, 1)
    case.reports("report_construction_permit", "2022-07-01")
    town.on(2022, 7, 20)
    case.is_checked("check_declaration", passed=True)
    town.on(2022, 10, 10)
    case.is_paid("infrastructure_charge", "国库1号", "1595000")
    case.is_paid("infrastructure_charge", "国库2号")
    town.on(2022, 11, 1)
    case.reports("apply_for_joint_acceptance", "2022-11-01", proof=False)
    town.on(2022, 11, 20)
    case.reports("pass_joint_acceptance", "2022-11-18")
    case.is_concluded()


def test_a_fee_is_paid_before_the_decision(towns: Towns) -> None:
    town = towns("zh", NARROW)
    case = filed(town, TOWER, "ordinary")
    case.is_accepted()
    town.on(2022, 6, 10)
    case.is_proposed()
    case.is_not_open("leader", "grant")
    case.is_to_be_paid("off_site_fee")
    case.is_paid("off_site_fee", "国库1号")
    case.is_granted()
    case.is_delivered_and_published()
    case.is_concluded()


def test_drawings_are_taken_on_commitment_and_used_once_they_passed(towns: Towns) -> None:
    town = towns("zh", WIDE)
    case = filed(town, drawings(0, "2022-08-01"), "commitment").is_decided_on_the_spot()
    town.on(2022, 7, 20)
    if "check_drawings" in case.open:
        case.is_checked("check_drawings", passed=True)
    case.reports("supply_certificate", "2022-07-19")
    town.on(2022, 7, 26)
    case.reports("report_start", "2022-07-25", proof=False)
    town.on(2022, 8, 10)
    case.is_checked("check_use", passed=True)
    case.is_concluded()


def test_works_begin_early_are_put_right_and_wait_for_the_permit(towns: Towns) -> None:
    """The site is not as committed at first; what was ordered is done, and checked again."""
    town = towns("en", NARROW)
    case = filed(town, early_works(0, "2022-06-20"), "commitment").is_decided_on_the_spot()
    town.on(2022, 6, 20)
    case.is_checked("check_site", passed=False, finding="围挡超出用地红线，责令整改。")
    town.on(2022, 6, 24)
    case.is_told_to_put_right("check_site", "围挡超出用地红线，责令整改。")
    case.is_reported_put_right("check_site", "围挡已移至红线以内。", "2022-06-23")
    case.is_checked("check_site", passed=True, finding="已经整改。", pile="Checks for you")
    town.on(2022, 9, 1)
    case.reports("obtain_permit", "2022-08-31")
    town.on(2022, 9, 6)
    case.reports("report_permanent_start", "2022-09-05", proof=False)
    case.is_concluded()


def test_a_building_is_permitted_in_two_stages(towns: Towns) -> None:
    town = towns("zh", WIDE)
    pit = filed(town, stage("pit"), "commitment").is_decided_on_the_spot()
    town.on(2022, 6, 20)
    pit.reports("report_start", "2022-06-17")
    pit.reports("supply_planning_permit", "2022-06-20")
    pit.reports("supply_basement_drawings", "2022-06-20")
    pit.is_checked("check_commitment", passed=True)
    rest = filed(town, stage("basement_and_up"), "commitment").is_decided_on_the_spot()
    town.on(2022, 8, 1)
    rest.reports("report_start", "2022-08-01", proof=False)
    rest.is_checked("check_commitment", passed=True)
    town.on(2022, 8, 10)
    for case in (pit, rest):
        if "spot_check" in case.open:
            case.is_checked("spot_check", passed=True, finding="抽中，现场与承诺一致。")
    town.on(2023, 3, 20)
    for case in (pit, rest):
        case.reports("report_completion", "2023-03-17", proof=False)
        case.is_concluded()


def test_a_finished_building_is_inspected_and_its_archives_follow(towns: Towns) -> None:
    town = towns("en", WIDE)
    finished(town)
    case = filed(town, INSPECTION, "commitment").is_examined_and_decided()
    town.on(2023, 2, 1)
    case.reports("supply_archives", "2023-01-31")
    case.is_checked("check_archives", passed=True)
    case.is_concluded()


def test_departments_give_their_opinions_and_one_decides(towns: Towns) -> None:
    town = towns("zh", NARROW)
    open_rooms(town.housing)
    case = filed(town, OFFICES, "ordinary")
    case.is_accepted()
    town.on(2022, 6, 10)
    case.asks("fire", "civil_defence", "utilities")
    town.on(2022, 6, 14)
    case.is_agreed_to("of_fire", "fire")
    case.is_agreed_to("of_defence", "civil_defence")
    case.joins()
    case.is_proposed()
    case.is_granted()
    case.is_delivered_and_published()
    town.on(2022, 12, 1)
    case.reports("report_start", "2022-11-30", proof=False)
    case.is_concluded()


def test_a_plot_is_built_on_and_reaches_full_production(towns: Towns) -> None:
    town = towns("en", NARROW)
    case = filed(town, plot(SITES[0]), "commitment").is_decided_on_the_spot()
    town.on(2022, 9, 6)
    case.reports("report_start", "2022-09-05", proof=False)
    town.on(2023, 9, 1)
    case.reports("report_completion", "2023-09-01", proof=False)
    town.on(2023, 11, 20)
    case.reports("report_inspection", "2023-11-20")
    town.on(2023, 12, 4)
    case.is_checked("check_completion", passed=True)
    town.on(2025, 10, 20)
    case.reports("report_production", "2025-10-17")
    town.on(2025, 11, 20)
    case.is_checked("check_production", passed=True)
    case.is_concluded()
