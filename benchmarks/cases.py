"""Cases to measure with: an exemption from filing to the end, as orders and as decisions."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.access import Actor
from permits.casework.tracks import notice_digest
from permits.casework.working_days import PublishedYear, published
from permits.definitions import loader
from permits.definitions.calendar_file import read_calendar
from permits.definitions.edition import Edition, compile_edition
from permits.definitions.procedure import Role
from permits.services.office import Office
from permits.services.records import new_id
from permits.services.writer import Order
from permits.settings import Settings, shipped

NOW = datetime(2026, 6, 9, 2, 0, tzinfo=UTC)
DAY = date(2026, 6, 9)
PARTY = "91350100M000100Y43"
SEAL = "5" * 64

APPLICANT = Actor("applicant", frozenset({Role.APPLICANT}), party=PARTY)


def officer(name: str, role: Role) -> Actor:
    return Actor(name, frozenset({role}), office="planning_bureau", department="planning")


WINDOW = officer("window", Role.WINDOW)
INSPECTOR = officer("inspector", Role.INSPECTOR)
COLLEAGUE = officer("colleague", Role.INSPECTOR)


@cache
def resolved() -> loader.Resolved:
    return loader.load(shipped("workflows") / "plan_exempt.yaml")


@cache
def edition() -> Edition:
    return compile_edition(resolved().definition, resolved().digest)


@cache
def years() -> tuple[PublishedYear, ...]:
    text = (shipped("workflows") / "shared" / "calendar.yaml").read_text(encoding="utf-8")
    return tuple(published(year.record()) for year in read_calendar(text))


def filing(party: str = PARTY) -> c.File:
    """The short gas main of the programme's report."""
    commitments = edition().definition.commitments
    return c.File(
        track="commitment",
        party=party,
        channel="web",
        answers={
            "works_name": "特勤大队燃气工程",
            "works_place": "特勤大队营区",
            "works_summary": "接入燃气管线",
            "listed_as": "short_line",
            "length_m": 150,
            "road_class": "branch",
            "new_land": False,
            "underground": True,
            "breaks_road": True,
            "neighbours_affected": False,
            "restricted_place": False,
            "starts_on": "2026-06-20",
        },
        seals={"contact_name": "a" * 64, "contact_phone": "b" * 64},
        handed_in=(),
        signed=tuple(i.Signing(n, notice_digest(k)) for n, k in commitments.items()),
        lookup="c" * 64,
    )


@cache
def story() -> tuple[tuple[str, Actor, c.Command], ...]:
    """The commands of one exemption, each with its name and who gives it."""
    inspectors = (INSPECTOR.id, COLLEAGUE.id)
    return (
        ("file", APPLICANT, filing()),
        ("accept", WINDOW, c.TakeAction("accept")),
        ("grant on the spot", WINDOW, c.TakeAction("grant_on_the_spot")),
        ("deliver", WINDOW, c.TakeAction("deliver", i.Service(DAY, "online"))),
        ("publish", WINDOW, c.TakeAction("publish")),
        ("report completion", APPLICANT, c.ReportObligation("report_completion", DAY)),
        (
            "verify",
            INSPECTOR,
            c.VerifyObligation(
                "check_after_completion", passed=True, on=DAY, inspectors=inspectors, finding=SEAL
            ),
        ),
        (
            "sign",
            COLLEAGUE,
            c.SignCheck("check_after_completion", record=SEAL, agrees=True),
        ),
        ("conclude", WINDOW, c.TakeAction("conclude")),
    )


def order(case_id: str, actor: Actor, command: c.Command) -> Order:
    key = uuid.uuid4().hex
    permit = "plan_exempt" if isinstance(command, c.File) else ""
    return Order(case_id, command, actor, key, key.encode(), permit=permit)


def orders(count: int) -> Iterator[list[Order]]:
    """Rounds of orders: each round takes every one of `count` cases one step further."""
    ids = [f"case/{new_id()}" for _ in range(count)]
    for _name, actor, command in story():
        yield [order(case_id, actor, command) for case_id in ids]


def furnished(settings: Settings, now: Callable[[], datetime]) -> Office:
    """An office with the calendar and the permit type."""
    opened = Office(settings, now)
    opened.shelf.load_years(years(), actor="bench", now=now())
    opened.shelf.publish(resolved(), actor="bench", now=now())
    return opened
