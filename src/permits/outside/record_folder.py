"""A folder of records that another office delivers: each under the name of what it speaks of.

A record of a project stands in `material/party_project.json`, one of the party alone in
`material/party.json`, so that asking for it is opening one file.
"""

import hashlib
import os
import tempfile
from datetime import date
from pathlib import Path

import msgspec

from permits.outside.records import MOST_BYTES, BadRecord, Question, Record, named, read_record


class TakenIn(msgspec.Struct, frozen=True):
    """A record that was taken in: its digest (SHA-256) and the day of which it speaks. `newer`
    says that the folder held one of a later day already, which stays."""

    material: str
    sha256: str
    as_of: date
    newer: bool


class RecordFolder:
    """Answers from files. What is not there was not found; what cannot be read is away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ask(self, question: Question) -> Record | None:
        """The record that answers; None if there is none. OSError if the folder cannot be read,
        BadRecord if what stands there is no record."""
        if not named(question):
            return None
        if not self.folder.is_dir():
            raise FileNotFoundError(str(self.folder))
        projects = dict.fromkeys((question.project, ""))
        for project in projects:
            raw = _read(self._path(question.material, question.party, project))
            if raw is not None:
                return read_record(raw)
        return None

    def take_in(self, raw: bytes) -> TakenIn:
        """Put a record in its place; one of an earlier day than what stands there is left out.
        BadRecord if it is none."""
        record = read_record(raw)
        path = self._path(record.material, record.party, record.project)
        digest = hashlib.sha256(raw).hexdigest()
        here = _read(path)
        newer = here is not None and read_record(here).as_of > record.as_of
        if not newer:
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, raw)
        return TakenIn(record.material, digest, record.as_of, newer)

    def _path(self, material: str, party: str, project: str) -> Path:
        name = f"{party}_{project}.json" if project else f"{party}.json"
        return self.folder / material / name


def _read(path: Path) -> bytes | None:
    """The bytes of a file, or one more than may be; None if there is none."""
    try:
        with path.open("rb") as source:
            raw = source.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    if len(raw) > MOST_BYTES:
        raise BadRecord(f"{path.name} is longer than a record may be")
    return raw


def _replace(path: Path, raw: bytes) -> None:
    """Write a file whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as target:
        try:
            target.write(raw)
            target.flush()
            os.fsync(target.fileno())
            Path(target.name).replace(path)
        finally:
            Path(target.name).unlink(missing_ok=True)
