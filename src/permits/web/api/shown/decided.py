"""What happened to a case: its dates, the decision, the documents, step by step."""

from datetime import date, datetime

from pydantic import Field

from permits.casework.parts import Result
from permits.definitions.procedure import Milestone
from permits.text.history import Line
from permits.text.milestones import milestone
from permits.web.api.shown.counter import DocumentService, service
from permits.web.api.shown.parts import Basis, Named, Shown, basis
from permits.web.dossier import Dossier


class Day(Shown):
    """A dated fact of the case."""

    name: Milestone
    title: str
    on: date


class StillRequired(Shown):
    """An approval that this one does not replace."""

    name: str
    title: str
    says: str
    basis: Basis


class Decision(Shown):
    """What was decided. `kind` is `with_filing` or `outright` for an exemption, else `none`."""

    result: Result
    kind: str
    reason: str = Field(description="why it was refused; empty if it is not shown here")
    row: Named | None = Field(description="the row of the list it rests on")
    on: date
    revoked_on: date | None
    still_required: tuple[StillRequired, ...]


class Step(Shown):
    """A step of the case. `on` is the day it holds in law; `by_law` if nobody took it but time
    passed."""

    recorded_at: datetime
    on: date
    says: str
    more: tuple[str, ...]
    by: str = Field(description="by whom, as a role")
    by_law: bool


class Lateness(Shown):
    """A limit that was overrun, with the reason made public."""

    clock: Named
    reason: str = Field(description="empty if it was erased")


class Document(Shown):
    """A document that was drawn up. `href` is given to those who may read it."""

    place: int = Field(description="its place among the documents of the case, from 1")
    document: Named
    number: str
    on: date
    void: bool = Field(description="what it documents was undone")
    served: DocumentService | None = Field(description="how it reached the applicant, if recorded")
    href: str | None


def milestones(case: Dossier) -> tuple[Day, ...]:
    """The dated facts, in the order in which they came."""
    return tuple(
        Day(name=Milestone(name), title=milestone(name, case.language), on=on)
        for name, on in sorted(case.case.milestones.items(), key=lambda one: one[1])
    )


def decision(case: Dossier) -> Decision | None:
    """What was decided; None while nothing was."""
    held = case.case.decision
    if held is None:
        return None
    return Decision(
        result=held.result,
        kind=held.kind,
        reason=case.values.get(held.reason or "", ""),
        row=Named(name=held.row, title=case.row) if held.row else None,
        on=held.on,
        revoked_on=case.case.milestones.get(Milestone.REVOKED),
        still_required=tuple(
            StillRequired(
                name=name,
                title=rule.title.in_(case.language),
                says=rule.says.in_(case.language),
                basis=basis(rule.basis, case.definition.laws, case.language),
            )
            for name, rule in zip(held.still_required, case.still_required, strict=True)
        ),
    )


def lateness(case: Dossier) -> tuple[Lateness, ...]:
    """Why limits were overrun."""
    names_of = zip(case.case.lateness, case.lateness, strict=True)
    return tuple(
        Lateness(clock=Named(name=name, title=title), reason=reason)
        for name, (title, reason) in names_of
    )


def documents(case: Dossier, home: str | None) -> tuple[Document, ...]:
    """What was drawn up; with the address `home` of the case, where each can be read."""
    return tuple(
        Document(
            place=place,
            document=Named(name=drawn.document, title=title),
            number=drawn.number,
            on=drawn.on,
            void=drawn.void,
            served=service(case, drawn) if home else None,
            href=f"{home}/documents/{place}" if home else None,
        )
        for place, title, drawn in case.documents
    )


def step(line: Line) -> Step:
    """A step as the history tells it."""
    return Step(
        recorded_at=line.recorded_at,
        on=line.on,
        says=line.says,
        more=line.more,
        by=line.by,
        by_law=line.by_law,
    )
