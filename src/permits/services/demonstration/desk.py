"""What the people of a demonstration do, step by step, through the ordinary services."""

import io
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from datetime import date

import msgspec

from permits.casework.access import Actor
from permits.casework.refusals import Refused
from permits.casework.tracks import notice_digest, signatures_under, signed_for
from permits.definitions.schema import TrackName
from permits.services.case_record import Record
from permits.services.cases import BadAnswers, Ticket
from permits.services.demonstration.paper import pdf
from permits.services.filing import Lost
from permits.services.office import Office
from permits.services.party_requests import PartyRequest
from permits.services.records import new_id
from permits.services.requests import (
    BesideChart,
    Given,
    Nothing,
    Report,
    SignCheck,
    Supplement,
    Supply,
    Verify,
)
from permits.services.writer import Done
from permits.store.drafts import Draft, Upload

PERMIT = "plan_exempt"


class WentWrong(Exception):
    """A step of the demonstration was refused: the story and the rules do not fit."""


class Works(msgspec.Struct, frozen=True):
    """What an applicant wants to build, as the form asks for it."""

    party: str
    name: str
    place: str
    summary: str
    row: str
    facts: Mapping[str, str]


class Written(msgspec.Struct, frozen=True):
    """An application for any permit type: for whom, and the form as it is filled in."""

    permit: str
    party: str
    answers: Mapping[str, str]


class People:
    """Acts for everybody."""

    def __init__(self, office: Office, actors: Mapping[str, Actor]) -> None:
        self.office = office
        self.actors = actors

    def file(self, works: Works, track: str, *, leave_out: tuple[str, ...] = ()) -> str:
        """Write, sign and file an application for an exemption; the case's id."""
        written = Written(PERMIT, works.party, answers(works))
        return self.apply(written, track, leave_out=leave_out)

    def apply(self, written: Written, track: str, *, leave_out: tuple[str, ...] = ()) -> str:
        """Write, sign and file an application, some materials left out; the case's id."""
        draft = self.written(written, track, leave_out=leave_out)
        return done(self.sent(written.party, draft)).case_id

    def written(self, written: Written, track: str, *, leave_out: tuple[str, ...] = ()) -> Draft:
        """An application that is written, signed and complete but for what is left out."""
        filing, actor = self.office.filing, self.actors[written.party]
        draft = fine(filing.begin(written.permit, actor))
        draft = fine(filing.save(draft, dict(written.answers)))
        draft = fine(filing.choose(draft, track))
        definition = filing.edition(draft).definition
        for name, text in signed_for(definition, TrackName(track)).items():
            digest = notice_digest(text)
            keys = signatures_under(definition, name)
            draft = fine(filing.sign(draft, name, digest, keys, "zh"))
        for material in (*filing.asked(draft), *filing.may_follow(draft)):
            if material not in leave_out:
                self.hand_in(draft.id, material, actor)
        return draft

    def sent(self, party: str, draft: Draft) -> Done | Refused:
        """What comes of filing an application, a refusal included."""
        answer = self.office.filing.file(draft, self.actors[party], new_id())
        result = answer.result() if isinstance(answer, Future) else answer
        if not isinstance(result, Done | Refused):
            raise WentWrong(str(result))
        return result

    def act(self, who: str, case_id: str, action: str, given: Given | None = None) -> Done:
        """Take an action of the chart."""
        actor = self.actors[who]
        cases = self.office.cases
        answer = cases.act(
            self.record(who, case_id), action, given or Nothing(), actor, Ticket(new_id())
        )
        return done(answer)

    def beside(self, who: str, case_id: str, given: BesideChart) -> Done:
        """Do something beside the chart."""
        cases, actor = self.office.cases, self.actors[who]
        return done(cases.beside(self.record(who, case_id), given, actor, Ticket(new_id())))

    def check(self, who: Sequence[str], case_id: str, given: Verify) -> Done:
        """The first of those who checked writes the record, and each of the others signs it."""
        answer = self.beside(who[0], case_id, given)
        for one in who[1:]:
            record = self.record(one, case_id).case.obligations[given.obligation].record
            assert record is not None  # noqa: S101 - it was just written, and waits for them
            sign = SignCheck(obligation=given.obligation, record=record.finding, agrees=True)
            answer = self.beside(one, case_id, sign)
        return answer

    def correct(self, who: str, case_id: str, materials: tuple[str, ...]) -> Done:
        """Supply what the correction notice asked for."""
        actor = self.actors[who]
        uploads = tuple(self.hand_in(case_id, m, actor).id for m in materials)
        return self.act(who, case_id, "supply_corrections", Supplement(uploads=uploads))

    def supply(self, who: str, case_id: str, materials: tuple[str, ...]) -> Done:
        """Supply what an acceptance was given without."""
        actor = self.actors[who]
        uploads = tuple(self.hand_in(case_id, m, actor).id for m in materials)
        return self.beside(who, case_id, Supply(uploads=uploads))

    def about(self, who: str, party: str, given: PartyRequest) -> Done:
        """Do something about the record of a party."""
        code, actor = self.actors[party].party, self.actors[who]
        return done(self.office.parties.order(code, given, actor, Ticket(new_id())))

    def record(self, who: str, case_id: str) -> Record:
        record = self.office.cases.read(case_id, self.actors[who])
        if record is None:
            raise WentWrong(f"{who} does not see {case_id}")
        return record

    def report(self, who: str, case_id: str, obligation: str, on: date) -> Done:
        """Report an obligation, with a file that shows it was done."""
        upload = self.hand_in(case_id, obligation, self.actors[who])
        given = Report(obligation=obligation, on=on, uploads=(upload.id,))
        return self.beside(who, case_id, given)

    def hand_in(self, place: str, material: str, actor: Actor) -> Upload:
        """Upload a file for a material or an obligation, of a draft or a case."""
        source = io.BytesIO(pdf(f"Demonstration document: {material} {place[-8:]}"))
        kept = self.office.uploading.upload(place, material, f"{material}.pdf", source, actor)
        if not isinstance(kept, Upload):
            raise WentWrong(f"{material}: {kept}")
        return kept


def answers(works: Works) -> dict[str, str]:
    """The form filled in for the works."""
    return {
        "works_name": works.name,
        "works_place": works.place,
        "works_summary": works.summary,
        "listed_as": works.row,
        "new_land": "false",
        "underground": "false",
        "breaks_road": "false",
        "neighbours_affected": "false",
        "restricted_place": "false",
        "contact_name": "经办人",
        "contact_phone": "0371-00000000",
        **works.facts,
    }


def fine(found: Draft | Refused | Lost) -> Draft:
    if not isinstance(found, Draft):
        raise WentWrong(str(found))
    return found


def done(answer: object) -> Done:
    result = answer.result() if isinstance(answer, Future) else answer
    if isinstance(result, Refused | BadAnswers) or not isinstance(result, Done):
        raise WentWrong(str(result))
    return result
