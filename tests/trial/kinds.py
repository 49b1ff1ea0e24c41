"""Every shipped permit type with applications that its own samples describe, each in order."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.answers import put
from permits.casework.entries import totals_of
from permits.casework.shared import left_to_applicant
from permits.casework.tracks import (
    notice_digest,
    settled_materials,
    shut,
    signatures,
    text_of,
    treatments,
)
from permits.definitions.conditions import Answer, Entry
from permits.definitions.edition import Edition
from permits.definitions.form import Question
from permits.definitions.schema import TrackName, Treatment
from permits.settings import shipped
from tests.casework.afterwards import EXAMPLE, changed
from tests.casework.duties import add_fee
from tests.definitions.shipped import edition
from tests.kit import OTHER_PARTY, PARTY, paper
from tests.staged import CODE

FOLDER = shipped("workflows")
PERMITS = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))

PLAIN: dict[str, Answer] = {
    "text": "示例",
    "long_text": "示例",
    "integer": 1,
    "boolean": False,
    "date": "2022-06-20",
    "credit_code": OTHER_PARTY,
    "project_code": CODE,
    "phone": "037112345678",
}
"""What a question is answered of which nothing depends."""


@cache
def charged() -> Edition:
    """The construction permit, if there were two charges for its floor area and that might be
    changed: one is corrected then, the other stays as it was fixed."""

    def change(data: Any) -> None:
        add_fee(data)
        fee = {**data["fees"]["charge"], "quantity": "area_m2"}
        fee["gates"] = [{"shuts": "deregister", "basis": EXAMPLE}]
        data["fees"] = {"charge": fee, "levy": {**fee, "receipt_word": "费"}}
        data["amendment"]["fields"].append("area_m2")
        data["amendment"]["corrects"] = ["charge"]

    return changed("staged_construction", change)


class Answered(NamedTuple):
    """What an applicant declares: answers in the clear, and the seals of personal ones."""

    answers: dict[str, Answer]
    seals: dict[str, str]


class Sampled(NamedTuple):
    """A track that a sample opens."""

    track: str
    sample: str


def answered(one: Edition, deciding: dict[str, Answer]) -> Answered:
    """Every question that is put and must be answered: as decided here, or plainly."""
    answers: dict[str, Answer] = {}
    seals: dict[str, str] = {}
    for question in one.questions.values():
        if not put(one, question, answers):
            continue
        if question.personal is not None:
            seals[question.id] = f"{len(seals):064x}"
        elif question.id in deciding:
            answers[question.id] = deciding[question.id]
        elif question.type == "choice":
            answers[question.id] = next(iter(question.options))
        elif question.type == "entries":
            answers |= _several(question)
        elif question.required:
            least = question.least or 0
            answers[question.id] = (
                max(1, least) if question.type == "integer" else PLAIN[question.type]
            )
    return Answered(answers, seals)


def _several(question: Question) -> dict[str, Answer]:
    """As many entries as are wanted, each as plain as it can be, with their totals."""
    entry = _entry(question)
    entries = (entry,) * question.fewest
    return {question.id: entries, **totals_of(question, entries)}


def _entry(question: Question) -> Entry:
    """An entry with the plainest answer to everything that is asked of it."""
    return {
        column.id: next(iter(column.options), None)
        or (max(1, column.least or 0) if column.type == "integer" else PLAIN[column.type])
        for column in question.columns
    }


@cache
def sample(permit: str, name: str) -> Answered:
    """A sample of the definition, filled up to a whole form."""
    one = edition(permit)
    samples = one.definition.samples
    alike = samples[samples[name].like or name]
    return answered(one, {**alike.answers, **samples[name].answers})


@cache
def openings(permit: str) -> tuple[Sampled, ...]:
    """Every sample on every track it opens."""
    one = edition(permit)
    return tuple(
        Sampled(track.value, name)
        for track in one.definition.tracks
        for name in one.definition.samples
        if shut(one, track, sample(permit, name).answers) is None
    )


def signed(one: Edition, track: str) -> tuple[i.Signing, ...]:
    """Every signature that a track wants, under the texts as they read now."""
    return tuple(
        i.Signing(key, notice_digest(text_of(one.definition, key)))
        for key in signatures(one.definition, TrackName(track))
    )


def supplied(one: Edition, track: str, answers: dict[str, Answer]) -> Iterator[str]:
    """The materials that are handed in with an application, by whoever shares nothing."""
    treated = treatments(one, TrackName(track), answers)
    asked = left_to_applicant(treated, (), settled_materials(one, answers))
    for name, what in asked.items():
        if what is Treatment.SUPPLIED:
            yield name


def application(one: Edition, track: str, said: Answered, **changes: Any) -> c.File:
    """An application that is in order."""
    values: dict[str, Any] = {
        "track": track,
        "party": PARTY,
        "channel": "web",
        "answers": said.answers,
        "seals": said.seals,
        "handed_in": tuple(map(paper, supplied(one, track, said.answers))),
        "signed": signed(one, track),
        "lookup": "c" * 64,
    }
    return c.File(**{**values, **changes})
