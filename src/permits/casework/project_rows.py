"""What tables hold of a project: rows for lists and pages, pure functions of it."""

from datetime import UTC, date, datetime

import msgspec

from permits.casework.project import Project


class ProjectRow(msgspec.Struct, frozen=True):
    """One row for each project. `critical_on` is the earliest date on which something is due that
    holds a gate shut, `critical_case` and `critical_name` where and what."""

    code: str
    name: str
    party: str
    opened_on: date | None
    version: int
    cases: int
    shut: int
    critical_on: date | None
    critical_case: str
    critical_name: str
    updated_at: datetime


class MemberRow(msgspec.Struct, frozen=True):
    """A case of a project, with the stages of the works it covers, separated by blanks."""

    code: str
    case_id: str
    number: str
    permit: str
    stages: str
    stands: bool
    attached_on: date | None
    detached_on: date | None


class HoldRow(msgspec.Struct, frozen=True):
    """Something that holds a gate shut."""

    code: str
    case_id: str
    kind: str
    name: str
    gate: str
    opens: str
    due_on: date | None
    provisional: bool


def project_row(project: Project) -> ProjectRow:
    """The row of a project."""
    critical = project.critical
    return ProjectRow(
        code=project.code,
        name=project.name,
        party=project.party,
        opened_on=project.opened_on,
        version=project.version,
        cases=len(project.attached),
        shut=len(hold_rows(project)),
        critical_on=critical[1].due if critical else None,
        critical_case=critical[0].case if critical else "",
        critical_name=critical[1].name if critical else "",
        updated_at=project.recorded_at or datetime.min.replace(tzinfo=UTC),
    )


def member_rows(project: Project) -> tuple[MemberRow, ...]:
    """The cases of a project, those that left it too."""
    return tuple(
        MemberRow(
            code=project.code,
            case_id=member.case,
            number=member.number,
            permit=member.permit,
            stages=" ".join(member.stages),
            stands=member.stands,
            attached_on=member.attached_on,
            detached_on=member.detached_on,
        )
        for member in project.members.values()
    )


def hold_rows(project: Project) -> tuple[HoldRow, ...]:
    """What holds gates of a project shut, once for each gate."""
    return tuple(
        HoldRow(
            code=project.code,
            case_id=member.case,
            kind=hold.kind,
            name=hold.name,
            gate=gate,
            opens=hold.opens,
            due_on=hold.due,
            provisional=hold.provisional,
        )
        for member in project.attached
        for hold in member.holds.values()
        for gate in hold.gates
    )
