"""A party as pages show it: its standing, its entries with what can be done, who acts for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from permits.casework.dates import day_of
from permits.casework.party import Authorised, Bar, Entry, Party, Review
from permits.casework.party_offers import PartyOffer
from permits.definitions.credit_terms import CreditTerms
from permits.services.parties import PartyRecord
from permits.services.party_post import titles_of
from permits.store.parties import CaseOf
from permits.text import party_names
from permits.text.history import Line
from permits.text.party_told import PartyTeller, party_history
from permits.web.disclosure import of_party
from permits.web.lights import Light, by_date
from permits.web.visits import Member


@dataclass(frozen=True, slots=True)
class Doing:
    """A step that can be taken now: its address and what the button says."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A credit entry; texts are empty for whoever is not told them, `path` if the case is not for
    this reader."""

    one: Entry
    permit: str
    path: str
    stands: bool
    light: Light
    texts: Mapping[str, str]
    doings: tuple[Doing, ...]


@dataclass(frozen=True, slots=True)
class ShownBar:
    one: Bar
    permit: str
    path: str
    holds: bool
    reason: str
    lifted_for: str
    doings: tuple[Doing, ...]


@dataclass(frozen=True, slots=True)
class ShownReview:
    one: Review
    permit: str
    path: str
    reason: str
    doings: tuple[Doing, ...]


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """Somebody who acts for the party; `held` is None for whom no authorisation was recorded."""

    name: str
    held: Authorised | None
    holds: bool
    doings: tuple[Doing, ...]


@dataclass(frozen=True, slots=True)
class ShownCase:
    one: CaseOf
    title: str
    permit: str
    state: str
    path: str
    doings: tuple[Doing, ...]


class PartyPage:
    """A party on somebody's screen. `home` is the address of the page; whoever is `inside` is told
    what only officers are, of their own department. Who acts for the party is masked unless it is
    shown `whole`; an officer may ask for that."""

    def __init__(
        self,
        visit: Member,
        record: PartyRecord,
        home: str,
        *,
        inside: bool,
        whole: bool = False,
    ) -> None:
        self.visit = visit
        whole = whole or visit.actor.acts_for(record.party.code)
        self.record = of_party(record, visit.language, whole=whole)
        self.asks = visit.actor.officer and not whole and self.record != record
        self.home = home
        self.inside = inside
        self.today = day_of(visit.office.now())
        self._titles = titles_of(visit.office, visit.language)
        self.offers = visit.office.parties.offers(record, visit.actor)

    @property
    def party(self) -> Party:
        return self.record.party

    @property
    def terms(self) -> CreditTerms:
        return self.visit.office.parties.terms

    @property
    def laws(self) -> object:
        return self.visit.office.shelf.terms.laws

    def permit(self, name: str) -> str:
        """What a permit type is called."""
        return self._titles.get(name, name)

    @property
    def shut_until(self) -> date | None:
        """Until when the tracks of trust are shut; None if they are open."""
        standing = self.party.standing(self.today)
        return standing[-1].until if standing else None

    @property
    def entries(self) -> list[ShownEntry]:
        """The entries, the newest first. Outside, one that was never told is not there."""
        held = reversed(self.party.entries.values())
        return [self._entry(one) for one in held if self.inside or one.noticed_on is not None]

    def _entry(self, one: Entry) -> ShownEntry:
        due = one.waits.due if one.waits is not None else None
        texts = ("grounds", "objection", "answer", "repair", "repair_answer", "reason")
        values = self._values(one.office, one.department)
        return ShownEntry(
            one=one,
            permit=self.permit(one.permit),
            path=self._case_path(one.case, one.office, one.department),
            stands=one.stands(self.today),
            light=by_date(due, None, self.today),
            texts={name: values.get(getattr(one, name), "") for name in texts},
            doings=self.doings(one.name),
        )

    @property
    def bars(self) -> list[ShownBar]:
        return [self._bar(one) for one in reversed(self.party.bars.values())]

    def _bar(self, one: Bar) -> ShownBar:
        values = self._values(one.office, one.department)
        return ShownBar(
            one=one,
            permit=self.permit(one.permit),
            path=self._case_path(one.case, one.office, one.department),
            holds=one.holds(self.today),
            reason=values.get(one.reason, ""),
            lifted_for=values.get(one.lifted_for, ""),
            doings=self.doings(one.name),
        )

    @property
    def reviews(self) -> list[ShownReview]:
        """Legal reviews; only officers are told of them."""
        if not self.inside:
            return []
        return [
            ShownReview(
                one=one,
                permit=self.permit(one.permit),
                path=self._case_path(one.case, one.office, one.department),
                reason=self._values(one.office, one.department).get(one.reason, ""),
                doings=self.doings(one.name),
            )
            for one in reversed(self.party.reviews.values())
        ]

    @property
    def people(self) -> list[ShownPerson]:
        """Who acts for the party, those first who have an open account."""
        held = self.party.authorised
        ids = dict.fromkeys((*self.record.accounts, *held))
        return [
            ShownPerson(
                name=self.record.accounts.get(one) or self._named(held.get(one)),
                held=held.get(one),
                holds=(one in held and held[one].holds(self.today)),
                doings=self.doings(one),
            )
            for one in ids
        ]

    def _named(self, held: Authorised | None) -> str:
        """The name of somebody who has no account; empty for others."""
        return self.record.values.get(held.name, "") if held is not None else ""

    @property
    def cases(self) -> list[ShownCase]:
        """The cases this reader may see."""
        return [self._case(one) for one in self.record.cases if self._mine(one)]

    def _mine(self, one: CaseOf) -> bool:
        return bool(self._case_path(one.case_id, one.authority, one.department))

    def _case(self, one: CaseOf) -> ShownCase:
        chart = self.visit.office.shelf.edition(one.definition).definition.chart
        return ShownCase(
            one=one,
            title=one.title or self.permit(one.permit),
            permit=self.permit(one.permit),
            state=chart.states[one.state].title.in_(self.visit.language),
            path=self._case_path(one.case_id, one.authority, one.department),
            doings=self.doings(one.case_id),
        )

    @property
    def whole(self) -> tuple[Doing, ...]:
        """What can be done about the party as such."""
        return self.doings("")

    def doings(self, name: str) -> tuple[Doing, ...]:
        """The steps about something of the record that this reader can take."""
        return tuple(self._doing(one) for one in self.offers if one.name == name)

    def _doing(self, offer: PartyOffer) -> Doing:
        name = offer.name.removeprefix("case/")
        path = f"{self.home}/{offer.step}/{name}".rstrip("/")
        return Doing(path, party_names.step(offer.step, self.visit.language))

    @property
    def lines(self) -> tuple[Line, ...]:
        """What happened, the newest first."""
        values = self.record.values if not self.visit.actor.officer else self._own_values()
        teller = PartyTeller(self.party, values, self.permit, self.visit.language)
        return tuple(reversed(party_history(self.record.entries, teller, inside=self.inside)))

    def _own_values(self) -> dict[str, str]:
        """The texts of entries, bars and reviews of the officer's department, and of the party as
        such."""
        seals = set(self.record.values)
        for one in self.party.entries.values():
            if not self._values(one.office, one.department):
                seals -= {one.grounds, one.objection, one.answer, one.repair, one.repair_answer}
                seals -= {one.reason}
        for bar in self.party.bars.values():
            if not self._values(bar.office, bar.department):
                seals -= {bar.reason, bar.lifted_for}
        for review in self.party.reviews.values():
            if not self._values(review.office, review.department):
                seals -= {review.reason}
        return {seal: self.record.values[seal] for seal in seals}

    def _values(self, office: str, department: str) -> Mapping[str, str]:
        """The texts that this reader may read of something that belongs to a department."""
        actor = self.visit.actor
        if not actor.officer or actor.works_for(office, department):
            return self.record.values
        return {}

    def _case_path(self, case: str, office: str, department: str) -> str:
        actor = self.visit.actor
        if actor.officer and not actor.works_for(office, department):
            return ""
        return self.visit.home_of(case.removeprefix("case/"))
