"""Who makes a check is drawn by lot (双随机): so that anybody can draw again, among who is fit."""

import hashlib
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.check_rows import check_rows
from permits.casework.offers import Beside, beside
from permits.casework.refusals import Reason, Refused
from permits.casework.sampling import picked
from permits.definitions.edition import compile_edition
from tests.casework.lots import (
    CHECK,
    THREE,
    Checked,
    another_is_drawn,
    check,
    edition,
    granted,
    instead,
    recused,
)
from tests.kit import SEAL, Play, brought, plan_exempt
from tests.workflows.kinds import application

DAY = "2022-06-10"


def drawn(play):
    return play.case.obligations[CHECK].inspectors


def lots(play, kind="InspectorsDrawn"):
    return [event for _envelope, event in play.log if type(event).__name__ == kind]


class TestTheDraw:
    def test_can_be_done_again_with_the_record_and_sha_256_alone(self):
        play = granted(*THREE, seed="a seed")
        (event,) = lots(play)
        assert (event.seed, event.fit, event.drawn) == ("a seed", THREE, drawn(play))

        def lot(account):
            text = f"{event.seed}\n{play.case.id}\n{event.obligation}\n{account}"
            return hashlib.sha256(text.encode()).hexdigest()

        assert drawn(play) == tuple(sorted(event.fit, key=lot)[:2])

    def test_of_three_lots_each_pair_is_drawn_as_often_as_the_hashes_say(self):
        """4,000 seeds: each of three pairs a third of the times, within four deviations."""
        counts = dict.fromkeys(map(frozenset, permutations(THREE, 2)), 0)
        for seed in range(4_000):
            counts[frozenset(picked(str(seed), "case/1", CHECK, THREE, 2))] += 1
        assert sum(counts.values()) == 4_000
        assert all(
            abs(count - 4_000 / 3) < 4 * (4_000 * 2 / 9) ** 0.5 for count in counts.values()
        )

    @given(st.text(), st.lists(st.text(max_size=9), unique=True, max_size=9), st.integers(0, 5))
    def test_hangs_on_nobody_s_place_in_the_list(self, seed, officers, count):
        found = picked(seed, "case/1", CHECK, officers, count)
        assert found == picked(seed, "case/1", CHECK, reversed(officers), count)
        assert len(found) == min(count, len(officers))
        assert {*found} <= {*officers}

    @given(st.text(), st.lists(st.text(max_size=9), unique=True, min_size=2, max_size=9))
    def test_leaves_the_others_as_they_were_if_somebody_was_not_fit(self, seed, officers):
        everybody = picked(seed, "case/1", CHECK, officers, len(officers))
        for gone in officers:
            without = [one for one in officers if one != gone]
            order = picked(seed, "case/1", CHECK, without, len(without))
            assert order == tuple(one for one in everybody if one != gone)

    def test_is_made_as_the_duty_begins_and_not_where_nothing_is_drawn(self):
        assert len(drawn(granted(*THREE))) == 2
        assert "InspectorsDrawn" not in Play().served("2022-06-09").events

    def test_is_not_told_to_whoever_looks_beforehand(self):
        play = Checked(edition(), inspectors=())
        play.must("applicant", application(play.edition), DAY)
        play.do("window", "accept", DAY)
        noted = play.ask("window", c.TakeAction("grant_on_the_spot"), DAY)
        assert not [f for f in noted.facts if type(f.event).__name__ == "InspectorsDrawn"]


class TestWhoIsFit:
    def test_is_nobody_who_was_recused(self):
        play = Checked(edition(), inspectors=THREE)
        play.must("applicant", application(play.edition), DAY)
        recused(play, "third", DAY)
        play.do("window", "accept", DAY).do("window", "grant_on_the_spot", DAY)
        assert lots(play)[0].fit == ("another_inspector", "inspector")

    def test_is_neither_who_examined_the_case_nor_who_decided_it(self):
        there = (*THREE, "leader", "second_examiner")
        play = Checked(edition(), inspectors=there)
        play.must("applicant", application(play.edition), DAY)
        play.do("window", "accept", DAY)
        play.do("second_examiner", "examine", DAY, i.Opinion("grant", SEAL))
        play.do("leader", "grant", DAY)
        assert lots(play)[0].fit == THREE

    def test_is_everybody_where_the_definition_leaves_nobody_out(self):
        definition = edition().definition
        duty = definition.obligations[CHECK]
        anybody = duty.model_copy(
            update={"inspectors": duty.inspectors.model_copy(update={"besides": ()})}
        )
        changed = definition.model_copy(
            update={"obligations": {**definition.obligations, CHECK: anybody}}
        )
        play = Checked(compile_edition(changed, "anybody"), inspectors=("inspector", "leader"))
        play.must("applicant", application(play.edition), DAY)
        play.do("window", "accept", DAY)
        play.do("examiner", "examine", DAY, i.Opinion("grant", SEAL)).do("leader", "grant", DAY)
        assert {*drawn(play)} == {"inspector", "leader"}


class TestTheCheck:
    def test_is_recorded_by_those_who_were_drawn_and_no_others(self):
        play = granted(*THREE)
        (other,) = {*THREE} - {*drawn(play)}
        theirs = Refused(Reason.NOT_DRAWN, (CHECK,))
        assert play.ask(other, check(DAY, *drawn(play), other), DAY) == theirs
        assert play.ask(drawn(play)[0], check(DAY, drawn(play)[0], other), DAY) == theirs
        alone = play.ask(other, check(DAY, *drawn(play)), DAY)
        assert alone == Refused(Reason.INSPECTORS_WANTED, ("2",))
        play.checked(drawn(play)[1], check(DAY, *drawn(play)), DAY)
        assert play.case.obligations[CHECK].status == "settled"

    def test_is_offered_to_them_alone(self):
        play = granted(*THREE)
        offered = {
            who
            for who in THREE
            if Beside("verify", CHECK) in beside(play.case, play.desk(who, DAY))
        }
        assert offered == {*drawn(play)}

    def test_stands_in_the_piles_of_those_who_were_drawn_until_it_is_made(self):
        play = granted(*THREE)
        rows = check_rows(play.case)
        assert [(row.officer, row.obligation) for row in rows] == [
            (who, CHECK) for who in drawn(play)
        ]
        assert rows[0].due_on == rows[0].sort_on == play.case.obligations[CHECK].due
        recused(play, drawn(play)[0], DAY)
        assert [row.officer for row in check_rows(play.case)] == [drawn(play)[1]]
        play.must("leader", instead(drawn(play)[0], "recused"), DAY)
        play.checked(drawn(play)[0], check(DAY, *drawn(play)), DAY)
        assert check_rows(play.case) == ()

    def test_waits_as_long_as_one_of_them_is_recused(self):
        play = granted(*THREE)
        first, second = drawn(play)
        recused(play, first, DAY)
        told = play.ask(second, check(DAY, first, second), DAY)
        assert told == Refused(Reason.INSPECTORS_UNDRAWN, (CHECK,))


class TestAnother:
    def test_is_drawn_instead_of_one_who_is_hindered_with_the_reason_on_record(self):
        play = another_is_drawn()
        (event,) = lots(play, "InspectorReplaced")
        assert (event.ground, event.reason) == ("on_leave", SEAL)
        assert event.fit == (event.drawn,)
        assert event.drawn in drawn(play) and event.officer not in drawn(play)
        assert play.case.obligations[CHECK].passed_over == (event.officer,)

    def test_is_never_one_who_was_passed_over(self):
        play = another_is_drawn()
        told = play.ask("leader", instead(drawn(play)[0]), DAY)
        assert told == Refused(Reason.TOO_FEW_INSPECTORS, ("1",))

    @pytest.mark.parametrize(
        ("command", "refused"),
        [
            (c.DrawInspectors(CHECK), Refused(Reason.DRAWN_BEFORE, (CHECK,))),
            (instead("nobody"), Refused(Reason.NOT_DRAWN, (CHECK,))),
            (instead("inspector", ""), Refused(Reason.REASON_WANTED)),
            (instead("inspector", reason=None), Refused(Reason.REASON_WANTED)),
            (instead("inspector", "recused"), Refused(Reason.GROUND_NOT_TRUE)),
            (c.DrawInspectors("check_use"), Refused(Reason.NOT_IN_PROCEDURE)),
            (c.DrawInspectors("tea"), Refused(Reason.NO_SUCH_OBLIGATION, ("tea",))),
        ],
    )
    def test_is_not_drawn_because_somebody_would_like_it(self, command, refused):
        play = granted("another_inspector", "inspector")
        assert play.tell("leader", command, DAY) == refused

    def test_a_recusal_is_told_as_such(self):
        play = granted(*THREE)
        officer_ = drawn(play)[0]
        recused(play, officer_, DAY)
        assert play.ask("leader", instead(officer_), DAY) == Refused(Reason.GROUND_NOT_TRUE)

    def test_is_drawn_instead_of_one_who_acted_for_the_applicant(self):
        """The check waits for that; and whoever acted before the lots were drawn was not fit."""
        play = granted("at_the_window", "inspector")
        untrue = play.ask("leader", instead("inspector", "acted"), DAY)
        assert untrue == Refused(Reason.GROUND_NOT_TRUE)
        report = c.ActForApplicant(h.AskRecusal("leader", SEAL), brought(DAY))
        play.must("at_the_window", report, DAY)
        told = play.ask("inspector", check(DAY, *drawn(play)), DAY)
        assert told == Refused(Reason.ACTED_FOR_APPLICANT)
        play.inspectors = ("at_the_window", *THREE)
        play.must("leader", instead("at_the_window", "acted"), DAY)
        assert lots(play, "InspectorReplaced")[0].fit == ("another_inspector", "third")
        play.must("leader", instead("inspector"), DAY)
        play.checked(drawn(play)[0], check(DAY, *drawn(play)), DAY)

    def test_is_not_drawn_for_a_check_that_was_made(self):
        play = granted(*THREE)
        play.checked(drawn(play)[0], check(DAY, *drawn(play)), DAY)
        told = play.ask("leader", instead(drawn(play)[0]), DAY)
        assert told == Refused(Reason.OBLIGATION_NOT_OPEN, (CHECK,))


class TestWithTooFew:
    def test_nothing_is_held_up_and_a_head_of_the_office_draws_later(self):
        play = granted("inspector")
        assert drawn(play) == ()
        told = play.ask("inspector", check(DAY, "inspector", "third"), DAY)
        assert told == Refused(Reason.INSPECTORS_UNDRAWN, (CHECK,))
        few = play.ask("leader", c.DrawInspectors(CHECK), DAY)
        assert few == Refused(Reason.TOO_FEW_INSPECTORS, ("2",))
        play.inspectors = THREE
        play.must("leader", c.DrawInspectors(CHECK), DAY)
        assert len(drawn(play)) == 2

    def test_only_a_head_of_the_office_draws(self):
        play = granted(*THREE)
        may = {w for w in ("window", "examiner", "leader", "inspector", "supervisor", "applicant")
               if Beside("draw", CHECK) in beside(play.case, play.desk(w, DAY))}  # fmt: skip
        assert may == {"leader"}
        assert not plan_exempt().draws_inspectors and edition().draws_inspectors

    def test_as_many_as_are_wanted_are_enough(self):
        play = granted("inspector")
        play.inspectors = ("inspector", "third")
        play.must("leader", c.DrawInspectors(CHECK), DAY)
        assert {*drawn(play)} == {"inspector", "third"}
