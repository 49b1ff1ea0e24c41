"""What comes after a grant: duties put off, what lapses, a term, amendments, annulment."""

from collections.abc import Iterator

from permits.definitions.checker.soundness import Proof, once
from permits.definitions.conditions import compile_condition
from permits.definitions.findings import Finding, Path
from permits.definitions.granted import DutyExtension, Renewal
from permits.definitions.parts import Basis
from permits.definitions.permit import Measure
from permits.definitions.procedure import OFFICERS, Act, Code, Phase
from permits.definitions.schema import Definition, Fee, Obligation

_STANDS = (Phase.IN_EFFECT, Phase.CONCLUDED)
"""Where a grant stands."""


def _extensions(definition: Definition) -> Iterator[Finding]:
    for name, duty in definition.obligations.items():
        if duty.extension is not None:
            path: Path = ("obligations", name, "extension")
            yield from _extension(definition, path, duty, duty.extension)


def _extension(
    definition: Definition, path: Path, duty: Obligation, rule: DutyExtension
) -> Iterator[Finding]:
    if duty.settled_by != "report":
        says = "only what the applicant reports is put off on request"
        yield Finding("obligation.extension", path, says)
    if len(duty.due.earliest) != 1:
        says = "of several dates none can be put off alone; give one under `due.earliest`"
        yield Finding("obligation.extension", path, says)
    if rule.approver not in OFFICERS:
        says = "an officer decides whether a date is put off"
        yield Finding("obligation.extension", (*path, "approver"), says)
    if _of(definition, rule.basis, "建筑法") and not _lawful(rule):
        says = "the start of works is put off twice, each time by 3m at most (建筑法 art. 9)"
        yield Finding("obligation.extension", path, says)


def _of(definition: Definition, basis: Basis, title: str) -> bool:
    law = definition.laws.get(basis.law or "")
    return law is not None and law.title.zh.endswith(title)


def _lawful(rule: DutyExtension) -> bool:
    """Whether it keeps to 建筑法 art. 9."""
    return rule.times <= 2 and rule.each in ("1m", "2m", "3m")


def _lapses(definition: Definition) -> Iterator[Finding]:
    """A grant is void by itself where a law says so, because of what its holder failed to do."""
    for name, duty in definition.obligations.items():
        if duty.lapse is None:
            continue
        path: Path = ("obligations", name, "lapse")
        action = definition.chart.actions.get(duty.lapse.action)
        if action is not None and action.act is not Act.VOID:
            says = f"`{action.act}` is decided by people; what lapses by law does the act `void`"
            yield Finding("obligation.lapse", (*path, "action"), says)
        if duty.settled_by != "report":
            says = "a grant lapses because of what its holder owes, and reports"
            yield Finding("obligation.lapse", path, says)
        if duty.lapse.basis.law is None:
            says = "only a law ends a grant by itself; name it"
            yield Finding("obligation.lapse", (*path, "basis"), says)


def _term(definition: Definition) -> Iterator[Finding]:
    term = definition.term
    if term is None:
        return
    action = definition.chart.actions.get(term.expires)
    if action is not None and action.act is not Act.EXPIRE:
        says = f"`{action.act}` is decided by people; a term ends by the act `expire`"
        yield Finding("term.expires", ("term", "expires"), says)
    if term.renewal is not None:
        yield from _renewal(definition, ("term", "renewal"), term.renewal)


def _renewal(definition: Definition, path: Path, rule: Renewal) -> Iterator[Finding]:
    if rule.approver not in OFFICERS:
        says = "an officer decides whether a term is renewed"
        yield Finding("term.approver", (*path, "approver"), says)
    where: Path = (*path, "silence_basis")
    filed, silent = definition.permit.measure is Measure.FILING, rule.silence_basis
    if filed and silent is not None:
        says = "what is filed is no permit, and silence renews permits only"
        yield Finding("term.silence", where, f"{says} (行政许可法 art. 50)")
    elif not filed and silent is None:
        says = "a permit whose renewal is not decided on before its end is renewed by law; name it"
        yield Finding("term.silence", path, f"{says} (行政许可法 art. 50)")
    elif silent is not None and silent.law is None:
        yield Finding("term.silence", where, "only a law renews by silence; name it")


def _annulment(definition: Definition) -> Iterator[Finding]:
    rule = definition.annulment
    if rule is None:
        return
    for key, name, phase in (
        ("reopens", rule.reopens, Phase.EXAMINATION),
        ("grant", rule.grant, Phase.REVOKED),
        ("refusal", rule.refusal, Phase.ENDED),
    ):
        state = definition.chart.states.get(name)
        if state is None:
            continue
        if state.phase is not phase:
            says = f"`{name}` is in phase {state.phase}; here it must be {phase}"
            yield Finding("annulment.states", ("annulment", key), says)
        elif key != "reopens" and state.code is not Code.REVOKED:
            says = f"`{name}` carries national code {state.code}; here it must be {Code.REVOKED}"
            yield Finding("annulment.states", ("annulment", key), says)


def _amendment(definition: Definition) -> Iterator[Finding]:
    """What may be changed after the grant decided nothing of it, and says nothing of who
    committed."""
    rule = definition.amendment
    if rule is None:
        return
    deciding = frozenset(_deciding(definition))
    signing = {x for one in definition.signers.values() for x in (one.unit, one.person)}
    made = {q.id: {*q.totals} for q in definition.form.questions}
    for n, name in enumerate(rule.fields):
        path: Path = ("amendment", "fields", n)
        if name in set().union(*made.values()):
            says = f"`{name}` is made of entries; name the field that has them"
            yield Finding("amendment.field", path, says)
        elif deciding & {name, *made.get(name, ())}:
            says = f"`{name}` decided the case; whoever wants it otherwise applies anew"
            yield Finding("amendment.field", path, says)
        elif name in signing:
            says = f"`{name}` says who signed a commitment; that stays as it was signed"
            yield Finding("amendment.field", path, says)
    changing = {one for name in rule.fields for one in (name, *made.get(name, ()))}
    for n, name in enumerate(rule.corrects):
        fee = definition.fees.get(name)
        if fee is not None and not _quantities(fee) & changing:
            says = f"`{name}` is reckoned from none of the fields that may be changed"
            yield Finding("amendment.corrects", ("amendment", "corrects", n), says)


def _deciding(definition: Definition) -> Iterator[str]:
    """The fields that conditions read, and those that name the project."""
    for name, condition in definition.conditions.items():
        try:
            yield from compile_condition(name, condition.when).answers
        except ValueError:
            continue
    if definition.project is not None:
        yield from (definition.project.code, definition.project.name)


def _quantities(fee: Fee) -> set[str]:
    fields = {field for line in fee.lines.values() for field in line.fields}
    return fields | ({fee.quantity} if fee.quantity is not None else set())


RULES = (_extensions, _lapses, _term, _annulment, _amendment)
"""Findings about what comes after a grant, as it is written."""


def lapsing(proof: Proof) -> Iterator[Finding]:
    """What the law ends can end wherever it stands, whatever was answered."""
    term = proof.definition.term
    for node in once(n for n in proof.space.edges if proof.phase(n) in _STANDS):
        certain = {e.action for e in proof.space.edges[node] if e.certain}
        if term is not None and term.expires not in certain:
            says = f"the grant stands in `{node.state}`, where `{term.expires}` may be shut"
            yield Finding("term.shut", ("term", "expires"), says)
        for name in sorted(node.obligations):
            lapse = proof.definition.obligations[name].lapse
            if lapse is not None and lapse.action not in certain:
                says = f"this is owed in `{node.state}`, where `{lapse.action}` may be shut"
                yield Finding("obligation.lapse_shut", ("obligations", name, "lapse"), says)
