"""What people send about the voices of a case, and the command that comes of it: whatever is
personal or free text is sealed on the way."""

from datetime import date
from typing import Annotated, NamedTuple

from pydantic import Field

from permits.casework.access import Actor
from permits.casework.refusals import Refused
from permits.casework.voices import commands as c
from permits.casework.voices.events import Indicator, Matter, Outcome, stream_of
from permits.services.sealer import Sealer
from permits.services.shapes import FreeText, Request, ShortText
from permits.services.voices import Asked, Done, VoicesOfCases, receipt_code

MOST_NAME, MOST_CONTACT, MOST_INTEREST, MOST_WORDS = 60, 100, 500, 1000
"""Characters in which somebody says who they are, how they are reached, what concerns them, and
what they think of the service."""

Level = Annotated[int, Field(ge=1, le=5, description="1 to 5, the best is 5")]
Some = Field(min_length=1)


class OpenCaseNotice(Request):
    """The public is told that the case is about to be decided."""


class CaseObjection(Request):
    """Somebody objects; who they are and what they say is kept beside the log."""

    objector: Annotated[ShortText, Field(min_length=1, max_length=MOST_NAME)]
    contact: Annotated[
        ShortText,
        Field(
            min_length=1, description="telephone or e-mail; with an @ the answer is told by mail"
        ),
    ]
    interest: Annotated[
        FreeText, Field(min_length=1, max_length=MOST_INTEREST, description="why it concerns them")
    ]
    text: Annotated[FreeText, Some]


class AnswerToObjection(Request):
    """What came of an objection, with reasons, which are published."""

    outcome: Outcome
    reason: Annotated[FreeText, Some]


class Rating(Request):
    """What an applicant thinks of the service; `publish` lets the words be told with the reply."""

    level: Level
    indicators: dict[Indicator, Level] = Field(default_factory=dict)
    words: Annotated[FreeText, Field(max_length=MOST_WORDS)] = ""
    publish: bool = False


class RaterContacted(Request):
    """The rater was reached, or tried to be."""

    on: date
    words: Annotated[FreeText, Some]


class RatingFinding(Request):
    """What was found: whether it is as the rater says."""

    substantiated: bool
    words: Annotated[FreeText, Some]


class RatingMeasures(Request):
    """What was done about it."""

    words: Annotated[FreeText, Some]


class RatingReply(Request):
    """What the rater is told of it."""

    words: Annotated[FreeText, Some]


FollowedUp = RaterContacted | RatingFinding | RatingMeasures | RatingReply


def _step(given: FollowedUp, matter: Matter, sealer: Sealer) -> c.FollowUp:
    """The command of a step about a bad rating."""
    words = sealer.text("follow_up", given.words)
    match given:
        case RaterContacted(on=on):
            return c.NoteContact(matter, on, words)
        case RatingFinding(substantiated=was):
            return c.ExamineRating(matter, was, words)
        case RatingMeasures():
            return c.PutRatingRight(matter, words)
        case RatingReply():
            return c.ReplyToRater(matter, words)


def _rating(given: Rating, matter: Matter, sealer: Sealer) -> c.RateService:
    """The command of a rating."""
    return c.RateService(
        matter=matter,
        level=given.level,
        indicators=dict(given.indicators),
        words=sealer.text("rating.words", given.words),
        publish=given.publish,
    )


def _objection(given: CaseObjection, sealer: Sealer) -> c.ObjectToCase:
    """The command of an objection, with a new code by which the answer is read."""
    return c.ObjectToCase(
        objector=sealer.text("objector", given.objector),
        contact=sealer.text("objection.contact", given.contact),
        interest=sealer.text("objection.interest", given.interest),
        text=sealer.text("objection", given.text),
        receipt=sealer.text("objection.receipt", receipt_code()) or "",
        email="@" in given.contact,
    )


VoiceRequest = OpenCaseNotice | CaseObjection | AnswerToObjection | Rating | FollowedUp


class By(NamedTuple):
    """Who says something about a case, nobody known or an account, and the key under which a
    repeat is answered alike."""

    actor: Actor | None
    key: str


class About(NamedTuple):
    """What of a case it is about: the matter that is rated, or the number of an objection."""

    matter: Matter = "result"
    number: int = 0


WHOLE = About()


def say(
    voices: VoicesOfCases, case_id: str, given: VoiceRequest, by: By, about: About = WHOLE
) -> Done | Refused:
    """Do what was sent about a case, once for each key; or why not."""
    sealer = Sealer(stream_of(case_id))
    typed = {**given.model_dump(mode="json"), **about._asdict()}
    command = _command(given, about, sealer)
    return voices.handle(case_id, Asked(command, by.actor, by.key, typed), sealer)


def _command(given: VoiceRequest, about: About, sealer: Sealer) -> c.Command:
    match given:
        case OpenCaseNotice():
            return c.OpenNotice()
        case CaseObjection():
            return _objection(given, sealer)
        case AnswerToObjection():
            reason = sealer.text("reason", given.reason)
            return c.AnswerObjection(about.number, given.outcome, reason)
        case Rating():
            return _rating(given, about.matter, sealer)
        case _:
            return _step(given, about.matter, sealer)
