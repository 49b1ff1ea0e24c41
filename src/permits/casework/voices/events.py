"""The voices family: a notice, objections of anybody, and what applicants think of the service."""

from datetime import date
from typing import Literal

from permits.casework.envelope import Event
from permits.casework.parts import Seal

Outcome = Literal["upheld", "partly", "dismissed"]
"""What comes of an objection."""

About = Literal["notice", "decision"]
"""What somebody objects to: that a decision is coming, or one that was published."""

Matter = Literal["result", "amendment", "renewal"]
"""What of a case is rated, each once."""

Awaited = Literal["objection", "rating"]
"""What the office has to answer by a day."""

Indicator = Literal["efficiency", "guide", "convenience", "platform"]
"""What a rating may speak of beside the whole (好差评): how quickly it went, whether the guide was
right, how easy it was, how the site works."""


def stream_of(case: str) -> str:
    """The stream of the voices about a case, which is named as the log does, `case/…`."""
    return f"voices/{case.removeprefix('case/')}"


class NoticeOpened(Event, frozen=True):
    """The public is told that a case is about to be decided, and may object until a day."""

    length: str
    first: date
    until: date
    provisional: bool


class CaseObjected(Event, frozen=True):
    """Somebody objects. Who they are and what they say is sealed; `receipt` seals the code by
    which they see the answer; `due` is until when the office answers."""

    number: int
    about: About
    objector: Seal
    contact: Seal
    interest: Seal
    text: Seal
    receipt: Seal
    due: date
    provisional: bool
    email: bool = False


class ObjectionAnswered(Event, frozen=True):
    """The office answers an objection, with its reasons."""

    number: int
    outcome: Outcome
    reason: Seal


class ServiceRated(Event, frozen=True):
    """An applicant rates the service: five levels, the best is 5. `words` may be published if the
    rater agrees. A rating of 2 or 1 is followed up until `due`."""

    matter: Matter
    level: int
    indicators: dict[Indicator, int]
    words: Seal | None = None
    publish: bool = False
    due: date | None = None
    provisional: bool = False


class RatingInvited(Event, frozen=True):
    """An applicant who has not rated a matter of a case for a while is asked to."""

    matter: Matter


class AnswerOverdue(Event, frozen=True):
    """The day by which an objection was to be answered or a bad rating to be followed up is over;
    `name` is the number of the one or the matter of the other."""

    kind: Awaited
    name: str


class RaterReached(Event, frozen=True):
    """The rater of a bad rating was reached, or tried to be; what was said is sealed."""

    matter: Matter
    on: date
    words: Seal


class RatingExamined(Event, frozen=True):
    """What was found about a bad rating, by somebody who did not decide the case."""

    matter: Matter
    substantiated: bool
    finding: Seal


class RatingPutRight(Event, frozen=True):
    """What was done about a bad rating."""

    matter: Matter
    measures: Seal


class RatingReplied(Event, frozen=True):
    """The rater is told what came of it. The reply is published beside words that are."""

    matter: Matter
    reply: Seal
