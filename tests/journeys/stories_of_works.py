"""Journeys of works: what somebody wants to build, from the guide to the closed file."""

from playwright.sync_api import expect

from permits.definitions.procedure import RevocationGround
from permits.services.demonstration.desk import PERMIT, Works, Written, answers
from permits.services.demonstration.sites import drawings
from permits.services.demonstration.works import GAS, POLES
from tests.journeys.applications import HOMES, stage
from tests.journeys.driving import Driven
from tests.journeys.revoking import Revocable
from tests.journeys.scenes import WHO, filed
from tests.journeys.town import Town
from tests.journeys.writing import Writer
from tests.web.signing import open_account

CHARGE = "infrastructure_charge"
PAY = "pay_infrastructure_charge"
NOT_YET = (
    "Stages are permitted in their order, and none is passed over. In this project these are not"
    " permitted yet: %(what)s. Apply for them first, or together."
)


def two_real_works(town: Town) -> None:
    """The two works of the programme's report; each saves five materials and two days."""
    gas, poles = _filed(town, GAS), _filed(town, POLES)
    for case in (gas, poles):
        case.is_decided_on_the_spot()
    town.on(2022, 6, 23)
    gas.reports("report_completion", "2022-06-22")
    town.on(2022, 7, 1)
    poles.reports("report_completion", "2022-06-30")
    for case in (gas, poles):
        case.is_checked("check_after_completion", passed=True)
        case.is_concluded()
    saves(town, gas, materials=5, days=2)
    saves(town, poles, materials=5, days=2)


def _filed(town: Town, works: Works) -> Revocable:
    return filed(town, Written(PERMIT, WHO, answers(works)), "commitment")


def saves(town: Town, case: Driven, *, materials: int, days: int) -> None:
    """An auditor comes from the figures to the case, and reads what it saved."""
    person = town.person("auditor")
    person.opens("/audit")
    person.follow(person.says("All cases as a list"), person.main)
    person.main.locator(f'a[href^="/audit/cases/{case.case}"]').click()
    person.page.wait_for_url(f"**/audit/cases/{case.case}*")
    person.look()
    expect(person.page.locator("#saved-materials")).to_have_attribute("value", str(materials))
    expect(person.page.locator("#saved-days")).to_have_attribute("value", str(days))


def a_fee_put_off_and_paid_late(town: Town) -> None:
    """The joint inspection stays shut until the charge is paid, four days late."""
    case = filed(town, HOMES, "commitment").is_decided_on_the_spot()
    town.on(2022, 7, 1)
    case.reports("report_construction_permit", "2022-07-01")
    case.is_checked("check_declaration", passed=True)
    town.on(2022, 12, 1)
    case.reports("apply_for_joint_acceptance", "2022-12-01", proof=False)
    town.on(2022, 12, 5)
    case.is_overdue(PAY, "2022-12-01")
    case.may_not_report("pass_joint_acceptance")
    case.is_to_be_paid(CHARGE, put_off=PAY)
    case.is_paid(CHARGE, "国库1号")
    assert case.record.obligations[PAY].status == "settled"
    case.reports("pass_joint_acceptance", "2022-12-05")
    case.is_concluded()


def three_signers_and_a_revocation(town: Town) -> None:
    """Three units sign the commitment; other drawings are used on the site, and the approval is
    taken back."""
    written = drawings(0, "2022-08-01")
    edition = town.publish(written.permit)
    writer = Writer(town.person(WHO), edition)
    draft = writer.begins()
    writer.answers(written.answers)
    writer.goes_to_sign("commitment")
    letter = writer.person.path
    for role in ("surveyor", "designer"):
        signer = edition.definition.signers[role]
        open_account(town.housing, written.answers[signer.unit], role)
        writer.person.press(
            writer.person.says("Invite to sign online"), of=signer.title.in_(town.language)
        )
    writer.signs()
    for role in ("surveyor", "designer"):
        _signs_too(town, role)
    writer.person.opens(letter)
    assert (
        writer.person.main.inner_text().count(
            writer.person.says("Signed online on %(moment)s").split("%")[0]
        )
        == 2
    )
    writer.person.opens(draft)
    writer.hands_in_and_signs("commitment")
    case = Revocable(town, edition, writer.files(), WHO).is_decided_on_the_spot()
    assert len({one.signer for one in case.record.commitments}) == 3
    town.on(2022, 7, 20)
    case.reports("supply_certificate", "2022-07-19")
    case.reports("report_start", "2022-07-20", proof=False)
    town.on(2022, 8, 1)
    _is_found_false(case, "check_use", "使用了未经审查的图纸。")
    town.on(2022, 8, 16)
    case.is_noticed(RevocationGround.OTHER, "逾期未整改。")
    case.is_answered("没有意见。")
    case.is_revoked(RevocationGround.OTHER, "逾期未整改。")
    case.is_deregistered()


def _signs_too(town: Town, role: str) -> None:
    """Somebody of another unit finds the invitation where they look first, and signs."""
    person = town.person(role)
    person.opens("/applications")
    person.main.locator('a[href="/co-signing"]').click()
    person.page.wait_for_url("**/co-signing")
    person.look()
    person.main.get_by_role("listitem").get_by_role("link").first.click()
    person.page.wait_for_url("**/co-signing/*")
    person.look()
    person.page.get_by_role("checkbox").check()
    person.press(person.says("Sign now"))
    expect(person.page.get_by_role("status")).to_be_visible()


def _is_found_false(case: Revocable, duty: str, finding: str) -> None:
    case.is_checked(duty, passed=False, finding=finding)
    case.is_told_to_put_right(duty, finding)


def a_staged_permit_with_a_shut_gate(town: Town) -> None:
    """The rest of the building waits for the pit, and for what was promised with it."""
    edition = town.publish("staged_construction")
    early = Writer(town.person(WHO), edition)
    early.writes(stage("basement_and_up"), "commitment")
    waiting = early.person.path
    early.is_refused(early.person.says(NOT_YET).partition("%")[0])
    pit = filed(town, stage("pit"), "commitment").is_decided_on_the_spot()
    town.on(2022, 6, 20)
    pit.reports("report_start", "2022-06-17")
    early.person.opens(waiting)
    early.is_refused(pit.duty("supply_basement_drawings"))
    pit.reports("supply_planning_permit", "2022-06-20")
    pit.reports("supply_basement_drawings", "2022-06-20")
    pit.is_checked("check_commitment", passed=True)
    early.person.opens(waiting)
    rest = Revocable(town, edition, early.files(), WHO).is_decided_on_the_spot()
    town.on(2022, 8, 1)
    rest.reports("report_start", "2022-08-01", proof=False)
    rest.is_checked("check_commitment", passed=True)
