"""Filing: the track that is open for what is declared, the commitment as it reads, no material
that was not asked for. T8: a gas main of 150 m on no trunk road saves 5 materials and 2 days."""

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.refusals import Reason, Refused
from permits.casework.savings import days, materials
from tests.kit import (
    FIVE,
    LINE,
    PARTY,
    Play,
    brought,
    calendar,
    filing,
    paper,
    plan_exempt,
    variant,
)


def refusal(track="commitment", on="2022-06-09", who="applicant", **changes):
    return Play().ask(who, filing(plan_exempt(), track, **changes), on)


def test_t8_a_short_gas_main_is_exempt_with_filing_and_saves_five_materials_and_two_days():
    play = Play().granted("2022-06-09")
    decision = play.case.decision
    assert (decision.result, decision.kind, decision.row) == (
        "granted",
        "with_filing",
        "short_line",
    )
    found = materials(play.case, plan_exempt().definition, plan_exempt().conditions)
    assert (len(found.baseline), len(found.handed_in), len(found.saved)) == (5, 0, 5)
    spent = days(play.case, plan_exempt().definition, calendar())
    assert (spent.promised, spent.used, spent.saved) == (2, 0, 2)


def test_t8_at_250_metres_only_the_ordinary_permit_is_open():
    assert refusal(answers={"length_m": 250}) == Refused(
        Reason.NOT_ADMITTED, ("short_line", "short_line_admitted")
    )
    Play().file("2022-06-09", "ordinary", answers={"length_m": 250})


@pytest.mark.parametrize("length", [199, 200])
def test_t8_two_hundred_metres_is_not_less_than_two_hundred(length):
    outcome = refusal(answers={"length_m": length})
    assert isinstance(outcome, Refused) == (length == 200)


def test_t8_on_a_trunk_road_only_the_ordinary_permit_is_open():
    assert refusal(answers={"road_class": "trunk"}).reason is Reason.NOT_ADMITTED


def test_t8_the_approval_to_dig_up_the_road_is_still_demanded():
    assert Play().granted("2022-06-09").case.decision.still_required == (
        "road_excavation",
        "line_check",
    )
    quiet = {"breaks_road": False, "underground": False}
    play = Play().accepted("2022-06-09", "commitment", answers=quiet)
    play.do("window", "grant_on_the_spot", "2022-06-09")
    assert play.case.decision.still_required == ()


def test_poles_moved_for_a_while_need_no_permit_outright():
    answers = {"listed_as": "temporary_relocation", "length_m": None, "road_class": None}
    play = Play().accepted("2022-06-16", "commitment", answers=answers)
    play.do("window", "grant_on_the_spot", "2022-06-16")
    assert play.case.decision.kind == "outright"
    assert [d.document for d in play.case.documents][-1] == "outright_notice"


def test_works_that_are_not_listed_use_the_ordinary_track():
    answers = {"listed_as": "not_listed", "length_m": None, "road_class": None}
    assert refusal(answers=answers) == Refused(Reason.TRACK_SHUT, ("on_the_list",))
    Play().file("2022-06-09", "ordinary", answers=answers)


def test_a_list_without_a_condition_of_its_own_still_asks_for_a_row():
    def open_track(data):
        del data["tracks"]["commitment"]["admits"]
        del data["conditions"]["on_the_list"]

    edition = variant(open_track)
    answers = {"listed_as": "not_listed", "length_m": None, "road_class": None}
    outcome = Play(edition).ask("applicant", filing(edition, answers=answers), "2022-06-09")
    assert outcome == Refused(Reason.NOT_ON_LIST, ("not_listed",))


@pytest.mark.parametrize(
    ("answers", "exclusion"),
    [
        ({"restricted_place": True}, "restricted_place"),
        ({"neighbours_affected": True, "neighbours_agree": False}, "neighbours"),
    ],
)
def test_exclusions_come_before_the_list(answers, exclusion):
    wrong = {**answers, "length_m": 5000}
    assert refusal(answers=wrong) == Refused(Reason.EXCLUDED, (exclusion,))


def test_neighbours_who_agree_exclude_nobody():
    Play().file("2022-06-09", answers={"neighbours_affected": True, "neighbours_agree": True})


def test_what_is_received_gets_a_number_a_receipt_and_a_clock():
    play = Play().file("2022-06-09")
    assert play.case.number == "GXGH-20220609-0001"
    assert [d.number for d in play.case.documents] == ["演示规收字〔2022〕1号"]
    assert play.due("completeness") == "2022-06-16"
    assert (play.case.leaves, play.case.code) == (("received",), 1)
    assert play.case.party == PARTY
    assert play.case.channel == "web"


def test_numbers_go_on_from_the_last_one_taken():
    series = {"case/planning_bureau/20220609": 7, "document/planning_bureau/收/2022": 41}
    play = Play(numbers=series).file("2022-06-09")
    assert play.case.number == "GXGH-20220609-0008"
    assert play.case.documents[0].number == "演示规收字〔2022〕42号"


@pytest.mark.parametrize(
    ("moment", "received", "why"),
    [
        (("2022-06-09", 17, 0), "2022-06-09", "the office is open until five"),
        (("2022-06-09", 17, 1), "2022-06-10", "after hours counts from the next working day"),
        (("2022-06-11", 10, 0), "2022-06-13", "Saturday"),
        (("2022-10-08", 10, 0), "2022-10-08", "a Saturday that is worked"),
        (("2022-09-30", 18, 0), "2022-10-08", "the eve of National Day"),
        (("2027-03-04", 20, 0), "2027-03-04", "no calendar is published: nobody can say"),
        (("2026-12-31", 20, 0), "2026-12-31", "the next working day lies in such a year"),
    ],
)
def test_the_day_of_receipt(moment, received, why):
    from tests.kit import beijing

    play = Play().file(beijing(*moment))
    assert str(play.case.milestones["received"]) == received, why


def test_a_date_in_a_year_without_a_calendar_is_provisional():
    clock = Play().file("2027-03-04").case.clocks["completeness"]
    assert clock.provisional


def test_staff_file_for_an_applicant_what_came_on_paper():
    play = Play().file("2022-06-09", channel="counter", brought=brought("2022-06-07"))
    assert str(play.case.milestones["received"]) == "2022-06-07"
    assert play.case.channel == "counter"
    assert {e.on_behalf for e, _event in play.log} == {PARTY}


def test_what_is_filed_at_the_counter_was_brought_by_somebody():
    assert refusal(who="window", channel="counter") == Refused(Reason.BRINGER_WANTED)


def test_paper_cannot_have_come_tomorrow():
    outcome = refusal(who="window", channel="counter", brought=brought("2022-06-10"))
    assert outcome == Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-10",))


def test_an_applicant_does_not_say_when_it_was_received():
    outcome = refusal(brought=brought("2022-06-07"))
    assert outcome == Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-07",))


@pytest.mark.parametrize(
    ("who", "changes"),
    [
        ("stranger", {}),
        ("window", {}),
        ("auditor", {}),
        ("elsewhere", {"channel": "counter"}),
        ("applicant", {"channel": "counter"}),
    ],
)
def test_only_its_own_party_files_and_only_the_window_files_for_it(who, changes):
    assert refusal(who=who, **changes) == Refused(Reason.NOT_YOURS)


def test_answers_that_do_not_fit_are_named():
    outcome = refusal(answers={"length_m": 0, "voltage": "up_to_10kv"})
    assert outcome == Refused(Reason.BAD_ANSWERS, ("length_m", "voltage"))


def test_a_party_needs_a_right_credit_code():
    from permits.casework.access import Actor
    from permits.definitions.procedure import Role
    from tests.kit import PEOPLE

    bad = "91350100M000100Y44"
    PEOPLE["badly_coded"] = Actor("x", frozenset({Role.APPLICANT}), party=bad)
    assert refusal(who="badly_coded", party=bad) == Refused(Reason.BAD_ANSWERS, ("party",))


def test_there_is_no_other_track():
    outcome = Play().ask(
        "applicant",
        c.File("fast", PARTY, "web", LINE, {}, (), (), "c" * 64),
        "2022-06-09",
    )
    assert outcome == Refused(Reason.NO_SUCH_TRACK, ("fast",))


def test_a_permit_type_is_in_force_between_its_dates():
    assert refusal(on="2022-05-31") == Refused(Reason.NOT_IN_FORCE, ("2022-06-01",))

    def until(data):
        data["permit"]["effective_until"] = "2022-06-30"

    edition = variant(until)
    Play(edition).file("2022-06-30")
    late = Play(edition).ask("applicant", filing(edition), "2022-07-01")
    assert late.reason is Reason.NOT_IN_FORCE


def test_an_application_is_filed_once():
    play = Play().file("2022-06-09")
    again = play.tell("applicant", filing(plan_exempt()), "2022-06-09")
    assert again == Refused(Reason.NOT_NOW, ("file",))


def test_the_commitment_must_be_signed():
    assert refusal(signed=()) == Refused(Reason.COMMITMENT_UNSIGNED, ("true_declaration",))


def test_a_notice_that_reads_otherwise_by_now_must_be_signed_anew():
    stale = (i.Signing("true_declaration", "0" * 64),)
    assert refusal(signed=stale) == Refused(Reason.NOTICE_CHANGED, ("true_declaration",))


def test_nothing_is_signed_that_the_track_does_not_ask_for():
    signed = filing(plan_exempt()).signed
    outcome = refusal("ordinary", signed=signed)
    assert outcome == Refused(Reason.SIGNED_UNASKED, ("true_declaration",))


def test_what_was_signed_is_kept_by_its_digest_with_who_and_when():
    (signature,) = Play().file("2022-06-09").case.commitments
    assert (signature.commitment, signature.kind, signature.signer) == (
        "true_declaration",
        "A",
        "applicant",
    )
    assert str(signature.on) == "2022-06-09"
    assert signature.text_digest == filing(plan_exempt()).signed[0].text_digest


def test_no_material_outside_the_guide_is_taken():
    assert refusal(handed_in=(paper("land_title"),)) == Refused(
        Reason.MATERIAL_NOT_ASKED, ("land_title",)
    )
    assert refusal("ordinary", handed_in=(paper("favour"),)) == Refused(
        Reason.NO_SUCH_MATERIAL, ("favour",)
    )


def test_an_incomplete_ordinary_application_is_received_all_the_same():
    play = Play().file("2022-06-09", "ordinary", handed_in=(paper("application"),))
    assert set(FIVE) - play.case.materials.keys() == set(FIVE[1:])


def test_a_permit_type_without_a_list_knows_no_rows():
    def unlisted(data):
        data["list"] = data["samples"] = {}
        field = data["form"]["sections"][1]["fields"][0]
        rows = ("short_line", "line_with_road", "power_line", "renewal", "temporary_building",
                "small_green", "temporary_relocation", "emergency", "not_listed")  # fmt: skip
        field |= {"type": "choice", "options": {r: {"zh": r, "en": r} for r in rows}}
        for name in list(data["conditions"]):
            if name.endswith("_admitted") or name in ("no_new_land", "granted_with_filing",
                                                      "granted_outright"):  # fmt: skip
                del data["conditions"][name]
        data["documents"]["filing_receipt"]["when"] = "on_commitment"
        del data["documents"]["outright_notice"]

    edition = variant(unlisted)
    play = Play(edition).accepted("2022-06-09", "commitment")
    play.do("window", "grant_on_the_spot", "2022-06-09")
    assert (play.case.decision.kind, play.case.decision.row) == ("none", "")
