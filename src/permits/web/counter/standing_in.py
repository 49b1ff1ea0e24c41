"""Something the window does for an applicant on paper: its page, and the tray with the scans."""

from collections.abc import Mapping
from functools import cached_property

from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.access import standing_in
from permits.casework.answers import Problem
from permits.casework.counter import SCANS
from permits.casework.entries import text_of
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import notice_digest, signatures_under
from permits.definitions.schema import Commitment, TrackName, Treatment
from permits.services.case_record import Record
from permits.store.drafts import Upload
from permits.text import refusals
from permits.text.counter import scan
from permits.web import entries
from permits.web.after_forms import SHOWN_BY
from permits.web.applicant.corrections import Correcting
from permits.web.counter.openings import KINDS, Open, is_window, opened, title
from permits.web.disclosure import unnamed
from permits.web.dossier import Dossier, dossier
from permits.web.fields import Field, errors, fields
from permits.web.signatures import ShownSignature, shown_signature
from permits.web.statuses import status_of
from permits.web.visits import Member

OF_DUTIES = frozenset({"report", "ask_extension"})
"""What is done about one duty."""


class StandingIn:
    """Something the window does for the applicant, open or not; 404 if there is no such thing, or
    the visitor does not stand at the window of the case."""

    def __init__(self, visit: Member, record: Record, what: str) -> None:
        self.visit = visit
        self.record = replace(
            record, values=unnamed(record, visit.office.cases.edition(record.case))
        )
        self.case: Dossier = dossier(visit, self.record, self.record.values, inside=True)
        kind, _, name = what.partition(".")
        found = next((one for one in KINDS if one == kind), None)
        if found is None or not is_window(visit, record.case):
            raise HTTPException(404)
        self.what = Open(found, name)
        if (found in OF_DUTIES) != (name in self.case.definition.obligations):
            raise HTTPException(404)
        self.place = visit.office.counter.tray(record.case, visit.actor, self.what.address)
        self.correcting = self._correcting() if found == "corrections" else None
        self.title = title(self.case, self.what)

    def _correcting(self) -> Correcting:
        actor = standing_in(self.visit.actor, self.record.case)
        return Correcting(self.visit, self.record, actor)

    @property
    def home(self) -> str:
        return f"/review/cases/{self.case.id}"

    @property
    def path(self) -> str:
        return f"{self.home}/for/{self.what.address}"

    @property
    def shut(self) -> str:
        """Why it is not open now; nothing if it is."""
        if self.what in opened(self.visit, self.case):
            return ""
        return self.says(Refused(Reason.NOT_NOW, (self.what.name or self.title,)))

    def says(self, refused: Refused) -> str:
        return refusals.sentence(refused, self.case.definition, self.visit.language)

    @cached_property
    def all_lying(self) -> tuple[Upload, ...]:
        """Everything in the tray."""
        return tuple(self.visit.office.uploading.uploads(self.place))

    def lying(self, thing: str) -> tuple[Upload, ...]:
        """What lies in the tray of a thing."""
        return tuple(upload for upload in self.all_lying if upload.material == thing)

    @property
    def commitments(self) -> tuple[tuple[str, Commitment, str], ...]:
        """The commitments that are signed anew if other facts are declared, each with the digest
        of its text."""
        if self.correcting is not None:
            return self.correcting.commitments
        if self.what.kind != "on_the_spot":
            return ()
        definition = self.case.definition
        names = definition.tracks[TrackName(self.record.case.track)].commitments
        rules = definition.commitments
        return tuple((name, rules[name], notice_digest(rules[name])) for name in names)

    def signatures(self, commitment: str) -> tuple[ShownSignature, ...]:
        """Who signs beside the applicant."""
        definition = self.case.definition
        _own, *others = signatures_under(definition, commitment)
        return tuple(shown_signature(definition, key, {}) for key in others)

    @property
    def materials(self) -> tuple[str, ...]:
        """What else may be scanned, besides the paper itself."""
        match self.what.kind:
            case "corrections":
                return self.correcting.materials if self.correcting else ()
            case "on_the_spot":
                asked = (one for one in self.case.checklist if one.treatment is Treatment.SUPPLIED)
                return tuple(one.name for one in asked)
            case "supply":
                return self.record.case.tolerated
            case "report":
                return (self.what.name,)
            case kind:
                return (SHOWN_BY[kind],) if kind in SHOWN_BY else ()

    @property
    def things(self) -> tuple[tuple[str, str], ...]:
        """Everything that may be scanned, with what it is called."""
        language = self.visit.language
        papers = tuple((name, scan(name, language)) for name in SCANS)
        return (*papers, *((name, self.case.thing(name)) for name in self.materials))

    @property
    def puts_right(self) -> bool:
        """Whether a breach is reported as put right."""
        held = self.record.case.obligations.get(self.what.name)
        return held is not None and held.failed

    @property
    def officers(self) -> list[tuple[str, str]]:
        """Who may be asked not to act."""
        return list(self.visit.office.cases.officers(self.record.case).items())

    def fields(self, typed: Mapping[str, str], at: str) -> tuple[Field, ...]:
        """The questions that can be answered anew, as they stand. Personal answers are not shown:
        left empty they stay."""
        edition, one = self.case.edition, self.correcting
        if self.what.kind == "on_the_spot":
            named = {a.name for part in self.case.sections for a in part.answers}
        elif self.what.kind == "ask_amendment":
            rule = edition.definition.amendment
            named = set(rule.fields) if rule is not None else set()
        else:
            named = {*one.questions, *typed} if one is not None else set()
        asked = [q for name, q in edition.questions.items() if name in {*named, *typed}]
        said = {**self.standing, **typed}
        return fields(edition, asked, said, self.visit.language, at=at)

    @property
    def standing(self) -> dict[str, str]:
        """The answers as they are typed."""
        return {name: text_of(answer) for name, answer in self.record.case.answers.items()}

    def page(
        self,
        *,
        typed: Mapping[str, str] | None = None,
        problems: tuple[Problem, ...] = (),
        wrong: Mapping[str, str] | None = None,
        refused: Refused | None = None,
        status: int = 200,
    ) -> Response:
        """The form as it was typed, with what is wrong."""
        found = {**errors(self.case.edition, problems, self.visit.language), **(wrong or {})}
        if refused is not None:
            status = status_of(refused.reason)
        elif found and status == 200:
            status = status_of(Reason.BAD_ANSWERS)
        return self.visit.page(
            "reviewer/for_applicant.html",
            status=status,
            s=self,
            case=self.case,
            today=self.case.today,
            typed=typed or {},
            fields=self.fields(self.answers(typed or {}), self.pressed(typed or {})),
            errors=found,
            says=self.says(refused) if refused else "",
        )

    def answers(self, typed: Mapping[str, str]) -> dict[str, str]:
        """What a form says to the questions of the permit type. A personal answer that was left
        empty says nothing."""
        questions = self.case.edition.questions
        return {
            name: text
            for name, text in entries.typed(questions.values(), typed, self.standing).items()
            if text.strip() or questions[name].personal is None
        }

    def pressed(self, texts: Mapping[str, str]) -> str:
        """Where one goes on, if the form was sent only for an entry more or less."""
        return entries.pressed(self.case.edition.questions.values(), texts)
