"""The permit type itself, its tracks, their materials and commitments: what must fit together."""

import re
from collections.abc import Iterator

from permits.definitions.findings import Finding, Path
from permits.definitions.schema import (
    Definition,
    Material,
    Measure,
    Track,
    TrackName,
    Treatment,
)

_VAGUE = re.compile(
    r"其他|其它|有关|相关|等材料|\b(other|relevant|etc|and so on)\b", re.IGNORECASE
)


def _dates(definition: Definition) -> Iterator[Finding]:
    permit = definition.permit
    if permit.effective_until is not None and permit.effective_until < permit.effective_from:
        says = f"it ends on {permit.effective_until}, before it begins"
        yield Finding("permit.dates", ("permit", "effective_until"), says)


def _hours(definition: Definition) -> Iterator[Finding]:
    if definition.authority.opens >= definition.authority.closes:
        says = f"the office closes at {definition.authority.closes}, before it opens"
        yield Finding("authority.hours", ("authority", "closes"), says)


def _measure(definition: Definition) -> Iterator[Finding]:
    if definition.permit.measure is Measure.COMMITTED and not definition.commitments:
        says = "this rests on commitments, and there is none"
        yield Finding("permit.measure", ("permit", "measure"), says)


def _baseline(definition: Definition) -> Iterator[Finding]:
    if TrackName.ORDINARY not in definition.tracks:
        says = (
            "the ordinary track is missing: it is the baseline that savings are measured against"
        )
        yield Finding("track.no_baseline", ("tracks",), says)


def _exclusion(definition: Definition) -> Iterator[Finding]:
    if len(definition.tracks) > 1 and not definition.exclusions:
        says = (
            "what touches state security or public safety stays on the ordinary track:"
            " say under what condition (国办发〔2020〕42号)"
        )
        yield Finding("track.no_exclusion", ("exclusions",), says)


def _tracks(definition: Definition) -> Iterator[Finding]:
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
        says = "this track has no commitment to sign; name one under `commitments`"
        yield Finding("track.no_commitment", path, says)


def _materials(definition: Definition) -> Iterator[Finding]:
    for name, material in definition.materials.items():
        yield from _material(definition, ("materials", name), material)


def _material(definition: Definition, path: Path, material: Material) -> Iterator[Finding]:
    for track in definition.tracks:
        if track not in material.tracks:
            says = f"it does not say what the {track} track does with this material"
            yield Finding("material.track", (*path, "tracks"), says)
    baseline = material.tracks.get(TrackName.ORDINARY, Treatment.SUPPLIED)
    if baseline not in (Treatment.SUPPLIED, Treatment.SHARED):
        says = f"on the ordinary track a material is supplied or shared, not {baseline}"
        yield Finding("material.baseline", (*path, "tracks", "ordinary"), says)
    title = f"{material.title.zh} {material.title.en}"
    if _VAGUE.search(title) and not material.covers:
        says = "a catch-all may not be asked for; list every document meant under `covers`"
        yield Finding("material.vague", (*path, "title"), says)


def _treatments(definition: Definition) -> Iterator[Finding]:
    for name, material in definition.materials.items():
        yield from _treated(definition, name, material)


def _treated(definition: Definition, name: str, material: Material) -> Iterator[Finding]:
    for track, treatment in material.tracks.items():
        path: Path = ("materials", name, "tracks", track.value)
        if track not in definition.tracks:
            yield Finding("material.track", path, f"there is no {track} track")
            continue
        covered = _covered(definition, name, track)
        if treatment is Treatment.COMMITTED and not covered:
            says = "no commitment of this track covers the material"
            yield Finding("material.uncovered", path, says)
        if covered and treatment is Treatment.SUPPLIED:
            says = "a commitment of this track stands in for it, yet it is asked for all the same"
            yield Finding("material.asked_twice", path, says)
        tolerant = track is TrackName.TOLERANT
        if tolerant and treatment is Treatment.DEFERRED and material.essential:
            says = (
                "an essential material is there from the beginning; only a secondary one may be"
                " handed in later (河南省优化营商环境条例 art. 35)"
            )
            yield Finding("material.essential", path, says)


def _covered(definition: Definition, material: str, track: TrackName) -> bool:
    signed = definition.tracks[track].commitments
    return any(
        material in definition.commitments[c].covers for c in signed if c in definition.commitments
    )


RULES = (
    _dates, _hours, _measure, _baseline, _exclusion, _tracks, _materials, _treatments,
)  # fmt: skip
"""Findings about the permit, its tracks, materials and commitments."""
