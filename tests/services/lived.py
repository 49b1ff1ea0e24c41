"""An office that was lived in until something stood in every derived table, to be copied."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import make_url

from permits.casework.access import Actor
from permits.casework.publishing import Outcome
from permits.casework.refusals import Refused
from permits.casework.voices.commands import RateService
from permits.definitions.procedure import Role
from permits.services import party_requests as r
from permits.services.accounts import NewAccount
from permits.services.demonstration.deferrals import CHARGE, Project
from permits.services.demonstration.desk import Written
from permits.services.demonstration.sites import drawings
from permits.services.heard import AskOpinions
from permits.services.proposed import of_definition
from permits.services.requests import Corrections, DefectIn, Reasoned
from permits.services.sealer import Sealer
from permits.services.timers import lapse_due
from permits.services.voices import Asked
from tests.casework import lots
from tests.casework.joint import resolved as joint_review
from tests.definitions import shipped
from tests.services.building import permit_a_stage, publish
from tests.services.conftest import BEGINS, GAS, PASSWORD, opened
from tests.services.entitled import Payer, settle
from tests.web.joint import ANSWERS

HOMES = {
    "planning_permit": "示例第1号",
    "housing_m2": "100",
    "other_m2": "0",
    "relief_ground": "none",
}


class LivedIn(NamedTuple):
    """Where an office lies that was lived in, and the moment at which it stands."""

    data: Path
    database: str
    now: datetime

    @property
    def file(self) -> Path:
        """Its database, on SQLite."""
        return Path(self.name)

    @property
    def name(self) -> str:
        """What its database is called."""
        name = make_url(self.database).database
        assert name is not None
        return name


def living(data: Path, database: str) -> LivedIn:
    """Live in an office that is settled, and close it."""
    with opened(data, database, BEGINS) as bureau:
        live_in(bureau)
        return LivedIn(data, database, bureau.hands())


def live_in(bureau):
    """Do in an office what leaves something in every derived table."""
    people = bureau.people
    done = filed_and_kept(bureau)
    people.act("window", done, "accept")
    people.act("window", done, "grant_on_the_spot")
    unsupplied = people.file(GAS, "tolerant", leave_out=("project_approval",))
    people.act("window", unsupplied, "accept")
    theirs = replace(GAS, party="stranger")
    broken = people.file(theirs, "tolerant", leave_out=("project_approval",))
    people.act("window", broken, "accept")
    bureau.at("2022-06-22")
    lapse_due(bureau.office.database, bureau.office.queue.submit, bureau.hands())
    people.act("leader", unsupplied, "refuse_unsupplied", Reasoned(reason="逾期未补齐。"))
    people.act("leader", broken, "refuse_unsupplied", Reasoned(reason="逾期未补齐。"))
    entered(people)
    wanting = people.file(GAS, "ordinary", leave_out=("land_title",))
    title = DefectIn(about="material.land_title", kind="missing", fix="补交")
    people.act("window", wanting, "issue_correction", Corrections(defects=(title,)))
    publish(bureau, "staged_construction")
    permit_a_stage(bureau, "pit")
    asked_and_charged(bureau)
    Payer(bureau.office, settle(bureau.office), bureau.at).paid()
    rated(bureau, done)


def asked_and_charged(bureau):
    """Other departments are asked about one case, and a charge is reckoned for another."""
    people = bureau.people
    bureau.office.shelf.publish(joint_review(), actor="setup", now=bureau.office.now())
    joint = people.apply(Written("joint_review", GAS.party, ANSWERS), "ordinary")
    people.act("window", joint, "accept")
    people.beside("examiner", joint, AskOpinions(asked=("fire", "utilities")))
    charged = shipped.resolved("infrastructure_charge")
    bureau.office.shelf.publish(charged, actor="setup", now=bureau.office.now())
    drawn_for(bureau)
    project = Project("applicant", CHARGE, "示例住宅", "科学大道", HOMES)
    people.act("window", project.file(people, "ordinary"), "accept")


def rated(bureau, case):
    """The applicant of a case thinks little of how it was dealt with."""
    command = RateService("result", 1, {"guide": 2})
    asked = Asked(command, bureau.people.actors[GAS.party], "key of a rating", {})
    answer = bureau.office.voices.handle(case, asked, Sealer(case))
    assert not isinstance(answer, Refused)


def open_account(bureau, role):
    new = NewAccount(role.value, role.value, PASSWORD, frozenset({role}))
    return bureau.office.accounts.open(new, actor="setup")


def propose_to_publish(bureau):
    """One version of a permit type is proposed and declined."""
    publishing = bureau.office.publishing
    system, security = (
        Actor(open_account(bureau, role), frozenset({role}))
        for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
    )
    draft = of_definition(lots.resolved())
    name = publishing.propose(draft, "年度更新", system)
    assert publishing.decide(name, Outcome.DECLINED, "依据不足", security) is None


def filed_and_kept(bureau):
    """A case whose documents are kept as files."""
    case = bureau.people.file(GAS, "commitment")
    bureau.office.documents.draw()
    return case


def drawn_for(bureau):
    """Inspectors are drawn to check a permit, whose type somebody proposed before."""
    people = bureau.people
    propose_to_publish(bureau)
    bureau.office.shelf.publish(lots.resolved(), actor="setup", now=bureau.office.now())
    written = Written("drawing_review", GAS.party, dict(drawings(0, "2022-08-01").answers))
    drawn = people.apply(written, "commitment")
    people.act("window", drawn, "accept")
    people.act("window", drawn, "grant_on_the_spot")


def entered(people):
    """The other builder's breach is told, objected to and entered, and repair applied for."""
    about = {"entry": "entry_1"}
    people.about("supervisor", "stranger", r.NoticeEntry(**about, degree="breach", grounds="逾期"))
    people.about("stranger", "stranger", r.ObjectToEntry(**about, statement="有异议"))
    rejected = r.DecideObjection(**about, upheld=False, reason="不成立")
    people.about("leader", "stranger", rejected)
    people.about("leader", "stranger", r.MakeEntry(**about))
    people.about("stranger", "stranger", r.AskForRepair(**about, statement="已补齐"))
