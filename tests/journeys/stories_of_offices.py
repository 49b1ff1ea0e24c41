"""Journeys through offices: several departments, money that comes by itself, paper, the public."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from permits.services.demonstration.desk import PERMIT, Written, answers
from permits.services.demonstration.works import GAS
from permits.worker import look
from tests.definitions.policies import AWARD
from tests.journeys.applications import OFFICES
from tests.journeys.revoking import Revocable
from tests.journeys.scenes import WHO, filed
from tests.journeys.town import Person, Town
from tests.journeys.writing import PAPER, Writer
from tests.outside.sheets import code_in
from tests.services.entitled import NUMBER, settle
from tests.web.housing import FIRE_BRIGADE
from tests.web.joint import open_rooms
from tests.web.signing import Kept


def a_joint_review_with_one_late_department(town: Town) -> None:
    """One department answers in time, one is late: it is told so, and everybody can see it."""
    open_rooms(town.housing)
    case = filed(town, OFFICES, "ordinary")
    case.is_accepted()
    town.on(2022, 6, 10)
    case.asks("fire", "civil_defence", "utilities")
    town.on(2022, 6, 14)
    case.is_agreed_to("of_fire", "fire")
    town.on(2022, 6, 29)
    case.waits_for("civil_defence")
    case.is_agreed_to("of_defence", "civil_defence")
    case.joins()
    case.is_proposed()
    case.is_granted()
    case.is_delivered_and_published()
    town.on(2022, 12, 1)
    case.reports("report_start", "2022-11-30", proof=False)
    case.is_concluded()


def an_entitlement_paid(town: Town) -> None:
    """An enterprise that never applied is found, listed, asked, and paid."""
    settle(town.housing.office)
    policy = town.housing.office.policies.all[1].policy.policy.title.in_(town.language)
    town.on(2022, 6, 9)
    _matches(town.person("pay_examiner"), policy)
    town.on(2022, 6, 10)
    _takes(town, "Publish the list")
    public = town.person("")
    public.go("/entitlements")
    public.main.locator('a[href^="/entitlements/lists/"]').first.click()
    public.page.wait_for_url("**/entitlements/lists/*")
    public.look()
    expect(public.main).to_contain_text("示例企业1号")
    town.on(2022, 6, 20)
    _takes(town, "Settle the list")
    town.on(2022, 6, 21)
    _confirms(town.person("firm"), policy)
    town.on(2022, 6, 22)
    leader = town.person("pay_leader")
    leader.opens("/review-entitlements")
    leader.press(leader.says("Order these payments"), of=policy)
    town.on(2022, 6, 24)
    _is_paid(town)


def _matches(examiner: Person, policy: str) -> None:
    """An examiner has the register looked through for whoever is entitled."""
    says = examiner.says
    examiner.opens("/review")
    examiner.follow(says("Payments of the office"))
    examiner.page.get_by_label(f"{says('Period')}: {policy}").select_option("2022")
    examiner.press(says("Match with the register"), of=policy)


def _is_paid(town: Town) -> None:
    """The window records the payment, and the enterprise sees it."""
    window, firm = town.person("pay_window"), town.person("firm")
    window.opens("/review-entitlements")
    window.main.locator('a[href^="/review-entitlements/batches/"]').first.click()
    window.page.wait_for_url("**/batches/*")
    window.look()
    window.press(window.says("Record what is ticked"))
    firm.opens(f"/entitled/{AWARD}/2022")
    for person in (window, firm):
        expect(person.main).to_contain_text(person.says("Paid out"))


def _takes(town: Town, step: str) -> None:
    """The head of the office finds the list, and takes a step."""
    leader = town.person("pay_leader")
    leader.opens("/review-entitlements")
    leader.main.locator("table a").first.click()
    leader.page.wait_for_url("**/rounds/*")
    leader.look()
    leader.follow(leader.says(step), leader.main)
    leader.press(leader.says(step), leader.main)


def _confirms(person: Person, policy: str) -> None:
    person.opens("/applications")
    person.follow(person.says("Our entitlements"))
    person.follow(re.compile(re.escape(policy)), person.main)
    person.fill(person.says("Bank and branch"), "示例银行")
    person.fill(person.says("Account number"), NUMBER)
    person.page.get_by_label(person.says("The enterprise has read this and signs it.")).check()
    person.press(person.says("Confirm and sign"))
    expect(person.main).to_contain_text(f"****{NUMBER[-4:]}")


def a_correction_round(town: Town) -> None:
    """Something is missing: one notice says what, it is sent, and another officer decides."""
    written = Written(PERMIT, WHO, answers(GAS))
    edition = town.publish(PERMIT)
    writer = Writer(town.person(WHO), edition)
    writer.begins()
    writer.answers(written.answers)
    writer.hands_in_and_signs("ordinary", leave_out="land_title")
    case = Revocable(town, edition, writer.files(), WHO)
    title = edition.definition.materials["land_title"].title.in_(town.language)
    wanted = "请补交土地权属证明。"
    case.is_found_wanting("material.land_title", wanted)
    town.on(2022, 6, 13)
    person = town.person(WHO)
    person.opens("/applications")
    person.follow(person.says("Supply the corrections"), person.main)
    expect(person.main).to_contain_text(wanted)
    person.page.locator("input[type=file]").first.set_input_files(PAPER)
    person.press(person.says("Upload"), of=title)
    person.press(person.says("Send the corrections"))
    town.last = person
    town.on(2022, 6, 14)
    case.is_accepted()
    case.is_proposed()
    case.is_granted()
    case.is_delivered_and_published()


def a_counter_filing(town: Town) -> None:
    """Somebody brings paper to the counter; a clerk writes it down and prints the receipt, and
    another decides."""
    edition = town.publish(PERMIT)
    clerk = town.person("window")
    says = clerk.says
    clerk.opens("/review")
    clerk.follow(says("Applications on paper"))
    clerk.choose(says("Permit type"), edition.definition.permit.title.in_(town.language))
    clerk.fill(says("Unified social credit code of the applicant"), FIRE_BRIGADE)
    clerk.press(says("Begin"), clerk.main)
    writer = Writer(clerk, edition)
    writer.answers(answers(GAS))
    writer.hands_in_and_signs("commitment")
    clerk.page.locator("input[type=file]").first.set_input_files(PAPER)
    clerk.press(says("Upload"), of=says("The signed paper"))
    clerk.fill(says("Who brought or sent it"), "王经办")
    clerk.choose(says("In which capacity"), says("the applicant in person"))
    clerk.choose(says("How it came"), says("brought to the counter: counts as a visit"))
    clerk.press(says("File the application"))
    found = re.fullmatch(r"/cases/([0-9a-f-]+)/documents/1", clerk.path)
    assert found, clerk.main.inner_text()
    case = Revocable(town, edition, found[1], WHO)
    # Whoever wrote it down for the applicant does not decide about it.
    town.housing.open_officer("window2", "window")
    case.is_accepted()
    case.is_not_open("window", "grant_on_the_spot")
    case.is_granted_on_the_spot(by="window2")
    case.is_delivered_and_published()
    assert len(case.record.visits) == 1
    holder = town.person(WHO)
    holder.opens("/applications")
    expect(holder.main).to_contain_text(case.number)


def a_verification_by_its_square(town: Town) -> None:
    """Whoever has a paper before them points a telephone at it, and reads whether it holds."""
    case = filed(town, Written(PERMIT, WHO, answers(GAS)), "commitment").is_decided_on_the_spot()
    look(town.housing.office, Kept())
    holder = case.before(WHO)
    title = case.definition.documents["filing_receipt"].title.in_(town.language)
    holder.follow(title, holder.main)
    with holder.page.expect_download() as given:
        holder.main.get_by_role("link", name=holder.says("PDF in Chinese")).click()
    square = urlsplit(code_in(given.value.path().read_bytes()))
    anyone = town.person("")
    says = anyone.says
    anyone.go(f"{square.path}?{square.query}")
    expect(anyone.page.get_by_role("status")).to_contain_text(
        says("This document is genuine and holds.")
    )
    expect(anyone.main).not_to_contain_text("消防救援支队特勤大队")
    anyone.follow(says("The decision in the public register"))
    anyone.go("/verify")
    anyone.page.locator("input[type=file]").set_input_files(given.value.path())
    anyone.press(says("Compare the file"))
    expect(anyone.main).to_contain_text(says("This file is exactly what the office issued"))
    anyone.go(f"{square.path}?code=AAAAAAAAAAAA")
    expect(anyone.page.get_by_role("alert")).to_be_visible()
