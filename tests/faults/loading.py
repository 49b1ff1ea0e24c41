"""L1, L3, L4: an office is asked for as much as a province asks in an ordinary hour, and more.

`permits serve` serves an office. Cases are filed, accepted and granted and pages are looked at,
each when it is due, whether or not what was due before has been answered: whoever waits for a
stalled server is counted as waiting. Afterwards the log is held against what was told: an order
told as done is there once, one that was turned away is not. L1 is on PostgreSQL, L4 on SQLite with
one process. L3 asks several times as much for a while: what is too much must be told so (503, with
when to come again), nothing else may go wrong, and afterwards all must be as before.
"""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.client import Answer, Browser, Host
from benchmarks.filling import CAST
from benchmarks.measure import percentile
from sqlalchemy import select

from permits.services.batch import Batch
from permits.services.rebuild import check
from permits.store.database import Database, open_database
from permits.store.tables import case_row, stream
from permits.web.security import Gate
from tests.faults.history import logged
from tests.faults.network import V1
from tests.faults.over_http import Filed, drafts, token_of
from tests.faults.report import Outcome, Sum
from tests.faults.serving import Load, Rate, crowded, forked_office, served
from tests.faults.waiting import database_of
from tests.web.browsing import PASSWORD
from tests.web.housing import found_office

STEPS = ("file", "accept", "grant_on_the_spot")
BETWEEN = 1.0
"""Seconds between the steps of one case."""
PAGES = ("/review", "/", "/register")


class Asked(NamedTuple):
    """One request: when it was due, the seconds from then to its answer, its status, and whether
    it says when to come again."""

    due: float
    took: float
    status: int
    again: bool


def forgetful() -> None:
    """one order in ten told as done and not kept"""
    take_over, count = Batch.take_over, [0]

    def taken_over(self: Batch, *given: object) -> None:
        count[0] += 1
        if count[0] % 10:
            take_over(self, *given)  # type: ignore[arg-type]

    Batch.take_over = taken_over  # type: ignore[assignment, method-assign]


def gruff() -> None:
    """whoever is turned away is told of a fault"""
    begin = Gate.__init__

    def begun(self: Gate, app: Any, settings: Any, failed: Any, watch: Any = None) -> None:
        begin(self, app, settings, lambda asked, status: failed(asked, min(status, 500)), watch)

    Gate.__init__ = begun  # type: ignore[method-assign]


class Crowd:
    """Everybody who asks, on one clock."""

    def __init__(self, port: int, tokens: dict[str, str], cases: list[Filed], seed: int) -> None:
        self.host = Host(port)
        self.tokens, self.cases = tokens, iter(cases)
        self.chance = random.Random(seed)
        self.asked: list[Asked] = []
        self.done: dict[str, tuple[str, int]] = {}
        self.denied: set[str] = set()
        self.wrong: list[str] = []
        self._known: list[str] = []

    async def phase(self, rate: Rate, seconds: float) -> tuple[float, float]:
        """Ask at a rate for so long; when that began and ended."""
        browser = Browser(self.host)
        await browser.sign_in("window", PASSWORD)
        began = time.monotonic()
        due = [(began + n / rate.lives, self._life) for n in range(int(rate.lives * seconds))]
        due += [
            (began + n / rate.pages, lambda at: self._page(browser, at))
            for n in range(int(rate.pages * seconds))
        ]
        running: list[asyncio.Task[None]] = []
        for at, ask in sorted(due, key=lambda one: one[0]):
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            running.append(asyncio.create_task(ask(at)))
        ended = time.monotonic()
        await asyncio.gather(*running)
        return began, ended

    async def _life(self, due: float) -> None:
        """A case is filed, accepted and granted; if one is not carried out, it ends there."""
        one = next(self.cases)
        for number, step in enumerate(STEPS):
            at = max(due + number * BETWEEN, time.monotonic() if number else 0.0)
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            key = f"{one.draft}-{step}"
            if not await self._order(one, step, key, at):
                return
        self._known.append(one.case[5:])

    async def _order(self, one: Filed, step: str, key: str, due: float) -> bool:
        path, body, who = f"{V1}/cases/{one.case[5:]}/actions/{step}", b"{}", "window"
        if step == "file":
            path, body, who = f"{V1}/cases", json.dumps({"draft": one.draft}).encode(), "fire"
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.host.port}\r\n"
            f"Authorization: Bearer {self.tokens[who]}\r\nIdempotency-Key: {key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        answer = await self._timed(due, lambda: self.host.ask(head.encode() + body))
        if answer is None:
            return False
        if answer.status in (200, 201):
            self.done[key] = one.case, json.loads(answer.body)["version"]
            return True
        if answer.status == 503 and json.loads(answer.body)["reason"] == "busy":
            self.denied.add(key)
        return False

    async def _page(self, browser: Browser, due: float) -> None:
        known = self._known[-200:]
        paths = (*PAGES, *(f"/review/cases/{case}" for case in known))
        await self._timed(due, lambda: browser.get(self.chance.choice(paths)))

    async def _timed(self, due: float, ask: Callable[[], Awaitable[Answer]]) -> Answer | None:
        try:
            answer = await ask()
        except OSError as error:
            self.wrong.append(f"no answer: {error!r}")
            return None
        again = b"\r\nretry-after:" in answer.head.lower()
        self.asked.append(Asked(due, time.monotonic() - due, answer.status, again))
        if answer.status >= 400 and not (answer.status == 503 and again):
            self.wrong.append(f"{answer.status}: {answer.body[:120]!r}")
        return answer

    def within(self, span: tuple[float, float]) -> list[Asked]:
        """What was due in a span of time."""
        return [one for one in self.asked if span[0] <= one.due < span[1]]


class Told(NamedTuple):
    """How the requests of a span were answered: how many, how many a second, milliseconds, and how
    many were turned away."""

    requests: int
    a_second: float
    p95: float
    p99: float
    away: int

    def __str__(self) -> str:
        return (
            f"{self.requests} requests, {self.a_second:.0f} a second, p95 {self.p95:.0f} ms,"
            f" p99 {self.p99:.0f} ms, {self.away} turned away"
        )


def told(crowd: Crowd, span: tuple[float, float]) -> Told:
    those = crowd.within(span)
    times = [one.took * 1000 for one in those] or [0.0]
    away = sum(one.status == 503 for one in those)
    rate = len(those) / (span[1] - span[0])
    return Told(len(those), rate, percentile(times, 0.95), percentile(times, 0.99), away)


def asked(
    folder: Path, goal: str, kind: str, load: Load, mistake: Callable[[], None] | None = None
) -> Outcome:
    """An ordinary hour, or a piece of one."""
    what = f"{load.rate.lives:g} cases and {load.rate.pages:g} pages a second, {kind}"
    total = Sum(goal, what, mistake.__doc__ if mistake else None)

    async def ordinary(crowd: Crowd) -> str:
        span = await crowd.phase(load.rate, load.seconds)
        found = told(crowd, span)
        if load.goal and (found.p95 > load.goal.p95 or found.p99 > load.goal.p99):
            total.miss(f"slower than wanted: {found}")
        if found.away:
            total.miss(f"{found.away} were turned away")
        return str(found)

    lives = round(load.rate.lives * load.seconds)
    return _tried(folder, kind, load, total, ordinary, lives, mistake)


def overload(
    folder: Path, kind: str, load: Load, factor: float, mistake: Callable[[], None] | None = None
) -> Outcome:
    """Several times as much for as long, and then as before."""
    what = f"{factor:g} times {load.rate.lives:g} cases and {load.rate.pages:g} pages, {kind}"
    total = Sum("L3", what, mistake.__doc__ if mistake else None)

    async def much(crowd: Crowd) -> str:
        before = told(crowd, await crowd.phase(load.rate, load.seconds))
        span = await crowd.phase(load.rate.times(factor), load.seconds)
        during = told(crowd, span)
        after = await crowd.phase(load.rate, load.seconds)
        slow = max(before.p99, load.goal.p99 if load.goal else 0.0) / 1000
        late = [one.due for one in crowd.within(after) if one.took > slow or one.status == 503]
        back = max(late, default=span[1]) - span[1]
        if load.goal and back > 30:
            total.miss(f"not back after {back:.0f} s")
        if not during.away:
            total.miss("nobody was turned away")
        return f"before: {before}; during: {during}; as before {back:.1f} s after it"

    lives = round(load.rate.lives * load.seconds * (2 + factor)) + 3
    return _tried(folder, kind, load, total, much, lives, mistake)


def _tried(
    folder: Path,
    kind: str,
    load: Load,
    total: Sum,
    what: Callable[[Crowd], Awaitable[str]],
    lives: int,
    mistake: Callable[[], None] | None,
) -> Outcome:
    data = folder / ("mutant" if mistake else "true")
    (data / "office").mkdir(parents=True)
    data.chmod(0o755)
    with database_of(kind, data) as url:
        found_office(data / "office", url)
        held = load.before and crowded(data, url, load.before)
        serving = served if load.processes else forked_office
        with serving(data, url, load, mistake) as port:
            tokens = {who: token_of(port, who) for who in ("fire", "window")}
            crowd = Crowd(port, tokens, drafts(port, url, tokens["fire"], lives), seed=1)
            says = asyncio.run(_over(crowd, what))
        database = open_database(url)
        events = _held(database, crowd, total)
        for one in _half(database) if held else check(database)[:1]:
            total.miss(f"the tables are not as the log says: {one}")
        database.close()
    total.outcome = total.outcome._replace(runs=len(crowd.asked), done=len(crowd.done))
    begun = f"after {held.cases} cases and {held.events} events: " if held else ""
    return total.beside(f"{begun}{says}; {events} events of cases written")


async def _over(crowd: Crowd, what: Callable[[Crowd], Awaitable[str]]) -> str:
    """What comes of it, with every connection closed at the end."""
    try:
        return await what(crowd)
    finally:
        crowd.host.close()
        await asyncio.sleep(0.05)


def _held(database: Database, crowd: Crowd, total: Sum) -> int:
    """Hold the log against what was told; how many events of cases it has."""
    for one in sorted(set(crowd.wrong)):
        total.miss(one)
    log = {case: held for case, held in logged(database).items() if not case.startswith(CAST)}
    places = {place.key: (case, place) for case, held in log.items() for place in held.places}
    for key, (case, version) in crowd.done.items():
        held = places.get(key)
        if held is None or held[0] != case or held[1].last != version:
            total.miss(f"{key} was told as done and is not there")
    for key in crowd.denied & places.keys():
        total.miss(f"{key} was turned away and is there")
    return sum(len(held.hashes) for held in log.values())


def _half(database: Database) -> list[str]:
    """The cases that were not there before whose rows stand at another version than their logs."""
    row, head = case_row.c, stream.c
    rows = select(row.case_id, row.version, head.version.label("head")).join_from(
        case_row, stream, row.case_id == head.id, isouter=True
    )
    with database.read() as connection:
        found = connection.execute(rows.where(~row.case_id.startswith(CAST)))
        return [one.case_id for one in found if one.version != one.head]


def ordinary_hour(folder: Path, load: Load, of_mutant: Load) -> Iterator[Outcome]:
    """L1."""
    yield asked(folder, "L1", "PostgreSQL", load)
    yield asked(folder, "L1", "PostgreSQL", of_mutant, forgetful)


def too_much(folder: Path, load: Load, of_mutant: Load, factor: float) -> Iterator[Outcome]:
    """L3."""
    yield overload(folder, "PostgreSQL", load, factor)
    yield overload(folder, "PostgreSQL", of_mutant, factor, gruff)


def one_process(folder: Path, load: Load, of_mutant: Load) -> Iterator[Outcome]:
    """L4."""
    yield asked(folder, "L4", "SQLite", load)
    yield asked(folder, "L4", "SQLite", of_mutant, forgetful)
