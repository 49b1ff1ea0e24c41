"""Commitments are signed as their notice reads now, over what is declared."""

from collections.abc import Iterable

from permits.casework import commands as c
from permits.casework.decide.minutes import Minutes
from permits.casework.families.tracks import CommitmentSigned
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import declared_digest, notice_digest
from permits.definitions.schema import TrackName


def unsigned(minutes: Minutes, track: TrackName, signed: Iterable[c.Signing]) -> Refused | None:
    """Why what was signed is not what the track wants."""
    definition = minutes.definition
    digests = {s.commitment: s.text_digest for s in signed}
    wanted = definition.tracks[track].commitments
    missing = tuple(name for name in wanted if name not in digests)
    if missing:
        return Refused(Reason.COMMITMENT_UNSIGNED, missing)
    stale = tuple(
        name
        for name, digest in digests.items()
        if name not in wanted or digest != notice_digest(definition.commitments[name])
    )
    return Refused(Reason.NOTICE_CHANGED, stale) if stale else None


def sign(minutes: Minutes, signed: Iterable[c.Signing]) -> None:
    """Note each signature, over the answers as they stand in the case."""
    for signing in signed:
        minutes.note(
            CommitmentSigned(
                commitment=signing.commitment,
                kind=minutes.definition.commitments[signing.commitment].kind,
                text_digest=signing.text_digest,
                declared=declared_digest(minutes.case.answers),
                signer=minutes.desk.actor.id,
                means="password",
            )
        )
