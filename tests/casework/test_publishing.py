"""Proposals to publish: who makes them, who decides, and what their events leave."""

from datetime import UTC, date, datetime

import pytest

from permits.casework.access import Actor
from permits.casework.envelope import Envelope
from permits.casework.families.publishing import (
    PublicationDecided,
    PublicationProposed,
    stream_of,
)
from permits.casework.publishing import (
    Fault,
    Outcome,
    Proposal,
    What,
    decides,
    fold_proposal,
    not_to_decide,
    proposes,
)
from permits.definitions.procedure import Role
from tests.kit import SEAL

AT = datetime(2022, 6, 9, 2, tzinfo=UTC)
SYSTEM = Actor("system", frozenset({Role.SYSTEM_ADMIN}))
OTHER_SYSTEM = Actor("system2", frozenset({Role.SYSTEM_ADMIN}))
SECURITY = Actor("security", frozenset({Role.SECURITY_ADMIN}))
OTHERS = [Actor("a", frozenset({role}), "o", "d") for role in Role if "min" not in role]

PROPOSED = PublicationProposed("definition", "plan_exempt", "d" * 64, "b" * 64, SEAL)


def at(seq: int, actor: Actor) -> Envelope:
    return Envelope(
        id=str(seq),
        stream=stream_of("p"),
        seq=seq,
        type="",
        schema=1,
        definition="",
        recorded_at=AT,
        effective_at=date(2022, 6, 9),
        actor=actor.id,
        role="",
        office="",
        department="",
        command="c",
    )


def proposal(outcome: Outcome | None = None, by: Actor = SYSTEM) -> Proposal:
    events = [(at(1, by), PROPOSED)]
    if outcome is not None:
        events.append((at(2, SECURITY), PublicationDecided(outcome, SEAL)))
    found = fold_proposal("p", events)
    assert found is not None
    return found


def test_a_proposal_is_what_its_events_leave():
    one = proposal()
    assert (one.what, one.subject, one.by, one.open) == (
        What.DEFINITION, "plan_exempt", "system", True,
    )  # fmt: skip
    done = proposal(Outcome.PUBLISHED)
    assert (done.open, done.outcome, done.decided_by) == (False, Outcome.PUBLISHED, "security")
    assert (done.decided_at, done.decided_because) == (AT, SEAL)
    assert fold_proposal("p", []) is None
    lost = [(at(1, SECURITY), PublicationDecided(Outcome.DECLINED))]
    assert fold_proposal("p", lost) is None, "there is nothing to be decided"


def test_one_administrator_proposes_and_another_one_decides():
    assert proposes(SYSTEM) is Role.SYSTEM_ADMIN
    assert decides(SYSTEM, Outcome.WITHDRAWN) is Role.SYSTEM_ADMIN
    assert decides(SECURITY, Outcome.PUBLISHED) is Role.SECURITY_ADMIN
    assert proposes(SECURITY) is None
    for actor in OTHERS:
        assert proposes(actor) is None
        assert all(decides(actor, outcome) is None for outcome in Outcome)


@pytest.mark.parametrize(
    ("outcome", "actor", "fault"),
    [
        (Outcome.PUBLISHED, SECURITY, None),
        (Outcome.DECLINED, SECURITY, None),
        (Outcome.WITHDRAWN, SYSTEM, None),
        (Outcome.WITHDRAWN, OTHER_SYSTEM, Fault.NOT_YOURS),
        (Outcome.WITHDRAWN, SECURITY, Fault.NOT_YOURS),
        (Outcome.PUBLISHED, SYSTEM, Fault.NOT_YOURS),
        (Outcome.DECLINED, OTHER_SYSTEM, Fault.NOT_YOURS),
    ],
)
def test_who_brings_a_proposal_to_which_end(outcome, actor, fault):
    assert not_to_decide(proposal(), outcome, actor) is fault
    if fault is None:
        for earlier in Outcome:
            assert not_to_decide(proposal(earlier), outcome, actor) is Fault.DECIDED


def test_whoever_proposed_does_not_publish_even_with_another_role():
    """Somebody whose roles were changed in between is still the one who proposed."""
    theirs = proposal(by=SECURITY)
    assert not_to_decide(theirs, Outcome.PUBLISHED, SECURITY) is Fault.OWN_PROPOSAL
    assert not_to_decide(theirs, Outcome.DECLINED, SECURITY) is Fault.OWN_PROPOSAL
