"""What each event of a party is in words.

Texts are told to those they are for: `values` opens the seals this reader may have opened.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from permits.casework.envelope import Envelope, Event
from permits.casework.families import bars, credit, parties
from permits.casework.party import Party
from permits.text import names, party_names
from permits.text.days import day
from permits.text.history import Line
from permits.text.words import Language, words

Titles = Callable[[str], str]
"""What a permit type is called."""


class PartyTeller:
    """Looks up what an event does not say of itself: in the record as it now stands."""

    def __init__(
        self, party: Party, values: Mapping[str, str], titles: Titles, language: Language
    ) -> None:
        self.party = party
        self.values = values
        self.titles = titles
        self.language = language
        self._ = words(language).gettext

    def text(self, seal: str) -> str:
        """A sealed text as a sentence of its own; nothing if it cannot be shown."""
        found = self.values.get(seal)
        return self._("Reason: %(text)s") % {"text": found} if found else ""

    def quoted(self, seal: str) -> str:
        """A sealed text as it was written; nothing if it cannot be shown."""
        return self.values.get(seal, "")

    def due(self, on: date | None) -> str:
        return day(on, self.language) if on else self._("not set yet")

    def number(self, entry: str) -> str:
        """The number of the case an entry came of."""
        return self.party.entries[entry].number


def _drafted(t: PartyTeller, e: credit.EntryDrafted) -> list[str]:
    _ = t._
    filled = {"what": party_names.breach(e.kind, t.language), "number": e.number}
    return [_("Breach found in case %(number)s: %(what)s") % filled]


def _noticed(t: PartyTeller, e: credit.EntryNoticed) -> list[str]:
    _ = t._
    filled = {
        "degree": party_names.degree(e.degree, t.language),
        "number": t.number(e.entry),
        "due": t.due(e.due),
    }
    says = _("Notice of an intended credit entry (%(degree)s), case %(number)s") % filled
    return [says, t.text(e.grounds), _("Objections can be made until %(due)s") % filled]


def _objected(t: PartyTeller, e: credit.EntryObjected) -> list[str]:
    _ = t._
    filled = {"number": t.number(e.entry), "due": t.due(e.due)}
    says = _("Objection to the entry from case %(number)s, to be decided by %(due)s") % filled
    return [says, t.quoted(e.statement)]


def _checked(t: PartyTeller, e: credit.ObjectionChecked) -> list[str]:
    _ = t._
    filled = {"number": t.number(e.entry), "due": t.due(e.due)}
    says = _("The objection has to be checked, case %(number)s; to be decided by %(due)s")
    return [says % filled, t.text(e.reason)]


def _decided(t: PartyTeller, e: credit.ObjectionDecided) -> list[str]:
    _ = t._
    filled = {"number": t.number(e.entry)}
    upheld = _("Objection upheld, nothing is entered: case %(number)s")
    rejected = _("Objection rejected: case %(number)s")
    return [(upheld if e.upheld else rejected) % filled, t.text(e.reason)]


def _dropped(t: PartyTeller, e: credit.EntryDropped) -> list[str]:
    _ = t._
    says = _("Nothing is entered: case %(number)s") % {"number": t.number(e.entry)}
    return [says, t.text(e.reason)]


def _made(t: PartyTeller, e: credit.EntryMade) -> list[str]:
    _ = t._
    filled = {
        "degree": party_names.degree(t.party.entries[e.entry].degree, t.language),
        "number": t.number(e.entry),
        "until": t.due(e.until),
        "due": t.due(e.due),
    }
    return [
        _("Entered (%(degree)s): case %(number)s, disclosed until %(until)s") % filled,
        _("To be published on %(due)s") % filled,
        _("Until then or until it is repaired, tracks of commitment and tolerance are shut."),
    ]


def _published(t: PartyTeller, e: credit.EntryPublished) -> list[str]:
    _ = t._
    return [_("Entry published: case %(number)s") % {"number": t.number(e.entry)}]


def _repair_asked(t: PartyTeller, e: credit.RepairAsked) -> list[str]:
    _ = t._
    filled = {"number": t.number(e.entry), "due": t.due(e.due)}
    says = _("Credit repair applied for, case %(number)s; to be decided by %(due)s") % filled
    return [says, t.quoted(e.statement)]


def _repair_decided(t: PartyTeller, e: credit.RepairDecided) -> list[str]:
    _ = t._
    filled = {"number": t.number(e.entry)}
    yes = _("Repaired: the entry from case %(number)s is off the list and counts no more")
    no = _("Not repaired: the entry from case %(number)s stands")
    return [(yes if e.granted else no) % filled, t.text(e.reason)]


def _barred(t: PartyTeller, e: bars.BarImposed) -> list[str]:
    _ = t._
    filled = {
        "permit": t.titles(e.permit),
        "until": t.due(e.until),
        "ground": party_names.bar_ground(e.ground, t.language),
        "concern": party_names.concern(e.concerns, t.language),
    }
    return [
        _("May not apply again until %(until)s has passed: %(permit)s") % filled,
        _("Because of %(ground)s; the permit concerns %(concern)s") % filled,
        t.text(e.reason),
    ]


def _track_barred(t: PartyTeller, e: bars.TolerantTrackBarred) -> list[str]:
    _ = t._
    filled = {"number": e.number, "until": t.due(e.until)}
    says = _("No tolerant acceptance until %(until)s has passed, because of case %(number)s")
    return [says % filled, party_names.bar_ground("undertaking", t.language)]


def _fell(t: PartyTeller, e: bars.BarFell) -> list[str]:
    _ = t._
    says = _("A bar fell, for the decision in case %(number)s was annulled")
    return [says % {"number": t.party.bars[e.bar].number}]


def _lifted(t: PartyTeller, e: bars.BarLifted) -> list[str]:
    _ = t._
    bar = t.party.bars[e.bar]
    if bar.of_track:
        return [_("Tolerant acceptance is open again"), t.text(e.reason)]
    says = _("May apply again: %(permit)s") % {"permit": t.titles(bar.permit)}
    return [says, t.text(e.reason)]


def _opened(t: PartyTeller, e: bars.ReviewOpened) -> list[str]:
    _ = t._
    says = _("Legal review opened: whether a penalty is pursued for case %(number)s")
    return [says % {"number": e.number}]


def _concluded(t: PartyTeller, e: bars.ReviewConcluded) -> list[str]:
    _ = t._
    filled = {
        "number": t.party.reviews[e.review].number,
        "outcome": party_names.review_outcome(e.outcome, t.language),
    }
    says = _("Legal review of case %(number)s concluded: %(outcome)s") % filled
    return [says, t.text(e.reason)]


def _registered(t: PartyTeller, e: parties.PartyRegistered) -> list[str]:
    _ = t._
    return [_("Registered as %(name)s") % {"name": e.name}]


def _renamed(t: PartyTeller, e: parties.PartyRenamed) -> list[str]:
    _ = t._
    return [_("Bears another name: %(name)s") % {"name": e.name}, t.text(e.reason)]


def _merged(t: PartyTeller, e: parties.PartyMerged) -> list[str]:
    _ = t._
    return [_("Merged into %(code)s") % {"code": e.into}, t.text(e.reason)]


def _succeeded(t: PartyTeller, e: parties.PartySucceeded) -> list[str]:
    _ = t._
    return [_("Took over %(code)s with its record and its cases") % {"code": e.of}]


def _authorised(t: PartyTeller, e: parties.PersonAuthorised) -> list[str]:
    _ = t._
    filled = {
        "power": party_names.power(e.power, t.language),
        "since": t.due(e.since),
        "until": t.due(e.until),
    }
    says = _("A person was authorised from %(since)s until %(until)s: %(power)s")
    always = _("A person was authorised from %(since)s: %(power)s")
    named = t.quoted(e.name) if e.name else ""
    return [(says if e.until else always) % filled, named, t.quoted(e.letter)]


def _ended(t: PartyTeller, e: parties.AuthorisationEnded) -> list[str]:
    _ = t._
    return [_("An authorisation ended"), t.text(e.reason)]


SAYS: Mapping[type[Event], Callable[[PartyTeller, Any], list[str]]] = {
    credit.EntryDrafted: _drafted,
    credit.EntryNoticed: _noticed,
    credit.EntryObjected: _objected,
    credit.ObjectionChecked: _checked,
    credit.ObjectionDecided: _decided,
    credit.EntryDropped: _dropped,
    credit.EntryMade: _made,
    credit.EntryPublished: _published,
    credit.RepairAsked: _repair_asked,
    credit.RepairDecided: _repair_decided,
    bars.BarImposed: _barred,
    bars.TolerantTrackBarred: _track_barred,
    bars.BarFell: _fell,
    bars.BarLifted: _lifted,
    bars.ReviewOpened: _opened,
    bars.ReviewConcluded: _concluded,
    parties.PartyRegistered: _registered,
    parties.PartyRenamed: _renamed,
    parties.PartyMerged: _merged,
    parties.PartySucceeded: _succeeded,
    parties.PersonAuthorised: _authorised,
    parties.AuthorisationEnded: _ended,
}
"""A test asks that no event is forgotten."""

INSIDE = frozenset({credit.EntryDrafted, bars.ReviewOpened, bars.ReviewConcluded})
"""What only officers and auditors are told: nothing was decided yet, or it is not the party's."""


def party_history(
    entries: Iterable[tuple[Envelope, Event]], teller: PartyTeller, *, inside: bool
) -> tuple[Line, ...]:
    """The steps of a record, oldest first. Outside, what only officers are told is left out."""
    shown = [one for one in entries if inside or _for_the_party(one[1])]
    steps = [list(group) for _command, group in groupby(shown, key=lambda one: one[0].command)]
    return tuple(_line(step, teller) for step in steps)


def _for_the_party(event: Event) -> bool:
    unheard = isinstance(event, credit.EntryDropped) and not event.told
    return type(event) not in INSIDE and not unheard


def _line(step: Sequence[tuple[Envelope, Event]], teller: PartyTeller) -> Line:
    told = [says for _at, event in step for says in SAYS[type(event)](teller, event) if says]
    first = step[0][0]
    return Line(
        recorded_at=first.recorded_at,
        on=first.effective_at,
        says=told[0],
        more=tuple(told[1:]),
        by=_who(first, teller.language),
        by_law=first.actor == "timer",
    )


def _who(at: Envelope, language: Language) -> str:
    """By whom, as a role; what the office set up itself was in none."""
    _ = words(language).gettext
    if at.actor == "timer":
        return _("on its day")
    return names.role(at.role, language) if at.role else _("administration")
