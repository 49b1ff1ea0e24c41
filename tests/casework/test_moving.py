"""An ordinary case as it would have gone on commitment: from what really happened in it."""

from dataclasses import replace
from datetime import date

import pytest
from msgspec.structs import replace as changed

from permits.casework import inputs as i
from permits.casework.moving import Moved, Terms, days_after, moved
from permits.casework.working_days import WorkingDays
from permits.definitions.procedure import Milestone
from permits.definitions.schema import TrackName, Treatment
from tests.kit import FIVE, SEAL, Play, calendar, plan_exempt


def told(play, *, today=None, days=None, everyone=False):
    terms = Terms(play.edition, today or play.edition, days or play.days, everyone)
    return moved(play.case, play.log, terms)


def granted(play: Play, on: str) -> Play:
    """Examined and granted on the ordinary track, on one day."""
    play.do("examiner", "examine", on, i.Opinion("grant", SEAL))
    return play.do("leader", "grant", on)


def treating(**treatments):
    """Today's edition, with these treatments on the commitment track."""
    edition = plan_exempt()
    materials = {
        name: rule.model_copy(
            update={
                "tracks": {
                    **rule.tracks,
                    TrackName.COMMITMENT: treatments.get(name, rule.tracks[TrackName.COMMITMENT]),
                }
            }
        )
        for name, rule in edition.definition.materials.items()
    }
    return replace(
        edition, definition=edition.definition.model_copy(update={"materials": materials})
    )


def test_five_materials_three_days_and_an_examination_would_have_been_spared():
    # Accepted on Thursday 9 June 2022, granted on Tuesday the 14th: the 10th, 13th and 14th.
    found = told(granted(Play().accepted("2022-06-09"), "2022-06-14"))
    assert found == Moved(
        used=3,
        after=0,
        exempt=5,
        shared=0,
        committed=0,
        deferred=0,
        acts=(("examiner", 1), ("leader", 1)),
        acts_after=1,
        refused=False,
    )
    assert (found.materials, found.days, found.acts_saved) == (5, 3, 1)


def test_a_refused_case_says_that_it_was_refused():
    play = Play().accepted("2022-06-09")
    play.do("examiner", "examine", "2022-06-10", i.Opinion("refuse", SEAL))
    play.do("leader", "refuse", "2022-06-10", i.Reasoned(SEAL))
    found = told(play)
    assert (found.refused, found.used) == (True, 1)


def test_every_step_of_an_officer_counts():
    play = Play().accepted("2022-06-09")
    play.do("examiner", "examine", "2022-06-10", i.Opinion("grant", SEAL))
    play.do("leader", "return_to_examiner", "2022-06-13", i.Reasoned(SEAL))
    assert told(granted(play, "2022-06-14")).acts == (("examiner", 2), ("leader", 2))


def test_what_follows_the_decision_is_no_step_towards_it():
    play = granted(Play().accepted("2022-06-09"), "2022-06-14")
    before = told(play)
    play.do("window", "deliver", "2022-06-15", i.Service(date(2022, 6, 15), "online"))
    assert told(play) == before


def test_a_track_that_is_not_decided_on_the_spot_takes_its_promise_and_as_many_steps():
    edition = plan_exempt()
    track = edition.definition.tracks[TrackName.COMMITMENT]
    slow = track.model_copy(update={"on_the_spot": False, "promised": "5wd"})
    tracks = {**edition.definition.tracks, TrackName.COMMITMENT: slow}
    later = replace(edition, definition=edition.definition.model_copy(update={"tracks": tracks}))
    found = told(granted(Play().accepted("2022-06-09"), "2022-06-14"), today=later)
    assert days_after(later.definition) == found.after == 5
    assert (found.days, found.acts_saved) == (-2, 0)


def test_materials_are_told_apart_by_what_todays_track_does_with_them():
    names = ("shared", "deferred", "committed", "supplied", "exempt")
    ways = [Treatment(name) for name in names]
    today = treating(**dict(zip(FIVE, ways, strict=True)))
    found = told(granted(Play().accepted("2022-06-09"), "2022-06-14"), today=today)
    assert (found.exempt, found.shared, found.committed, found.deferred) == (1, 1, 1, 1)
    assert found.materials == 3


def test_a_case_that_is_excluded_could_not_have_moved_unless_everyone_may():
    play = Play().accepted("2022-06-09", answers={"restricted_place": True})
    granted(play, "2022-06-14")
    assert told(play) == "shut"
    assert told(play, everyone=True).materials == 5


def test_a_condition_that_cannot_be_asked_of_old_answers_leaves_the_case_out():
    play = granted(Play().accepted("2022-06-09"), "2022-06-14")
    today = replace(plan_exempt(), conditions={})
    assert told(play, today=today) == "unasked"


def test_days_in_a_year_that_is_not_published_are_not_reckoned():
    play = granted(Play().accepted("2022-06-09"), "2022-06-14")
    assert told(play, days=WorkingDays(())) == "unreckoned"
    assert told(play, days=calendar()).used == 3


def test_a_case_that_is_open_has_no_days():
    assert told(Play().accepted("2022-06-09")) == "unreckoned"


def test_dates_that_contradict_each_other_are_not_reckoned():
    play = granted(Play().accepted("2022-06-09"), "2022-06-14")
    marks = {**play.case.milestones, Milestone.DECIDED: play.case.milestones["received"]}
    marks[Milestone.ACCEPTED] = play.case.milestones[Milestone.DECIDED]
    terms = Terms(play.edition, play.edition, play.days)
    assert moved(changed(play.case, milestones=marks), play.log, terms) == "unreckoned"


def test_without_a_commitment_track_nothing_says_how_long_it_takes():
    ordinary = {TrackName.ORDINARY: plan_exempt().definition.tracks[TrackName.ORDINARY]}
    with pytest.raises(KeyError):
        days_after(plan_exempt().definition.model_copy(update={"tracks": ordinary}))
