"""Fees: dated rates, what they are taken of, who pays less, what is shut, and how a debt ends."""

from collections.abc import Iterator, Mapping, Sequence

from permits.definitions.act_rules import ACT_RULES
from permits.definitions.charges import Fee, FeeGate, Rate, RateRow, Share, ShareRow
from permits.definitions.findings import Finding, Path
from permits.definitions.form import Question
from permits.definitions.procedure import Act, Milestone
from permits.definitions.schema import Definition, TrackName, Treatment

_ENDS = (
    Milestone.NOT_ACCEPTED,
    Milestone.WITHDRAWN,
    Milestone.TRACK_SWITCHED,
    Milestone.REFUSED,
    Milestone.REVOKED,
)
"""Turns a case may take after a fee was frozen, in the order in which they may come."""

_AFTER: Mapping[Milestone, Sequence[Milestone]] = {
    Milestone.RECEIVED: _ENDS,
    Milestone.CORRECTIONS_SUPPLIED: _ENDS,
    Milestone.ACCEPTED: _ENDS[1:],
    Milestone.EXAMINED: _ENDS[1:],
}
"""Which of them may still come after a milestone; after any other only revocation."""


_MAY_WAIT = frozenset({Act.GRANT, Act.CONCLUDE, Act.DEREGISTER})
"""Acts that may wait for payment. The office's other duties are the law's alone to limit, such as
corrections, examination, publication and delivery (行政许可法 art. 32, 34, 40, 44); and so is what
the applicant may do at any time."""


def _rates(definition: Definition) -> Iterator[Finding]:
    kinds: tuple[tuple[str, Mapping[str, Rate | Share]], ...] = (
        ("rates", definition.rates),
        ("shares", definition.shares),
    )
    for part, entries in kinds:
        for name, entry in entries.items():
            yield from _rows((part, name, "rows"), entry.rows)


def _rows(path: Path, rows: Sequence[RateRow | ShareRow]) -> Iterator[Finding]:
    for n, row in enumerate(rows):
        where: Path = (*path, n)
        if row.valid_until is not None and row.valid_until < row.valid_from:
            says = f"it ends on {row.valid_until}, before it begins"
            yield Finding("rate.dates", (*where, "valid_until"), says)
        following = rows[n + 1] if n + 1 < len(rows) else None
        if following is not None and (
            row.valid_until is None or row.valid_until >= following.valid_from
        ):
            says = "the rows of a rate are in order and do not overlap; end this one earlier"
            yield Finding("rate.overlap", where, says)


def _fees(definition: Definition) -> Iterator[Finding]:
    questions = {q.id: q for q in definition.form.answerable}
    spot = [name for name, track in definition.tracks.items() if track.on_the_spot]
    for name, fee in definition.fees.items():
        path: Path = ("fees", name)
        yield from _reckoned(path, fee, questions)
        yield from _reliefs(path, fee)
        if fee.frozen_at is Milestone.EXAMINED and spot:
            says = f"the {spot[0]} track is decided without an examination, so nothing is fixed"
            yield Finding("fee.unfixed", (*path, "frozen_at"), says)
        cancelled = {end.at for end in fee.ends if end.debt == "cancelled"}
        for n, after in enumerate(fee.due.earliest):
            if after.milestone in cancelled:
                says = f"nothing is owed after `{after.milestone}`, so no date can count from it"
                yield Finding("fee.dead_date", (*path, "due", "earliest", n), says)
        if fee.basis.practice is not None:
            says = "a practice is no ground for a fee; name the law (行政许可法 art. 58)"
            yield Finding("fee.basis", (*path, "basis"), says)


def _reckoned(path: Path, fee: Fee, questions: Mapping[str, Question]) -> Iterator[Finding]:
    simple = fee.quantity is not None and fee.rate is not None
    if simple == bool(fee.lines) or (fee.quantity is None) != (fee.rate is None):
        says = "a fee is reckoned from `quantity` at `rate`, or from `lines`; give one of them"
        yield Finding("fee.reckoned", path, says)
    used: list[tuple[Path, str]] = []
    if fee.quantity is not None:
        used.append(((*path, "quantity"), fee.quantity))
    for name, line in fee.lines.items():
        where: Path = (*path, "lines", name)
        used += [((*where, "fields", n), field) for n, field in enumerate(line.fields)]
    for at, field in used:
        question = questions.get(field)
        if question is not None and question.type != "integer":
            says = f"a fee is reckoned from a number; `{field}` is a {question.type}"
            yield Finding("fee.quantity", at, says)


def _reliefs(path: Path, fee: Fee) -> Iterator[Finding]:
    for name, relief in fee.reliefs.items():
        where: Path = (*path, "reliefs", name)
        if relief.basis.law is None:
            says = "who pays less is for the law to say; name it (行政许可法 art. 59)"
            yield Finding("fee.relief_basis", (*where, "basis"), says)
        if relief.valid_until is not None and relief.valid_until < relief.valid_from:
            says = f"it ends on {relief.valid_until}, before it begins"
            yield Finding("fee.relief_dates", (*where, "valid_until"), says)


def _proven(definition: Definition) -> Iterator[Finding]:
    """What shows a relief is asked for where the relief is due, and may not be put off."""
    for name, fee in definition.fees.items():
        for relief, rule in fee.reliefs.items():
            material = definition.materials.get(rule.material or "")
            if material is None or (
                material.essential
                and material.when == rule.when
                and {*material.tracks.values()} <= {Treatment.SUPPLIED, Treatment.SHARED}
            ):
                continue
            says = (
                f"`{rule.material}` must be essential, asked for under `{rule.when}`, and supplied"
                " on every track"
            )
            yield Finding("fee.relief_shown", ("fees", name, "reliefs", relief, "material"), says)


def _deferrals(definition: Definition) -> Iterator[Finding]:
    """Payment is put off by a commitment to pay that is signed on that track; what is put off is
    owed as an obligation, which ends with it."""
    for name, fee in definition.fees.items():
        rule, path = fee.deferral, ("fees", name, "deferral")
        if rule is None:
            continue
        track = definition.tracks.get(rule.track)
        if rule.track is TrackName.ORDINARY or track is None:
            says = f"there is no commitment on the {rule.track} track to put payment off"
            yield Finding("fee.deferral", (*path, "track"), says)
        elif rule.commitment not in track.commitments:
            says = f"the {rule.track} track does not ask for `{rule.commitment}`"
            yield Finding("fee.deferral", (*path, "commitment"), says)
        promise = definition.commitments.get(rule.commitment)
        if promise is not None and promise.kind != "B":
            says = "to pay later is promised, not declared: the commitment is of kind B"
            yield Finding("fee.deferral", (*path, "commitment"), says)
        yield from _owed(definition, name, fee, rule.obligation)
        counted = {after.milestone for after in rule.lost.earliest}
        staying = {end.at for end in fee.ends if end.debt == "stays"}
        if counted != staying:
            says = "by when a lost deferral is paid counts from where the debt stays"
            yield Finding("fee.deferral", (*path, "lost"), says)
    yield from _paying(definition)


def _owed(definition: Definition, name: str, fee: Fee, owed: str) -> Iterator[Finding]:
    duty, path = definition.obligations.get(owed), ("fees", name, "deferral", "obligation")
    if duty is None:
        return
    if duty.pays != name:
        yield Finding("fee.deferral", path, f"`{owed}` is not settled by paying `{name}`")
    for end in fee.ends:
        if end.at not in duty.voided_by:
            says = f"what is put off ends at `{end.at}`; put it under `voided_by` of `{owed}`"
            yield Finding("fee.deferral", path, says)


def _paying(definition: Definition) -> Iterator[Finding]:
    for duty, rule in definition.obligations.items():
        fee = definition.fees.get(rule.pays or "")
        if fee is not None and (fee.deferral is None or fee.deferral.obligation != duty):
            says = f"payment of `{rule.pays}` is not put off, so there is nothing to pay later"
            yield Finding("obligation.pays", ("obligations", duty, "pays"), says)


def _gates(definition: Definition) -> Iterator[Finding]:
    """What is shut is an action or a report; it can be opened only by paying."""
    actions = definition.chart.actions
    for name, fee in definition.fees.items():
        for n, gate in enumerate(fee.gates):
            path: Path = ("fees", name, "gates", n, "shuts")
            duty = definition.obligations.get(gate.shuts)
            if gate.shuts not in actions and duty is None:
                says = f"`{gate.shuts}` is neither an action nor an obligation"
                yield Finding("fee.gate", path, says)
            elif duty is not None and duty.settled_by != "report":
                says = f"`{gate.shuts}` is not reported by anybody, so nothing can be shut"
                yield Finding("fee.gate", path, says)
            if (gate.shuts, gate.when) in [(g.shuts, g.when) for g in fee.gates[:n]]:
                yield Finding("fee.gate", path, f"`{gate.shuts}` is shut already; keep one")
            if gate.shuts in actions:
                yield from _waiting(path, fee, gate, actions[gate.shuts].act)


def _waiting(path: Path, fee: Fee, gate: FeeGate, act: Act) -> Iterator[Finding]:
    """What the law demands does not wait for payment, nor does a grant that puts it off."""
    if act not in _MAY_WAIT or fee.frozen_at in ACT_RULES[act].marks:
        yield Finding("fee.gate", path, f"`{gate.shuts}` cannot wait for payment")
    elif act is Act.GRANT and fee.deferral is not None and gate.when is None:
        says = f"`{gate.shuts}` puts payment off, so it waits for payment only under a condition"
        yield Finding("fee.gate", path, says)


def _ends(definition: Definition) -> Iterator[Finding]:
    """Whatever turn a case may take after a fee was frozen, it is said what becomes of it."""
    marked = {m for a in definition.chart.actions.values() for m in ACT_RULES[a.act].marks}
    for name, fee in definition.fees.items():
        path: Path = ("fees", name, "ends")
        said = [end.at for end in fee.ends]
        wanted = [m for m in _AFTER.get(fee.frozen_at, _ENDS[-1:]) if m in marked]
        for milestone in wanted:
            if milestone not in said:
                says = f"say what becomes of the debt at `{milestone}`: `cancelled` or `stays`"
                yield Finding("fee.ends", path, says)
        for n, milestone in enumerate(said):
            if milestone not in wanted or milestone in said[:n]:
                says = f"`{milestone}` is said already, or ends no debt of this fee"
                yield Finding("fee.ends", (*path, n, "at"), says)


RULES = (_rates, _fees, _proven, _deferrals, _gates, _ends)
"""Findings about rates, shares and fees."""
