"""Hands checkpoints out of the house, and keeps what came back.

Whoever owns the server and its key can rewrite everything that nobody outside holds. A checkpoint
that somebody else keeps ends that for all that stands before it.
"""

from collections.abc import Callable
from datetime import datetime

from permits.casework.dates import as_text
from permits.evidence.notes import read_checkpoint, read_note
from permits.services.records import new_id
from permits.store import evidence_signed
from permits.store.database import Database
from permits.store.evidence_signed import Anchor, Signed
from permits.text.words import Language, words

RFC3161 = "rfc3161"


class NothingSigned(Exception):
    """There is no checkpoint yet."""


def anchored(database: Database, kind: str, now: datetime) -> Signed:
    """The newest checkpoint, noted as handed out. Raises `NothingSigned`."""
    with database.write() as connection:
        newest = evidence_signed.newest(connection)
        if newest is None:
            raise NothingSigned
        evidence_signed.keep_anchor(connection, _anchor(newest, kind, b"", now))
    return newest


def stamp(database: Database, ask: Callable[[bytes], bytes], now: datetime) -> int:
    """Have the newest checkpoint stamped and keep the token; for how many events it is. Whatever
    `ask` raises is raised, and nothing is kept. Raises `NothingSigned`."""
    with database.read() as connection:
        newest = evidence_signed.newest(connection)
    if newest is None:
        raise NothingSigned
    token = ask(newest.note.encode())
    with database.write() as connection:
        evidence_signed.keep_anchor(connection, _anchor(newest, RFC3161, token, now))
    return newest.size


def _anchor(of: Signed, kind: str, content: bytes, now: datetime) -> Anchor:
    return Anchor(new_id(), of.origin, of.size, kind, content, as_text(now))


def page(signed: Signed, language: Language) -> str:
    """The checkpoint as a page to be printed, signed by hand and put away elsewhere."""
    _ = words(language).gettext
    checkpoint = read_checkpoint(read_note(signed.note).text)
    digits = checkpoint.root.hex()
    groups = " ".join(digits[first : first + 8] for first in range(0, len(digits), 8))
    lines = (
        _("How the log of this office stands"),
        "",
        _("Log: %(name)s") % {"name": checkpoint.origin},
        _("Events: %(count)s") % {"count": checkpoint.size},
        _("Root: %(root)s") % {"root": groups},
        _("Signed at: %(at)s (UTC)") % {"at": signed.at},
        "",
        _("Whoever keeps this page can show later whether anything was changed in these events."),
        _("Compare with: permits audit log --anchor FILE, where FILE holds the lines below."),
        "",
        *signed.note.splitlines(),
        "",
        _("Received by: ____________________   On: ____________________"),
        "",
    )
    return "\n".join(lines)
