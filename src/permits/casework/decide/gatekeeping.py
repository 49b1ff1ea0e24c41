"""What a case may not do because of the other cases of its project.

A case never stands in its own way: what it owes itself is asked by its own procedure.
"""

from collections.abc import Iterable

from permits.casework.case import Case
from permits.casework.decide.desk import Desk
from permits.casework.decide.minutes import Minutes
from permits.casework.families.gates import GatesPassed
from permits.casework.project import Member, Project
from permits.casework.refusals import Reason, Refused
from permits.casework.ties import Answers, code_of, rests_on, stages_of
from permits.definitions.procedure import Act, WorksStage
from permits.definitions.projects import FILE
from permits.definitions.schema import Project as Tie


def may_not_join(desk: Desk, case_id: str, party: str, answers: Answers) -> Refused | None:
    """Why an application cannot be filed, or corrected to say this, in the project it names."""
    tie = desk.edition.definition.project
    project = _project(desk, answers)
    if tie is None or project is None:
        return None
    others = any(member.case != case_id for member in project.attached)
    if others and project.party != party:
        return Refused(Reason.PROJECT_OF_ANOTHER, (project.code,))
    return (
        _shut(tie, project, case_id, FILE)
        or _out_of_order(desk, project, case_id, answers)
        or _unsettled(desk, project, case_id, answers)
    )


def may_not_change(desk: Desk, case_id: str, answers: Answers) -> Refused | None:
    """Why what was granted cannot be changed to say this: what has to be alike in the stages of
    the works would no longer be."""
    tie = desk.edition.definition.project
    project = _project(desk, answers)
    if tie is None or project is None:
        return None
    return _unlike(tie, stages_of(desk.edition, answers), _granted(project, case_id), answers)


def may_not_go_on(case: Case, action: str, desk: Desk) -> Refused | None:
    """Why an action of a case has to wait for other cases of its project."""
    tie = desk.edition.definition.project
    project = _project(desk, case.answers)
    if tie is None or project is None:
        return None
    shut = _shut(tie, project, case.id, action)
    if shut is not None or desk.actions[action].act is not Act.GRANT:
        return shut
    return _out_of_order(desk, project, case.id, case.answers) or _unsettled(
        desk, project, case.id, case.answers
    )


def note_passed(minutes: Minutes, action: str) -> None:
    """Note which gates were found open, the stages the works follow and what they rest on, in
    which version of the project."""
    tie = minutes.definition.project
    project = _project(minutes.desk, minutes.case.answers)
    if tie is None or project is None:
        return
    gates = tie.passes.get(action, ())
    permits = action == FILE or minutes.desk.actions[action].act is Act.GRANT
    stages = _granted(project, minutes.case.id) if permits else {}
    settled = _settled(minutes, project) if permits else {}
    if gates or stages or settled:
        minutes.note(
            GatesPassed(
                project=project.code,
                version=project.version,
                gates=gates,
                stages=tuple(stages),
                settled=settled,
            )
        )


def _settled(minutes: Minutes, project: Project) -> dict[str, str]:
    """What the case rests on, each with the number of the case that has settled it."""
    case = minutes.case
    wanted = rests_on(minutes.desk.edition, case.answers)
    found = {what: project.settled(what, besides=case.id) for what in wanted}
    return {what: member.number for what, member in found.items() if member is not None}


def _project(desk: Desk, answers: Answers) -> Project | None:
    """The project that answers name; a new one if nothing was filed in it."""
    code = code_of(desk.edition, answers)
    return desk.projects.get(code, Project(code)) if code else None


def _shut(tie: Tie, project: Project, case_id: str, action: str) -> Refused | None:
    """The first gate that is shut, with everything that shuts it: of each the number of its case,
    what is owed in both languages, and what settles it."""
    for gate in tie.passes.get(action, ()):
        holds = project.shut(gate, besides=case_id)
        if holds:
            told = ((m.number, h.title["zh"], h.title["en"], h.opens) for m, h in holds)
            return Refused(Reason.GATE_SHUT, (gate, *(word for one in told for word in one)))
    return None


def _out_of_order(desk: Desk, project: Project, case_id: str, answers: Answers) -> Refused | None:
    """Stages are permitted in their order; several at once may be, none may be passed over."""
    tie = desk.edition.definition.project
    covered = stages_of(desk.edition, answers)
    granted = _granted(project, case_id)
    there = {*granted, *covered}
    skipped = [stage for stage in _before(covered) if stage not in there]
    skipped += [s.value for s in (tie.after if tie else ()) if s.value not in granted]
    if skipped:
        return Refused(Reason.STAGE_SKIPPED, tuple(dict.fromkeys(skipped)))
    twice = next((stage for stage in covered if stage in granted), None)
    if twice is not None:
        return Refused(Reason.STAGE_COVERED, (twice, granted[twice].number))
    return _unlike(tie, covered, granted, answers) if tie else None


def _unsettled(desk: Desk, project: Project, case_id: str, answers: Answers) -> Refused | None:
    """What the application says was settled in the project, and no case of it has."""
    wanted = rests_on(desk.edition, answers)
    open_ = tuple(what for what in wanted if project.settled(what, besides=case_id) is None)
    return Refused(Reason.NOT_SETTLED, open_) if open_ else None


def _before(covered: Iterable[str]) -> tuple[str, ...]:
    """Every stage that lies before one of these."""
    order = [stage.value for stage in WorksStage]
    last = max((order.index(stage) for stage in covered), default=0)
    return tuple(order[:last])


def _granted(project: Project, case_id: str) -> dict[str, Member]:
    """The stages that other cases of the project were permitted, and still are."""
    return {
        stage: member
        for member in project.attached
        if member.stands and member.case != case_id
        for stage in member.stages
    }


def _unlike(
    tie: Tie, covered: Iterable[str], granted: dict[str, Member], answers: Answers
) -> Refused | None:
    """What the earlier stages answered otherwise: the same contractor builds pit and structure."""
    for stage in covered:
        earlier = [granted[s] for s in _before([stage]) if s in granted]
        for field in tie.stages[WorksStage(stage)].alike:
            for member in earlier:
                if member.alike.get(field) != answers.get(field):
                    return Refused(Reason.NOT_ALIKE, (field, member.number))
    return None
