"""Files that are uploaded to a draft or to a case, before anything is said of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO

import msgspec
from sqlalchemy import Connection

from permits.casework.access import Actor
from permits.casework.characters import is_unseen
from permits.casework.dates import as_text, day_of
from permits.outside.files import SUFFIXES, Arrived, Files, Kept
from permits.outside.stores import Away
from permits.services.records import new_id
from permits.settings import MEGABYTE, Limits
from permits.store import drafts, tallies
from permits.store.database import Database
from permits.store.drafts import Upload, Uploads
from permits.text.uploads import Unfit

LONGEST_NAME = 120
MOST_BYTES_OF_NAME = 200
"""Many systems take 255 for a name, and browsers put something of their own to it."""


class OverLimit(Exception):
    """With this file it would be more than may be uploaded; whatever was begun is undone."""

    def __init__(self, why: Unfit) -> None:
        super().__init__(why)
        self.why = why


class Incoming(msgspec.Struct, frozen=True):
    """A file on its way in: what it is for, the name it was given, and what can be read of it."""

    material: str
    filename: str
    source: BinaryIO


class Taken(msgspec.Struct, frozen=True):
    """A file that can be kept, and how it will be noted."""

    upload: Upload
    arrived: Arrived


class Uploading:
    """Keeps files for drafts and cases: each at its `place`, for a material."""

    def __init__(
        self, database: Database, files: Files, now: Callable[[], datetime], limits: Limits
    ) -> None:
        self.database = database
        self.files = files
        self.now = now
        self.limits = limits
        self._uploads = Uploads(database.dialect)

    def upload(
        self, place: str, material: str, filename: str, source: BinaryIO, actor: Actor
    ) -> Upload | Unfit:
        """Keep a file for a material of a draft or a case."""
        spent = self.spent(place, actor)
        if spent is not None:
            return spent
        incoming = Incoming(material, filename, source)
        try:
            with self.taken_in(place, incoming, actor) as taken:
                if isinstance(taken, Unfit):
                    return taken
                with self.database.write() as connection:
                    self.note(connection, taken, actor)
                return taken.upload
        except OverLimit as over:
            return over.why
        except Away:
            return Unfit.UNCHECKED

    @contextmanager
    def taken_in(self, place: str, incoming: Incoming, actor: Actor) -> Iterator[Taken | Unfit]:
        """A file that is fit to be kept, to be noted before this ends; or else nothing is left
        of it."""
        with self.files.incoming(incoming.source, self.limits.file_bytes) as arrived:
            if isinstance(arrived, Unfit):
                yield arrived
            else:
                yield Taken(self._noted(place, incoming, arrived.kept, actor), arrived)

    def note(self, connection: Connection, taken: Taken, actor: Actor) -> None:
        """Count a file, note it, and let it settle: all of it or, if there is an OverLimit or
        anything else amiss, nothing."""
        new, today = taken.upload, day_of(self.now())
        tallies.add(connection, new.place, today, new.size)
        if actor.party:
            counted = tallies.add(connection, actor.party, today, new.size)
            if counted > self.limits.party_day_mb * MEGABYTE:
                raise OverLimit(Unfit.DAY_FULL)
        count, size = tallies.at(connection, new.place)
        if count >= self.limits.place_files:
            raise OverLimit(Unfit.TOO_MANY)
        if size + new.size > self.limits.place_mb * MEGABYTE:
            raise OverLimit(Unfit.PLACE_FULL)
        drafts.add_upload(connection, new)
        taken.arrived.settle()

    def spent(self, place: str, actor: Actor) -> Unfit | None:
        """Why nothing more can be uploaded there, however small; looked at before anything is
        read, for what comes anyway has to be looked into."""
        with self.database.read() as connection:
            count, size = tallies.at(connection, place)
            counted = tallies.of_day(connection, actor.party, day_of(self.now()))
        if count >= self.limits.place_files:
            return Unfit.TOO_MANY
        if size >= self.limits.place_mb * MEGABYTE:
            return Unfit.PLACE_FULL
        if actor.party and counted >= self.limits.party_day_mb * MEGABYTE:
            return Unfit.DAY_FULL
        return None

    def uploads(self, place: str) -> list[Upload]:
        with self.database.read() as connection:
            return self._uploads.at(connection, place)

    def left(self, place: str) -> list[Upload]:
        """The same without what was erased."""
        return [one for one in self.uploads(place) if one.erased_on is None]

    def remove_upload(self, place: str, upload_id: str) -> None:
        with self.database.write() as connection:
            drafts.remove_upload(connection, place, upload_id)

    def _noted(self, place: str, incoming: Incoming, kept: Kept, actor: Actor) -> Upload:
        return Upload(
            id=new_id(),
            account=actor.id,
            place=place,
            material=incoming.material,
            filename=name_of(incoming.filename, kept.media_type),
            sha256=kept.sha256,
            size=kept.size,
            media_type=kept.media_type,
            uploaded_at=as_text(self.now()),
            came=kept.came,
        )


_ALSO = {"image/jpeg": (".jpeg", ".jpe", ".jfif")}
"""Ends of names that say the same as the one we give."""

_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
)
"""Names that are no files on Windows, whatever follows them behind a full stop."""

_JOINER = "\N{ZERO WIDTH JOINER}"
"""It joins pictures into others, and may stay."""

_UNFIT_FOR_FILES = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


def name_of(filename: str, media_type: str) -> str:
    """A file's name as it may be shown to a person and saved on any machine: no folders, nothing
    that hides or reorders the rest of it, and an end that says what the file is."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(one for one in last if one == _JOINER or not is_unseen(one))
    plain = " ".join(seen.split()).translate(_UNFIT_FOR_FILES)
    suffix = SUFFIXES[media_type]
    fitting = plain.lower().endswith((suffix, *_ALSO.get(media_type, ())))
    stem, _, end = plain.rpartition(".") if fitting else (plain, "", suffix.removeprefix("."))
    stem = stem[-LONGEST_NAME:]
    while len(stem.encode()) > MOST_BYTES_OF_NAME:
        stem = stem[1:]
    stem = stem.strip(". ") or "file"
    if stem.partition(".")[0].rstrip().lower() in _DEVICES:
        stem = f"_{stem}"
    return f"{stem}.{end}"
