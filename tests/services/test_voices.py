"""Asking for ratings and telling what is overdue, by time; what is kept of those who object."""

import json

import pytest

from permits.services.persons.erasing import erase
from permits.services.persons.exporting import export
from permits.services.persons.finding import Wanted
from permits.services.post import deliver
from permits.services.rebuild import check
from permits.services.records import new_id
from permits.services.requests import Nothing, OpinionIn
from permits.services.retention import run
from permits.services.voice_requests import (
    About,
    AnswerToObjection,
    By,
    CaseObjection,
    OpenCaseNotice,
    Rating,
    say,
)
from permits.services.voice_timers import tell_in_time
from permits.services.voices import Done
from permits.store.voice_tables import voice_row
from tests.services.conftest import GAS

WHO, WHERE, WHY, WHAT = "张三丰", "zhang@example.org", "相邻业主", "会挡住东门"
OBJECTION = CaseObjection(objector=WHO, contact=WHERE, interest=WHY, text=WHAT)
OBJECTOR = Wanted(values=(WHO, WHERE))


class Kept(list):
    """A mail server that keeps what it is given."""

    def send(self, letter):
        self.append(letter)


def said(bureau, who, case, given, **about):
    actor = bureau.people.actors[who] if who else None
    done = say(bureau.office.voices, case, given, By(actor, new_id()), About(**about))
    assert isinstance(done, Done), done
    return done


def told(bureau):
    return tell_in_time(bureau.office.voices, bureau.office.now())


def letters(bureau, subject):
    post = Kept()
    deliver(bureau.office, post)
    return [one for one in post if subject in one.subject]


@pytest.fixture
def decided(bureau):
    """A case that was granted on 9 June 2022."""
    case = bureau.people.file(GAS, "commitment")
    for action in ("accept", "grant_on_the_spot"):
        bureau.people.act("window", case, action, Nothing())
    return case


@pytest.fixture
def noticed(bureau):
    """A case under notice since 9 June 2022, to which somebody objects."""
    case = bureau.people.file(GAS, "ordinary")
    bureau.people.act("window", case, "accept", Nothing())
    said(bureau, "examiner", case, OpenCaseNotice())
    said(bureau, "", case, OBJECTION)
    return case


def test_whoever_has_not_rated_is_asked_once_by_mail(bureau, decided):
    bureau.at("2022-06-13")
    assert told(bureau) == 0
    bureau.at("2022-06-14")
    assert (told(bureau), told(bureau)) == (1, 0)
    (letter,) = letters(bureau, "评价")
    assert letter.to == "applicant@x.invalid"
    assert letter.text.count(f"/cases/{decided.removeprefix('case/')}/rating/result") == 2
    assert check(bureau.office.database) == ()


def test_whoever_has_rated_is_not_asked(bureau, decided):
    said(bureau, "applicant", decided, Rating(level=4))
    bureau.at("2022-06-20")
    assert told(bureau) == 0


def test_nobody_is_asked_about_what_was_decided_long_ago(bureau, decided):
    bureau.at("2022-07-10")
    assert told(bureau) == 0


def test_who_is_passed_over_stands_in_nobody_s_way(bureau, decided, monkeypatch):
    """More cases than are read at once, the first of which ended without anything to rate yet."""
    monkeypatch.setattr("permits.services.voice_timers.AT_ONCE", 1)
    bureau.at("2022-06-10")
    second = bureau.people.file(GAS, "commitment")
    for action in ("accept", "grant_on_the_spot"):
        bureau.people.act("window", second, action, Nothing())
    said(bureau, "applicant", decided, Rating(level=5))
    bureau.at("2022-06-21")
    assert told(bureau) == 1


def test_an_overdue_answer_is_told_to_head_and_supervisor_once(bureau, noticed):
    bureau.at("2022-06-30")
    assert told(bureau) == 0
    bureau.at("2022-07-01")
    assert (told(bureau), told(bureau)) == (1, 0)
    (row,) = [one for one in bureau.rows(voice_row) if one["kind"] == "overdue"]
    assert row["name"] == "objection/1"
    answer = AnswerToObjection(outcome="upheld", reason="已改道。")
    said(bureau, "examiner", noticed, answer, number=1)
    assert told(bureau) == 0
    assert check(bureau.office.database) == ()


def test_whoever_objected_is_told_what_is_kept_of_them(bureau, noticed):
    found = export(bureau.office, OBJECTOR, actor="setup")
    stream = noticed.replace("case/", "voices/")
    kept = {(one["stream"], one["field"]): one["value"] for one in found["values"]}
    assert kept == {
        (stream, "objector"): WHO,
        (stream, "objection.contact"): WHERE,
        (stream, "objection.interest"): WHY,
    }
    assert {one["kept_until"] for one in found["values"]} == {None}, "it waits for its answer"


def test_who_objected_is_not_erased_before_the_time_and_wholly_after_it(bureau, noticed):
    answer = AnswerToObjection(outcome="dismissed", reason="不影响通行。")
    assert erase(bureau.office, OBJECTOR, "个人信息保护法第47条", actor="setup", dry=False).held
    said(bureau, "examiner", noticed, answer, number=1)
    opinion = OpinionIn(recommends="grant", opinion="符合")
    bureau.people.act("examiner", noticed, "examine", opinion)
    found = export(bureau.office, OBJECTOR, actor="setup")
    assert {one["kept_until"] for one in found["values"]} == {"2032-06-09"}
    bureau.at("2032-06-10")
    done = erase(bureau.office, OBJECTOR, "个人信息保护法第47条", actor="setup", dry=False)
    assert not done.held
    voices = bureau.office.voices.of(noticed)
    one = voices.voices.objections[0]
    assert WHO not in voices.values.values()
    assert WHERE not in voices.values.values()
    assert voices.values[one.reason] == "不影响通行。"
    assert check(bureau.office.database) == ()


def test_what_objections_say_goes_when_its_time_is_over(bureau, noticed):
    answer = AnswerToObjection(outcome="dismissed", reason="不影响通行。")
    said(bureau, "examiner", noticed, answer, number=1)
    bureau.at("2032-06-09")
    run(bureau.office, actor="setup")
    assert WHAT in bureau.office.voices.of(noticed).values.values(), "the last day counts"
    bureau.at("2032-06-10")
    run(bureau.office, actor="setup")
    left = json.dumps([*bureau.office.voices.of(noticed).values.values()], ensure_ascii=False)
    for text in (WHO, WHERE, WHY, WHAT):
        assert text not in left
    assert check(bureau.office.database) == ()
