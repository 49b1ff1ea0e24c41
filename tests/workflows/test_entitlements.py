"""Entitlement without application: golden tables of a usual list and of one on which everything
goes wrong, and what holds of one policy and of no other.

The tables in `tests/workflows/golden/` are read as specifications; `PERMITS_GOLDEN=write` writes
them anew, to be looked at before they are kept. Who may do something is not read off a list: each
person asks for it, and it is shown if it would be carried out.
"""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from permits.casework.entitlement import commands as c
from permits.casework.entitlement.decide import decide
from permits.casework.entitlement.desk import Noted
from permits.casework.entitlement.rounds import ObjectionKind
from permits.definitions.policies.schema import Policy
from tests.casework.entitled import (
    EXAMINER,
    FIRM,
    LEADER,
    OTHER,
    THIRD,
    WINDOW,
    Played,
    enterprise,
    entry,
)
from tests.definitions.policies import AWARD, GRADED, POINTS, edition
from tests.kit import SEAL

GOLDEN = Path(__file__).with_name("golden")
PERIOD = "2022"
REMOVE: ObjectionKind = "remove"
PEOPLE = {
    "firm 1": enterprise(1), "firm 2": enterprise(2), "firm 3": enterprise(3),
    "window": WINDOW, "examiner": EXAMINER, "leader": LEADER,
}  # fmt: skip
Told = tuple[str, str, c.Command]


def everything(play: Played, day: str) -> Iterator[tuple[str, c.Command]]:
    """What can be asked for, as it fits where things stand."""
    name, on = play.name, date.fromisoformat(day)
    yield "match", c.RunMatch(AWARD, PERIOD)
    yield "drop the match", c.DropMatch(name, SEAL)
    yield "publish", c.PublishList(name)
    yield "object", c.EnterObjection(name, REMOVE, OTHER, SEAL)
    yield "decide the objection", c.DecideListObjection(name, 1, True, SEAL)
    yield "settle", c.SettleList(name)
    yield "close offers", c.CloseOffers(name, SEAL)
    yield "confirm", play.confirm()
    yield "decline", c.DeclineOffer(AWARD, PERIOD, SEAL)
    yield "apply", play.apply()
    for party, who in ((FIRM, 1), (OTHER, 2), (THIRD, 3)):
        examine = c.ExamineApplication(party, AWARD, PERIOD, "refuse", "", SEAL)
        yield f"examine {who}", examine
        yield f"decide on {who}", c.DecideApplication(party, AWARD, PERIOD, False, SEAL)
    yield "order payment", c.OrderPayments(AWARD)
    for number in range(1, play.batches + 1):
        batch = f"2022-{number:03d}"
        yield f"record batch {number}", c.RecordPayments(batch, on, (play.line,), {})
    yield "name another account", c.CorrectAccount(AWARD, PERIOD, SEAL)
    recovery = c.OrderRecovery(FIRM, AWARD, PERIOD, "not_entitled", 10_000_000, SEAL)
    yield "demand back", recovery
    yield "record what was paid back", c.RecordRecovery(FIRM, AWARD, PERIOD, on, 1)


def could(play: Played, day: str) -> Iterator[str]:
    """Who could do what on a day; nothing is written."""
    for person, actor in PEOPLE.items():
        found = [
            what
            for what, command in everything(play, day)
            if isinstance(decide(command, play.desk(actor, day, command)), Noted)
        ]
        if found:
            yield f"  {person}: {', '.join(found)}"


def stands(play: Played) -> Iterator[str]:
    """Where the list stands, and every enterprise with what it is to have, in yuan."""
    if play.round is not None:
        until = f", open until {play.round.ends_on}" if play.round.stage == "published" else ""
        yield f"  list: {play.round.stage}{until}"
    for number in (1, 2, 3):
        held = play.holdings.get((FIRM, OTHER, THIRD)[number - 1])
        claim = held.claim(AWARD, PERIOD) if held is not None else None
        if claim is not None:
            due = f", by {claim.due}" if claim.due is not None else ""
            back = f", {claim.owed_back_fen // 100} to pay back" if claim.owed_back_fen else ""
            yield f"  firm {number}: {claim.standing}, {claim.amount_fen // 100} yuan{back}{due}"


def typical(play: Played) -> Iterator[Told]:
    """Matched, published, confirmed, paid."""
    yield "2022-06-09", "examiner", c.RunMatch(AWARD, PERIOD)
    yield "2022-06-10", "leader", c.PublishList(play.name)
    yield "2022-06-20", "leader", c.SettleList(play.name)
    yield "2022-06-21", "firm 1", play.confirm()
    yield "2022-06-21", "firm 2", play.confirm()
    yield "2022-06-22", "leader", c.OrderPayments(AWARD)
    lines = tuple(f"{code}/{PERIOD}" for code in (FIRM, OTHER))
    yield "2022-06-24", "window", c.RecordPayments("2022-001", date(2022, 6, 24), lines, {})


def worst(play: Played) -> Iterator[Told]:
    """One is taken off the list, one was never matched and is refused, one is paid at the second
    attempt, and was not entitled after all."""
    yield "2022-06-09", "examiner", c.RunMatch(AWARD, PERIOD)
    yield "2022-06-10", "leader", c.PublishList(play.name)
    yield "2022-06-13", "window", c.EnterObjection(play.name, REMOVE, OTHER, SEAL, SEAL)
    yield "2022-06-14", "firm 3", play.apply()
    yield "2022-06-17", "leader", c.DecideListObjection(play.name, 1, True, SEAL)
    yield "2022-06-20", "leader", c.SettleList(play.name)
    yield "2022-06-21", "firm 1", play.confirm()
    opinion = c.ExamineApplication(THIRD, AWARD, PERIOD, "refuse", "", SEAL)
    yield "2022-06-21", "examiner", opinion
    yield "2022-06-22", "leader", c.DecideApplication(THIRD, AWARD, PERIOD, False, SEAL)
    yield "2022-06-22", "leader", c.OrderPayments(AWARD)
    back = c.RecordPayments("2022-001", date(2022, 6, 23), (), {play.line: "account"})
    yield "2022-06-23", "window", back
    yield "2022-06-24", "firm 1", c.CorrectAccount(AWARD, PERIOD, SEAL)
    yield "2022-06-27", "leader", c.OrderPayments(AWARD)
    paid = c.RecordPayments("2022-002", date(2022, 6, 28), (play.line,), {})
    yield "2022-06-28", "window", paid
    recovery = c.OrderRecovery(FIRM, AWARD, PERIOD, "not_entitled", 10_000_000, SEAL)
    yield "2022-09-01", "leader", recovery
    for day, fen in (("2022-10-10", 4_000_000), ("2022-11-01", 6_000_000)):
        yield day, "window", c.RecordRecovery(FIRM, AWARD, PERIOD, date.fromisoformat(day), fen)


def table(story: Callable[[Played], Iterator[Told]]) -> str:
    play = Played(entry(1), entry(2), entry(3, hightech_times=2))
    lines = []
    for day, who, command in story(play):
        play.must(PEOPLE[who], day, command)
        lines += [f"{day}  {who}: {type(command).__name__}", *stands(play), *could(play, day), ""]
    return "\n".join(lines).rstrip() + "\n"


@pytest.mark.parametrize("story", [typical, worst])
def test_a_list_goes_as_its_golden_table_says(story):
    file = GOLDEN / f"entitlement-{story.__name__}.txt"
    found = table(story)
    if os.environ.get("PERMITS_GOLDEN") == "write":
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


# ── rules of its own ──────────────────────────────────────────────────────────────────────────


def _one_amount(policy: Policy) -> bool:
    """Everybody is paid the same, once."""
    return [grade.when for grade in policy.grades.values()] == [None]


def _of_the_first_recognition(policy: Policy) -> bool:
    wanted = [policy.conditions[name].when for name in policy.requires]
    return any("hightech_times == 1" in when for when in wanted)


def _by_output(policy: Policy) -> bool:
    """Three grades, by the output of the year before."""
    graded = [policy.conditions[str(g.when)].when for g in policy.grades.values() if g.when]
    return len(graded) == 3 and all("output_wan >=" in when for when in graded)


def _confirmed_first(policy: Policy) -> bool:
    """Enterprises confirm, and whoever did is published."""
    return policy.order == "confirm_first"


def _the_difference(policy: Policy) -> bool:
    """Whoever rises is paid the difference (级差)."""
    return policy.group is not None and policy.group.rule == "difference"


def _by_quarter(policy: Policy) -> bool:
    return policy.policy.period == "quarter"


OWN = {
    AWARD: (_one_amount, _of_the_first_recognition),
    GRADED: (_by_output,),
    POINTS: (_confirmed_first, _the_difference, _by_quarter),
}
RULES = [(name, rule) for name, rules in OWN.items() for rule in rules]


@pytest.mark.parametrize(("name", "rule"), RULES, ids=lambda given: getattr(given, "__name__", ""))
def test_a_rule_of_its_own_holds_for_one_policy_and_for_no_other(name, rule):
    assert [one for one in OWN if rule(edition(one).policy)] == [name]
