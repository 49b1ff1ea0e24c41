"""Carries out what is asked about those who are heard."""

from collections.abc import Callable, Mapping
from typing import Any

from permits.casework import commands_heard as h
from permits.casework.decide import heard, hearing_record, hearings, joint_review, others
from permits.casework.decide.minutes import Minutes
from permits.casework.refusals import Refused


def carry_out(minutes: Minutes, command: h.Heard) -> Refused | None:
    """Carry out a command about those who are heard."""
    return _CARRIED_OUT[type(command)](minutes, command)


def _give(minutes: Minutes, command: h.GiveOpinion) -> Refused | None:
    chairs = hearings.presides(minutes.case, minutes.desk)
    return chairs or joint_review.give(minutes, command)


def _join(minutes: Minutes, command: h.JoinOpinions) -> Refused | None:
    chairs = hearings.presides(minutes.case, minutes.desk)
    return chairs or joint_review.join(minutes, command)


_CARRIED_OUT: Mapping[type[h.Heard], Callable[[Minutes, Any], Refused | None]] = {
    h.AskOpinions: joint_review.ask,
    h.GiveOpinion: _give,
    h.RevokeOpinion: joint_review.revoke,
    h.JoinOpinions: _join,
    h.OfferHearing: lambda minutes, _command: hearings.offer(minutes),
    h.AnnounceHearing: hearings.announce,
    h.AskForHearing: lambda minutes, _command: hearings.ask(minutes, hearings.BY_APPLICANT),
    h.RecordHearingAsked: lambda minutes, command: hearings.ask(minutes, command.party),
    h.WaiveHearing: lambda minutes, _command: hearings.waive(minutes),
    h.CallHearing: hearings.call,
    h.RecordHearing: hearing_record.record,
    h.TellThirdParty: others.tell,
    h.HearThirdParty: others.hear,
    h.AskRecusal: others.ask_recusal,
    h.DeclareRecusal: others.ask_recusal,
    h.DecideRecusal: others.decide_recusal,
    h.PassDate: heard.pass_date,
}
"""A test asks that no command is forgotten."""
