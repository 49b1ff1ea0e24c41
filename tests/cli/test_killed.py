"""The power goes while people file: what they were told is there, what they were not can be sent
again, and nothing is there by half."""

import threading
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from permits.casework.tracks import notice_digest
from permits.cli.main import app
from permits.services.demonstration.desk import answers
from permits.services.demonstration.works import GAS
from permits.services.office import Office
from permits.settings import now
from permits.store import people
from permits.store.database import open_database
from permits.store.tables import case_row
from tests.cli.serving import Served
from tests.web.browsing import Caller
from tests.web.housing import FIRE_BRIGADE, settings_in

PEOPLE, EACH, ENOUGH = 4, 12, 15
OWN = "a password of my own"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PERMITS_DATA", str(tmp_path / "office"))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    monkeypatch.setenv("PERMITS_TRIAL", "true")
    monkeypatch.setenv("PERMITS_PASSWORD", "correct horse")
    return tmp_path / "office"


def write(folder: Path) -> list[str]:
    """Drafts that are ready to be filed, by somebody of a registered organisation."""
    runner = CliRunner()
    runner.invoke(app, ["account", "party", FIRE_BRIGADE, "特勤大队"])
    opened = ["--name", "经办人", "--role", "applicant", "--party", FIRE_BRIGADE]
    assert runner.invoke(app, ["account", "open", "fire", *opened]).exit_code == 0
    office = Office(settings_in(folder), now)
    filing, drafts = office.filing, []
    with office.database.read() as connection:
        found = people.by_username(connection, "fire")
    assert found is not None
    for _number in range(PEOPLE * EACH):
        draft = filing.save(filing.begin("plan_exempt", found[0].actor), answers(GAS))
        draft = filing.choose(draft, "commitment")
        for name, commitment in filing.edition(draft).definition.commitments.items():
            draft = filing.sign(draft, name, notice_digest(commitment))
        drafts.append(f"/drafts/{draft.id}")
    office.close()
    return drafts


def case_in(answer: httpx2.Response) -> str:
    """The case whose receipt an answer leads to: filed now, or already before the power went."""
    return answer.headers["location"].partition("/receipt")[0]


def choose_password(address: str) -> None:
    """As whoever was given an account does before anything else."""
    with Caller(base_url=address, timeout=30) as browser:
        browser.sign_in("fire")
        assert browser.fill("/sign-in/password", new=OWN, again=OWN).status_code == 303


class Filer(threading.Thread):
    """Somebody who files one application after the other until nobody answers."""

    def __init__(self, address: str, drafts: list[str]) -> None:
        super().__init__()
        self.browser = Caller(base_url=address, timeout=30)
        self.browser.sign_in("fire", OWN)
        self.drafts = drafts
        self.told: list[str] = []
        self.unsure: list[tuple[str, dict[str, str]]] = []

    def run(self) -> None:
        with closing(self.browser):
            self.file()

    def file(self) -> None:
        for draft in self.drafts:
            try:
                fields = self.browser.hidden(f"{draft}/check")
                self.unsure = [(f"{draft}/check", fields)]
                answer = self.browser.submit(f"{draft}/check", f"{draft}/check", fields)
            except httpx2.TransportError:
                return
            assert answer.status_code == 303, answer.text
            self.told.append(case_in(answer))
            self.unsure = []


def cases(folder: Path) -> set[str]:
    database = open_database(f"sqlite:///{folder / 'permits.db'}")
    with database.read() as connection:
        found = connection.execute(select(case_row.c.case_id)).scalars().all()
    database.close()
    return {f"/cases/{case.removeprefix('case/')}" for case in found}


def test_nothing_that_was_told_is_lost_and_nothing_is_there_twice(folder: Path) -> None:
    with Served(folder).wait():
        pass
    drafts = write(folder)
    with Served(folder).wait() as served:
        choose_password(served.address)
        filers = [Filer(served.address, drafts[n::PEOPLE]) for n in range(PEOPLE)]
        for filer in filers:
            filer.start()
        while sum(len(filer.told) for filer in filers) < ENOUGH:
            assert any(filer.is_alive() for filer in filers)
        served.kill()
        for filer in filers:
            filer.join()
    told = {case for filer in filers for case in filer.told}
    unsure = [one for filer in filers for one in filer.unsure]
    assert len(told) < len(drafts), "everything was filed before the power went"
    assert told <= cases(folder)
    assert len(cases(folder)) <= len(told) + len(unsure)

    with Served(folder).wait() as again, Caller(base_url=again.address, timeout=30) as browser:
        browser.sign_in("fire", OWN)
        for case in told:
            assert browser.get(case).status_code == 200
        token = browser.hidden("/", "/sign-out")
        for path, fields in unsure:
            sent = browser.post(path, data=fields | token)
            assert sent.status_code == 303
            told.add(case_in(sent))
    assert cases(folder) == told
    checked = CliRunner().invoke(app, ["rebuild", "--check"])
    assert checked.stdout == "0 differences\n"
