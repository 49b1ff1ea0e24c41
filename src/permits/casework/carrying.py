"""An application begun under one edition and gone on with under another: nothing typed is lost,
what is still signed stays signed, and what has to be answered anew is named."""

from collections.abc import Container, Iterable, Mapping

import msgspec

from permits.casework.answers import Fault, read_answers
from permits.casework.tracks import notice_digest, signatures, text_of
from permits.definitions.edition import Edition
from permits.definitions.form import Question
from permits.definitions.schema import Definition, TrackName


class Carried(msgspec.Struct, frozen=True):
    """What another edition changes for an application, by the names of fields, materials,
    commitments and tracks. `anew` are the fields whose answer no longer fits, `gone` those that
    were answered and are asked no more; `texts` those that read otherwise than before."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    anew: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    materials_added: tuple[str, ...] = ()
    materials_gone: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    tracks_gone: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


def carried(old: Edition, new: Edition, typed: Mapping[str, str]) -> Carried:
    """What changed between two editions, as far as an application sees of it."""
    known = {name: text for name, text in typed.items() if name in new.questions}
    unfit = {
        problem.field
        for problem in read_answers(new, known).problems
        if problem.fault is not Fault.MISSING
    }
    before, after = old.definition, new.definition
    return Carried(
        added=_besides(new.questions, old.questions),
        changed=tuple(
            name
            for name, question in new.questions.items()
            if name in old.questions and _otherwise(old.questions[name], question)
        ),
        anew=tuple(name for name in new.questions if name in unfit and name in old.questions),
        gone=tuple(
            name for name in _besides(old.questions, new.questions) if typed.get(name, "").strip()
        ),
        materials_added=_besides(after.materials, before.materials),
        materials_gone=_besides(before.materials, after.materials),
        texts=tuple(
            name
            for name, text in after.commitments.items()
            if name in before.commitments
            and notice_digest(before.commitments[name]) != notice_digest(text)
        ),
        tracks_gone=_besides(before.tracks, after.tracks),
        limits=tuple(
            name
            for name, track in after.tracks.items()
            if name in before.tracks and before.tracks[name].promised != track.promised
        ),
    )


def _besides(these: Iterable[str], those: Container[str]) -> tuple[str, ...]:
    return tuple(name for name in these if name not in those)


def _otherwise(before: Question, after: Question) -> bool:
    """Whether a question takes other answers, or is put in other words."""
    return before.model_dump(exclude={"personal"}) != after.model_dump(exclude={"personal"})


def track_left(definition: Definition, track: str) -> str:
    """The track that was chosen, if the edition has it."""
    return track if track in definition.tracks else ""


def signed_still(definition: Definition, track: str, signed: Mapping[str, str]) -> dict[str, str]:
    """The signatures that still stand under the texts of the edition, by their keys."""
    if not track:
        return {}
    wanted = signatures(definition, TrackName(track))
    return {
        key: digest
        for key, digest in signed.items()
        if key in wanted and digest == notice_digest(text_of(definition, key))
    }
