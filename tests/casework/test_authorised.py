"""Whoever acts or signs for a party is authorised to, from the first authorisation on: on the web,
on paper, for units that sign with it, about its record."""

from dataclasses import replace
from datetime import date

import pytest
from msgspec.structs import replace as structs_replace

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework import party_commands as p
from permits.casework.decide import decide
from permits.casework.offers import beside, offers
from permits.casework.openings import openings
from permits.casework.openings_after import openings_after
from permits.casework.party import Authorised, Party
from permits.casework.refusals import Reason, Refused
from tests.casework.afterwards import permitted
from tests.casework.records import Record, registered
from tests.casework.test_intake import incomplete, notice, supplement
from tests.definitions.shipped import edition
from tests.kit import OTHER_PARTY, PARTY, SEAL, Play, brought, filing, plan_exempt
from tests.workflows.kinds import DRAWINGS, SEALS, application

WITHDRAW = c.TakeAction("withdraw", i.Reasoned())
CORRECT = c.TakeAction("supply_corrections", supplement())


def party(power="sign", since="2022-01-01", until=None, account="applicant", code=PARTY):
    held = Authorised(
        account,
        power,
        date.fromisoformat(since),
        date.fromisoformat(until) if until else None,
        SEAL,
    )
    return Party(code, version=2, authorised={account: held})


SOMEBODY_ELSE = party(account="another_applicant")


def missing(what="unknown", day="", who=""):
    return Refused(Reason.NOT_AUTHORISED, (what, day, who))


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (SOMEBODY_ELSE, missing()),
        (party(since="2022-07-01"), missing("not_yet", "2022-07-01")),
        (party(until="2022-06-08"), missing("ended", "2022-06-08")),
        (party("act"), missing("act_only")),
    ],
    ids=["another", "later", "ended", "only to act"],
)
def test_who_files_is_authorised_to_sign(record, expected):
    """By web or API alike: both are the same command."""
    assert Play(party=record).ask("applicant", filing(plan_exempt()), "2022-06-09") == expected
    Play(party=party()).file("2022-06-09")


def test_whoever_may_only_act_follows_the_application_and_gives_nothing_up():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    play.party = party("act")
    assert play.ask("applicant", WITHDRAW, "2022-06-14") == missing("act_only")
    play.party = SOMEBODY_ELSE
    assert play.ask("applicant", CORRECT, "2022-06-14") == missing()
    play.party = party("act")
    play.must("applicant", CORRECT, "2022-06-14")


def test_whoever_commits_anew_signs():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    play.party = party("act")
    given = structs_replace(supplement(), signed=(i.Signing("facts_comply", "d" * 64),))
    anew = c.TakeAction("supply_corrections", given)
    assert play.ask("applicant", anew, "2022-06-14") == missing("act_only")


def test_what_comes_after_a_decision_is_asked_for_by_who_may_sign():
    play = permitted()
    for ask in (
        a.AskExtension("report_start", SEAL),
        a.AskRenewal(SEAL),
        a.AskAmendment({}, SEAL),
    ):
        play.party = party("act")
        assert play.ask("applicant", ask, "2022-05-20") == missing("act_only")
        play.party = party()
        assert play.ask("applicant", ask, "2022-05-20") != missing("act_only")
    play.must("applicant", a.AskExtension("report_start", SEAL), "2022-05-20")


def test_whoever_is_not_authorised_is_offered_nothing():
    play = permitted()
    play.party = SOMEBODY_ELSE
    desk = play.desk("applicant", "2022-05-20")
    assert (beside(play.case, desk), openings(play.case, desk)) == ((), ())
    assert openings_after(play.case, desk) == ()
    play.party = party()
    desk = play.desk("applicant", "2022-05-20")
    assert beside(play.case, desk)
    assert openings_after(play.case, desk)
    early = Play().file("2022-06-09")
    early.party = party("act")
    shut = {o.action: o.shut for o in offers(early.case, early.desk("applicant", "2022-06-10"))}
    assert shut["withdraw"] == missing("act_only")


def test_officers_are_asked_for_no_authorisation():
    play = Play().file("2022-06-09", "ordinary")
    play.party = SOMEBODY_ELSE
    play.do("window", "accept", "2022-06-09")


# On paper.


def on_paper(**changes):
    return filing(plan_exempt(), channel="counter", brought=brought("2022-07-01", **changes))


def test_on_paper_the_applicant_in_person_needs_none():
    Play(party=SOMEBODY_ELSE).must("window", on_paper(), "2022-07-01")


def test_on_paper_an_agent_is_one_whom_the_record_names_and_it_is_kept_which():
    play = Play(party=SOMEBODY_ELSE)
    unknown = play.ask("window", on_paper(capacity="agent"), "2022-07-01")
    assert unknown == missing(who="paper")
    known = on_paper(capacity="agent", authorised="another_applicant")
    play.must("window", known, "2022-07-01")
    acted = next(event for _at, event in play.log if type(event).__name__ == "ActedForApplicant")
    assert acted.authorised == "another_applicant"


def test_on_paper_what_counts_is_the_day_on_which_it_came():
    record = party(account="person_1", until="2022-06-30")
    play = Play(party=record)
    agent = {"capacity": "agent", "authorised": "person_1"}
    assert play.ask("window", on_paper(**agent), "2022-07-04") == missing(
        "ended", "2022-06-30", "paper"
    )
    early = filing(plan_exempt(), channel="counter", brought=brought("2022-06-30", **agent))
    play.must("window", early, "2022-07-04")


def test_as_long_as_nobody_is_recorded_the_letter_that_was_scanned_is_enough():
    Play(party=registered(PARTY)).must("window", on_paper(capacity="agent"), "2022-07-01")


def test_what_is_done_at_the_window_later_is_asked_the_same():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    play.party = party("act", account="person_1")
    agent = brought("2022-06-14", capacity="agent", authorised="person_1")
    assert play.ask("window", c.ActForApplicant(WITHDRAW, agent), "2022-06-14") == missing(
        "act_only", who="paper"
    )
    play.must("window", c.ActForApplicant(CORRECT, agent), "2022-06-14")


def test_to_do_without_a_hearing_is_to_give_something_up():
    play = Play().file("2022-06-09")
    play.party = party("act")
    assert play.ask("applicant", h.WaiveHearing(), "2022-06-09") == missing("act_only")
    refused = play.ask("applicant", h.AskForHearing(), "2022-06-09")
    assert isinstance(refused, Refused)
    assert refused.reason is not Reason.NOT_AUTHORISED


# Units that sign with the applicant.

DESIGNER = OTHER_PARTY
ANSWERS = {**DRAWINGS, "designer_code": DESIGNER}


def signed_with(account=""):
    command = application(edition("drawing_review"))
    signed = tuple(
        i.Signing(one.signature, one.text_digest, account if "." in one.signature else "")
        for one in command.signed
    )
    return c.File(
        **{f: getattr(command, f) for f in command.__struct_fields__} | {"signed": signed}
    )


def decided(command, co_signers):
    play = Play(edition("drawing_review"))
    desk = replace(play.desk("applicant", "2022-06-09"), party=registered(PARTY))
    return decide(play.case, command, replace(desk, co_signers=co_signers))


def test_whoever_is_named_for_another_unit_is_authorised_by_it():
    designer = party(account="person_1", code=DESIGNER)
    refused = decided(signed_with(), {DESIGNER: designer})
    assert refused == missing(who=DESIGNER)
    only_acts = party("act", account="person_1", code=DESIGNER)
    refused = decided(signed_with("person_1"), {DESIGNER: only_acts})
    assert refused == missing("act_only", who=DESIGNER)


def test_the_record_of_a_unit_that_signed_is_guarded_like_that_of_the_applicant():
    designer = party(account="person_1", code=DESIGNER)
    noted = decided(signed_with("person_1"), {DESIGNER: designer})
    assert [told.party.code for told in noted.parties] == [PARTY, DESIGNER]
    assert not any(told.facts for told in noted.parties)


def test_a_commitment_signed_anew_at_the_counter_is_asked_the_same():
    file = signed_with()
    for does in (c.CorrectOnTheSpot, lambda given: c.TakeAction("supply_corrections", given)):
        given = i.Supplement(ANSWERS, SEALS["drawing_review"], (), file.signed)
        play = Play(edition("drawing_review"))
        play.must("applicant", file, "2022-06-09")
        command = c.ActForApplicant(does(given), brought("2022-06-10"))
        designer = party(account="person_1", code=DESIGNER)
        desk = replace(play.desk("window", "2022-06-10"), party=registered(PARTY))
        desk = replace(desk, co_signers={DESIGNER: designer})
        assert decide(play.case, command, desk) == missing(who=DESIGNER)


# The record of the party itself.


def test_about_its_own_record_somebody_speaks_who_may_act():
    record = Record(party=SOMEBODY_ELSE)
    asked = p.ObjectToEntry("entry_1", SEAL)
    assert record.ask("applicant", asked, "2022-07-01") == missing()
    record = Record(party=party("act"))
    assert record.refused("applicant", asked, "2022-07-01") == Reason.NO_SUCH_CREDIT_ENTRY
