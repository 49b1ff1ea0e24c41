"""What tests of an auditor's pages share: an office with cases of every kind, and how its pages
and spreadsheets are read."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

from permits.definitions.procedure import RevocationGround, SpecialCause
from permits.services.demonstration.works import GAS, POLES
from permits.services.requests import OpinionIn, Reasoned, Revocation, Service, SpecialProcedure
from permits.services.timers import lapse_due
from tests.web.housing import Browser, Housing, at

GRANT = OpinionIn(recommends="grant", opinion="符合要求。")
REFUSE = OpinionIn(recommends="refuse", opinion="不符合要求。")


@dataclass(frozen=True)
class Audited:
    """An office with its cases by their kind."""

    housing: Housing
    cases: dict[str, str]

    @property
    def auditor(self) -> Browser:
        return auditor(self.housing)


class Told:
    """Cases as they go, each step on the day it is said to be taken."""

    def __init__(self, housing: Housing) -> None:
        self.housing = housing

    def on(self, day: str, hour: int = 10) -> "Told":
        on = date.fromisoformat(day)
        self.housing.clock.now = at(on.year, on.month, on.day, hour)
        return self

    def exempted(self, day: str, works=GAS, *, granted: str = "") -> str:
        """Filed on commitment, accepted and granted on the spot, or on a later day."""
        self.on(day)
        case = self.housing.filed(works=works)
        self.housing.act("window", case, "accept")
        self.on(granted or day)
        self.housing.act("window", case, "grant_on_the_spot")
        return self._served(case)

    def accepted(self, day: str, **how) -> str:
        """On the ordinary track, accepted on the day it was filed."""
        self.on(day)
        case = self.housing.filed("ordinary", **how)
        self.housing.act("window", case, "accept")
        return case

    def decided(self, case: str, day: str, *, refused: bool = False) -> str:
        self.on(day)
        self.housing.act("examiner", case, "examine", REFUSE if refused else GRANT)
        given = Reasoned(reason="与规划不符。") if refused else None
        self.housing.act("leader", case, "refuse" if refused else "grant", given)
        return self._served(case)

    def _served(self, case: str) -> str:
        """Delivered and published at once, so that only the decision can be late."""
        service = Service(on=self.housing.clock.now.date(), means="online")
        self.housing.act("window", case, "deliver", service)
        self.housing.act("window", case, "publish")
        return case

    def suspended(self, day: str, begun: str, ended: str, decided: str) -> str:
        """An expert review in between, which does not count."""
        case = self.accepted(day)
        special = SpecialProcedure(
            cause=SpecialCause.EXPERT_REVIEW, stated="10wd", notified=True, reason="专家评审。"
        )
        self.on(begun)
        self.housing.act("examiner", case, "suspend", special)
        self.on(ended)
        self.housing.act("examiner", case, "resume")
        return self.decided(case, decided)

    def withdrawn(self, day: str) -> str:
        case = self.accepted(day)
        self.housing.act("fire", case, "withdraw", Reasoned(reason="计划调整。"))
        return case

    def not_accepted(self, day: str) -> str:
        self.on(day)
        case = self.housing.filed("ordinary")
        reason = Reasoned(reason="依法不需要取得许可。")
        self.housing.act("window", case, "declare_not_required", reason)
        return case

    def revoked(self, day: str, revoked: str) -> str:
        case = self.exempted(day)
        self.on(revoked)
        ground = RevocationGround.DECEIT_OR_BRIBERY
        self.housing.revoke(case, Revocation(ground=ground, reason="不实承诺。"))
        return case

    def corrected(self, day: str, supplied: str, decided: str) -> str:
        self.on(day)
        case = self.housing.correcting()
        self.on(supplied)
        self.housing.people.correct("fire", f"case/{case}", ("land_title",))
        self.housing.act("window", case, "accept")
        return self.decided(case, decided)

    def silent(self, day: str, lapsed: str, decided: str) -> str:
        """Incomplete, and nobody says so in time: accepted by law as of receipt."""
        self.on(day)
        case = self.housing.filed("ordinary", leave_out=("land_title",))
        self.on(lapsed, 1)
        office = self.housing.office
        lapse_due(office.database, office.queue.submit, office.now())
        return self.decided(case, decided)


def busy(housing: Housing) -> dict[str, str]:
    """A case of every kind in June and July of 2022; their ids as addresses name them."""
    told = Told(housing)
    found = {
        "gas": told.exempted("2022-06-09"),
        "slow": told.decided(told.accepted("2022-06-09"), "2022-06-17"),
        "poles": told.exempted("2022-06-16", POLES),
        "suspended": told.suspended("2022-06-13", "2022-06-14", "2022-06-23", "2022-06-24"),
        "refused": told.decided(told.accepted("2022-06-20"), "2022-06-20", refused=True),
        "withdrawn": told.withdrawn("2022-06-21"),
        "not_accepted": told.not_accepted("2022-06-22"),
        "silent": told.silent("2022-06-23", "2022-07-01", "2022-07-01"),
        "revoked": told.revoked("2022-07-04", "2022-07-05"),
        "corrected": told.corrected("2022-07-04", "2022-07-06", "2022-07-08"),
        "open": told.accepted("2022-07-07"),
    }
    told.on("2022-07-11")
    return found


WITH_RESULT = 10


def auditor(housing: Housing, language: str = "en") -> Browser:
    browser = housing.browser("auditor")
    browser.get(f"/language/{language}")
    return browser


class _Tables(HTMLParser):
    """The tables of a page: by caption, by the head of a row, by the head of a column."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, dict[str, dict[str, str]]] = {}
        self.rows: dict[str, dict[str, str]] = {}
        self.heads: list[str] = []
        self.row: list[str] = []
        self.within: list[str] = []
        self.aside = 0

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        if tag == "table":
            self.heads, self.rows = [], {}
        if tag == "caption":
            self.caption = ""
        if tag == "tr":
            self.row = []
        if tag in ("th", "td"):
            self.row.append("")
        if tag in ("th", "td", "caption", "thead"):
            self.within.append(tag)
        if tag == "span" and (
            self.aside
            or set((given.get("class") or "").split()) & {"basis", "govuk-visually-hidden"}
        ):
            self.aside += 1
        if tag == "data" and self.within:
            self.row[-1], self.aside = given["value"], self.aside + 1

    def handle_endtag(self, tag) -> None:
        if tag in ("th", "td", "caption", "thead"):
            self.within.remove(tag)
        if (tag == "span" and self.aside) or (tag == "data" and self.within):
            self.aside -= 1
        if tag == "tr":
            row = [cell.strip() for cell in self.row]
            if "thead" in self.within:
                self.heads = row
            elif row:
                self.rows[row[0]] = dict(zip(self.heads[1:], row[1:], strict=False))
        if tag == "table":
            self.found[self.caption.strip()] = self.rows

    def handle_data(self, data) -> None:
        if not self.within or self.aside:
            return
        if self.within[-1] == "caption":
            self.caption += data
        elif self.within[-1] in ("th", "td"):
            self.row[-1] += data


def tables(html: str) -> dict[str, dict[str, dict[str, str]]]:
    parser = _Tables()
    parser.feed(html)
    return parser.found


def numbers(rows: dict[str, dict[str, str]], column: str) -> dict[str, float]:
    """A column of a table by the heads of its rows."""
    return {head: float(cells[column]) for head, cells in rows.items()}


def value_of(html: str, name: str) -> int:
    """A figure of a case's page."""
    return int(re.findall(rf'<data id="{name}" value="(-?\d+)">', html)[0])


def walked(browser: Browser, address: str) -> list[str]:
    """The cases of a list, page by page to its end, by the address of their page."""
    found: list[str] = []
    while address:
        html = browser.get(address).text
        found += re.findall(r'<th scope="row"><a href="(/audit/cases/[^"]+)"', html)
        onwards = re.search(r'<a href="([^"]+)" rel="next">', html)
        address = onwards[1].replace("&amp;", "&") if onwards else ""
    return [one.replace("&amp;", "&") for one in found]


def sheet(browser: Browser, address: str) -> list[dict[str, str]]:
    """A spreadsheet as a spreadsheet program reads it."""
    answer = browser.get(address)
    assert answer.status_code == 200
    body = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body, newline="")))


def total(rows: list[dict[str, str]], column: str) -> int:
    return sum(int(row[column]) for row in rows if row[column])
