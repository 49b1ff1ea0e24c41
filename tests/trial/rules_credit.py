"""What must hold of the standing of a party: what it shuts, its bars, the reviews of a penalty.

As in `rules.py` each rule is worked out from the logs, not asked of what is tried: neither of the
folded record, nor of the functions that say what a standing shuts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from permits.casework import commands as c
from permits.casework import party_commands as p
from permits.casework.decide import Noted, decide
from permits.casework.families import (
    annulments,
    bars,
    deciding,
    filing,
    parties,
    tolerance,
)
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Role
from permits.definitions.schema import TrackName
from tests.trial.rules_entries import Log, standing, years_on
from tests.trial.told import came, of_kind
from tests.trial.world import Kept, PartyStep, Step, World

YEARS = {"false_materials": 1, "deceit": 3}
"""行政许可法 art. 78, art. 79."""


@dataclass
class Barred:
    """A bar as its events tell it."""

    ground: str
    case: str
    permit: str
    until: date
    over: bool = False

    def shuts(self, permit: str, track: str, on: date) -> bool:
        """The permit it was imposed for, or the tolerant track of every one."""
        of = track == TrackName.TOLERANT if self.ground == "undertaking" else permit == self.permit
        return of and not self.over and on <= self.until


def barred(log: Log) -> dict[str, Barred]:
    """Every bar of a record."""
    found: dict[str, Barred] = {}
    for _at, event in log:
        match event:
            case bars.BarImposed():
                found[event.bar] = Barred(event.ground, event.case, event.permit, event.until)
            case bars.TolerantTrackBarred():
                found[event.bar] = Barred("undertaking", event.case, event.permit, event.until)
            case bars.BarLifted() | bars.BarFell():
                found[event.bar].over = True
            case parties.PartySucceeded():
                for one in event.bars:
                    over = one.lifted_on is not None
                    found[one.name] = Barred(one.ground, one.case, one.permit, one.until, over)
            case _:
                pass
    return found


# What a standing shuts.


def who_is_barred_does_not_file(step: Step) -> None:
    """Neither the permit, nor a track of trust, nor as the other one who commits to something."""
    filed = step.command
    if not isinstance(filed, c.File):
        return
    log, today = step.world.registry.logs[filed.party], step.desk.today
    shut = [
        name
        for name, bar in barred(log).items()
        if bar.shuts(step.one.edition.permit, filed.track, today)
    ]
    assert not shut, f"{shut} hold, and the {filed.track} track was taken"
    if filed.track == TrackName.ORDINARY:
        return
    stand = standing(log, today)
    assert not stand, f"{stand} stand, and a track of trust was taken"
    for code in _beside(step.one, filed):
        stand = standing(step.world.registry.logs.get(code, ()), today)
        assert not stand, f"{stand} stand against {code}, who signed as well"


def _beside(one: Kept, filed: c.File) -> Iterator[str]:
    """The credit codes of those who commit beside the applicant."""
    definition = one.edition.definition
    for name in definition.tracks[TrackName(filed.track)].commitments:
        for role in definition.commitments[name].signers[1:]:
            unit = definition.signers[role].unit
            if unit is not None and unit in filed.answers:
                yield str(filed.answers[unit])


def what_ended_shuts_nothing(world: World, one: Kept, filed: c.File, refused: Refused) -> None:
    """Whoever is turned away because of a standing has one: a bar ends with its day, an entry with
    its disclosure, and neither lasts longer for a wrong reason."""
    log, today = world.registry.logs.get(filed.party, ()), world.today
    match refused.reason:
        case Reason.PERMIT_BARRED | Reason.BARRED:
            held = [
                bar
                for bar in barred(log).values()
                if bar.shuts(one.edition.permit, filed.track, today)
            ]
            told = {str(bar.until) for bar in held}
            assert refused.about[0] in told, f"turned away by a bar that does not hold on {today}"
        case Reason.TRACK_LOST:
            assert filed.track != TrackName.ORDINARY, "the ordinary track is never lost"
            assert standing(log, today), f"turned away, and no entry stands on {today}"
        case _:
            pass


# How bars come and go.


def a_bar_follows_from_its_case(step: PartyStep) -> None:
    """A person imposes it because of what was decided in a case of the party; once for each, for
    the permit of that case, and for the time that the law says."""
    log = step.log[: step.before.version]
    for at, event in step.log[step.before.version :]:
        if not isinstance(event, bars.BarImposed):
            continue
        assert isinstance(step.command, p.ImposeBar), "a bar that nobody imposed"
        one = next(one for one in step.world.cases if one.case.id == event.case)
        assert at.role == Role.LEADER and event.reason, "a bar without the head of the office"
        assert event.permit == one.edition.permit and one.case.party == step.code
        assert event.ground in _lawful(one), f"no bar for {event.ground} follows from {one}"
        earlier = [b for b in barred(log).values() if (b.case, b.over) == (event.case, False)]
        assert all(b.ground == "undertaking" for b in earlier), "barred twice for one case"
        assert event.until == years_on(at.effective_at, YEARS[event.ground]), "another end"


def _lawful(one: Kept) -> set[str]:
    """What the log of a case says a bar may follow from."""
    found: set[str] = set()
    for _at, event in one.log:
        match event:
            case deciding.Revoked(ground="69-2"):
                found.add("deceit")
            case deciding.Decided(result="refused") | filing.NotAccepted(ground="uncorrected"):
                found.add("false_materials")
            case annulments.DecisionAnnulled():
                found.clear()
            case _:
                pass
    return found


def a_bar_that_ended_stays_so(step: PartyStep) -> None:
    """It is lifted once, with a reason, while it holds; its day is never put off."""
    before, after = barred(step.log[: step.before.version]), barred(step.log)
    for at, event in step.log[step.before.version :]:
        if isinstance(event, bars.BarLifted):
            was = before[event.bar]
            assert not was.over and at.effective_at <= was.until, "lifted after it had ended"
            assert at.role == Role.LEADER and event.reason
    for name, was in before.items():
        assert after[name].until == was.until, f"the day of {name} was put off"
        assert not was.over or after[name].over, f"{name} holds again"
        folded = step.after.bars[name]
        same = (folded.until, folded.lifted_on is not None) == (was.until, after[name].over)
        assert same, f"{name} stands otherwise than its events tell"


def who_was_merged_hands_on_its_bars(step: PartyStep) -> None:
    for _at, event in step.log[step.before.version :]:
        if isinstance(event, parties.PartyMerged):
            theirs = barred(step.log).values()
            into = [*barred(step.world.registry.logs[event.into]).values()]
            assert all(bar in into for bar in theirs), "a bar was lost in the merger"


def a_bar_falls_with_its_decision(step: Step) -> None:
    """And only then: whoever did not keep an undertaking is barred by the case, and freed by an
    annulment."""
    told = _record(step)
    mine = [*_told(step, bars.TolerantTrackBarred, bars.BarFell)]
    broken = [*of_kind(came(step), tolerance.UndertakingBroken)]
    shut = [e for e in mine if isinstance(e, bars.TolerantTrackBarred)]
    assert [e.until for e in shut] == [e.barred_until for e in broken], "barred, or not"
    annulled = any(of_kind(came(step), annulments.DecisionAnnulled))
    assert annulled or not any(isinstance(e, bars.BarFell) for e in mine), "a bar fell by itself"
    if annulled:
        left = [n for n, b in barred(told).items() if b.case == step.after.id and not b.over]
        assert not left, f"{left} outlive the decision"


def _record(step: Step) -> Log:
    """The record of the party of a case, of the one that it was merged into if it was."""
    registry = step.world.registry
    party = registry.looked_at(step.after.party, follows=True)
    return registry.logs[party.code] if party is not None else ()


def _told(step: Step, *kinds: type[Any]) -> Iterator[Any]:
    """What the record was told by the same command as the case."""
    command = step.one.log[-1][0].command if came(step) else ""
    return (e for at, e in _record(step) if at.command == command and isinstance(e, kinds))


# Reviews.


def a_review_is_opened_by_a_commitment_that_was_not_kept(step: Step) -> None:
    """And by nothing else; it is a task beside the case, which goes on as it would without."""
    opened = [*_told(step, bars.ReviewOpened)]
    revoked = [
        e
        for e in of_kind(came(step), deciding.Revoked)
        if step.before.track == TrackName.COMMITMENT and e.ground in COMMITTED
    ]
    assert len(opened) == len(revoked), "a review was opened, or was not"
    if opened and step.noted.parties:
        unseen = decide(step.before, step.command, replace(step.desk, party=None))
        same = isinstance(unseen, Noted) and unseen.facts == step.noted.facts
        assert same, "a review changed what happened in the case"


COMMITTED = ("69-2", "69-1-4", "69-1-5")
"""Got by deceit; a holder who does not fulfil the conditions; another ground that is the
holder's."""


def a_review_is_all_that_its_conclusion_changes(step: PartyStep) -> None:
    """No entry, no bar, no penalty follows by itself; and a person concluded it, with a reason."""
    if not isinstance(step.command, p.ConcludeReview):
        return
    told = step.log[step.before.version :]
    assert len(told) == 1, "more followed from a review than its conclusion"
    ((at, event),) = told
    assert isinstance(event, bars.ReviewConcluded) and event.reason
    assert at.role in (Role.LEADER, Role.SUPERVISOR)
    was = step.before.reviews[event.review]
    assert was.outcome is None, "concluded a second time"
    for name in ("entries", "bars", "names", "authorised", "successor"):
        same = getattr(step.after, name) == getattr(step.before, name)
        assert same, f"a review that was concluded changed the {name}"


RULES = (
    who_is_barred_does_not_file,
    a_bar_falls_with_its_decision,
    a_review_is_opened_by_a_commitment_that_was_not_kept,
)

OF_PARTIES = (
    a_bar_follows_from_its_case,
    a_bar_that_ended_stays_so,
    who_was_merged_hands_on_its_bars,
    a_review_is_all_that_its_conclusion_changes,
)


def keep_refusal(world: World, one: Kept, command: c.Command, refused: Refused) -> None:
    """Ask of a refusal whether there was what it says."""
    if isinstance(command, c.File):
        what_ended_shuts_nothing(world, one, command, refused)
