"""Entitlements lived through at random: lists, objections, offers, applications, payments and
recoveries, by whoever may and whoever may not; what must hold is worked out from the logs."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from permits.casework.entitlement import application_lists, claim_fold, claims, rounds
from permits.casework.entitlement import claim_events as e
from permits.casework.entitlement import commands as c
from permits.casework.entitlement.desk import Noted
from permits.casework.refusals import Refused
from tests.casework.entitled import (
    BOTH,
    ELSEWHERE,
    EXAMINER,
    LEADER,
    WINDOW,
    Played,
    code,
    enterprise,
    entry,
)
from tests.kit import SEAL
from tests.trial.running import kinds

LIVES, STEPS = 120, 80
FIRMS = (1, 2, 3, 3)
OFFICERS = (WINDOW, EXAMINER, LEADER, LEADER, BOTH, BOTH, ELSEWHERE)


class Life:
    """One policy, three enterprises, and the department that pays."""

    def __init__(self, seed: int, tried: Counter[str]) -> None:
        self.chance = random.Random(seed)
        self.play = Played(*map(entry, (1, 2)), entry(3, credit="bad"))
        self.day = date(2022, 6, 9)
        self.tried = tried

    def draw(self, these):
        return these[self.chance.randrange(len(these))]

    def step(self) -> None:
        self.day += timedelta(days=self.draw((0, 0, 0, 1, 6)))
        actor, command = self.draw([*self.ways()])
        self.tried["steps"] += 1
        before = {stream: len(log) for stream, log in self.play.logs.items()}
        outcome = self.play.ask(actor, str(self.day), command)
        name = type(command).__name__
        if isinstance(outcome, Refused):
            self.tried[f"refused {name}"] += 1
            self.tried[f"because {outcome.reason}"] += 1
            return
        assert isinstance(outcome, Noted)
        self.tried[f"carried out {name}"] += 1
        for fact in outcome.facts:
            self.tried[f"event {type(fact.event).__name__}"] += 1
        keep(self.play, before)

    def ways(self):
        """Everything that can be asked; what fits where things stand the more often."""
        play, draw = self.play, self.draw
        policy, period = play.edition.id, play.period
        name = draw((play.name, play.name, *play.rounds))
        seal, officer = draw((SEAL,) * 7 + (None,)), draw(OFFICERS)
        number = draw(FIRMS)
        firm, party = enterprise(number), code(number)
        grade, recommends = (
            draw((*(*play.edition.policy.grades,) * 3, "tea")),
            draw(("grant", "refuse")),
        )
        upheld = draw((True, False))
        yield draw((EXAMINER, EXAMINER, BOTH)), c.RunMatch(policy, draw((period, period, "1999")))
        publish = c.PublishApplications(policy, period)
        yield from ((draw((LEADER, officer)), publish),) * 3
        if play.round is not None:
            kind, objection = draw(("remove", "add")), draw((1, 2))
            yield from (
                (officer, c.PublishList(name)), (officer, c.SettleList(name)),
                (LEADER, c.PublishList(name)), (LEADER, c.SettleList(name)),
                (officer, c.MakeOffers(name)), (officer, c.CloseOffers(name, seal)),
                (officer, c.EnterObjection(name, kind, party, seal, draw((SEAL, None)))),
                (officer, c.DecideListObjection(name, objection, upheld, seal, grade)),
            )  # fmt: skip
            if draw((False,) * 7 + (True,)):
                yield officer, c.DropMatch(name, seal)
        yield from ((firm, self.play.confirm()),) * 3
        yield from ((firm, play.apply(account=seal)),) * 2
        yield (
            firm,
            draw((c.DeclineOffer(policy, period, seal), c.CorrectAccount(policy, period, seal))),
        )
        yield (
            draw((EXAMINER, BOTH)),
            c.ExamineApplication(party, policy, period, recommends, grade, seal),
        )
        yield (
            draw((LEADER, BOTH)),
            c.DecideApplication(party, policy, period, draw((True, True, False)), seal),
        )
        yield from ((draw((LEADER, officer)), c.OrderPayments(policy)),) * 2
        yield from ((WINDOW, self._treasury(party)),) * 2
        fen = draw((1, 10_000, 10**9))
        yield officer, c.OrderRecovery(party, policy, period, "overpaid", fen, seal)
        yield officer, c.RecordRecovery(party, policy, period, self.day, fen)

    def _treasury(self, party: str) -> c.RecordPayments:
        line = f"{party}/{self.play.period}"
        batch = f"2022-{self.draw((1, max(1, self.play.batches))):03d}"
        back = self.draw((False, False, True))
        paid, returned = ((), {line: "account"}) if back else ((line,), {})
        return c.RecordPayments(batch, self.day, paid, returned)


def keep(play: Played, before: dict[str, int]) -> None:
    """What holds after every step, of what it added to the logs."""
    for stream, log in play.logs.items():
        for place in range(before.get(stream, 0), len(log)):
            at, event = log[place]
            if isinstance(event, e.PaymentOrdered):
                _ordered(play, log[:place], at, event)
            elif isinstance(event, e.EntitlementGranted | e.EntitlementRefused):
                assert _last(log[:place], e.EntitlementExamined)[0].actor != at.actor, (
                    "one examined and decided"
                )
            elif isinstance(event, rounds.ListPublished | rounds.ListObjectionDecided):
                _by_another(play, log[:place], at, event)
            elif isinstance(event, rounds.ListSettled):
                published = _last(log[:place], rounds.ListPublished)[1]
                assert published.ends_on < at.effective_at, "settled while one may object"
    for holding in play.holdings.values():
        for claim in holding.claims.values():
            assert 0 <= claim.amount_fen <= claim.full_fen, "more than the policy grants"
            assert claim.recovered_fen <= claim.recovery_fen <= claim.amount_fen, "too much"


def _by_another(play: Played, earlier, at, event) -> None:
    """Whoever publishes a list or decides an objection did not prepare who is on it."""
    made = _last(earlier, rounds.MatchRun | rounds.ApplicationsListed)
    if isinstance(made[1], rounds.MatchRun):
        assert made[0].actor != at.actor, "one ran the match and decides on its list"
        return
    about = [one.code for one in made[1].candidates]
    if isinstance(event, rounds.ListObjectionDecided):
        entered = [e for _a, e in earlier if isinstance(e, rounds.ListObjectionEntered)]
        about = [one.code for one in entered if one.objection == event.objection]
    for party in about:
        told = play.logs.get(claims.stream_of(party), [])
        examined = [a.actor for a, x in told if isinstance(x, e.EntitlementExamined)]
        assert at.actor not in examined[-1:], "one examined and decides on the list"


def _last(log, kind):
    return next(entry_ for entry_ in reversed(log) if isinstance(entry_[1], kind))


def _ordered(play, earlier, at, event) -> None:
    """Nothing is paid twice, without consent, before the list stands, or by who prepared it."""
    since = [x for x in earlier if x[1].policy == event.policy and x[1].period == event.period]
    orders = [x for x in since if isinstance(x[1], e.PaymentOrdered)]
    if orders:
        assert isinstance(since[-1][1], e.AccountCorrected), "ordered to be paid a second time"
        assert event.amount_fen == orders[0][1].amount_fen, "another amount the second time"
    begun = next(
        x for x in reversed(since) if isinstance(x[1], e.EntitlementOffered | e.EntitlementApplied)
    )
    matched = isinstance(begun[1], e.EntitlementOffered)
    if matched:
        assert any(isinstance(x, e.EntitlementConfirmed) for _a, x in since), "nobody agreed"
        _stands(play, begun[1].round, event)
        party = at.stream.removeprefix(claims.stream_of(""))
        prepared = _prepared(play, begun[1].round, party)
    else:
        listed = [x.round for _a, x in since if isinstance(x, e.EntitlementListed)]
        assert listed, "paid on an application without having been published"
        _stands(play, listed[-1], event)
        prepared = _last(since, e.EntitlementExamined)[0].actor
    assert prepared != at.actor, "one prepared and orders to pay"


def _prepared(play: Played, name: str, party: str) -> str:
    """Whoever ran the match, or added to its list whom it had not found."""
    log, preparing, about = play.logs[rounds.stream_of(name)], "", {}
    for at, x in log:
        if isinstance(x, rounds.ListObjectionEntered):
            about[x.objection] = x.code
        ran = isinstance(x, rounds.MatchRun)
        added = isinstance(x, rounds.ListObjectionDecided) and x.added is not None
        if ran or (added and about[x.objection] == party):
            preparing = at.actor
    return preparing


def _stands(play: Played, name: str, event) -> None:
    """The list was open to objections, is settled, and none took the enterprise off it."""
    log = [x for _a, x in play.logs[rounds.stream_of(name)]]
    assert any(isinstance(x, rounds.ListPublished) for x in log), "the list was not published"
    assert any(isinstance(x, rounds.ListSettled) for x in log), "the list does not stand"


def live(lives: int = LIVES) -> Counter[str]:
    tried: Counter[str] = Counter()
    for seed in range(lives):
        life = Life(seed, tried)
        for _step in range(STEPS):
            life.step()
        for party, holding in life.play.holdings.items():
            log = life.play.logs[claims.stream_of(party)]
            assert claim_fold.fold_all(claims.Holding(party), log) == holding, f"life {seed}"
    return tried


def test_whatever_is_tried_nothing_is_paid_twice_unheard_or_by_one_alone(record_property):
    tried = live()
    done = sum(n for name, n in tried.items() if name.startswith("carried out"))
    record_property(
        "tried",
        f"entitlements: {tried['steps']:,} steps, {done:,} commands carried out"
        f" ({kinds(tried, 'carried out ')} kinds), refused for {kinds(tried, 'because ')} reasons,"
        f" {kinds(tried, 'event ')} kinds of events",
    )
    assert kinds(tried, "carried out ") >= 15
    assert tried["carried out PublishApplications"]


def test_a_payment_that_is_ordered_twice_is_found(monkeypatch):
    standings = ("confirmed", "corrected", "paid")
    payable = property(lambda claim: claim.cleared and claim.standing in standings)
    monkeypatch.setattr(claims.Claim, "payable", payable)
    with pytest.raises(AssertionError, match="a second time"):
        live()


def test_one_who_prepares_and_pays_is_found(monkeypatch):
    ran = rounds.FOLDS[rounds.MatchRun]
    monkeypatch.setitem(
        rounds.FOLDS, rounds.MatchRun, lambda *told: replace(ran(*told), run_by="another")
    )
    with pytest.raises(AssertionError, match=r"one ran the match|one prepared"):
        live()


def test_an_application_that_one_examines_and_decides_is_found(monkeypatch):
    examined = claim_fold.FOLDS[e.EntitlementExamined]
    monkeypatch.setitem(
        claim_fold.FOLDS,
        e.EntitlementExamined,
        lambda *told: replace(examined(*told), prepared_by="another"),
    )
    with pytest.raises(AssertionError, match="one examined and decided"):
        live()


def test_an_application_that_is_paid_before_its_list_stands_is_found(monkeypatch):
    granted = claim_fold.FOLDS[e.EntitlementGranted]
    monkeypatch.setitem(
        claim_fold.FOLDS,
        e.EntitlementGranted,
        lambda *told: replace(granted(*told), cleared=True),
    )
    with pytest.raises(AssertionError, match=r"without having been published|does not stand"):
        live()


def test_an_examiner_who_publishes_what_they_examined_is_found(monkeypatch):
    asked = application_lists.waiting
    monkeypatch.setattr(
        application_lists,
        "waiting",
        lambda *told: tuple(replace(one, prepared_by="another") for one in asked(*told)),
    )
    with pytest.raises(AssertionError, match="one examined and decides on the list"):
        live()
