"""Whoever stands in for somebody acts for both: four eyes stay four, recusals hold for either."""

from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.access import (
    JUDGING,
    Actor,
    Place,
    hindered,
    judges_own,
    may,
    role_for,
    sees,
)
from permits.casework.access import acting as role_of
from permits.casework.decide import Noted
from permits.casework.offers import offers
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Role
from tests.kit import DEPARTMENT, OFFICE, PEOPLE, SEAL, Play, beijing

GRANT = i.Opinion("grant", SEAL)
DECIDE = c.TakeAction("grant")
EXAMINE = c.TakeAction("examine", GRANT)
DAY = "2022-06-09"


def acting(name: str, own: Role, *places: tuple[Role, str]) -> Actor:
    """An officer with a role of their own, who stands in for others."""
    held = tuple(Place(role, of) for role, of in places)
    roles = frozenset({own, *(place.role for place in held)})
    return Actor(name, roles, OFFICE, DEPARTMENT, places=held)


@pytest.fixture
def people(monkeypatch):
    """More people at the desk."""

    def add(**known: Actor) -> None:
        for name, actor in known.items():
            monkeypatch.setitem(PEOPLE, name, actor)

    return add


def test_a_substitute_decides_and_the_log_says_for_whom(people):
    people(deputy=acting("deputy", Role.WINDOW, (Role.LEADER, "leader")))
    play = Play().proposed(DAY)
    noted = play.must("deputy", DECIDE, DAY)
    assert noted.role is Role.LEADER
    last = play.log[-1][0]
    assert (last.actor, last.role, last.in_place_of) == ("deputy", "leader", "leader")
    assert play.case.stood_in == {"deputy": ("leader",)}


def test_in_a_role_of_ones_own_nobody_is_stood_in_for(people):
    people(deputy=acting("deputy", Role.WINDOW, (Role.LEADER, "leader")))
    play = Play().file(DAY, "ordinary").do("deputy", "accept", DAY)
    assert play.log[-1][0].in_place_of == ""
    assert play.case.stood_in == {}


def test_whoever_examined_does_not_decide_for_the_head(people):
    people(examiner=acting("examiner", Role.EXAMINER, (Role.LEADER, "leader")))
    play = Play().proposed(DAY)
    assert play.tell("examiner", DECIDE, DAY) == Refused(Reason.SAME_PERSON)
    shut = {one.action: one.shut for one in offers(play.case, play.desk("examiner", DAY))}
    assert shut["grant"] == Refused(Reason.SAME_PERSON)


def test_nobody_decides_what_their_substitute_examined_for_them(people):
    """The head who is an examiner too sends a substitute to examine, and would then decide."""
    people(
        both=acting("both", Role.LEADER, (Role.EXAMINER, "nobody")),
        deputy=acting("deputy", Role.WINDOW, (Role.EXAMINER, "leader")),
    )
    play = Play().accepted(DAY)
    play.must("deputy", EXAMINE, DAY)
    assert play.tell("leader", DECIDE, DAY) == Refused(Reason.SAME_PERSON)
    assert isinstance(play.ask("both", DECIDE, DAY), Noted)


def test_nobody_decides_by_a_substitute_what_they_examined(people):
    people(
        both=Actor("both", frozenset({Role.EXAMINER, Role.LEADER}), OFFICE, DEPARTMENT),
        deputy=acting("deputy", Role.WINDOW, (Role.LEADER, "both")),
    )
    play = Play().accepted(DAY)
    play.must("both", EXAMINE, DAY)
    assert play.tell("deputy", DECIDE, DAY) == Refused(Reason.SAME_PERSON)
    assert isinstance(play.ask("leader", DECIDE, DAY), Noted)


def test_whoever_is_recused_sends_nobody(people):
    people(deputy=acting("deputy", Role.WINDOW, (Role.EXAMINER, "examiner")))
    play = Play().accepted(DAY)
    play.must("applicant", h.AskRecusal("examiner", SEAL), DAY)
    play.must("leader", h.DecideRecusal("examiner", recused=True, reason=SEAL), DAY)
    assert play.tell("deputy", EXAMINE, DAY) == Refused(Reason.RECUSED)
    assert sees(PEOPLE["deputy"], play.case)
    assert not may(PEOPLE["deputy"], EXAMINE, play.case, play.edition)
    shut = {one.action: one.shut for one in offers(play.case, play.desk("deputy", DAY))}
    assert shut["examine"] == Refused(Reason.RECUSED)


def test_whoever_is_recused_stands_in_for_nobody(people):
    people(deputy=acting("deputy", Role.WINDOW, (Role.EXAMINER, "examiner")))
    play = Play().accepted(DAY)
    play.must("applicant", h.AskRecusal("deputy", SEAL), DAY)
    play.must("leader", h.DecideRecusal("deputy", recused=True, reason=SEAL), DAY)
    assert play.tell("deputy", EXAMINE, DAY) == Refused(Reason.RECUSED)
    assert isinstance(play.ask("examiner", EXAMINE, DAY), Noted)


def test_a_substitute_does_not_decide_on_the_recusal_of_whom_they_stand_in_for(people):
    people(deputy=acting("deputy", Role.WINDOW, (Role.LEADER, "leader")))
    play = Play().accepted(DAY)
    play.must("applicant", h.AskRecusal("leader", SEAL), DAY)
    asked = h.DecideRecusal("leader", recused=False, reason=SEAL)
    assert play.tell("deputy", asked, DAY) == Refused(Reason.SAME_PERSON)


DEPUTY = acting("deputy", Role.WINDOW, (Role.LEADER, "leader"))


def test_a_deputy_acts_in_anothers_place_in_that_role_only():
    assert DEPUTY.place_of(Role.LEADER) == "leader"
    assert DEPUTY.place_of(Role.WINDOW) == ""
    assert DEPUTY.persons == {"deputy", "leader"}
    assert DEPUTY.acting_as(Role.LEADER).persons == {"deputy", "leader"}
    assert DEPUTY.acting_as(Role.WINDOW).persons == {"deputy"}


def test_recused_is_who_was_found_to_be_not_who_is_asked_about():
    play = Play().accepted(DAY)
    for officer in ("leader", "examiner"):
        play.must("applicant", h.AskRecusal(officer, SEAL), DAY)
    found = h.DecideRecusal("leader", recused=True, reason=SEAL)
    head = replace(play.desk("leader", DAY), actor=acting("head", Role.LEADER))
    assert isinstance(play.carry_out(found, head), Noted)
    leader, examiner = PEOPLE["leader"], PEOPLE["examiner"]
    assert hindered(leader, Role.LEADER, play.case)
    assert role_of(leader, frozenset({Role.LEADER}), play.case) is None
    assert hindered(DEPUTY, Role.LEADER, play.case)
    assert not hindered(DEPUTY, Role.WINDOW, play.case)
    assert role_of(DEPUTY, frozenset({Role.LEADER, Role.WINDOW}), play.case) is Role.WINDOW
    assert not hindered(examiner, Role.EXAMINER, play.case)
    assert role_of(examiner, frozenset({Role.EXAMINER}), play.case) is Role.EXAMINER


def test_whoever_acted_for_the_applicant_does_not_judge_what_they_brought():
    play = Play().accepted(DAY)
    case = msgspec.structs.replace(play.case, acted_for=("both",))
    both = Actor("both", frozenset({Role.WINDOW, Role.LEADER}), OFFICE, DEPARTMENT)
    judged = h.DecideRecusal("examiner", recused=True, reason=SEAL)
    beside = c.ServeDocument("1", date.fromisoformat(DAY), "post", (), SEAL)
    assert type(judged) in JUDGING
    assert type(beside) not in JUDGING
    assert role_for(both, judged, case, play.edition) is Role.LEADER
    assert judges_own(both, judged, case)
    assert not may(both, judged, case, play.edition)
    assert may(PEOPLE["leader"], judged, case, play.edition), "they brought nothing"
    assert may(both, beside, case, play.edition), "it judges nothing"
    for_both = acting("another", Role.EXAMINER, (Role.LEADER, "both"))
    assert not may(for_both, judged, case, play.edition)


PERSONS = ("anna", "bert", "cleo")
OWN = (Role.EXAMINER, Role.LEADER, Role.WINDOW)
steps = st.lists(
    st.tuples(
        st.sampled_from(PERSONS),
        st.sampled_from((EXAMINE, DECIDE, c.TakeAction("return", i.Reasoned(SEAL)))),
        st.sampled_from((*PERSONS, "")),
    ),
    max_size=12,
)


@given(own=st.tuples(*(st.sampled_from(OWN) for _ in PERSONS)), steps=steps)
def test_however_they_stand_in_for_each_other_four_eyes_stay_four(own, steps):
    """Whoever decided, and in whose place, is none of those who examined, and in whose place:
    whoever takes which step, standing in on the spot for anybody at all."""
    roles = dict(zip(PERSONS, own, strict=True))
    play, at = Play().accepted(DAY), beijing(DAY)
    for number, (who, command, other) in enumerate(steps):
        places = []
        if other and other != who and roles[other] is not roles[who]:
            places = [(roles[other], other)]
        PEOPLE["drawn"] = acting(who, roles[who], *places)
        play.tell("drawn", command, at + timedelta(minutes=number))
    PEOPLE.pop("drawn", None)
    examined = _persons(play, "Examined")
    decided = _persons(play, "Decided")
    if decided:
        assert not decided & examined
        assert examined


@pytest.fixture(autouse=True)
def _people_as_they_were():
    before = dict(PEOPLE)
    yield
    PEOPLE.clear()
    PEOPLE.update(before)


def _persons(play: Play, event: str) -> set[str]:
    """Everybody in whose name something was brought about since the last return."""
    found: set[str] = set()
    for envelope, one in play.log:
        if type(one).__name__ == "Returned" and event == "Examined":
            found.clear()
        if type(one).__name__ == event:
            found.update(envelope.persons)
    return found
