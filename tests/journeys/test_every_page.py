"""Every page that links lead to, for everybody: accessible, quiet under the policy, light, and
whole in each way of showing it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from permits.casework.dates import as_text
from permits.casework.report_days import Every, Rhythm
from permits.services.proposed import of_definition
from permits.settings import shipped
from permits.store.outbox import MOST_ATTEMPTS, Outbox, Task, failed
from permits.store.reports import Plan
from permits.web.static import Assets
from tests.definitions.shipped import resolved as shipped_type
from tests.journeys.crawling import CONTRAST, LOW, ON_PAPER, SMALL, Crawl
from tests.journeys.serving import served
from tests.web.housing import Housing

PEOPLE = {
    "anybody": ("",),
    "applicants": ("fire",),
    "officers": ("window", "examiner", "leader", "inspector", "supervisor"),
    "auditors": ("auditor",),
    "administrators": ("sysadmin", "secadmin", "logadmin"),
}
"""Who is shown pages of the same kinds."""

OPEN = frozenset({
    "/", "/guide/plan_exempt", "/guide/infrastructure_charge", "/guide/plan_exempt/flow",
    "/guide/infrastructure_charge/flow", "/find", "/find/plan_exempt",
    "/find/infrastructure_charge", "/lookup", "/register", "/register/*", "/credit",
    "/entitlements", "/sign-in", "/notices", "/notices/*", "/notices/*/objection",
    "/objections", "/verify",
    "/statistics", "/ratings", "/privacy", "/accessibility",
})  # fmt: skip
"""Pages for everybody, which anybody looks at."""


@pytest.fixture(scope="module")
def office(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Housing]:
    housing = Housing(founded, tmp_path_factory.mktemp("crawled"))
    lived_in(housing)
    yield housing
    housing.close()


def lived_in(housing: Housing) -> None:
    """Something stands on every kind of page."""
    office = housing.office
    office.shelf.publish(shipped_type("infrastructure_charge"), actor="setup", now=housing.clock())
    housing.written("commitment")
    housing.filed("ordinary")
    housing.correcting()
    housing.published()
    system = housing.people.actors["sysadmin"]
    auditor = housing.people.actors["auditor"]
    days = "/audit/measures/days_used?by=track"
    weekly = Rhythm(Every.WEEK, 1)
    office.reports.make(Plan("Weekly", days, weekly, "en", "csv", (auditor.id,)), auditor)
    office.publishing.propose(of_definition(shipped_type("early_start")), "新事项", system)
    with office.database.write() as connection:
        task = Task("task-1", "mail", "case/x", 1, b"{}", MOST_ATTEMPTS - 1)
        Outbox(connection.dialect).put(connection, [task], as_text(housing.clock()))
        failed(connection, task, housing.clock(), "550 no such mailbox")


def weight_of_assets() -> int:
    """What a browser fetches beside a page the first time, packed."""
    assets = Assets(shipped("static"))
    files = ("vendor/govuk-frontend-6.3.0.css", "permits.css", "permits.js", "mark.svg")
    answers = (
        assets.answer(assets.url(file).removeprefix("/static/"), {"accept-encoding": "gzip"})
        for file in files
    )
    return sum(len(answer.body) for answer in answers)


def test_what_is_looked_for_would_be_found(office: Housing, chromium: Browser) -> None:
    """A page as usual has smaller text, lower links and softer colours, and its frame is shown."""
    with served(office.app) as address:
        crawl = Crawl(chromium, address, set(), frozenset(), 0)
        crawl.page.goto(f"{address}/guide/plan_exempt")
        for looking in (SMALL, LOW, ON_PAPER):
            assert crawl.page.evaluate(looking)
        assert Axe().run(crawl.page, options=CONTRAST).violations_count
        crawl.context.close()


@pytest.mark.parametrize("people", PEOPLE)
def test_every_page_of(people: str, office: Housing, chromium: Browser) -> None:
    light, wrong = weight_of_assets(), []
    passed_by = frozenset[str]() if people == "anybody" else OPEN
    seen: set[str] = set()
    with served(office.app) as address:
        for username in PEOPLE[people]:
            crawl = Crawl(chromium, address, seen, passed_by, light)
            if username:
                crawl.sign_in(username)
            crawl.follow_all("" if username else "/")
            wrong += [f"{username or 'anybody'} {one}" for one in crawl.found]
            crawl.context.close()
    if people == "anybody":
        assert seen == OPEN, "what is for everybody is told here"
    assert len(seen) > 3
    assert not wrong, "\n".join(wrong)
