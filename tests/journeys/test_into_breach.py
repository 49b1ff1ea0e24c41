"""Each permit type into breach: what was promised is not done or not true, and the grant is
revoked and deregistered, through pages alone. The first of each kind, whatever is deferred,
committed to, exempted, filed or staged, begins with its application."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from permits.definitions.procedure import RevocationGround
from permits.services.demonstration.desk import PERMIT, Written, answers
from permits.services.demonstration.plot_stories import SITES
from permits.services.demonstration.plot_stories import written as plot
from permits.services.demonstration.sites import drawings, early_works
from permits.services.demonstration.works import GAS
from tests.journeys.applications import HOMES, INSPECTION, OFFICES, TOWER, stage
from tests.journeys.driving import Driven
from tests.journeys.scenes import filed, finished, granted
from tests.journeys.town import Town
from tests.journeys.walking import NARROW, WIDE
from tests.journeys.writing import Writer
from tests.web.joint import open_rooms

Towns = Callable[..., Town]

OTHER, DECEIT = RevocationGround.OTHER, RevocationGround.DECEIT_OR_BRIBERY
WHY = "逾期未整改。"


def test_a_gas_main_was_laid_otherwise(towns: Towns) -> None:
    town = towns("en", NARROW)
    main = Written(PERMIT, "fire", answers(GAS))
    case = filed(town, main, "commitment").is_decided_on_the_spot()
    town.on(2022, 6, 23)
    case.reports("report_completion", "2022-06-22")
    case.is_checked("check_after_completion", passed=False, finding="长度与承诺不符。")
    case.is_told_to_put_right("check_after_completion", "长度与承诺不符。")
    town.on(2022, 7, 8)
    case.is_noticed(OTHER, WHY)
    case.is_answered("施工时绕开了地下障碍。")
    case.is_revoked(OTHER, WHY)
    case.is_deregistered()


def test_a_charge_that_was_put_off_is_never_paid(towns: Towns) -> None:
    town = towns("zh", NARROW)
    case = filed(town, HOMES, "commitment").is_decided_on_the_spot()
    town.on(2022, 7, 1)
    case.reports("report_construction_permit", "2022-07-01")
    case.is_checked("check_declaration", passed=True)
    town.on(2023, 1, 4)
    case.is_overdue("pay_infrastructure_charge", "2023-01-03")
    case.is_ordered_to_be_paid("pay_infrastructure_charge", "缓缴期限届满，仍未缴清。")
    town.on(2023, 1, 19)
    case.is_noticed(OTHER, "责令限期缴纳，逾期仍未缴清。")
    town.on(2023, 2, 1)
    case.is_revoked(OTHER, "责令限期缴纳，逾期仍未缴清。")
    case.is_not_open("window", "deregister")
    case.is_to_be_paid("infrastructure_charge")
    case.is_paid("infrastructure_charge", "国库1号")
    case.is_deregistered()
    is_entered_in_the_credit_record(town, case)
    finds_the_commitment_shut(town, case)


def is_entered_in_the_credit_record(town: Town, case: Driven) -> None:
    """The supervisor gives notice; nobody objects in time, and the head makes the entry."""
    person = town.person("supervisor")
    says = person.says
    person.opens("/review")
    person.follow(re.compile(re.escape(says("Credit standing"))), person.main)
    person.follow(says("Look at a breach"), person.main.locator("tr", has_text=case.number).first)
    person.follow(says("Give notice of the entry"), person.main)
    person.choose(says("Degree"), says("breach of faith"))
    person.fill(says("Facts and grounds, as the notice will state them"), "缓缴逾期未缴。")
    person.press(says("Give notice of the entry"), person.main)
    town.on(2023, 2, 24)
    head = town.person("leader")
    head.opens("/review")
    head.follow(re.compile(re.escape(says("Credit standing"))), head.main)
    head.main.locator("tr", has_text=case.number).first.get_by_role("link").first.click()
    head.page.wait_for_url("**/office/parties/9*")
    head.follow(says("Make the entry"), head.main)
    head.press(says("Make the entry"), head.main)


def finds_the_commitment_shut(town: Town, case: Driven) -> None:
    """Who applies again is told that the commitment is not open, and why."""
    person = town.person("fire")
    writer = Writer(person, case.edition)
    writer.begins()
    writer.answers(HOMES.answers)
    person.follow(person.says("Continue"), person.main)
    track = case.definition.tracks["commitment"].title.in_(person.language)
    expect(person.page.get_by_label(track, exact=True)).to_be_disabled()
    expect(person.main.locator(".note--bad")).to_contain_text(case.number)


def test_areas_that_were_declared_were_wrong(towns: Towns) -> None:
    town = towns("en", WIDE)
    case = granted(town, TOWER)
    town.on(2022, 7, 1)
    case.reports("report_construction_permit", "2022-07-01")
    town.on(2022, 7, 20)
    case.is_checked("check_declaration", passed=False, finding="首层面积少报300平方米。")
    case.is_told_to_put_right("check_declaration", "首层面积少报300平方米。")
    town.on(2022, 8, 4)
    case.is_noticed(DECEIT, WHY)
    case.is_answered("测绘有误，并非故意。")
    case.is_revoked(DECEIT, WHY)
    case.is_paid("off_site_fee", "国库1号")
    case.is_deregistered()


def test_other_drawings_were_used_on_the_site(towns: Towns) -> None:
    town = towns("en", NARROW)
    case = filed(town, drawings(0, "2022-08-01"), "commitment").is_decided_on_the_spot()
    town.on(2022, 7, 20)
    case.reports("supply_certificate", "2022-07-19")
    case.reports("report_start", "2022-07-20", proof=False)
    town.on(2022, 8, 1)
    case.is_checked("check_use", passed=False, finding="使用了未经审查的图纸。")
    case.is_told_to_put_right("check_use", "使用了未经审查的图纸。")
    town.on(2022, 8, 16)
    case.is_noticed(OTHER, WHY)
    case.is_answered("没有意见。")
    case.is_revoked(OTHER, WHY)
    case.is_deregistered()


def test_piles_were_begun_before_the_permit(towns: Towns) -> None:
    town = towns("zh", WIDE)
    case = filed(town, early_works(0, "2022-06-20"), "commitment").is_decided_on_the_spot()
    town.on(2022, 6, 20)
    case.is_checked("check_site", passed=False, finding="已经开始桩基施工。")
    case.is_told_to_put_right("check_site", "已经开始桩基施工。")
    town.on(2022, 6, 28)
    case.is_noticed(OTHER, WHY)
    case.is_answered("没有意见。")
    case.is_revoked(OTHER, WHY)
    case.is_deregistered()


def test_the_next_stage_is_shut_when_the_pit_was_revoked(towns: Towns) -> None:
    town = towns("en", WIDE)
    pit = filed(town, stage("pit"), "commitment").is_decided_on_the_spot()
    town.on(2022, 6, 20)
    pit.reports("report_start", "2022-06-20", proof=False)
    pit.is_checked("check_commitment", passed=False, finding="使用了未经审查的图纸。")
    pit.is_told_to_put_right("check_commitment", "使用了未经审查的图纸。")
    town.on(2022, 7, 11)
    pit.is_noticed(DECEIT, WHY)
    pit.is_answered("没有意见。")
    pit.is_revoked(DECEIT, WHY)
    pit.is_deregistered()
    writer = Writer(town.person("fire"), pit.edition)
    writer.writes(stage("basement"), "commitment")
    writer.is_refused("none is passed over")


def test_a_scheme_does_not_keep_what_the_area_assessment_asks_for(towns: Towns) -> None:
    town = towns("en", WIDE)
    open_rooms(town.housing)
    agreed = {"fire": "of_fire", "civil_defence": "of_defence"}
    case = granted(town, OFFICES, agreed=agreed)
    town.on(2022, 12, 1)
    case.reports("report_start", "2022-11-30", proof=False)
    case.is_checked("check_after_start", passed=False, finding="交通组织不符合区域评估要求。")
    case.is_told_to_put_right("check_after_start", "交通组织不符合区域评估要求。")
    town.on(2022, 12, 20)
    case.is_noticed(DECEIT, WHY)
    case.is_answered("没有意见。")
    case.is_revoked(DECEIT, WHY)
    case.is_deregistered()


def test_the_archives_of_a_finished_building_never_come(towns: Towns) -> None:
    town = towns("zh", NARROW)
    finished(town)
    case = granted(town, INSPECTION)
    town.on(2022, 10, 12)
    case.is_overdue("supply_archives", "2022-09-09")
    case.is_noticed(OTHER, "逾期未补交工程档案。")
    town.on(2022, 10, 20)
    case.is_revoked(OTHER, "逾期未补交工程档案。")
    case.is_deregistered()


def test_a_plot_falls_short_of_the_investment(towns: Towns) -> None:
    town = towns("zh", WIDE)
    case = granted(town, plot(SITES[0]))
    town.on(2022, 9, 6)
    case.reports("report_start", "2022-09-05", proof=False)
    town.on(2023, 11, 20)
    case.reports("report_completion", "2023-09-01", proof=False)
    case.reports("report_inspection", "2023-11-20", proof=False)
    case.is_checked("check_completion", passed=False, finding="投资强度只有七百万元。")
    case.is_told_to_put_right("check_completion", "投资强度只有七百万元。")
    town.on(2024, 2, 28)
    case.is_noticed(RevocationGround.NOT_QUALIFIED, WHY)
    case.is_answered("没有意见。")
    case.is_revoked(RevocationGround.NOT_QUALIFIED, WHY)
    case.is_deregistered()
