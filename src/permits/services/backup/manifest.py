"""What a backup says of itself, and what makes it one that can be believed.

A backup is a folder:

    manifest.json    what it is of, and every other file with its SHA-256 and size
    manifest.sig     the signature of the office over the bytes of the manifest
    signer.pem       the public key that belongs to it
    database.db      the database: a copy of SQLite's, or
    database.dump      what pg_dump writes, or
    tables/            a file for each table, see `permits.store.portable`
    files.txt        the uploaded files and documents, a line each: SHA-256, blank, size
    files/           those files, each under its SHA-256
    config/          files that the office was set up with
    keys/            the keys of the office, only if asked for
"""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import msgspec

from permits.outside.backup_key import is_signed, signer_of
from permits.outside.stores import NAME, digest_of

FORMAT = 1

MANIFEST, SIGNATURE, SIGNER = "manifest.json", "manifest.sig", "signer.pem"
FILES, LISTED = "files", "files.txt"
TABLES, CONFIG, KEYS = "tables", "config", "keys"


class Damaged(Exception):
    """A backup is not what was made; the message says where."""


class Form(StrEnum):
    """How the database is written down, by the name it has in the folder."""

    SQLITE = "database.db"
    POSTGRESQL = "database.dump"
    PORTABLE = "tables"


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the backup; `path` counts from its folder, `size` is in bytes."""

    path: str
    sha256: str
    size: int


class Checkpoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far the one log over all streams reached: how many events had a place in it, and the
    note that says so, signed by the log."""

    size: int
    note: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup is of. `revision` is the shape of the database, `engine` what it was kept by,
    `counts` the rows of each table, `events` the whole log and `last_at` when the newest of them
    was recorded. `absent` are files that the office itself could not read, `erased` such
    as were erased while the backup was made. `key_ids` name the keys
    of the office that what is sealed in the database opens with; they are in the backup only if
    `keys` says so."""

    format: int
    version: str
    revision: str
    engine: str
    made_at: str
    form: Form
    events: int
    streams: int
    last_at: str
    counts: dict[str, int]
    contents: tuple[Content, ...]
    files: int
    files_size: int
    absent: tuple[str, ...]
    erased: tuple[str, ...]
    key_ids: tuple[str, ...]
    keys: bool
    signer: str
    checkpoint: Checkpoint | None = None

    def written(self) -> bytes:
        """The bytes that are signed."""
        return msgspec.json.format(msgspec.json.encode(self, order="sorted"), indent=1) + b"\n"


class File(msgspec.Struct, frozen=True):
    """An uploaded file or a document; `size` is in bytes."""

    sha256: str
    size: int

    def within(self, folder: Path) -> Path:
        """Where it lies in a folder of files."""
        return folder / self.sha256[:2] / self.sha256


def read(folder: Path, trusted: str) -> Manifest:
    """What a backup says of itself. Damaged unless the key of this fingerprint has signed it;
    with no fingerprint given, that of whoever signed it is believed."""
    content, signature, public = (_bytes(folder / name) for name in (MANIFEST, SIGNATURE, SIGNER))
    try:
        signer, signed = signer_of(public), is_signed(public, content, signature)
    except ValueError:
        raise Damaged(f"{SIGNER} holds no key") from None
    if trusted and signer != trusted:
        raise Damaged(f"it was signed by {signer}, and not by {trusted}")
    if not signed:
        raise Damaged(f"{MANIFEST} is not what was signed")
    said = _format_of(content)
    if said != FORMAT:
        raise Damaged(f"it is of format {said}, which this program does not know")
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError as error:
        raise Damaged(f"{MANIFEST} cannot be understood: {error}") from None
    if manifest.signer != signer:
        raise Damaged(f"{MANIFEST} names another signer than {SIGNER}")
    return manifest


class _Format(msgspec.Struct):
    format: int


def _format_of(content: bytes) -> int:
    try:
        return msgspec.json.decode(content, type=_Format).format
    except msgspec.DecodeError as error:
        raise Damaged(f"{MANIFEST} cannot be understood: {error}") from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Damaged(f"{path.name} cannot be read: {error.strerror}") from error


def verify_contents(folder: Path, manifest: Manifest) -> None:
    """Read every file that the backup names and compare it with its hash; Damaged with the first
    that is missing, cut off or altered."""
    for one in manifest.contents:
        compare(folder / one.path, one)
    count = size = 0
    for file in listed(folder):
        path = file.within(folder / FILES)
        compare(path, Content(str(path.relative_to(folder)), file.sha256, file.size))
        count, size = count + 1, size + file.size
    if (count, size) != (manifest.files, manifest.files_size):
        raise Damaged(f"{LISTED} names {count} files, {MANIFEST} {manifest.files}")


def compare(path: Path, content: Content) -> None:
    """Damaged unless the file is what the backup says of it."""
    try:
        size = path.stat().st_size
        if size != content.size:
            raise Damaged(f"{content.path} has {size} bytes instead of {content.size}")
        with path.open("rb") as source:
            digest = digest_of(source)
    except OSError as error:
        raise Damaged(f"{content.path} cannot be read: {error.strerror}") from error
    if digest != content.sha256:
        raise Damaged(f"{content.path} was altered")


def listed(folder: Path) -> Iterator[File]:
    """The uploaded files and documents of a backup."""
    try:
        with (folder / LISTED).open(encoding="ascii") as source:
            for line in source:
                sha256, _, size = line.strip().partition(" ")
                if not (NAME.fullmatch(sha256) and size.isdigit()):
                    raise Damaged(f"{LISTED} has a line that names no file")
                yield File(sha256, int(size))
    except (OSError, UnicodeDecodeError) as error:
        raise Damaged(f"{LISTED} cannot be read: {error}") from error
