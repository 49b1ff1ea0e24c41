"""A draft as pages show it: which questions are put, what is done, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from fastapi import Depends
from starlette.exceptions import HTTPException

from permits.casework.answers import Problem, Read, put
from permits.casework.carrying import Carried
from permits.casework.entries import none_filled_in, read_entries
from permits.casework.parts import SharedAnswer
from permits.casework.tracks import signatures_under, signed_for
from permits.definitions.edition import Edition
from permits.definitions.form import Question, Section
from permits.definitions.schema import Commitment, Definition, TrackName, Undertaking
from permits.services.carrying import changes
from permits.services.office import Office
from permits.store.drafts import Draft, Upload
from permits.text.answers import Table, in_words, table
from permits.text.words import Language, words
from permits.web.deps import Writer
from permits.web.errors import Elsewhere
from permits.web.signatures import ShownSignature, shown_signature

COUNTER = "/review/counter"
"""Where applications are written that came on paper."""

Status = Literal["done", "open", "new", "none"]
"""Done; begun; not begun; nothing to do."""


@dataclass(frozen=True, slots=True)
class Task:
    """A part of the application with how far it is."""

    path: str
    title: str
    status: Status


@dataclass(frozen=True)
class Writing:
    """A draft with what was read from it. Everything is asked of the office once."""

    office: Office
    draft: Draft
    language: Language

    @property
    def at_counter(self) -> bool:
        """Whether it is written at the counter, for somebody who came with paper."""
        return bool(self.draft.counter)

    @property
    def path(self) -> str:
        return f"{COUNTER}/{self.draft.id}" if self.at_counter else f"/drafts/{self.draft.id}"

    @property
    def back(self) -> tuple[str, str]:
        """Where one comes from: its address, and what that is called."""
        _ = words(self.language).gettext
        if self.at_counter:
            return COUNTER, _("Applications on paper")
        return "/applications", _("My applications")

    @cached_property
    def edition(self) -> Edition:
        return self.office.filing.edition(self.draft)

    @property
    def definition(self) -> Definition:
        return self.edition.definition

    @cached_property
    def changes(self) -> Carried | None:
        """What another edition changed since it was begun; None if there is none."""
        return changes(self.office.filing, self.draft)

    @cached_property
    def before(self) -> Definition:
        """The edition that it was begun under, or whose changes were told last."""
        return self.office.shelf.edition(self.draft.definition).definition

    @cached_property
    def read(self) -> Read:
        return self.office.filing.read(self.draft)

    @cached_property
    def uploads(self) -> Mapping[str, Upload]:
        """The newest upload for each material."""
        return {u.material: u for u in self.office.uploading.uploads(self.draft.id)}

    @cached_property
    def shared(self) -> tuple[SharedAnswer, ...]:
        """What other offices answered for the materials left to them."""
        return self.office.filing.answered(self.draft)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The materials to hand in."""
        return self.office.filing.asked(self.draft)

    @property
    def wanted(self) -> tuple[str, ...]:
        """What is to be signed."""
        return tuple(self.texts)

    @cached_property
    def texts(self) -> Mapping[str, Commitment | Undertaking]:
        """What is read and signed for the track, by name."""
        track = self.draft.track
        return signed_for(self.definition, TrackName(track)) if track else {}

    @cached_property
    def may_follow(self) -> tuple[str, ...]:
        """The materials that can be handed in now or after acceptance."""
        return self.office.filing.may_follow(self.draft)

    @property
    def title(self) -> str:
        """What the applicant calls it, once they have; until then the permit type."""
        shown = self.draft.answers.get(self.definition.permit.shows.title, "").strip()
        return shown or self.definition.permit.title.in_(self.language)

    def section(self, name: str) -> Section:
        """A section by its name; 404 if there is none."""
        for section in self.definition.form.sections:
            if section.id == name:
                return section
        raise HTTPException(404)

    def questions(self, section: Section) -> tuple[Question, ...]:
        """The questions of a section that are put, given all answers so far."""
        return tuple(q for q in section.fields if put(self.edition, q, self.read.answers))

    def problems(self, section: Section) -> tuple[Problem, ...]:
        names = {question.id for question in section.fields}
        return tuple(p for p in self.read.problems if p.field in names)

    def status(self, section: Section) -> Status:
        questions = self.questions(section)
        if not questions:
            return "none"
        if not any(self._begun(q) for q in questions):
            return "new"
        return "open" if self.problems(section) else "done"

    def _begun(self, question: Question) -> bool:
        """Whether something was typed as the answer."""
        text = self.draft.answers.get(question.id, "").strip()
        return bool(text) and not (question.type == "entries" and none_filled_in(text))

    @property
    def sections(self) -> tuple[Task, ...]:
        return tuple(
            Task(f"{self.path}/sections/{s.id}", s.title.in_(self.language), self.status(s))
            for s in self.definition.form.sections
        )

    @property
    def answered(self) -> bool:
        """Whether every question that is put has an answer that fits."""
        return not self.read.problems

    @property
    def materials(self) -> Status:
        """How far the materials are."""
        if not self.asked:
            return "none"
        there = sum(1 for name in self.asked if name in self.uploads)
        return "done" if there == len(self.asked) else "open" if there else "new"

    @property
    def lacking(self) -> tuple[str, ...]:
        """The materials that are asked for and not there."""
        return tuple(name for name in self.asked if name not in self.uploads)

    @property
    def unsigned(self) -> tuple[str, ...]:
        """The commitments under which a signature is missing."""
        return tuple(
            name
            for name in self.wanted
            if not {*signatures_under(self.definition, name)} <= self.draft.signed.keys()
        )

    def signatures(self, commitment: str) -> tuple[ShownSignature, ...]:
        """Who has to sign beside the applicant, as the answers name them."""
        _own, *others = signatures_under(self.definition, commitment)
        return tuple(shown_signature(self.definition, key, self.draft.answers) for key in others)

    @property
    def onwards(self) -> str:
        """Where to go on: the first part that is not done."""
        for task in self.sections:
            if task.status in ("open", "new"):
                return task.path
        if not self.draft.track:
            return f"{self.path}/track"
        if self.materials in ("open", "new"):
            return f"{self.path}/materials"
        if self.unsigned:
            return f"{self.path}/commitments/{self.unsigned[0]}"
        return f"{self.path}/check"

    @property
    def ready(self) -> bool:
        """Whether it can be filed. Materials may be missing: the office then asks for them."""
        return self.answered and bool(self.draft.track) and not self.unsigned

    def says(self, question: Question) -> str:
        """An answer in words; as it was typed if it does not fit."""
        answer = self.read.answers.get(question.id)
        if answer is None:
            return self.draft.answers.get(question.id, "")
        return in_words(answer, question, self.definition, self.language)

    def table(self, question: Question) -> Table | None:
        """The entries of an answer, as far as they fit; None for other questions, and if there
        are none."""
        if question.type != "entries":
            return None
        entries = read_entries(question, self.draft.answers.get(question.id, "")).entries
        return table(entries or None, question, self.definition, self.language)


def home_of(draft: Draft) -> str:
    """The address of the case that an application becomes."""
    case = draft.case_id.removeprefix("case/")
    return f"/review/cases/{case}" if draft.counter else f"/cases/{case}"


def filed_before(draft: Draft) -> str:
    """The address of the page that says an application had been filed already."""
    return home_of(draft) if draft.counter else f"{home_of(draft)}/receipt?before=1"


def the_writing(visit: Writer, draft: str) -> Writing:
    """A draft of the visitor's party, or of the counter. If it was filed meanwhile, the case;
    whoever sends a form of it is told that it was filed already."""
    found = visit.office.filing.find(draft, visit.actor)
    if found is None:
        raise HTTPException(404)
    if found.filed_at is not None:
        asks = visit.request.method == "GET"
        raise Elsewhere(home_of(found) if asks else filed_before(found))
    return Writing(visit.office, found, visit.language)


TheWriting = Annotated[Writing, Depends(the_writing)]
