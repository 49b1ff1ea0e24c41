"""What tests of entitlements share: enterprises, a desk, and logs as the store would keep them."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from permits.casework.access import Actor
from permits.casework.entitlement import batches, claim_fold, claims, rounds
from permits.casework.entitlement import commands as c
from permits.casework.entitlement.applications import statement_digest
from permits.casework.entitlement.batches import batch_of
from permits.casework.entitlement.claims import Holding
from permits.casework.entitlement.decide import decide
from permits.casework.entitlement.desk import Desk, Edition, Noted
from permits.casework.entitlement.matching import Inputs, match_all
from permits.casework.entitlement.register import Entry, digest_of
from permits.casework.entitlement.rounds import Round
from permits.casework.envelope import Envelope, Event
from permits.casework.identifiers import credit_check_digit
from permits.casework.refusals import Reason, Refused
from permits.definitions.policies.editions import PolicyEdition
from permits.definitions.policies.periods import parse
from permits.definitions.procedure import Role
from tests.definitions.policies import AWARD, edition
from tests.kit import SEAL, beijing, calendar

ROOM = ("enterprise_service", "entitlements")
REGISTER = Edition("2022-05-31-abc", date(2022, 5, 31))


@cache
def code(number: int) -> str:
    first = f"9241017200{number:07d}"
    return first + credit_check_digit(first)


FIRM, OTHER, THIRD = code(1), code(2), code(3)

VALUES = {
    "in_zone": True, "industry": "manufacturing", "hightech_year": 2022, "hightech_times": 1,
    "above_scale_year": 0, "output_wan": 900, "points": 85, "credit": "good",
}  # fmt: skip


def entry(number: int, **values: Any) -> Entry:
    """An enterprise that was recognised for the first time in 2022, but for what is changed."""
    return Entry(code(number), f"示例企业{number}号", {**VALUES, **values})


def officer(name: str, *roles: Role, room: tuple[str, str] = ROOM) -> Actor:
    return Actor(name, frozenset(roles), office=room[0], department=room[1])


def enterprise(number: int) -> Actor:
    return Actor(f"firm{number}", frozenset({Role.APPLICANT}), party=code(number))


WINDOW = officer("window", Role.WINDOW)
EXAMINER = officer("examiner", Role.EXAMINER)
LEADER = officer("leader", Role.LEADER)
BOTH = officer("both", Role.EXAMINER, Role.LEADER)
ELSEWHERE = officer("elsewhere", *Role, room=("another", "room"))


class Played:
    """Entitlements as they go, each step decided and folded as the service does it."""

    def __init__(self, *entries: Entry, policy: PolicyEdition | None = None) -> None:
        self.edition = policy or edition(AWARD)
        self.entries = {one.code: one for one in entries or (entry(1), entry(2))}
        self.period = "2022" if self.edition.policy.policy.period == "year" else "2022Q2"
        self.rounds: dict[str, Round] = {}
        self.holdings: dict[str, Holding] = {}
        self.logs: dict[str, list[tuple[Envelope, Event]]] = {}
        self.batches = 0

    def desk(self, actor: Actor, day: str, command: c.Command, **changed: Any) -> Desk:
        desk = Desk(
            self.edition,
            actor,
            beijing(day),
            calendar(),
            round=self.rounds.get(getattr(command, "round", "")),
            holdings=self.holdings,
            register=REGISTER,
            round_id=f"{self.edition.id}-{self.period}-{len(self.rounds) + 1}",
            batch_number=f"2022-{self.batches + 1:03d}",
        )
        if isinstance(command, c.RunMatch):
            period = parse(command.period)
            inputs = Inputs(self.edition, period) if period else None
            found = digest_of(self.entries.values())
            made = match_all(self.entries.values(), inputs, found) if inputs else None
            desk = replace(desk, matching=made, open_round=self.running)
        if isinstance(command, c.EnterObjection):
            desk = replace(desk, entry=self.entries.get(command.code))
        if isinstance(command, c.DecideListObjection) and desk.round:
            codes = [o.code for o in desk.round.objections if o.number == command.objection]
            desk = replace(desk, entry=self.entries.get(codes[0]) if codes else None)
        if isinstance(command, c.Apply):
            desk = replace(desk, entry=self.entries.get(actor.party))
        if isinstance(command, c.RecordPayments):
            log = self.logs.get(batches.stream_of(command.batch), [])
            desk = replace(desk, batch=batch_of(command.batch, log))
        return replace(desk, **changed)

    def ask(self, actor: Actor, day: str, command: c.Command, **changed: Any) -> Noted | Refused:
        """What comes of a command; what it brings about is written."""
        desk = self.desk(actor, day, command, **changed)
        noted = decide(command, desk)
        if isinstance(noted, Noted):
            for fact in noted.facts:
                self._write(fact.stream, fact.event, desk, noted.role)
        return noted

    def must(self, actor: Actor, day: str, command: c.Command, **changed: Any) -> list[str]:
        """The events it brings about; a refusal is a fault of the test."""
        noted = self.ask(actor, day, command, **changed)
        assert isinstance(noted, Noted), noted
        return [type(fact.event).__name__ for fact in noted.facts]

    def refused(self, actor: Actor, day: str, command: c.Command, **changed: Any) -> Reason:
        answer = self.ask(actor, day, command, **changed)
        assert isinstance(answer, Refused), answer
        return answer.reason

    def _write(self, stream: str, event: Event, desk: Desk, role: Role) -> None:
        log = self.logs.setdefault(stream, [])
        at = Envelope(
            id=f"{stream}/{len(log)}",
            stream=stream,
            seq=len(log) + 1,
            type=type(event).__name__,
            schema=1,
            definition=desk.edition.digest,
            recorded_at=desk.now,
            effective_at=desk.today,
            actor=desk.actor.id,
            role=role,
            office=desk.actor.office,
            department=desk.actor.department,
            command="",
            in_place_of=desk.actor.place_of(role),
        )
        log.append((at, event))
        kind, _, name = stream.partition("/")
        if kind == "round":
            self.rounds[name] = rounds.fold_round(self.rounds.get(name, Round(name)), event, at)
        elif kind == "entitled":
            held = self.holdings.get(name, Holding(name))
            self.holdings[name] = claim_fold.fold_all(held, [(at, event)])
        else:
            self.batches += 1

    def claim(self, number: int = 1) -> claims.Claim:
        found = self.holdings[code(number)].claim(self.edition.id, self.period)
        assert found is not None
        return found

    # ── the usual way ─────────────────────────────────────────────────────────────────────────

    @property
    def round(self) -> Round | None:
        """The list that was begun last."""
        return next(reversed(self.rounds.values()), None)

    @property
    def running(self) -> str:
        """The run that is not over, if there is one."""
        over = ("settled", "dropped")
        runs = (one for one in self.rounds.values() if one.route == "matched")
        return next((one.id for one in runs if one.stage not in over), "")

    @property
    def name(self) -> str:
        return self.round.id if self.round else f"{self.edition.id}-{self.period}-1"

    def run(self, day: str = "2022-06-09", actor: Actor = EXAMINER) -> "Played":
        self.must(actor, day, c.RunMatch(self.edition.id, self.period))
        return self

    def published(self, day: str = "2022-06-10") -> "Played":
        self.run()
        self.must(LEADER, day, c.PublishList(self.name))
        return self

    def settled(self, day: str = "2022-06-20") -> "Played":
        self.published()
        self.must(LEADER, day, c.SettleList(self.name))
        return self

    def confirm(self, number: int = 1) -> c.ConfirmOffer:
        signed = statement_digest(self.edition.policy)
        return c.ConfirmOffer(self.edition.id, self.period, SEAL, signed)

    def confirmed(self, day: str = "2022-06-21") -> "Played":
        self.settled()
        self.must(enterprise(1), day, self.confirm())
        return self

    def ordered(self, day: str = "2022-06-22") -> "Played":
        self.confirmed()
        self.must(LEADER, day, c.OrderPayments(self.edition.id))
        return self

    @property
    def line(self) -> str:
        return f"{FIRM}/{self.period}"

    def paid(self, day: str = "2022-06-24") -> "Played":
        self.ordered()
        on = date.fromisoformat(day)
        self.must(WINDOW, day, c.RecordPayments("2022-001", on, (self.line,), {}))
        return self

    def apply(self, **changed: Any) -> c.Apply:
        signed = statement_digest(self.edition.policy)
        given = {"grounds": SEAL, "handed_in": (), "account": SEAL, "statement": signed}
        return c.Apply(self.edition.id, self.period, **{**given, **changed})
