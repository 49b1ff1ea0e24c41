"""The ways that the checker holds to be open and no case can go, each with what in its definition
says so: it looks at one duty and one action at a time, and at no amounts."""

from typing import Any

from permits.definitions.act_rules import ACT_RULES
from permits.definitions.checker.applications import Applications
from permits.definitions.checker.rooms import Node
from permits.definitions.checker.space import Edge, Space
from permits.definitions.edition import Edition
from permits.definitions.procedure import Act, Milestone, ends

INHERITED = "only such ways lead here"
TOGETHER = "no application begins these duties together"


def by_annulment(edition: Edition, space: Space) -> tuple[Node, ...]:
    """The situations in which an annulment leaves a case that is not decided on anew. No way of
    the space leads there: the checker proves nothing to be reached by annulments alone."""
    rule = edition.definition.annulment
    return tuple(n for n in space.edges if rule and n.state in (rule.grant, rule.refusal))


def explained(edition: Edition, space: Space) -> dict[tuple[Node, Edge], str]:
    """The ways that no case can go, each with what in the definition says so.

    A way is explained by the definition itself, or leads on from where only such ways lead.
    """
    found: dict[tuple[Node, Edge], str] = {}
    real = {*space.starts, *by_annulment(edition, space)}
    waiting = list(real)
    says = Says(edition)
    while waiting:
        node = waiting.pop()
        for edge in space.edges[node]:
            why = says.why(node, edge)
            if why:
                found[node, edge] = why
            elif edge.to not in real:
                real.add(edge.to)
                waiting.append(edge.to)
    for node, edges in space.edges.items():
        if node not in real:
            found |= {(node, edge): INHERITED for edge in edges}
    return found


class Says:
    """What a definition says against a way that the checker, which looks at one action at a time
    and at no amounts, holds to be open."""

    def __init__(self, edition: Edition) -> None:
        self.definition = edition.definition
        self.applications = Applications(self.definition, edition.conditions)
        self.known: dict[Any, set[frozenset[str]]] = {}

    def why(self, node: Node, edge: Edge) -> str:
        return (
            self._never_together(node, edge)
            or self._unpaid(node, edge)
            or self._undelivered(node, edge)
        )

    def _undelivered(self, node: Node, edge: Edge) -> str:
        """A grant whose time runs from its delivery is not void before that."""
        definition = self.definition
        act = definition.chart.actions[edge.action].act if edge.action is not None else None
        waits = any(
            Milestone.DELIVERED in clock.stops
            for name, clock in definition.clocks.items()
            if name in node.clocks
        )
        dates = {
            after.milestone
            for name, duty in definition.obligations.items()
            if name in node.obligations and duty.lapse is not None
            for after in duty.due.earliest
        }
        shut = act is Act.VOID and waits and dates == {Milestone.DELIVERED}
        return "its time runs from the delivery" if shut else ""

    def _never_together(self, node: Node, edge: Edge) -> str:
        """Duties that begin under conditions which no application on the track meets at once."""
        marks = self.marks(edge)
        voids = {
            name
            for name, duty in self.definition.obligations.items()
            for mark in marks
            if ends(mark, duty.voided_by)
        }
        opened = edge.to.obligations - (node.obligations - voids - {str(edge.obligation)})
        begun = self._begun(marks, edge.to)
        return "" if opened in begun else TOGETHER

    def marks(self, edge: Edge) -> tuple[Milestone, ...]:
        if edge.action is not None:
            return ACT_RULES[self.definition.chart.actions[edge.action].act].marks
        if edge.obligation is not None:
            reports = self.definition.obligations[edge.obligation].reports
            return (reports,) if reports else ()
        return ()

    def _begun(self, marks: tuple[Milestone, ...], to: Node) -> set[frozenset[str]]:
        """What may begin together at milestones; a check that is drawn by lot may or may not."""
        key = (marks, to.track)
        if key not in self.known:
            duties = {n: o for n, o in self.definition.obligations.items() if o.opens in marks}
            whens = {duty.when for duty in duties.values() if duty.when}
            found: set[frozenset[str]] = set()
            for one in self.applications.admitted(whens, to.track):
                held = {n for n, o in duties.items() if o.when is None or o.when in one.holding}
                lots = {n for n in held if duties[n].sample is not None}
                found |= {frozenset(held), frozenset(held - lots)}
            self.known[key] = found or {frozenset()}
        return self.known[key]

    def _unpaid(self, node: Node, edge: Edge) -> str:
        """An action that waits for a fee is not taken while the duty to pay it is open."""
        for name, fee in self.definition.fees.items():
            owed = fee.deferral is not None and fee.deferral.obligation in node.obligations
            for gate in fee.gates if owed and edge.action is not None else ():
                if gate.shuts == edge.action and gate.when is None:
                    return f"`{edge.action}` waits for {name} to be paid"
        return ""
