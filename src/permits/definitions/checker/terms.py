"""Tracks, materials, limits, clocks and obligations: what must fit within one mapping or two."""

import re
from collections.abc import Iterator

from permits.definitions.act_rules import ACT_RULES
from permits.definitions.findings import Finding, Path
from permits.definitions.procedure import (
    OUTSIDE_CHART,
    REPORTED_MILESTONES,
    Act,
    Milestone,
    Role,
)
from permits.definitions.schema import (
    Clock,
    ClockLength,
    Definition,
    Obligation,
    Track,
    TrackName,
    Treatment,
)

_VAGUE = re.compile(
    r"其他|其它|有关|相关|等材料|\b(other|relevant|etc|and so on)\b", re.IGNORECASE
)


def term_findings(definition: Definition) -> Iterator[Finding]:
    """Findings about tracks, materials, commitments, clocks, obligations and dates."""
    yield from _dates(definition)
    yield from _tracks(definition)
    yield from _materials(definition)
    for name, clock in definition.clocks.items():
        yield from _clock(definition, ("clocks", name), clock)
    for name, duty in definition.obligations.items():
        yield from _obligation(definition, ("obligations", name), duty)
    yield from _rates(definition)


def _dates(definition: Definition) -> Iterator[Finding]:
    permit = definition.permit
    if permit.effective_until is not None and permit.effective_until < permit.effective_from:
        says = "it ends before it begins"
        yield Finding("permit.dates", ("permit", "effective_until"), says)
    if definition.authority.opens >= definition.authority.closes:
        says = "the office closes before it opens"
        yield Finding("authority.hours", ("authority", "closes"), says)


def _tracks(definition: Definition) -> Iterator[Finding]:
    if TrackName.ORDINARY not in definition.tracks:
        says = (
            "the ordinary track is missing: it is the baseline that savings are measured against"
        )
        yield Finding("track.no_baseline", ("tracks",), says)
    for name, track in definition.tracks.items():
        yield from _track(("tracks", name.value), name, track)


def _track(path: Path, name: TrackName, track: Track) -> Iterator[Finding]:
    for limit in ("promised", "statutory"):
        if not getattr(track, limit).endswith("wd"):
            says = "limits of a track are in working days (行政许可法 art. 82), as in `20wd`"
            yield Finding("track.unit", (*path, limit), says)
            return
    promised, statutory = int(track.promised[:-2]), int(track.statutory[:-2])
    if promised > statutory:
        says = f"the promise ({track.promised}) is longer than the law allows ({track.statutory})"
        yield Finding("track.promise", (*path, "promised"), says)
    if track.on_the_spot != (promised == 0):
        says = "a track is decided on the spot exactly if it promises `0wd`"
        yield Finding("track.on_the_spot", (*path, "on_the_spot"), says)
    if name is TrackName.ORDINARY and (track.admits or track.commitments or track.on_the_spot):
        says = "the ordinary track is open to everybody, without a commitment, and examined"
        yield Finding("track.baseline", path, says)
    if name is TrackName.COMMITMENT and not track.commitments:
        yield Finding("track.no_commitment", path, "this track has no commitment to sign")


def _materials(definition: Definition) -> Iterator[Finding]:
    for name, material in definition.materials.items():
        path: Path = ("materials", name)
        for track in definition.tracks:
            if track not in material.tracks:
                says = f"it does not say what the {track} track does with this material"
                yield Finding("material.track", (*path, "tracks"), says)
        for track, treatment in material.tracks.items():
            if track not in definition.tracks:
                says = f"there is no {track} track"
                yield Finding("material.track", (*path, "tracks", track.value), says)
            elif treatment is Treatment.COMMITTED and not _covered(definition, name, track):
                says = "no commitment of this track covers the material"
                yield Finding("material.uncovered", (*path, "tracks", track.value), says)
        baseline = material.tracks.get(TrackName.ORDINARY, Treatment.SUPPLIED)
        if baseline not in (Treatment.SUPPLIED, Treatment.SHARED):
            says = "on the ordinary track a material is supplied, or shared by another office"
            yield Finding("material.baseline", (*path, "tracks", "ordinary"), says)
        title = f"{material.title.zh} {material.title.en}"
        if _VAGUE.search(title) and not material.covers:
            says = "a catch-all may not be asked for; list every document meant under `covers`"
            yield Finding("material.vague", (*path, "title"), says)


def _covered(definition: Definition, material: str, track: TrackName) -> bool:
    signed = definition.tracks[track].commitments
    return any(
        material in definition.commitments[c].covers for c in signed if c in definition.commitments
    )


def _clock(definition: Definition, path: Path, clock: Clock) -> Iterator[Finding]:
    yield from _length((*path, "length"), clock.length)
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
        yield Finding(
            "clock.silence", (*path, "lapse", "action"), "this action is not the timer's"
        )
    marked = set(_marked(definition))
    for key in ("starts", "stops"):
        for n, milestone in enumerate(getattr(clock, key)):
            if milestone not in marked:
                says = f"nothing in this definition ever marks `{milestone}`"
                yield Finding("clock.milestone", (*path, key, n), says)
    if clock.extension and clock.extension.approver is not Role.LEADER:
        says = "an extension is approved by the head of the office (行政许可法 art. 42)"
        yield Finding("clock.approver", (*path, "extension", "approver"), says)


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


def _marked(definition: Definition) -> Iterator[Milestone]:
    yield from OUTSIDE_CHART
    for action in definition.chart.actions.values():
        yield from ACT_RULES[action.act].marks
    for duty in definition.obligations.values():
        if duty.reports is not None:
            yield duty.reports


def _obligation(definition: Definition, path: Path, duty: Obligation) -> Iterator[Finding]:
    marked = set(_marked(definition))
    used = [((*path, "opens"), duty.opens)]
    used += [((*path, "voided_by", n), m) for n, m in enumerate(duty.voided_by)]
    used += [
        ((*path, "due", "earliest", n, "milestone"), a.milestone)
        for n, a in enumerate(duty.due.earliest)
    ]
    for where, milestone in used:
        if milestone not in marked:
            says = f"nothing in this definition ever marks `{milestone}`"
            yield Finding("obligation.milestone", where, says)
    if all(after.milestone is not duty.opens for after in duty.due.earliest):
        says = f"no date counts from `{duty.opens}`, so it would be open without a due date"
        yield Finding("obligation.undated", (*path, "due"), says)
    if duty.reports is not None and duty.reports not in REPORTED_MILESTONES:
        says = f"`{duty.reports}` is marked by an act, not by a report"
        yield Finding("obligation.reports", (*path, "reports"), says)
    if (duty.settled_by == "verification") != (duty.verifiers >= 2):
        says = "facts are checked by at least two officers (行政许可法 art. 34), reports by none"
        yield Finding("obligation.verifiers", (*path, "verifiers"), says)
    if (duty.settled_by == "verification") != (duty.rectify_within is not None):
        says = "a verification says within what time a breach is put right; a report does not"
        yield Finding("obligation.rectify", path, says)
    if (duty.rectify_within is None) != (duty.rectify_basis is None):
        says = "`rectify_within` and `rectify_basis` go together"
        yield Finding("obligation.rectify", path, says)


def _rates(definition: Definition) -> Iterator[Finding]:
    for name, rate in definition.rates.items():
        for n, (row, following) in enumerate(zip(rate.rows, rate.rows[1:], strict=False)):
            if row.valid_until is None or row.valid_until >= following.valid_from:
                says = "the rows of a rate are in order and do not overlap"
                yield Finding("rate.overlap", ("rates", name, "rows", n), says)
    for name, fee in definition.fees.items():
        quantity = {q.id: q for q in definition.form.questions}.get(fee.quantity)
        if quantity is not None and quantity.type != "integer":
            says = "a fee is reckoned from a number"
            yield Finding("fee.quantity", ("fees", name, "quantity"), says)
