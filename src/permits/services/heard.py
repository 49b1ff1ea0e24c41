"""What people send where others are heard: opinions, a hearing, third parties, recusal. Sealed
here."""

from typing import Annotated

from pydantic import Field

from permits.casework import commands_heard as h
from permits.casework.heard import Attendance, Excepted, Sign, View
from permits.definitions.parts import Date
from permits.services.sealer import Sealer
from permits.services.shapes import FreeText, Request

Short = Annotated[str, Field(max_length=40)]


class AskOpinions(Request):
    """`asked` names departments as the definition does; `what` says what to look at besides."""

    asked: Annotated[tuple[Short, ...], Field(max_length=50)]
    what: FreeText = ""


class GiveOpinion(Request):
    asked: Short
    view: View
    opinion: FreeText = ""


class RevokeOpinion(Request):
    asked: Short
    reason: FreeText = ""


class JoinOpinions(Request):
    opinion: FreeText = ""


class OfferHearing(Request):
    """Nothing need be told."""


class AnnounceHearing(Request):
    reason: FreeText = ""


class AskForHearing(Request):
    """Nothing need be told."""


class RecordHearingAsked(Request):
    """`party` is the key of the interested party that asked."""

    party: Short


class WaiveHearing(Request):
    """Nothing need be told."""


class CallHearing(Request):
    """`chair` is the account of an officer of the department who did not examine the case."""

    day: Date
    place: FreeText = ""
    chair: Short = ""
    excepted: Excepted = ""


class AttendanceIn(Request):
    """Somebody who was to be heard, or took part besides. `name` is wanted of whoever came,
    `reason` of whoever would not sign."""

    who: Annotated[
        Short,
        Field(description="`office`, `applicant`, the key of an interested party, or `other`"),
    ]
    sign: Sign
    name: FreeText = ""
    reason: FreeText = ""


class RecordHearing(Request):
    """`recorder` is the account of an officer of the department. Whoever examines the case, the
    applicant and each interested party have a line in `attendance`."""

    on: Date
    recorder: Short = ""
    attendance: Annotated[tuple[AttendanceIn, ...], Field(max_length=60)] = ()
    record: FreeText = ""


class TellThirdParty(Request):
    """Who it is, how it is reached, and what its interest is; kept beside the log."""

    name: FreeText = ""
    contact: FreeText = ""
    interest: FreeText = ""


class HearThirdParty(Request):
    party: Short
    statement: FreeText = ""


class AskRecusal(Request):
    """`officer` is the account of an officer of the department."""

    officer: Short
    ground: FreeText = ""


class DeclareRecusal(Request):
    ground: FreeText = ""


class DecideRecusal(Request):
    officer: Short
    recused: bool
    reason: FreeText = ""


OnOpinions = AskOpinions | GiveOpinion | RevokeOpinion | JoinOpinions
OnHearing = (
    OfferHearing
    | AnnounceHearing
    | AskForHearing
    | RecordHearingAsked
    | WaiveHearing
    | CallHearing
    | RecordHearing
)
OnOthers = TellThirdParty | HearThirdParty | AskRecusal | DeclareRecusal | DecideRecusal
HeardRequest = OnOpinions | OnHearing | OnOthers


def sealed_heard(given: HeardRequest, sealer: Sealer) -> h.Heard:
    """A command about those who are heard, with its texts sealed."""
    match given:
        case AskOpinions():
            return h.AskOpinions(given.asked, sealer.text("what", given.what))
        case GiveOpinion():
            return h.GiveOpinion(given.asked, given.view, sealer.text("opinion", given.opinion))
        case RevokeOpinion():
            return h.RevokeOpinion(given.asked, sealer.text("reason", given.reason))
        case JoinOpinions():
            return h.JoinOpinions(sealer.text("opinion", given.opinion))
        case (
            TellThirdParty() | HearThirdParty() | AskRecusal() | DeclareRecusal() | DecideRecusal()
        ):
            return _others(given, sealer)
        case _:
            return _hearing(given, sealer)


def _hearing(given: OnHearing, sealer: Sealer) -> h.Heard:
    match given:
        case OfferHearing():
            return h.OfferHearing()
        case AnnounceHearing():
            return h.AnnounceHearing(sealer.text("reason", given.reason))
        case AskForHearing():
            return h.AskForHearing()
        case RecordHearingAsked():
            return h.RecordHearingAsked(given.party)
        case WaiveHearing():
            return h.WaiveHearing()
        case CallHearing():
            place = sealer.text("place", given.place)
            return h.CallHearing(given.day, given.chair, place, given.excepted)
        case RecordHearing():
            record = sealer.text("record", given.record)
            attendance = tuple(_attendance(one, sealer) for one in given.attendance)
            return h.RecordHearing(given.on, given.recorder, attendance, record)


def _attendance(given: AttendanceIn, sealer: Sealer) -> Attendance:
    return Attendance(
        who=given.who,
        sign=given.sign,
        name=sealer.text("hearing.name", given.name),
        reason=sealer.text("reason", given.reason),
    )


def _others(given: OnOthers, sealer: Sealer) -> h.Heard:
    match given:
        case TellThirdParty():
            return h.TellThirdParty(
                sealer.text("third_party.name", given.name),
                sealer.text("third_party.contact", given.contact),
                sealer.text("third_party.interest", given.interest),
            )
        case HearThirdParty():
            return h.HearThirdParty(given.party, sealer.text("statement", given.statement))
        case AskRecusal():
            return h.AskRecusal(given.officer, sealer.text("ground", given.ground))
        case DeclareRecusal():
            return h.DeclareRecusal(sealer.text("ground", given.ground))
        case DecideRecusal():
            reason = sealer.text("reason", given.reason)
            return h.DecideRecusal(given.officer, given.recused, reason)
