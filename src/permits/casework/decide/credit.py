"""A credit entry step by step: told beforehand, objected to, made or dropped, published, repaired.

After 河南省社会信用条例: notice beforehand (art. 28), an answer to an objection in three or seven
working days (art. 41), disclosure of five years at most (art. 19), repair (art. 43). People decide
each step; only the day of publication comes by itself.
"""

from collections.abc import Callable, Mapping
from datetime import date

from permits.casework import party_commands as c
from permits.casework.decide.party_minutes import AnyDesk, PartyMinutes
from permits.casework.due_dates import Length, course, reckon
from permits.casework.families import credit
from permits.casework.party import Entry, Wait
from permits.casework.refusals import Reason, Refused
from permits.casework.working_days import WorkingDays
from permits.definitions.credit_terms import CreditTerms

OPEN_TO: dict[type[c.OfEntry], tuple[str, ...]] = {
    c.NoticeEntry: ("drafted",),
    c.ObjectToEntry: ("noticed",),
    c.CheckObjection: ("objected",),
    c.DecideObjection: ("objected",),
    c.MakeEntry: ("noticed", "rejected"),
    c.DropEntry: ("drafted", "noticed", "rejected"),
    c.PublishEntry: ("entered",),
    c.AskForRepair: ("entered",),
    c.DecideRepair: ("entered",),
}
"""Where an entry stands when a command is open to it. While an objection waits for its decision
nothing else is."""


def carry_out(minutes: PartyMinutes, command: c.OfEntry, terms: CreditTerms) -> Refused | None:
    """Take a step of an entry, or say why not."""
    shut = not_open(minutes.party.entries.get(command.entry), type(command), minutes)
    if shut is not None:
        return shut
    entry = minutes.party.entries[command.entry]
    match command:
        case c.NoticeEntry():
            return _notice(minutes, command, terms)
        case c.ObjectToEntry() | c.CheckObjection() | c.DecideObjection():
            return _objection(minutes, entry, command, terms)
        case c.MakeEntry():
            return _make(minutes, entry, terms)
        case c.DropEntry():
            return _drop(minutes, entry, command)
        case c.PublishEntry():
            return _publish(minutes, entry)
        case c.AskForRepair() | c.DecideRepair():
            return _repair(minutes, command, terms)


def not_open(entry: Entry | None, kind: type[c.OfEntry], minutes: PartyMinutes) -> Refused | None:
    """Why a step cannot be taken now, whatever is said in it; None if it can."""
    if entry is None:
        return Refused(Reason.NO_SUCH_CREDIT_ENTRY)
    if entry.status not in OPEN_TO[kind]:
        return Refused(Reason.ENTRY_NOT_THERE, (entry.status,))
    asked = _BESIDES.get(kind)
    return asked(entry, minutes.desk) if asked is not None else None


def _due(wait: Wait | None, calendar: WorkingDays) -> date | None:
    """The last day of a term, reckoned anew if the calendar of its year was not published when it
    began; None while that still is so."""
    if wait is None or not wait.provisional:
        return wait.due if wait is not None else None
    found = reckon(calendar, wait.since, Length.parse(wait.within))
    return None if found.provisional else found.due


def _too_late(entry: Entry, desk: AnyDesk) -> Refused | None:
    due = _due(entry.waits, desk.calendar)
    over = due is not None and due < desk.today
    return Refused(Reason.OBJECTION_ENDED, (str(due),)) if over else None


def _checked_already(entry: Entry, _desk: AnyDesk) -> Refused | None:
    return Refused(Reason.ENTRY_NOT_THERE, (entry.status,)) if entry.checking else None


def _proposed_by_same(entry: Entry, desk: AnyDesk) -> Refused | None:
    same = desk.actor.is_any_of(entry.proposed_by, entry.proposed_for)
    return Refused(Reason.PROPOSED_BY_SAME) if same else None


def _not_heard_out(entry: Entry, desk: AnyDesk) -> Refused | None:
    """The party has its time to object before anything is entered."""
    if entry.status != "noticed":
        return None
    due = _due(entry.waits, desk.calendar)
    if due is None:
        return Refused(Reason.TERM_PROVISIONAL)
    return None if due < desk.today else Refused(Reason.MAY_STILL_OBJECT, (str(due),))


def _not_to_publish(entry: Entry, desk: AnyDesk) -> Refused | None:
    due = _due(entry.publication, desk.calendar)
    if entry.published_on is not None or not entry.stands(desk.today):
        return Refused(Reason.ENTRY_NOT_THERE, (entry.status,))
    return Refused(Reason.TERM_PROVISIONAL) if due is None or due > desk.today else None


def _no_repair(entry: Entry, desk: AnyDesk) -> Refused | None:
    """Repair is for what stands, one application at a time."""
    open_now = entry.stands(desk.today) and entry.repair_asked_on is None
    return None if open_now else Refused(Reason.REPAIR_NOT_OPEN)


def _not_asked(entry: Entry, desk: AnyDesk) -> Refused | None:
    open_now = entry.stands(desk.today) and entry.repair_asked_on is not None
    return None if open_now else Refused(Reason.REPAIR_NOT_OPEN)


_BESIDES: Mapping[type[c.OfEntry], Callable[[Entry, AnyDesk], Refused | None]] = {
    c.ObjectToEntry: _too_late,
    c.CheckObjection: _checked_already,
    c.DecideObjection: _proposed_by_same,
    c.MakeEntry: _not_heard_out,
    c.PublishEntry: _not_to_publish,
    c.AskForRepair: _no_repair,
    c.DecideRepair: _not_asked,
}
"""What is asked of an entry besides where it stands."""


def _notice(minutes: PartyMinutes, command: c.NoticeEntry, terms: CreditTerms) -> Refused | None:
    if command.grounds is None:
        return Refused(Reason.REASON_WANTED)
    term = minutes.term(minutes.desk.today, terms.objection.term)
    minutes.note(
        credit.EntryNoticed(
            entry=command.entry, degree=command.degree, grounds=command.grounds, **term
        )
    )
    return None


def _objection(
    minutes: PartyMinutes,
    entry: Entry,
    command: c.ObjectToEntry | c.CheckObjection | c.DecideObjection,
    terms: CreditTerms,
) -> Refused | None:
    today = minutes.desk.today
    match command:
        case c.ObjectToEntry(entry=name, statement=text):
            if text is None:
                return Refused(Reason.REASON_WANTED)
            term = minutes.term(today, terms.answer.term)
            minutes.note(credit.EntryObjected(entry=name, statement=text, **term))
        case c.CheckObjection(entry=name, reason=text):
            if text is None:
                return Refused(Reason.REASON_WANTED)
            since = entry.objected_on or today
            term = minutes.term(since, terms.answer_with_checks.term)
            minutes.note(credit.ObjectionChecked(entry=name, reason=text, **term))
        case c.DecideObjection(entry=name, upheld=upheld, reason=text):
            if text is None:
                return Refused(Reason.REASON_WANTED)
            minutes.note(credit.ObjectionDecided(entry=name, upheld=upheld, reason=text))
    return None


def _publish(minutes: PartyMinutes, entry: Entry) -> Refused | None:
    """It holds from the day it was due, however late somebody looked."""
    on = _due(entry.publication, minutes.desk.calendar)
    minutes.note(credit.EntryPublished(entry=entry.name), on)
    return None


def _make(minutes: PartyMinutes, entry: Entry, terms: CreditTerms) -> Refused | None:
    """Disclosure ends on the corresponding day (民法典 art. 202); being no time to act in, it is
    not put off if that is a rest day."""
    today = minutes.desk.today
    held = terms.disclosure
    length = Length.parse((held.serious if entry.degree == "serious" else held.breach).term)
    term = minutes.term(today, terms.publication.term)
    until = last_day(minutes.desk.calendar, today, length)
    minutes.note(credit.EntryMade(entry=entry.name, until=until, **term))
    return None


def last_day(calendar: WorkingDays, since: date, length: Length) -> date:
    """The last day of what lasts for a length of time and is no time to act in."""
    end = course(calendar, since, (length,), ()).legs[-1].end
    assert end is not None  # noqa: S101 - nothing suspends it
    return date.fromordinal(end)


def _drop(minutes: PartyMinutes, entry: Entry, command: c.DropEntry) -> Refused | None:
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    told = entry.noticed_on is not None
    minutes.note(credit.EntryDropped(entry=entry.name, told=told, reason=command.reason))
    return None


def _repair(
    minutes: PartyMinutes, command: c.AskForRepair | c.DecideRepair, terms: CreditTerms
) -> Refused | None:
    name = command.entry
    match command:
        case c.AskForRepair(statement=text):
            if text is None:
                return Refused(Reason.REASON_WANTED)
            term = minutes.term(minutes.desk.today, terms.repair.term)
            minutes.note(credit.RepairAsked(entry=name, statement=text, **term))
        case c.DecideRepair(granted=granted, reason=text):
            if text is None:
                return Refused(Reason.REASON_WANTED)
            minutes.note(credit.RepairDecided(entry=name, granted=granted, reason=text))
    return None
