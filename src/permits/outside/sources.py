"""The port through which other offices' data comes: which source gives what, and what it answers.

A file of JSON says which sources there are:

    {"sources": [{"id": "land", "title": {"zh": "…", "en": "…"},
                  "gives": ["early_start/land_document"], "fresh_days": 30,
                  "folder": "land"}]}

`gives` names materials as `permit/material`; a source has a `folder` of records (beside the file,
unless the path is absolute) or the `url` of a service, then with `seconds` to wait and
`token_file`, a file with the token it is asked with, or `certificate_file` and `key_file`, with
which we prove who we are. These are read anew for each question, so that they may be short-lived.
"""

import logging
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

import msgspec

from permits.casework.parts import SharedOutcome
from permits.outside.record_folder import RecordFolder
from permits.outside.record_service import Away, RecordService, Shown
from permits.outside.records import BadRecord, Question, Record

MOST_SECONDS = 30.0

log = logging.getLogger(__name__)


class BadSources(ValueError):
    """The file of sources cannot be used; the message says why."""


class Asks(Protocol):
    """A way to ask for a record."""

    def ask(self, question: Question) -> Record | None: ...


class Title(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a source is called, in both languages."""

    zh: str
    en: str


class Described(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A source as the file describes it. `fresh_days` is how old its data may be."""

    id: str
    title: Title
    gives: tuple[str, ...]
    fresh_days: int
    folder: str = ""
    url: str = ""
    token_file: str = ""
    certificate_file: str = ""
    key_file: str = ""
    seconds: float = 5.0


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sources: tuple[Described, ...]


class Source(msgspec.Struct, frozen=True):
    """A source of data with the way to ask it."""

    about: Described
    asks: Asks


class Answered(msgspec.Struct, frozen=True):
    """What came of a question; of what was found also the record."""

    source: str
    title: dict[str, str]
    outcome: SharedOutcome
    record: Record | None = None


class Sources:
    """Every source there is. What nobody gives is asked of nobody."""

    def __init__(self, sources: tuple[Source, ...] = ()) -> None:
        self._by_what = {what: one for one in sources for what in one.about.gives}
        self.by_id = {one.about.id: one for one in sources}

    def ask(self, question: Question, today: date) -> Answered:
        """Ask for a material. An outage is an answer like others: nothing is raised."""
        source = self._by_what.get(f"{question.permit}/{question.material}")
        if source is None:
            return Answered("", {}, "no_source")
        about = source.about
        title = {"zh": about.title.zh, "en": about.title.en}
        try:
            record = source.asks.ask(question)
        except (Away, BadRecord, OSError) as error:
            log.warning("%s could not be asked for %s: %s", about.id, question.material, error)
            return Answered(about.id, title, "unavailable")
        if record is None:
            return Answered(about.id, title, "not_found")
        outcome: SharedOutcome = "found" if _fresh(record, about, today) else "stale"
        return Answered(about.id, title, outcome, record)


def _fresh(record: Record, about: Described, today: date) -> bool:
    """Whether a record may still be relied on. One of tomorrow may not."""
    oldest = today - timedelta(days=about.fresh_days)
    holds = record.valid_until is None or today <= record.valid_until
    return oldest <= record.as_of <= today and holds


def token_files(file: Path) -> tuple[Path, ...]:
    """The files with tokens and keys that a file of sources names. BadSources if it is none."""
    named = (name for one in _described(file) for name in (one.token_file, one.key_file))
    return tuple(file.parent / name for name in named if name)


def services(file: Path) -> tuple[str, ...]:
    """The addresses of services that a file of sources names. BadSources if it cannot be used."""
    return tuple(one.url for one in _described(file) if one.url)


def _described(file: Path) -> tuple[Described, ...]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=_File).sources
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.MsgspecError) as error:
        raise BadSources(f"{file} cannot be used: {error}") from error


def read_sources(file: Path) -> Sources:
    """The sources a file describes; none if there is no such file. BadSources if it cannot be
    used."""
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return Sources()
    except OSError as error:
        raise BadSources(f"{file} cannot be read: {error.strerror}") from error
    try:
        described = msgspec.json.decode(raw, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadSources(f"{file}: {error}") from error
    _check(file, described.sources)
    return Sources(tuple(Source(one, _asks(file, one)) for one in described.sources))


def _check(file: Path, sources: tuple[Described, ...]) -> None:
    given = [what for one in sources for what in one.gives]
    names = [one.id for one in sources]
    for twice in (given, names):
        doubled = sorted({one for one in twice if twice.count(one) > 1})
        if doubled:
            raise BadSources(f"{file}: given twice: {', '.join(doubled)}")
    for one in sources:
        if bool(one.folder) == bool(one.url):
            raise BadSources(f"{file}: {one.id} has either a folder or a url")
        if one.url and not one.url.startswith(("http://", "https://")):
            raise BadSources(f"{file}: the url of {one.id} begins with https:// or http://")
        if bool(one.certificate_file) != bool(one.key_file):
            raise BadSources(f"{file}: {one.id} has certificate_file and key_file, or neither")
        if one.fresh_days < 0 or not 0 < one.seconds <= MOST_SECONDS:
            raise BadSources(f"{file}: {one.id}: fresh_days from 0, seconds up to {MOST_SECONDS}")


def _asks(file: Path, one: Described) -> Asks:
    if one.folder:
        return RecordFolder(file.parent / one.folder)
    named = (one.token_file, one.certificate_file, one.key_file)
    shown = Shown(*(file.parent / name if name else None for name in named))
    try:
        shown.token()
        shown.context()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSources(
            f"{file}: the token or certificate of {one.id} cannot be read: {error}"
        ) from error
    return RecordService(one.url, shown, one.seconds)
