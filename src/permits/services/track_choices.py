"""Which tracks an application may take, and why the others are shut."""

from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from permits.casework import standing
from permits.casework.party import Party
from permits.casework.refusals import Refused
from permits.casework.tracks import shut
from permits.definitions.conditions import Answer
from permits.definitions.edition import Edition
from permits.definitions.schema import TrackName


class TrackChoice(msgspec.Struct, frozen=True):
    """A track as it is offered for the answers given; `shut` says why it cannot be chosen."""

    name: TrackName
    shut: Refused | None


def choices(
    edition: Edition,
    answers: Mapping[str, Answer],
    applicant: str,
    shown: Callable[[str], Party],
    today: date,
) -> tuple[TrackChoice, ...]:
    """Every track of a permit type in the order of its definition. `shown` reads the standing of
    a party, the applicant's and each co-signer's, by its credit code, once each."""
    tracks = edition.definition.tracks
    signing = {track: standing.signing(edition, track, answers) for track in tracks}
    party = shown(applicant)
    co_signers = {code: shown(code) for code in {c for codes in signing.values() for c in codes}}
    return tuple(
        TrackChoice(
            track,
            standing.closed(party, edition.permit, today)
            or shut(edition, track, answers)
            or standing.lost(track, party, today)
            or standing.barred(track, party, today)
            or standing.signer_lost(co_signers, signing[track], today),
        )
        for track in tracks
    )
