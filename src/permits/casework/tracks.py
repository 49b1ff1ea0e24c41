"""Which tracks an applicant may choose, and the exact text of what is signed for one."""

import hashlib
from collections.abc import Mapping

from permits.casework.envelope import canonical
from permits.casework.refusals import Reason, Refused
from permits.definitions.conditions import Answer, Condition
from permits.definitions.edition import Edition
from permits.definitions.schema import (
    RELIEVED,
    Commitment,
    Definition,
    Material,
    Signer,
    TrackName,
    Treatment,
    Undertaking,
)

UNDERTAKING = "undertaking"
"""What the undertaking of the tolerant track is called where commitments go by their names."""


def shut(edition: Edition, track: TrackName, answers: Mapping[str, Answer]) -> Refused | None:
    """Why a track is not open for these answers; None if it is.

    The order is the law's: exclusions first, then the list; what is left is the applicant's free
    choice. The ordinary track is open to everybody, and a tolerant one to whoever its own
    condition admits: it spares nothing.
    """
    definition = edition.definition

    def holds(condition: str) -> bool:
        return edition.conditions[condition].holds(answers, {})

    relieved = track in RELIEVED
    excluded = tuple(n for n, e in definition.exclusions.items() if relieved and holds(e.when))
    if excluded:
        return Refused(Reason.EXCLUDED, excluded)
    admits = definition.tracks[track].admits
    if admits is not None and not holds(admits):
        return Refused(Reason.TRACK_SHUT, (admits,))
    if not (relieved and definition.list):
        return None
    row = str(answers.get(str(edition.list_field)))
    if row not in definition.list:
        return Refused(Reason.NOT_ON_LIST, (row,))
    condition = definition.list[row].admits
    return None if holds(condition) else Refused(Reason.NOT_ADMITTED, (row, condition))


def signed_for(definition: Definition, track: TrackName) -> dict[str, Commitment | Undertaking]:
    """What is read whole and signed to use a track, by name."""
    texts: dict[str, Commitment | Undertaking] = {
        name: definition.commitments[name] for name in definition.tracks[track].commitments
    }
    if track is TrackName.TOLERANT and definition.undertaking is not None:
        texts[UNDERTAKING] = definition.undertaking
    return texts


def treatments(
    edition: Edition, track: TrackName, answers: Mapping[str, Answer]
) -> dict[str, Treatment]:
    """What a track does with each material that applies to these answers."""
    return {
        name: treatment(material, track, answers, edition.conditions)
        for name, material in edition.definition.materials.items()
        if material.when is None or edition.conditions[material.when].holds(answers, {})
    }


def treatment(
    material: Material,
    track: TrackName,
    answers: Mapping[str, Answer],
    conditions: Mapping[str, Condition],
) -> Treatment:
    """What a track does with a material: the office has what the project has settled before."""
    settled = is_settled(material, answers, conditions)
    return Treatment.SHARED if settled else material.tracks[track]


def is_settled(
    material: Material, answers: Mapping[str, Answer], conditions: Mapping[str, Condition]
) -> bool:
    """Whether another case of the project has settled it, as these answers say."""
    return material.settled is not None and conditions[material.settled.when].holds(answers, {})


def settled_materials(edition: Edition, answers: Mapping[str, Answer]) -> frozenset[str]:
    """The materials that another case of the project has settled, as these answers say."""
    materials = edition.definition.materials.items()
    return frozenset(n for n, m in materials if is_settled(m, answers, edition.conditions))


def signatures(definition: Definition, track: TrackName) -> tuple[str, ...]:
    """Every signature a track wants, each under its key."""
    wanted = signed_for(definition, track)
    return tuple(key for name in wanted for key in signatures_under(definition, name))


def text_of(definition: Definition, key: str) -> Commitment | Undertaking:
    """The notice and statement that the signature of a key stands under."""
    if key == UNDERTAKING and definition.undertaking is not None:
        return definition.undertaking
    return definition.commitments[key.partition(".")[0]]


def signatures_under(definition: Definition, commitment: str) -> tuple[str, ...]:
    """The signatures under one commitment: the applicant's under the commitment's own name, that
    of everybody who signs with it under `commitment.role`."""
    if commitment == UNDERTAKING:
        return (commitment,)
    _applicant, *others = definition.commitments[commitment].signers
    return (commitment, *(f"{commitment}.{role}" for role in others))


def signer_of(definition: Definition, key: str) -> Signer:
    """Who gives the signature of a key."""
    commitment, _, role = key.partition(".")
    return definition.signers[role or definition.commitments[commitment].signers[0]]


def declared_digest(answers: Mapping[str, Answer]) -> str:
    """SHA-256, in hex, of the answers that a commitment speaks of. Personal ones are not among
    them: who the contact is binds nobody."""
    return hashlib.sha256(canonical(dict(answers))).hexdigest()


def signed_content(commitment: Commitment | Undertaking) -> bytes:
    """A notice and the statement under it, in both languages, as the bytes that are signed: JSON
    in its canonical form (RFC 8785). They hold what the definition says and no answer, so nothing
    about a person."""
    text = {
        "kind": commitment.kind if isinstance(commitment, Commitment) else UNDERTAKING,
        "notice": [t.model_dump() for t in commitment.notice],
        "statement": [t.model_dump() for t in commitment.statement],
    }
    return canonical(text)


def notice_digest(commitment: Commitment | Undertaking) -> str:
    """SHA-256, in hex, of what is signed."""
    return hashlib.sha256(signed_content(commitment)).hexdigest()
