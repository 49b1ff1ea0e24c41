"""Clocks and obligations: what must fit within one mapping or two."""

from collections.abc import Iterator

from permits.definitions.act_rules import ACT_RULES
from permits.definitions.checker.marked import marked_beside
from permits.definitions.findings import Finding, Path
from permits.definitions.procedure import (
    OUTSIDE_CHART,
    REPORTED_MILESTONES,
    TOLERANCE_MILESTONES,
    Act,
    Milestone,
    Role,
    ends,
)
from permits.definitions.schema import (
    Clock,
    ClockLength,
    Definition,
    Due,
    Extension,
    Obligation,
    TrackName,
)

_LONGEST = {
    Milestone.CORRECTION_ISSUED: (5, "行政许可法 art. 32(4)"),
    Milestone.DELIVERED: (10, "行政许可法 art. 44"),
    Milestone.PUBLISHED: (7, "“双公示”: within seven working days of the decision"),
}
"""Working days the law leaves the office until it has done what stops the clock."""

_REPORTED = " or ".join(sorted(REPORTED_MILESTONES))


def _clocks(definition: Definition) -> Iterator[Finding]:
    for name, clock in definition.clocks.items():
        path: Path = ("clocks", name)
        yield from _clock(path, clock)
        yield from _by_law(path, clock)


def _suspended(definition: Definition) -> Iterator[Finding]:
    """The time of a special procedure counts towards no limit of the decision (art. 45)."""
    deciding = {n: c for n, c in definition.clocks.items() if c.length.track is not None}
    causes = {cause for clock in deciding.values() for cause in clock.suspended_by}
    for name, clock in deciding.items():
        for cause in sorted(causes - set(clock.suspended_by)):
            says = f"`{cause}` suspends another limit of the decision, and so it does this one"
            path: Path = ("clocks", name, "suspended_by")
            yield Finding("clock.suspended", path, f"{says} (行政许可法 art. 45)")


_WAYS_OUT = {
    Milestone.WITHDRAWN,
    Milestone.TRACK_SWITCHED,
    Milestone.REVOKED,
    Milestone.REVOCATION_DROPPED,
}
"""What stops a clock without what it waits for."""


_OF_THE_APPLICANT = {
    Milestone.CORRECTIONS_SUPPLIED,
    Milestone.SUPPLEMENTED,
    Milestone.STATEMENT_MADE,
}


def _warned(definition: Definition) -> Iterator[Finding]:
    """Somebody is warned who can still do what the clock waits for; the applicant, if it is the
    applicant's time."""
    for name, clock in definition.clocks.items():
        path: Path = ("clocks", name, "warned")
        waits_for = set(clock.stops) - _WAYS_OUT
        able = {
            role
            for action in definition.chart.actions.values()
            if waits_for & set(ACT_RULES[action.act].marks)
            for role in action.by
        } - {Role.TIMER}
        if able and not able & set(clock.warned):
            says = "nobody who is warned can do what this waits for; warn one of"
            yield Finding("clock.warned", path, f"{says} {', '.join(sorted(able))}")
        elif waits_for & _OF_THE_APPLICANT and Role.APPLICANT not in clock.warned:
            says = "this is the applicant's time, so the applicant is warned"
            yield Finding("clock.warned", path, says)


def _heard(definition: Definition) -> Iterator[Finding]:
    """Whoever is told that their grant is to be revoked has a time to be heard."""
    clocks = [c for c in definition.clocks.values() if Milestone.REVOCATION_NOTICED in c.starts]
    answers = {Milestone.STATEMENT_MADE, Milestone.REVOCATION_DROPPED}
    if len(clocks) != 1 or not answers <= set(clocks[0].stops):
        says = "one clock starts at `revocation_noticed` and stops when it is answered or dropped"
        yield Finding("clock.unheard", ("clocks",), f"{says} (行政许可法 art. 7)")


def _lapses(definition: Definition) -> Iterator[Finding]:
    for name, clock in definition.clocks.items():
        yield from _lapse(definition, ("clocks", name), clock)


def _obligations(definition: Definition) -> Iterator[Finding]:
    for name, duty in definition.obligations.items():
        yield from _obligation(("obligations", name), duty)


def _milestones(definition: Definition) -> Iterator[Finding]:
    """Whatever counts from a milestone counts from one that something marks."""
    marked = frozenset(_marked(definition))
    for rule, path, milestone in (
        *_of_clocks(definition),
        *_of_obligations(definition),
        *_of_fees(definition),
    ):
        if milestone not in marked:
            says = f"nothing in this definition ever marks `{milestone}`"
            yield Finding(rule, path, says)


Use = tuple[str, Path, Milestone]


def _of_clocks(definition: Definition) -> Iterator[Use]:
    for name, clock in definition.clocks.items():
        for key, named in (("starts", clock.starts), ("stops", clock.stops)):
            for n, milestone in enumerate(named):
                yield "clock.milestone", ("clocks", name, key, n), milestone


def _of_obligations(definition: Definition) -> Iterator[Use]:
    rule = "obligation.milestone"
    for name, duty in definition.obligations.items():
        path: Path = ("obligations", name)
        yield rule, (*path, "opens"), duty.opens
        for n, milestone in enumerate(duty.voided_by):
            yield rule, (*path, "voided_by", n), milestone
        yield from _of_due(rule, (*path, "due"), duty.due)


def _of_fees(definition: Definition) -> Iterator[Use]:
    for name, fee in definition.fees.items():
        yield "fee.milestone", ("fees", name, "frozen_at"), fee.frozen_at
        yield from _of_due("fee.milestone", ("fees", name, "due"), fee.due)
        if fee.deferral is not None:
            lost: Path = ("fees", name, "deferral", "lost")
            yield from _of_due("fee.milestone", lost, fee.deferral.lost)
        for n, end in enumerate(fee.ends):
            yield "fee.milestone", ("fees", name, "ends", n, "at"), end.at


def _of_due(rule: str, path: Path, due: Due) -> Iterator[Use]:
    for n, after in enumerate(due.earliest):
        yield rule, (*path, "earliest", n, "milestone"), after.milestone


def _marked(definition: Definition) -> Iterator[Milestone]:
    """The milestones something in the definition marks."""
    yield from OUTSIDE_CHART
    yield from marked_beside(definition)
    for action in definition.chart.actions.values():
        yield from ACT_RULES[action.act].marks
    if TrackName.TOLERANT in definition.tracks:
        yield from TOLERANCE_MILESTONES
    for duty in definition.obligations.values():
        if duty.reports is not None:
            yield duty.reports


def _clock(path: Path, clock: Clock) -> Iterator[Finding]:
    yield from _length((*path, "length"), clock.length)
    if clock.length.stated and clock.starts != (Milestone.SUSPENDED,):
        says = "only the notice of a special procedure states a time (行政许可法 art. 45)"
        yield Finding("clock.stated", (*path, "length", "stated"), says)
    if Role.TIMER in clock.warned:
        says = "a warning goes to people, not to the timer"
        yield Finding("clock.warned", (*path, "warned"), says)


def _length(path: Path, length: ClockLength, *, inside: bool = False) -> Iterator[Finding]:
    given = [k for k in ("fixed", "track", "stated") if getattr(length, k) is not None]
    given += ["least"] if length.least else []
    if len(given) != 1:
        says = "give exactly one of `fixed`, `track`, `stated`, `least`"
        yield Finding("clock.length", path, says)
    if length.less is not None and not inside:
        yield Finding("clock.length", (*path, "less"), "`less` belongs to an entry of `least`")
    for n, inner in enumerate(length.least):
        yield from _length((*path, "least", n), inner, inside=True)
    units = {unit for inner in length.least for unit in _units(inner)}
    if len(units) > 1:
        says = f"of {' and '.join(sorted(units))} none is the least; use one unit"
        yield Finding("clock.units", (*path, "least"), says)


def _units(length: ClockLength) -> Iterator[str]:
    """The units a length is counted in; a track's limits are in working days."""
    for term in (length.fixed, length.less):
        if term is not None:
            yield term.lstrip("0123456789")
    if length.track is not None:
        yield "wd"
    for inner in length.least:
        yield from _units(inner)


def _by_law(path: Path, clock: Clock) -> Iterator[Finding]:
    """What the law itself says about a limit, whatever its name."""
    for milestone in clock.stops:
        days, basis = _LONGEST.get(milestone, (None, ""))
        fixed = clock.length.fixed
        if days is None or fixed is None:
            continue
        if not fixed.endswith("wd") or int(fixed[:-2]) > days:
            says = f"at most {days}wd are left for this ({basis}); found {fixed}"
            yield Finding("clock.too_long", (*path, "length", "fixed"), says)
    if clock.extension is not None:
        yield from _extension(path, clock, clock.extension)
    if clock.suspended_by and _OF_THE_APPLICANT & set(clock.stops):
        says = "a special procedure suspends limits of the decision, not the applicant's time"
        yield Finding("clock.suspended", (*path, "suspended_by"), f"{says} (行政许可法 art. 45)")
    if clock.public_reason and _OF_THE_APPLICANT & set(clock.stops):
        says = "this is the applicant's time; the office explains its own lateness only"
        yield Finding("clock.public_reason", (*path, "public_reason"), says)
    if clock.length.track is not None and not clock.public_reason:
        says = "a late decision is explained in public (优化营商环境条例 art. 36)"
        yield Finding("clock.public_reason", (*path, "public_reason"), says)


def _extension(path: Path, clock: Clock, extension: Extension) -> Iterator[Finding]:
    if extension.approver is not Role.LEADER:
        says = "an extension is approved by the head of the office (行政许可法 art. 42)"
        yield Finding("clock.approver", (*path, "extension", "approver"), says)
    each, decided = extension.each, clock.length.track is not None
    if decided and (extension.times > 1 or not each.endswith("wd") or int(each[:-2]) > 15):
        says = "a decision is put off once, by at most 10 or jointly 15wd (行政许可法 art. 42)"
        yield Finding("clock.extension", (*path, "extension"), says)


def _lapse(definition: Definition, path: Path, clock: Clock) -> Iterator[Finding]:
    if (clock.lapse.action is None) == (clock.lapse.task is None):
        says = (
            "an expired clock brings exactly one: an `action` of the law, or a `task` for a person"
        )
        yield Finding("clock.lapse", (*path, "lapse"), says)
    action = definition.chart.actions.get(clock.lapse.action or "")
    if action is not None and action.act is not Act.ACCEPT_BY_SILENCE:
        says = f"`{action.act}` is decided by people; only acceptance follows from silence"
        yield Finding("clock.silence", (*path, "lapse", "action"), says)
    elif action is not None and Role.TIMER not in action.by:
        says = f"`{clock.lapse.action}` is not the timer's; put `timer` under its `by`"
        yield Finding("clock.silence", (*path, "lapse", "action"), says)


def _dates(path: Path, duty: Obligation) -> Iterator[Finding]:
    """By when what is owed is due. What opens with the grant may be due from its delivery, for the
    law lets some terms run from the receipt of a permit, and every decision is delivered."""
    begins = {duty.opens}
    if duty.opens is Milestone.GRANTED:
        begins.add(Milestone.DELIVERED)
    if begins.isdisjoint(after.milestone for after in duty.due.earliest):
        says = f"no date counts from `{duty.opens}`, so it would be open without a due date"
        yield Finding("obligation.undated", (*path, "due"), says)
    for n, after in enumerate(duty.due.earliest):
        if ends(after.milestone, duty.voided_by):
            says = f"`{after.milestone}` voids this, so no date can count from it"
            yield Finding("obligation.dead_date", (*path, "due", "earliest", n), says)


def _obligation(path: Path, duty: Obligation) -> Iterator[Finding]:
    yield from _dates(path, duty)
    verified, paid = duty.settled_by == "verification", duty.settled_by == "payment"
    if paid != (duty.pays is not None):
        says = "`pays` says which fee settles it; it goes with `settled_by: payment`"
        yield Finding("obligation.pays", (*path, "pays"), says)
    if duty.reports is not None and (verified or paid or duty.reports not in REPORTED_MILESTONES):
        says = f"`{duty.reports}` does not come from this; a report may mark {_REPORTED}"
        yield Finding("obligation.reports", (*path, "reports"), says)
    if not verified and duty.debtor != "applicant":
        says = "a report is the applicant's; what the authority owes is verified by officers"
        yield Finding("obligation.debtor", (*path, "debtor"), says)
    if duty.verifiers < 2 if verified else duty.verifiers > 0:
        says = "facts are checked by at least two officers (行政许可法 art. 34), reports by none"
        yield Finding("obligation.verifiers", (*path, "verifiers"), says)
    if not paid and verified != (duty.rectify_within is not None):
        says = (
            "a verification says within what time a breach is put right, a payment may; a report"
            " does not"
        )
        yield Finding("obligation.rectify", path, says)
    if (duty.rectify_within is None) != (duty.rectify_basis is None):
        says = "`rectify_within` and `rectify_basis` go together"
        yield Finding("obligation.rectify", path, says)


def _from_service(definition: Definition) -> Iterator[Finding]:
    """What counts from service begins with a document that is served."""
    drawn = {document.drawn_at for document in definition.documents.values()}
    for name, clock in definition.clocks.items():
        for start in clock.starts if clock.from_service else ():
            if start not in drawn:
                says = f"nothing is drawn up at `{start}` that could be served"
                yield Finding("clock.service", ("clocks", name, "from_service"), says)


RULES = (_clocks, _suspended, _warned, _from_service, _heard, _lapses, _obligations, _milestones)
"""Findings about clocks and obligations, and about milestones of fees too."""
