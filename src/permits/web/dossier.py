"""A case as pages show it: what of it may be shown, in the reader's language, on a given day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from permits.casework.case import Case, Clock, Drawn, Served
from permits.casework.dates import day_of
from permits.casework.fees import shut_by_fee
from permits.casework.parts import HandedIn, SharedAnswer
from permits.casework.service import Remedies, remedies, served
from permits.casework.shared import PREFIX, left_to_applicant
from permits.casework.ties import code_of
from permits.casework.tracks import settled_materials, treatments
from permits.casework.working_days import WorkingDays
from permits.definitions.duties import Clock as ClockRule
from permits.definitions.duties import StillRequired
from permits.definitions.edition import Edition
from permits.definitions.procedure import Milestone, Role
from permits.definitions.schema import Definition, TrackName
from permits.services.case_record import Record
from permits.store.drafts import Upload
from permits.text.answers import row_title
from permits.text.counter import scan
from permits.text.history import Line, history
from permits.text.papers import thing_title
from permits.text.refusals import sentence
from permits.text.titles import title_of
from permits.text.told.teller import Teller
from permits.text.words import Language, words
from permits.web.answers_shown import shown_answers
from permits.web.disclosure import (
    and_erased,
    handed_in,
    public_values,
)
from permits.web.lights import Light, of_clock, of_fee, of_obligation
from permits.web.shown_parts import (
    ShownClock,
    ShownDefect,
    ShownDuty,
    ShownFee,
    ShownMaterial,
    ShownSection,
)
from permits.web.visits import Visit


@dataclass(frozen=True)
class Dossier:
    """`values` opens the seals this reader may have opened, and no others; whoever is `inside`
    is also told what only the office is told."""

    record: Record
    edition: Edition
    values: Mapping[str, str]
    today: date
    language: Language
    calendar: WorkingDays
    inside: bool = False

    @property
    def case(self) -> Case:
        return self.record.case

    @property
    def party_name(self) -> str:
        return self.record.party_name

    @property
    def party_then(self) -> str:
        """The name it bore when it applied, if that was another one."""
        return self.record.party_then

    def party_on(self, day: date) -> str:
        """The name of the party as a document of that day has it."""
        return self.record.name_on(day)

    @property
    def definition(self) -> Definition:
        return self.edition.definition

    @property
    def id(self) -> str:
        """The case as addresses name it."""
        return self.case.id.removeprefix("case/")

    @property
    def title(self) -> str:
        """What stands for the case; its permit type if the applicant gave no name."""
        shown = str(self.case.answers.get(self.definition.permit.shows.title, ""))
        return shown or self.definition.permit.title.in_(self.language)

    @property
    def place(self) -> str:
        return str(self.case.answers.get(self.definition.permit.shows.place, ""))

    @property
    def project(self) -> str:
        """The code of the project the case belongs to; empty if it belongs to none."""
        return code_of(self.edition, self.case.answers)

    @property
    def state(self) -> str:
        """Where the case stands."""
        return self.edition.chart.state(self.case.leaves)[1].title.in_(self.language)

    @property
    def inner_states(self) -> tuple[str, ...]:
        """Where it stands in each of what goes on side by side."""
        _name, state = self.edition.chart.state(self.case.leaves)
        inner = (leaf.split(".") for leaf in self.case.leaves if "." in leaf)
        return tuple(state.regions[r][s].title.in_(self.language) for _top, r, s in inner)

    @property
    def track(self) -> str:
        return self.definition.tracks[TrackName(self.case.track)].title.in_(self.language)

    @property
    def row(self) -> str:
        """The row of the list the decision rests on."""
        decision = self.case.decision
        named = decision is not None and decision.row
        return row_title(named, self.definition, self.language) if named else ""

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """What happened, the newest first."""
        return self.told()

    def told(self, after: int = 0) -> tuple[Line, ...]:
        """What happened since a version of the case, the newest first."""
        since = [entry for entry in self.record.entries if entry[0].seq > after]
        people = self.record.people if self.inside else {}
        return tuple(reversed(history(since, self.teller, people)))

    @property
    def teller(self) -> Teller:
        """Tells of the case what this reader may be told."""
        return Teller(self.definition, self.values, self.language, inside=self.inside)

    @cached_property
    def clocks(self) -> tuple[ShownClock, ...]:
        """The clocks: those that run first, by their due date."""
        rules = self.definition.clocks
        shown = [
            ShownClock(name, rules[name], clock, self._light(clock, rules[name]))
            for name, clock in self.case.clocks.items()
        ]
        return tuple(sorted(shown, key=lambda s: (not s.clock.running, s.clock.due or date.max)))

    def _light(self, clock: Clock, rule: ClockRule) -> Light:
        """What the applicant has time for comes first among what stops such a clock."""
        passed = Role.APPLICANT in rule.warned and rule.stops[0] not in self.case.milestones
        return of_clock(clock, self.today, used=not passed)

    @cached_property
    def duties(self) -> tuple[ShownDuty, ...]:
        rules = self.definition.obligations
        return tuple(
            ShownDuty(name, rules[name], held, of_obligation(held, self.today), self._shut(name))
            for name, held in self.case.obligations.items()
        )

    def _shut(self, name: str) -> str:
        """Why an open obligation cannot be reported before a fee is paid; nothing if it can."""
        found = shut_by_fee(self.case, self.edition, name)
        if found is None or self.case.obligations[name].status != "open":
            return ""
        return sentence(found, self.definition, self.language)

    @cached_property
    def fees(self) -> tuple[ShownFee, ...]:
        rules = self.definition.fees
        return tuple(
            ShownFee(name, rules[name], fee, of_fee(fee, self.today))
            for name, fee in self.case.fees.items()
        )

    @property
    def owes(self) -> bool:
        """Whether materials or fees that were put off are still to come."""
        duties = (duty for duty in self.duties if duty.held.status == "open")
        unpaid = any(shown.fee.balance_fen > 0 for shown in self.fees)
        return unpaid or any(duty.rule.brings or duty.rule.pays for duty in duties)

    @property
    def lateness(self) -> tuple[tuple[str, str], ...]:
        """The limits that were overrun, with the reason made public."""
        return tuple(
            (self.definition.clocks[name].title.in_(self.language), self.values.get(seal, ""))
            for name, seal in self.case.lateness.items()
        )

    @property
    def still_required(self) -> tuple[StillRequired, ...]:
        decision = self.case.decision
        wanted = decision.still_required if decision else ()
        return tuple(self.definition.still_required[name] for name in wanted)

    @property
    def documents(self) -> tuple[tuple[int, str, Drawn], ...]:
        """The documents with their place, from 1, and their title."""
        rules = self.definition.documents
        return tuple(
            (place, rules[drawn.document].title.in_(self.language), drawn)
            for place, drawn in enumerate(self.case.documents, start=1)
        )

    def service(self, drawn: Drawn) -> Served | None:
        """When and how a document was served; None if that is not recorded."""
        return served(self.case, drawn)

    def remedies(self, drawn: Drawn) -> Remedies | None:
        """Until when remedies lie against what a document decides."""
        return remedies(self.case, drawn, self.calendar)

    def undone(self, drawn: Drawn) -> str:
        """Why a document no longer holds; empty if it does."""
        _ = words(self.language).gettext
        granting, since = drawn.milestone == Milestone.GRANTED, self.case.milestones
        if drawn.void:
            return _("void")
        if granting and Milestone.REVOKED in since:
            return _("Revoked")
        if granting and Milestone.GRANT_WITHDRAWN in since:
            return _("Withdrawn by the office")
        if granting and Milestone.VOIDED in since:
            return _("Void by law")
        if granting and Milestone.EXPIRED in since:
            return _("Expired")
        return _("Deregistered") if granting and Milestone.DEREGISTERED in since else ""

    @cached_property
    def files(self) -> tuple[Upload, ...]:
        """What was handed in."""
        ids = handed_in(self.record)
        return tuple(upload for upload in self.record.uploads if upload.id in ids)

    @cached_property
    def checklist(self) -> tuple[ShownMaterial, ...]:
        """The materials of the track that apply to this case."""
        case, rules = self.case, self.definition.materials
        found = treatments(self.edition, TrackName(case.track), case.answers)
        settled = settled_materials(self.edition, case.answers)
        treated = left_to_applicant(found, case.shared.values(), settled)
        files = {(u.material, u.sha256): u for u in self.files}
        return tuple(
            ShownMaterial(
                name=name,
                title=rules[name].title.in_(self.language),
                basis=rules[name].basis,
                treatment=what,
                here=name in case.materials,
                upload=_file_of(files, name, held, answer),
                shared=answer,
            )
            for name, what in treated.items()
            for held, answer in ((case.materials.get(name), case.shared.get(name)),)
        )

    @property
    def other_files(self) -> tuple[Upload, ...]:
        """What was handed in and is not, or no longer, the file of a material."""
        current = {one.upload.id for one in self.checklist if one.upload}
        return tuple(upload for upload in self.files if upload.id not in current)

    def thing(self, name: str) -> str:
        """What an uploaded file is for: a material, an obligation it shows to be done, or the
        paper it is a scan of."""
        if name.startswith(PREFIX):
            _ = words(self.language).gettext
            title = self.thing(name.removeprefix(PREFIX))
            return _("What another office answered: %(what)s") % {"what": title}
        return title_of(self.definition, name, self.language) or scan(name, self.language)

    @property
    def defects(self) -> tuple[ShownDefect, ...]:
        """What the last correction notice asks for."""
        if not self.case.notices:
            return ()
        return tuple(
            ShownDefect(
                defect.about,
                thing_title(defect.about, self.definition, self.language),
                defect.kind,
                self.values.get(defect.fix, ""),
            )
            for defect in self.case.notices[-1].defects
        )

    @cached_property
    def sections(self) -> tuple[ShownSection, ...]:
        """The application as it now stands."""
        reader = (self.values, self.language)
        shown = (
            (section, shown_answers(self.record, self.edition, section.fields, *reader))
            for section in self.definition.form.sections
        )
        return tuple(
            ShownSection(section.title.in_(self.language), answers)
            for section, found in shown
            if (answers := tuple(found))
        )


def _file_of(
    files: Mapping[tuple[str, str], Upload],
    name: str,
    held: HandedIn | None,
    answer: SharedAnswer | None,
) -> Upload | None:
    """The file of a material: what was handed in, or else the data that came for it."""
    if held is not None:
        return files.get((name, held.sha256))
    return files.get((f"{PREFIX}{name}", answer.sha256)) if answer is not None else None


def dossier(
    visit: Visit, record: Record, values: Mapping[str, str], *, inside: bool = False
) -> Dossier:
    """The case of a record for this visit."""
    edition = visit.office.cases.edition(record.case)
    today = day_of(visit.office.now())
    calendar = visit.office.shelf.calendar
    shown = and_erased(values, record, visit.language)
    return Dossier(record, edition, shown, today, visit.language, calendar, inside)


def public_dossier(visit: Visit, record: Record) -> Dossier:
    """The case with nothing that is not public."""
    return dossier(visit, record, public_values(record))
