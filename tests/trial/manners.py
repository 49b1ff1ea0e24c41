"""In which manners a case may go a way on: by whom, told what, after what, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.case import Case
from permits.casework.decide import Desk
from permits.casework.decide.joint_review import concerned
from permits.casework.fees import shut_by_fee
from permits.casework.project import Project
from permits.casework.rows import due_rows
from permits.casework.working_days import WorkingDays
from permits.definitions.checker.space import Edge
from permits.definitions.edition import Edition
from permits.definitions.procedure import Act, RevocationGround
from tests.kit import SEAL, paper
from tests.trial.given import GIVEN, payments
from tests.trial.people import INSPECTORS, PEOPLE, holding

SEEDS = tuple("0123456789")
"""Lots that are drawn, until one lets a check begin and one does not."""

Way = tuple[str, c.Command]


class Manner(NamedTuple):
    """What is told one after the other, and the lot that is drawn."""

    ways: tuple[Way, ...]
    seed: str


@dataclass(frozen=True)
class Driven:
    """A case that has come somewhere, and when; `because` is why the last word was refused."""

    case: Case
    now: datetime
    projects: dict[str, Project]
    because: str = ""


class Waited(c.Recompute, frozen=True, tag="waited"):
    """Time passes until a moment."""

    until: datetime


@dataclass(frozen=True)
class Manners:
    """The manners of one permit type."""

    edition: Edition
    begun: datetime
    days: WorkingDays

    def of(self, driven: Driven, edge: Edge) -> Iterator[Manner]:
        """How a way may be gone: at once, after what it waits for was done, or later."""
        for way in self._words(driven, edge):
            for before in self._before(driven, edge):
                for seed in SEEDS if self._by_lot(edge) else SEEDS[:1]:
                    yield Manner((*before, way), seed)

    def _by_lot(self, edge: Edge) -> bool:
        """Whether a lot is drawn: at the grant, or when something is reported that opens a duty
        of only some cases."""
        duties = self.edition.definition.obligations
        opening = {duty.opens for duty in duties.values() if duty.sample is not None}
        if edge.action is not None:
            return bool(opening) and self._act(edge) is Act.GRANT
        return edge.obligation is not None and duties[edge.obligation].reports in opening

    def _act(self, edge: Edge) -> Act:
        return self.edition.definition.chart.actions[str(edge.action)].act

    def _before(self, driven: Driven, edge: Edge) -> Iterator[tuple[Way, ...]]:
        """What goes before, and leaves the case where it stands: nothing, what others have to
        say, a debt that is paid, a notice that was answered; or time that passes."""
        if edge.obligation is not None:
            yield self._written(driven, edge.obligation)
            return
        yield ()
        if edge.action is None:
            return
        act = self._act(edge)
        if act in (Act.EXAMINE, Act.GRANT, Act.REFUSE) and self.edition.definition.joint_review:
            yield tuple(self._opinions(driven.case))
        if shut_by_fee(driven.case, self.edition, edge.action) or act is Act.CONCLUDE:
            yield tuple(payments(driven.case))
        if act is Act.REVOKE:
            told = c.NoticeRevocation(RevocationGround.OTHER, SEAL)
            yield ("leader", told), ("applicant", c.StateCase(SEAL))
            if driven.case.intended is not None:
                yield (("applicant", c.StateCase(SEAL)),)
        rows = due_rows(driven.case, self.edition)
        clocks = [due.due_on for due in rows if due.kind == "clock"]
        for dues in (clocks, [due.due_on for due in rows]):
            days = max(0, (max(dues, default=date.min) - driven.now.date()).days) + 2
            yield (("timer", Waited(driven.now + timedelta(days=days))),)

    def _opinions(self, case: Case) -> Iterator[Way]:
        desk = Desk(self.edition, PEOPLE["examiner"], self.begun, self.days, "", {})
        names = tuple(concerned(case, desk)) if case.track else ()
        unasked = tuple(n for n in names if n not in case.latest_requests)
        if unasked:
            yield "examiner", h.AskOpinions(unasked)
        for name in names:
            request = case.latest_requests.get(name)
            if request is None or request.given is None:
                yield name, h.GiveOpinion(name, "agree", SEAL)
        if case.joined is None:
            yield "examiner", h.JoinOpinions(SEAL)

    def _words(self, driven: Driven, edge: Edge) -> Iterator[Way]:
        """The word that goes a way, in each form it may have."""
        if edge.action is not None:
            for who in holding(self.edition.definition.chart.actions[edge.action].by[0]):
                yield who, self._taking(driven, edge)
                if self._act(edge) is not Act.GRANT:
                    return
        elif edge.obligation is not None:
            yield self._settling(driven, edge.obligation)
        else:
            yield from self._beside(driven.case)

    def _taking(self, driven: Driven, edge: Edge) -> c.Command:
        action = str(edge.action)
        if self._act(edge) is Act.ACCEPT_BY_SILENCE:
            clocks = self.edition.definition.clocks.items()
            return c.LapseClock(next(n for n, rule in clocks if rule.lapse.action == action))
        return c.TakeAction(action, GIVEN[i.INPUT_OF[self._act(edge)]](self.edition, driven))

    def _settling(self, driven: Driven, name: str) -> Way:
        rule, on = self.edition.definition.obligations[name], driven.now.date()
        if rule.settled_by == "payment":
            fee = driven.case.fees[str(rule.pays)]
            return "window", c.PayFee(fee.name, on, fee.balance_fen, SEAL)
        if rule.settled_by == "report":
            return "applicant", c.ReportObligation(name, on, (paper(rule.brings or "proof"),))
        return self._theirs(driven, name)[-1], c.SignCheck(name, SEAL, agrees=True)

    def _theirs(self, driven: Driven, name: str) -> tuple[str, ...]:
        """Those who check."""
        return driven.case.obligations[name].inspectors or INSPECTORS

    def _written(self, driven: Driven, name: str) -> tuple[Way, ...]:
        """What goes before a check is done: its record is written, and all but one sign it."""
        if self.edition.definition.obligations[name].settled_by != "verification":
            return ()
        first, *others = self._theirs(driven, name)
        on = driven.now.date()
        check = c.VerifyObligation(
            name, passed=True, on=on, inspectors=(first, *others), finding=SEAL
        )
        sign = c.SignCheck(name, SEAL, agrees=True)
        return (first, check), *((one, sign) for one in others[:-1])

    def _beside(self, case: Case) -> Iterator[Way]:
        if case.tolerated:
            yield "applicant", c.SupplyLater(tuple(map(paper, case.tolerated)))
        if case.intended is None:
            yield "leader", c.NoticeRevocation(RevocationGround.OTHER, SEAL)
        else:
            yield "applicant", c.StateCase(SEAL)
            yield "leader", c.DropRevocation(SEAL)
