"""What people ask of a case where others are heard: opinions, hearing, third parties, recusal."""

from datetime import date
from typing import Literal

import msgspec

from permits.casework.heard import Attendance, Excepted, View
from permits.casework.parts import Seal


class AskOpinions(msgspec.Struct, frozen=True, tag="ask_opinions"):
    """The lead department asks departments, by their names in the definition; `what` says what to
    look at besides what the definition says."""

    asked: tuple[str, ...]
    what: Seal | None = None


class GiveOpinion(msgspec.Struct, frozen=True, tag="give_opinion"):
    """A department that was asked answers."""

    asked: str
    view: View
    opinion: Seal | None = None


class RevokeOpinion(msgspec.Struct, frozen=True, tag="revoke_opinion"):
    """A department takes its opinion back before the decision."""

    asked: str
    reason: Seal | None = None


class JoinOpinions(msgspec.Struct, frozen=True, tag="join_opinions"):
    """The lead department joins the opinions into one."""

    opinion: Seal | None = None


class OfferHearing(msgspec.Struct, frozen=True, tag="offer_hearing"):
    """Tell the applicant and interested parties that they may ask for a hearing."""


class AnnounceHearing(msgspec.Struct, frozen=True, tag="announce_hearing"):
    """Hold a hearing of the office's own accord."""

    reason: Seal | None = None


class AskForHearing(msgspec.Struct, frozen=True, tag="ask_for_hearing"):
    """The applicant asks for a hearing."""


class RecordHearingAsked(msgspec.Struct, frozen=True, tag="record_hearing_asked"):
    """An officer records that an interested party asked for a hearing."""

    party: str


class WaiveHearing(msgspec.Struct, frozen=True, tag="waive_hearing"):
    """The applicant wants no hearing, or no longer wants the one they asked for."""


class CallHearing(msgspec.Struct, frozen=True, tag="call_hearing"):
    """Set day, place and chair, and tell everybody."""

    day: date
    chair: str
    place: Seal | None = None
    excepted: Excepted = ""


class RecordHearing(msgspec.Struct, frozen=True, tag="record_hearing"):
    """The chair keeps the record of what was said, as `recorder`, an account, wrote it down, with
    who took part and who signed it."""

    on: date
    recorder: str
    attendance: tuple[Attendance, ...]
    record: Seal | None = None


class TellThirdParty(msgspec.Struct, frozen=True, tag="tell_third_party"):
    """Record who has a direct interest, and that they were told."""

    name: Seal | None = None
    contact: Seal | None = None
    interest: Seal | None = None


class HearThirdParty(msgspec.Struct, frozen=True, tag="hear_third_party"):
    """Record the statement of an interested party."""

    party: str
    statement: Seal | None = None


class AskRecusal(msgspec.Struct, frozen=True, tag="ask_recusal"):
    """The applicant asks that an officer not act in the case."""

    officer: str
    ground: Seal | None = None


class DeclareRecusal(msgspec.Struct, frozen=True, tag="declare_recusal"):
    """An officer declares that they should not act in the case."""

    ground: Seal | None = None


class DecideRecusal(msgspec.Struct, frozen=True, tag="decide_recusal"):
    """A leader decides whether an officer is recused."""

    officer: str
    recused: bool
    reason: Seal | None = None


class PassDate(msgspec.Struct, frozen=True, tag="pass_date"):
    """The timer's: a date of an opinion, a hearing or an interested party has come."""

    kind: Literal["reminder", "opinion", "hearing", "third_party"]
    name: str


Heard = (
    AskOpinions
    | GiveOpinion
    | RevokeOpinion
    | JoinOpinions
    | OfferHearing
    | AnnounceHearing
    | AskForHearing
    | RecordHearingAsked
    | WaiveHearing
    | CallHearing
    | RecordHearing
    | TellThirdParty
    | HearThirdParty
    | AskRecusal
    | DeclareRecusal
    | DecideRecusal
    | PassDate
)
