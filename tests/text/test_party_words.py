"""What the record of a party says, in both languages."""

from typing import get_args

import pytest

from permits.casework.envelope import Envelope
from permits.casework.families import bars, credit, parties
from permits.casework.party import (
    BarGround,
    BreachKind,
    Concern,
    Degree,
    Power,
    ReviewOutcome,
    Status,
)
from permits.casework.party_commands import LiftBar
from permits.casework.party_fold import FOLDS
from permits.casework.party_offers import Step
from permits.casework.party_rows import TaskKind
from permits.text import party_names
from permits.text.party_told import SAYS, PartyTeller, party_history
from permits.text.words import LANGUAGES, Language
from tests.casework.records import Record, drafted, minutes_of, reviewed
from tests.casework.test_bars import DECEIT, revoked
from tests.kit import SEAL

CLOSED = {
    "breach": BreachKind,
    "degree": Degree,
    "entry_status": Status,
    "bar_ground": BarGround,
    "concern": Concern,
    "review_outcome": ReviewOutcome,
    "power": Power,
    "party_task": TaskKind,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_member_of_a_closed_set_has_a_name_of_its_own(language: Language) -> None:
    assert party_names.NAMED.keys() == CLOSED.keys()
    for name, members in CLOSED.items():
        told = [party_names.NAMED[name](one, language) for one in get_args(members)]
        assert all(told)
        assert len(set(told)) == len(told), name
    steps = [party_names.step(one, language) for one in get_args(Step)]
    assert len(set(steps)) == len(steps)


def test_every_event_is_told() -> None:
    assert SAYS.keys() == FOLDS.keys()


def everything() -> Record:
    record = Record(reviewed(), case=revoked()).must("leader", DECEIT, "2022-07-01")
    return record.must("leader", LiftBar("bar_1", SEAL), "2022-07-02")


EVENTS = (
    parties.PartyRegistered(code="c", name="甲"),
    parties.PartyRenamed(name="乙", reason=SEAL),
    parties.PartyMerged(into="c", reason=SEAL),
    parties.PartySucceeded(of="c", entries=(), bars=(), reviews=()),
    parties.AuthorisationEnded(account="a", reason=SEAL),
    credit.EntryDropped(entry="entry_1", told=True, reason=SEAL),
    credit.ObjectionDecided(entry="entry_1", upheld=True, reason=SEAL),
    credit.ObjectionDecided(entry="entry_1", upheld=False, reason=SEAL),
    credit.RepairDecided(entry="entry_1", granted=True, reason=SEAL),
    credit.RepairDecided(entry="entry_1", granted=False, reason=SEAL),
    bars.ReviewConcluded(review="review_1", outcome="referred", reason=SEAL),
    bars.BarLifted(bar="bar_1", reason=SEAL),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", EVENTS, ids=lambda one: type(one).__name__)
def test_reasons_are_told_to_whom_they_are_for(event: object, language: Language) -> None:
    party = drafted(party=everything().party)
    for values, told in (({SEAL: "因故"}, True), ({}, False)):
        teller = PartyTeller(party, values, lambda one: one, language)
        says = SAYS[type(event)](teller, event)
        assert says[0]
        if hasattr(event, "reason"):
            assert any("因故" in one for one in says) == told


def test_what_only_officers_are_told_is_left_out_for_the_party() -> None:
    minutes = minutes_of(drafted())
    minutes.note(credit.EntryDropped(entry="entry_1", told=False, reason=SEAL))
    log = [
        (
            Envelope(
                id="",
                stream="",
                seq=n,
                type="",
                schema=1,
                definition="",
                recorded_at=minutes.desk.now,
                effective_at=minutes.desk.today,
                actor="timer" if n == 2 else "setup",
                role="timer" if n == 2 else "",
                office="",
                department="",
                command=str(n),
            ),
            event,
        )
        for n, event in enumerate(
            (
                parties.PartyRegistered(code="c", name="甲"),
                credit.EntryDrafted(
                    entry="entry_1", kind="fee", about="", case="", number="N", permit="",
                    office="", department="",
                ),
                minutes.facts[0].event,
            ),
            1,
        )
    ]  # fmt: skip
    teller = PartyTeller(minutes.party, {}, lambda one: one, "en")
    inside = party_history(log, teller, inside=True)
    assert [line.by for line in inside] == ["administration", "on its day", "administration"]
    assert [line.by_law for line in inside] == [False, True, False]
    assert len(party_history(log, teller, inside=False)) == 1
