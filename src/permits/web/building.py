"""A project as pages and programs show it: its cases, what is owed, the gates and the stages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from permits.casework.access import sees
from permits.casework.case import Case
from permits.casework.dates import day_of
from permits.casework.project import Hold, Member, Project
from permits.definitions.procedure import WorksStage
from permits.definitions.schema import Definition
from permits.text import names, waiting
from permits.web.lights import Light, of_fee, of_obligation
from permits.web.visits import Visit


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that is owed in a case, an obligation or a fee."""

    title: str
    due: date | None
    provisional: bool
    light: Light


@dataclass(frozen=True, slots=True)
class ShownMember:
    """A case of the project; `path` is empty if its page is not for this reader."""

    member: Member
    path: str
    title: str
    permit: str
    state: str
    owed: tuple[Owed, ...]
    stages: tuple[str, ...]
    settles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownGate:
    """A step of the project that waits, and what for; open if for nothing."""

    title: str
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownStage:
    """A stage of the works, and the number of the case in which it was permitted."""

    title: str
    number: str


def member_of(visit: Visit, member: Member, case: Case) -> ShownMember:
    edition, language = visit.office.cases.edition(case), visit.language
    shows = edition.definition.permit.shows
    actor = visit.account.actor if visit.account is not None else None
    open_to = actor is not None and sees(actor, case)
    permit = edition.definition.permit.title.in_(language)
    return ShownMember(
        member=member,
        path=visit.home_of(case.id.removeprefix("case/")) if open_to else "",
        title=str(case.answers.get(shows.title, "")) or permit,
        permit=permit,
        state=edition.chart.state(case.leaves)[1].title.in_(language),
        owed=tuple(_owed(visit, case, edition.definition)),
        stages=tuple(names.stage(stage, language) for stage in member.stages),
        settles=tuple(names.settled(what, language) for what in member.settles if member.stands),
    )


def _owed(visit: Visit, case: Case, definition: Definition) -> Iterator[Owed]:
    today, language = day_of(visit.office.now()), visit.language
    for name, held in case.obligations.items():
        if held.status == "open":
            title = definition.obligations[name].title.in_(language)
            yield Owed(title, held.due, held.provisional, of_obligation(held, today))
    for name, fee in case.fees.items():
        if fee.balance_fen > 0:
            title = definition.fees[name].title.in_(language)
            yield Owed(title, fee.due, fee.provisional, of_fee(fee, today))


def gates_of(visit: Visit, project: Project, cases: Mapping[str, Case]) -> Iterator[ShownGate]:
    """Every gate that a permit type of the project knows, as that calls it."""
    known: dict[str, Definition] = {}
    for member in project.attached:
        definition = visit.office.cases.edition(cases[member.case]).definition
        known = {**dict.fromkeys(definition.gates, definition), **known}
    for gate, definition in known.items():
        waits_for = tuple(
            waiting.owed(member.number, title_of(hold, visit), hold.opens, visit.language)
            for member, hold in project.shut(gate)
        )
        yield ShownGate(waiting.gate(gate, definition, visit.language), waits_for)


def stages_of(visit: Visit, project: Project) -> Iterator[ShownStage]:
    """The stages of the works, if a case of the project covers any."""
    if not any(member.stages for member in project.attached):
        return
    for stage in WorksStage:
        permitted = (m.number for m in project.attached if m.stands and stage in m.stages)
        yield ShownStage(names.stage(stage, visit.language), next(permitted, ""))


def title_of(hold: Hold, visit: Visit) -> str:
    return hold.title[visit.language]
