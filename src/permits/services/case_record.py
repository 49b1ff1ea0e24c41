"""A case as it was read, with what stands beside its log."""

from datetime import date

import msgspec

from permits.casework.answers import Read
from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.succession import PartyChanged
from permits.store.drafts import Upload
from permits.store.names import Borne


class Record(msgspec.Struct, frozen=True):
    """A case as it was read: folded, with its log, the name of its party and the values beside
    the log. `names` are all names that the party ever bore, and those that it took the place of,
    by their codes; `people` those of the officers a page of the case speaks of, by account.
    `fields` says of each seal beside the log what it was made for, and `erased` on which day its
    value was shredded."""

    case: Case
    party_name: str
    entries: tuple[tuple[Envelope, Event], ...]
    values: dict[str, str]
    uploads: tuple[Upload, ...]
    names: dict[str, tuple[Borne, ...]] = {}
    people: dict[str, str] = {}
    fields: dict[str, str] = {}
    erased: dict[str, date] = {}

    @property
    def party_then(self) -> str:
        """The name of whoever filed, on the day of filing, if it is another one now."""
        then = self.name_on(self.entries[0][0].effective_at)
        return then if then != self.party_name else ""

    def name_on(self, day: date) -> str:
        """The name that the party of a day bore on that day; the first known one before that."""
        code = self.case.party
        for envelope, event in reversed(self.entries):
            if isinstance(event, PartyChanged) and envelope.effective_at > day:
                code = event.was
        known = self.names.get(code, ())
        borne = [one.name for one in known if one.since <= day] or [one.name for one in known[:1]]
        return borne[-1] if borne else self.party_name


def as_it_stands(record: Record) -> dict[str, object]:
    """The form as it stands, personal answers in the clear."""
    case = record.case
    personal = {f: record.values[s] for f, s in case.seals.items() if s in record.values}
    return {**case.answers, **personal}


def newly_typed(record: Record, read: Read) -> dict[str, str]:
    """Personal answers that are not what is sealed already."""
    case, values = record.case, record.values
    return {
        field: value
        for field, value in read.personal.items()
        if values.get(case.seals.get(field, "")) != value
    }


def kept_seals(record: Record, read: Read) -> dict[str, str]:
    """The seals of personal answers that are what they were."""
    new, seals = newly_typed(record, read), record.case.seals
    return {f: seals[f] for f in read.personal if f not in new and f in seals}
