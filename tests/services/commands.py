"""Every command there is, in stories that come to each of them the ordinary way."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

import msgspec

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.counter import Purpose
from permits.casework.decide import Noted
from permits.casework.refusals import Refused
from permits.definitions import loader
from permits.definitions.findings import Marks
from permits.definitions.procedure import DeregistrationGround, RevocationGround, SpecialCause
from permits.services.sealer import Sealer
from permits.store.vault import SealedValue
from tests.casework import afterwards, joint, lots, test_fold, test_late_payments
from tests.casework.duties import add_fee, check, pay, report
from tests.casework.test_intake import MISSING, notice, supplement
from tests.kit import (
    FIVE,
    OTHER_PARTY,
    PARTY,
    SEAL,
    SEALED,
    Play,
    brought,
    content,
    filing,
    paper,
    plan_exempt,
)
from tests.workflows.kinds import granted, served


class Step(NamedTuple):
    """Who asks what on which day; `kind` names what is asked, `permit` the type that is filed."""

    kind: str
    on: str
    who: str
    command: c.Command
    permit: str = "plan_exempt"


@cache
def with_fee() -> loader.Resolved:
    """The permit type with a fee, so that there is something to pay."""
    data = content()
    add_fee(data)
    data["fees"]["charge"]["ends"][0]["debt"] = "cancelled"
    built, findings = loader.build(data, Marks())
    assert built is not None and not findings
    return built


def file(on: str, kind: str = "file", who: str = "applicant", **changes) -> Step:
    return Step(kind, on, who, filing(plan_exempt(), **changes))


def incomplete(on: str) -> Step:
    handed_in = tuple(paper(m) for m in FIVE if m not in MISSING)
    return file(on, "file_ordinary", track="ordinary", handed_in=handed_in)


def act(on: str, who: str, action: str, given: i.Input = i.Plain()) -> Step:  # noqa: B008 - frozen
    return Step(action, on, who, c.TakeAction(action, given))


def beside(on: str, who: str, command: c.Command) -> Step:
    return Step(type(command).__name__, on, who, command)


def recorded(story: Callable[[], Play], permit: str = "plan_exempt") -> tuple[Step, ...]:
    """The steps of a story that is told elsewhere: what came to something of what was asked."""
    steps = []

    def tell(play: Play, who: str, command: c.Command, on: str) -> Noted | Refused:
        outcome = play_on(play, who, command, on)
        if isinstance(outcome, Noted):
            steps.append(Step(_kind(command), on, who, command, permit))
        return outcome

    play_on, Play.tell = Play.tell, tell  # type: ignore[method-assign]
    try:
        story()
    finally:
        Play.tell = play_on  # type: ignore[method-assign]
    return tuple(steps)


def _kind(command: c.Command) -> str:
    return command.action if isinstance(command, c.TakeAction) else type(command).__name__


def recusal_is_asked() -> Play:
    """An applicant fears that an officer is partial; the head of the office finds nothing."""
    review = joint.Review().begun("2022-06-09")
    review.must("applicant", h.AskRecusal("examiner", SEAL), "2022-06-09")
    review.must("leader", h.DecideRecusal("examiner", recused=False, reason=SEAL), "2022-06-09")
    return review


def asked_for_at_the_counter() -> Play:
    """A neighbour comes and asks for the hearing that was offered."""
    review = joint.Review().begun("2022-06-09").asked("2022-06-09", "fire")
    review.must("examiner", h.TellThirdParty(SEAL, SEAL, SEAL), "2022-06-09")
    review.must("examiner", h.OfferHearing(), "2022-06-09")
    review.must("window", h.RecordHearingAsked("party_1"), "2022-06-10")
    return review


def renewed() -> Play:
    """An early start whose term is renewed, and ends."""
    play = served(granted("early_start", "2022-06-09"), "2022-06-09")
    play.must("timer", a.RemindOfTerm(), "2022-10-31")
    play.must("applicant", a.AskRenewal(SEAL), "2022-11-01")
    play.must("leader", a.DecideRenewal(granted=True), "2022-11-02")
    play.must("timer", a.PassTerm(), "2023-06-12")
    return play


def sealed(command: c.Command, case_id: str) -> tuple[c.Command, tuple[SealedValue, ...]]:
    """The command with a seal of its own in the place of those that tests use, and the value."""
    written = msgspec.json.encode(command)
    sealer = Sealer(case_id)
    for stands_for in (SEAL, SEALED["contact_name"]):
        if stands_for.encode() in written:
            seal = sealer.text("text", "因故") or ""
            written = written.replace(stands_for.encode(), seal.encode())
    return msgspec.json.decode(written, type=type(command)), tuple(sealer.values)


GRANTED = (
    file("2022-06-09"),
    act("2022-06-09", "window", "accept"),
    act("2022-06-09", "window", "grant_on_the_spot"),
)
PROPOSED = (
    file("2022-06-09", "file_ordinary", track="ordinary", handed_in=tuple(map(paper, FIVE))),
    act("2022-06-09", "window", "accept"),
    act("2022-06-10", "examiner", "examine", i.Opinion("grant", SEAL)),
)
FOUND = ("6" * 64, "7" * 64)
"""Seals of what two checks found, each named by its record and by whoever signs it."""


def signs(on: str, found: str) -> Step:
    """The other inspector signs the record of a check."""
    sign = c.SignCheck("check_after_completion", found, agrees=True)
    return beside(on, "another_inspector", sign)


TO_CORRECT = (incomplete("2022-06-09"), act("2022-06-10", "window", "issue_correction", notice()))

STORIES: dict[str, tuple[Step, ...]] = {
    "breached": (
        *GRANTED,
        act("2022-06-09", "window", "deliver", i.Service(date(2022, 6, 9), "online")),
        act("2022-06-09", "window", "publish"),
        beside("2022-07-21", "applicant", report()),
        beside("2022-08-20", "timer", c.FlagOverdue("check_after_completion")),
        beside("2022-08-22", "inspector", check("2022-08-22", passed=False, finding=FOUND[0])),
        signs("2022-08-22", FOUND[0]),
        beside("2022-08-30", "inspector", check("2022-08-30", finding=FOUND[1])),
        signs("2022-08-30", FOUND[1]),
        beside("2022-08-30", "window", pay(5, "2022-08-30")),
        beside("2022-08-31", "supervisor", c.UndoFeeEntry("charge", 2, SEAL)),
        beside("2022-12-12", "timer", c.FlagFeeOverdue("charge")),
        beside("2022-12-13", "window", pay(2_775_000, "2022-12-13")),
        act("2022-12-14", "window", "conclude"),
    ),
    "refused": (
        *TO_CORRECT,
        act("2022-06-15", "applicant", "supply_corrections", supplement()),
        act("2022-06-15", "window", "accept"),
        beside("2022-06-15", "supervisor", c.ReverseAction(SEAL)),
        act("2022-06-15", "window", "accept"),
        beside("2022-06-16", "leader", c.ExtendClock("promise", SEAL)),
        act(
            "2022-06-16",
            "examiner",
            "suspend",
            i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "5wd", notified=True, reason=SEAL),
        ),
        act("2022-06-20", "examiner", "resume"),
        act("2022-07-20", "examiner", "examine", i.Opinion("refuse", SEAL)),
        act("2022-07-20", "leader", "return_to_examiner", i.Reasoned(SEAL)),
        act("2022-07-21", "examiner", "examine", i.Opinion("refuse", SEAL)),
        act("2022-07-21", "leader", "refuse", i.Reasoned(SEAL)),
        beside("2022-07-21", "leader", c.ExplainLateness("promise", SEAL)),
        act("2022-07-22", "window", "deliver", i.Service(date(2022, 7, 21), "post")),
        beside("2022-07-22", "supervisor", c.RectifyDate("delivered", date(2022, 7, 22), SEAL)),
    ),
    "granted": (*PROPOSED, act("2022-06-13", "leader", "grant")),
    "revoked": (
        *GRANTED,
        beside("2022-06-10", "leader", c.NoticeRevocation(RevocationGround.ABUSE_OF_OFFICE, SEAL)),
        beside("2022-06-10", "applicant", c.StateCase(SEAL)),
        beside("2022-06-09", "window", pay(5, "2022-06-09")),
        act(
            "2022-06-10",
            "leader",
            "revoke",
            i.Revocation(RevocationGround.ABUSE_OF_OFFICE, SEAL),
        ),
        beside("2022-06-13", "window", c.RefundFee("charge", date(2022, 6, 13), 5, SEAL, SEAL)),
        act(
            "2022-06-13",
            "window",
            "deregister",
            i.Deregistration(DeregistrationGround.REVOKED),
        ),
    ),
    "withdrawn": (
        file("2022-06-09"),
        act("2022-06-09", "applicant", "withdraw_commitment"),
        act("2022-06-10", "applicant", "withdraw", i.Reasoned(SEAL)),
    ),
    "never corrected": (
        *TO_CORRECT,
        beside("2022-07-04", "timer", c.LapseClock("correction")),
        act("2022-07-05", "window", "refuse_acceptance", i.Reasoned(SEAL)),
    ),
    "silent": (
        incomplete("2022-06-09"),
        Step("accept_by_silence", "2022-06-17", "timer", c.LapseClock("completeness")),
    ),
    "not required": (
        file("2022-06-09"),
        act("2022-06-10", "window", "declare_not_required", i.Reasoned(SEAL)),
    ),
    "elsewhere": (
        file(
            "2022-06-09",
            "file_at_counter",
            "window",
            channel="counter",
            brought=brought("2022-06-08"),
        ),
        act("2022-06-10", "window", "declare_not_competent", i.Reasoned(SEAL)),
    ),
    "on paper": (
        *TO_CORRECT,
        beside(
            "2022-06-15",
            "window",
            c.ActForApplicant(
                c.TakeAction("supply_corrections", supplement()), brought("2022-06-14")
            ),
        ),
        beside("2022-06-15", "window", c.RecordVisit(date(2022, 6, 13), Purpose.ENQUIRY)),
        beside("2022-06-15", "supervisor", c.TakeBackVisit(1, SEAL)),
        beside(
            "2022-06-16",
            "window",
            c.ServeDocument("演示规补字〔2022〕1号", date(2022, 6, 13), "post", (), SEAL),
        ),
    ),
    "next year": (
        file("2026-12-21", "file_ordinary", track="ordinary", handed_in=tuple(map(paper, FIVE))),
        act("2026-12-21", "window", "accept"),
        beside("2026-12-22", "timer", c.Recompute()),
    ),
    "taken over": (
        file("2022-06-09", "file_of_another", "stranger", party=OTHER_PARTY),
        beside("2022-06-10", "timer", c.TakeOver(PARTY)),
    ),
    "dropped": recorded(test_fold.revoked_before_it_was_served),
    "supplied": recorded(test_fold.supplied_in_time),
    "not supplied": recorded(test_fold.supplied_too_late),
    "given back": recorded(test_fold.reported_by_mistake_and_withdrawn),
    "heard": recorded(joint.heard_and_refused, "joint_review"),
    "heard before it ended": recorded(joint.heard_and_withdrawn, "joint_review"),
    "partial": recorded(recusal_is_asked, "joint_review"),
    "lots": recorded(lots.another_is_drawn, "drawing_review"),
    "neighbours": recorded(asked_for_at_the_counter, "joint_review"),
    "void": recorded(afterwards.void_and_deregistered, "staged_construction"),
    "restored": recorded(afterwards.restored_and_annulled, "staged_construction"),
    "renewed": recorded(renewed, "early_start"),
    "paid_late": recorded(test_late_payments.ordered, "infrastructure_charge"),
}

AFTER_A_NEW_YEAR = frozenset({"Recompute"})
"""Commands that come to something once the year 2027 is published."""

AFTER_A_MERGER = frozenset({"TakeOver"})
"""Commands that come to something once the other party was merged into the one."""


def first_of_each() -> dict[str, tuple[str, int]]:
    """Where each kind of command is asked for the first time: the story, and the place in it."""
    found: dict[str, tuple[str, int]] = {}
    for name, steps in STORIES.items():
        for place, step in enumerate(steps):
            found.setdefault(step.kind, (name, place))
    return found
