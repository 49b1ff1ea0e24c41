"""Commands over HTTP at a rate, to the real server: officers send the forms of their pages, each
signed in, with the form token of the session, a key and the version they saw."""

import re
import resource
import statistics
import uuid
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import uvloop

from benchmarks.client import Browser, Host, Load, Request, at_rate
from benchmarks.measure import Figure
from benchmarks.serving import Server, served
from benchmarks.size import Size
from benchmarks.town import MANY, PASSWORD, Town, officer
from permits import settings as clock
from permits.casework.dates import day_of

HOW = """\
Officers who are signed in send the forms of their pages to `permits serve`, with the token of
their session, a key and the version they saw: accept, grant on the spot, deliver, publish, all
mixed. The arrival rate is fixed and never waits for answers; a command's time counts from the
moment it was due, so that a stall makes everything late that was due in it. The letters that
follow from the commands are written meanwhile. Client and server share the machine's cores: what
the client uses, the server lacks. Processor time counts both threads and the worker."""

GOAL = 150.0
WARM_UP = 0.2
"""The share of requests that is sent to warm the server up, and is not counted."""

WHO = officer
ROUTE = "/review/cases/{case}/actions/{action}"
SEEN = re.compile(rb'name="seen" value="(\d+)"')


class Step(NamedTuple):
    """An action, and what its form holds."""

    action: str
    fields: Mapping[str, str] = {}


def steps() -> tuple[Step, ...]:
    """What is done with each case, one after the other."""
    today = day_of(clock.now()).isoformat()
    return (
        Step("accept"),
        Step("grant_on_the_spot"),
        Step("deliver", {"on": today, "means": "online"}),
        Step("publish"),
    )


class Spell(NamedTuple):
    """Commands at one rate for some seconds, and the processor time they took on both sides."""

    load: Load
    server_ms: float
    client_ms: float


class Officers:
    """Everybody at the window, signed in, who know which version each step follows upon."""

    def __init__(self, server: Server, rehearsed: str) -> None:
        self._server = server
        self._rehearsed = rehearsed
        self._versions: list[str] = []

    async def spell(self, cases: list[str], rate: int) -> Spell:
        """Take every case through all steps, at a rate of commands a second."""
        host = Host(self._server.port)
        browsers = [Browser(host) for _ in range(MANY)]
        for number, browser in enumerate(browsers):
            await browser.sign_in(WHO(number), PASSWORD)
        if not self._versions:
            self._versions = await _versions(browsers[0], self._rehearsed)
        for browser in browsers:
            await browser.open(ROUTE.format(case=cases[0], action=steps()[0].action))
        count = len(cases) * len(self._versions)
        used, own = self._server.seconds, _seconds()
        requests = self._requests(browsers, cases, gap=rate)
        load = await at_rate(requests, rate, int(WARM_UP * count), 303)
        host.close()
        if len(load.wrong) == count:
            raise SystemExit(f"no command was taken: {sorted(set(load.wrong))}")
        server_ms = (self._server.seconds - used) / count * 1000
        return Spell(load, server_ms, (_seconds() - own) / count * 1000)

    def _requests(self, browsers: list[Browser], cases: list[str], gap: int) -> Iterator[Request]:
        """Every step of every case, all kinds of steps mixed: a case's next step comes when `gap`
        other cases have had their turn."""
        every = steps()
        for turn in range(len(cases) + gap * len(every)):
            for number, step in enumerate(every):
                place = turn - number * gap
                if 0 <= place < len(cases):
                    path = ROUTE.format(case=cases[place], action=step.action)
                    seen = self._versions[number]
                    fields = {"key": uuid.uuid4().hex, "seen": seen, **step.fields}
                    browser = browsers[place % MANY]
                    yield lambda b=browser, p=path, f=fields: b.post(p, f)  # type: ignore[misc]


async def _versions(browser: Browser, case: str) -> list[str]:
    """The version of a case that the page of each step shows: one case is taken through all of
    them as people do, from the page to the answer."""
    versions = []
    for step in steps():
        path = ROUTE.format(case=case, action=step.action)
        page = await browser.open(path)
        found = SEEN.search(page.body)
        if found is None:
            raise SystemExit(f"{path} shows no version")
        seen = found[1].decode()
        answer = await browser.post(path, {"key": uuid.uuid4().hex, "seen": seen, **step.fields})
        if answer.status != 303:
            raise SystemExit(f"{path} answered {answer.status}")
        versions.append(seen)
    return versions


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def figures(town: Town, bare_ms: float, size: Size) -> Iterator[Figure]:
    """Milliseconds from when a command was due to its answer, at several rates."""
    spells: dict[int, list[Spell]] = {rate: [] for rate in size.rates}
    counts = {rate: max(8, int(rate * size.seconds) // len(steps())) for rate in size.rates}
    cases = town.file(1 + size.spells * sum(counts.values()))
    with served(town.settings) as server:
        officers = Officers(server, cases.pop())
        for _ in range(size.spells):
            for rate, count in counts.items():
                mine, cases = cases[:count], cases[count:]
                spells[rate].append(uvloop.run(officers.spell(mine, rate)))
    for rate, found in spells.items():
        yield from _of_rate(rate, found, bare_ms, judged=rate == max(size.rates))


def _of_rate(rate: int, spells: list[Spell], bare_ms: float, *, judged: bool) -> Iterator[Figure]:
    wrong = sum(len(spell.load.wrong) for spell in spells)
    server = statistics.median(spell.server_ms for spell in spells)
    client = statistics.median(spell.client_ms for spell in spells)
    p50 = statistics.median(spell.load.at(0.5) for spell in spells)
    p99 = statistics.median(spell.load.at(0.99) for spell in spells)
    at = f"{rate} commands/s over HTTP"
    yield Figure(f"{at}, p50", p50, "ms", p50 / bare_ms, "a bare transaction")
    yield Figure(
        f"{at}, p99",
        p99,
        "ms",
        p99 / bare_ms,
        "a bare transaction",
        f"≤ {GOAL:.0f} ms" if judged else "",
        p99 <= GOAL if judged else None,
        f"the server used {server:.2f} ms of a core for each command, the client {client:.2f} ms",
    )
    yield Figure(
        f"{at}, errors", wrong, "", goal="0" if judged else "", met=not wrong if judged else None
    )
    yield Figure(f"{at}, processor time of the server", server, "ms/command", server / bare_ms,
                 "a bare transaction")  # fmt: skip
