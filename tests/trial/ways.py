"""What somebody might do next in a case: what fits, who may, and what is told with it.

Whether it may be done now is for the product to say: most of it is lawful, some comes too early,
too late, or from somebody who should know better.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.decide.guards import act_guard
from permits.casework.facts import case_facts
from permits.casework.rows import DueRow
from permits.definitions.procedure import (
    REPORTED_MILESTONES,
    Act,
    DeregistrationGround,
    Phase,
    RevocationGround,
    Role,
    SpecialCause,
    WithdrawalGround,
)
from tests.kit import SEAL, defect, paper
from tests.trial import kinds
from tests.trial.given import ground_of
from tests.trial.people import INSPECTORS, applicant_of, holding
from tests.trial.rules import phase_of
from tests.trial.ways_after import after, at_the_counter, on_the_spot, waited_for
from tests.trial.ways_heard import heard, recusing
from tests.trial.world import Kept, World

Draw = Callable[[Any], Any]
"""Draws one of a sequence."""

Way = tuple[str, c.Command]
"""Who, and what."""

ENDING = frozenset({
    Act.WITHDRAW, Act.DECLARE_NOT_REQUIRED, Act.DECLARE_NOT_COMPETENT, Act.REFUSE_ACCEPTANCE,
    Act.REFUSE, Act.DEREGISTER, Act.WITHDRAW_GRANT,
})  # fmt: skip
"""Acts after which little is left to try."""

FORWARD = frozenset({
    Act.ACCEPT, Act.SUPPLY_CORRECTIONS, Act.RESUME, Act.EXAMINE, Act.GRANT, Act.DELIVER,
    Act.PUBLISH,
})  # fmt: skip
"""Acts on the way to a grant that is served."""

IN_FORCE = (Phase.IN_EFFECT, Phase.CONCLUDED)


def open_actions(one: Kept) -> list[str]:
    """The actions that the chart leaves open where the case stands."""
    case, definition = one.case, one.edition.definition
    facts = case_facts(case, definition)
    offers = one.edition.chart.offers(case.leaves, case.answers, facts)
    return [offer.action for offer in offers if not offer.unmet]


def lawful(world: World, one: Kept) -> list[Way]:
    """The actions that nothing shuts now, each with everybody to whom it is open; told nothing."""
    return [
        (who, c.TakeAction(action))
        for action in open_actions(one)
        for who in holders(one, action)
        if act_guard(one.case, action, world.desk(one, who, c.TakeAction(action))) is None
    ]


def holders(one: Kept, action: str) -> tuple[str, ...]:
    """Everybody who holds a role that may take an action."""
    roles = one.edition.definition.chart.actions[action].by
    return tuple(dict.fromkeys(name for role in roles for name in of_role(one, role)))


def of_role(one: Kept, role: Role) -> tuple[str, ...]:
    """Who holds a role in a case: its own applicant, and the officers of the department."""
    return (applicant_of(one.case.party),) if role is Role.APPLICANT else holding(role)


def act_of(one: Kept, action: str) -> Act:
    return one.edition.definition.chart.actions[action].act


def act_told(one: Kept, way: Way) -> Act:
    """The act of an action that somebody takes."""
    command = way[1]
    assert isinstance(command, c.TakeAction)
    return act_of(one, command.action)


def taking(world: World, one: Kept, action: str, draw: Draw) -> Way:
    """Somebody of a role that may takes an action, and says what it needs."""
    rule = one.edition.definition.chart.actions[action]
    who = draw(of_role(one, draw(rule.by)))
    return who, c.TakeAction(action, GIVEN[i.INPUT_OF[rule.act]](world, one, draw))


def told_with(world: World, one: Kept, way: Way, draw: Draw) -> Way:
    """The same action with what it needs to be told."""
    who, command = way
    assert isinstance(command, c.TakeAction)
    act = act_of(one, command.action)
    return who, c.TakeAction(command.action, GIVEN[i.INPUT_OF[act]](world, one, draw))


def each_taking(world: World, one: Kept, action: str, draw: Draw) -> Iterator[Way]:
    """The same by everybody who holds a role that may, one after the other."""
    rule = one.edition.definition.chart.actions[action]
    given = GIVEN[i.INPUT_OF[rule.act]](world, one, draw)
    for who in holders(one, action):
        yield who, c.TakeAction(action, given)


def _corrections(world: World, one: Kept, draw: Draw) -> i.Corrections:
    fields = [q.id for q in one.edition.questions.values() if q.personal is None]
    wanted = [*kinds.supplied(one.edition, one.case.track, one.case.answers)]
    abouts = [f"field.{draw(fields)}", *(f"material.{name}" for name in wanted)]
    return i.Corrections((defect(draw(abouts)),))


def _supplement(world: World, one: Kept, draw: Draw) -> i.Supplement:
    """The form as it was, or as another sample has it; then everything is signed anew."""
    case, wanted = one.case, one.case.notices[-1].defects if one.case.notices else ()
    files = [d.about.removeprefix("material.") for d in wanted if d.about.startswith("material.")]
    missing = [*kinds.supplied(one.edition, case.track, case.answers)]
    files += [name for name in missing if name not in case.materials]
    said = kinds.Answered(case.answers, case.seals)
    signed: tuple[i.Signing, ...] = ()
    if draw((False, False, True)):
        here = [name for track, name in kinds.openings(one.edition.permit) if track == case.track]
        tie = one.edition.definition.project
        same = {f: case.answers[f] for f in ((tie.code,) if tie else ())}
        other = kinds.sample(one.edition.permit, draw(here))
        said = kinds.Answered({**other.answers, **same}, other.seals)
        again = kinds.signed(one.edition, case.track)
        signed = tuple(s for s in again if s.signature != "undertaking")
        files += [*kinds.supplied(one.edition, case.track, said.answers)]
    handed_in = tuple(map(paper, dict.fromkeys(files)))
    return i.Supplement(said.answers, said.seals, handed_in, signed)


def _revocation(world: World, one: Kept, _draw: Draw) -> i.Revocation:
    told = one.case.intended
    return i.Revocation(RevocationGround(told.ground if told else "69-1-5"), SEAL)


def _deregistration(world: World, one: Kept, draw: Draw) -> i.Deregistration:
    return i.Deregistration(draw((ground_of(one.case), DeregistrationGround.HOLDER_ENDED)))


GIVEN: dict[type[i.Input], Callable[[World, Kept, Draw], i.Input]] = {
    i.Plain: lambda _w, _o, _d: i.Plain(),
    i.Reasoned: lambda _w, _o, _d: i.Reasoned(SEAL),
    i.Corrections: _corrections,
    i.Supplement: _supplement,
    i.SpecialProcedure: lambda _w, _o, draw: i.SpecialProcedure(
        draw((SpecialCause.EXPERT_REVIEW, SpecialCause.HEARING)), "5wd", notified=True, reason=SEAL
    ),
    i.Opinion: lambda _w, _o, draw: i.Opinion(draw(("grant", "grant", "refuse")), SEAL),
    i.Service: lambda world, _o, draw: i.Service(ago(world, draw((0, 0, 1))), "online"),
    i.Revocation: _revocation,
    i.Withdrawal: lambda _w, _o, _d: i.Withdrawal(WithdrawalGround.LAW_CHANGED, SEAL, SEAL),
    i.Deregistration: _deregistration,
}


def ago(world: World, days: int) -> date:
    return world.today - timedelta(days=days)


def besides(
    world: World, one: Kept, draw: Draw, often: tuple[str, ...] | None = None
) -> list[Way]:
    """What might be done beside the chart: now and then what somebody waits for; else of one kind
    that is drawn, of another if there is nothing of that kind."""
    waited = [*waited_for(world, one, draw)] if draw((True, False, False)) else []
    if waited:
        return waited
    first = draw(often or KINDS)
    for kind in dict.fromkeys((first, "duties", "heard", "fees", "revoking")):
        found = [*BESIDES[kind](world, one, draw)]
        if found:
            return found
    return []


def _duties(world: World, one: Kept, draw: Draw) -> Iterator[Way]:
    rules = one.edition.definition.obligations
    on = ago(world, draw((0, 0, 2)))
    for name, held in one.case.obligations.items():
        rule = rules[name]
        if held.status != "open":
            continue
        if rule.settled_by == "report":
            yield (
                applicant_of(one.case.party),
                c.ReportObligation(name, on, (paper(rule.brings or "proof"),)),
            )
        if held.failed and held.put_right_on is None:
            told = c.ReportObligation(name, on, (paper("proof"),), SEAL)
            yield applicant_of(one.case.party), told
        if rule.settled_by == "verification":
            theirs = held.inspectors or draw((INSPECTORS[:3], INSPECTORS[1:], INSPECTORS))
            who = draw(theirs)
            yield who, c.VerifyObligation(name, draw((True, False)), on, theirs, SEAL)
        if held.record is not None:
            agrees = draw((True, True, True, False))
            yield draw(held.record.unsigned), c.SignCheck(name, SEAL, agrees, SEAL)
        if rule.inspectors is not None:
            gone = draw(("", *held.inspectors))
            acted = "acted" if gone in one.case.acted_for else "on_leave"
            ground = "recused" if one.case.recused(gone) else draw((acted, acted, "left"))
            yield "leader", c.DrawInspectors(name, gone, ground if gone else "", SEAL)
    if one.case.tolerated and draw((False, True)):
        some = one.case.tolerated[: draw((1, len(one.case.tolerated)))]
        yield applicant_of(one.case.party), c.SupplyLater(tuple(map(paper, some)))


def _fees(world: World, one: Kept, draw: Draw) -> Iterator[Way]:
    for name, fee in one.case.fees.items():
        balance, on = fee.balance_fen, ago(world, draw((0, 0, 1)))
        part = draw((1, 1, 2))
        if balance > 0:
            amount = max(1, balance // part)
            yield draw(holding(Role.WINDOW)), c.PayFee(name, on, amount, SEAL, draw((None, SEAL)))
        if balance < 0:
            yield "window", c.RefundFee(name, on, max(1, -balance // part), SEAL, SEAL)
        entries = [place for place in range(1, len(fee.entries) + 1) if fee.stands(place)]
        if entries and draw((False, False, True)):
            yield draw(holding(Role.SUPERVISOR)), c.UndoFeeEntry(name, draw(entries), SEAL)


def _clocks(world: World, one: Kept, draw: Draw) -> Iterator[Way]:
    for name, clock in one.case.clocks.items():
        times = one.edition.definition.clocks[name].extension
        if clock.running and times is not None and len(clock.extensions) <= times.times:
            yield draw(holding(Role.LEADER)), c.ExtendClock(name, SEAL)
        if (clock.late or clock.lapsed) and name not in one.case.lateness:
            yield draw(holding(Role.SUPERVISOR)), c.ExplainLateness(name, SEAL)


def _revoking(world: World, one: Kept, draw: Draw) -> Iterator[Way]:
    if phase_of(one, one.case) not in IN_FORCE:
        return
    leader = draw(holding(Role.LEADER))
    if one.case.intended is None and not draw((False, False, True)):
        return
    if one.case.intended is None:
        grounds = (RevocationGround.OTHER, RevocationGround.DECEIT_OR_BRIBERY)
        yield leader, c.NoticeRevocation(draw(grounds), SEAL)
    else:
        yield draw((applicant_of(one.case.party), "window", "examining_leader")), c.StateCase(SEAL)
        yield leader, c.DropRevocation(SEAL)


RECTIFIABLE = ("received", "accepted", "delivered", *sorted(REPORTED_MILESTONES))


def _mending(world: World, one: Kept, draw: Draw) -> Iterator[Way]:
    supervisor = draw(holding(Role.SUPERVISOR))
    if one.case.before is not None:
        yield supervisor, c.ReverseAction(SEAL)
        yield supervisor, c.ReverseAction(SEAL)
    there = [mark for mark in RECTIFIABLE if mark in one.case.milestones] or ["received"]
    mark = draw(there)
    was = one.case.milestones.get(mark, world.today)
    days = draw((-3, -1, 1, 5))
    yield supervisor, c.RectifyDate(mark, was + timedelta(days=days), SEAL)
    if one.case.documents:
        number = draw(one.case.documents).number
        yield draw(holding(Role.WINDOW)), c.CorrectDocument(number, SEAL)


def _at_the_counter(world: World, one: Kept, draw: Draw) -> Iterator[Way]:
    """Whatever the applicant might do, done for them at the window."""
    mine = applicant_of(one.case.party)
    each = (_duties, _revoking, heard, recusing)
    found = [way for kind in each for way in kind(world, one, draw)]
    theirs = [command for who, command in found if who == mine]
    for action in open_actions(one):
        mine_alone = one.edition.definition.chart.actions[action].by == (Role.APPLICANT,)
        if mine_alone and (act_of(one, action) not in ENDING or draw((False,) * 5 + (True,))):
            theirs.append(taking(world, one, action, draw)[1])
    if phase_of(one, one.case) is Phase.INTAKE:
        theirs.append(on_the_spot(_supplement(world, one, draw)))
    yield from at_the_counter(world, one, draw, theirs)


BESIDES: dict[str, Callable[[World, Kept, Draw], Iterator[Way]]] = {
    "duties": _duties,
    "heard": heard,
    "fees": _fees,
    "revoking": _revoking,
    "clocks": _clocks,
    "recusing": recusing,
    "mending": _mending,
    "after": after,
    "counter": _at_the_counter,
}

KINDS = (
    *("duties",) * 5, *("heard",) * 5, *("fees",) * 4, *("revoking",) * 2, "clocks",
    *("recusing",) * 2, *("mending",) * 2, *("after",) * 5, *("counter",) * 3,
)  # fmt: skip
"""The kinds of what is done beside the chart, the more often the more often they stand here."""


def told(due: DueRow) -> c.Command:
    """What the timer tells of a date."""
    match due.kind:
        case "clock":
            return c.LapseClock(due.name)
        case "obligation":
            return c.FlagOverdue(due.name)
        case "obligation_reminder":
            return a.RemindOfObligation(due.name)
        case "fee":
            return c.FlagFeeOverdue(due.name)
        case "term":
            return a.PassTerm()
        case "term_reminder":
            return a.RemindOfTerm()
        case _:
            return h.PassDate(due.kind, due.name)
