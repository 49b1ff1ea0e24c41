"""The staged construction permit: its golden table, the worked examples that concern it, and rules
of its own that another permit type's file would not keep."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import inputs as i
from permits.casework.figures import facts_row
from permits.casework.offers import beside
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import due_rows
from permits.casework.tracks import treatments
from permits.definitions.permit import Measure
from permits.definitions.procedure import (
    Act,
    DeregistrationGround,
    Milestone,
    Phase,
    RevocationGround,
    WorksStage,
)
from permits.definitions.schema import TrackName, Treatment
from tests.definitions.shipped import edition as shipped_edition
from tests.kit import PARTY, PEOPLE, SEAL
from tests.staged import TOWER, Site, checked, permitted, report, served, supplied
from tests.workflows.where import dates, place, who_may

EDITION = shipped_edition("staged_construction")
DEFINITION = EDITION.definition
TODAY = "2022-06-09"


# ── the golden table ──────────────────────────────────────────────────────────────────────────


def test_golden_a_pit_on_a_commitment_decided_on_the_day():
    """The typical case. Thursday 9 June 2022; promised 0 and statutory 7 working days."""
    play = Site().filed("pit", TODAY)
    assert place(play) == ("received", 1)
    assert dates(play) == {"completeness": "2022-06-16"}
    assert who_may(play, TODAY) == {
        "accept": ["window"],
        "issue_correction": ["window"],
        "declare_not_required": ["window"],
        "declare_not_competent": ["window"],
        "withdraw": ["applicant"],
        "withdraw_commitment": ["applicant"],
    }
    play.do("window", "accept", TODAY)
    assert place(play) == ("examining", 8)
    assert dates(play) == {"promise": "2022-06-09", "statutory": "2022-06-20"}
    assert who_may(play, TODAY) == {
        "withdraw": ["applicant"],
        "withdraw_commitment": ["applicant"],
        "suspend": ["examiner", "leader"],
        "examine": ["examiner"],
        "grant_on_the_spot": ["window", "leader"],
    }
    play.do("window", "grant_on_the_spot", TODAY)
    assert place(play) == ("granted", 12)
    assert dates(play) == {
        "delivery": "2022-06-23",
        "publication": "2022-06-20",
        "supply_planning_permit": "2022-09-09",
        "supply_basement_drawings": "2022-09-09",
        "report_start": "None",
        "report_completion": "2025-06-09",
    }
    served(play, TODAY)
    taken_back = {
        "withdraw_grant": ["leader"],
        "deregister": ["window", "leader"],
    }
    assert who_may(play, TODAY) == taken_back
    play.must("applicant", report("report_start", "2022-06-20"), "2022-06-20")
    assert dates(play)["check_commitment"] == "2022-07-18"
    checked(play, "check_commitment", "2022-07-01")
    supplied(play, "2022-07-04")
    play.must("applicant", report("report_completion", "2022-10-10"), "2022-10-10")
    assert dates(play) == {}
    assert who_may(play, "2022-10-10") == {
        "conclude": ["window", "inspector", "supervisor"],
        **taken_back,
    }
    play.do("window", "conclude", "2022-10-10")
    assert place(play) == ("concluded", 11)


@pytest.mark.parametrize(("seed", "drawn"), [("2", True), ("0", False)])
def test_a_start_on_a_commitment_is_drawn_by_lot_for_a_spot_check(seed, drawn):
    """Thirty of a hundred; whoever looks is drawn too, and nobody who decided (双随机)."""
    play = served(Site().granted("pit", TODAY), TODAY)
    play.seed, play.inspectors = seed, ("colleague", "inspector")
    play.must("applicant", report("report_start", "2022-06-20"), "2022-06-20")
    (lots,) = [e for _at, e in play.log if type(e).__name__ == "CheckDrawn"]
    assert (lots.obligation, lots.seed, lots.share, lots.drawn) == ("spot_check", seed, 30, drawn)
    assert ("spot_check" in play.case.obligations) is drawn
    if drawn:
        held = play.case.obligations["spot_check"]
        assert (str(held.due), set(held.inspectors)) == ("2022-09-13", {"colleague", "inspector"})
        checked(play, "spot_check", "2022-07-04", passed=False)
        assert str(play.case.obligations["spot_check"].due) == "2022-07-18"


def test_on_the_ordinary_track_no_lots_are_drawn():
    play = served(Site().granted("pit", TODAY, "ordinary"), TODAY)
    play.seed = "2"
    play.must("applicant", report("report_start", "2022-06-20"), "2022-06-20")
    assert "CheckDrawn" not in play.events
    assert "spot_check" not in play.case.obligations


def test_golden_the_worst_case_late_broken_and_revoked():
    """The ordinary track below ground: corrected, late, checked and found wrong, revoked, gone."""
    site = Site()
    play = site.filed("below_ground", TODAY, "ordinary")
    assert dates(play) == {"completeness": "2022-06-16"}
    play.do("window", "accept", TODAY)
    assert dates(play) == {"promise": "2022-06-14", "statutory": "2022-06-20"}
    play.do("examiner", "examine", "2022-06-21", i.Opinion("grant", SEAL))
    play.must("timer", c.LapseClock("promise"), "2022-06-21")
    play.must("timer", c.LapseClock("statutory"), "2022-06-21")
    play.do("leader", "grant", "2022-06-22")
    assert play.case.clocks["promise"].late and play.case.clocks["statutory"].late
    assert dates(play) == {
        "delivery": "2022-07-06",
        "publication": "2022-07-01",
        "datum_check": "2023-06-25",
        "report_start": "None",
        "report_completion": "2025-06-23",
    }
    served(play, "2022-06-22")
    assert dates(play)["report_start"] == "2022-09-22"
    play.must("applicant", a.AskExtension("report_start", SEAL), "2022-09-22")
    play.must("leader", a.DecideExtension("report_start", granted=True), "2022-09-26")
    assert dates(play)["report_start"] == "2022-12-22"
    play.must("applicant", report("report_start", "2022-09-26"), "2022-09-26")
    checked(play, "datum_check", "2022-11-01", passed=False)
    assert dates(play)["datum_check"] == "2022-11-15"
    play.must("timer", c.FlagOverdue("datum_check"), "2022-11-16")
    play.revoked("2022-11-21", RevocationGround.OTHER)
    assert place(play) == ("revoked", 15)
    assert dates(play) == {}
    gone = i.Deregistration(DeregistrationGround.REVOKED)
    play.do("window", "deregister", "2022-11-22", gone)
    assert place(play) == ("deregistered", 15)
    assert who_may(play, "2022-11-22") == {}


@pytest.mark.parametrize(
    ("stage", "track", "owed"),
    [
        ("whole", "commitment", set()),
        ("whole", "ordinary", set()),
        ("below_ground", "commitment", {"supply_superstructure_drawings", "datum_check"}),
        ("below_ground", "ordinary", {"datum_check"}),
        ("pit", "commitment", {"supply_planning_permit", "supply_basement_drawings"}),
        ("pit", "ordinary", set()),
    ],
)
def test_golden_what_holds_up_the_next_stage(stage, track, owed):
    site = Site()
    site.granted(stage, TODAY, track)
    assert {hold.name for _m, hold in site.project.shut("next_stage")} == owed


@pytest.mark.parametrize(
    ("stage", "track", "asked"),
    [
        ("pit", "ordinary", 7),
        ("pit", "commitment", 5),
        ("below_ground", "ordinary", 7),
        ("below_ground", "commitment", 6),
        ("whole", "ordinary", 8),
        ("whole", "commitment", 7),
        ("above_ground", "ordinary", 6),
        ("above_ground", "commitment", 5),
    ],
)
def test_golden_how_many_materials_are_asked_for(stage, track, asked):
    answers = {**TOWER, "stage_covered": stage}
    found = treatments(EDITION, TrackName(track), answers)
    wanted = [name for name, what in found.items() if what is Treatment.SUPPLIED]
    assert len(wanted) == asked


def test_golden_what_a_pit_on_a_commitment_saves():
    """The proof of funds is committed to; what follows later is deferred and saves nothing."""
    play = Site().granted("pit", TODAY)
    row = facts_row(play.case, EDITION, play.days)
    assert (row.saved_materials, row.saved_committed, row.deferred, row.saved_wd) == (1, 1, 1, 3)


# ── the worked examples ───────────────────────────────────────────────────────────────────────


def test_t1_seven_working_days_from_29_september_2022():
    """Accepted on Thursday 29 September 2022: 30 September, then the make-up days 8 and 9 October,
    10, 11, 12 and 13 October."""
    play = Site().filed("pit", "2022-09-29").do("window", "accept", "2022-09-29")
    assert play.due("statutory") == "2022-10-13"


def test_t9_nothing_above_ground_without_what_is_below():
    site = Site()
    supplied(site.granted("pit", TODAY), TODAY)
    refused = site.apply("above_ground", "2022-06-10")
    assert refused == Refused(Reason.STAGE_SKIPPED, ("basement",))


def test_t9_pit_and_basement_at_once():
    play = Site().granted("below_ground", TODAY)
    assert play.case.decision.result == "granted"


def test_t9_the_basement_with_an_overdue_obligation_of_the_pit():
    site = Site()
    pit = site.granted("pit", TODAY)
    pit.must("timer", c.FlagOverdue("supply_planning_permit"), "2022-09-13")
    refused = site.apply("basement", "2022-09-13")
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.GATE_SHUT
    assert pit.case.number in refused.about


def test_t9_another_contractor_for_the_structure():
    site = Site()
    supplied(site.granted("pit", TODAY), TODAY)
    refused = site.apply("basement", "2022-06-10", contractor_code=PARTY)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_ALIKE


def test_t13_three_months_to_start_and_two_extensions():
    """Permitted on 1 March 2022: by 1 June; put off to 1 September and to 1 December; no more."""
    play = served(Site().granted("pit", "2022-03-01"), "2022-03-01")
    assert dates(play)["report_start"] == "2022-06-01"
    for asked, decided, until in (
        ("2022-05-20", "2022-05-23", "2022-09-01"),
        ("2022-08-19", "2022-08-22", "2022-12-01"),
    ):
        play.must("applicant", a.AskExtension("report_start", SEAL), asked)
        play.must("leader", a.DecideExtension("report_start", granted=True), decided)
        assert dates(play)["report_start"] == until
    third = play.ask("applicant", a.AskExtension("report_start", SEAL), "2022-11-18")
    assert third == Refused(Reason.EXTENDED_BEFORE, ("report_start",))


def test_t15_delivery_in_ten_and_publication_in_seven_working_days():
    """Decided on Thursday 13 October 2022."""
    play = Site().granted("whole", "2022-10-13")
    assert (play.due("delivery"), play.due("publication")) == ("2022-10-27", "2022-10-24")


# ── rules of its own ──────────────────────────────────────────────────────────────────────────


def test_it_is_a_staged_permit_with_the_limit_of_the_construction_act():
    assert DEFINITION.permit.measure is Measure.STAGED
    for track in DEFINITION.tracks.values():
        assert track.statutory == "7wd"
        assert track.statutory_basis.law == "construction_act"


def test_it_knows_three_stages_in_the_order_of_the_works_and_one_contractor_for_all():
    tie = DEFINITION.project
    assert [*tie.stages] == [*WorksStage]
    assert {s: stage.alike for s, stage in tie.stages.items() if stage.alike} == {
        WorksStage.BASEMENT: ("contractor_code",),
        WorksStage.SUPERSTRUCTURE: ("contractor_code",),
    }


def test_everything_that_is_deferred_is_owed_before_the_next_stage():
    deferred = [
        name
        for name, material in DEFINITION.materials.items()
        if Treatment.DEFERRED in material.tracks.values()
    ]
    owed = [n for n, o in DEFINITION.obligations.items() if "next_stage" in o.shuts]
    assert deferred == ["planning_permit_later"]
    assert "supply_planning_permit" in owed


def test_the_fire_review_of_special_works_is_never_committed_to():
    """消防法 art. 11, 12: works of special risk may not be built before it."""
    review = DEFINITION.materials["fire_review"]
    assert review.essential
    assert set(review.tracks.values()) == {Treatment.SUPPLIED}


def test_every_way_to_a_grant_waits_at_the_gate_of_the_next_stage():
    granting = {n for n, a in DEFINITION.chart.actions.items() if a.act is Act.GRANT}
    assert {n for n, gates in DEFINITION.project.passes.items() if "next_stage" in gates} == {
        "file",
        *granting,
    }


def test_completion_holds_up_the_joint_inspection():
    assert DEFINITION.obligations["report_completion"].shuts == ("completion_inspection",)


# ── ends ──────────────────────────────────────────────────────────────────────────────────────


def test_each_end_leaves_nothing_open():
    """Every end a case comes to, and what is left there: no clock, no duty, nothing to do."""
    for play in ends():
        _name, state = EDITION.chart.state(play.case.leaves)
        assert state.phase in (Phase.ENDED, Phase.CONCLUDED)
        assert dates(play) == {}
        assert due_rows(play.case, play.edition) == ()
        if state.phase is Phase.ENDED:
            assert who_may(play, "2023-06-01") == {}
        for who in PEOPLE:
            open_ = beside(play.case, play.desk(who, "2023-06-01"))
            assert {one.command for one in open_} <= {
                "reverse",
                "rectify",
                "explain",
                "correct",
                "notice",
            }


def ends():
    """A case at each of its ends."""
    yield Site().filed("pit", TODAY).do("applicant", "withdraw", TODAY, i.Reasoned(SEAL))
    accepted = Site().filed("pit", TODAY).do("window", "accept", TODAY)
    yield accepted.do("applicant", "withdraw", TODAY, i.Reasoned(SEAL))
    for turned_away in ("declare_not_required", "declare_not_competent"):
        yield Site().filed("pit", TODAY).do("window", turned_away, TODAY, i.Reasoned(SEAL))
    refused = Site().filed("whole", TODAY, "ordinary").do("window", "accept", TODAY)
    refused.do("examiner", "examine", TODAY, i.Opinion("refuse", SEAL))
    yield served(refused.do("leader", "refuse", TODAY, i.Reasoned(SEAL)), TODAY)
    revoked = Site().granted("pit", TODAY)
    revoked.revoked(TODAY, RevocationGround.OTHER)
    gone = i.Deregistration(DeregistrationGround.REVOKED)
    yield revoked.do("window", "deregister", TODAY, gone)
    void = served(Site().granted("whole", TODAY), TODAY)
    void.must("timer", c.FlagOverdue("report_start"), "2022-09-13")
    given = i.Deregistration(DeregistrationGround.OTHER)
    yield void.do("window", "deregister", "2022-09-13", given)
    kept = served(Site().granted("whole", TODAY), TODAY)
    for name in ("report_start", "report_completion"):
        kept.must("applicant", report(name, "2022-07-01"), "2022-07-01")
    checked(kept, "check_commitment", "2022-07-04")
    yield kept.do("window", "conclude", "2022-07-04")


def test_when_nobody_starts_the_permit_is_void_by_law():
    """Three months passed without a start or a request (建筑法 art. 9)."""
    play = served(Site().granted("pit", "2022-03-01"), "2022-03-01")
    play.must("timer", c.FlagOverdue("report_start"), "2022-06-02")
    assert place(play) == ("void", 11)
    assert play.case.milestones[Milestone.VOIDED] == date(2022, 6, 1)
    assert Milestone.REVOKED not in play.case.milestones
    assert dates(play) == {}
    assert who_may(play, "2022-06-02") == {"deregister": ["window", "leader"]}


def test_a_second_stage_of_the_ordinary_track_follows_the_first_without_anything_owed():
    site = Site()
    site.granted("pit", TODAY, "ordinary")
    second = site.filed("basement", "2022-06-10", "ordinary")
    assert permitted(second, "2022-06-10").case.decision.result == "granted"
