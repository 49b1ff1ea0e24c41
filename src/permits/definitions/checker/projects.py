"""Projects: what ties a case to one, the gates that stop it there, the stages of the works, and
what one case settles for another."""

from collections.abc import Iterator

from permits.definitions.checker.applications import Applications, TooWide
from permits.definitions.findings import Finding, Path
from permits.definitions.form import Question
from permits.definitions.procedure import Act, WorksStage
from permits.definitions.projects import FILE
from permits.definitions.schema import Definition, Project, Treatment

_ORDER = list(WorksStage)


def _tied(definition: Definition) -> Iterator[Finding]:
    """A project is named by its code and by a name that everybody may read."""
    tie = definition.project
    if tie is None:
        return
    fields = {q.id: q for q in definition.form.answerable}
    code, name = fields.get(tie.code), fields.get(tie.name)
    if code is not None and code.type != "project_code":
        says = f"`{tie.code}` is a {code.type}; a project is named by a field of type project_code"
        yield Finding("project.code", ("project", "code"), says)
    if code is not None and not _always(code) and _waits(definition, tie):
        says = (
            "cases wait for others of their project, or others for them, so the code is always"
            " asked and required"
        )
        yield Finding("project.code", ("project", "code"), says)
    if name is not None and (name.type != "text" or name.personal or not _always(name)):
        says = f"`{tie.name}` stands for the project in lists: a text, always asked, not personal"
        yield Finding("project.name", ("project", "name"), says)


def _waits(definition: Definition, tie: Project) -> bool:
    shuts = [duty.shuts for duty in definition.obligations.values()]
    shuts += [fee.shuts for fee in definition.fees.values()]
    ties = (tie.passes, tie.stages, tie.after, tie.settles, tie.rests_on)
    return any(ties) or any(shuts)


def _always(question: Question) -> bool:
    return question.required and question.when is None


def _untied(definition: Definition) -> Iterator[Finding]:
    """Only what belongs to a project can hold one up."""
    if definition.project is not None:
        return
    parts: tuple[tuple[str, dict[str, tuple[str, ...]]], ...] = (
        ("obligations", {n: o.shuts for n, o in definition.obligations.items()}),
        ("fees", {n: f.shuts for n, f in definition.fees.items()}),
    )
    for part, entries in parts:
        for name, shuts in entries.items():
            if shuts:
                says = "cases of this permit type belong to no project, so this shuts nothing"
                yield Finding("gate.no_project", (part, name, "shuts"), f"{says}; say `project`")


def _passed(definition: Definition) -> Iterator[Finding]:
    """Only filing and granting wait at a gate; and every way to a grant does where one does, or
    the filing: a gate may be shut after it. Whatever else the law lets somebody do stays open."""
    tie = definition.project
    passes = tie.passes if tie is not None else {}
    granting = {n for n, a in definition.chart.actions.items() if a.act is Act.GRANT}
    for name in passes:
        if name != FILE and name not in granting:
            says = f"`{name}` neither files nor grants; nothing else waits for other cases"
            yield Finding("gate.action", ("project", "passes", name), says)
    stopped = {gate for name in (FILE, *granting) for gate in passes.get(name, ())}
    for name in sorted(granting):
        for gate in sorted(stopped - set(passes.get(name, ()))):
            says = f"`{name}` grants, and would go round the gate `{gate}`"
            yield Finding("gate.round", ("project", "passes"), says)


def _stages(definition: Definition) -> Iterator[Finding]:
    tie = definition.project
    stages = tie.stages if tie is not None else {}
    path: Path = ("project", "stages")
    if len(stages) == 1:
        yield Finding("stage.single", path, "works that are permitted in stages have at least two")
    if [*stages] != [stage for stage in _ORDER if stage in stages]:
        order = ", ".join(_ORDER)
        yield Finding("stage.order", path, f"stages stand in the order of the works: {order}")
    fields = {q.id: q for q in definition.form.answerable}
    for n, (stage, rule) in enumerate(stages.items()):
        for m, name in enumerate(rule.alike):
            where: Path = (*path, stage.value, "alike", m)
            question = fields.get(name)
            if n == 0:
                yield Finding("stage.alike", where, "no stage comes before this one")
            elif question is not None and (question.personal or not _always(question)):
                says = f"`{name}` is compared between cases: always asked, required, not personal"
                yield Finding("stage.alike", where, says)


def _rested_on(definition: Definition) -> Iterator[Finding]:
    """What an application rests on is settled by another case, and spares a material; what the
    office has already, another case vouches for."""
    tie = definition.project
    rests_on = tie.rests_on if tie is not None else {}
    spared = {m.settled.when for m in definition.materials.values() if m.settled is not None}
    for what, condition in rests_on.items():
        path: Path = ("project", "rests_on", what.value)
        if tie is not None and what in tie.settles:
            says = f"cases of this permit type settle `{what}` themselves"
            yield Finding("project.rests_on", path, says)
        elif condition not in spared:
            says = "no material is `settled` under this condition, so nothing is spared by it"
            yield Finding("project.rests_on", path, says)
    for name, material in definition.materials.items():
        where: Path = ("materials", name, "settled")
        if material.settled is None:
            continue
        if material.settled.when not in rests_on.values():
            says = "the applicant's word alone makes the office hold nothing; name a condition of"
            yield Finding("material.settled", where, f"{says} `project.rests_on`")
        if not _HANDED_IN & {*material.tracks.values()}:
            says = "no track asks for this material, so there is nothing to spare"
            yield Finding("material.settled", where, says)


_HANDED_IN = {Treatment.SUPPLIED, Treatment.COMMITTED, Treatment.DEFERRED}

RULES = (_tied, _untied, _passed, _stages, _rested_on)
"""Findings about the project as it is written."""


def uncovered(applications: Applications) -> Iterator[Finding]:
    """Every application covers stages of the works that follow each other, at least one."""
    tie = applications.definition.project
    stages = tie.stages if tie is not None else {}
    path: Path = ("project", "stages")
    if len(stages) < 2:
        return
    try:
        met = applications.telling([stage.covered for stage in stages.values()])
    except TooWide:
        yield Finding("cel.too_wide", path, "what stages cover reads too much to be proved")
        return
    found = {tuple(one.meets([s.covered]) for s in stages.values()) for one in met}
    if any(not any(covered) for covered in found):
        yield Finding("stage.uncovered", path, "somebody can apply for no stage at all")
    if any(_gap(covered) for covered in found):
        says = "somebody can apply for two stages and pass over the one between them"
        yield Finding("stage.gap", path, says)


def _gap(covered: tuple[bool, ...]) -> bool:
    at = [n for n, one in enumerate(covered) if one]
    return bool(at) and at[-1] - at[0] + 1 != len(at)
