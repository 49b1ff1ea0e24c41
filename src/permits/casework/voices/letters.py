"""Who is written to about what is said of a case."""

from permits.casework.envelope import Event
from permits.casework.messages import Message
from permits.casework.voices import events as e
from permits.casework.voices.voices import BAD
from permits.definitions.procedure import Role

OBJECTOR = "objection_answer"
"""The letter that goes to whoever objected, at the address they gave."""


def letters_of(event: Event) -> tuple[Message, ...]:
    """The messages of an event; `about` is the number of an objection or the matter of a
    rating."""
    match event:
        case e.CaseObjected(number=number):
            about = str(number)
            return (
                Message("objection_received", Role.EXAMINER, about),
                Message("objection_received", Role.LEADER, about),
            )
        case e.ObjectionAnswered(number=number):
            return (Message(OBJECTOR, Role.APPLICANT, str(number)),)
        case e.ServiceRated(matter=matter, level=level) if level <= BAD:
            return (Message("rating_bad", Role.SUPERVISOR, matter),)
        case e.RatingReplied(matter=matter):
            return (Message("rating_replied", Role.APPLICANT, matter),)
        case e.RatingInvited(matter=matter):
            return (Message("rating_invited", Role.APPLICANT, matter),)
        case e.AnswerOverdue(kind=kind, name=name):
            about = f"{kind}/{name}"
            return tuple(
                Message("answer_overdue", role, about) for role in (Role.LEADER, Role.SUPERVISOR)
            )
        case _:
            return ()
