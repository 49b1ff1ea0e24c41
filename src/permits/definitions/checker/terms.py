"""The permit type itself, its tracks, their materials and commitments: what must fit together."""

import re
from collections.abc import Iterator

from permits.definitions.findings import Finding, Path
from permits.definitions.schema import (
    RELIEVED,
    Basis,
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

_ALONE, _JOINTLY = 20, 45
"""Working days of 行政许可法 art. 42 for one office, and for several together."""


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
    measure = definition.permit.measure
    path: Path = ("permit", "measure")
    if measure is Measure.COMMITTED and not definition.commitments:
        yield Finding("permit.measure", path, "this rests on commitments, and there is none")
    if measure is Measure.DEFERRED and not (definition.fees or _deferred(definition)):
        says = "nothing is deferred: no track hands a material in later, and there is no fee"
        yield Finding("permit.measure", path, says)
    if measure is not Measure.EXEMPTED and definition.list:
        says = "the rows of a list exempt from the permit, so the measure is `exempted`"
        yield Finding("permit.measure", path, says)


def _deferred(definition: Definition) -> bool:
    return any(
        Treatment.DEFERRED in material.tracks.values()
        for material in definition.materials.values()
    )


def _baseline(definition: Definition) -> Iterator[Finding]:
    if TrackName.ORDINARY not in definition.tracks:
        says = (
            "the ordinary track is missing: it is the baseline that savings are measured against"
        )
        yield Finding("track.no_baseline", ("tracks",), says)


def _exclusion(definition: Definition) -> Iterator[Finding]:
    if RELIEVED & definition.tracks.keys() and not definition.exclusions:
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


def _statutory(definition: Definition) -> Iterator[Finding]:
    """The law's limit is one for the permit, whatever the track; where no law sets another it is
    that of 行政许可法 art. 42."""
    said: dict[tuple[str | None, str | None], str] = {}
    for name, track in definition.tracks.items():
        path: Path = ("tracks", name.value, "statutory")
        basis = track.statutory_basis
        source = (basis.law, basis.article)
        first = said.setdefault(source, track.statutory)
        if basis.law is not None and first != track.statutory:
            says = f"another track has {first} from the same article; a law sets one limit"
            yield Finding("track.statutory", path, says)
        most = _JOINTLY if "(2)" in (basis.article or "") else _ALONE
        if _is_general(definition, basis) and _count(track.statutory) > most:
            says = (
                f"without a law of its own the limit is {most}wd (行政许可法 art. 42; if offices"
                f" decide jointly, 45wd by art. 42(2)); found {track.statutory}"
            )
            yield Finding("track.statutory", path, says)


def _is_general(definition: Definition, basis: Basis) -> bool:
    """Whether no law but 行政许可法 itself is cited."""
    law = definition.laws.get(basis.law or "")
    return basis.law is None or (law is not None and law.title.zh.endswith("行政许可法"))


def _count(term: str) -> int:
    return int(term.rstrip("wdm"))


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
        kinds = _kinds(definition, name, track)
        if treatment is Treatment.COMMITTED and not kinds:
            says = "no commitment of this track covers the material"
            yield Finding("material.uncovered", path, says)
        if kinds and treatment is Treatment.SUPPLIED:
            says = "a commitment of this track stands in for it, yet it is asked for all the same"
            yield Finding("material.asked_twice", path, says)
        if kinds and treatment is Treatment.SHARED:
            says = "a commitment of this track stands in for it, yet the office has it already"
            yield Finding("material.covered", path, says)
        if kinds == {"A"} and treatment is Treatment.DEFERRED:
            says = "what is handed in later is promised by a commitment of kind B; this is kind A"
            yield Finding("material.covered", path, says)
        tolerant = track is TrackName.TOLERANT
        if tolerant and treatment is Treatment.DEFERRED and material.essential:
            says = (
                "an essential material is there from the beginning; only a secondary one may be"
                " handed in later (河南省优化营商环境条例 art. 35)"
            )
            yield Finding("material.essential", path, says)


def _kinds(definition: Definition, material: str, track: TrackName) -> set[str]:
    """The kinds of the track's commitments that stand in for a material."""
    signed = definition.tracks[track].commitments
    known = (definition.commitments[c] for c in signed if c in definition.commitments)
    return {commitment.kind for commitment in known if material in commitment.covers}


def _stood_in_for(definition: Definition) -> Iterator[Finding]:
    """A commitment replaces what would have to be handed in."""
    for name, commitment in definition.commitments.items():
        for n, covered in enumerate(commitment.covers):
            material = definition.materials.get(covered)
            if material and material.tracks.get(TrackName.ORDINARY) is Treatment.SHARED:
                says = "on the ordinary track the office has this already; nothing is replaced"
                yield Finding("material.covered", ("commitments", name, "covers", n), says)


RULES = (
    _dates, _hours, _measure, _baseline, _exclusion, _tracks, _statutory, _materials, _treatments,
    _stood_in_for,
)  # fmt: skip
"""Findings about the permit, its tracks, materials and commitments."""
