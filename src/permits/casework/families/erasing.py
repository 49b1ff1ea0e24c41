"""The erasing family: values beside the log that were shredded, and what else was forgotten.

What is erased of a stream is told in a stream of its own, so that nothing is added to the record
of a case that has ended.
"""

from typing import Literal

from permits.casework.envelope import Event
from permits.casework.parts import Seal

RETENTION = "erasing/retention"
"""The stream of what belongs to no case: drafts, forms, sessions that were kept long enough."""

Cause = Literal["asked", "retention"]
"""A person asked for it, or the time to keep it is over."""


def stream_of(stream: str) -> str:
    """Where it is told what was erased of a stream."""
    return f"erasing/{stream}"


class ValuesErased(Event, frozen=True):
    """Values and their salts were shredded: `seals` are those of the log of the stream `of`, each
    with the field it was kept under. `basis` is the ground in law, `files` are the SHA-256 of
    uploads that were removed, each with its material, and of documents in which a value stood,
    each with its number."""

    of: str
    cause: Cause
    basis: str
    seals: dict[Seal, str]
    files: dict[str, str]


class AccountErased(Event, frozen=True):
    """Who an account is was erased: `fields` are the columns, and how many sessions, forms that
    were not sent and drafts went with them. What it did stays, under its id."""

    account: str
    basis: str
    fields: tuple[str, ...]
    sessions: int = 0
    forms: int = 0
    drafts: int = 0


class KeptLongEnough(Event, frozen=True):
    """What is kept only for a while was forgotten; how many of each."""

    drafts: int = 0
    uploads: int = 0
    forms: int = 0
    sessions: int = 0
    attempts: int = 0
    notes: int = 0


class PersonExported(Event, frozen=True):
    """Everything that is kept about a person was put together and handed out. `about` is the
    account it was asked of, empty for somebody who was found by a value; `values` counts the
    values, `streams` says where they stand."""

    about: str
    values: int
    streams: tuple[str, ...]
