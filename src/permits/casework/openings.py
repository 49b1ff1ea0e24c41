"""What an actor can do about those who are heard in a case now: for pages and the API."""

from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from permits.casework import commands_heard as h
from permits.casework.access import may
from permits.casework.case import Case
from permits.casework.decide import hearings, joint_review, others
from permits.casework.decide.authorised import not_authorised
from permits.casework.decide.desk import Desk
from permits.casework.decide.hearing_record import not_to_record

HeardCommand = Literal[
    "ask_opinions", "give_opinion", "revoke_opinion", "join_opinions",
    "offer_hearing", "announce_hearing", "ask_for_hearing", "record_hearing_asked",
    "waive_hearing", "call_hearing", "record_hearing",
    "tell_third_party", "hear_third_party",
    "ask_recusal", "declare_recusal", "decide_recusal",
]  # fmt: skip


class Opening(msgspec.Struct, frozen=True):
    """Something that can be done now, and to which request, party or officer."""

    command: HeardCommand
    name: str = ""


def openings(case: Case, desk: Desk) -> tuple[Opening, ...]:
    """Everything the actor on the desk can do now."""
    return tuple(
        opening
        for find in (_opinions, _hearing, _third_parties, _recusals)
        for opening in find(case, desk)
        if may(desk.actor, asked_of(opening), case, desk.edition)
        and not_authorised(asked_of(opening), desk) is None
    )


_ASKED: dict[HeardCommand, Callable[[str], h.Heard]] = {
    "ask_opinions": lambda _name: h.AskOpinions(()),
    "give_opinion": lambda name: h.GiveOpinion(name, "agree"),
    "revoke_opinion": h.RevokeOpinion,
    "join_opinions": lambda _name: h.JoinOpinions(),
    "offer_hearing": lambda _name: h.OfferHearing(),
    "announce_hearing": lambda _name: h.AnnounceHearing(),
    "ask_for_hearing": lambda _name: h.AskForHearing(),
    "record_hearing_asked": h.RecordHearingAsked,
    "waive_hearing": lambda _name: h.WaiveHearing(),
    "call_hearing": lambda _name: h.CallHearing(hearings.LONG_AGO, ""),
    "record_hearing": lambda _name: h.RecordHearing(hearings.LONG_AGO, "", ()),
    "tell_third_party": lambda _name: h.TellThirdParty(),
    "hear_third_party": h.HearThirdParty,
    "ask_recusal": lambda _name: h.AskRecusal(""),
    "declare_recusal": lambda _name: h.DeclareRecusal(),
    "decide_recusal": lambda name: h.DecideRecusal(name, recused=True),
}


def asked_of(opening: Opening) -> h.Heard:
    """The command with nothing typed yet: enough to say for whom it is."""
    return _ASKED[opening.command](opening.name)


def _opinions(case: Case, desk: Desk) -> Iterator[Opening]:
    if joint_review.askable(case, desk):
        yield Opening("ask_opinions")
    chairs = hearings.presides(case, desk)
    for name in case.latest_requests:
        if (joint_review.not_to_answer(case, desk, name) or chairs) is None:
            yield Opening("give_opinion", name)
        if joint_review.not_revocable(case, desk, name) is None:
            yield Opening("revoke_opinion", name)
    if (joint_review.not_to_join(case, desk) or chairs) is None:
        yield Opening("join_opinions")


def _hearing(case: Case, desk: Desk) -> Iterator[Opening]:
    if hearings.not_to_begin(case, desk) is None:
        yield Opening("offer_hearing")
        yield Opening("announce_hearing")
    if hearings.not_to_ask(case, desk) is None:
        yield Opening("ask_for_hearing")
        for key in case.third_parties:
            yield Opening("record_hearing_asked", key)
    if hearings.not_to_waive(case, desk) is None:
        yield Opening("waive_hearing")
    if hearings.not_to_call(case, desk) is None:
        yield Opening("call_hearing")
    if not_to_record(case, desk) is None:
        yield Opening("record_hearing")


def _third_parties(case: Case, desk: Desk) -> Iterator[Opening]:
    if others.not_to_tell(case, desk) is None:
        yield Opening("tell_third_party")
    for key in case.third_parties:
        if others.not_to_hear(case, desk, key) is None:
            yield Opening("hear_third_party", key)


def _recusals(case: Case, desk: Desk) -> Iterator[Opening]:
    if others.ended(case, desk) is None:
        yield Opening("ask_recusal")
    if others.not_to_recuse(case, desk, desk.actor.id) is None:
        yield Opening("declare_recusal")
    for officer in case.recusals:
        if others.not_to_decide_recusal(case, desk, officer) is None:
            yield Opening("decide_recusal", officer)
