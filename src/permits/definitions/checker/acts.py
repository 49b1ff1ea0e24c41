"""What the law fixes about states and actions, whatever the chart looks like."""

from collections.abc import Iterator

from permits.definitions.act_rules import ACT_RULES, ActRule
from permits.definitions.checker.marked import marked_beside
from permits.definitions.findings import Finding, Path
from permits.definitions.procedure import (
    OUTSIDE_CHART,
    TOLERANCE_MILESTONES,
    Act,
    Code,
    Milestone,
    Phase,
    Role,
)
from permits.definitions.schema import Action, Definition, State, TrackName


def _states(definition: Definition) -> Iterator[Finding]:
    for name, state in definition.chart.states.items():
        yield from _state(definition, name, state)


def _actions(definition: Definition) -> Iterator[Finding]:
    for name, action in definition.chart.actions.items():
        yield from _action(definition, name, action)
        yield from _sources(("chart", "actions", name), action)


def _initial(definition: Definition) -> Iterator[Finding]:
    chart = definition.chart
    initial = chart.states[chart.initial]
    if initial.phase is not Phase.INTAKE or initial.code is not Code.RECEIVED:
        says = f"a case begins in the intake phase with code 1; `{chart.initial}` is another"
        yield Finding("chart.initial", ("chart", "initial"), says)


def _state(definition: Definition, name: str, state: State) -> Iterator[Finding]:
    path: Path = ("chart", "states", name)
    if state.final != (state.phase is Phase.ENDED):
        says = f"a state is final exactly if its phase is `ended`; found {state.phase}"
        yield Finding("chart.final", (*path, "final"), says)
    if bool(state.regions) != (state.done is not None):
        says = "`regions` and `done` go together: `done` is where the case goes when all are done"
        yield Finding("chart.done", path, says)
    if state.done is not None and state.final:
        says = f"`{name}` is final; nothing leaves an end"
        yield Finding("chart.leaves_end", (*path, "done"), says)
    if state.done is not None:
        to = definition.chart.states[state.done]
        if to.phase not in (state.phase, Phase.ENDED) or to.code is not state.code:
            says = f"`{state.done}` has another meaning: the phase must stay or end, the code stay"
            yield Finding("chart.done", (*path, "done"), says)
    for region, inner in state.regions.items():
        finals = [leaf for leaf, part in inner.items() if part.final]
        if not finals or next(iter(inner)) in finals:
            says = "a region begins in a state that is not final and has at least one that is"
            yield Finding("chart.region", (*path, "regions", region), says)


def _action(definition: Definition, name: str, action: Action) -> Iterator[Finding]:
    path: Path = ("chart", "actions", name)
    rule = ACT_RULES[action.act]
    wrong = [role for role in action.by if role not in rule.by]
    if wrong:
        allowed = ", ".join(sorted(rule.by))
        says = f"`{action.act}` is not for {', '.join(wrong)}; it may be done by {allowed}"
        yield Finding("act.role", (*path, "by"), f"{says} ({rule.basis})")
    if action.reversible and not rule.reversible:
        says = f"`{action.act}` binds as soon as it is done; it is not undone as a slip"
        yield Finding("act.reversible", (*path, "reversible"), says)
    for m, move in enumerate(action.moves):
        for source in move.frm:
            yield from _move(definition, (*path, "moves", m), rule, source, move.to)


def _timer(definition: Definition) -> Iterator[Finding]:
    lapsing = {clock.lapse.action for clock in definition.clocks.values()}
    lapsing |= {duty.lapse.action for duty in definition.obligations.values() if duty.lapse}
    lapsing |= {definition.term.expires} if definition.term is not None else set()
    for name, action in definition.chart.actions.items():
        if Role.TIMER in action.by and name not in lapsing:
            says = "the timer takes this, but nothing has it under `lapse.action` or as its end"
            yield Finding("act.timer", ("chart", "actions", name, "by"), says)


def _move(
    definition: Definition, path: Path, rule: ActRule, source: str, to: str
) -> Iterator[Finding]:
    before, after = _top(definition, source), _top(definition, to)
    lead = rule.leads.get(before.phase)
    if lead is None:
        says = f"`{source}` is in phase {before.phase}, where this act cannot be taken"
        yield Finding("act.phase", (*path, "from"), f"{says} ({rule.basis})")
    elif after.phase not in lead.to:
        wanted = " or ".join(sorted(lead.to))
        says = f"`{to}` is in phase {after.phase}; from {before.phase} this act leads to {wanted}"
        yield Finding("act.leads", (*path, "to"), f"{says} ({rule.basis})")
    elif after.code not in lead.codes:
        wanted = " or ".join(str(int(code)) for code in sorted(lead.codes))
        says = f"`{to}` carries national code {int(after.code)}; here it must be {wanted}"
        derived = after.code is Code.GRANTED_WITH_OPEN_DEBTS
        yield Finding("act.code", (*path, "to"), f"{says}{_DERIVED if derived else ''}")
    if "." in to and to.rsplit(".", 1)[0] != source.rsplit(".", 1)[0]:
        says = f"`{to}` is inside another region than `{source}`; regions are entered as a whole"
        yield Finding("chart.cross_region", (*path, "to"), says)
    if _is_final(definition, source):
        says = f"`{source}` is final; nothing leaves an end"
        yield Finding("chart.leaves_end", (*path, "from"), says)
    if source == to and rule is not ACT_RULES[Act.WITHDRAW_COMMITMENT]:
        yield Finding("chart.standstill", (*path, "to"), f"`{source}` leads back to itself")


_DERIVED = " (12 follows by itself from what a grant puts off)"


def _top(definition: Definition, place: str) -> State:
    return definition.chart.states[place.split(".", maxsplit=1)[0]]


def _is_final(definition: Definition, place: str) -> bool:
    state, _, inner = place.partition(".")
    if not inner:
        return definition.chart.states[state].final
    region, _, leaf = inner.partition(".")
    return definition.chart.states[state].regions[region][leaf].final


def _sources(path: Path, action: Action) -> Iterator[Finding]:
    """One action moves one thing: not both a state and something inside it, nor two regions."""
    sources = {source for move in action.moves for source in move.frm}
    for source in sorted(sources):
        state, _, inner = source.partition(".")
        if inner and state in sources:
            says = f"this leaves `{source}` and `{state}` around it too; keep one"
            yield Finding("chart.two_levels", path, says)
    regions = {source.rpartition(".")[0] for source in sources if "." in source}
    for state in sorted({region.partition(".")[0] for region in regions}):
        both = sorted(region for region in regions if region.startswith(f"{state}."))
        if len(both) > 1:
            says = f"this would move {' and '.join(both)} at once; make it two actions"
            yield Finding("chart.two_regions", path, says)


def _undocumented(definition: Definition) -> Iterator[Finding]:
    """Acts the law demands in writing have a document (行政许可法 art. 32, 38, 42, 45, 48, 69)."""
    acts = {a.act for a in definition.chart.actions.values()}
    marked = {m for act in acts for m in ACT_RULES[act].marks}
    marked |= (OUTSIDE_CHART - {Milestone.EXTENDED}) | marked_beside(definition)
    marked |= {d.reports for d in definition.obligations.values() if d.reports is not None}
    if TrackName.TOLERANT in definition.tracks:
        marked |= TOLERANCE_MILESTONES
    if any(clock.extension for clock in definition.clocks.values()):
        marked |= {Milestone.EXTENDED}
    drawn = {d.drawn_at for d in definition.documents.values()}
    for milestone in sorted(_IN_WRITING & marked - drawn):
        says = (
            f"no document is drawn up when a case is {milestone}; the law demands one in writing"
        )
        yield Finding("document.missing", ("documents",), says)
    for name, document in definition.documents.items():
        if document.drawn_at not in marked:
            says = f"no action ever marks `{document.drawn_at}`"
            yield Finding("document.never", ("documents", name, "drawn_at"), says)


_IN_WRITING = {
    Milestone.RECEIVED,
    Milestone.CORRECTION_ISSUED,
    Milestone.ACCEPTED,
    Milestone.TOLERATED,
    Milestone.NOT_ACCEPTED,
    Milestone.SUSPENDED,
    Milestone.EXTENDED,
    Milestone.HEARING_HELD,
    Milestone.GRANTED,
    Milestone.REFUSED,
    Milestone.REVOCATION_NOTICED,
    Milestone.REVOCATION_DROPPED,
    Milestone.REVOKED,
    Milestone.GRANT_WITHDRAWN,
    Milestone.DEREGISTERED,
    Milestone.DOCUMENT_CORRECTED,
    Milestone.DUTY_EXTENDED,
    Milestone.DUTY_NOT_EXTENDED,
    Milestone.VOIDED,
    Milestone.RENEWED,
    Milestone.NOT_RENEWED,
    Milestone.EXPIRED,
    Milestone.AMENDED,
    Milestone.NOT_AMENDED,
}


def _repeated(definition: Definition) -> Iterator[Finding]:
    """Acts that exist once in a procedure have one action."""
    seen: dict[Act, str] = {}
    for name, action in definition.chart.actions.items():
        if action.act is not Act.GRANT and action.act in seen:
            says = f"`{seen[action.act]}` does the same act; give it more moves instead"
            yield Finding("act.repeated", ("chart", "actions", name, "act"), says)
        seen.setdefault(action.act, name)


RULES = (_states, _actions, _initial, _repeated, _timer, _undocumented)
"""Findings about single states and actions, and about what cannot be built into a chart."""
