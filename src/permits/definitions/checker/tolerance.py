"""The tolerant track (容缺受理): what makes it one, and keeps it apart from a commitment."""

from collections.abc import Iterator

from permits.definitions.findings import Finding, Path
from permits.definitions.procedure import ENDING_TOLERANCE, Milestone
from permits.definitions.schema import (
    Clock,
    ClockLength,
    Definition,
    Track,
    TrackName,
    Treatment,
)

_BASIS = "河南省优化营商环境条例 art. 35"


def _track(definition: Definition) -> Iterator[Finding]:
    track, path = definition.tracks.get(TrackName.TOLERANT), ("tracks", "tolerant")
    if track is None:
        return
    if track.on_the_spot:
        says = "what is decided on the spot leaves no time to supply anything later"
        yield Finding("tolerance.on_the_spot", (*path, "on_the_spot"), says)
    if track.commitments:
        says = "materials that follow are undertaken, not committed to; sign the `undertaking`"
        yield Finding("tolerance.commitment", (*path, "commitments"), says)
    treated = [m.tracks.get(TrackName.TOLERANT) for m in definition.materials.values()]
    if Treatment.DEFERRED not in treated:
        yield Finding(
            "tolerance.nothing", path, f"no material may follow on this track ({_BASIS})"
        )
    clocks = [n for n, c in definition.clocks.items() if Milestone.TOLERATED in c.starts]
    if len(clocks) != 1:
        says = "exactly one clock starts at `tolerated` and gives the time to supply"
        yield Finding("tolerance.clock", ("clocks",), f"{says} ({_BASIS})")
    for name in clocks[:1]:
        yield from _clock(definition, ("clocks", name), definition.clocks[name], track)


def _clock(definition: Definition, path: Path, clock: Clock, track: Track) -> Iterator[Finding]:
    if Milestone.SUPPLEMENTED not in clock.stops:
        says = "the time to supply ends when all is in: stop it at `supplemented`"
        yield Finding("tolerance.clock", (*path, "stops"), says)
    days = _days(clock.length, track)
    promised = _count(track.promised)
    if days is not None and promised is not None and not 0 < days <= promised:
        says = (
            f"it is {days}wd; it must leave a day to supply and end by the promise ({promised}wd)"
        )
        yield Finding("tolerance.length", (*path, "length"), says)
    action = definition.chart.actions.get(clock.lapse.drafts or "")
    if action is None or action.act not in ENDING_TOLERANCE:
        says = "say under `lapse.drafts` what is drafted when it expires, an action that does"
        yield Finding("tolerance.drafts", (*path, "lapse"), f"{says} {_ENDING}")


_ENDING = " or ".join(f"`{act}`" for act in sorted(ENDING_TOLERANCE))


def _days(length: ClockLength, track: Track) -> int | None:
    """Working days of a length on the track; None if it is counted otherwise."""
    if length.least:
        found = [_days(inner, track) for inner in length.least]
        return min((days for days in found if days is not None), default=None)
    written = length.fixed or (getattr(track, length.track) if length.track else "")
    days, less = _count(written), _count(length.less or "0wd")
    return None if days is None or less is None else days - less


def _count(term: str) -> int | None:
    return int(term.removesuffix("wd")) if term.endswith("wd") else None


def _undertaking(definition: Definition) -> Iterator[Finding]:
    tolerant, undertaking = TrackName.TOLERANT in definition.tracks, definition.undertaking
    if tolerant and undertaking is None:
        says = "the tolerant track needs an undertaking to sign"
        yield Finding("tolerance.undertaking", ("tracks", "tolerant"), says)
    if undertaking is not None and not tolerant:
        says = "there is no tolerant track on which this would be signed"
        yield Finding("tolerance.undertaking", ("undertaking",), says)
    if undertaking is not None and not undertaking.bars.endswith("m"):
        says = "a bar is counted in months, as in `12m`"
        yield Finding("tolerance.bars", ("undertaking", "bars"), says)
    if "undertaking" in definition.commitments:
        says = "`undertaking` is what is signed for the tolerant track; use another name"
        yield Finding("commitment.reserved", ("commitments", "undertaking"), says)


def _materials(definition: Definition) -> Iterator[Finding]:
    for name, material in definition.materials.items():
        treated = material.tracks.get(TrackName.TOLERANT)
        ordinary = material.tracks.get(TrackName.ORDINARY)
        path: Path = ("materials", name)
        if treated is None or TrackName.TOLERANT not in definition.tracks:
            continue
        if treated not in (Treatment.DEFERRED, ordinary):
            says = (
                "the tolerant track spares nothing: a material is as on the ordinary one, or later"
            )
            yield Finding("tolerance.material", (*path, "tracks", "tolerant"), says)
        later = treated is Treatment.DEFERRED and not material.essential
        if later != (material.secondary_basis is not None):
            says = "`secondary_basis` says why what the tolerant track takes later is secondary"
            yield Finding("tolerance.secondary", path, f"{says} ({_BASIS})")


def _drafts(definition: Definition) -> Iterator[Finding]:
    """What a clock drafts goes with a task, and is a decision that a person may be drafted."""
    drafted = {c.lapse.drafts for c in definition.clocks.values()}
    for name, clock in definition.clocks.items():
        action = definition.chart.actions.get(clock.lapse.drafts or "")
        path: Path = ("clocks", name, "lapse", "drafts")
        if clock.lapse.drafts is not None and clock.lapse.task is None:
            yield Finding(
                "clock.drafts", path, "what is drafted is confirmed by somebody: add a `task`"
            )
        if action is not None and Milestone.TOLERATED not in clock.starts:
            says = "only the time to supply what is missing drafts its own end"
            yield Finding("clock.drafts", path, says)
        if action is not None and not set(action.by) & set(clock.warned):
            says = f"whoever confirms the draft is warned: one of {', '.join(sorted(action.by))}"
            yield Finding("clock.warned", ("clocks", name, "warned"), says)
    for name, action in definition.chart.actions.items():
        if action.act in ENDING_TOLERANCE and name not in drafted:
            says = "no clock drafts this under its `lapse.drafts`"
            yield Finding("tolerance.undrafted", ("chart", "actions", name), says)


RULES = (_track, _undertaking, _materials, _drafts)
"""Findings about the tolerant track."""
