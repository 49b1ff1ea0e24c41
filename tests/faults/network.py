"""F5: the network between a program and the office cuts connections.

A server that serves the office stands behind a proxy that cuts one connection in six: before the
request is whole, before the answer comes, or in the middle of it. Programs write applications
and file them; what was not answered they send again under the same key until it is. Each must be
there once.
"""

import http.client
import json
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn
from sqlalchemy import func, select

from permits.services.office import Office
from permits.services.rebuild import check
from permits.store.database import Database, open_database
from permits.store.tables import case_row, draft, event
from permits.web.app import create_app
from tests.faults.report import Outcome, Sum
from tests.faults.works import Verdict
from tests.faults.writing import forked
from tests.kit import LINE
from tests.web.browsing import PASSWORD
from tests.web.housing import Clock, found_office, settings_in

CALLERS = 4
REQUEST_CUT, ANSWER_CUT, ANSWER_TORN = 0.05, 0.08, 0.05
MOST_TRIES = 60
V1 = "/api/v1"


class Proxy:
    """Hands connections on to a server, and cuts some of them."""

    def __init__(self, port: int, seed: int) -> None:
        self._to = port
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self.connections = self.cut = 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._let_in, daemon=True).start()

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._door.accept()
                threading.Thread(target=self._serve, args=(caller,), daemon=True).start()

    def _drawn(self) -> float:
        with self._lock:
            self.connections += 1
            drawn = self._chance.random()
            self.cut += drawn < REQUEST_CUT + ANSWER_CUT + ANSWER_TORN
            return drawn

    def _serve(self, caller: socket.socket) -> None:
        drawn = self._drawn()
        with (
            caller,
            suppress(OSError),
            socket.create_connection(("127.0.0.1", self._to)) as server,
        ):
            request = _request(caller)
            if drawn < REQUEST_CUT:
                server.sendall(request[: len(request) // 2])
                return
            server.sendall(request)
            answer = b"".join(iter(lambda: server.recv(65_536), b""))
            if drawn < REQUEST_CUT + ANSWER_CUT:
                return
            torn = drawn < REQUEST_CUT + ANSWER_CUT + ANSWER_TORN
            caller.sendall(answer[: len(answer) // 2] if torn else answer)

    def close(self) -> None:
        self._door.close()


def _request(caller: socket.socket) -> bytes:
    """A whole request, head and body."""
    content = b""
    while b"\r\n\r\n" not in content:
        more = caller.recv(65_536)
        if not more:
            return content
        content += more
    head, _, body = content.partition(b"\r\n\r\n")
    length = next(
        (
            int(line[15:])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ),
        0,
    )
    while len(body) < length and (more := caller.recv(65_536)):
        body += more
    return head + b"\r\n\r\n" + body


class Answered(NamedTuple):
    status: int
    body: Any


class Program:
    """Sends what it has to send until it is answered. `careless`, it takes a new key each time:
    the mistake that is planted."""

    def __init__(self, port: int, name: str, *, careless: bool) -> None:
        self.port, self.name, self.careless = port, name, careless
        self.token = ""
        self.tries = 0

    def send(self, path: str, body: Any, key: str = "") -> Answered:
        for tried in range(MOST_TRIES):
            self.tries += 1
            used = f"{key}-{tried}" if self.careless else key
            with suppress(OSError, http.client.HTTPException, ValueError):
                answered = self._sent(path, body, used)
                if answered.status != 503:
                    return answered
            time.sleep(0.001)
        raise AssertionError(f"{path} was not answered in {MOST_TRIES} tries")

    def _sent(self, path: str, body: Any, key: str) -> Answered:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/json", "Connection": "close"}
        headers |= {"Idempotency-Key": key} if key else {}
        headers |= {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            connection.request("POST", path, json.dumps(body), headers)
            answer = connection.getresponse()
            return Answered(answer.status, json.loads(answer.read()))
        finally:
            connection.close()

    def sign_in(self) -> None:
        answered = self.send(f"{V1}/sessions", {"username": "fire", "password": PASSWORD})
        self.token = answered.body["token"]


class Filed(threading.Thread):
    """One program that files so many applications, with what it was told of each."""

    def __init__(self, program: Program, application: Any, number: int) -> None:
        super().__init__()
        self.program, self.application, self.number = program, application, number
        self.cases: list[str] = []
        self.refused: list[str] = []

    def run(self) -> None:
        for number in range(self.number):
            key = f"{self.program.name}-{number:06}"
            written = self.program.send(f"{V1}/drafts", self.application, f"draft-{key}")
            if written.status != 201:
                self.refused.append(f"{key}: {written}")
                continue
            filed = self.program.send(f"{V1}/cases", {"draft": written.body["id"]}, f"case-{key}")
            if filed.status == 201:
                self.cases.append(f"case/{filed.body['case']}")
            else:
                self.refused.append(f"{key}: {filed.body.get('reason')}")


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """The port of a server of the office in this folder, a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])

    def work(_say: Any) -> None:
        office = Office(settings_in(folder), Clock())
        uvicorn.run(create_app(office), host="127.0.0.1", port=port, log_level="critical")

    child = forked(work)
    try:
        wait_for(port)
        yield port
    finally:
        child.kill()
        child.ended()


def wait_for(port: int) -> None:
    """Wait until somebody listens there."""
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


def through_cuts(folder: Path, submits: int, *, mutant: bool = False, seed: int = 1) -> Outcome:
    """So many submits, two for each application, through a network that cuts connections."""
    total = Sum("F5", "connections cut under programs", "a new key each time" if mutant else None)
    office = folder / ("careless" if mutant else "careful")
    office.mkdir()
    found_office(office)
    with served(office) as port:
        signed = asked_of(port, f"{V1}/permits/plan_exempt")["text_digests"]["commitment"]
        application = application_of(signed)
        proxy = Proxy(port, seed)
        programs = [Program(proxy.port, f"p{n}", careless=mutant) for n in range(CALLERS)]
        programs[0].sign_in()
        for one in programs:
            one.token = programs[0].token
        filing = [Filed(one, application, submits // 2 // CALLERS) for one in programs]
        for one in filing:
            one.start()
        for one in filing:
            one.join()
        proxy.close()
    database = open_database(f"sqlite:///{office / 'permits.db'}")
    total.add(_found(database, filing), sum(len(one.cases) for one in filing), seed)
    if check(database):
        total.miss("the tables are not as the log says")
    database.close()
    tries = sum(one.tries for one in programs)
    total.outcome = total.outcome._replace(runs=submits)
    cut = 100 * proxy.cut / proxy.connections
    return total.beside(f"{proxy.cut} of {proxy.connections} connections cut ({cut:.0f} %),"
                        f" {tries / submits:.2f} tries for each submit")  # fmt: skip


def asked_of(port: int, path: str) -> Any:
    """What is at an address that anybody may read."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    found = json.loads(connection.getresponse().read())
    connection.close()
    return found


def application_of(signed: Any) -> dict[str, Any]:
    """An application that is ready once it is written; `signed` is the text that it commits to."""
    contact = {"contact_name": "王师傅", "contact_phone": "0371-12345678"}
    answers = {**{k: v for k, v in LINE.items() if v is not None}, **contact}
    return {"permit": "plan_exempt", "answers": answers, "track": "commitment", "signed": signed}


def _found(database: Database, filing: list[Filed]) -> Verdict:
    """What is there, held against what the programs were told."""
    told = [case for one in filing for case in one.cases]
    asked = sum(one.number for one in filing)
    with database.read() as connection:
        there = set(connection.execute(select(case_row.c.case_id)).scalars())
        filed = connection.execute(
            select(func.count()).select_from(event).where(event.c.type == "Filed")
        ).scalar_one()
        written = connection.execute(select(func.count()).select_from(draft)).scalar_one()
    twice = ["an application more than was sent"] * max(0, filed - asked)
    return Verdict(
        lost=tuple(case for case in told if case not in there),
        doubled=(*twice, *["a draft more than was sent"] * max(0, written - asked)),
        denied=tuple(one for each in filing for one in each.refused),
        found=len(there - set(told)),
    )


def experiment(folder: Path, submits: int, of_mutant: int) -> Iterator[Outcome]:
    yield through_cuts(folder, submits)
    yield through_cuts(folder, of_mutant, mutant=True)
