"""Lets wapiti and sqlmap loose on an office that is served, signed in as each kind of person.

    python -m tests.security.scanning TOOLS [--seconds 600] [--who fire --who window]

TOOLS is the folder with the two programs, an environment of their own (`make security` makes it).
First the same search has to find the holes of `tests/security/holes`; then it has to find nothing
in the office. Exit 1 otherwise. The two are programs under the GPL: they are run, not linked.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.serving import served
from tests.security.holes.app import application
from tests.web.browsing import Caller
from tests.web.housing import Housing, found_office

ATTACKS = "sql,timesql,xss,permanentxss,file,exec,redirect,crlf,ssrf,xxe,csrf,csp,methods,backup"
HOLES = {
    "SQL Injection",
    "Reflected Cross Site Scripting",
    "Stored Cross Site Scripting",
    "Open Redirect",
    "Path Traversal",
}
"""What wapiti has to find in the application with holes."""

ADDRESSES = {
    "fire": ("/applications?at=1&after=1", "/standing?done=1"),
    "window": ("/review?pile=mine&q=x&at=1&after=1", "/office/parties?q=x"),
    "auditor": (
        "/audit?permit=plan_exempt&track=ordinary&from=2022-01-01&to=2022-12-31",
        "/audit/cases?which=decided&day=2022-06-09&after=1&permit=plan_exempt&track=ordinary",
        "/treasury?from=2022-01-01&to=2022-12-31",
    ),
}
PUBLIC = ("/register?number=GXGH-20220609-0001&at=1&after=1", "/credit?at=1&code=1&entry=1")
"""Where sqlmap tries every parameter."""


LEFT_OUT = ("/sign-out", "/language/en", "/language/zh")
"""What would end the session, or lead in circles."""


@dataclass(frozen=True)
class Found:
    """Something a scanner holds to be a hole."""

    scanner: str
    kind: str
    where: str

    def __str__(self) -> str:
        return f"{self.scanner}: {self.kind} at {self.where}"


class Scanners:
    """The two programs, run for at most so many seconds each."""

    def __init__(self, tools: Path, seconds: int) -> None:
        self.tools = tools
        self.seconds = seconds
        self.crawled = 0

    def wapiti(self, address: str, cookie: str, *, leave_out: tuple[str, ...]) -> list[Found]:
        """Crawl from an address with a session, and attack what was found."""
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            words = [
                str(self.tools / "wapiti"), "--url", f"{address}/", "--scope", "domain",
                "--module", ATTACKS, "--depth", "6", "--max-links-per-page", "60",
                "--max-files-per-dir", "40", "--max-scan-time", str(self.seconds),
                "--max-attack-time", str(max(60, self.seconds // 4)), "--level", "1",
                "--header", f"Cookie: {cookie}", "--format", "json", "--output", str(report),
                "--store-session", folder, "--no-bugreport", "--flush-session", "--timeout", "20",
                "--verify-ssl", "0", "--tasks", "4",
            ]  # fmt: skip
            for path in leave_out:
                words += ["--exclude", f"{address}{path}"]
            told = self._run(words)
            if not report.exists():
                raise RuntimeError(f"wapiti made no report: {told[-2000:]}")
            found = json.loads(report.read_text(encoding="utf-8"))
        self.crawled += int(found["infos"].get("crawled_pages_nbr", 0))
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
        if "all tested parameters do not appear" in told or "not appear to be injectable" in told:
            return []
        if "the following injection point" in told:
            return [Found("sqlmap", "SQL Injection", path)]
        if "no parameter(s) found for testing" in told or "skipping" in told.lower():
            return []
        raise RuntimeError(f"sqlmap said neither yes nor no of {path}: {told[-2000:]}")

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


def holes(scanners: Scanners) -> list[str]:
    """What the scanners should find in the application with holes, and do not."""
    with tempfile.TemporaryDirectory() as folder, served(application(Path(folder))) as address:
        found = {one.kind for one in scanners.wapiti(address, "session=x", leave_out=())}
        missed = [f"wapiti does not find: {kind}" for kind in sorted(HOLES - found)]
        if not scanners.sqlmap(address, "/cases?number=1", "session=x"):
            missed.append("sqlmap does not find: SQL Injection")
    return missed


@contextmanager
def office(folder: Path) -> Iterator[Housing]:
    """An office with cases in every state that a page shows."""
    found_office(folder / "founded")
    housing = Housing(folder / "founded", folder / "office")
    for case in (housing.filed(), housing.filed("ordinary"), housing.correcting()):
        assert case
    housing.found_breached()
    housing.written("commitment")
    yield housing
    housing.close()


def sound(scanners: Scanners, who: list[str]) -> list[Found]:
    """What the scanners find in an office, asked as each of these people and as nobody."""
    found: list[Found] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        office(Path(folder)) as housing,
        served(housing.app) as address,
    ):
        for name in [*who, ""]:
            cookie, before = signed_in(address, name), scanners.crawled
            now = scanners.wapiti(address, cookie, leave_out=LEFT_OUT)
            for path in ADDRESSES.get(name, PUBLIC):
                now += scanners.sqlmap(address, path, cookie)
            for one in now:
                print(one)
            asked = scanners.crawled - before
            print(f"as {name or 'nobody'}: {len(now)} findings, {asked} addresses", flush=True)
            found += now
    return found


def signed_in(address: str, name: str) -> str:
    """The cookie of a session of somebody; none for nobody."""
    if not name:
        return "language=zh"
    with Caller(base_url=address) as caller:
        caller.sign_in(name)
        return f"session={caller.cookies['session']}"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("tools", type=Path)
    parser.add_argument("--seconds", type=int, default=600, help="for each crawl of wapiti")
    parser.add_argument("--who", action="append", default=[])
    asked = parser.parse_args()
    scanners = Scanners(asked.tools, asked.seconds)
    missed = holes(scanners)
    for one in missed:
        print(one)
    print(f"holes: {len(missed)} missed, {scanners.crawled} addresses crawled", flush=True)
    scanners.crawled = 0
    found = sound(scanners, asked.who or list(ADDRESSES))
    print(f"office: {len(found)} findings, {scanners.crawled} addresses crawled")
    return 1 if missed or found else 0


if __name__ == "__main__":
    sys.exit(main())
