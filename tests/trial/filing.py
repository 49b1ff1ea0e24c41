"""How applications come in: whole, lacking something, on paper, with what other offices know."""

from typing import Any, get_args

from permits.casework import commands as c
from permits.casework.parts import SharedOutcome
from permits.casework.ties import stages_of
from permits.definitions.edition import Edition
from permits.definitions.procedure import Role, WorksStage
from permits.definitions.schema import TrackName, Treatment
from tests.kit import OTHER_PARTY, PARTY, shared
from tests.staged import CODE, OTHER_CODE
from tests.trial import kinds
from tests.trial.people import applicant_of, holding
from tests.trial.ways_after import Draw, Way, brought
from tests.trial.world import Kept, World

MANNERS = ("whole",) * 6 + ("lacks", "lacks", "counter", "counter", "unsigned", "shared", "shared")


def drawn(world: World, one: Kept, draw: Draw) -> tuple[str, Way]:
    """In which manner an application comes, from whom, and with what."""
    permit = one.edition.permit
    track, sample = draw(_fitting(world, one, draw) or kinds.openings(permit))
    said = kinds.sample(permit, sample)
    tie = one.edition.definition.project
    if tie is not None:
        code = draw((CODE, CODE, CODE, OTHER_CODE))
        said = said._replace(answers={**said.answers, tie.code: code})
    party = draw((PARTY,) * 7 + (OTHER_PARTY,))
    if world.registry.parties[party].successor:
        party = draw((OTHER_PARTY if party == PARTY else PARTY,) * 5 + (party,))
    command = kinds.application(one.edition, track, said, party=party)
    manner = draw(MANNERS)
    return manner, _coming(world, one.edition, manner, command, draw)


def _coming(world: World, edition: Edition, manner: str, command: c.File, draw: Draw) -> Way:
    applicant = applicant_of(command.party)
    match manner:
        case "lacks":
            return applicant, changed(command, handed_in=command.handed_in[1:])
        case "counter":
            with_paper = draw((brought(world, draw),) * 5 + (None,))
            filed = changed(command, channel="counter", brought=with_paper)
            return draw(holding(Role.WINDOW)), filed
        case "unsigned":
            return applicant, changed(command, signed=())
        case "shared":
            return applicant, _shared(edition, command, draw)
        case _:
            return applicant, command


def _shared(edition: Edition, command: c.File, draw: Draw) -> c.File:
    """Other offices answer for what the track leaves to them; what they should have and do not
    is handed in, or is not."""
    rules = edition.definition.materials
    names = [n for n, m in rules.items() if m.tracks[TrackName(command.track)] is Treatment.SHARED]
    answers = tuple(shared(name, draw(get_args(SharedOutcome))) for name in names)
    answers += (shared("dance"),) if draw((False,) * 7 + (True,)) else ()
    keep = draw((True, False))
    kept = tuple(f for f in command.handed_in if f.material not in names or keep)
    return changed(command, shared=answers, handed_in=kept)


def _fitting(world: World, one: Kept, draw: Draw) -> tuple[kinds.Sampled, ...]:
    """The samples whose stages of the works are next in the first project, if there are stages;
    mostly."""
    found = kinds.openings(one.edition.permit)
    project = world.projects.get(CODE)
    if one.edition.definition.project is None or draw((False,) * 5 + (True,)):
        return found
    members = project.attached if project is not None else ()
    granted = {stage for member in members if member.stands for stage in member.stages}
    return tuple(sampled for sampled in found if _next(one, sampled, granted))


def _next(one: Kept, sampled: kinds.Sampled, granted: set[str]) -> bool:
    """Whether a sample covers stages that were not granted, and none before them is missing."""
    order = [stage.value for stage in WorksStage]
    covered = stages_of(one.edition, kinds.sample(one.edition.permit, sampled.sample).answers)
    before = order[: max((order.index(stage) for stage in covered), default=0)]
    return not granted & {*covered} and {*before} <= granted | {*covered}


def changed(command: c.File, **changes: Any) -> c.File:
    values = {name: getattr(command, name) for name in command.__struct_fields__}
    return c.File(**{**values, **changes})
