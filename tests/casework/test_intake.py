"""From receipt to acceptance: 行政许可法 art. 32 with its one correction notice, silence, and the
ways out; T11, the commitment withdrawn before the decision."""

from datetime import date, datetime, time

import pytest
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.dates import BEIJING
from permits.casework.decide import Noted
from permits.casework.figures import facts_row
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import declared_digest, notice_digest
from tests.kit import FIVE, LINE, SEAL, SEALED, Play, beijing, defect, paper

MISSING = ("land_title", "design_scheme")


def incomplete(on="2022-06-09"):
    handed_in = tuple(paper(m) for m in FIVE if m not in MISSING)
    return Play().file(on, "ordinary", handed_in=handed_in)


def notice(*materials):
    return i.Corrections(tuple(defect(f"material.{m}") for m in materials or MISSING))


def supplement(*materials, **answers):
    return i.Supplement({**LINE, **answers}, SEALED, tuple(map(paper, materials or MISSING)))


def test_a_complete_application_is_accepted_as_of_the_day_it_was_complete():
    play = Play().file("2022-06-09", "ordinary").do("window", "accept", "2022-06-13")
    assert str(play.case.milestones["accepted"]) == "2022-06-09"
    assert play.due("promise") == "2022-06-13"
    assert play.due("statutory") == "2022-07-21"
    assert (play.case.leaves, play.case.code) == (("examining",), 8)


def test_the_office_answered_on_the_day_it_answered():
    """The acceptance counts from receipt; that the answer came two days later stays visible."""
    play = Play().file("2022-06-09", "ordinary").do("window", "accept", "2022-06-13")
    assert str(play.case.clocks["completeness"].stopped_on) == "2022-06-13"
    accepted = next(e for e, event in play.log if e.type == "Accepted")
    assert str(accepted.effective_at) == "2022-06-09"
    assert accepted.recorded_at > beijing("2022-06-13", 9)


def test_what_is_missing_is_named_and_nothing_is_accepted():
    outcome = incomplete().tell("window", c.TakeAction("accept"), "2022-06-09")
    assert outcome == Refused(Reason.MATERIALS_MISSING, MISSING)


def test_one_notice_names_everything_and_the_applicant_has_time_to_correct():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    assert play.case.code == 6
    assert [d.about for d in play.case.notices[0].defects] == [f"material.{m}" for m in MISSING]
    assert not play.case.clocks["completeness"].running
    assert play.due("correction") == "2022-07-01"
    assert play.case.documents[-1].document == "correction_notice"


def test_corrections_supplied_are_accepted_as_of_the_day_they_came():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    play.do("applicant", "supply_corrections", "2022-06-15", supplement())
    assert play.case.code == 7
    assert play.due("completeness") == "2022-06-22"
    play.do("window", "accept", "2022-06-16")
    assert str(play.case.milestones["accepted"]) == "2022-06-15"


def test_a_second_notice_is_refused_whatever_is_still_wrong():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice("land_title"))
    play.do("applicant", "supply_corrections", "2022-06-13", supplement("land_title"))
    again = play.tell("window", c.TakeAction("issue_correction", notice()), "2022-06-14")
    assert again == Refused(Reason.NOT_NOW, ("issue_correction",))


def test_the_core_refuses_a_second_notice_even_where_a_chart_would_allow_it():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    play.case = type(play.case)(
        **{f: getattr(play.case, f) for f in play.case.__struct_fields__}
        | {"leaves": ("received",)}
    )
    again = play.ask("window", c.TakeAction("issue_correction", notice()), "2022-06-14")
    assert again == Refused(Reason.CORRECTED_BEFORE)


@pytest.mark.parametrize(
    ("defects", "outcome"),
    [
        ((), Refused(Reason.NOTHING_TO_CORRECT)),
        ((defect("field.works_place", "unclear"),), None),
        ((defect("material.land_title"), defect("field.starts_on")), None),
        ((defect("field.mood"),), Refused(Reason.NO_SUCH_FIELD, ("field.mood",))),
        ((defect("material.favour"),), Refused(Reason.NO_SUCH_MATERIAL, ("favour",))),
    ],
)
def test_a_notice_speaks_of_questions_and_materials_of_this_permit(defects, outcome):
    command = c.TakeAction("issue_correction", i.Corrections(defects))
    found = incomplete().tell("window", command, "2022-06-10")
    assert found == outcome if outcome else not isinstance(found, Refused)


def test_a_notice_never_asks_for_what_the_track_does_without():
    command = c.TakeAction("issue_correction", notice("land_title"))
    outcome = Play().file("2022-06-09").tell("window", command, "2022-06-10")
    assert outcome == Refused(Reason.MATERIAL_NOT_ASKED, ("land_title",))


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (supplement("land_title"), Refused(Reason.CORRECTIONS_INCOMPLETE, ("design_scheme",))),
        (
            supplement("land_title", "design_scheme", "favour"),
            Refused(Reason.NO_SUCH_MATERIAL, ("favour",)),
        ),
        (supplement(length_m=0), Refused(Reason.BAD_ANSWERS, ("length_m",))),
    ],
)
def test_corrections_are_whole_or_they_are_not_taken(given, outcome):
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    before = play.case
    command = c.TakeAction("supply_corrections", given)
    assert play.tell("applicant", command, "2022-06-13") == outcome
    assert play.case == before


def test_corrected_answers_replace_the_earlier_ones():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    play.do("applicant", "supply_corrections", "2022-06-13", supplement(length_m=180))
    assert play.case.answers["length_m"] == 180


def test_corrections_that_close_the_chosen_track_are_not_accepted_on_it():
    play = Play().file("2022-06-09")
    unclear = i.Corrections((defect("field.length_m", "unclear"),))
    play.do("window", "issue_correction", "2022-06-10", unclear)
    play.do("applicant", "supply_corrections", "2022-06-13", signed_anew(play, length_m=400))
    outcome = play.tell("window", c.TakeAction("accept"), "2022-06-13")
    assert outcome.reason is Reason.NOT_ADMITTED


def test_what_silence_accepts_is_still_not_granted_against_the_list():
    """Corrected on Monday 13 June 2022 to 400 m, where the list admits less than 200; five working
    days of silence end on the 20th."""
    play = Play().file("2022-06-09")
    unclear = i.Corrections((defect("field.length_m", "unclear"),))
    play.do("window", "issue_correction", "2022-06-10", unclear)
    play.do("applicant", "supply_corrections", "2022-06-13", signed_anew(play, length_m=400))
    play.must("timer", c.LapseClock("completeness"), "2022-06-21")
    assert play.case.by_silence
    outcome = play.tell("window", c.TakeAction("grant_on_the_spot"), "2022-06-21")
    assert outcome.reason is Reason.NOT_ADMITTED


def test_other_facts_are_committed_to_anew():
    play = Play().file("2022-06-09")
    unclear = i.Corrections((defect("field.length_m", "unclear"),))
    play.do("window", "issue_correction", "2022-06-10", unclear)
    same = i.Supplement(LINE, {**SEALED, "contact_phone": "d" * 64}, ())
    other = i.Supplement({**LINE, "length_m": 180}, SEALED, ())
    asked = play.ask("applicant", c.TakeAction("supply_corrections", other), "2022-06-13")
    assert asked == Refused(Reason.COMMITMENT_UNSIGNED, ("true_declaration",))
    stale = replace(other, signed=(i.Signing("true_declaration", "0" * 64),))
    asked = play.ask("applicant", c.TakeAction("supply_corrections", stale), "2022-06-13")
    assert asked == Refused(Reason.NOTICE_CHANGED, ("true_declaration",))
    asked = play.ask("applicant", c.TakeAction("supply_corrections", same), "2022-06-13")
    assert isinstance(asked, Noted), "who the contact is binds nobody"

    play.do("applicant", "supply_corrections", "2022-06-13", signed_anew(play, length_m=180))
    first, second = play.case.commitments
    assert first.declared == declared_digest(LINE)
    assert second.declared == declared_digest({**LINE, "length_m": 180})


def signed_anew(play, **answers):
    """Other answers, with the commitment signed over them."""
    notice = notice_digest(play.edition.definition.commitments["true_declaration"])
    signed = (i.Signing("true_declaration", notice),)
    return i.Supplement({**LINE, **answers}, SEALED, (), signed)


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("issue_correction", i.Corrections((defect("material.land_title"),))),
        ("declare_not_required", i.Reasoned(SEAL)),
        ("declare_not_competent", i.Reasoned(SEAL)),
    ],
)
def test_after_five_working_days_of_silence_the_law_has_accepted(action, given):
    """Received on Thursday 9 June 2022: the fifth working day is Thursday the 16th."""
    play = incomplete()
    last_day = play.ask("window", c.TakeAction(action, given), "2022-06-16")
    assert isinstance(last_day, Noted)
    too_late = play.ask("window", c.TakeAction(action, given), "2022-06-17")
    assert too_late == Refused(Reason.SILENCE_ACCEPTED, ("2022-06-16",))


def test_whoever_was_given_time_to_correct_has_that_time():
    """Noticed on Friday 10 June 2022, fifteen working days: the end is Friday 1 July."""
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    refuse = c.TakeAction("refuse_acceptance", i.Reasoned(SEAL))
    assert play.due("correction") == "2022-07-01"
    early = play.ask("window", refuse, "2022-07-01")
    assert early == Refused(Reason.NOT_YET_DUE, ("correction",))
    assert isinstance(play.ask("window", refuse, "2022-07-04"), Noted)


def test_an_office_that_accepts_before_the_day_it_counts_as_received_has_received_it():
    """Filed on Friday 10 June 2022 after closing, it counts from Monday the 13th; accepted and
    decided the same evening, it took no working day."""
    play = Play().file(evening("2022-06-10"))
    assert str(play.case.milestones["received"]) == "2022-06-13"
    play.must("window", c.TakeAction("accept"), evening("2022-06-10", 19))
    assert str(play.case.milestones["accepted"]) == "2022-06-10"
    assert str(play.case.milestones["received"]) == "2022-06-10"
    play.must("window", c.TakeAction("grant_on_the_spot"), evening("2022-06-10", 20))
    facts = facts_row(play.case, play.edition, play.days)
    assert (facts.used_wd, facts.saved_wd) == (0, 2)


def evening(day, hour=18):
    return datetime.combine(date.fromisoformat(day), time(hour, 30), BEIJING)


def test_what_is_not_corrected_is_not_accepted_with_a_reason():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    bare = play.tell("window", c.TakeAction("refuse_acceptance", i.Reasoned()), "2022-07-04")
    assert bare == Refused(Reason.REASON_WANTED)
    play.do("window", "refuse_acceptance", "2022-07-04", i.Reasoned(SEAL))
    assert (play.case.leaves, play.case.code) == (("not_accepted",), 5)
    assert play.case.documents[-1].document == "non_acceptance"


def test_corrections_that_miss_the_point_may_be_refused_too():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    play.do("applicant", "supply_corrections", "2022-06-13", supplement())
    play.do("window", "refuse_acceptance", "2022-06-14", i.Reasoned(SEAL))
    assert play.case.code == 5


@pytest.mark.parametrize(
    ("action", "state", "code", "ground"),
    [
        ("declare_not_required", "not_required", 4, "not_required"),
        ("declare_not_competent", "not_accepted", 5, "not_competent"),
    ],
)
def test_an_office_says_at_once_that_no_permit_is_needed_or_that_it_is_not_competent(
    action, state, code, ground
):
    play = Play().file("2022-06-09", "ordinary")
    play.do("window", action, "2022-06-09", i.Reasoned(SEAL))
    assert (play.case.leaves, play.case.code) == ((state,), code)
    event = next(event for _e, event in play.log if type(event).__name__ == "NotAccepted")
    assert event.ground == ground


def test_silence_accepts_as_of_receipt():
    """No notice within five working days: accepted from the day of receipt (art. 32(4))."""
    play = incomplete("2022-09-28")
    assert play.due("completeness") == "2022-10-10"  # 09-29, 09-30, then 10-08, 10-09, 10-10
    play.must("timer", c.LapseClock("completeness"), "2022-10-11")
    assert str(play.case.milestones["accepted"]) == "2022-09-28"
    assert play.case.by_silence
    assert play.case.clocks["completeness"].late
    lapsed = next(e for e, event in play.log if e.type == "ClockLapsed")
    assert str(lapsed.effective_at) == "2022-10-10"


def test_silence_accepts_nothing_before_its_day():
    play = incomplete()
    early = play.tell("timer", c.LapseClock("completeness"), "2022-06-16")
    assert early == Refused(Reason.NOT_YET_DUE, ("completeness",))
    direct = play.tell("timer", c.TakeAction("accept_by_silence"), "2022-06-16")
    assert direct == Refused(Reason.NOT_YET_DUE, ("accept_by_silence",))


def test_nothing_happens_by_silence_on_a_provisional_date():
    play = Play().file("2026-12-30", "ordinary")
    assert play.case.clocks["completeness"].provisional
    outcome = play.tell("timer", c.LapseClock("completeness"), "2027-02-01")
    assert outcome == Refused(Reason.DATE_PROVISIONAL, ("completeness",))
    direct = play.tell("timer", c.TakeAction("accept_by_silence"), "2027-02-01")
    assert direct == Refused(Reason.DATE_PROVISIONAL, ("completeness",))


def test_people_do_not_accept_by_silence():
    outcome = incomplete().tell("window", c.TakeAction("accept_by_silence"), "2022-07-01")
    assert outcome == Refused(Reason.NOT_YOURS)


def test_an_applicant_withdraws_before_acceptance_with_code_2_and_after_it_with_14():
    early = Play().file("2022-06-09").do("applicant", "withdraw", "2022-06-09", i.Reasoned())
    assert (early.case.leaves, early.case.code) == (("withdrawn_early",), 2)
    later = Play().accepted("2022-06-09")
    later.do("applicant", "withdraw", "2022-06-10", i.Reasoned(SEAL))
    assert (later.case.leaves, later.case.code) == (("withdrawn",), 14)
    assert not any(clock.running for clock in later.case.clocks.values())


def test_an_action_must_be_told_what_it_needs():
    play = Play().file("2022-06-09")
    wrong = c.TakeAction("accept", i.Reasoned(SEAL))
    assert play.tell("window", wrong, "2022-06-09") == Refused(Reason.WRONG_INPUT, ("accept",))


def test_an_action_nobody_defined_is_no_action():
    outcome = Play().file("2022-06-09").tell("window", c.TakeAction("bless"), "2022-06-09")
    assert outcome == Refused(Reason.NO_SUCH_ACTION, ("bless",))
