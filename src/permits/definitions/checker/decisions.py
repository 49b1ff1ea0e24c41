"""How a case must be decided, in every situation it can come to: 行政许可法 art. 29-45, 69, 70."""

from collections.abc import Callable, Iterator

from permits.definitions.act_rules import DEMANDED
from permits.definitions.checker.applications import TooWide
from permits.definitions.checker.rooms import Node
from permits.definitions.checker.soundness import PUT_AWAY, TAKEN_BACK, Proof, once
from permits.definitions.checker.space import Edge
from permits.definitions.findings import Finding, Path
from permits.definitions.procedure import Act, Code, Milestone, Phase
from permits.definitions.schema import TrackName
from permits.definitions.steps import around

_UNDECIDED = (Phase.INTAKE, Phase.EXAMINATION, Phase.SUSPENDED)
_ACCEPTED = (Phase.EXAMINATION, Phase.SUSPENDED)
_DECISIONS = (Act.GRANT, Act.REFUSE)


def improper(proof: Proof) -> Iterator[Finding]:
    """Every rule of the procedure, asked of a space that was seen whole."""
    for rule in (
        _demanded, _hanging, _office_must_act, _commitments, _four_eyes, _returned,
        _both_decisions, _on_the_spot, _duty_clocks, _served, _verified,
    ):  # fmt: skip
        yield from rule(proof)


def _state(node: Node) -> Path:
    return ("chart", "states", node.state)


def _demanded(proof: Proof) -> Iterator[Finding]:
    for node in once(proof.space.edges):
        missing = DEMANDED.get(proof.phase(node), frozenset()) - proof.certain(node)
        for act in sorted(missing):
            says = f"the law demands that `{act}` is open here, whatever was answered"
            yield Finding("procedure.demanded", _state(node), says)


_MAY_HANG = frozenset({Act.GRANT, Act.SUSPEND, Act.WITHDRAW_COMMITMENT})
"""Acts whose openness may hang on the application. The office's other duties, and what the
applicant may always do, are the law's alone to limit."""


def _hanging(proof: Proof) -> Iterator[Finding]:
    for node in once(proof.space.edges):
        told = (
            DEMANDED.get(proof.phase(node), frozenset())
            | {Act.RETURN}
            | _intake_duties(proof, node)
        )
        for act in sorted(proof.acts(node) - proof.certain(node) - _MAY_HANG - told):
            says = f"`{act}` is open here for some cases and shut for others of the same track"
            yield Finding("procedure.hanging", _state(node), says)


def _commitments(proof: Proof) -> Iterator[Finding]:
    """Until the decision a commitment can be withdrawn; where none was made there is none to
    withdraw (国办发〔2020〕42号)."""
    act = Act.WITHDRAW_COMMITMENT
    for node in once(proof.space.edges):
        committed = node.track is not TrackName.ORDINARY
        if committed and proof.phase(node) in _UNDECIDED and act not in proof.certain(node):
            says = f"the law demands that `{act}` is open here, whatever was answered"
            yield Finding("procedure.demanded", _state(node), says)
        if not committed and act in proof.acts(node):
            says = f"`{act}` is open on the ordinary track, where no commitment was made"
            yield Finding("procedure.no_commitment", _state(node), says)


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


def _intake_duties(proof: Proof, node: Node) -> set[Act]:
    inside = proof.phase(node) is Phase.INTAKE
    return _INTAKE_DUTIES.get(proof.code(node), set()) if inside else set()


def _office_must_act(proof: Proof) -> Iterator[Finding]:
    """Each step of 行政许可法 art. 32 has its outcomes; a second correction notice is none."""
    for node in once(proof.space.edges):
        if proof.phase(node) is not Phase.INTAKE:
            continue
        for act in sorted(_intake_duties(proof, node) - proof.certain(node)):
            says = f"`{act}` must be open here, whatever was answered (行政许可法 art. 32)"
            yield Finding("procedure.demanded", _state(node), says)
        if Act.REFUSE_ACCEPTANCE in proof.acts(node) and proof.code(node) is Code.RECEIVED:
            says = "acceptance is refused only after a notice of what to correct"
            yield Finding("procedure.no_notice", _state(node), says)
        if Act.ISSUE_CORRECTION in proof.acts(node) and proof.code(node) is not Code.RECEIVED:
            says = "a correction notice may be issued once, from a state with code 1 only"
            yield Finding("procedure.second_notice", _state(node), says)


def _four_eyes(proof: Proof) -> Iterator[Finding]:
    """A decision follows an examination unless the track is decided on the spot; and whoever
    decides is not who examines, and can send the case back (行政许可法 art. 34)."""
    actions = proof.definition.chart.actions
    examiners = {role for a in actions.values() if a.act is Act.EXAMINE for role in a.by}
    for node in proof.space.edges:
        if proof.phase(node) is not Phase.EXAMINATION:
            continue
        spot = proof.definition.tracks[node.track].on_the_spot
        for edge in proof.space.edges[node]:
            act = proof.act(edge)
            alone = act is Act.REFUSE or (act is Act.GRANT and not spot)
            if alone and not node.examined:
                says = f"a case can be decided in `{node.state}` without an examiner's opinion"
                path: Path = ("chart", "actions", str(edge.action))
                yield Finding("procedure.unexamined", path, says)
            if alone and examiners & set(actions[str(edge.action)].by):
                says = "whoever gives the opinion would decide as well; four eyes are wanted"
                yield Finding("procedure.same_role", ("chart", "actions", str(edge.action)), says)


def _returned(proof: Proof) -> Iterator[Finding]:
    """Whoever decides after an opinion can send the case back instead."""
    actions = proof.definition.chart.actions
    able = {r for a in actions.values() if a.act in (Act.RETURN, Act.EXAMINE) for r in a.by}
    for node in proof.space.edges:
        if proof.phase(node) is not Phase.EXAMINATION or not node.examined:
            continue
        if Act.RETURN not in proof.certain(node):
            says = "an opinion was given here, so `return` must be open to whoever decides"
            yield Finding("procedure.no_return", _state(node), says)
        deciding = {e.action for e in proof.space.edges[node] if proof.act(e) in _DECISIONS}
        for name in sorted(str(action) for action in deciding):
            unable = sorted(set(actions[name].by) - able)
            if unable and Act.RETURN in proof.acts(node):
                says = f"{', '.join(unable)} may decide after an opinion and cannot send it back"
                yield Finding("procedure.no_return", ("chart", "actions", name, "by"), says)


def _both_decisions(proof: Proof) -> Iterator[Finding]:
    """From acceptance on, both to grant and to refuse must stay possible without switching."""
    for act in _DECISIONS:
        found = proof.leading_to(
            _taken(proof, act), lambda edge: proof.phase(edge.to) in _ACCEPTED
        )
        for node in once(n for n in proof.space.edges if proof.phase(n) in _ACCEPTED):
            if node not in found:
                says = f"from here on the {node.track} track nobody can `{act}`"
                yield Finding("procedure.no_decision", _state(node), says)


def _taken(proof: Proof, act: Act) -> Callable[[Node], bool]:
    return lambda node: act in proof.acts(node) and proof.phase(node) in _ACCEPTED


def _on_the_spot(proof: Proof) -> Iterator[Finding]:
    """Whoever may use a track that is decided on the spot can be granted it once accepted."""
    for node, edges in proof.space.edges.items():
        if not proof.definition.tracks[node.track].on_the_spot:
            continue
        for edge in edges:
            accepted = proof.act(edge) in (Act.ACCEPT, Act.ACCEPT_BY_SILENCE)
            if accepted and not _granted_at_once(proof, edge.to):
                says = (
                    f"the {node.track} track is decided on the spot, yet not every case that may"
                    " use it can be granted here"
                )
                yield Finding("track.not_on_the_spot", _state(edge.to), says)


def _granted_at_once(proof: Proof, node: Node) -> bool:
    if Act.GRANT in proof.certain(node):
        return True
    needed = [
        (*action.needs, *move.needs)
        for action in proof.definition.chart.actions.values()
        for move in action.moves
        if action.act is Act.GRANT and set(move.frm) & set(around(node.leaves))
    ]
    asked = {name for needs in needed for name in needs}
    try:
        admitted = [*proof.applications.admitted(asked, node.track)]
    except TooWide:
        return False
    return all(any(one.meets(needs) for needs in needed) for one in admitted)


def _duty_clocks(proof: Proof) -> Iterator[Finding]:
    """Wherever the law sets somebody a time, a clock runs."""
    for node in once(proof.space.edges):
        for says, names in _wanted_clocks(proof, node):
            if not names & node.clocks:
                yield Finding("clock.missing", _state(node), f"no clock runs here for {says}")


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
    if phase in _ACCEPTED:
        for limit in ("promised", "statutory"):
            yield f"the {limit} limit", {n for n, c in clocks.items() if c.length.track == limit}
    if phase is Phase.SUSPENDED:
        yield "the time stated in the notice", {n for n, c in clocks.items() if c.length.stated}
    if Act.DELIVER in acts:
        yield "delivery (行政许可法 art. 44)", stopped_by(Milestone.DELIVERED)
    if Act.PUBLISH in acts:
        yield "publication (行政许可法 art. 40)", stopped_by(Milestone.PUBLISHED)


def _served(proof: Proof) -> Iterator[Finding]:
    """A decision is delivered before its case ends, and a grant is published (art. 38, 40, 44)."""
    for decided, wanted, rule, basis in (
        (Act.GRANT, Act.DELIVER, "procedure.undelivered", "art. 44"),
        (Act.REFUSE, Act.DELIVER, "procedure.undelivered", "art. 38"),
        (Act.REFUSE_UNSUPPLIED, Act.DELIVER, "procedure.undelivered", "art. 38"),
        (Act.GRANT, Act.PUBLISH, "procedure.unpublished", "art. 40"),
    ):
        for node in _unpassed(proof, decided, _giving(proof, wanted)):
            says = f"a case can end here after `{decided}` without `{wanted}` (行政许可法 {basis})"
            yield Finding(rule, _state(node), says)


def _verified(proof: Proof) -> Iterator[Finding]:
    """What was granted on a commitment is checked by officers before the case is put away
    (国办发〔2020〕42号: 加强事中事后核查)."""
    checks = {
        name for name, o in proof.definition.obligations.items() if o.settled_by == "verification"
    }
    for node in _unpassed(proof, Act.GRANT, lambda edge: edge.obligation in checks):
        if proof.definition.tracks[node.track].commitments:
            says = f"a case on the {node.track} track can end here with its commitment unchecked"
            yield Finding("commitment.unverified", _state(node), says)


def _giving(proof: Proof, act: Act) -> Callable[[Edge], bool]:
    return lambda edge: proof.act(edge) is act


def _unpassed(proof: Proof, decided: Act, wanted: Callable[[Edge], bool]) -> Iterator[Node]:
    """Ends that a case can come to after a decision without ever passing a wanted edge, unless
    the decision was taken back."""
    edges = proof.space.edges
    waiting = list(proof.after(decided))
    seen = set(waiting)
    while waiting:
        for edge in edges[waiting.pop()]:
            passed = wanted(edge) or proof.act(edge) in TAKEN_BACK
            if not passed and edge.to not in seen:
                seen.add(edge.to)
                waiting.append(edge.to)
    yield from once(n for n in edges if n in seen and proof.phase(n) in PUT_AWAY)
