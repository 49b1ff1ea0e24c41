"""Mistakes planted in the credit of parties, in bars and in reviews: each takes away one rule that
the product keeps, and the machine finds it."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from permits.casework import party, party_fold, standing
from permits.casework.access import TIMER
from permits.casework.dates import day_of
from permits.casework.decide import bars, breaches, credit, party_changes, performing
from permits.casework.decide.minutes import Fact
from permits.casework.families import bars as events
from permits.casework.families.credit import EntryDrafted
from permits.casework.families.deciding import LatenessExplained
from permits.definitions.procedure import Act, Role
from tests.casework.records import drafted, reviewed
from tests.kit import OTHER_PARTY, PARTY, SEAL
from tests.trial.lived import INSTEAD
from tests.trial.parties import Registry
from tests.trial.test_planted_after import found, nothing


def of_credit(says, *permits, **steps):
    """The machine finds it in lives in which the credit of parties suffers."""
    how = {**INSTEAD["credit"], **steps}
    found(says, *(permits or ("plan_exempt",)), theme="credit", rather="", **how)


@pytest.fixture
def recorded(monkeypatch):
    """Something stands in a record from the beginning: few lives come to it early."""

    def begins(record, code=PARTY):
        register = Registry.register

        def with_it(registry, now):
            register(registry, now)
            for event in record(now):
                registry.keep(code, Fact(event, day_of(now)), TIMER, Role.TIMER, now, "setup")

        monkeypatch.setattr(Registry, "register", with_it)

    return begins


def a_draft(_now):
    held = drafted().entries["entry_1"]
    named = ("kind", "about", "case", "number", "permit", "office", "department")
    yield EntryDrafted(entry="entry_1", **{name: getattr(held, name) for name in named})


def an_entry(now):
    """It ends in a month, and is public already."""
    yield from a_draft(now)
    until = day_of(now) + timedelta(days=30)
    term = {"within": "5wd", "due": day_of(now), "provisional": False, "calendar": ""}
    yield credit.credit.EntryNoticed(entry="entry_1", degree="breach", grounds=SEAL, **term)
    yield credit.credit.EntryMade(entry="entry_1", until=until, **term)
    yield credit.credit.EntryPublished(entry="entry_1")


def of_a_case():
    held = reviewed().reviews["review_1"]
    named = ("case", "number", "permit", "office", "department")
    return {name: getattr(held, name) for name in named}


def a_review(_now):
    yield events.ReviewOpened(review="review_1", **of_a_case())


def a_bar(now, *, ground="", days=30):
    """It shuts the tolerant track, or the permit for `ground`, for a month."""
    held = reviewed().reviews["review_1"]
    of = {
        name: getattr(held, name) for name in ("case", "number", "permit", "office", "department")
    }
    until = day_of(now) + timedelta(days=days)
    if not ground:
        yield events.TolerantTrackBarred(bar="bar_1", within="1m", until=until, **of)
    else:
        told = {"ground": ground, "concerns": "health", "reason": SEAL}
        yield events.BarImposed(bar="bar_1", within="1m", until=until, **told, **of)


def of_deceit(now):
    return a_bar(now, ground="deceit")


# Who is barred does not file, and who is not is not turned away.


def test_a_permit_for_whoever_is_barred_from_it(monkeypatch):
    monkeypatch.setattr(party.Party, "bar", nothing)
    of_credit("hold, and the")


def test_the_tolerant_track_for_whoever_broke_an_undertaking(monkeypatch, recorded):
    recorded(a_bar)
    monkeypatch.setattr(standing, "barred", nothing)
    of_credit("hold, and the tolerant track was taken")


def test_a_track_of_trust_for_whoever_broke_it(monkeypatch, recorded):
    recorded(an_entry)
    monkeypatch.setattr(standing, "lost", nothing)
    of_credit("stand, and a track of trust was taken")


def test_a_signature_of_whoever_broke_a_commitment(monkeypatch, recorded):
    recorded(an_entry, OTHER_PARTY)
    monkeypatch.setattr(standing, "signer_lost", nothing)
    of_credit("who signed as well", "drawing_review")


def test_a_bar_that_never_ends(monkeypatch, recorded):
    recorded(of_deceit)
    monkeypatch.setattr(party.Bar, "holds", lambda bar, _today: bar.lifted_on is None)
    of_credit("a bar that does not hold")


def test_a_bar_that_still_shuts_after_it_was_lifted(monkeypatch, recorded):
    recorded(of_deceit)
    lifted = party_fold.FOLDS[events.BarLifted]
    forgets = {events.BarLifted: lambda *told: replace(told[0], version=lifted(*told).version)}
    monkeypatch.setattr(party_fold, "FOLDS", {**party_fold.FOLDS, **forgets})
    of_credit("otherwise than its events tell")


def test_an_entry_that_counts_after_its_disclosure(monkeypatch, recorded):
    recorded(an_entry)
    monkeypatch.setattr(party.Entry, "stands", lambda entry, _today: entry.status == "entered")
    of_credit("no entry stands")


# How bars come and go.


def test_a_bar_that_follows_from_nothing(monkeypatch):
    monkeypatch.setattr(bars, "grounds", lambda *_asked: ("false_materials", "deceit"))
    of_credit("no bar for|barred twice")


def test_a_bar_for_longer_than_the_law_says(monkeypatch):
    last = bars.last_day
    monkeypatch.setattr(bars, "last_day", lambda *asked: last(*asked) + timedelta(days=1))
    of_credit("another end")


def test_a_second_bar_for_one_case(monkeypatch):
    asked = bars.grounds
    monkeypatch.setattr(bars, "grounds", lambda held, case: asked(replace(held, bars={}), case))
    of_credit("barred twice")


def test_a_bar_that_is_lifted_after_it_has_ended(monkeypatch, recorded):
    recorded(of_deceit)

    def whenever(minutes, command):
        minutes.note(events.BarLifted(bar=command.bar, reason=SEAL))

    monkeypatch.setattr(bars, "_lift", whenever)
    of_credit("lifted after it had ended")


def test_a_bar_whose_day_is_put_off(monkeypatch, recorded):
    recorded(of_deceit)

    def longer(held, e, at):
        bar = held.bars[e.bar]
        later = replace(bar, until=bar.until + timedelta(days=1))
        return replace(held, bars={**held.bars, e.bar: later})

    monkeypatch.setattr(party_fold, "FOLDS", {**party_fold.FOLDS, events.BarLifted: longer})
    of_credit("otherwise than its events tell")


def test_a_bar_that_is_lost_in_a_merger(monkeypatch, recorded):
    recorded(of_deceit)
    taken = party_changes._taken_over
    monkeypatch.setattr(party_changes, "_taken_over", lambda *both: replace(taken(*both), bars=()))
    of_credit("a bar was lost", credit="parties", beside="parties")


def test_a_bar_that_ends_with_a_merger(monkeypatch, recorded):
    recorded(of_deceit)
    taken = party_changes._taken_over

    def ended(one, other):
        told = taken(one, other)
        since = one.names[-1].since
        return replace(told, bars=tuple(replace(bar, lifted_on=since) for bar in told.bars))

    monkeypatch.setattr(party_changes, "_taken_over", ended)
    of_credit("a bar was lost", credit="parties", beside="parties")


def test_a_bar_that_outlives_the_decision_it_follows_from(monkeypatch):
    monkeypatch.setattr(breaches, "_free", nothing)
    found("outlive the decision", "plan_exempt", theme="credit", timer="credit", again="credit")


def test_an_undertaking_that_was_not_kept_and_bars_nobody(monkeypatch):
    monkeypatch.setattr(breaches, "_bar", nothing)
    of_credit("barred, or not")


# Entries.


def test_an_entry_against_an_objection_that_nobody_decided(monkeypatch, recorded):
    recorded(a_draft)
    monkeypatch.setitem(credit.OPEN_TO, credit.c.MakeEntry, ("noticed", "objected", "rejected"))
    monkeypatch.setitem(credit._BESIDES, credit.c.MakeEntry, nothing)
    of_credit("against an objection|before it was heard")


def test_an_entry_that_is_disclosed_for_longer_than_the_law_says(monkeypatch, recorded):
    recorded(a_draft)
    last = credit.last_day
    monkeypatch.setattr(credit, "last_day", lambda *asked: last(*asked) + timedelta(days=1830))
    of_credit("more than five years")


def test_an_entry_that_is_published_before_its_day(monkeypatch, recorded):
    recorded(a_draft)
    monkeypatch.setitem(credit._BESIDES, credit.c.PublishEntry, nothing)
    of_credit("published")


def test_an_entry_that_is_published_before_it_is_made(monkeypatch, recorded):
    recorded(a_draft)
    monkeypatch.setitem(credit.OPEN_TO, credit.c.PublishEntry, ("noticed", "entered"))
    monkeypatch.setitem(credit._BESIDES, credit.c.PublishEntry, nothing)
    noticed = party_fold.FOLDS[credit.credit.EntryNoticed]

    def at_once(*told):
        held = noticed(*told)
        entry = held.entries[told[1].entry]
        soon = replace(entry, publication=entry.waits)
        return replace(held, entries={**held.entries, entry.name: soon})

    folds = {**party_fold.FOLDS, credit.credit.EntryNoticed: at_once}
    monkeypatch.setattr(party_fold, "FOLDS", folds)
    of_credit("without having been entered")


# Reviews.


def test_a_review_of_what_nobody_committed_to(monkeypatch):
    monkeypatch.setattr(breaches, "_broken", lambda *_asked: True)
    of_credit("a review was opened")


def test_a_commitment_that_was_not_kept_and_is_not_reviewed(monkeypatch):
    monkeypatch.setattr(breaches, "_broken", lambda *_asked: False)
    of_credit("a review was opened, or was not")


def test_a_review_that_changes_its_case(monkeypatch):
    revoke = performing.PERFORM[Act.REVOKE]

    def explains(minutes, given, on):
        revoke(minutes, given, on)
        if minutes.desk.party is not None:
            minutes.note(LatenessExplained(clock="hearing", reason=SEAL))

    monkeypatch.setitem(performing.PERFORM, Act.REVOKE, explains)
    of_credit("a review changed what happened")


def test_a_review_after_which_the_party_is_barred_by_itself(monkeypatch, recorded):
    recorded(a_review)
    conclude = bars._conclude

    def bars_too(minutes, command):
        refused = conclude(minutes, command)
        if refused is None:
            (told,) = of_deceit(minutes.desk.now)
            minutes.note(told)
        return refused

    monkeypatch.setattr(bars, "_conclude", bars_too)
    of_credit("a bar that nobody imposed")


def test_a_review_that_is_concluded_again(monkeypatch, recorded):
    recorded(a_review)

    def whenever(minutes, command):
        told = {"review": command.review, "outcome": command.outcome, "reason": SEAL}
        minutes.note(events.ReviewConcluded(**told))

    monkeypatch.setattr(bars, "_conclude", whenever)
    of_credit("concluded a second time")


def test_a_review_that_takes_an_entry_with_it(monkeypatch, recorded):
    recorded(lambda now: (*an_entry(now), *a_review(now)))
    concluded = party_fold.FOLDS[events.ReviewConcluded]
    forgets = {events.ReviewConcluded: lambda *told: replace(concluded(*told), entries={})}
    monkeypatch.setattr(party_fold, "FOLDS", {**party_fold.FOLDS, **forgets})
    of_credit("changed the entries")
