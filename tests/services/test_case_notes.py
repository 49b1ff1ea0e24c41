"""What officers keep beside a case, on both databases: it stands under what the case is, is told
to whom it is about, and goes with the file."""

import pytest

from permits.casework.refusals import Refused
from permits.services.cases import Ticket
from permits.services.persons.erasing import erase
from permits.services.persons.exporting import export
from permits.services.persons.finding import Wanted
from permits.services.rebuild import check
from permits.services.records import new_id
from permits.services.requests import Corrections, DefectIn, Reasoned
from permits.services.retention import run
from tests.services.conftest import GAS, at_once

LACKS = DefectIn(about="material.land_title", kind="missing", fix="补交用地证明")
BASIS = "个人信息保护法第47条"


@pytest.fixture
def case(bureau) -> str:
    return bureau.people.file(GAS, "ordinary")


def record(bureau, case):
    return bureau.office.cases.recorded(case)


def note(bureau, case, text, who="window"):
    held = record(bureau, case).case
    return bureau.office.notes.write(held, text, bureau.actors[who], Ticket(new_id()))


def find(bureau, case, who="examiner"):
    held = record(bureau, case).case
    return bureau.office.notes.note_findings(held, [LACKS], bureau.actors[who])


def notice(bureau, case):
    return bureau.act("window", case, "issue_correction", Corrections(defects=(LACKS,)))


def findings(bureau, case):
    return bureau.office.notes.findings(record(bureau, case).case)


def test_findings_go_with_the_notice_whichever_way_it_is_given_and_stay_if_it_is_refused(
    bureau, case
):
    find(bureau, case)
    refused = bureau.act("window", case, "issue_correction", Corrections(defects=()))
    assert isinstance(refused, Refused)
    assert [one.fix for one in findings(bureau, case)] == [LACKS.fix]
    assert not isinstance(notice(bureau, case), Refused)
    assert findings(bureau, case) == ()


def test_nothing_is_found_for_a_notice_that_was_given_meanwhile(bureau, case):
    """Two officers looked at it; one sent the notice while the other was still writing."""
    before = record(bureau, case).case
    notice(bureau, case)
    kept = bureau.office.notes.note_findings(before, [LACKS], bureau.actors["examiner"])
    assert (kept, findings(bureau, case)) == (False, ())


def test_a_notice_and_a_finding_at_the_same_moment_leave_no_finding(bureau, case):
    held = record(bureau, case).case

    def found():
        bureau.office.notes.note_findings(held, [LACKS], bureau.actors["examiner"])

    assert at_once(lambda: notice(bureau, case), found) == []
    assert findings(bureau, case) == ()


def test_whoever_asks_is_told_their_notes_and_that_one_names_them(bureau, case):
    note(bureau, case, "经办人来电，图纸周五送来")
    note(bureau, case, "已核对管径", who="examiner")
    about = export(bureau.office, Wanted(values=("经办人",)), actor="setup")
    (named,) = about["office_notes"]
    assert (named["case"], named["text"]) == (record(bureau, case).case.number, "")
    own = export(bureau.office, Wanted(account="examiner"), actor="setup")
    assert [one["text"] for one in own["office_notes"]] == ["已核对管径"]


def test_erasing_somebody_takes_the_notes_that_name_them_and_no_others(bureau, case):
    note(bureau, case, "经办人来电，图纸周五送来")
    note(bureau, case, "已核对管径", who="examiner")
    bureau.people.act("applicant", case, "withdraw", Reasoned(reason="另有安排"))
    bureau.at("2027-06-10")
    done = erase(bureau.office, Wanted(values=("经办人",)), BASIS, actor="setup", dry=False)
    assert done.held == ()
    left = bureau.office.notes.of(record(bureau, case).case).notes
    assert [one.text for one in left] == ["已核对管径"]


def test_notes_findings_and_handlers_go_with_the_file_of_their_case(bureau, case):
    other = bureau.people.file(GAS, "commitment")
    for one in (case, other):
        note(bureau, one, "内部")
        find(bureau, one)
        held = record(bureau, one).case
        examiner, window = bureau.actors["examiner"].id, bureau.actors["window"]
        assert bureau.office.notes.hand(held, examiner, window)
    bureau.people.act("applicant", case, "withdraw", Reasoned(reason="另有安排"))
    bureau.at("2022-06-10")
    run(bureau.office, actor="setup")
    assert bureau.office.notes.of(record(bureau, case).case).notes, "the file is kept still"
    bureau.at("2057-06-10")
    run(bureau.office, actor="setup")
    gone, kept = (bureau.office.notes.of(record(bureau, one).case) for one in (case, other))
    assert (gone.notes, gone.findings, gone.handler) == ((), (), None)
    assert kept.notes and kept.findings and kept.handler, "it is open"
    assert check(bureau.office.database) == ()
