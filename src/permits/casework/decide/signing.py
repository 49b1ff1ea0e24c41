"""Commitments and undertakings are signed as their notice reads now, commitments over what is
declared."""

from collections.abc import Iterable

from permits.casework import commands as c
from permits.casework.decide.minutes import Minutes
from permits.casework.families.tolerance import UndertakingSigned
from permits.casework.families.tracks import CommitmentSigned
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import UNDERTAKING, declared_digest, notice_digest, signed_for
from permits.definitions.schema import TrackName


def unsigned(
    minutes: Minutes, track: TrackName, signed: Iterable[c.Signing], *, anew: bool = False
) -> Refused | None:
    """Why what was signed is not what the track wants. `anew` asks for what speaks of the facts
    once more, which an undertaking does not."""
    texts = signed_for(minutes.definition, track)
    if anew:
        texts.pop(UNDERTAKING, None)
    digests = {s.commitment: s.text_digest for s in signed}
    missing = tuple(name for name in texts if name not in digests)
    if missing:
        return Refused(Reason.COMMITMENT_UNSIGNED, missing)
    stale = tuple(
        name
        for name, digest in digests.items()
        if name not in texts or digest != notice_digest(texts[name])
    )
    return Refused(Reason.NOTICE_CHANGED, stale) if stale else None


def sign(minutes: Minutes, signed: Iterable[c.Signing]) -> None:
    """Note each signature; that under a commitment over the answers as they stand in the case."""
    signer = minutes.desk.actor.id
    for signing in signed:
        name, digest = signing.commitment, signing.text_digest
        if name == UNDERTAKING:
            event = UndertakingSigned(text_digest=digest, signer=signer, means="password")
            minutes.note(event)
            continue
        minutes.note(
            CommitmentSigned(
                commitment=name,
                kind=minutes.definition.commitments[name].kind,
                text_digest=digest,
                declared=declared_digest(minutes.case.answers),
                signer=signer,
                means="password",
            )
        )
