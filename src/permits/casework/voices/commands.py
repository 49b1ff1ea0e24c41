"""What people ask about the voices of a case. Personal values and free texts come sealed."""

from datetime import date

import msgspec

from permits.casework.parts import Seal
from permits.casework.voices.events import Awaited, Indicator, Matter, Outcome


class OpenNotice(msgspec.Struct, frozen=True, tag="open_notice"):
    """Tell the public that a case is about to be decided."""


class ObjectToCase(msgspec.Struct, frozen=True, tag="object_to_case"):
    """Object to a case under notice or to a published decision; anybody may."""

    objector: Seal | None
    contact: Seal | None
    interest: Seal | None
    text: Seal | None
    receipt: Seal
    email: bool = False


class AnswerObjection(msgspec.Struct, frozen=True, tag="answer_objection"):
    number: int
    outcome: Outcome
    reason: Seal | None


class RateService(msgspec.Struct, frozen=True, tag="rate_service"):
    matter: Matter
    level: int
    indicators: dict[Indicator, int] = {}
    words: Seal | None = None
    publish: bool = False


class NoteContact(msgspec.Struct, frozen=True, tag="note_contact"):
    matter: Matter
    on: date
    words: Seal | None


class ExamineRating(msgspec.Struct, frozen=True, tag="examine_rating"):
    matter: Matter
    substantiated: bool
    finding: Seal | None


class PutRatingRight(msgspec.Struct, frozen=True, tag="put_rating_right"):
    matter: Matter
    measures: Seal | None


class ReplyToRater(msgspec.Struct, frozen=True, tag="reply_to_rater"):
    matter: Matter
    reply: Seal | None


class InviteRating(msgspec.Struct, frozen=True, tag="invite_rating"):
    """Ask an applicant who has not rated for a while to do so; time does."""

    matter: Matter


class TellOverdue(msgspec.Struct, frozen=True, tag="tell_overdue"):
    """Tell that an answer is overdue; time does. `name` is the number of an objection, or the
    matter of a rating."""

    kind: Awaited
    name: str


FollowUp = NoteContact | ExamineRating | PutRatingRight | ReplyToRater
ByTime = InviteRating | TellOverdue
Command = OpenNotice | ObjectToCase | AnswerObjection | RateService | FollowUp | ByTime
