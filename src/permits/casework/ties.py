"""How a case is tied to its project: which one it names, and what it covers of the works."""

from collections.abc import Mapping

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.case import Case
from permits.definitions.conditions import Answer
from permits.definitions.edition import Edition

Answers = Mapping[str, Answer]


def code_of(edition: Edition, answers: Answers) -> str:
    """The code of the project that answers name; empty if they name none."""
    tie = edition.definition.project
    return str(answers.get(tie.code, "")) if tie is not None else ""


def codes(edition: Edition, case: Case, command: c.Asked | None = None) -> tuple[str, ...]:
    """The codes of the projects a decision looks at: the one the case belongs to, and the one a
    command names."""
    named = [code_of(edition, case.answers)]
    match command:
        case (
            c.File(answers=answers)
            | c.TakeAction(given=i.Supplement(answers=answers))
            | c.CorrectOnTheSpot(given=i.Supplement(answers=answers))
        ):
            named.append(code_of(edition, answers))
        case c.ActForApplicant(does=theirs):
            named.extend(codes(edition, case, theirs))
        case _:
            pass
    return tuple(dict.fromkeys(code for code in named if code))


def stages_of(edition: Edition, answers: Answers) -> tuple[str, ...]:
    """The stages of the works that answers cover, in the order of the works."""
    tie = edition.definition.project
    return tuple(
        name.value
        for name, stage in (tie.stages if tie is not None else {}).items()
        if edition.conditions[stage.covered].holds(answers, {})
    )


def alike_of(edition: Edition, answers: Answers) -> dict[str, Answer]:
    """What later stages have to answer alike."""
    tie = edition.definition.project
    stages = tie.stages.values() if tie is not None else ()
    fields = dict.fromkeys(field for stage in stages for field in stage.alike)
    return {field: answers[field] for field in fields if field in answers}


def changed(edition: Edition, before: Answers, after: Answers) -> bool:
    """Whether answers tie the case to its project otherwise than before."""
    ties = (code_of, stages_of, alike_of, rests_on)
    return any(tie(edition, before) != tie(edition, after) for tie in ties)


def settles_of(edition: Edition) -> tuple[str, ...]:
    """What a case settles for the others of its project once it was granted."""
    tie = edition.definition.project
    return tuple(what.value for what in tie.settles) if tie is not None else ()


def rests_on(edition: Edition, answers: Answers) -> tuple[str, ...]:
    """What another case must have settled, as answers say."""
    tie = edition.definition.project
    return tuple(
        what.value
        for what, condition in (tie.rests_on if tie is not None else {}).items()
        if edition.conditions[condition].holds(answers, {})
    )
