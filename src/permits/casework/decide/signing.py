"""Commitments and undertakings are signed as their notice reads now, by all who must; commitments
over what is declared."""

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from permits.casework import inputs as i
from permits.casework.decide.minutes import Minutes
from permits.casework.families.tolerance import UndertakingSigned
from permits.casework.families.tracks import CommitmentSigned
from permits.casework.parts import Seal
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import (
    UNDERTAKING,
    declared_digest,
    notice_digest,
    signatures,
    signer_of,
    text_of,
)
from permits.definitions.schema import Definition, TrackName


def unsigned(
    minutes: Minutes, track: TrackName, signed: Iterable[i.Signing], *, anew: bool = False
) -> Refused | None:
    """Why what was signed is not what the track wants, of everybody who has to sign. `anew` asks
    for what speaks of the facts once more, which an undertaking does not."""
    definition = minutes.definition
    digests = {s.signature: s.text_digest for s in signed}
    wanted = tuple(k for k in signatures(definition, track) if not (anew and k == UNDERTAKING))
    missing = tuple(key for key in wanted if key not in digests)
    if missing:
        return Refused(Reason.COMMITMENT_UNSIGNED, missing)
    return not_as_it_reads(definition, wanted, digests)


def not_as_it_reads(
    definition: Definition, wanted: Collection[str], digests: Mapping[str, str]
) -> Refused | None:
    """Why signatures do not stand, by their keys: nobody asked for it, or its text was another."""
    unasked = tuple(key for key in digests if key not in wanted)
    if unasked:
        return Refused(Reason.SIGNED_UNASKED, unasked)
    stale = tuple(
        key for key, digest in digests.items() if digest != notice_digest(text_of(definition, key))
    )
    return Refused(Reason.NOTICE_CHANGED, stale) if stale else None


def same_signers(minutes: Minutes, track: TrackName, seals: Mapping[str, Seal]) -> bool:
    """Whether the authorised persons who signed are still those who are named."""
    keys = {*signatures(minutes.definition, track)} - {UNDERTAKING}
    named = {signer_of(minutes.definition, key).person for key in keys} - {None}
    return all(seals.get(str(f)) == minutes.case.seals.get(str(f)) for f in named)


def sign(minutes: Minutes, signed: Iterable[i.Signing]) -> None:
    """Note each signature; that under a commitment over the answers as they stand in the case. The
    window has witnessed and scanned what was signed on paper."""
    signer, brought = minutes.desk.actor.id, minutes.desk.brought
    scan = brought.paper if brought is not None else ""
    for signing in signed:
        if signing.signature == UNDERTAKING:
            event = UndertakingSigned(
                text_digest=signing.text_digest,
                signer=signer,
                means="paper" if scan else "password",
                scan=scan,
                shown_in="" if scan else signing.shown_in,
            )
            minutes.note(event)
            continue
        commitment, _, role = signing.signature.partition(".")
        rule = minutes.definition.commitments[commitment]
        person = signer_of(minutes.definition, signing.signature).person
        means = _means(signing, scan)
        minutes.note(
            CommitmentSigned(
                commitment=commitment,
                kind=rule.kind,
                text_digest=signing.text_digest,
                declared=declared_digest(minutes.case.answers),
                signer=signing.account if signing.online else signer,
                means=means,
                role=role or rule.signers[0],
                person=minutes.case.seals.get(person) if person else None,
                scan=scan,
                shown_in=signing.shown_in if means == "password" else "",
            )
        )


def _means(signing: i.Signing, scan: str) -> Literal["password", "letter", "paper"]:
    """How somebody has signed: in their own account, on a letter, or on what was scanned."""
    if signing.online:
        return "password"
    if "." in signing.signature:
        return "letter"
    return "paper" if scan else "password"
