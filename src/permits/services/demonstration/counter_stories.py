"""How a case goes that came on paper: filed at the counter, corrected by post, collected there."""

from datetime import date, timedelta

from permits.casework.counter import AUTHORISATION, PAPER
from permits.services import requests as r
from permits.services.cases import Ticket
from permits.services.counter import ForApplicant
from permits.services.counter_shapes import BroughtIn, Came, ServeIn
from permits.services.demonstration.clock import working_day
from permits.services.demonstration.desk import PERMIT, People, Works, answers, done, fine
from permits.services.demonstration.people import PARTIES
from permits.services.demonstration.stories import Story, Teller
from permits.services.demonstration.works import made_up
from permits.services.records import new_id

AGENT = "受托人（示例）"
MISSING = "land_title"
NOTICE = "correction_notice"


class Window:
    """The window of the demonstration, acting for somebody who comes or writes."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.actor = people.actors["window"]
        self.counter = people.office.counter

    def file(self, works: Works, on: date, *, leave_out: str) -> str:
        """Write down, scan and file an application that an agent has brought; the case's id."""
        filing, party = self.people.office.filing, PARTIES[works.party][0]
        draft = fine(self.counter.begin(PERMIT, party, self.actor, new_id()))
        draft = fine(filing.save(draft, answers(works)))
        draft = fine(filing.choose(draft, "ordinary"))
        scanned = [name for name in filing.asked(draft) if name != leave_out]
        for name in (PAPER, AUTHORISATION, *scanned):
            self.people.hand_in(draft.id, name, self.actor)
        came = BroughtIn(on=on, name=AGENT, capacity="agent", in_person=True)
        return done(filing.file(draft, self.actor, new_id(), came)).case_id

    def correct(self, case_id: str, on: date) -> None:
        """Supply a correction that came by post."""
        record = self.people.record("window", case_id)
        place = self.counter.tray(record.case, self.actor, "corrections")
        paper, authorised, title = (
            self.people.hand_in(place, name, self.actor).id
            for name in (PAPER, AUTHORISATION, MISSING)
        )
        came = BroughtIn(
            on=on, name=AGENT, capacity="agent", in_person=False, scans=(paper, authorised)
        )
        given = ForApplicant(brought=came, corrections=r.Supplement(uploads=(title,)))
        done(self.counter.act(record, given, self.actor, Ticket(new_id()), place))

    def served(self, case_id: str, document: str, on: date) -> None:
        """Record that a document which was posted has arrived."""
        record = self.people.record("window", case_id)
        number = next(d.number for d in record.case.documents if d.document == document)
        given = ServeIn(number=number, on=on, means="post", postal="EX000000000CN（示例）")
        place = self.counter.tray(record.case, self.actor, "service")
        done(self.counter.serve(record, given, self.actor, Ticket(new_id()), place))


def on_paper(tell: Teller, day: date, works: Works) -> Story:
    """An agent files on paper; the notice is posted, the correction comes by post, and the
    decision is collected. Whoever acted for the applicant only accepts."""
    people, window = tell.people, Window(tell.people)
    yield tell.on(day, 0, 10)
    case = window.file(works, tell.on(day, 0).date(), leave_out=MISSING)
    yield tell.on(day, 1, 10)
    defect = r.DefectIn(about=f"material.{MISSING}", kind="missing", fix="请补交土地权属证明。")
    people.act("window", case, "issue_correction", r.Corrections(defects=(defect,)))
    arrived, supplied = tell.on(day, 3).date(), tell.on(day, 6).date()
    yield tell.on(day, 4, 9)
    window.served(case, NOTICE, arrived)
    yield tell.on(day, 5, 10)
    asked = tell.on(day, 5).date()
    people.beside("window", case, Came.model_validate({"on": asked, "purpose": "enquiry"}))
    yield tell.on(day, 7, 9)
    window.correct(case, supplied)
    people.act("window", case, "accept")
    yield tell.on(day, 8, 10)
    opinion = r.OpinionIn(recommends="grant", opinion="材料齐全，符合规划条件，建议准予。")
    people.act("examiner", case, "examine", opinion)
    yield tell.on(day, 8, 16)
    people.act("leader", case, "grant")
    yield tell.on(day, 9, 15)
    service = r.Service(on=tell.on(day, 9).date(), means="counter")
    people.act("window", case, "deliver", service)
    yield tell.on(day, 10, 16)
    people.act("window", case, "publish")


def at_counter(tell: Teller, today: date) -> Story:
    """One case on paper, begun a good month ago."""
    day = working_day(tell.calendar, today - timedelta(days=38))
    works = made_up(tell.chance, (day + timedelta(days=60)).isoformat(), unlisted=True)
    return on_paper(tell, day, works)
