"""Lets wapiti and sqlmap loose on an office that is served, signed in as each kind of person.

    python -m tests.security.scanning TOOLS [--seconds 600] [--who applicant --who window]
                                                            [--crawl-only]

TOOLS is the folder with the two programs, an environment of their own (`make security` makes it).
First the same search has to find the holes of `tests/security/holes`; then it has to find nothing
in the office, and no answer may be a fault of ours. wapiti begins at every page there is for
whoever is signed in and at one with every form of theirs, and goes on from there; sqlmap tries
every parameter that a page reads (not with `--crawl-only`). Exit 1 if a hole is missed, something
is found, a form of somebody's was never let in, or less than nine in ten of their pages were
reached. The two are programs under the GPL: they are run, not linked.
"""

import argparse
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.journeys.serving import served
from tests.security.holes.app import application
from tests.security.scanned import (
    EVERY_FORM,
    LEFT_OUT,
    PATIENT,
    Counted,
    Door,
    Person,
    Scanned,
)
from tests.security.standing import Anew, Standing
from tests.web.browsing import Caller
from tests.web.matrix import ROLES

ATTACKS = (
    "csrf", "csp", "redirect", "crlf", "sql", "xss", "permanentxss", "file", "exec", "timesql",
    "ssrf", "xxe", "methods", "backup",
)  # fmt: skip
HOLES = {
    "SQL Injection",
    "Reflected Cross Site Scripting",
    "Stored Cross Site Scripting",
    "Open Redirect",
    "Path Traversal",
}
"""What wapiti has to find in the application with holes."""

TIMES = 3
"""How often wapiti is begun: where its time is over it may meet its own lock, and end."""

ENOUGH = 0.9
"""The part of somebody's pages that a crawl has to reach."""


@dataclass(frozen=True)
class Found:
    """Something a scanner holds to be a hole."""

    scanner: str
    kind: str
    where: str

    def __str__(self) -> str:
        return f"{self.scanner}: {self.kind} at {self.where}"


class Crawl(NamedTuple):
    """What wapiti found, at how many addresses, and what it had no time to finish."""

    found: list[Found]
    addresses: int
    cut: list[str]


@dataclass(frozen=True)
class Scanners:
    """The two programs. A crawl of wapiti takes at most `seconds`, each kind of attack after it at
    most an eighth: most take a small part of that."""

    tools: Path
    seconds: int

    def wapiti(self, address: str, cookie: str, begin: Iterable[str] = ()) -> Crawl:
        """Crawl from these addresses with a session, and attack what was found."""
        with tempfile.TemporaryDirectory() as folder:
            report, starts = Path(folder) / "report.json", Path(folder) / "starts.txt"
            starts.write_text("".join(f"{address}{path}\n" for path in begin), encoding="utf-8")
            words = [
                str(self.tools / "wapiti"), "--url", f"{address}/", "--scope", "domain",
                "--start", str(starts), "--module", ",".join(ATTACKS), "--depth", "3",
                "--max-links-per-page", "60", "--max-files-per-dir", "40",
                "--max-scan-time", str(self.seconds),
                "--max-attack-time", str(self.seconds // 8), "--level", "1", "--skip", "csrf",
                "--header", f"Cookie: {cookie}", "--format", "json", "--output", str(report),
                "--store-session", folder, "--no-bugreport", "--flush-session", "--timeout", "20",
                "--verify-ssl", "0", "--tasks", "4",
                "--verbose", "1",  # or it does not say what it cut
            ]  # fmt: skip
            for path in LEFT_OUT:
                words += ["--exclude", f"{address}{re.sub(r'{.*', '*', path)}"]
            for _ in range(TIMES):
                told = self._run(words)
                if report.exists():
                    break
            else:
                raise RuntimeError(f"wapiti made no report: {told[-2000:]}")
            found = json.loads(report.read_text(encoding="utf-8"))
        cut = re.findall(r"Max attack time was reached for module (\w+)", told)
        cut += ["the crawl"] if "Max scan time was reached" in told else []
        holes = [
            Found("wapiti", kind, f"{one['method']} {one['path']} {one.get('parameter') or ''}")
            for kind, each in found["vulnerabilities"].items()
            for one in each
        ]
        return Crawl(holes, int(found["infos"].get("crawled_pages_nbr", 0)), cut)

    def sqlmap(self, address: str, path: str, cookie: str) -> list[Found]:
        """Try every parameter of an address for a way into the database."""
        with tempfile.TemporaryDirectory() as folder:
            told = self._run([
                str(self.tools / "sqlmap"), "--url", f"{address}{path}", "--batch",
                "--cookie", cookie, "--level", "2", "--risk", "1", "--flush-session",
                "--output-dir", folder, "--disable-coloring", "--timeout", "20",
                "--technique", "BEU", "--smart",
            ])  # fmt: skip
        return verdict(told, path)

    def _run(self, words: list[str]) -> str:
        run = subprocess.run(
            words,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=6 * self.seconds + 600,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        return run.stdout + run.stderr


def verdict(told: str, path: str) -> list[Found]:
    """What sqlmap said of an address. It says no of one parameter and yes of the next; that it
    said neither of any is told like a hole, or nobody would look."""
    if "the following injection point" in told:
        return [Found("sqlmap", "SQL Injection", path)]
    if "not appear to be injectable" in told or "no parameter(s) found for testing" in told:
        return []
    if "skipping" in told.lower():
        return []
    return [Found("sqlmap", f"neither yes nor no, but “{told[-500:].strip()}”", path)]


def holes(scanners: Scanners) -> list[str]:
    """What the scanners should find in the application with holes, and do not."""
    with tempfile.TemporaryDirectory() as folder, served(application(Path(folder))) as address:
        crawl = scanners.wapiti(address, "session=x")
        found = {one.kind for one in crawl.found}
        missed = [f"wapiti does not find: {kind}" for kind in sorted(HOLES - found)]
        if not scanners.sqlmap(address, "/cases?order=1&number=1", "session=x"):
            missed.append("sqlmap does not find: SQL Injection")
    return missed


@dataclass(frozen=True)
class Outcome:
    """What came of a search as somebody: what is wrong, how far it went."""

    person: Person
    wrong: list[str]
    reached: set[Door]
    shown: set[Door]
    requests: int
    crawl: Crawl

    def __str__(self) -> str:
        person, crawl = self.person, self.crawl
        missed = sorted(person.doors - self.reached)
        lines = [f"    {one}" for one in self.wrong]
        lines += [f"    not reached: {method} {path}" for method, path in missed]
        lines.append(
            f"as {person.role}: {len(self.wrong)} findings, {self.requests} requests,"
            f" {crawl.addresses} addresses crawled, {self.pages} of {len(person.pages)} pages,"
            f" {self.forms} of {len(person.forms)} forms sent, {len(self.shown)} of them shown by"
            f" pages; not to the end: {', '.join(crawl.cut) or '-'}"
        )
        return "\n".join(lines)

    @property
    def pages(self) -> int:
        """How many pages were shown."""
        return sum(method == "GET" for method, _ in self.reached)

    @property
    def forms(self) -> int:
        """How many forms were let in."""
        return sum(method == "POST" for method, _ in self.reached)

    @property
    def clean(self) -> bool:
        """Whether nothing was found where enough was looked at."""
        enough = self.pages >= ENOUGH * len(self.person.pages)
        return enough and not self.wrong and self.forms == len(self.person.forms)


def searched(scanners: Scanners, office: Scanned, role: str, queries: Sequence[str]) -> Outcome:
    """Everything, signed in as somebody of a role; of what pages read, these addresses."""
    person = office.people[role]
    with office.opened(role) as housing:
        counted = Counted(Anew(housing.app, Standing(housing.office.database)))
        with served(counted) as at:
            cookie, token = signed_in(at, person.username)
            counted.every_form = person.every_form(token)
            wrong = [str(one) for path in queries for one in scanners.sqlmap(at, path, cookie)]
            crawl = scanners.wapiti(at, cookie, (EVERY_FORM, *person.pages.values()))
            if still(at, cookie) != bool(person.username):
                wrong.append("the session ended before the search did")
    wrong += [*map(str, crawl.found), *counted.faults]
    reached, shown = counted.reached(person), counted.shown(person)
    return Outcome(person, wrong, reached, shown, sum(counted.asked.values()), crawl)


def signed_in(address: str, name: str) -> tuple[str, str]:
    """The cookies of a session of somebody and the token of its forms; for nobody those of whoever
    opened a form."""
    with Caller(base_url=address, timeout=PATIENT) as caller:
        if name:
            caller.sign_in(name)
        token = caller.hidden("/lookup")["csrf"]
        return "; ".join(f"{one.name}={one.value}" for one in caller.cookies.jar), token


def still(address: str, cookie: str) -> bool:
    """Whether whoever has this cookie is signed in."""
    with Caller(base_url=address, timeout=PATIENT) as caller:
        return caller.get("/account", headers={"cookie": cookie}).status_code == 200


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("tools", type=Path)
    parser.add_argument("--seconds", type=int, default=600, help="about so many for each person")
    parser.add_argument("--who", action="append", default=[], choices=ROLES)
    parser.add_argument("--crawl-only", action="store_true", help="without sqlmap")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    scanners, roles = Scanners(asked.tools, asked.seconds), asked.who or ROLES
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(asked.processes, multiprocessing.get_context("spawn")) as pool,
    ):
        proof = pool.submit(holes, scanners)
        office = Scanned(Path(folder))
        shares = office.shares([] if asked.crawl_only else roles)
        waiting = {
            pool.submit(searched, scanners, office, one, shares.get(one, [])): one for one in roles
        }
        missed = proof.result()
        print(*missed, f"holes: {len(missed)} missed", sep="\n", flush=True)
        outcomes, failed = [], 0
        for one in as_completed(waiting):
            if fault := one.exception():
                failed += 1
                print(f"as {waiting[one]}: not to its end: {fault!r}", flush=True)
            else:
                outcomes.append(one.result())
                print(outcomes[-1], flush=True)
    reached = {door for one in outcomes for door in one.reached}
    doors = {door for one in outcomes for door in one.person.doors}
    print(
        f"office: {sum(len(one.wrong) for one in outcomes)} findings,"
        f" {sum(one.requests for one in outcomes)} requests,"
        f" {len(reached)} of {len(doors)} pages and forms reached,"
        f" {sum(map(len, shares.values()))} pages with parameters tried by sqlmap"
    )
    return 0 if not missed and not failed and all(one.clean for one in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
