"""Lets wapiti and sqlmap loose on an office that is served, signed in as each kind of person.

    python -m tests.security.scanning TOOLS [--seconds 600] [--who applicant --who window]

TOOLS is the folder with the two programs, an environment of their own (`make security` makes it).
First the same search has to find the holes of `tests/security/holes`; then it has to find nothing
in the office, and no answer may be a fault of ours. wapiti begins at every page there is for
whoever is signed in, follows links and sends forms from there; sqlmap tries every parameter that a
page reads. Exit 1 if a hole is missed, something is found, or less than nine in ten of somebody's
pages were reached. The two are programs under the GPL: they are run, not linked.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.serving import served
from tests.security.holes.app import application
from tests.security.scanned import LEFT_OUT, Counted, Door, Person, Scanned
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


class Scanners:
    """The two programs, and what they did. A crawl of wapiti takes at most a quarter of `seconds`,
    each kind of attack after it at most an eighth: most take a small part of that."""

    def __init__(self, tools: Path, seconds: int) -> None:
        self.tools = tools
        self.seconds = seconds
        self.crawled = 0
        self.cut: list[str] = []

    def wapiti(self, address: str, cookie: str, begin: Iterable[str] = ()) -> list[Found]:
        """Crawl from these addresses with a session, and attack what was found."""
        with tempfile.TemporaryDirectory() as folder:
            report, starts = Path(folder) / "report.json", Path(folder) / "starts.txt"
            starts.write_text("".join(f"{address}{path}\n" for path in begin), encoding="utf-8")
            words = [
                str(self.tools / "wapiti"), "--url", f"{address}/", "--scope", "domain",
                "--start", str(starts), "--module", ",".join(ATTACKS), "--depth", "3",
                "--max-links-per-page", "60", "--max-files-per-dir", "40",
                "--max-scan-time", str(self.seconds // 4),
                "--max-attack-time", str(self.seconds // 8), "--level", "1", "--skip", "csrf",
                "--header", f"Cookie: {cookie}", "--format", "json", "--output", str(report),
                "--store-session", folder, "--no-bugreport", "--flush-session", "--timeout", "20",
                "--verify-ssl", "0", "--tasks", "4",
            ]  # fmt: skip
            for path in LEFT_OUT:
                words += ["--exclude", f"{address}{re.sub(r'{.*', '*', path)}"]
            told = self._run(words)
            if not report.exists():
                raise RuntimeError(f"wapiti made no report: {told[-2000:]}")
            found = json.loads(report.read_text(encoding="utf-8"))
        self.crawled = int(found["infos"].get("crawled_pages_nbr", 0))
        self.cut = re.findall(r"Max attack time was reached for module (\w+)", told)
        self.cut += ["the crawl"] if "Max scan time was reached" in told else []
        return [
            Found("wapiti", kind, f"{one['method']} {one['path']} {one.get('parameter') or ''}")
            for kind, each in found["vulnerabilities"].items()
            for one in each
        ]

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
    """What sqlmap said of an address. It says no of one parameter and yes of the next; an error if
    it said neither of any."""
    if "the following injection point" in told:
        return [Found("sqlmap", "SQL Injection", path)]
    if "not appear to be injectable" in told or "no parameter(s) found for testing" in told:
        return []
    if "skipping" in told.lower():
        return []
    raise RuntimeError(f"sqlmap said neither yes nor no of {path}: {told[-2000:]}")


def holes(scanners: Scanners) -> list[str]:
    """What the scanners should find in the application with holes, and do not."""
    with tempfile.TemporaryDirectory() as folder, served(application(Path(folder))) as address:
        found = {one.kind for one in scanners.wapiti(address, "session=x")}
        missed = [f"wapiti does not find: {kind}" for kind in sorted(HOLES - found)]
        if not scanners.sqlmap(address, "/cases?order=1&number=1", "session=x"):
            missed.append("sqlmap does not find: SQL Injection")
    return missed


class Search:
    """A search of one office by both programs, person after person."""

    def __init__(self, scanners: Scanners, office: Scanned) -> None:
        self.scanners, self.office = scanners, office
        self.wrong: list[str] = []
        self.reached: set[Door] = set()
        self.tried: set[str] = set()

    def by(self, role: str) -> None:
        """Everything, signed in as somebody of a role."""
        person = self.office.people[role]
        with self.office.opened(role) as housing, served(counted := Counted(housing.app)) as at:
            cookie = signed_in(at, person.username)
            wrong = list(map(str, self.scanners.wapiti(at, cookie, person.pages.values())))
            wrong += [] if still(at, cookie) == bool(person.username) else ["the session ended"]
            wrong += self._parameters(person, at, cookie) + counted.faults
        reached, asked = counted.reached(person), sum(counted.asked.values())
        missed = sorted(person.doors - reached)
        pages = len(person.pages) - sum(method == "GET" for method, _ in missed)
        forms = len(person.doors) - len(missed) - pages
        for one in wrong:
            print(f"    {one}")
        for method, path in missed:
            print(f"    not reached: {method} {path}")
        print(
            f"as {role}: {len(wrong)} findings, {asked} requests, {self.scanners.crawled}"
            f" addresses crawled, {pages} of {len(person.pages)} pages and {forms} of"
            f" {len(person.forms)} forms; not to the end: {', '.join(self.scanners.cut) or '-'}",
            flush=True,
        )
        if pages < ENOUGH * len(person.pages):
            wrong.append(f"as {role} too few pages were reached")
        self.wrong += wrong
        self.reached |= reached

    def _parameters(self, person: Person, at: str, cookie: str) -> list[str]:
        """sqlmap at every parameter of the pages for this person that it has not tried yet."""
        found = []
        for path, where in self.office.queries(person).items():
            if path not in self.tried:
                self.tried.add(path)
                found += map(str, self.scanners.sqlmap(at, where, cookie))
        return found

    def told(self) -> str:
        """How far it went, over everybody."""
        doors = {one for person in self.office.people.values() for one in person.doors}
        parameters = sum(len(self.office.parameters[path]) for path in self.tried)
        return (
            f"office: {len(self.wrong)} findings, {len(self.reached)} of {len(doors)} pages and"
            f" forms reached, {parameters} parameters of {len(self.tried)} pages tried by sqlmap"
        )


def signed_in(address: str, name: str) -> str:
    """The cookie of a session of somebody; none for nobody."""
    if not name:
        return "language=zh"
    with Caller(base_url=address) as caller:
        caller.sign_in(name)
        return f"session={caller.cookies['session']}"


def still(address: str, cookie: str) -> bool:
    """Whether whoever has this cookie is signed in."""
    with Caller(base_url=address) as caller:
        return caller.get("/account", headers={"cookie": cookie}).status_code == 200


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("tools", type=Path)
    parser.add_argument("--seconds", type=int, default=600, help="about so many for each person")
    parser.add_argument("--who", action="append", default=[], choices=ROLES)
    asked = parser.parse_args()
    scanners = Scanners(asked.tools, asked.seconds)
    missed = holes(scanners)
    for one in missed:
        print(one)
    print(f"holes: {len(missed)} missed, {scanners.crawled} addresses crawled", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        search = Search(scanners, Scanned(Path(folder)))
        for role in asked.who or ROLES:
            search.by(role)
    print(search.told())
    return 1 if missed or search.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
