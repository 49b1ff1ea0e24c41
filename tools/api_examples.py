"""Records the answers that the OpenAPI document shows: the fire brigade's gas main of June 2022.

Usage: python -m tools.api_examples

An office is opened in an empty folder, its clock is set, and the case goes its way through the
API. A test compares what is committed with what this would write.
"""

import json
import re
import tempfile
from datetime import UTC, date
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from permits.cli.opening import furnish
from permits.services.demonstration.clock import Hands, at
from permits.services.demonstration.paper import pdf
from permits.services.demonstration.people import PASSWORD, settle
from permits.services.office import Office
from permits.settings import Settings, now
from permits.sign_in_rules import DEMONSTRATION
from permits.web.api.examples import gas
from permits.web.app import create_app

FILE = Path(__file__).parents[1] / "src" / "permits" / "web" / "api" / "answers.json"
V1 = "/api/v1"
FILED, BUILT = date(2022, 6, 9), date(2022, 7, 21)

CHANCE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CODE = "K7MPQ2XWRT4H"


class Recorder:
    """Asks an office and keeps the last answer of each operation that is to be shown."""

    def __init__(self, office: Office) -> None:
        app = create_app(office)
        self.client = TestClient(app, base_url="http://localhost")
        self.client.headers["accept-language"] = "en"
        self.answers: dict[str, Any] = {}
        self._keys = 0

    def sign_in(self, username: str) -> None:
        sent = {"username": username, "password": PASSWORD}
        opened = self.client.post(f"{V1}/sessions", json=sent).json()
        self.client.headers["authorization"] = f"Bearer {opened['token']}"
        self.answers["open_session"] = opened | {"token": "…"}

    def read(self, operation: str, address: str) -> Any:
        return self._keep(operation, self.client.get(address))

    def send(self, operation: str, address: str, body: object) -> Any:
        return self._keep(operation, self.client.post(address, json=body, headers=self._key()))

    def hand_in(self, operation: str, address: str, name: str, content: bytes) -> Any:
        files = {"file": (name, content)}
        answer = self.client.post(address, files=files, headers=self._key())
        return self._keep(operation, answer)

    def _key(self) -> dict[str, str]:
        self._keys += 1
        return {"idempotency-key": f"example-{self._keys:04d}"}

    def _keep(self, operation: str, answer: Any) -> Any:
        answer.raise_for_status()
        self.answers[operation] = answer.json()
        return answer.json()


def recorded() -> str:
    """The answers as JSON, what chance decides replaced by what stays the same."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            Path(folder), f"sqlite:///{folder}/permits.db", https=False, sign_in=DEMONSTRATION
        )
        hands = Hands(now)
        _set(hands, FILED, 8)
        office = Office(settings, hands)
        try:
            furnish(office)
            settle(office)
            text = _played(office, hands)
        finally:
            office.close()
    for place, found in enumerate(dict.fromkeys(CHANCE.findall(text)), start=1):
        text = text.replace(found, f"0181450f-7c00-7000-8000-{place:012d}")
    return text + "\n"


def _played(office: Office, hands: Hands) -> str:
    ask = Recorder(office)
    _set(hands, FILED, 9)
    receipt = _filed(ask, office)
    _set(hands, FILED, 10)
    _decided(ask, receipt["href"])
    _set(hands, BUILT, 9)
    _built(ask, receipt["href"])
    _public(ask, receipt)
    text = json.dumps(dict(sorted(ask.answers.items())), ensure_ascii=False, indent=1)
    return text.replace(receipt["code"], CODE)


def _set(hands: Hands, day: date, hour: int) -> None:
    hands.set(at(day, hour).astimezone(UTC))


def _filed(ask: Recorder, office: Office) -> Any:
    ask.sign_in("fire_brigade")
    ask.read("list_permits", f"{V1}/permits")
    draft = ask.send("begin_draft", f"{V1}/drafts", {"permit": "plan_exempt", **gas(office)})
    ask.read("list_drafts", f"{V1}/drafts")
    return ask.send("file_application", f"{V1}/cases", {"draft": draft["id"]})


def _decided(ask: Recorder, home: str) -> None:
    ask.sign_in("window")
    ask.read("list_cases", f"{V1}/cases")
    for action, body in (
        ("accept", {}),
        ("grant_on_the_spot", {}),
        ("deliver", {"on": FILED.isoformat(), "means": "online"}),
        ("publish", {}),
    ):
        ask.send("take_action", f"{home}/actions/{action}", body)
    ask.read("show_session", f"{V1}/sessions/current")


def _built(ask: Recorder, home: str) -> None:
    ask.sign_in("fire_brigade")
    about = "report_completion"
    kept = ask.hand_in("keep_file", f"{home}/files?for={about}", "竣工照片.pdf", pdf("Completed"))
    report = {"obligation": about, "on": BUILT.isoformat(), "uploads": [kept["id"]]}
    ask.send("report", f"{home}/report", report)
    ask.sign_in("inspector1")
    inspectors = ask.read("list_inspectors", f"{home}/inspectors")["items"]
    check = {
        "obligation": "check_after_completion",
        "passed": True,
        "on": BUILT.isoformat(),
        "inspectors": [one["id"] for one in inspectors],
        "finding": "建设内容与承诺一致。",
    }
    ask.send("verify", f"{home}/verify", check)
    ask.sign_in("inspector2")
    duties = ask.client.get(home).json()["obligations"]
    (waits,) = [duty["record"] for duty in duties if duty["record"]]
    signing = {"obligation": check["obligation"], "record": waits["record"], "agrees": True}
    ask.send("sign_check", f"{home}/sign_check", signing)
    ask.sign_in("fire_brigade")
    ask.read("show_case", home)
    ask.read("explain_clock", f"{home}/clocks/publication")
    ask.read("show_document", f"{home}/documents/1")


def _public(ask: Recorder, receipt: dict[str, Any]) -> None:
    ask.read("list_register", f"{V1}/register")
    ask.read("show_entry", f"{V1}/register/{receipt['number']}")
    known = {"number": receipt["number"], "code": receipt["code"]}
    ask.send("look_up", f"{V1}/lookups", known)
    ask.read("show_problem", "/api/problems/not_now")


def main() -> None:
    """Write the file."""
    FILE.write_text(recorded(), encoding="utf-8")


if __name__ == "__main__":
    main()
