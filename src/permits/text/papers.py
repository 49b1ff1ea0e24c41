"""A document of a case as it was drawn up: made anew from the log each time it is read."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from permits.casework.case import Case, Drawn
from permits.casework.envelope import Event
from permits.casework.families import clocks, deciding, documents, filing, revoking
from permits.definitions.edition import Edition
from permits.definitions.parts import Basis
from permits.definitions.procedure import Milestone
from permits.definitions.schema import Definition, TrackName
from permits.text import amounts, grounds, names, papers_heard
from permits.text.answers import Table, in_words, tables_of
from permits.text.days import day
from permits.text.papers_after import stated
from permits.text.papers_then import Entry, case_then, drawn_in, step_of
from permits.text.titles import field_title
from permits.text.words import Language, words


class Item(msgspec.Struct, frozen=True):
    """One of several things a document lists."""

    title: str
    says: str


class Paper(msgspec.Struct, frozen=True):
    """A document as it is shown and printed. `void` if what it documents was undone; a record is
    `addressed` to nobody. `tables` hold what was answered of several things."""

    title: str
    number: str
    on: date
    addressed: bool
    void: bool
    paragraphs: tuple[str, ...]
    facts: tuple[Item, ...]
    heading: str
    items: tuple[Item, ...]
    basis: Basis
    tables: tuple[Table, ...] = ()


class Told(msgspec.Struct, frozen=True):
    """What a reader may be told: sealed texts by their seals, names of officers by account."""

    values: Mapping[str, str]
    people: Mapping[str, str]


def paper(
    drawn: Drawn,
    entries: Sequence[Entry],
    edition: Edition,
    told: Told,
    language: Language,
) -> Paper:
    """The document `drawn`, with the case as it stood when it was drawn up."""
    at = drawn_in(drawn, entries)
    step, case = step_of(at, entries), case_then(at, entries)
    writer = _Writer(case, [event for _at, event in step], edition.definition, told, language)
    rule = edition.definition.documents[drawn.document]
    heading, items = writer.items(Milestone(drawn.milestone))
    granted = drawn.milestone == Milestone.GRANTED
    return Paper(
        title=rule.title.in_(language),
        number=drawn.number,
        on=drawn.on,
        addressed=drawn.milestone != Milestone.HEARING_HELD,
        void=drawn.void,
        paragraphs=tuple(text.in_(language) for text in rule.says),
        facts=tuple(writer.facts(Milestone(drawn.milestone))),
        heading=heading,
        items=tuple(items),
        basis=rule.basis,
        tables=tables_of(case.answers, edition.definition, language) if granted else (),
    )


class _Writer:
    """Writes what a document says of this case."""

    def __init__(
        self,
        case: Case,
        step: Sequence[Event],
        definition: Definition,
        told: Told,
        language: Language,
    ) -> None:
        self.case = case
        self.step = step
        self.definition = definition
        self.values = told.values
        self.people = told.people
        self.language = language
        self._ = words(language).gettext

    def facts(self, milestone: Milestone) -> list[Item]:
        """What the document states."""
        _ = self._
        found = [Item(_("Case number"), self.case.number), self._shown()]
        match milestone:
            case Milestone.RECEIVED:
                found += self._receipt()
            case Milestone.TOLERATED:
                found += [*self._acceptance(), *self._dues(milestone)]
            case Milestone.ACCEPTED:
                found += self._acceptance()
            case Milestone.CORRECTION_ISSUED:
                found += self._dues(milestone)
            case Milestone.GRANTED:
                found += self._grant()
            case Milestone.SUSPENDED | Milestone.EXTENDED:
                found += self._terms()
            case Milestone.HEARING_HELD:
                found += self._minuted()
            case Milestone.REFUSED:
                found += [*self._grounds(), *self._followed()]
            case _:
                found += self._grounds() or self._afterwards()
        return [item for item in found if item.says]

    def items(self, milestone: Milestone) -> tuple[str, list[Item]]:
        """What the document lists, with its heading."""
        _ = self._
        match milestone:
            case Milestone.RECEIVED:
                return _("Materials received"), self._materials()
            case Milestone.TOLERATED:
                return _("Still to be supplied"), self._later()
            case Milestone.CORRECTION_ISSUED:
                return _("To be corrected"), self._defects()
            case Milestone.GRANTED:
                return _("Still needed beside this"), self._still_required()
            case Milestone.HEARING_HELD:
                return _("Who took part"), self._took_part()
            case _:
                return "", []

    def _shown(self) -> Item:
        """What stands for the case: the name of the works, or whatever the definition says."""
        name = self.definition.permit.shows.title
        title = field_title(self.definition, name, self.language) or name
        return Item(title, str(self.case.answers.get(name, "")))

    def _on(self, milestone: Milestone) -> str:
        on = self.case.milestones.get(milestone)
        return day(on, self.language) if on else ""

    def _receipt(self) -> list[Item]:
        _ = self._
        track = self.definition.tracks[TrackName(self.case.track)].title.in_(self.language)
        return [
            Item(_("Track"), track),
            Item(_("Received on"), self._on(Milestone.RECEIVED)),
            Item(_("Look-up code"), self.values.get(self.case.lookup, "")),
        ]

    def _acceptance(self) -> list[Item]:
        accepted = Item(self._("Accepted as of"), self._on(Milestone.ACCEPTED))
        return [accepted, *self._dues(Milestone.ACCEPTED), *self._fees()]

    def _later(self) -> list[Item]:
        """What was still to come when it was accepted, and when it is to come at the latest."""
        due = next((i.says for i in self._dues(Milestone.TOLERATED)), self._("not set yet"))
        says = self._("by %(day)s, before the office closes") % {"day": due}
        rules = self.definition.materials
        return [Item(rules[n].title.in_(self.language), says) for n in self.case.tolerated]

    def _dues(self, milestone: Milestone) -> list[Item]:
        """Until when, by the clocks that a milestone has started."""
        rules, language = self.definition.clocks, self.language
        return [
            Item(rules[name].title.in_(language), day(clock.due, language))
            for name, clock in self.case.clocks.items()
            if clock.milestone == milestone and clock.running and clock.due
        ]

    def _fees(self) -> list[Item]:
        """The fees as they were fixed."""
        rules, language = self.definition.fees, self.language
        return [
            Item(rules[name].title.in_(language), amounts.money(fee.amount_fen, language))
            for name, fee in self.case.fees.items()
        ]

    def _grant(self) -> list[Item]:
        shown = self.definition.permit.shows.title
        answers = [
            Item(
                q.title.in_(self.language),
                in_words(self.case.answers.get(q.id), q, self.definition, self.language),
            )
            for q in self.definition.form.answerable
            if q.personal is None and q.id != shown and q.type != "entries"
        ]
        return [*answers, *self._fees(), *self._followed()]

    def _followed(self) -> list[Item]:
        """The record of the hearing that a decision follows."""
        found = papers_heard.decided_on(self.case, self.definition, self.language)
        return [Item(title, says) for title, says in found]

    def _minuted(self) -> list[Item]:
        held = self.case.hearing
        if held is None:
            return []
        found = papers_heard.minuted(held, self.values, self.people, self.language)
        return [Item(title, says) for title, says in found]

    def _took_part(self) -> list[Item]:
        held = self.case.hearing
        if held is None:
            return []
        found = papers_heard.took_part(held, self.values, self.language)
        return [Item(title, says) for title, says in found]

    def _terms(self) -> list[Item]:
        """How long a special procedure takes, or how far a time limit was extended."""
        _ = self._
        found: list[Item] = []
        for event in self.step:
            if isinstance(event, deciding.SpecialProcedureBegun):
                stated = amounts.term(event.stated, self.language)
                found += [
                    Item(_("Special procedure"), grounds.cause(event.cause, self.language)),
                    Item(_("Time it needs"), stated),
                    Item(_("Reason"), self.values.get(event.reason or "", "")),
                ]
            elif isinstance(event, clocks.ClockExtended):
                title = self.definition.clocks[event.clock].title.in_(self.language)
                due = day(event.due, self.language) if event.due else _("not set yet")
                found += [
                    Item(title, due),
                    Item(_("Reason"), self.values.get(event.reason, "")),
                ]
        return found

    def _grounds(self) -> list[Item]:
        """Why the application was not accepted, refused, or the decision taken back."""
        _ = self._
        for event in self.step:
            match event:
                case filing.NotAccepted(reason=reason) | deciding.Decided(reason=reason):
                    return [Item(_("Reason"), self._reason(reason))]
                case deciding.Revoked(ground=ground, reason=reason):
                    told = grounds.revocation(ground, self.language)
                    return [Item(_("Ground"), told), Item(_("Reason"), self._reason(reason))]
                case revoking.RevocationNoticed(ground=ground, reason=reason):
                    told = grounds.revocation(ground, self.language)
                    due = self._dues(Milestone.REVOCATION_NOTICED)
                    return [Item(_("Ground"), told), Item(_("Reason"), self._reason(reason)), *due]
                case revoking.RevocationDropped(reason=reason):
                    return [Item(_("Reason"), self._reason(reason))]
                case revoking.GrantWithdrawn():
                    return self._withdrawal(event)
                case documents.DocumentCorrected():
                    return self._erratum(event)
                case deciding.Deregistered(ground=ground):
                    return [Item(_("Ground"), grounds.deregistration(ground, self.language))]
                case _:
                    continue
        return []

    def _afterwards(self) -> list[Item]:
        found = stated(self.step, self.definition, self.values, self.language)
        return [Item(title, says) for title, says in found]

    def _withdrawal(self, e: revoking.GrantWithdrawn) -> list[Item]:
        _ = self._
        return [
            Item(_("Ground"), grounds.grant_withdrawal(e.ground, self.language)),
            Item(_("Reason"), self._reason(e.reason)),
            Item(_("Compensation"), self._reason(e.compensation)),
        ]

    def _erratum(self, e: documents.DocumentCorrected) -> list[Item]:
        """Which document is corrected, and what is right."""
        _ = self._
        title = self.definition.documents[e.document].title.in_(self.language)
        return [
            Item(_("Corrects"), f"{title} {e.number}"),
            Item(_("Correction"), self._reason(e.correction)),
        ]

    def _reason(self, seal: str | None) -> str:
        """A reason must be given; one that was erased is said to be so."""
        return self.values.get(seal or "") or self._("(erased)")

    def _materials(self) -> list[Item]:
        return [
            Item(
                self.definition.materials[name].title.in_(self.language),
                f"{amounts.size(held.size, self.language)}, SHA-256 {held.sha256}",
            )
            for name, held in self.case.materials.items()
        ]

    def _defects(self) -> list[Item]:
        found = []
        for defect in self.case.notices[-1].defects:
            title = thing_title(defect.about, self.definition, self.language)
            kind = names.defect(defect.kind, self.language)
            found.append(Item(f"{title} – {kind}", self._reason(defect.fix)))
        return found

    def _still_required(self) -> list[Item]:
        decision = self.case.decision
        wanted = decision.still_required if decision else ()
        rules = self.definition.still_required
        return [
            Item(rules[n].title.in_(self.language), rules[n].says.in_(self.language))
            for n in wanted
        ]


def thing_title(about: str, definition: Definition, language: Language) -> str:
    """What `material.…` or `field.…` is called."""
    kind, _, name = about.partition(".")
    if kind == "material" and name in definition.materials:
        return definition.materials[name].title.in_(language)
    return field_title(definition, name, language) or about
