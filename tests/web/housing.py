"""An office to test pages with: published once, copied for each test, its clock set by hand."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import cached_property
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from msgspec.structs import replace
from sqlalchemy import Table, literal_column, select

from permits.casework.dates import BEIJING
from permits.casework.tracks import notice_digest, signed_for
from permits.definitions.procedure import Role
from permits.definitions.schema import TrackName
from permits.services.accounts import NewAccount
from permits.services.case_record import Record
from permits.services.demonstration.desk import People, Works, answers
from permits.services.demonstration.works import GAS
from permits.services.office import Office
from permits.services.requests import (
    Corrections,
    DefectIn,
    Given,
    Notice,
    Report,
    Revocation,
    Service,
    State,
    Verify,
)
from permits.services.sessions import Client, Opened
from permits.settings import Settings
from permits.sign_in_rules import SignInRules
from permits.store import people
from permits.store.drafts import Draft
from permits.store.shape import metadata
from permits.web.app import create_app
from permits.web.clients import MARK
from permits.web.visits import DemoAccounts
from tests.definitions.shipped import resolved
from tests.kit import DEPARTMENT, OFFICE, PLAIN_SIGN_IN, years
from tests.web.browsing import PASSWORD, PDF, Browser

__all__ = ["PASSWORD", "PDF", "Browser", "Housing"]

FIRE_BRIGADE = "924101720000000011"
BUILDER = "924101720000000024"

APPLICANTS = {"fire": "特勤大队", "fire2": "特勤大队", "builder": "示例建设单位"}
OFFICERS = {
    "window": Role.WINDOW,
    "examiner": Role.EXAMINER,
    "leader": Role.LEADER,
    "inspector": Role.INSPECTOR,
    "inspector2": Role.INSPECTOR,
    "supervisor": Role.SUPERVISOR,
}

OVERSEERS = {
    "auditor": Role.AUDITOR,
    "sysadmin": Role.SYSTEM_ADMIN,
    "secadmin": Role.SECURITY_ADMIN,
    "logadmin": Role.AUDIT_ADMIN,
}


IDLE, LONGEST = PLAIN_SIGN_IN.everybody.idle, PLAIN_SIGN_IN.everybody.longest


class Clock:
    """Shows the time it is set to."""

    def __init__(self) -> None:
        self.now = at(2022, 6, 9)

    def __call__(self) -> datetime:
        return self.now


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime.combine(date(year, month, day), time(hour), BEIJING)


def settings_in(
    folder: Path,
    database: str = "",
    *,
    https: bool = False,
    address: str = "",
    proxies: tuple[IPv4Network, ...] = (),
    sign_in: SignInRules = PLAIN_SIGN_IN,
) -> Settings:
    kept_in = database or f"sqlite:///{folder / 'permits.db'}"
    return Settings(
        data=folder,
        database=kept_in,
        https=https,
        address=address,
        proxies=proxies,
        sign_in=sign_in,
    )


def found_office(folder: Path, database: str = "") -> None:
    """An office with the calendar, one permit type and everybody's accounts."""
    clock = Clock()
    clock.now = at(2022, 6, 1, 8)
    office = Office(settings_in(folder, database), clock)
    office.shelf.load_years(years(), actor="setup", now=clock())
    office.shelf.publish(resolved(), actor="setup", now=clock())
    for code, name in ((FIRE_BRIGADE, "消防救援支队特勤大队"), (BUILDER, "示例市政建设单位")):
        office.accounts.register_party(code, name, actor="setup")
    for username, name in APPLICANTS.items():
        code = BUILDER if username == "builder" else FIRE_BRIGADE
        _open(office, username, name, frozenset({Role.APPLICANT}), party=code)
    for username, role in OFFICERS.items():
        _open(office, username, username, frozenset({role}), office_id=OFFICE)
    for username, role in OVERSEERS.items():
        _open(office, username, username, frozenset({role}))
    office.receipts.make_known()
    office.close()


def _open(
    office: Office,
    username: str,
    name: str,
    roles: frozenset[Role],
    *,
    party: str = "",
    office_id: str = "",
) -> None:
    new = NewAccount(
        username=username,
        name=name,
        password=PASSWORD,
        roles=roles,
        office=office_id,
        department=DEPARTMENT if office_id else "",
        party=party,
    )
    office.accounts.open(new, actor="setup")


class Housing:
    """A copy of the office with its pages, and browsers to ask for them."""

    def __init__(self, founded: Path, folder: Path, **how: object) -> None:
        shutil.copytree(founded, folder, dirs_exist_ok=True)
        self.clock = Clock()
        rules = how.get("sign_in", PLAIN_SIGN_IN)
        assert isinstance(rules, SignInRules)
        self.settings = settings_in(
            folder,
            str(how.get("database", "")),
            https=bool(how.get("https")),
            address=str(how.get("address", "")),
            proxies=(IPv4Network("127.0.0.1"),) if how.get("behind_a_proxy") else (),
            sign_in=rules,
        )
        self.office = Office(self.settings, self.clock)
        demo = how.get("demo")
        assert demo is None or isinstance(demo, DemoAccounts)
        self.app = create_app(self.office, demo=demo)
        self._browsers: list[Browser] = []

    def open_elsewhere(self, username: str) -> None:
        """An account of the reception window of another office."""
        new = NewAccount(
            username=username,
            name=username,
            password=PASSWORD,
            roles=frozenset({Role.WINDOW}),
            office="another_bureau",
            department=DEPARTMENT,
        )
        self.office.accounts.open(new, actor="setup")

    def browser(self, username: str = "") -> "Browser":
        """A browser, signed in if a user name is given."""
        scheme = "https" if self.settings.https else "http"
        browser = Browser(self.app, base_url=f"{scheme}://localhost", follow_redirects=False)
        self._browsers.append(browser)
        if username:
            self.let_in(browser, username)
        return browser

    def let_in(self, browser: "Browser", username: str) -> None:
        """What signing in on the page comes to, without the page, which has tests of its own."""
        client = Client("testclient", browser.headers["user-agent"])
        opened = self.office.entry.sign_in(username, PASSWORD, client)
        assert isinstance(opened, Opened), opened
        kept = {"session": opened.token, MARK: self.office.entry.mark(opened.account)}
        for name, value in kept.items():
            browser.cookies.set(self.app.state.house.cookie(name), value, "localhost.local")

    @cached_property
    def people(self) -> People:
        """Everybody, acting through the services: what a page shows need not come from pages."""
        with self.office.database.read() as connection:
            everybody = people.everybody(connection)
        return People(self.office, {account.username: account.actor for account in everybody})

    def stranger(self) -> "Browser":
        """An officer of another department with every role, signed in."""
        return self.open_officer("stranger", *OFFICERS.values(), department="another")

    def open_officer(self, name: str, *roles: str, department: str = DEPARTMENT) -> "Browser":
        """A new officer with these roles, signed in."""
        new = NewAccount(
            username=name,
            name=name,
            password=PASSWORD,
            roles=frozenset(map(Role, roles)),
            office=OFFICE,
            department=department,
        )
        self.office.accounts.open(new, actor="setup")
        return self.browser(name)

    def written(self, track: str = "", **facts: str) -> str:
        """The address of a draft that is written; with a track also chosen, signed, ready."""
        filing, actor = self.office.filing, self.people.actors["fire"]
        draft = filing.begin("plan_exempt", actor)
        draft = filing.save(draft, {**answers(GAS), **facts})
        if track:
            draft = filing.choose(draft, track)
            definition = filing.edition(draft).definition
            for name, text in signed_for(definition, TrackName(track)).items():
                draft = filing.sign(draft, name, notice_digest(text))
        return f"/drafts/{draft.id}"

    def draft(self, address: str) -> Draft:
        """A draft as it now stands."""
        found = self.office.filing.find(address.split("/")[2], self.people.actors["fire"])
        assert found is not None
        return found

    def filed(self, track: str = "commitment", works: Works = GAS, **how: Any) -> str:
        """A case that was filed; its id as addresses name it."""
        return self.people.file(replace(works, party="fire"), track, **how)[5:]

    def act(self, who: str, case: str, action: str, given: Given | None = None) -> None:
        self.people.act(who, f"case/{case}", action, given)

    def revoke(self, case: str, given: Revocation) -> None:
        """Tell the holder, hear them, and revoke."""
        notice = Notice(ground=given.ground, reason=given.reason)
        self.people.beside("leader", f"case/{case}", notice)
        self.people.beside("fire", f"case/{case}", State(statement="没有异议"))
        self.act("leader", case, "revoke", given)

    def granted(self) -> str:
        """A case that was filed on commitment, accepted and granted on the spot."""
        case = self.filed()
        self.act("window", case, "accept")
        self.act("window", case, "grant_on_the_spot")
        return case

    def published(self) -> str:
        """A case that was granted, delivered and published."""
        case = self.granted()
        self.act("window", case, "deliver", Service(on=self.clock.now.date(), means="online"))
        self.act("window", case, "publish")
        return case

    def found_breached(self) -> str:
        """A published case, completed on 22 June 2022; the check the day after found a breach."""
        case = self.published()
        self.clock.now = at(2022, 6, 23)
        done = Report(obligation="report_completion", on=date(2022, 6, 22))
        self.people.beside("fire", f"case/{case}", done)
        actors = self.people.actors.values()
        inspectors = tuple(actor.id for actor in actors if Role.INSPECTOR in actor.roles)
        check = Verify(
            obligation="check_after_completion",
            passed=False,
            on=date(2022, 6, 23),
            inspectors=inspectors,
            finding="长度与承诺不符。",
        )
        self.people.check(("inspector", "inspector2"), f"case/{case}", check)
        return case

    def correcting(self, *abouts: str) -> str:
        """A case on the ordinary track with a correction notice."""
        case = self.filed("ordinary", leave_out=("land_title",))
        defects = tuple(
            DefectIn(about=about, kind="missing", fix=f"补交：{about}")
            for about in abouts or ("material.land_title",)
        )
        self.act("window", case, "issue_correction", Corrections(defects=defects))
        return case

    def record(self, case: str) -> Record:
        found = self.office.cases.recorded(f"case/{case}")
        assert found is not None
        return found

    def events(self) -> int:
        """How many events the log holds: unchanged if nothing was written."""
        with self.office.database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT count(*) FROM event WHERE stream LIKE 'case/%'"
            )
            return int(found.scalar_one())

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """What stands in every table, but for what is noted of whoever only asks."""
        with self.office.database.read() as connection:
            return {
                table.name: sorted(
                    (tuple(row) for row in rows if not (asked_about and noted(row))), key=str
                )
                for table in metadata.tables.values()
                for asked_about in (notes(table),)
                for rows in (connection.execute(RAW.select_from(table)),)
            }

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Nothing is written anywhere meanwhile, whatever is asked."""
        before = self.everything()
        yield
        now = self.everything()
        changed = {name for name in now if now[name] != before[name]}
        assert changed == set(), {n: [r for r in now[n] if r not in before[n]] for n in changed}

    def close(self) -> None:
        for browser in self._browsers:
            browser.close()
        self.office.close()


NOTES = {"FileTaken", "AccessRefused"}

RAW = select(literal_column("*"))
"""Whatever a row holds, as the database gives it."""


def notes(table: Table) -> bool:
    """Whether a table has columns for what is noted of whoever only asks; most have none."""
    columns = set(table.c.keys())
    told = {"type", "kind", "subject"} & columns
    return bool(told) or {"id", "head"} <= columns or {"stream", "first"} <= columns


def noted(row: Any) -> bool:
    """Whether a row stands in the access log because somebody asked, or counts how often."""
    row = row._mapping
    of_account = str(row.get("id", "")).startswith("access/") and "head" in row
    counts = str(row.get("subject", "")).startswith("refused:")
    listed = row.get("kind") in NOTES
    waits = str(row.get("stream", "")).startswith("access/") and "first" in row
    return row.get("type") in NOTES or listed or of_account or counts or waits


def routes(app: FastAPI) -> list[APIRoute]:
    """Every route of the pages. The API's are nested, and have rows of their own."""
    return [route for route in app.router.routes if isinstance(route, APIRoute)]
