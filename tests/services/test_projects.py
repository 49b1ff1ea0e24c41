"""Projects in the office: written with their cases, guarded against everybody else, made anew."""

import threading
import uuid

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.access import Actor
from permits.casework.families.projects import CaseReported, GateShut
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Role
from permits.services.projects import Reader
from permits.services.rebuild import check
from permits.services.records import Records
from permits.services.writer import Done, Order, Writer
from permits.store import project_tables
from permits.store.event_log import EventLog
from tests.definitions.shipped import edition as shipped_edition
from tests.kit import APPLICANT, EXAMINER, LEADER, SEAL, WINDOW
from tests.services.building import apply, permit_a_stage, publish
from tests.staged import CODE, OTHER_CODE, TOWER, application


@pytest.fixture
def site(bureau):
    """An office that permits works in stages."""
    publish(bureau, "staged_construction")
    return bureau


def an_order(case_id, stage, track="commitment", key=None, **answers):
    edition = shipped_edition("staged_construction")
    command = application(edition, track, TOWER, stage_covered=stage, **answers)
    key = key or uuid.uuid4().hex
    return Order(case_id, command, APPLICANT, key, b"request", permit="staged_construction")


def taken(case_id, action, actor=WINDOW):
    return Order(case_id, c.TakeAction(action), actor, uuid.uuid4().hex, b"request")


def writer_of(bureau):
    return Writer(bureau.office.database, bureau.office.shelf, bureau.hands)


PIT = ("supply_planning_permit", "supply_basement_drawings")


def hand_in(bureau, case_id, *names):
    day = bureau.hands().date()
    for name in names or PIT:
        bureau.people.report("applicant", case_id, name, day)


def test_a_filed_case_opens_its_project_in_the_same_transaction(site):
    done = apply(site, "pit")
    assert isinstance(done, Done)
    (row,) = site.rows(project_tables.project_row)
    assert (row["code"], row["name"], row["cases"], row["version"]) == (CODE, "示例大厦", 1, 3)
    (member,) = site.rows(project_tables.project_case)
    assert (member["case_id"], member["stages"]) == (done.case_id, "pit")
    with site.office.database.read() as connection:
        assert EventLog(connection.dialect).verify(connection, f"project/{CODE}") == 3
    assert check(site.office.database) == ()


def test_what_stands_around_the_events_of_a_project_says_who_did_it_in_which_case(site):
    done = apply(site, "pit")
    stream = f"project/{CODE}"
    with site.office.database.read() as connection:
        log = EventLog(connection.dialect)
        told = log.read(connection, stream)
        case = log.read(connection, done.case_id)
    assert {at.actor for at, _ in told} == {site.actors["applicant"].id}
    assert {(at.role, at.command) for at, _ in told} == {("applicant", case[0][0].command)}
    assert {at.definition for at, _ in told} == {case[0][0].definition}


def test_the_next_stage_waits_and_then_passes(site):
    first = permit_a_stage(site, "pit")
    site.at("2022-06-10")
    refused = apply(site, "basement")
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.GATE_SHUT
    hand_in(site, first)
    assert isinstance(apply(site, "basement"), Done)
    assert check(site.office.database) == ()


def test_a_refused_filing_leaves_no_trace_in_the_project(site):
    permit_a_stage(site, "pit")
    before = site.rows(project_tables.project_row)
    apply(site, "above_ground")
    assert site.rows(project_tables.project_row) == before


def test_two_cases_of_a_project_in_one_batch_see_each_other(site):
    answers = writer_of(site).write(
        [
            an_order("case/1", "pit"),
            taken("case/1", "accept"),
            taken("case/1", "grant_on_the_spot"),
            an_order("case/2", "basement"),
            an_order("case/3", "pit", "ordinary", project_code=OTHER_CODE),
        ]
    )
    assert [type(a) for a in answers] == [Done, Done, Done, Refused, Done]
    assert answers[3].reason is Reason.GATE_SHUT
    assert {row["code"] for row in site.rows(project_tables.project_row)} == {CODE, OTHER_CODE}
    assert check(site.office.database) == ()


def test_the_same_filing_twice_attaches_one_case(site):
    writer = writer_of(site)
    order = an_order("case/1", "pit", key="once")
    first, again = writer.write([order, order])
    (later,) = writer.write([order])
    assert first == again == later
    (row,) = site.rows(project_tables.project_row)
    assert (row["cases"], row["version"]) == (1, 3)


def proposed(bureau, case_id, stage):
    """An application on the ordinary track with an opinion in favour of granting."""
    opinion = c.TakeAction("examine", i.Opinion("grant", SEAL))
    examine = Order(case_id, opinion, EXAMINER, uuid.uuid4().hex, b"request")
    answers = writer_of(bureau).write(
        [an_order(case_id, stage, "ordinary"), taken(case_id, "accept"), examine]
    )
    assert {type(a) for a in answers} == {Done}, answers


@pytest.fixture
def meanwhile(site, monkeypatch):
    """An office of another authority tells the project something after this one's first look at
    it, before it commits; how often was looked since. On SQLite whoever writes has kept everybody
    else away from the beginning, so the other comes first there."""
    at_once, looks = Reader.read, []

    def told(event):
        database = site.office.database

        def tell():
            with database.write() as connection:
                stream = f"project/{CODE}"
                Records(database).append(
                    connection, stream, [event], actor="elsewhere", now=site.hands()
                )

        def read(reader, connection, codes):
            found = at_once(reader, connection, codes)
            if codes:
                looks.append(codes)
                if len(looks) == 1 and not database.is_sqlite:
                    tell()
            return found

        if database.is_sqlite:
            tell()
        monkeypatch.setattr(Reader, "read", read)
        return looks

    return told


def test_a_project_that_moved_on_meanwhile_is_looked_at_again(site, meanwhile):
    """The pit was permitted elsewhere between the look at the project and the commit of this
    grant: the grant is decided anew, and refused."""
    for case_id in ("case/1", "case/2"):
        proposed(site, case_id, "pit")
    writer = writer_of(site)
    meanwhile(CaseReported(case="case/2", milestones={}, stands=True))
    (refused,) = writer.write([taken("case/1", "grant", LEADER)])
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.STAGE_COVERED


def test_a_project_that_was_only_looked_at_is_guarded_too(site, meanwhile):
    """Nothing of a return to the examiner is told to the project, yet it is decided in view of
    it: if somebody appends to the project meanwhile it is decided again."""
    proposed(site, "case/1", "pit")
    writer = writer_of(site)
    looks = meanwhile(GateShut(
        case="case/1", kind="fee", name="charge", gates=("next_stage",),
        title={"zh": "费用", "en": "Fee"}, opens="payment", due=None, provisional=False,
    ))  # fmt: skip
    command = c.TakeAction("return_to_examiner", i.Reasoned(SEAL))
    order = Order("case/1", command, LEADER, uuid.uuid4().hex, b"request")
    assert isinstance(writer.write([order])[0], Done)
    assert len(looks) == (1 if site.office.database.is_sqlite else 2)


def test_many_writers_on_one_project_lose_nothing_and_pass_no_shut_gate(site):
    """As several processes on one database do: of all who want the pit, one is permitted."""
    for n in range(6):
        proposed(site, f"case/{n}", "pit")
    answers = []

    def run(mine):
        writer = writer_of(site)
        for n in mine:
            answers.extend(writer.write([taken(f"case/{n}", "grant", LEADER)]))

    threads = [threading.Thread(target=run, args=(range(k, 6, 3),)) for k in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(a).__name__ for a in answers) == ["Done", *["Refused"] * 5]
    assert {a.reason for a in answers if isinstance(a, Refused)} == {Reason.STAGE_COVERED}
    assert [row["stands"] for row in site.rows(project_tables.project_case)].count(True) == 1
    assert check(site.office.database) == ()


def test_a_writer_does_not_trust_what_it_remembers_of_a_project(site):
    here, there = writer_of(site), writer_of(site)
    assert isinstance(here.write([an_order("case/1", "pit")])[0], Done)
    answers = there.write([taken("case/1", "accept"), taken("case/1", "grant_on_the_spot")])
    assert {type(a) for a in answers} == {Done}
    (refused,) = here.write([an_order("case/2", "pit")])
    assert refused.reason is Reason.GATE_SHUT


def test_the_reader_keeps_only_so_many_projects_at_hand(site, monkeypatch):
    from permits.services import projects

    monkeypatch.setattr(projects, "_MOST_KNOWN", 1)
    writer = writer_of(site)
    for n, code in enumerate((CODE, OTHER_CODE, CODE)):
        order = an_order(f"case/{n}", "pit", "ordinary", project_code=code)
        assert isinstance(writer.write([order])[0], Done)
    assert sorted(row["cases"] for row in site.rows(project_tables.project_row)) == [1, 2]
    assert check(site.office.database) == ()


def test_who_sees_a_project(site):
    apply(site, "pit")
    projects = site.office.cases.projects
    for who in ("applicant", "window", "supervisor", "auditor"):
        assert projects.read(CODE, site.actors[who]) is not None, who
    officers = frozenset({Role.WINDOW})
    elsewhere = Actor("elsewhere", officers, office="another_bureau", department="other")
    for actor in (site.actors["stranger"], elsewhere):
        assert projects.read(CODE, actor) is None
    assert projects.read(OTHER_CODE, site.actors["applicant"]) is None


def test_the_projects_of_a_developer_and_of_a_department(site):
    permit_a_stage(site, "pit")
    apply(site, "pit", "ordinary", project_code=OTHER_CODE)
    projects = site.office.cases.projects
    mine = projects.mine(site.actors["applicant"])
    assert {one.code for one in mine} == {CODE, OTHER_CODE}
    theirs = projects.mine(site.actors["window"])
    assert [one.code for one in theirs] == [CODE, OTHER_CODE], "what is due comes first"
    assert theirs[0].critical_on == "2022-09-09"
    assert projects.mine(site.actors["stranger"]) == []


def test_the_offers_of_a_case_know_its_project(site):
    """The page says why a grant waits, without anybody having to try."""
    first = permit_a_stage(site, "pit")
    hand_in(site, first)
    second = apply(site, "basement").case_id
    site.people.act("window", second, "accept")
    desk = site.office.cases.desk(site.office.cases.recorded(second).case, site.actors["window"])
    assert desk.projects[CODE].members[first].stands


def test_no_projects_are_read_for_no_codes(site):
    assert site.office.cases.projects.of(()) == {}
    with site.office.database.read() as connection:
        assert Reader(site.office.database.dialect).read(connection, ()) == {}
