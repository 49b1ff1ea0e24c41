"""What the rule-book itself saves: each track against the ordinary one of the same definition.

These are figures of rules, not of cases, and are never added to those: they say what is asked of
anybody, whether or not somebody came.
"""

from collections.abc import Iterable, Iterator

import msgspec

from permits.definitions.schema import Definition
from permits.definitions.tracks import TrackName, Treatment


class Ruled(msgspec.Struct, frozen=True):
    """A track of a permit type: materials that are always asked for on the ordinary track and on
    this one, and the promised working days of both. What is deferred is still asked for."""

    track: TrackName
    title: object
    materials_ordinary: int
    materials: int
    days_ordinary: int
    days: int


class Compression(msgspec.Struct, frozen=True):
    """The limits of so many permit types on a track, in working days: what the law allows, and
    what is promised; a track that is decided on the spot promises none."""

    track: TrackName
    items: int
    statutory: int
    promised: int

    @property
    def saved(self) -> int:
        """What the ratio (Σ statutory − Σ promised) ÷ Σ statutory (承诺时限压缩比) divides."""
        return self.statutory - self.promised


SAVED = (Treatment.EXEMPT, Treatment.SHARED, Treatment.COMMITTED)


def ruled(definition: Definition) -> Iterator[Ruled]:
    """The tracks beside the ordinary one."""
    asked = [
        material
        for material in definition.materials.values()
        if material.when is None and material.tracks[TrackName.ORDINARY] is Treatment.SUPPLIED
    ]
    ordinary = definition.tracks[TrackName.ORDINARY]
    for name, track in definition.tracks.items():
        if name is not TrackName.ORDINARY:
            left = [one for one in asked if one.tracks[name] not in SAVED]
            yield Ruled(
                track=name,
                title=track.title,
                materials_ordinary=len(asked),
                materials=len(left),
                days_ordinary=_days(ordinary.promised),
                days=0 if track.on_the_spot else _days(track.promised),
            )


def _days(term: str) -> int:
    return int(term.removesuffix("wd"))


def compressed(definitions: Iterable[Definition]) -> Iterator[Compression]:
    """How far promises lie below the law, on each track that a permit type has."""
    definitions = tuple(definitions)
    for name in TrackName:
        tracks = [one.tracks[name] for one in definitions if name in one.tracks]
        if tracks:
            yield Compression(
                track=name,
                items=len(tracks),
                statutory=sum(_days(one.statutory) for one in tracks),
                promised=sum(0 if one.on_the_spot else _days(one.promised) for one in tracks),
            )
