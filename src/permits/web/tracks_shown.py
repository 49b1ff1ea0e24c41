"""A track as pages show it beside the others: what it asks for, and what it spares."""

from collections.abc import Mapping
from dataclasses import dataclass

from permits.casework.due_dates import Length
from permits.casework.refusals import Reason, Refused
from permits.casework.savings import SAVED
from permits.casework.tracks import signed_for, treatments
from permits.definitions.conditions import Answer
from permits.definitions.edition import Edition
from permits.definitions.schema import Track, TrackName, Treatment
from permits.text import refusals
from permits.text.words import Language


@dataclass(frozen=True, slots=True)
class ShownTrack:
    """A track beside the others: what it asks for, and what it spares against the ordinary one;
    `lost` if an entry in the record of the party shuts it."""

    name: str
    track: Track
    shut: str
    hand_in: tuple[str, ...]
    later: tuple[str, ...]
    sign: tuple[str, ...]
    spared_materials: int
    spared_days: int
    lost: bool


def shown_track(
    edition: Edition,
    answers: Mapping[str, Answer],
    name: TrackName,
    shut: Refused | None,
    language: Language,
) -> ShownTrack:
    """A track for these answers; `shut` says why it cannot be chosen."""
    definition = edition.definition
    track = definition.tracks[name]
    ordinary = treatments(edition, TrackName.ORDINARY, answers)
    treated = treatments(edition, name, answers)
    base = [material for material, what in ordinary.items() if what is Treatment.SUPPLIED]

    def titles(wanted: Treatment) -> tuple[str, ...]:
        return tuple(
            definition.materials[n].title.in_(language) for n, t in treated.items() if t is wanted
        )

    return ShownTrack(
        name=name,
        track=track,
        shut=refusals.sentence(shut, definition, language) if shut else "",
        hand_in=titles(Treatment.SUPPLIED),
        later=titles(Treatment.DEFERRED),
        sign=tuple(t.title.in_(language) for t in signed_for(definition, name).values()),
        spared_materials=sum(1 for material in base if treated[material] in SAVED),
        spared_days=_days(definition.tracks[TrackName.ORDINARY]) - _days(track),
        lost=shut is not None and shut.reason is Reason.TRACK_LOST,
    )


def _days(track: Track) -> int:
    return Length.parse(track.promised).count
