"""Tolerant acceptance (容缺受理): secondary materials follow under a written undertaking."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.access import may
from permits.casework.offers import Beside, beside, offers
from permits.casework.party_rows import BarRow, bar_rows
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import UNDERTAKING
from permits.definitions.procedure import Act
from tests.casework.tolerant import (
    GIVEN,
    REASON,
    deeming_it_withdrawn,
    in_two_parts,
    supplied,
    tolerated,
)
from tests.kit import (
    APPLICANT,
    ESSENTIAL,
    FIVE,
    LATER,
    PARTY,
    SEAL,
    Play,
    calendar,
    defect,
    filing,
    paper,
    plan_exempt,
    variant,
)

# The worked example: accepted on 2022-11-01, ten working days promised, one material to come.


def test_the_time_to_supply_ends_two_working_days_before_the_promise():
    play = tolerated("2022-11-01")
    assert play.due("promise") == "2022-11-15"
    assert play.due("supplement") == "2022-11-11"
    assert play.case.tolerated == (LATER,)


def test_of_a_long_promise_twenty_working_days_are_left():
    def change(data):
        data["tracks"]["tolerant"].update(promised="30wd")

    assert tolerated("2022-11-01", variant(change)).due("supplement") == "2022-11-29"


def test_what_does_not_come_is_refused_by_a_person_and_bars_for_a_year():
    play = tolerated("2022-11-01")
    play.must("timer", c.LapseClock("supplement"), "2022-11-12")
    assert play.case.decision is None, "time alone decides nothing"
    play.do("leader", "refuse_unsupplied", "2022-11-14", REASON)
    assert play.case.decision.result == "refused"
    assert [d.document for d in play.case.documents][-1] == "refusal"
    assert play.case.broken.missing == (LATER,)
    bar = play.party.bars["bar_1"]
    assert (bar.case, bar.ground, bar.concerns) == (play.case.id, "undertaking", None)
    assert (bar.since, bar.until) == (date(2022, 11, 14), date(2023, 11, 14))
    assert bar_rows(play.party) == (BarRow(PARTY, "bar_1", "undertaking", date(2023, 11, 14)),)
    assert all(not clock.running for n, clock in play.case.clocks.items() if n == "supplement")


def test_a_missing_essential_material_is_corrected_and_never_tolerated():
    play = Play().file("2022-11-01", "tolerant", handed_in=tuple(map(paper, ESSENTIAL[1:])))
    refused = play.ask("window", c.TakeAction("accept"), "2022-11-01")
    assert refused == Refused(Reason.MATERIALS_MISSING, ("application",))
    notice = i.Corrections((defect("material.application"),))
    play.do("window", "issue_correction", "2022-11-01", notice)
    assert play.case.tolerated == ()


# The undertaking.


def test_an_undertaking_is_signed_and_is_no_commitment():
    play = Play().file("2022-11-01", "tolerant")
    assert play.case.undertaking.signer == "applicant"
    assert play.case.commitments == ()
    assert "UndertakingSigned" in play.events


def test_without_the_undertaking_nothing_is_filed():
    outcome = Play().ask("applicant", filing(plan_exempt(), "tolerant", signed=()), "2022-11-01")
    assert outcome == Refused(Reason.COMMITMENT_UNSIGNED, (UNDERTAKING,))


def test_a_text_that_has_changed_is_read_again():
    stale = (i.Signing(UNDERTAKING, "0" * 64),)
    outcome = Play().ask(
        "applicant", filing(plan_exempt(), "tolerant", signed=stale), "2022-11-01"
    )
    assert outcome == Refused(Reason.NOTICE_CHANGED, (UNDERTAKING,))


def test_other_facts_need_no_other_undertaking():
    play = Play().file("2022-11-01", "tolerant", handed_in=tuple(map(paper, ESSENTIAL[1:])))
    notice = i.Corrections((defect("material.application"), defect("field.length_m", "unclear")))
    play.do("window", "issue_correction", "2022-11-01", notice)
    answers = {**play.case.answers, "length_m": 190}
    given = i.Supplement(answers, play.case.seals, (paper("application"),))
    play.do("applicant", "supply_corrections", "2022-11-02", given)
    assert play.events.count("UndertakingSigned") == 1


# Acceptance.


def test_the_notice_of_tolerant_acceptance_takes_the_place_of_the_ordinary_one():
    drawn = [d.document for d in tolerated().case.documents]
    assert drawn == ["receipt", "tolerant_acceptance_notice"]


def test_with_everything_at_hand_it_is_an_ordinary_acceptance():
    play = tolerated(handed_in=tuple(map(paper, FIVE)))
    assert play.case.tolerated == ()
    assert "supplement" not in play.case.clocks
    assert [d.document for d in play.case.documents] == ["receipt", "acceptance_notice"]


def test_silence_accepts_with_what_was_undertaken_still_to_come():
    play = Play().file("2022-11-01", "tolerant")
    play.must("timer", c.LapseClock("completeness"), "2022-11-09")
    assert play.case.by_silence
    assert play.case.tolerated == (LATER,)
    assert play.due("supplement") == "2022-11-11"


def test_a_tolerant_case_needs_no_row_of_the_list_and_is_excluded_from_nothing():
    answers = {"restricted_place": True, "length_m": 5000}
    play = tolerated(answers=answers)
    assert play.case.tolerated == (LATER,)


def test_a_correction_notice_does_not_ask_for_what_may_follow():
    play = Play().file("2022-11-01", "tolerant")
    ask = c.TakeAction("issue_correction", i.Corrections((defect(f"material.{LATER}"),)))
    assert play.ask("window", ask, "2022-11-01") == Refused(Reason.MATERIAL_NOT_ASKED, (LATER,))


def test_of_what_came_in_a_correction_notice_may_speak():
    play = Play().file("2022-11-01", "tolerant", handed_in=tuple(map(paper, FIVE)))
    notice = i.Corrections((defect(f"material.{LATER}", "unclear"),))
    play.do("window", "issue_correction", "2022-11-01", notice)
    assert play.case.corrected


def test_an_acceptance_undone_gives_no_time_to_supply():
    play = tolerated()
    play.must("supervisor", c.ReverseAction(SEAL), "2022-11-01")
    assert play.case.tolerated == ()
    assert "supplement" not in play.case.clocks


def test_an_acceptance_put_right_moves_the_time_to_supply():
    play = Play().file("2022-11-01", "tolerant").do("window", "accept", "2022-11-02")
    play.must("supervisor", c.RectifyDate("received", date(2022, 10, 31), SEAL), "2022-11-03")
    assert play.due("supplement") == "2022-11-10"
    assert play.case.milestones["tolerated"] == date(2022, 10, 31)


# Supplying.


def test_what_is_supplied_in_time_stops_the_clock():
    play = tolerated()
    assert not isinstance(supplied(play, "2022-11-11", LATER), Refused)
    clock = play.case.clocks["supplement"]
    assert (clock.stopped_by, clock.late) == ("supplemented", False)
    assert play.case.tolerated == ()


def test_it_may_come_in_parts():
    play = tolerated(edition=in_two_parts(), handed_in=tuple(map(paper, FIVE[3:] + FIVE[:1])))
    assert play.case.tolerated == ("land_title", LATER)
    supplied(play, "2022-11-03", "land_title")
    assert play.case.clocks["supplement"].running
    assert play.case.tolerated == (LATER,)
    supplied(play, "2022-11-04", LATER)
    assert not play.case.clocks["supplement"].running


def test_what_arrives_after_closing_time_on_the_last_day_is_late():
    from tests.kit import beijing

    play = tolerated()
    late = supplied(play, beijing("2022-11-11", 17, 30), LATER)
    assert late == Refused(Reason.SUPPLY_ENDED, ("2022-11-11",))
    assert not isinstance(supplied(play, beijing("2022-11-11", 16, 59), LATER), Refused)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), Refused(Reason.CORRECTIONS_INCOMPLETE, (LATER,))),
        (("land_title",), Refused(Reason.MATERIAL_NOT_ASKED, ("land_title",))),
    ],
)
def test_only_what_is_to_come_is_taken(names, expected):
    assert supplied(tolerated(), "2022-11-02", *names) == expected


def test_nothing_can_be_supplied_where_nothing_is_to_come():
    assert supplied(Play().accepted("2022-11-01"), "2022-11-02", LATER) == Refused(
        Reason.NOT_NOW, ("supply",)
    )


def test_the_applicant_supplies_and_nobody_else():
    play, command = tolerated(), c.SupplyLater()
    assert may(APPLICANT, command, play.case, play.edition)
    for who in ("stranger", "window", "examiner", "leader"):
        assert play.ask(who, command, "2022-11-02") == Refused(Reason.NOT_YOURS)


def test_it_is_offered_while_it_is_open():
    play = tolerated()
    here = Beside("supply", "")
    assert here in beside(play.case, play.desk("applicant", "2022-11-11"))
    assert here not in beside(play.case, play.desk("applicant", "2022-11-14"))
    assert here not in beside(play.case, play.desk("window", "2022-11-02"))


# Deciding.


def test_nothing_is_granted_while_something_is_to_come():
    play = tolerated().do("examiner", "examine", "2022-11-03", GIVEN)
    missing = Refused(Reason.MATERIALS_MISSING, (LATER,))
    assert play.ask("leader", c.TakeAction("grant"), "2022-11-04") == missing
    supplied(play, "2022-11-04", LATER)
    play.do("leader", "grant", "2022-11-07")
    assert play.case.code == 11


def test_a_refusal_for_other_reasons_bars_nobody():
    play = tolerated().do("examiner", "examine", "2022-11-03", i.Opinion("refuse", SEAL))
    play.do("leader", "refuse", "2022-11-04", REASON)
    assert play.party.bars == {}
    assert not play.case.clocks["supplement"].running


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2022-11-11", Refused(Reason.NOT_YET_DUE, ("supplement",))), ("2022-11-12", None)],
)
def test_the_end_is_confirmed_only_after_the_time_to_supply(on, expected):
    play = tolerated()
    end = {o.act: o for o in offers(play.case, play.desk("leader", on))}[Act.REFUSE_UNSUPPLIED]
    assert end.shut == expected


def test_nothing_follows_from_a_provisional_date():
    play = Play(days=type(calendar())([y for y in calendar().years if y.year < 2022]))
    play.file("2022-11-01", "tolerant").do("window", "accept", "2022-11-01")
    outcome = play.ask("leader", c.TakeAction("refuse_unsupplied", REASON), "2022-11-20")
    assert outcome == Refused(Reason.DATE_PROVISIONAL, ("supplement",))
    assert not isinstance(supplied(play, "2022-11-20", LATER), Refused)


def test_what_has_come_is_not_refused_for_not_having_come():
    play = tolerated()
    supplied(play, "2022-11-11", LATER)
    outcome = play.ask("leader", c.TakeAction("refuse_unsupplied", REASON), "2022-11-14")
    assert outcome == Refused(Reason.NOT_NOW, ("supply",))


def test_a_definition_may_let_it_count_as_withdrawn():
    play = tolerated(edition=deeming_it_withdrawn())
    play.do("leader", "deem_withdrawn", "2022-11-14", REASON)
    assert (play.case.leaves, play.case.code) == (("withdrawn",), 14)
    assert play.case.decision is None
    assert play.party.track_bar(date(2023, 11, 14)).until == date(2023, 11, 14)
    assert not any(clock.running for clock in play.case.clocks.values())
