"""One command of a case, gone through again."""

from collections.abc import Sequence
from datetime import date

from permits.casework import inputs as i
from permits.casework.access import role_for
from permits.casework.case import Case
from permits.casework.commands import TakeAction
from permits.casework.decide.consequences import follow
from permits.casework.decide.debts import code_of
from permits.casework.decide.guards import GUARDS
from permits.casework.decide.minutes import Fact, Minutes
from permits.casework.decide.performing import falls_on
from permits.casework.due_dates import Length
from permits.casework.envelope import Envelope, Event
from permits.casework.families.amendments import AmendmentClosed
from permits.casework.families.clocks import ClockStarted, ClockStopped
from permits.casework.families.deciding import Delivered, Moved, SpecialProcedureBegun
from permits.casework.families.documents import DocumentDrawnUp
from permits.casework.families.fees import DeferralLost, FeeCancelled, FeeDated, FeeFrozen
from permits.casework.families.hearings import HearingClosed
from permits.casework.families.inspectors import InspectorsDrawn
from permits.casework.families.obligations import (
    CheckDrawn,
    ObligationDated,
    ObligationOpened,
    ObligationVoided,
)
from permits.casework.families.opinions import (
    OpinionDated,
    OpinionPaused,
    OpinionRequestClosed,
    OpinionsDropped,
)
from permits.casework.families.terms import TermEnded, TermSet
from permits.casework.families.third_parties import ThirdPartyClosed
from permits.casework.fold import fold
from permits.definitions.act_rules import ACT_RULES
from permits.definitions.edition import Edition
from permits.definitions.procedure import Act, Milestone, Role
from permits.evidence.findings import Amiss, Finding
from permits.services.evidence.reenacting import facts
from permits.services.evidence.reenacting.books import Books
from permits.services.evidence.reenacting.desk import calendars_of, desk_of
from permits.services.evidence.reenacting.dues import wrong_dues
from permits.services.evidence.reenacting.marks import marked_by

Entry = tuple[Envelope, Event]

FOLLOWS = (
    ClockStopped, ClockStarted, ObligationVoided, ObligationOpened, CheckDrawn, InspectorsDrawn,
    ObligationDated, FeeFrozen, FeeDated, FeeCancelled, DeferralLost, DocumentDrawnUp, TermSet,
    TermEnded, AmendmentClosed, OpinionRequestClosed, OpinionPaused, OpinionDated,
    OpinionsDropped, HearingClosed, ThirdPartyClosed,
)  # fmt: skip
"""What a milestone brings about. It stands at the end of what a command notes."""

FILED = "file"
BY_LAW = frozenset({Act.VOID, Act.EXPIRE, Act.ACCEPT_BY_SILENCE})
"""Acts that nobody takes: they come with a date that passed."""

ACCEPTS = (Act.ACCEPT, Act.ACCEPT_BY_SILENCE)


class Step:
    """A command, from the events that came of it."""

    def __init__(
        self, case: Case, command: Sequence[Entry], edition: Edition, books: Books
    ) -> None:
        self.findings: list[Finding] = []
        self._before = case
        self._command = command
        self._books = books
        self._desk = desk_of(case, command, edition, books)
        self._minutes = Minutes(case, self._desk, Role(command[0][0].role))
        self._case = case
        self._brings: tuple[Milestone, ...] | None = None
        self._on = self._desk.today
        self._act: Act | None = None

    def taken(self) -> Case:
        """The case after the command."""
        head, tail = _parted(self._command)
        self._envelopes()
        for at, event in head:
            if isinstance(event, Moved):
                self._moved(at, event)
            self._note(at, event)
        self._followed(tail)
        self._found(wrong_dues(self._before, self._case, self._desk.edition, self._books))
        return self._case

    def _tell(self, what: Amiss, seq: int, *says: object) -> None:
        said = tuple(str(one) for one in says)
        self.findings.append(Finding(what, self._before.id, seq, said))

    def _found(self, wrong: list[facts.Wrong]) -> None:
        last = self._command[-1][0].seq
        for one in wrong:
            self._tell(one.what, one.seq or last, *one.says)

    def _envelopes(self) -> None:
        """Everything that came of a command was written by the same person at the same time, not
        before what stands before it, and under calendars that were published."""
        first = self._command[0][0]
        for at, _event in self._command:
            before = self._before.recorded_at
            if at.recorded_at != first.recorded_at or (before and at.recorded_at < before):
                self._tell(Amiss.OUT_OF_TIME, at.seq, at.recorded_at.isoformat())
            if (at.actor, at.role, at.definition) != (first.actor, first.role, first.definition):
                self._tell(Amiss.NOT_THEIRS, at.seq, at.actor, at.role)
        for digest in calendars_of([event for _at, event in self._command]):
            if digest not in self._books.calendars:
                self._tell(Amiss.CALENDAR_MISSING, first.seq, digest)

    def _note(self, at: Envelope, event: Event) -> None:
        """Take over an event of the log, once what of it can be found is found."""
        self._found(facts.wrong_facts(self._minutes, at, event))
        self._minutes.note(event, at.effective_at)
        self._case = fold(self._case, event, at)

    def _moved(self, at: Envelope, event: Moved) -> None:
        """An action: it leaves from here and leads there, is theirs who took it, and no rule
        of it was broken."""
        desk, case = self._desk, self._minutes.case
        if event.action == FILED:
            start = desk.edition.chart.start
            state = desk.edition.definition.chart.states[desk.edition.definition.chart.initial]
            if case.leaves or (event.leaves, event.code) != (start, int(state.code)):
                self._tell(Amiss.NOT_ALLOWED, at.seq, event.action)
            self._brings, self._on = (Milestone.RECEIVED,), at.effective_at
            return
        action = desk.actions.get(event.action)
        leaves = (
            desk.edition.chart.take(
                case.leaves, event.action, case.answers, self._minutes.facts_for_conditions()
            )
            if action is not None
            else None
        )
        if action is None or leaves is None or leaves != event.leaves:
            self._tell(Amiss.NOT_ALLOWED, at.seq, event.action)
            return
        self._act = act = action.act
        self._on = falls_on(self._minutes, act, self._given())
        self._brings = ACT_RULES[act].marks
        _name, state = desk.edition.chart.state(leaves)
        code = int(code_of(self._minutes, act, state, self._on))
        if code != event.code:
            self._tell(Amiss.FACT_DIFFERS, at.seq, "code", event.code, code)
        self._theirs(at, event, act)
        for rule in GUARDS.get(act, ()):
            refused = rule(case, desk)
            if refused is not None:
                self._tell(Amiss.RULE_BROKEN, at.seq, event.action, refused.reason)

    def _theirs(self, at: Envelope, event: Moved, act: Act) -> None:
        """Whether whoever took an action may take it; at the window, for the applicant."""
        by_law = act in BY_LAW or self._desk.actor.has(Role.TIMER)
        if by_law or at.on_behalf:
            return
        command = TakeAction(event.action)
        if role_for(self._desk.actor, command, self._before, self._desk.edition) is None:
            self._tell(Amiss.NOT_THEIRS, at.seq, at.actor, at.role)

    def _given(self) -> i.Input:
        """Of what was typed with an action, what decides its day."""
        delivered = (e for _at, e in self._command if isinstance(e, Delivered))
        found = next(delivered, None)
        return i.Service(found.on, found.means) if found is not None else i.Plain()

    def _followed(self, tail: Sequence[Entry]) -> None:
        """What follows is found anew and compared; where it is not known what brings it about,
        it is taken over, and its dates are reckoned like all others."""
        brings = self._brings or ()
        marks = [(brings, self._on)] if brings else self._marked()
        if not marks:
            for at, event in tail:
                self._note(at, event)
            return
        known = len(self._minutes.facts)
        for milestones, on in marks:
            tolerated = self._minutes.case.tolerated and Milestone.ACCEPTED in milestones
            reached = (*milestones, Milestone.TOLERATED) if tolerated else milestones
            follow(
                self._minutes, reached, on, stopped_on=self._stopped_on(), stated=self._stated()
            )
        self._compared(self._minutes.facts[known:], tail)
        for at, event in tail:
            self._case = fold(self._case, event, at)

    def _marked(self) -> list[tuple[tuple[Milestone, ...], date]]:
        """What other commands than actions bring about: the milestones of their events."""
        head, _tail = _parted(self._command)
        return marked_by(self._before, head)

    def _stopped_on(self) -> date | None:
        return self._desk.today if self._act in ACCEPTS else None

    def _stated(self) -> Length | None:
        begun = (e for _at, e in self._command if isinstance(e, SpecialProcedureBegun))
        found = next(begun, None)
        return Length.parse(found.stated) if found is not None else None

    def _compared(self, found: Sequence[Fact], tail: Sequence[Entry]) -> None:
        """What was found to follow, with what stands in the log."""
        last = self._command[-1][0].seq
        for number, fact in enumerate(found):
            kind = type(fact.event).__name__
            if number >= len(tail):
                self._tell(Amiss.MISSING_EVENT, last, kind)
                continue
            at, event = tail[number]
            if type(event) is not type(fact.event):
                self._tell(Amiss.MISSING_EVENT, at.seq, kind)
                return
            for field, stands, should in facts.differences(event, fact.event):
                what = Amiss.DUE_DIFFERS if field in facts.DATES else Amiss.FACT_DIFFERS
                self._tell(what, at.seq, field, stands, should)
            if at.effective_at != fact.effective_at:
                self._tell(
                    Amiss.FACT_DIFFERS, at.seq, "effective_at", at.effective_at, fact.effective_at
                )
        for at, event in tail[len(found) :]:
            self._tell(Amiss.EXTRA_EVENT, at.seq, type(event).__name__)


def _parted(command: Sequence[Entry]) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """What was done, and at the end what followed from it."""
    end = len(command)
    while end and isinstance(command[end - 1][1], FOLLOWS):
        end -= 1
    return command[:end], command[end:]
