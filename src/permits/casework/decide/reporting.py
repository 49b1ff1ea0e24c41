"""What a project is told of a command in one of its cases: whatever it does not know already."""

from collections.abc import Iterator

from permits.casework.case import Case
from permits.casework.decide.desk import Desk
from permits.casework.decide.minutes import Fact, Noted, Reported
from permits.casework.envelope import Envelope, Event
from permits.casework.families.projects import (
    CaseAttached,
    CaseDetached,
    CaseReported,
    GateOpened,
    GateShut,
    ProjectOpened,
    ProjectTransferred,
    fold_project,
)
from permits.casework.project import Hold, Member, Project, stream_of
from permits.casework.ties import alike_of, code_of, settles_of, stages_of
from permits.definitions.procedure import ENDS_OF_THE_GRANT, Milestone

_LOST = {Milestone.REVOKED, *ENDS_OF_THE_GRANT} - {Milestone.REOPENED}
_NOTHING_GRANTED = frozenset({Milestone.WITHDRAWN, Milestone.NOT_ACCEPTED, Milestone.REFUSED})


def reported(before: Case, noted: Noted, desk: Desk) -> Noted:
    """The same, with what the projects of the case are told. A project that is told nothing is
    among them too: the decision was taken in view of it."""
    if not noted.facts:
        return noted
    was, now = (code_of(desk.edition, case.answers) for case in (before, noted.case))
    reports = []
    if was and was != now:
        reports.append(_Report(was, noted, desk).left())
    if now:
        reports.append(_Report(now, noted, desk).told(before.party))
    return noted._replace(projects=tuple(reports))


class _Report:
    """Gathers what one project is told; it follows each event."""

    def __init__(self, code: str, noted: Noted, desk: Desk) -> None:
        self.project = desk.projects.get(code, Project(code))
        self.case = noted.case
        self.role = noted.role
        self.desk = desk
        self.facts: list[Fact] = []

    def left(self) -> Reported:
        """The case names another project now."""
        self._note(CaseDetached(case=self.case.id))
        return Reported(self.project, tuple(self.facts))

    def told(self, was: str) -> Reported:
        """`was` is the party of the case before."""
        case = self.case
        if was != case.party and was and self.project.party == was:
            self._note(ProjectTransferred(party=case.party))
        member = self.project.members.get(case.id)
        known = member is not None and member.attached
        ended = not _NOTHING_GRANTED.isdisjoint(case.milestones)
        if known or not ended:
            self._attach(member if known else None)
            self._report()
            self._gates()
            if ended:
                self._note(CaseDetached(case=case.id))
        return Reported(self.project, tuple(self.facts))

    def _attach(self, member: Member | None) -> None:
        case, edition, project = self.case, self.desk.edition, self.project
        tie = edition.definition.project
        name = str(case.answers.get(tie.name, "")) if tie else ""
        if not project.attached and (name, case.party) != (project.name, project.party):
            self._note(ProjectOpened(code=project.code, name=name, party=case.party))
        stages, alike = stages_of(edition, case.answers), alike_of(edition, case.answers)
        settles = settles_of(edition)
        ties = (stages, alike, settles)
        if member is None or (member.stages, member.alike, member.settles) != ties:
            self._note(
                CaseAttached(
                    case=case.id,
                    number=case.number,
                    permit=case.permit,
                    stages=stages,
                    alike=alike,
                    settles=settles,
                )
            )

    def _report(self) -> None:
        case, member = self.case, self.project.members[self.case.id]
        stands = Milestone.GRANTED in case.milestones and _LOST.isdisjoint(case.milestones)
        if (member.milestones, member.stands) != (case.milestones, stands):
            report = CaseReported(case=case.id, milestones=case.milestones, stands=stands)
            self._note(report)

    def _gates(self) -> None:
        held = self.project.members[self.case.id].holds
        now = {hold.key: hold for hold in holds(self.case, self.desk)}
        for key, hold in now.items():
            if held.get(key) != hold:
                self._note(_shut(self.case.id, hold))
        for key, hold in held.items():
            if key not in now:
                self._note(GateOpened(case=self.case.id, kind=hold.kind, name=hold.name))

    def _note(self, event: Event) -> None:
        desk, project = self.desk, self.project
        recorded = max(desk.now, project.recorded_at) if project.recorded_at else desk.now
        envelope = Envelope(
            id="",
            stream=stream_of(project.code),
            seq=project.version + 1,
            type=type(event).__name__,
            schema=1,
            definition=desk.edition.digest,
            recorded_at=recorded,
            effective_at=desk.today,
            actor=desk.actor.id,
            role=self.role,
            office=desk.actor.office,
            department=desk.actor.department,
            command=desk.command,
            in_place_of=desk.actor.place_of(self.role),
        )
        self.facts.append(Fact(event, desk.today))
        self.project = fold_project(project, event, envelope)


def holds(case: Case, desk: Desk) -> Iterator[Hold]:
    """What is owed in a case and holds gates of its project shut."""
    definition = desk.edition.definition
    for name, held in case.obligations.items():
        duty = definition.obligations[name]
        if duty.shuts and held.status == "open":
            title = duty.title.model_dump()
            opens = duty.settled_by
            yield Hold("obligation", name, duty.shuts, title, opens, held.due, held.provisional)
    for name, owed in case.fees.items():
        fee = definition.fees[name]
        if fee.shuts and owed.balance_fen > 0:
            title = fee.title.model_dump()
            yield Hold("fee", name, fee.shuts, title, "payment", owed.due, owed.provisional)


def _shut(case_id: str, hold: Hold) -> GateShut:
    return GateShut(
        case=case_id,
        kind=hold.kind,
        name=hold.name,
        gates=hold.gates,
        title=hold.title,
        opens=hold.opens,
        due=hold.due,
        provisional=hold.provisional,
    )
