"""What comes of a command about the voices of a case: an event, or why there is none."""

from datetime import date, timedelta
from typing import NamedTuple

from permits.casework.access import Actor, follows_up, gives_notice, owns, was_decided_by
from permits.casework.case import Case
from permits.casework.due_dates import Length, reckon
from permits.casework.envelope import Event
from permits.casework.refusals import Reason, Refused
from permits.casework.voices import commands as c
from permits.casework.voices import events as e
from permits.casework.voices.voices import BAD, Rating, Voices
from permits.casework.working_days import WorkingDays
from permits.definitions.edition import Edition
from permits.definitions.procedure import Milestone, Phase, Role
from permits.definitions.public_rules import PublicRules


class Desk(NamedTuple):
    """What lies on the desk: the case, its edition, who acts (nobody for the public), the day,
    the calendar and the office's rules."""

    case: Case
    edition: Edition
    actor: Actor | None
    today: date
    calendar: WorkingDays
    rules: PublicRules


def decide(voices: Voices, command: c.Command, desk: Desk) -> Event | Refused:
    """The event of a command, or why it is not done."""
    match command:
        case c.OpenNotice():
            return _open(voices, desk)
        case c.ObjectToCase():
            return _object(voices, command, desk)
        case c.AnswerObjection():
            return _answer(voices, command, desk)
        case c.RateService():
            return _rate(voices, command, desk)
        case c.InviteRating() | c.TellOverdue():
            return _by_time(voices, command, desk)
        case _:
            return _follow_up(voices, command, desk)


UNDECIDED = (Phase.INTAKE, Phase.EXAMINATION, Phase.SUSPENDED)


def noticeable(case: Case, edition: Edition) -> bool:
    """Whether the public may be told that a case is about to be decided: it was accepted and is
    not decided."""
    _name, state = edition.chart.state(case.leaves)
    return Milestone.ACCEPTED in case.milestones and state.phase in UNDECIDED


def _open(voices: Voices, desk: Desk) -> Event | Refused:
    if desk.actor is None or not gives_notice(desk.actor, desk.case):
        return Refused(Reason.NOT_YOURS)
    if voices.notice is not None or not noticeable(desk.case, desk.edition):
        return Refused(Reason.NOT_NOW)
    length = desk.rules.notice.length
    until, provisional = _term(desk.calendar, desk.today, length)
    return e.NoticeOpened(length=length, first=desk.today, until=until, provisional=provisional)


def _term(calendar: WorkingDays, start: date, length: str) -> tuple[date, bool]:
    """The last day of a term that nothing suspends, and whether it is provisional."""
    due = reckon(calendar, start, Length.parse(length))
    return due.due or start, due.provisional


def open_to(voices: Voices, desk: Desk) -> e.About | None:
    """What anybody may object to today: a notice that runs, or a decision published not too long
    ago; None if it is neither."""
    if voices.notice is not None and voices.notice.runs(desk.today):
        return "notice"
    until = objecting_until(desk.case, desk.calendar, desk.rules)
    return "decision" if until is not None and desk.today <= until else None


def objecting_until(case: Case, calendar: WorkingDays, rules: PublicRules) -> date | None:
    """The last day on which anybody may object to a published decision; None before it is."""
    published = case.milestones.get(Milestone.PUBLISHED)
    if published is None:
        return None
    return _term(calendar, published, rules.objecting.length)[0]


def _object(voices: Voices, command: c.ObjectToCase, desk: Desk) -> Event | Refused:
    about = open_to(voices, desk)
    if about is None:
        return Refused(Reason.NOT_NOW)
    if not (command.objector and command.contact and command.interest and command.text):
        return Refused(Reason.REASON_WANTED)
    due, provisional = _term(desk.calendar, desk.today, desk.rules.answering.length)
    return e.CaseObjected(
        number=len(voices.objections) + 1,
        about=about,
        objector=command.objector,
        contact=command.contact,
        interest=command.interest,
        text=command.text,
        receipt=command.receipt,
        due=due,
        provisional=provisional,
        email=command.email,
    )


def _answer(voices: Voices, command: c.AnswerObjection, desk: Desk) -> Event | Refused:
    if desk.actor is None or not gives_notice(desk.actor, desk.case):
        return Refused(Reason.NOT_YOURS)
    one = voices.objection(command.number)
    if one is None:
        return Refused(Reason.NO_SUCH_OBJECTION)
    if not one.open:
        return Refused(Reason.NOT_NOW)
    if not command.reason:
        return Refused(Reason.REASON_WANTED)
    return e.ObjectionAnswered(
        number=command.number, outcome=command.outcome, reason=command.reason
    )


_MATTERS: tuple[tuple[e.Matter, tuple[Milestone, ...]], ...] = (
    ("result", (Milestone.DECIDED, Milestone.NOT_ACCEPTED, Milestone.WITHDRAWN)),
    ("amendment", (Milestone.AMENDED, Milestone.NOT_AMENDED)),
    ("renewal", (Milestone.RENEWED, Milestone.NOT_RENEWED)),
)


def ratable(voices: Voices, case: Case) -> tuple[e.Matter, ...]:
    """What of a case can be rated now: what has ended for its applicant and was not rated yet."""
    return tuple(
        matter
        for matter, ends in _MATTERS
        if matter not in voices.ratings and any(end in case.milestones for end in ends)
    )


def _rate(voices: Voices, command: c.RateService, desk: Desk) -> Event | Refused:
    if desk.actor is None or not owns(desk.actor, desk.case):
        return Refused(Reason.NOT_YOURS)
    if command.matter not in ratable(voices, desk.case):
        return Refused(Reason.NOT_NOW)
    if not all(1 <= level <= 5 for level in (command.level, *command.indicators.values())):
        return Refused(Reason.WRONG_INPUT)
    due, provisional = _term(desk.calendar, desk.today, desk.rules.following_up.length)
    bad = command.level <= BAD
    return e.ServiceRated(
        matter=command.matter,
        level=command.level,
        indicators=command.indicators,
        words=command.words,
        publish=command.publish and command.words is not None,
        due=due if bad else None,
        provisional=bad and provisional,
    )


def _by_time(voices: Voices, command: c.ByTime, desk: Desk) -> Event | Refused:
    """What time brings; nobody else tells it."""
    if desk.actor is None or Role.TIMER not in desk.actor.roles:
        return Refused(Reason.NOT_YOURS)
    if isinstance(command, c.InviteRating):
        due = inviting_after(voices, command.matter, desk)
        if due is None or desk.today <= due:
            return Refused(Reason.NOT_NOW)
        return e.RatingInvited(matter=command.matter)
    due = _overdue_after(voices, command, desk)
    if due is None or desk.today <= due:
        return Refused(Reason.NOT_NOW)
    return e.AnswerOverdue(kind=command.kind, name=command.name)


def inviting_after(voices: Voices, matter: e.Matter, desk: Desk) -> date | None:
    """The day after which an applicant is asked to rate a matter; None if they are not: it can
    not be rated, they were asked before, or the office asks nobody."""
    rule = desk.rules.inviting
    if rule is None or matter in voices.invited or matter not in ratable(voices, desk.case):
        return None
    ends = dict(_MATTERS)[matter]
    ended = max(desk.case.milestones[end] for end in ends if end in desk.case.milestones)
    return _certain(desk.calendar, ended, rule.length)


def ended_until(calendar: WorkingDays, length: str, within: tuple[date, date]) -> date | None:
    """The last of some days whose results are so long ago, on the day after them, that whoever
    has not rated is asked to; None if none is."""
    first, last = within
    for back in range((last - first).days + 1):
        ended = last - timedelta(days=back)
        due = _certain(calendar, ended, length)
        if due is not None and due <= last:
            return ended
    return None


def _overdue_after(voices: Voices, command: c.TellOverdue, desk: Desk) -> date | None:
    """The day after which an answer is overdue; None if none is waited for, it was told before,
    or the calendar says too little. A day that was provisional is reckoned anew."""
    waits = voices.awaited(command.kind, command.name)
    if waits is None or (command.kind, command.name) in voices.overdue:
        return None
    if not waits.provisional:
        return waits.due
    of_rating = command.kind == "rating"
    rule = desk.rules.following_up if of_rating else desk.rules.answering
    return _certain(desk.calendar, waits.since, rule.length)


def _certain(calendar: WorkingDays, start: date, length: str) -> date | None:
    """The last day of a term; None while it is provisional, for then nothing follows from it."""
    due, provisional = _term(calendar, start, length)
    return None if provisional else due


def _follow_up(voices: Voices, command: c.FollowUp, desk: Desk) -> Event | Refused:
    if desk.actor is None or not follows_up(desk.actor, desk.case):
        return Refused(Reason.NOT_YOURS)
    if was_decided_by(desk.actor, desk.case):
        return Refused(Reason.SAME_PERSON)
    rating = voices.ratings.get(command.matter)
    if rating is None or next_step(rating) is not type(command):
        return Refused(Reason.NOT_NOW)
    if isinstance(command, c.NoteContact) and not rating.on <= command.on <= desk.today:
        return Refused(Reason.DATE_NOT_LAWFUL, (rating.on.isoformat(),))
    return _step(command) or Refused(Reason.REASON_WANTED)


def _step(command: c.FollowUp) -> Event | None:
    """The event of a step; None without the words that belong to it."""
    matter = command.matter
    match command:
        case c.NoteContact(on=on, words=words):
            return e.RaterReached(matter=matter, on=on, words=words) if words else None
        case c.ExamineRating(substantiated=was, finding=found):
            return (
                e.RatingExamined(matter=matter, substantiated=was, finding=found)
                if found
                else None
            )
        case c.PutRatingRight(measures=done):
            return e.RatingPutRight(matter=matter, measures=done) if done else None
        case c.ReplyToRater(reply=reply):
            return e.RatingReplied(matter=matter, reply=reply) if reply else None


def next_step(rating: Rating) -> type[c.FollowUp] | None:
    """What is to be done next about a rating; None if nothing. What was not as the rater says is
    not put right."""
    if not rating.open:
        return None
    if rating.reached_on is None:
        return c.NoteContact
    if rating.substantiated is None:
        return c.ExamineRating
    if rating.substantiated and not rating.measures:
        return c.PutRatingRight
    return c.ReplyToRater
