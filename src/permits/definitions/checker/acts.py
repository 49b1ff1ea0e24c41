"""What the law fixes about states and actions, whatever the chart looks like."""

from collections.abc import Iterator

from permits.definitions.act_rules import ACT_RULES, ActRule
from permits.definitions.findings import Finding, Path
from permits.definitions.procedure import Act, Milestone, Phase, Role
from permits.definitions.schema import Action, Definition, State


def unlawful(definition: Definition) -> Iterator[Finding]:
    """Findings about single states and actions."""
    chart = definition.chart
    for name, state in chart.states.items():
        yield from _state(definition, name, state)
    for name, action in chart.actions.items():
        yield from _action(definition, name, action)
    initial = chart.states[chart.initial]
    if initial.phase is not Phase.INTAKE:
        yield Finding("chart.initial", ("chart", "initial"), "a case begins in the intake phase")


def _state(definition: Definition, name: str, state: State) -> Iterator[Finding]:
    path: Path = ("chart", "states", name)
    if state.final != (state.phase is Phase.ENDED):
        says = "a state is final exactly if its phase is `ended`"
        yield Finding("chart.final", (*path, "final"), says)
    if bool(state.regions) != (state.done is not None):
        says = "`regions` and `done` go together: `done` is where the case goes when all are done"
        yield Finding("chart.regions", path, says)
    if state.done is not None:
        to = definition.chart.states[state.done]
        if to.phase not in (state.phase, Phase.ENDED) or to.code is not state.code:
            says = f"`{state.done}` has another meaning: the phase must stay or end, the code stay"
            yield Finding("chart.done", (*path, "done"), says)
    for region, inner in state.regions.items():
        finals = [leaf for leaf, part in inner.items() if part.final]
        if len(inner) < 2 or not finals or next(iter(inner)) in finals:
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
    for m, move in enumerate(action.moves):
        for source in move.frm:
            yield from _move(definition, (*path, "moves", m), rule, source, move.to)
    if Role.TIMER in action.by and name not in {
        c.lapse.action for c in definition.clocks.values()
    }:
        says = "the timer takes this, but no clock has it as its `lapse.action`"
        yield Finding("act.timer", (*path, "by"), says)


def _move(
    definition: Definition, path: Path, rule: ActRule, source: str, to: str
) -> Iterator[Finding]:
    states = definition.chart.states
    before, after = states[source.split(".", maxsplit=1)[0]], states[to.split(".", maxsplit=1)[0]]
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
        yield Finding("act.code", (*path, "to"), says)
    if "." in to and to.rsplit(".", 1)[0] != source.rsplit(".", 1)[0]:
        says = f"`{to}` is inside another region than `{source}`; regions are entered as a whole"
        yield Finding("chart.cross_region", (*path, "to"), says)
    if source == to and rule is not ACT_RULES[Act.WITHDRAW_COMMITMENT]:
        yield Finding("chart.standstill", (*path, "to"), "this move leads nowhere else")


def undocumented(definition: Definition) -> Iterator[Finding]:
    """Acts the law demands in writing have a document (行政许可法 art. 32, 38, 42, 45, 69)."""
    acts = {a.act for a in definition.chart.actions.values()}
    marked = {m for act in acts for m in ACT_RULES[act].marks}
    marked |= {Milestone.RECEIVED}
    marked |= (
        {Milestone.EXTENDED} if any(c.extension for c in definition.clocks.values()) else set()
    )
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
    Milestone.NOT_ACCEPTED,
    Milestone.SUSPENDED,
    Milestone.EXTENDED,
    Milestone.GRANTED,
    Milestone.REFUSED,
    Milestone.REVOKED,
    Milestone.DEREGISTERED,
}


def ambiguous_levels(definition: Definition) -> Iterator[Finding]:
    """The same action may not leave both a state and something inside it."""
    for name, action in definition.chart.actions.items():
        sources = {source for move in action.moves for source in move.frm}
        for source in sorted(sources):
            if "." in source and source.split(".")[0] in sources:
                says = f"this leaves `{source}` and `{source.split('.')[0]}` around it too"
                yield Finding("chart.two_levels", ("chart", "actions", name), says)


def repeated_acts(definition: Definition) -> Iterator[Finding]:
    """Acts that exist once in a procedure have one action."""
    seen: dict[Act, str] = {}
    for name, action in definition.chart.actions.items():
        if action.act is not Act.GRANT and action.act in seen:
            says = f"`{seen[action.act]}` does the same act; give it more moves instead"
            yield Finding("act.repeated", ("chart", "actions", name, "act"), says)
        seen.setdefault(action.act, name)
