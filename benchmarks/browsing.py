"""Pages: how long people wait for them, how many queries they take, and what the number of cases
does to those queries."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import uvloop
from sqlalchemy import event
from starlette.testclient import TestClient

from benchmarks.client import Browser, Host, Load, Request, at_rate
from benchmarks.crowd import ROOMS, logged, party
from benchmarks.measure import Figure
from benchmarks.serving import Server, served
from benchmarks.size import Size
from benchmarks.town import MANY, PASSWORD, Town, applicant, officer
from permits import settings as clock
from permits.casework.access import Actor
from permits.casework.dates import day_of
from permits.definitions.procedure import Role
from permits.services.office import Office
from permits.services.sessions import Client, Opened
from permits.store import lists
from permits.store.database import sqlite_library
from permits.store.lists import Pile
from permits.store.shape import metadata
from permits.web.app import create_app
from permits.web.reviewer.asking import OPEN, TABS

HOW = """\
Pages for people who are signed in, asked for at a fixed rate as above, at many addresses. The
cases are cast from those of the demonstration's stories: spread over states, departments, parties
and a year's dates, with whole logs."""

HOW_COMPARED = """\
What each page asks the database, heard in a running office, is asked again on the driver, in turn
with a small and with a large number of cases. With few cases and with many a page takes the same
queries, and each of them is answered from an index. Once a second a process also asks whether
something was published: one query more for the page that comes just then."""

GOAL = 50.0
SLOWER = 1.2
WARM_UP = 0.2
MOST_QUERIES = 6
MOST = 40
"""So many addresses of each page are looked at."""
MANY_MORE = 50 * MOST
"""Among so many cases as many can be looked at, also where few have a log."""


class Page(NamedTuple):
    """A page, who looks at it, and its addresses."""

    name: str
    who: Callable[[int], str]
    paths: list[str]


def pages(town: Town) -> list[Page]:
    """The pages people look at most."""
    work = town.open()
    reviewer = Actor("", frozenset({Role.EXAMINER}), *ROOMS[0])
    holder = Actor("", frozenset({Role.APPLICANT}), party=party(0))
    with work.database.read() as connection:
        pile = lists.pile(
            connection, reviewer, Pile(OPEN, "", day_of(clock.now())), None, MANY_MORE
        )
        own = lists.of_party(connection, holder, None, MOST)
    work.close()
    waiting = [one for one in pile if logged(one.row.number, one.row.party)][:MOST]
    return [
        Page("The inbox", officer, [f"/review?pile={tab.name}" for tab in TABS]),
        Page("A case, for an officer", officer, _addresses("/review/cases", waiting)),
        Page("The applicant's list", applicant, ["/applications"]),
        Page("A case, for its applicant", lambda _number: applicant(0), _addresses("/cases", own)),
        Page("The public register", lambda _number: "", ["/register"]),
    ]


def _addresses(home: str, found: list[lists.Listed]) -> list[str]:
    return [f"{home}/{one.row.case_id.removeprefix('case/')}" for one in found]


def figures(town: Town, size: Size) -> Iterator[Figure]:
    """Milliseconds from when a page was due until it was there, at a rate."""
    with served(town.settings) as server:
        for page in pages(town):
            load = uvloop.run(_looked_at(server, page, size))
            at = f"{page.name}, {size.pages}/s of {size.crowd:,} cases"
            slow = load.at(0.99)
            yield Figure(f"{at}, p50", load.at(0.5), "ms")
            yield Figure(
                f"{at}, p99",
                slow,
                "ms",
                goal=f"≤ {GOAL:.0f} ms, no errors",
                met=slow <= GOAL and not load.wrong,
                why=f"{len(load.wrong)} errors",
            )


async def _looked_at(server: Server, page: Page, size: Size) -> Load:
    host = Host(server.port)
    browsers = [Browser(host) for _ in range(MANY)]
    for number, browser in enumerate(browsers):
        if page.who(number):
            await browser.sign_in(page.who(number), PASSWORD)
    chance, count = random.Random(1), int(size.pages * size.seconds)

    def request(number: int) -> Request:
        browser, path = browsers[number % MANY], chance.choice(page.paths)
        return lambda: browser.get(path)

    load = await at_rate(map(request, range(count)), size.pages, int(WARM_UP * count), 200)
    host.close()
    return load


class Listening:
    """An office whose pages are asked for in this process, and what they ask the database."""

    def __init__(self, town: Town) -> None:
        self._work: Office = town.open()
        self._heard: list[str] = []
        event.listen(
            self._work.database.reading,
            "checkout",
            lambda driver, *_: driver.set_trace_callback(self._heard.append),
        )
        self._app = create_app(self._work)
        self._clients: dict[str, TestClient] = {}
        self._path = town.settings.database.removeprefix("sqlite:///")

    def heard(self, who: str, path: str) -> list[str]:
        """The queries of a page, with their values in them."""
        client = self._client(who)
        self._heard.clear()
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        return [sql for sql in self._heard if sql.lstrip().startswith(("SELECT", "WITH"))]

    def _client(self, who: str) -> TestClient:
        if who not in self._clients:
            client = TestClient(self._app, base_url="https://localhost")
            if who:
                opened = self._work.entry.sign_in(who, PASSWORD, Client("localhost"))
                if not isinstance(opened, Opened):
                    raise SystemExit(f"{who} could not sign in: {opened}")
                client.cookies.set("__Host-session", opened.token)
            self._clients[who] = client
        return self._clients[who]

    def connection(self) -> Any:
        """The database, opened by the driver alone."""
        connection = sqlite_library().connect(self._path, isolation_level=None)
        connection.execute("PRAGMA cache_size=-65536")
        return connection

    def close(self) -> None:
        self._work.close()


def compared(small: Town, large: Town, size: Size) -> Iterator[Figure]:
    """How many queries each page takes, and how their time grows with the number of cases."""
    offices = Listening(small), Listening(large)
    connections = [office.connection() for office in offices]
    scans: set[str] = set()
    for page, other in zip(pages(small), pages(large), strict=True):
        asked = [_asked(o, p) for o, p in zip(offices, (page, other), strict=True)]
        counts = sorted({len(queries) for one in asked for queries in one})
        yield Figure(
            f"{page.name}, queries",
            counts[-1],
            "",
            goal=f"≤ {MOST_QUERIES}",
            met=counts[-1] <= MOST_QUERIES,
        )
        taken = _in_turns(connections, asked, size.looks)
        ratio = taken[1] / taken[0]
        yield Figure(
            f"{page.name}, its queries with {size.large:,} cases",
            taken[1] * 1000,
            "ms",
            ratio,
            f"with {size.small:,}",
            f"≤ {SLOWER} × with {size.small:,}",
            ratio <= SLOWER,
        )
        scans.update(*(_scans(connections[1], sql) for queries in asked[1] for sql in queries))
    yield Figure(
        "Queries of these pages that read a whole table",
        len(scans),
        "",
        goal="0",
        met=not scans,
        why="; ".join(sorted(scans)),
    )
    for office in offices:
        office.close()


def _asked(office: Listening, page: Page) -> list[list[str]]:
    """The queries of every address of a page, once it has been looked at before."""
    office.heard(page.who(0), page.paths[0])
    return [office.heard(page.who(0), path) for path in page.paths]


def _in_turns(connections: list[Any], asked: list[list[list[str]]], looks: int) -> list[float]:
    """Seconds of a page's queries on each database: medians of looks in turn."""
    chance = random.Random(1)
    taken: list[list[float]] = [[] for _ in connections]
    for _ in range(looks):
        for connection, pages_, times in zip(connections, asked, taken, strict=True):
            queries = chance.choice(pages_)
            begun = time.perf_counter()
            for sql in queries:
                connection.execute(sql).fetchall()
            times.append(time.perf_counter() - begun)
    return [statistics.median(times) for times in taken]


def _scans(connection: Any, sql: str) -> Iterator[str]:
    """The steps of a query's plan that read a whole table or index."""
    for *_numbers, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}"):
        if step.startswith("SCAN ") and step.split()[1] in metadata.tables:
            yield step
