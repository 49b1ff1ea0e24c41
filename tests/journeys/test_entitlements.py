"""An enterprise is found, confirms and is paid; the office, the public and an auditor look on."""

from collections.abc import Callable

from playwright.sync_api import expect

from permits.text.words import Language
from tests.definitions.policies import AWARD
from tests.journeys.walking import Walk
from tests.services.entitled import NUMBER, Payer, settle
from tests.web.housing import Housing, at


def payer(housing: Housing) -> Payer:
    """The office with its policies and a register, acting by itself."""

    def on(day: str) -> None:
        year, month, date = map(int, day.split("-"))
        housing.clock.now = at(year, month, date)

    return Payer(housing.office, settle(housing.office), on)


def test_an_enterprise_confirms_and_everybody_can_follow(
    housing: Housing, walks: Callable[..., Walk], language: Language
) -> None:
    found = payer(housing).settled()
    walk = walks(language)
    walk.follow(walk.says("Entitlements"))
    walk.go(f"/entitlements/policies/{AWARD}")
    walk.go(f"/entitlements/lists/{found}")
    walk.follow(walk.says("Sign in"))
    walk.sign_in("firm")
    walk.follow(walk.says("Our entitlements"))
    walk.go(f"/entitled/{AWARD}/2022")
    walk.press(walk.says("Confirm and sign"))
    expect(walk.page.get_by_role("alert")).to_contain_text(
        walk.says("Read the statement and sign it.")
    )
    walk.fill(walk.says("Bank and branch"), "示例银行")
    walk.fill(walk.says("Account number"), NUMBER)
    walk.page.get_by_label(walk.says("The enterprise has read this and signs it.")).check()
    walk.press(walk.says("Confirm and sign"))
    expect(walk.main).to_contain_text(f"****{NUMBER[-4:]}")


def test_the_office_orders_and_records_the_payment(
    housing: Housing, walks: Callable[..., Walk]
) -> None:
    """In English, whose words are the longer ones."""
    payer(housing).confirmed()
    walk = walks("en")
    walk.follow(walk.says("Sign in"))
    walk.sign_in("pay_leader")
    walk.follow(walk.says("Payments of the office"))
    policy = housing.office.policies.all[1].policy.policy.title.in_("en")
    walk.press(walk.says("Order these payments"), of=policy)
    walk.go(f"/review-entitlements/rounds/{AWARD}-2022-1")
    walk.follow("示例企业1号", walk.main)
    walk.press(walk.says("Sign out"))
    walk.go("/sign-in")
    walk.sign_in("pay_window")
    walk.go("/review-entitlements/batches/2022-001")
    walk.press(walk.says("Record what is ticked"))
    expect(walk.main).to_contain_text(walk.says("Paid out"))
    walk.press(walk.says("Sign out"))
    walk.go("/sign-in")
    walk.sign_in("auditor")
    walk.follow(walk.says("Entitlements in figures"))
