"""Asks other offices for what they know, and keeps what they answer beside the application.

An answer is a file like any other: the data with where it came from, when it was asked for, and a
salt, so that its digest in the log gives nothing of it away.
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from permits.casework.dates import as_text, day_of
from permits.casework.parts import SharedAnswer, SharedOutcome
from permits.casework.shared import PREFIX
from permits.outside.files import Files
from permits.outside.records import Question, Record
from permits.outside.sources import Answered, Sources
from permits.services.records import new_id
from permits.store import drafts
from permits.store.database import Database
from permits.store.drafts import Upload, Uploads

HOLDS = timedelta(days=1)
"""For so long what was answered is relied on before it is asked for anew."""


class Kept(msgspec.Struct, frozen=True):
    """An answer as it is kept."""

    material: str
    source: str
    title: dict[str, str]
    outcome: SharedOutcome
    asked_at: datetime
    salt: str
    record: Record | None = None


class SharedData:
    """Answers of other offices by the draft or the case they were asked for."""

    def __init__(
        self, database: Database, files: Files, sources: Sources, now: Callable[[], datetime]
    ) -> None:
        self.database = database
        self.files = files
        self.sources = sources
        self.now = now
        self._uploads = Uploads(database.dialect)

    def ask(self, place: str, questions: Iterable[Question], account: str) -> None:
        """Ask for what was not answered lately; the answers take the place of earlier ones."""
        known = {answer.material: answer for answer in self.known(place)}
        oldest = self.now() - HOLDS
        for question in questions:
            answer = known.get(question.material)
            if answer is None or answer.asked_at < oldest:
                found = self.sources.ask(question, day_of(self.now()))
                self._keep(place, question.material, found, account)

    def known(self, place: str) -> tuple[SharedAnswer, ...]:
        """The answers that are kept for a draft or a case."""
        with self.database.read() as connection:
            uploads = self._uploads.at(connection, place)
        kept = {u.material: u for u in uploads if u.material.startswith(PREFIX)}
        found = (self._answer(upload) for upload in kept.values())
        return tuple(answer for answer in found if answer is not None)

    def forget(self, place: str) -> None:
        """Forget what was answered: other facts are declared, so other questions are asked."""
        with self.database.write() as connection:
            for upload in self._uploads.at(connection, place):
                if upload.material.startswith(PREFIX):
                    drafts.remove_upload(connection, place, upload.id)

    def _answer(self, upload: Upload) -> SharedAnswer | None:
        """An answer as it was kept; None if its file is lost: then it is asked for anew."""
        try:
            with self.files.open(upload.sha256) as source:
                kept = msgspec.json.decode(source.read(), type=Kept)
        except FileNotFoundError:
            return None
        return SharedAnswer(
            material=kept.material,
            source=kept.source,
            title=kept.title,
            outcome=kept.outcome,
            asked_at=kept.asked_at,
            as_of=kept.record.as_of if kept.record is not None else None,
            sha256=upload.sha256,
            size=upload.size,
        )

    def _keep(self, place: str, material: str, found: Answered, account: str) -> None:
        at = self.now().astimezone(UTC).replace(microsecond=0)
        answer = Kept(
            material=material,
            source=found.source,
            title=found.title,
            outcome=found.outcome,
            asked_at=at,
            salt=secrets.token_hex(16),
            record=found.record,
        )
        kept = self.files.keep_answer(msgspec.json.encode(answer, order="sorted"))
        new = Upload(
            id=new_id(),
            account=account,
            place=place,
            material=f"{PREFIX}{material}",
            filename=f"{material}.json",
            sha256=kept.sha256,
            size=kept.size,
            media_type=kept.media_type,
            uploaded_at=as_text(at),
        )
        with self.database.write() as connection:
            for earlier in self._uploads.at(connection, place):
                if earlier.material == new.material:
                    drafts.remove_upload(connection, place, earlier.id)
            drafts.add_upload(connection, new)
