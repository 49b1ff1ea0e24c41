"""Papers that an event calls for by itself, beside the documents a definition has drawn up: what
was signed, what a check found, what is to be put right, who approved an extension, what is made
public.

They take no number of the office's series, in which there are no gaps: theirs is that of the case
with a word and a count.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.clocks import ClockExtended
from permits.casework.families.deciding import Published
from permits.casework.families.obligations import ObligationVerified, RectificationOrdered
from permits.casework.families.tolerance import UndertakingSigned
from permits.casework.families.tracks import CommitmentSigned
from permits.definitions.parts import Basis
from permits.definitions.schema import Commitment, Definition, Undertaking
from permits.text import amounts
from permits.text.days import day
from permits.text.names import shown_in, signed_how
from permits.text.papers import Item, Paper, Told
from permits.text.papers_then import Entry
from permits.text.words import Language, words

_WORDS: Mapping[type[Event], str] = {
    CommitmentSigned: "承",
    UndertakingSigned: "容",
    ObligationVerified: "核",
    RectificationOrdered: "改",
    ClockExtended: "批",
    Published: "示",
}
"""What the numbers of these papers have after that of the case."""


class Instrument(msgspec.Struct, frozen=True):
    """A paper, the day of what it tells, and the event that called for it."""

    number: str
    on: date
    at: Envelope
    event: Event

    @property
    def name(self) -> str:
        """What it is, for programs."""
        return type(self.event).__name__


def called_for(event: Event, definition: Definition) -> bool:
    """Whether an event calls for a paper: of those who sign together, whoever applies signs
    first, and one paper is enough."""
    if isinstance(event, CommitmentSigned):
        return event.role == definition.commitments[event.commitment].signers[0]
    return type(event) in _WORDS


def instruments(
    case: Case, entries: Sequence[Entry], definition: Definition
) -> tuple[Instrument, ...]:
    """The papers of a case, in the order of what they tell."""
    counted: Counter[str] = Counter()
    found = []
    for envelope, event in entries:
        if called_for(event, definition):
            word = _WORDS[type(event)]
            counted[word] += 1
            number = f"{case.number}-{word}{counted[word]}"
            found.append(Instrument(number, envelope.effective_at, envelope, event))
    return tuple(found)


def title_of(one: Instrument, definition: Definition, language: Language) -> str:
    """What a paper is called."""
    _ = words(language).gettext
    match one.event:
        case CommitmentSigned(commitment=name):
            return definition.commitments[name].title.in_(language)
        case UndertakingSigned():
            return _undertaking(definition).title.in_(language)
        case ObligationVerified():
            return _("Record of a check")
        case RectificationOrdered(obligation=name):
            paid = definition.obligations[name].settled_by == "payment"
            return _("Order to pay") if paid else _("Order to rectify")
        case ClockExtended():
            return _("Approval of an extension")
        case _:
            return _("Public notice of the decision")


def _undertaking(definition: Definition) -> Undertaking:
    assert definition.undertaking is not None  # noqa: S101 - nobody signs what there is not
    return definition.undertaking


def written(
    one: Instrument, case: Case, definition: Definition, told: Told, language: Language
) -> Paper:
    """What a paper says; `case` is the case as it then stood."""
    writer = _Writer(one, case, definition, told, language)
    return writer.paper()


class _Writer:
    def __init__(
        self,
        one: Instrument,
        case: Case,
        definition: Definition,
        told: Told,
        language: Language,
    ) -> None:
        self.one = one
        self.case = case
        self.definition = definition
        self.told = told
        self.language = language
        self._ = words(language).gettext

    def paper(self) -> Paper:
        _ = self._
        paragraphs, facts, basis = self._content()
        shown = self.definition.permit.shows.title
        name = str(self.case.answers.get(shown, ""))
        heading, items = self._stated()
        head = [Item(_("Case number"), self.case.number), Item(_("Subject"), name)]
        return Paper(
            title=title_of(self.one, self.definition, self.language),
            number=self.one.number,
            on=self.one.on,
            addressed=isinstance(self.one.event, RectificationOrdered),
            void=False,
            paragraphs=paragraphs,
            facts=tuple(one for one in (*head, *facts) if one.says),
            heading=heading,
            items=items,
            basis=basis,
        )

    def _content(self) -> tuple[tuple[str, ...], list[Item], Basis]:
        match self.one.event:
            case CommitmentSigned() as e:
                rule = self.definition.commitments[e.commitment]
                return self._notice(rule), self._signature(e), rule.basis
            case UndertakingSigned() as e:
                held = _undertaking(self.definition)
                return self._notice(held), self._signature(e), held.basis
            case ObligationVerified() as e:
                return self._checked(e)
            case RectificationOrdered() as e:
                return self._ordered(e)
            case ClockExtended() as e:
                return self._approved(e)
            case _:
                return self._published()

    def _notice(self, rule: Commitment | Undertaking) -> tuple[str, ...]:
        return tuple(text.in_(self.language) for text in rule.notice)

    def _stated(self) -> tuple[str, tuple[Item, ...]]:
        """What is declared under a notice, sentence by sentence."""
        match self.one.event:
            case CommitmentSigned(commitment=name):
                rule: Commitment | Undertaking = self.definition.commitments[name]
            case UndertakingSigned():
                rule = _undertaking(self.definition)
            case _:
                return "", ()
        said = tuple(Item("", text.in_(self.language)) for text in rule.statement)
        return self._("Declared and signed"), said

    def _signature(self, e: CommitmentSigned | UndertakingSigned) -> list[Item]:
        _ = self._
        return [
            Item(_("Signed on"), day(self.one.on, self.language)),
            Item(_("How it was signed"), signed_how(e.means, self.language)),
            Item(_("Language it was shown in"), shown_in(e.shown_in, self.language)),
            Item(_("Text that was shown"), f"SHA-256 {e.text_digest}"),
        ]

    def _duty(self, name: str) -> Item:
        return Item(
            self._("Obligation"), self.definition.obligations[name].title.in_(self.language)
        )

    def _checked(self, e: ObligationVerified) -> tuple[tuple[str, ...], list[Item], Basis]:
        _ = self._
        who = _(", ").join(self.told.people.get(one, "") for one in e.inspectors)
        facts = [
            self._duty(e.obligation),
            Item(_("Checked on"), day(e.on, self.language)),
            Item(_("Inspectors"), who),
            Item(_("Result"), _("kept as committed") if e.passed else _("not kept")),
            Item(_("What was found"), self._sealed(e.finding)),
        ]
        says = _("The officers named below checked on the spot whether the obligation was kept.")
        return (says,), facts, self.definition.obligations[e.obligation].basis

    def _ordered(self, e: RectificationOrdered) -> tuple[tuple[str, ...], list[Item], Basis]:
        _ = self._
        rule = self.definition.obligations[e.obligation]
        paid = rule.settled_by == "payment"
        facts = [
            self._duty(e.obligation),
            Item(
                _("Time to pay") if paid else _("Time to put it right"),
                amounts.term(e.within, self.language),
            ),
            Item(
                _("To be paid by") if paid else _("To be put right by"),
                day(e.due, self.language) if e.due else "",
            ),
            *([Item(_("Reason"), self._sealed(e.reason))] if e.reason else []),
        ]
        says = (
            *(self._to_pay() if paid else self._to_put_right()),
            _(
                "You may apply for administrative reconsideration within sixty days of learning"
                " of this decision, or bring an action within six months."
            ),
        )
        return says, facts, rule.rectify_basis or rule.basis

    def _to_put_right(self) -> tuple[str, str]:
        _ = self._
        return (
            _("The obligation below was not kept. Put it right within the time stated."),
            _(
                "If it is not put right in time, or not as the law wants it, the grant may be"
                " revoked and the breach entered in the credit record."
            ),
        )

    def _to_pay(self) -> tuple[str, str]:
        _ = self._
        return (
            _("What is named below was not paid in time. Pay it within the time stated."),
            _(
                "If it is not paid in time, the office decides what the law provides for, and the"
                " breach may be entered in the credit record."
            ),
        )

    def _approved(self, e: ClockExtended) -> tuple[tuple[str, ...], list[Item], Basis]:
        _ = self._
        rule = self.definition.clocks[e.clock]
        unset = _("not set yet")
        facts = [
            Item(_("Time limit"), rule.title.in_(self.language)),
            Item(_("Until now due on"), day(e.was, self.language) if e.was else unset),
            Item(_("Extended by"), amounts.term(e.by, self.language)),
            Item(_("Now due on"), day(e.due, self.language) if e.due else unset),
            Item(_("Reason"), self._sealed(e.reason)),
        ]
        says = _("The head of the office has approved that the time limit is extended.")
        return (says,), facts, rule.extension.basis if rule.extension else rule.basis

    def _published(self) -> tuple[tuple[str, ...], list[Item], Basis]:
        _ = self._
        title = self.definition.permit.title.in_(self.language)
        decided = [d.number for d in self.case.documents if d.milestone in ("granted", "refused")]
        on = self.case.decision.on if self.case.decision is not None else None
        facts = [
            Item(_("Permit type"), title),
            Item(_("Decision"), _(", ").join(decided)),
            Item(_("Decided on"), day(on, self.language) if on else ""),
        ]
        says = _("The decision below is made public. Anybody may look it up.")
        known = "licensing_act" in self.definition.laws
        law = Basis(law="licensing_act", article="40") if known else None
        return (says,), facts, law or self.definition.permit.basis[0]

    def _sealed(self, seal: str | None) -> str:
        return self.told.values.get(seal or "") or self._("(erased)")


def signers(one: Instrument, told: Told, language: Language) -> tuple[str, ...]:
    """Who signs a paper by hand."""
    _ = words(language).gettext
    match one.event:
        case ObligationVerified(inspectors=inspectors):
            return tuple(f"{told.people.get(who, '')}{_(': ')}" for who in inspectors)
        case ClockExtended():
            return _("Case officer: "), _("Head of the office: ")
        case CommitmentSigned() | UndertakingSigned():
            return (_("Signature or seal of the applicant: "),)
        case _:
            return ()


def listed(
    entries: Sequence[Entry], case: Case, definition: Definition, language: Language
) -> Iterator[tuple[int, str, Instrument]]:
    """The papers of a case with their place, from 1, and what they are called."""
    for place, one in enumerate(instruments(case, entries, definition), start=1):
        yield place, title_of(one, definition, language), one
