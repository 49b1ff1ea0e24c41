"""A case as it was read, with what stands beside its log."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from permits.casework.answers import Read
from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.obligations import ObligationVerified
from permits.casework.families.succession import PartyChanged
from permits.casework.refusals import Reason, Refused
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


def officers_of(case: Case, checked: Iterable[ObligationVerified]) -> set[str]:
    """The accounts of whoever gave the opinion or sent it back, was drawn by lot, checked, holds
    the hearing or writes it down, was said to be partial, or had somebody stand in for them."""
    named = {one.by for one in (case.opinion, case.sent_back) if one is not None}
    held = case.hearing
    sat = {held.chair, held.recorder} - {""} if held is not None else set[str]()
    drawn = (one.inspectors for one in case.obligations.values())
    stood_in_for = case.stood_in.values()
    written = (one.record.inspectors for one in case.obligations.values() if one.record)
    looked = (one.inspectors for one in checked)
    return named.union(case.recusals, *drawn, *written, *looked, *stood_in_for, sat)


def chosen(uploads: Iterable[Upload], ids: Iterable[str]) -> tuple[Upload, ...] | Refused:
    """The uploads of these ids; refused if there is not each of them."""
    by_id: Mapping[str, Upload] = {upload.id: upload for upload in uploads}
    unknown = tuple(one for one in ids if one not in by_id)
    if unknown:
        return Refused(Reason.NO_SUCH_MATERIAL, unknown)
    return tuple(by_id[one] for one in ids)
