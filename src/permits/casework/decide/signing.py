"""Commitments are signed as their notice reads now, over what is declared, by all who must."""

from collections.abc import Iterable, Mapping

from permits.casework import commands as c
from permits.casework.decide.minutes import Minutes
from permits.casework.families.tracks import CommitmentSigned
from permits.casework.parts import Seal
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import declared_digest, notice_digest, signatures, signer_of
from permits.definitions.schema import TrackName


def unsigned(minutes: Minutes, track: TrackName, signed: Iterable[c.Signing]) -> Refused | None:
    """Why what was signed is not what the track wants, of everybody who has to sign."""
    definition = minutes.definition
    digests = {s.signature: s.text_digest for s in signed}
    wanted = signatures(definition, track)
    missing = tuple(key for key in wanted if key not in digests)
    if missing:
        return Refused(Reason.COMMITMENT_UNSIGNED, missing)
    stale = tuple(
        key
        for key, digest in digests.items()
        if key not in wanted or digest != notice_digest(definition.commitments[_commitment(key)])
    )
    return Refused(Reason.NOTICE_CHANGED, stale) if stale else None


def same_signers(minutes: Minutes, track: TrackName, seals: Mapping[str, Seal]) -> bool:
    """Whether the authorised persons who signed are still those who are named."""
    keys = signatures(minutes.definition, track)
    named = {signer_of(minutes.definition, key).person for key in keys} - {None}
    return all(seals.get(str(f)) == minutes.case.seals.get(str(f)) for f in named)


def sign(minutes: Minutes, signed: Iterable[c.Signing]) -> None:
    """Note each signature, over the answers as they stand in the case."""
    for signing in signed:
        commitment, _, role = signing.signature.partition(".")
        rule = minutes.definition.commitments[commitment]
        person = signer_of(minutes.definition, signing.signature).person
        minutes.note(
            CommitmentSigned(
                commitment=commitment,
                kind=rule.kind,
                text_digest=signing.text_digest,
                declared=declared_digest(minutes.case.answers),
                signer=minutes.desk.actor.id,
                means="letter" if role else "password",
                role=role or rule.signers[0],
                person=minutes.case.seals.get(person) if person else None,
            )
        )


def _commitment(key: str) -> str:
    return key.partition(".")[0]
