"""An office with evidence: a key, somebody who gives events their places, and the attacks."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import text

from permits.evidence.notes import KeySigner, new_signer
from permits.services.evidence import case_file, exporting, verifying
from permits.services.evidence.sequencing import Sequencer
from tests.services.conftest import GAS, Bureau

NAME = "permits.example.cn/log"


@dataclass
class Kept:
    """What is remembered outside the database."""

    note: str = ""

    def last(self) -> str:
        return self.note

    def remember(self, note: str) -> None:
        self.note = note


@dataclass
class Scene:
    """An office, the key of its log, and whoever leads."""

    bureau: Bureau
    signer: KeySigner = field(default_factory=lambda: new_signer(NAME))
    kept: Kept = field(default_factory=Kept)

    @property
    def database(self):
        return self.bureau.office.database

    def sequencer(self, signer=None, kept=None) -> Sequencer:
        return Sequencer(
            self.database, signer or self.signer, kept or self.kept, self.bureau.hands
        )

    def run(self):
        """Somebody leads, and leaves the lead to others."""
        leads = self.sequencer()
        try:
            return leads.run()
        finally:
            leads.close()

    def exported(self, case: str) -> bytes:
        return case_file.written(exporting.export(self.database, case, self.bureau.hands()))

    def verified(self, content: bytes, trusted=None):
        return verifying.verify(case_file.read(content), trusted or [self.signer.verifier])

    def tamper(self, *statements: str, **values) -> None:
        """What somebody does who owns the database: no trigger stops them."""
        with self.database.write() as connection:
            if self.database.is_sqlite:
                found = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                for name in connection.execute(text(found)).scalars().all():
                    connection.execute(text(f"DROP TRIGGER {name}"))
            else:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in statements:
                connection.execute(text(statement), values)


@pytest.fixture
def scene(bureau) -> Scene:
    return Scene(bureau)


@pytest.fixture
def granted(scene) -> str:
    """A case that was accepted and granted on the spot."""
    people = scene.bureau.people
    case_id = people.file(GAS, "commitment")
    people.act("window", case_id, "accept")
    people.act("window", case_id, "grant_on_the_spot")
    return case_id
