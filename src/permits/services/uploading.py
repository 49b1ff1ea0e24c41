"""Files that are uploaded to a draft or to a case, before anything is said of them."""

from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from permits.casework.access import Actor
from permits.casework.characters import is_unseen
from permits.casework.dates import as_text
from permits.outside.files import Files, Unfit
from permits.services.records import new_id
from permits.store import drafts
from permits.store.database import Database
from permits.store.drafts import Upload, Uploads

MOST_UPLOADS = 50
"""At one place, whether draft or case."""


class Uploading:
    """Keeps files for drafts and cases: each at its `place`, for a material."""

    def __init__(self, database: Database, files: Files, now: Callable[[], datetime]) -> None:
        self.database = database
        self.files = files
        self.now = now
        self._uploads = Uploads(database.dialect)

    def upload(
        self, place: str, material: str, filename: str, source: BinaryIO, actor: Actor
    ) -> Upload | Unfit:
        """Keep a file for a material of a draft or a case."""
        if self.full(place):
            return Unfit.TOO_MANY
        new = self.taken_in(place, material, filename, source, actor)
        if isinstance(new, Upload):
            with self.database.write() as connection:
                drafts.add_upload(connection, new)
        return new

    def taken_in(
        self, place: str, material: str, filename: str, source: BinaryIO, actor: Actor
    ) -> Upload | Unfit:
        """A file that is kept, and not yet noted as anybody's."""
        kept = self.files.keep(source)
        if isinstance(kept, Unfit):
            return kept
        return Upload(
            id=new_id(),
            account=actor.id,
            place=place,
            material=material,
            filename=_name(filename),
            sha256=kept.sha256,
            size=kept.size,
            media_type=kept.media_type,
            uploaded_at=as_text(self.now()),
        )

    def full(self, place: str) -> bool:
        """Whether a draft or a case holds as many files as it may."""
        return len(self.uploads(place)) >= MOST_UPLOADS

    def uploads(self, place: str) -> list[Upload]:
        with self.database.read() as connection:
            return self._uploads.at(connection, place)

    def remove_upload(self, place: str, upload_id: str) -> None:
        with self.database.write() as connection:
            drafts.remove_upload(connection, place, upload_id)


def _name(filename: str) -> str:
    """A file's name as a person may be shown it: no folders, nothing that hides or reorders the
    rest of it."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(character for character in last if not is_unseen(character))
    return plain[-120:].lstrip(". ") or "file"
