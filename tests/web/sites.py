"""Applications and cases of any permit type, driven through pages alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from permits.services.demonstration.desk import Written
from permits.services.timers import lapse_due
from tests.definitions.shipped import resolved
from tests.web.browsing import PDF, Browser
from tests.web.housing import Housing, at
from tests.web.sharing import MATERIALS, deliver


def publish(housing: Housing, permit: str) -> None:
    """Publish another shipped permit type in the office; other offices have what they give."""
    one = resolved(permit)
    housing.office.shelf.publish(one, actor="setup", now=housing.office.now())
    deliver(housing, *MATERIALS)


def write(browser: Browser, housing: Housing, written: Written) -> str:
    """Begin an application from the guide and answer its questions; the address of the draft."""
    draft = browser.fill(f"/guide/{written.permit}", "/applications").headers["location"]
    edition = housing.office.shelf.current(written.permit)
    assert edition is not None
    for section in edition.definition.form.sections:
        asked = {q.id: written.answers[q.id] for q in section.fields if q.id in written.answers}
        answer = browser.fill(f"{draft}/sections/{section.id}", **asked)
        assert answer.status_code == 303, answer.text
    return str(draft)


def choose(browser: Browser, draft: str, track: str) -> None:
    assert browser.fill(f"{draft}/track", track=track).status_code == 303


def hand_in(browser: Browser, draft: str, *materials: str) -> None:
    for name in materials:
        action = f"{draft}/materials/{name}/files"
        answer = browser.attach(f"{draft}/materials", action, f"{name}.pdf", PDF)
        assert answer.status_code == 303, answer.text


def file(browser: Browser, draft: str) -> str:
    """File the application; the case's id."""
    answer = browser.fill(f"{draft}/check")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).split("/")[2]


@dataclass
class Desk:
    """What everybody does with one case through pages, on days that are set."""

    housing: Housing
    case: str

    def on(self, year: int, month: int, day: int) -> "Desk":
        """Another day; what fell due meanwhile is told first."""
        office = self.housing.office
        self.housing.clock.now = at(year, month, day)
        lapse_due(office.database, office.queue.submit, office.now())
        return self

    def take(self, who: str, action: str, **fields: Any) -> None:
        page = f"/review/cases/{self.case}/actions/{action}"
        answer = self.housing.browser(who).fill(page, **fields)
        assert answer.status_code == 303, answer.text

    def granted(self) -> None:
        """Accepted, granted on the spot, delivered and published."""
        self.take("window", "accept")
        self.take("window", "grant_on_the_spot")
        day = self.housing.clock.now.date().isoformat()
        self.take("window", "deliver", on=day, means="online")
        self.take("window", "publish")

    def report(self, obligation: str, on: str, *, with_file: bool = True) -> Any:
        browser, page = (
            self.housing.browser("fire"),
            f"/cases/{self.case}/obligations/{obligation}",
        )
        uploads: Mapping[str, Any] = {}
        if with_file:
            browser.attach(page, f"{page}/files", "证明.pdf", PDF)
            held = [u for u in self.record.uploads if u.material == obligation]
            uploads = {"upload": held[-1].id}
        return browser.fill(page, on=on, **uploads)

    def check(self, obligation: str, on: str, *, passed: bool) -> None:
        ids = [self.housing.people.actors[who].id for who in ("inspector", "inspector2")]
        page = f"/review/cases/{self.case}/beside/verify/{obligation}"
        fields = {"inspectors": ids, "on": on, "finding": "核查记录"}
        answer = self.housing.browser("inspector").fill(
            page, passed="true" if passed else "false", **fields
        )
        assert answer.status_code == 303, answer.text
        page = page.replace("/verify/", "/sign_check/")
        answer = self.housing.browser("inspector2").fill(page, agrees="true")
        assert answer.status_code == 303, answer.text

    def revoked_and_deregistered(self) -> None:
        home = f"/review/cases/{self.case}/beside"
        leader = self.housing.browser("leader")
        leader.fill(f"{home}/notice", ground="69-1-5", reason="逾期未整改")
        self.housing.browser("fire").fill(f"/cases/{self.case}/statement", statement="没有意见")
        self.take("leader", "revoke", ground="69-1-5", reason="逾期未整改")
        self.take("window", "deregister", ground="70-4")

    @property
    def record(self) -> Any:
        return self.housing.record(self.case)

    @property
    def page(self) -> str:
        return str(self.housing.browser("fire").get(f"/cases/{self.case}").text)

    @property
    def owed(self) -> set[str]:
        """What is open: clocks and obligations."""
        case = self.record.case
        clocks = {name for name, clock in case.clocks.items() if clock.running}
        return clocks | {n for n, held in case.obligations.items() if held.status == "open"}
