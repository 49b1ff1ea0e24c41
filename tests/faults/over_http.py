"""H over HTTP: what programs are told by an office that several processes serve, held against the
log.

`permits serve` serves an office with two processes, as people start it. Programs try the same few
cases at once: they file them, take the next step, with or without saying which version they had
seen, and read them. They break off in the middle of a request or before the answer, and send what
was not answered again under the same key; meanwhile one of the processes that serve is killed
(SIGKILL) again and again. What was told in the end must be what one clerk could have done, one
thing at a time, each between the first time it was asked and the answer (`linear.py`).
"""

import http.client
import json
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import select

from permits.services.rebuild import check
from permits.store.database import open_database
from permits.store.tables import draft
from tests.cli.serving import SERVE, Served
from tests.faults.history import EACH_CASE, logged, trusting
from tests.faults.linear import Call, wrong
from tests.faults.network import MOST_TRIES, V1, Answered, application_of, asked_of
from tests.faults.report import Outcome, Sum
from tests.faults.waiting import database_of
from tests.web.browsing import PASSWORD
from tests.web.housing import found_office

PROCESSES, CALLERS = 2, 8
ACTS = ("file", "accept", "grant_on_the_spot")
BETWEEN = 12
"""So many calls at least are answered between two kills."""
TRIES = 6
"""So often a mistake is looked for: it shows only where two processes decide upon one case."""
TORN, UNHEARD = 0.05, 0.10
"""How many requests are broken off before they are whole, and before the answer is read."""
ROOT = Path(__file__).parents[2]


class Filed(NamedTuple):
    """A draft that is ready, and the case it becomes."""

    draft: str
    case: str


class Caller(threading.Thread):
    """A program that tries the same cases as all others."""

    def __init__(
        self, port: int, name: str, tokens: dict[str, str], cases: list[Filed], each: int
    ) -> None:
        super().__init__()
        self.port, self.called, self.tokens = port, name, tokens
        self.cases, self.each = cases, each
        self.chance = random.Random(name)
        self.made: list[Call] = []
        self.faults: list[str] = []
        self.lost = 0
        self._seen: dict[str, int] = {}

    def run(self) -> None:
        for number in range(self.each):
            about = max(0, number // EACH_CASE + self.chance.randint(-1, 1))
            one = self.cases[about]
            call = self._read(one) if self.chance.random() < 0.3 else self._asked(one, number)
            self.made.append(call)

    def _read(self, one: Filed) -> Call:
        """A look at a case counts from its last try: those before told nothing."""
        for _ in range(MOST_TRIES):
            asked = time.monotonic()
            found = self._sent("GET", f"{V1}/cases/{one.case[5:]}", "window")
            if found is not None and found.status != 503:
                break
            time.sleep(0.01)
        call = Call(one.case, "read", "", asked, time.monotonic(), "read")
        if found is None or found.status not in (200, 404):
            self.faults.append(f"{one.case} was not read: {found}")
            return replace(call, how="unknown")
        if found.status == 404:
            return call
        self._seen[one.case] = found.body["version"]
        return replace(call, version=found.body["version"], state=found.body["state"]["name"])

    def _asked(self, one: Filed, number: int) -> Call:
        act = self.chance.choice(ACTS)
        seen = self._seen.get(one.case) if act != "file" and self.chance.random() < 0.4 else None
        key = f"{self.called}-{number:06}"
        call = Call(one.case, act, key, time.monotonic(), 0.0, "unknown", seen=seen)
        found, unheard = self._until_answered(one, act, key, seen)
        call = replace(call, answered=time.monotonic())
        if found is None or found.status >= 500:
            self.faults.append(f"{key} ({act}) was not answered: {found}")
            return call
        if found.status in (200, 201):
            self._seen[one.case] = found.body["version"]
            state = found.body["state"]["name"]
            return replace(call, how="done", version=found.body["version"], state=state)
        if unheard:  # what was not heard may be carried out after what was refused
            return call
        return replace(call, how="refused", reason=found.body["reason"])

    def _until_answered(
        self, one: Filed, act: str, key: str, seen: int | None
    ) -> tuple[Answered | None, bool]:
        """The answer in the end, and whether an earlier one was not heard."""
        path, body, who = f"{V1}/cases/{one.case[5:]}/actions/{act}", {}, "window"
        if act == "file":
            path, body, who = f"{V1}/cases", {"draft": one.draft}, "fire"
        unheard = False
        for _ in range(MOST_TRIES):
            found = self._sent("POST", path, who, body, key, seen)
            if found is not None and found.status != 503:
                return found, unheard
            unheard = True
            self.lost += 1
            time.sleep(self.chance.uniform(0.0, 0.1))
        return None, unheard

    def _sent(
        self,
        method: str,
        path: str,
        who: str,
        body: Any = None,
        key: str = "",
        seen: int | None = None,
    ) -> Answered | None:
        """What is answered to one try; None if it is broken off, by us or by them."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}", "Connection": "close"}
        headers |= {"Idempotency-Key": key, "Content-Type": "application/json"} if key else {}
        headers |= {"If-Match": f'"{seen}"'} if seen is not None else {}
        drawn = self.chance.random()
        with suppress(OSError, http.client.HTTPException, ValueError):
            if drawn < TORN + UNHEARD:
                self._broken_off(method, path, headers, body, whole=drawn >= TORN)
                return None
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                connection.request(method, path, json.dumps(body) if key else None, headers)
                answer = connection.getresponse()
                return Answered(answer.status, json.loads(answer.read()))
            finally:
                connection.close()
        return None

    def _broken_off(
        self, method: str, path: str, headers: dict[str, str], body: Any, *, whole: bool
    ) -> None:
        content = json.dumps(body).encode() if body is not None else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += [f"Content-Length: {len(content)}", "", ""]
        request = "\r\n".join(lines).encode() + content
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as server:
            server.sendall(request if whole else request[: len(request) // 2])
            time.sleep(self.chance.uniform(0.0, 0.02))


class Killing(threading.Thread):
    """Kills one of the processes that serve, again and again, until it is told to stop. A few
    calls are answered between two kills, or a slow machine would do nothing but begin anew."""

    def __init__(self, server: Served, callers: list[Caller], seed: int) -> None:
        super().__init__()
        self.server, self.callers, self.chance = server, callers, random.Random(seed)
        self.over = threading.Event()
        self.kills = 0

    def run(self) -> None:
        answered = 0
        while not self.over.wait(self.chance.uniform(0.3, 1.0)):
            serving, by_now = self.server.serving(), sum(len(one.made) for one in self.callers)
            replaced = len(serving) == PROCESSES  # the one that was killed last
            if replaced and by_now >= answered + BETWEEN:
                os.kill(self.chance.choice(serving), signal.SIGKILL)
                self.kills += 1
                answered = by_now


def token_of(port: int, username: str) -> str:
    """A token of an account, for a session of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = json.dumps({"username": username, "password": PASSWORD})
    headers = {"Content-Type": "application/json"}
    connection.request("POST", f"{V1}/sessions", body, headers)
    token = str(json.loads(connection.getresponse().read())["token"])
    connection.close()
    return token


def drafts(port: int, url: str, token: str, number: int) -> list[Filed]:
    """So many applications, ready to be filed."""
    signed = asked_of(port, f"{V1}/permits/plan_exempt")["text_digests"]["commitment"]
    application = json.dumps(application_of(signed))
    for one in range(number):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"draft-{one:06}"}
        headers |= {"Content-Type": "application/json"}
        connection.request("POST", f"{V1}/drafts", application, headers)
        answer = connection.getresponse()
        assert answer.status == 201, answer.read()
        connection.close()
    database = open_database(url)
    with database.read() as connection_:
        rows = connection_.execute(select(draft.c.id, draft.c.case_id).order_by(draft.c.id))
        found = [Filed(row.id, row.case_id) for row in rows]
    database.close()
    return found


def planted(folder: Path, plants: str) -> str:
    """Where Python finds a mistake that is planted in every process it begins."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(plants, encoding="utf-8")
    return str(folder)


def told_over_http(
    folder: Path, kind: str, each: int, *, mutant: bool = False, seed: int = 1
) -> Outcome:
    """So many calls of each program, and what of it cannot have been."""
    named = trusting.__doc__ if mutant else None
    what = f"what {CALLERS} programs are told over HTTP by {PROCESSES} processes, {kind}"
    total = Sum("H2", what, named)
    data = folder / f"{kind}-{'mutant' if mutant else 'true'}-{seed}"
    data.mkdir()
    with database_of(kind, data) as url:
        (data / "office").mkdir()
        found_office(data / "office", url)
        callers, kills = _served(data, url, each, mutant=mutant, seed=seed)
        database = open_database(url)
        calls = [call for one in callers for call in one.made]
        for one in wrong(calls, logged(database)):
            total.miss(one)
        for one in callers:
            for fault in one.faults:
                total.miss(fault)
        if check(database):
            total.miss("the tables are not as the log says")
        database.close()
    how = {name: sum(call.how == name for call in calls) for name in ("done", "refused", "read")}
    unknown = sum(call.how == "unknown" for call in calls)
    total.outcome = total.outcome._replace(runs=len(calls))
    return total.beside(
        f"{how['done']} done, {how['refused']} refused, {how['read']} read, {unknown} unknown;"
        f" {sum(one.lost for one in callers)} tries without an answer, {kills} processes killed;"
        f" {len(total.outcome.missed)} that cannot have been"
    )


def _served(
    data: Path, url: str, each: int, *, mutant: bool, seed: int
) -> tuple[list[Caller], int]:
    """What programs were told while an office was served, and how many processes were killed."""
    plants = "from tests.faults.history import trusting\ntrusting()\n"
    paths = [str(ROOT / "src"), str(ROOT)]
    paths += [planted(data / "plant", plants)] if mutant else []
    given = {
        "PERMITS_DATABASE": url, "PERMITS_PROCESSES": str(PROCESSES), "PERMITS_TRIAL": "true",
        "PERMITS_STAFF_SECOND_FACTOR": "false", "PERMITS_STEP_UP": "false",
        "PYTHONPATH": os.pathsep.join(paths),
    }  # fmt: skip
    with Served(data / "office", command=SERVE, settings=given) as server:
        threading.Thread(target=server.process.stderr.read, daemon=True).start()  # or it fills
        server.wait()
        tokens = {who: token_of(server.port, who) for who in ("fire", "window")}
        cases = drafts(server.port, url, tokens["fire"], each // EACH_CASE + 2)
        callers = [
            Caller(server.port, f"h{seed}{n}x", tokens, cases, each) for n in range(CALLERS)
        ]
        killing = Killing(server, callers, seed)
        # Whoever begins anew remembers nothing, and makes no mistake of what it remembers.
        acting = callers if mutant else [*callers, killing]
        for one in acting:
            one.start()
        for one in callers:
            one.join()
        killing.over.set()
        for one in acting:
            one.join()
        server.stop()
    return callers, killing.kills


def experiment(
    folder: Path, each: int, of_mutants: int, kinds: tuple[str, ...]
) -> Iterator[Outcome]:
    for kind in kinds:
        yield told_over_http(folder, kind, each)
    for seed in range(1, TRIES + 1):
        found = told_over_http(folder, kinds[0], of_mutants, mutant=True, seed=seed)
        if found.missed:
            break
    yield found
