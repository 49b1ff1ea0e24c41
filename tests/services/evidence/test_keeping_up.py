"""The log is signed while an office runs, and what is wrong with it ends nothing else."""

import threading
from dataclasses import replace
from datetime import date

import pytest

from permits.services.evidence import keeping_up
from permits.services.evidence.keeping_up import KeepingUp, sequencer_of
from permits.services.evidence.sequencing import Forked
from permits.services.requests import Service
from permits.settings import BadSetting
from permits.store import evidence_log, evidence_signed


def test_what_was_written_is_signed_before_it_ends(scene, granted):
    office = scene.bureau.office
    keeping = KeepingUp(sequencer_of(office.settings, office.database, scene.bureau.hands))
    keeping.close()
    with scene.database.read() as connection:
        assert evidence_log.pending(connection) == 0
        assert evidence_signed.newest(connection).size == scene.bureau.events()
        (key,) = evidence_signed.keys(connection)
    assert key.startswith("permits.invalid/log+")
    assert office.settings.evidence_key_file.stat().st_mode & 0o777 == 0o600


def test_the_lead_is_left_to_others(scene, granted):
    office = scene.bureau.office
    sequencer = sequencer_of(office.settings, office.database, scene.bureau.hands)
    KeepingUp(sequencer).close()
    scene.bureau.people.act("window", granted, "deliver", delivery())
    assert sequencer_of(office.settings, office.database, scene.bureau.hands).run().placed


def delivery():
    return Service(on=date(2022, 6, 9), means="online")


class Failing:
    """Somebody who cannot sign."""

    def __init__(self, *errors):
        self.errors = list(errors)
        self.looked = threading.Semaphore(0)

    def run(self, *, sign):
        self.looked.release()
        if self.errors:
            raise self.errors.pop(0)

    def close(self):
        raise OSError


def test_a_fault_is_told_and_looked_at_again(caplog, monkeypatch):
    monkeypatch.setattr(keeping_up, "AFTER_A_FAULT", 0.01)
    failing = Failing(Forked("it was put back"), OSError("away"))
    keeping = KeepingUp(failing, every=0.01)
    for _ in range(3):
        assert failing.looked.acquire(timeout=60)
    keeping.close()
    said = [record.message for record in caplog.records]
    assert "the log is not signed any more: it was put back" in said
    assert "the log could not be signed; it is tried again" in said


def test_a_key_that_is_named_is_never_made(scene, tmp_path):
    office = scene.bureau.office
    named = replace(office.settings, evidence_key=str(tmp_path / "log.key"))
    with pytest.raises(BadSetting, match="cannot be read"):
        sequencer_of(named, office.database, scene.bureau.hands)
    (tmp_path / "log.key").write_text("no key")
    with pytest.raises(BadSetting, match="keygen"):
        sequencer_of(named, office.database, scene.bureau.hands)
