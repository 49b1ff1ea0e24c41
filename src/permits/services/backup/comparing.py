"""A backup held against what was signed of its log: what it says itself, and what somebody kept
outside."""

from sqlalchemy import Connection

from permits.evidence.notes import BadNote, Checkpoint, read_checkpoint, read_note
from permits.services.backup import manifest as m
from permits.services.evidence.sequencing import Forked, continues, standing


class Incomparable(ValueError):
    """A checkpoint that was kept outside says nothing about this backup; the message says why."""


def must_hold(connection: Connection, signed: m.Checkpoint | None) -> None:
    """Damaged unless the log in the database begins as the checkpoint of the backup says."""
    if signed is None:
        return
    try:
        before = read_checkpoint(read_note(signed.note).text)
        now = standing(connection, before.origin)
    except (BadNote, Forked) as error:
        raise m.Damaged(f"the checkpoint of {signed.size} events: {error}") from error
    if before.size != signed.size or now.size < before.size:
        raise m.Damaged(
            f"its checkpoint is for {signed.size} events, and {now.size} have a place in the log"
        )
    if not continues(connection, before, now):
        raise m.Damaged(f"the first {signed.size} events are not those that were signed for")


def lost_since(made: m.Manifest, kept_outside: str) -> range:
    """The places in the log that were signed for, according to a checkpoint that was kept outside,
    and of which the backup has no checkpoint: empty if it has all of them. Some of them may be in
    the backup all the same, as events that waited to be signed for. Raises Incomparable."""
    outside = _read(kept_outside)
    if made.checkpoint is None:
        return range(outside.size)
    within = _read(made.checkpoint.note)
    if within.origin != outside.origin:
        raise Incomparable(f"it is of the log {outside.origin}, and the backup of {within.origin}")
    return range(within.size, outside.size)


def _read(note: str) -> Checkpoint:
    try:
        return read_checkpoint(read_note(note).text)
    except BadNote as error:
        raise Incomparable(f"it is no checkpoint: {error}") from error
