"""What signers, prohibitions, lots and deferred materials must keep, so that a promise binds."""

from collections.abc import Iterator

from permits.definitions.findings import Finding, Path
from permits.definitions.form import Question
from permits.definitions.procedure import BEFORE_A_DECISION, Milestone
from permits.definitions.schema import Definition, Obligation, Signer, TrackName, Treatment


def _signers(definition: Definition) -> Iterator[Finding]:
    """The applicant signs first, with its account; who signs with it is named in the form."""
    asked = {question.id: question for question in definition.form.answerable}
    for name, commitment in definition.commitments.items():
        for n, role in enumerate(commitment.signers):
            signer = definition.signers.get(role)
            path: Path = ("commitments", name, "signers", n)
            named = signer is not None and (signer.unit or signer.person)
            if n == 0 and named:
                says = "the first to sign is the applicant, who is not named in the form"
                yield Finding("commitment.signer", path, says)
            if n > 0 and signer is not None and not (signer.unit and signer.person):
                says = (
                    "who signs with the applicant is named in the form: give `unit` and `person`"
                )
                yield Finding("commitment.signer", path, says)
    for role, signer in definition.signers.items():
        yield from _named(("signers", role), signer, asked)


def _named(path: Path, signer: Signer, asked: dict[str, Question]) -> Iterator[Finding]:
    unit, person = asked.get(signer.unit or ""), asked.get(signer.person or "")
    if unit is not None and not (unit.type == "credit_code" and _always(unit)):
        says = (
            "a unit is known by its credit code: a field of that type, always asked and required"
        )
        yield Finding("commitment.signer", (*path, "unit"), says)
    if person is not None and not (person.type == "text" and person.personal and _always(person)):
        says = "a person is named in a personal field, a text that is always asked and required"
        yield Finding("commitment.signer", (*path, "person"), says)


def _always(question: Question) -> bool:
    return question.required and question.when is None


def _forbids(definition: Definition) -> Iterator[Finding]:
    """What a duty forbids is what another reports: nobody is kept from fulfilling it."""
    reported = {
        duty.reports: name for name, duty in definition.obligations.items() if duty.reports
    }
    for name, duty in definition.obligations.items():
        forbids, path = duty.forbids, ("obligations", name, "forbids", "milestone")
        if forbids is None:
            continue
        if forbids.milestone not in reported:
            says = f"no duty reports `{forbids.milestone}`, so nothing is ever kept waiting"
            yield Finding("obligation.forbids", path, says)
        elif reported[forbids.milestone] == name:
            says = "a duty cannot wait for itself; forbid what another one reports"
            yield Finding("obligation.forbids", path, says)


def _samples(definition: Definition) -> Iterator[Finding]:
    """Lots are drawn for checks; what an applicant owes is owed by everybody."""
    for name, duty in definition.obligations.items():
        if duty.sample is not None and duty.settled_by != "verification":
            says = "only a check is drawn by lot; what the applicant owes is owed in every case"
            yield Finding("obligation.sample", ("obligations", name, "sample"), says)


def _inspectors(definition: Definition) -> Iterator[Finding]:
    """Lots are drawn among those who check, if anybody does."""
    for name, duty in definition.obligations.items():
        checked = duty.settled_by == "verification" and duty.verifiers > 0
        if duty.inspectors is not None and not checked:
            says = "only those who check are drawn by lot: settle it by `verification`, and say"
            path: Path = ("obligations", name, "inspectors")
            yield Finding("obligation.inspectors", path, f"{says} how many `verifiers` there are")


_END_WHAT_WAITS = frozenset({
    Milestone.REFUSED, Milestone.DECIDED, Milestone.WITHDRAWN, Milestone.TRACK_SWITCHED,
})  # fmt: skip


def _before(definition: Definition) -> Iterator[Finding]:
    """What a grant waits for ends with a refusal, and with nothing that comes before a grant."""
    for name, duty in definition.obligations.items():
        named = set(duty.voided_by)
        kept = named <= _END_WHAT_WAITS and named & {Milestone.REFUSED, Milestone.DECIDED}
        if duty.opens in BEFORE_A_DECISION and not kept:
            says = "a grant waits for this: end it by `refused`, `withdrawn` and `track_switched`"
            path: Path = ("obligations", name, "voided_by")
            yield Finding("obligation.before", path, f"{says} alone")


def _brought(definition: Definition) -> Iterator[Finding]:
    """What is handed in after the decision is owed by name, and nothing else is."""
    deferred = {
        name
        for name, material in definition.materials.items()
        if material.tracks.get(TrackName.COMMITMENT) is Treatment.DEFERRED
    }
    brought = {duty.brings for duty in definition.obligations.values()}
    for name, duty in definition.obligations.items():
        yield from _brings(("obligations", name, "brings"), duty, deferred)
    for name in sorted(deferred - brought):
        says = "it is handed in after the decision, and no obligation `brings` it"
        yield Finding("material.never", ("materials", name, "tracks", "commitment"), says)


def _brings(path: Path, duty: Obligation, deferred: set[str]) -> Iterator[Finding]:
    if duty.brings is None:
        return
    if duty.brings not in deferred:
        says = f"`{duty.brings}` is not deferred by the commitment track"
        yield Finding("obligation.brings", path, says)
    if duty.settled_by != "report":
        says = "a material comes in with a report of the applicant, not with a check"
        yield Finding("obligation.brings", path, says)


RULES = (_signers, _forbids, _samples, _inspectors, _before, _brought)
"""Findings about who signs, what waits, what is drawn by lot and what comes in later."""
