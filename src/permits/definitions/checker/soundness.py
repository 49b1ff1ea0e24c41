"""What every chart must keep: every place of use, an end for every case, nothing left open."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from permits.definitions.checker.applications import Applications
from permits.definitions.checker.rooms import Node
from permits.definitions.checker.space import Edge, Space
from permits.definitions.findings import Finding, Path
from permits.definitions.procedure import Act, Code, Milestone, Phase
from permits.definitions.schema import Definition
from permits.definitions.steps import Step, leaf_paths, steps

PUT_AWAY = (Phase.ENDED, Phase.CONCLUDED)
"""Where nothing is left to do. What is concluded may yet be taken back, but need not be."""

TAKEN_BACK = frozenset({Act.REVOKE, Act.WITHDRAW_GRANT, Act.DEREGISTER, Act.VOID, Act.EXPIRE})
"""Acts after which the grant does not stand any more."""


@dataclass(frozen=True)
class Proof:
    """The space of a definition with what the rules ask of it again and again."""

    applications: Applications
    space: Space

    @property
    def definition(self) -> Definition:
        return self.applications.definition

    def act(self, edge: Edge) -> Act | None:
        return self._acts[edge.action]

    def phase(self, node: Node) -> Phase:
        return self._phases[node.state]

    def code(self, node: Node) -> Code:
        return self.definition.chart.states[node.state].code

    def acts(self, node: Node) -> frozenset[Act]:
        """What can be done here, in some case at least."""
        return self._open[node][0]

    def certain(self, node: Node) -> frozenset[Act]:
        """What can be done here in every case."""
        return self._open[node][1]

    @cached_property
    def _phases(self) -> dict[str, Phase]:
        return {name: state.phase for name, state in self.definition.chart.states.items()}

    @cached_property
    def _acts(self) -> dict[str | None, Act | None]:
        """The acts of the actions; what happens beside the chart is none."""
        actions = self.definition.chart.actions.items()
        return {None: None} | {name: action.act for name, action in actions}

    @cached_property
    def _open(self) -> dict[Node, tuple[frozenset[Act], frozenset[Act]]]:
        """What can be done at each node: in some case, and in every case."""
        found = {}
        for node, edges in self.space.edges.items():
            acts = {(self.act(edge), edge.certain) for edge in edges if edge.action}
            some = frozenset(act for act, _ in acts if act)
            found[node] = (some, frozenset(act for act, certain in acts if act and certain))
        return found

    def after(self, act: Act) -> list[Node]:
        """Where an act leads, once for each edge."""
        return self._after.get(act, [])

    @cached_property
    def _after(self) -> dict[Act, list[Node]]:
        after: dict[Act, list[Node]] = {}
        for edges in self.space.edges.values():
            for edge in edges:
                act = self.act(edge)
                if act is not None:
                    after.setdefault(act, []).append(edge.to)
        return after

    @cached_property
    def _back(self) -> dict[Node, list[tuple[Edge, Node]]]:
        """The edges that lead to each node, with where they come from."""
        back: dict[Node, list[tuple[Edge, Node]]] = {}
        for node, edges in self.space.edges.items():
            for edge in edges:
                back.setdefault(edge.to, []).append((edge, node))
        return back

    def leading_to(
        self, goal: Callable[[Node], bool], past: Callable[[Edge], bool] = lambda _edge: True
    ) -> set[Node]:
        """Nodes from which a node that satisfies `goal` can be reached over edges `past`."""
        found = {node for node in self.space.edges if goal(node)}
        waiting = list(found)
        while waiting:
            for edge, before in self._back.get(waiting.pop(), ()):
                if before not in found and past(edge):
                    found.add(before)
                    waiting.append(before)
        return found


def unsound(proof: Proof) -> Iterator[Finding]:
    """Every rule over the space; nothing is proved of a space that was not seen whole."""
    space = proof.space
    if not space.whole:
        yield Finding(
            "chart.too_large",
            ("chart",),
            f"more than {len(space.edges)} situations were found and the search was stopped;"
            " nothing is proved, make the chart smaller",
        )
        return
    for rule in (
        _unreachable, _untaken, _stuck, _lawful_end, _restarted, _left_open, _never_opened,
        _lapses, _drafted, _suspended,
    ):  # fmt: skip
        yield from rule(proof)


def _unreachable(proof: Proof) -> Iterator[Finding]:
    chart = proof.definition.chart
    seen = {leaf for node in proof.space.edges for leaf in node.leaves}
    # The last region's final state is left in the moment it is entered.
    seen |= {step.to for step in proof.space.fired}
    for leaf in leaf_paths(chart):
        if leaf not in seen:
            says = f"no case can ever come to `{leaf}`"
            yield Finding("chart.unreachable", _path(leaf), says)


def _untaken(proof: Proof) -> Iterator[Finding]:
    for step in steps(proof.definition.chart):
        if step.action is not None and step not in proof.space.fired:
            says = f"this move can never be taken from `{step.source}`"
            yield Finding("chart.dead_move", _move(step), says)


def _stuck(proof: Proof) -> Iterator[Finding]:
    ends = proof.leading_to(lambda node: proof.phase(node) in PUT_AWAY)
    for node in once(n for n in proof.space.edges if n not in ends):
        yield Finding(
            "chart.stuck",
            ("chart", "states", node.state),
            f"a case can come here and never reach an end{_open(node)}",
        )


def _lawful_end(proof: Proof) -> Iterator[Finding]:
    ends = proof.leading_to(
        lambda node: proof.phase(node) in PUT_AWAY,
        lambda edge: proof.act(edge) not in TAKEN_BACK,
    )
    for node in once(proof.space.edges):
        if proof.phase(node) is Phase.IN_EFFECT and node not in ends:
            says = f"a granted case can only end by being taken back{_open(node)}"
            yield Finding("procedure.only_revocation", ("chart", "states", node.state), says)


def _restarted(proof: Proof) -> Iterator[Finding]:
    for part, name in sorted(proof.space.restarted):
        says = "this is opened again while it is still open; something must close it first"
        yield Finding("opened.twice", (part, name), says)


def _left_open(proof: Proof) -> Iterator[Finding]:
    """Nothing stays open when a case has ended or is concluded, or its grant is gone; a grant is
    concluded with nothing open but a notice that came later."""
    for node in proof.space.edges:
        if proof.phase(node) not in (*PUT_AWAY, Phase.REVOKED, Phase.LAPSED):
            continue
        clocks = node.clocks
        if proof.phase(node) is Phase.CONCLUDED:
            clocks -= {n for n in clocks if _hears(proof.definition, n)}
        for part, names in (("clocks", clocks), ("obligations", node.obligations)):
            for name in sorted(names):
                says = f"a case can come to `{node.state}` while this is still open"
                yield Finding("closed.never", (part, name), says)


def _hears(definition: Definition, clock: str) -> bool:
    return Milestone.REVOCATION_NOTICED in definition.clocks[clock].starts


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


def _lapses(proof: Proof) -> Iterator[Finding]:
    """What a clock does when it expires must be open wherever it runs, in every case."""
    for name, clock in proof.definition.clocks.items():
        action = clock.lapse.action
        if action is None:
            continue
        for node in once(n for n in proof.space.edges if name in n.clocks):
            if not any(e.action == action and e.certain for e in proof.space.edges[node]):
                says = f"this runs in `{node.state}`, where `{action}` may be shut when it expires"
                yield Finding("clock.lapse_shut", ("clocks", name, "lapse"), says)


def _drafted(proof: Proof) -> Iterator[Finding]:
    """What is drafted when a clock expires can be confirmed wherever the case is examined."""
    for name, clock in proof.definition.clocks.items():
        action = clock.lapse.drafts
        for node in once(n for n in proof.space.edges if action and name in n.clocks):
            open_ = any(e.action == action and e.certain for e in proof.space.edges[node])
            if proof.phase(node) is Phase.EXAMINATION and not open_:
                says = f"this runs in `{node.state}`, where the drafted `{action}` may be shut"
                yield Finding("clock.draft_shut", ("clocks", name, "lapse"), says)


def _suspended(proof: Proof) -> Iterator[Finding]:
    stopped = {
        name
        for node in proof.space.edges
        if Act.SUSPEND in proof.acts(node)
        for name in node.clocks
    }
    for name, clock in proof.definition.clocks.items():
        if clock.suspended_by and name not in stopped:
            says = "this is never running where an action suspends"
            yield Finding("clock.never_suspended", ("clocks", name, "suspended_by"), says)


def once(nodes: Iterable[Node]) -> Iterator[Node]:
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
