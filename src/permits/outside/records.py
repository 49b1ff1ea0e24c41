"""Records of other offices, as they come: one for each material of a party or of its project."""

import re
from datetime import date
from typing import Any

import msgspec

MOST_BYTES = 1 << 20
"""What is longer than this is no record of one material."""

_PARTY = re.compile(r"[0-9A-Z]{18}")
_PROJECT = re.compile(r"[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}")
_MATERIAL = re.compile(r"[a-z][a-z0-9_]{0,39}")


class BadRecord(ValueError):
    """Something is no record of another office; the message says why."""


class Question(msgspec.Struct, frozen=True):
    """What a source is asked: for a material of a permit type, of a party and, where the
    application names one, of a project."""

    permit: str
    material: str
    party: str
    project: str = ""


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a source knows: the data itself, the day of which it speaks, and until when it holds if
    that is limited."""

    material: str
    party: str
    as_of: date
    data: dict[str, Any]
    project: str = ""
    valid_until: date | None = None


_decoder = msgspec.json.Decoder(Record)


def read_record(raw: bytes) -> Record:
    """The record in bytes; BadRecord if it is none."""
    if len(raw) > MOST_BYTES:
        raise BadRecord(f"a record has at most {MOST_BYTES} bytes")
    try:
        record = _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadRecord(str(error)) from error
    if not named(Question("", record.material, record.party, record.project)):
        raise BadRecord("material, party and project do not read as such")
    if not record.data:
        raise BadRecord("a record without data says nothing")
    return record


def named(question: Question) -> bool:
    """Whether a question can be part of an address: no source is asked for anything else."""
    return (
        _MATERIAL.fullmatch(question.material) is not None
        and _PARTY.fullmatch(question.party) is not None
        and (not question.project or _PROJECT.fullmatch(question.project) is not None)
    )


def answers(record: Record, question: Question) -> bool:
    """Whether a record speaks of what was asked. One that names no project is of the party."""
    same = (record.material, record.party) == (question.material, question.party)
    return same and record.project in ("", question.project)
