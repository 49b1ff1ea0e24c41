"""What every definition must keep, asked of each place a case can come to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from permits.definitions.act_rules import DEMANDED
from permits.definitions.chart import Step, leaf_paths, steps
from permits.definitions.checker.space import Edge, Node, Space
from permits.definitions.findings import Finding, Path
from permits.definitions.procedure import Act, Code, Milestone, Phase
from permits.definitions.schema import Definition, TrackName


@dataclass(frozen=True)
class Proof:
    """The space of a definition with what the rules ask of it again and again."""

    definition: Definition
    space: Space

    def act(self, edge: Edge) -> Act | None:
        return self.definition.chart.actions[edge.action].act if edge.action else None

    def phase(self, node: Node) -> Phase:
        return self.definition.chart.states[node.state].phase

    def code(self, node: Node) -> Code:
        return self.definition.chart.states[node.state].code

    def acts(self, node: Node) -> set[Act]:
        return {act for edge in self.space.edges[node] if (act := self.act(edge))}

    def leading_to(
        self, goal: Callable[[Node], bool], past: Callable[[Edge], bool] = lambda _edge: True
    ) -> set[Node]:
        """Nodes from which a node that satisfies `goal` can be reached over edges `past`."""
        back: dict[Node, list[Node]] = {}
        for node, edges in self.space.edges.items():
            for edge in edges:
                if past(edge):
                    back.setdefault(edge.to, []).append(node)
        found = {node for node in self.space.edges if goal(node)}
        waiting = list(found)
        while waiting:
            for before in back.get(waiting.pop(), ()):
                if before not in found:
                    found.add(before)
                    waiting.append(before)
        return found


def unsound(definition: Definition, space: Space) -> Iterator[Finding]:
    """Every rule over the space; nothing is proved of a space that was not seen whole."""
    if not space.whole:
        yield Finding(
            "chart.too_large",
            ("chart",),
            f"more than {len(space.edges)} situations were found and the search was stopped;"
            " nothing is proved, make the chart smaller",
        )
        return
    proof = Proof(definition, space)
    for rule in (
        _unreachable, _untaken, _stuck, _demanded, _office_must_act, _four_eyes, _both_decisions,
        _on_the_spot, _lawful_end, _restarted, _left_open, _never_opened, _duty_clocks, _lapses,
        _suspension,
    ):  # fmt: skip
        yield from rule(proof)


def _unreachable(proof: Proof) -> Iterator[Finding]:
    chart = proof.definition.chart
    seen = {leaf for node in proof.space.edges for leaf in node.leaves}
    for leaf in leaf_paths(chart):
        if leaf not in seen:
            yield Finding("chart.unreachable", _path(leaf), "no case can ever come here")


def _untaken(proof: Proof) -> Iterator[Finding]:
    for step in steps(proof.definition.chart):
        if step.action is not None and step not in proof.space.fired:
            says = f"this move can never be taken from `{step.source}`"
            yield Finding("chart.dead_move", _move(step), says)


def _stuck(proof: Proof) -> Iterator[Finding]:
    ends = proof.leading_to(lambda node: proof.phase(node) is Phase.ENDED)
    for node in _once(n for n in proof.space.edges if n not in ends):
        yield Finding(
            "chart.stuck",
            ("chart", "states", node.state),
            f"a case can come here and never reach an end{_open(node)}",
        )


def _demanded(proof: Proof) -> Iterator[Finding]:
    for node in _once(proof.space.edges):
        missing = set(DEMANDED.get(proof.phase(node), ()))
        missing |= {Act.WITHDRAW_COMMITMENT} & _before_decision(proof, node)
        for act in sorted(missing - proof.acts(node)):
            says = f"the law demands that `{act}` is open here"
            yield Finding("procedure.demanded", ("chart", "states", node.state), says)


def _before_decision(proof: Proof, node: Node) -> set[Act]:
    """Until the decision a commitment can be withdrawn."""
    before = (Phase.INTAKE, Phase.EXAMINATION, Phase.SUSPENDED)
    return (
        {Act.WITHDRAW_COMMITMENT}
        if node.track is not TrackName.ORDINARY and proof.phase(node) in before
        else set()
    )


_INTAKE_DUTIES = {
    Code.RECEIVED: {
        Act.ACCEPT,
        Act.ISSUE_CORRECTION,
        Act.DECLARE_NOT_REQUIRED,
        Act.DECLARE_NOT_COMPETENT,
    },
    Code.CORRECTION_BEGUN: {Act.SUPPLY_CORRECTIONS, Act.REFUSE_ACCEPTANCE},
    Code.CORRECTION_DONE: {Act.ACCEPT, Act.REFUSE_ACCEPTANCE},
}


def _office_must_act(proof: Proof) -> Iterator[Finding]:
    """Each step of 行政许可法 art. 32 has its outcomes; a second correction notice is none."""
    for node in _once(proof.space.edges):
        duties = _INTAKE_DUTIES.get(proof.code(node), set())
        duties = duties if proof.phase(node) is Phase.INTAKE else set()
        for act in sorted(duties - proof.acts(node)):
            says = f"`{act}` must be open here (行政许可法 art. 32)"
            yield Finding("procedure.demanded", ("chart", "states", node.state), says)
        if Act.ISSUE_CORRECTION in proof.acts(node) and proof.code(node) is not Code.RECEIVED:
            says = "a correction notice may be issued once, from a state with code 1 only"
            yield Finding("procedure.second_notice", ("chart", "states", node.state), says)


def _four_eyes(proof: Proof) -> Iterator[Finding]:
    """A decision follows an examination unless the track is decided on the spot; and whoever
    decides can send the case back."""
    for node in proof.space.edges:
        if proof.phase(node) is not Phase.EXAMINATION:
            continue
        spot = proof.definition.tracks[node.track].on_the_spot
        for edge in proof.space.edges[node]:
            if proof.act(edge) is Act.REFUSE and not node.examined:
                yield _unexamined(edge, node)
            if proof.act(edge) is Act.GRANT and not node.examined and not spot:
                yield _unexamined(edge, node)
        if node.examined and Act.RETURN not in proof.acts(node):
            says = "an opinion was given here, so `return` must be open to whoever decides"
            yield Finding("procedure.no_return", ("chart", "states", node.state), says)


def _unexamined(edge: Edge, node: Node) -> Finding:
    says = f"a case can be decided in `{node.state}` without an examiner's opinion"
    return Finding("procedure.unexamined", ("chart", "actions", str(edge.action)), says)


def _both_decisions(proof: Proof) -> Iterator[Finding]:
    """From acceptance on, both to grant and to refuse must stay possible without switching."""
    inside = (Phase.EXAMINATION, Phase.SUSPENDED)
    for act in (Act.GRANT, Act.REFUSE):
        found = proof.leading_to(
            lambda node, act=act: act in proof.acts(node) and proof.phase(node) in inside,  # type: ignore[misc]
            lambda edge: proof.phase(edge.to) in inside,
        )
        for node in _once(n for n in proof.space.edges if proof.phase(n) in inside):
            if node not in found:
                says = f"from here on the {node.track} track nobody can `{act}`"
                yield Finding("procedure.no_decision", ("chart", "states", node.state), says)


def _on_the_spot(proof: Proof) -> Iterator[Finding]:
    for node, edges in proof.space.edges.items():
        track = proof.definition.tracks[node.track]
        for edge in edges:
            accepted = proof.act(edge) in (Act.ACCEPT, Act.ACCEPT_BY_SILENCE)
            if accepted and track.on_the_spot and Act.GRANT not in proof.acts(edge.to):
                says = f"the {node.track} track is decided on the spot, yet cannot be granted here"
                yield Finding("track.not_on_the_spot", ("chart", "states", edge.to.state), says)


def _lawful_end(proof: Proof) -> Iterator[Finding]:
    ends = proof.leading_to(
        lambda node: proof.phase(node) is Phase.ENDED,
        lambda edge: proof.act(edge) is not Act.REVOKE,
    )
    for node in _once(proof.space.edges):
        if proof.phase(node) is Phase.IN_EFFECT and node not in ends:
            says = f"a granted case can only end by being revoked{_open(node)}"
            yield Finding("procedure.only_revocation", ("chart", "states", node.state), says)


def _restarted(proof: Proof) -> Iterator[Finding]:
    for part, name in sorted(proof.space.restarted):
        says = "this is opened again while it is still open; something must close it first"
        yield Finding("opened.twice", (part, name), says)


def _left_open(proof: Proof) -> Iterator[Finding]:
    for node in proof.space.edges:
        if proof.phase(node) is not Phase.ENDED:
            continue
        for part, names in (("clocks", node.clocks), ("obligations", node.obligations)):
            for name in sorted(names):
                says = f"a case can end in `{node.state}` while this is still open"
                yield Finding("closed.never", (part, name), says)


def _never_opened(proof: Proof) -> Iterator[Finding]:
    clocks = {name for node in proof.space.edges for name in node.clocks}
    duties = {name for node in proof.space.edges for name in node.obligations}
    for part, names, seen in (
        ("clocks", proof.definition.clocks, clocks),
        ("obligations", proof.definition.obligations, duties),
    ):
        for name in names:
            if name not in seen:
                yield Finding("opened.never", (part, name), "nothing ever opens this")


def _duty_clocks(proof: Proof) -> Iterator[Finding]:
    """Wherever the law sets somebody a time, a clock runs."""
    for node in _once(proof.space.edges):
        for says, names in _wanted_clocks(proof, node):
            if not names & node.clocks:
                path: Path = ("chart", "states", node.state)
                yield Finding("clock.missing", path, f"no clock runs here for {says}")


def _wanted_clocks(proof: Proof, node: Node) -> Iterator[tuple[str, set[str]]]:
    clocks = proof.definition.clocks
    phase, code, acts = proof.phase(node), proof.code(node), proof.acts(node)

    def stopped_by(milestone: Milestone) -> set[str]:
        return {n for n, c in clocks.items() if milestone in c.stops}

    if phase is Phase.INTAKE and code is not Code.CORRECTION_BEGUN:
        silent = {n for n, c in clocks.items() if c.lapse.action is not None}
        yield "the office's answer (行政许可法 art. 32)", silent
    if code is Code.CORRECTION_BEGUN:
        yield "the applicant's corrections", stopped_by(Milestone.CORRECTIONS_SUPPLIED)
    if phase in (Phase.EXAMINATION, Phase.SUSPENDED):
        for limit in ("promised", "statutory"):
            yield f"the {limit} limit", {n for n, c in clocks.items() if c.length.track == limit}
    if phase is Phase.SUSPENDED:
        yield "the time stated in the notice", {n for n, c in clocks.items() if c.length.stated}
    if Act.DELIVER in acts:
        yield "delivery (行政许可法 art. 44)", stopped_by(Milestone.DELIVERED)
    if Act.PUBLISH in acts:
        yield "publication", stopped_by(Milestone.PUBLISHED)


def _lapses(proof: Proof) -> Iterator[Finding]:
    """What a clock does when it expires must be open wherever it runs."""
    for name, clock in proof.definition.clocks.items():
        action = clock.lapse.action
        if action is None or action not in proof.definition.chart.actions:
            continue
        for node in _once(n for n in proof.space.edges if name in n.clocks):
            if all(edge.action != action for edge in proof.space.edges[node]):
                says = f"this runs in `{node.state}`, where `{action}` is not open when it expires"
                yield Finding("clock.lapse_shut", ("clocks", name, "lapse"), says)


def _suspension(proof: Proof) -> Iterator[Finding]:
    able = {act for node in proof.space.edges for act in proof.acts(node)}
    for name, clock in proof.definition.clocks.items():
        if clock.suspended_by and Act.SUSPEND not in able:
            says = "this can be suspended, but no action suspends"
            yield Finding("clock.never_suspended", ("clocks", name, "suspended_by"), says)
    if Act.SUSPEND in able and not any(c.suspended_by for c in proof.definition.clocks.values()):
        says = "an action suspends, but no clock says what may suspend it"
        yield Finding("clock.never_suspended", ("chart", "actions"), says)


def _once(nodes: Iterable[Node]) -> Iterator[Node]:
    """One node for each state, track, and set of open things, so that nothing is told twice."""
    seen = set()
    for node in nodes:
        key = (node.leaves, node.track, node.clocks, node.obligations)
        if key not in seen:
            seen.add(key)
            yield node


def _open(node: Node) -> str:
    names = sorted(node.obligations | node.clocks)
    return f" while {', '.join(names)} is open" if names else ""


def _path(leaf: str) -> Path:
    top, *inner = leaf.split(".")
    return ("chart", "states", top, "regions", *inner) if inner else ("chart", "states", top)


def _move(step: Step) -> Path:
    return ("chart", "actions", str(step.action), "moves", step.number)
