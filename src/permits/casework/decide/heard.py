"""What of those who are heard follows from the case itself: dates that pass, pauses, the end."""

from datetime import date
from typing import Any

from permits.casework import commands_heard as h
from permits.casework.case import Case
from permits.casework.decide import hearings, joint_review, others
from permits.casework.decide.minutes import Minutes
from permits.casework.due_dates import Length, Pause
from permits.casework.families import hearings as of_hearings
from permits.casework.families import opinions
from permits.casework.families import third_parties as of_parties
from permits.casework.heard import Hearing, OpinionRequest, ThirdParty
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Milestone

ENDS = frozenset({Milestone.DECIDED, Milestone.WITHDRAWN, Milestone.NOT_ACCEPTED})
"""Nobody is heard any more after these."""

Dated = Hearing | OpinionRequest | ThirdParty


def follow(minutes: Minutes, milestone: Milestone) -> None:
    """What a milestone of the case does to those who are heard."""
    if milestone is Milestone.SUSPENDED:
        _pause(minutes)
    elif milestone is Milestone.RESUMED:
        for one in _waiting(minutes):
            if one.paused:
                _date_opinion(minutes, one, "resumed", until=minutes.desk.today)
    elif milestone in ENDS:
        _close(minutes, milestone)
    elif milestone is Milestone.TRACK_SWITCHED:
        _begin_anew(minutes, milestone)


def _waiting(minutes: Minutes) -> list[OpinionRequest]:
    return [one for one in minutes.case.requests.values() if one.waiting]


def _pause(minutes: Minutes) -> None:
    rules = joint_review.departments(minutes.desk)
    for one in _waiting(minutes):
        if rules[one.asked].paused:
            joint_review.pause(minutes, one)


def _close(minutes: Minutes, milestone: Milestone) -> None:
    for one in _waiting(minutes):
        closed = opinions.OpinionRequestClosed(
            asked=one.asked, round=one.round, milestone=milestone
        )
        minutes.note(closed)
    _close_hearing(minutes, milestone)
    for party in minutes.case.third_parties.values():
        if party.open:
            minutes.note(of_parties.ThirdPartyClosed(party=party.key, milestone=milestone))


def _close_hearing(minutes: Minutes, milestone: Milestone) -> None:
    if minutes.case.hearing is not None and minutes.case.hearing.waits:
        minutes.note(of_hearings.HearingClosed(milestone=milestone))


def _begin_anew(minutes: Minutes, milestone: Milestone) -> None:
    """The application is examined anew, so departments are asked anew. Interested parties stay
    interested."""
    if minutes.case.requests:
        minutes.note(opinions.OpinionsDropped(milestone=milestone))
    _close_hearing(minutes, milestone)


def recompute(minutes: Minutes, cause: str) -> None:
    """Every date that is still to come under the calendar on the desk."""
    for one in _waiting(minutes):
        if not one.paused:
            _date_opinion(minutes, one, cause)
    _date_hearing(minutes, cause)
    for party in minutes.case.third_parties.values():
        if party.open:
            _date_party(minutes, party, cause)


def _date_opinion(
    minutes: Minutes, one: OpinionRequest, cause: str, until: date | None = None
) -> None:
    rule = joint_review.departments(minutes.desk)[one.asked]
    pauses = one.pauses
    if until is not None:
        *earlier, last = pauses
        pauses = (*earlier, Pause(last.after, until))
    length = Length.parse(one.within)
    due = minutes.due(one.starts_on, length, rule.warn_days_left, pauses)
    if until is not None or _differs(one, due):
        minutes.note(
            opinions.OpinionDated(
                asked=one.asked,
                round=one.round,
                was=one.due,
                until=until,
                overdue=one.overdue and _past(minutes, due),
                cause=cause,
                **due,
            )
        )


def _date_hearing(minutes: Minutes, cause: str) -> None:
    held, rule = minutes.case.hearing, hearings.rule_of(minutes.desk)
    if held is None or rule is None or held.due is None:
        return
    length = Length.parse(getattr(rule, held.term))
    due = minutes.due(held.since, length, hearings.WARNED)
    if _differs(held, due):
        overdue = held.overdue and _past(minutes, due)
        dated = of_hearings.HearingDated(was=held.due, overdue=overdue, cause=cause, **due)
        minutes.note(dated)


def _date_party(minutes: Minutes, one: ThirdParty, cause: str) -> None:
    rule = minutes.definition.third_parties
    length = Length.parse(rule.within if rule is not None else "0d")
    due = minutes.due(one.told_on, length, others.WARNED)
    if _differs(one, due):
        dated = of_parties.ThirdPartyDated(party=one.key, was=one.due, cause=cause, **due)
        minutes.note(dated)


def _differs(one: Dated, due: dict[str, Any]) -> bool:
    return any(getattr(one, key) != due[key] for key in ("due", "provisional", "warn_on"))


def _past(minutes: Minutes, due: dict[str, Any]) -> bool:
    return not due["provisional"] and bool(due["due"] < minutes.desk.today)


def pass_date(minutes: Minutes, command: h.PassDate) -> Refused | None:
    """A date has come: a reminder goes out, or what was due is late, or a right is over."""
    match command.kind:
        case "reminder":
            return _remind(minutes, command.name)
        case "opinion":
            return _opinion_overdue(minutes, command.name)
        case "hearing":
            return _hearing_due(minutes)
        case "third_party":
            return _silent(minutes, command.name)


def _not_passed(minutes: Minutes, one: Dated, name: str) -> Refused | None:
    if one.due is None or one.due >= minutes.desk.today:
        return Refused(Reason.NOT_YET_DUE, (name,))
    return Refused(Reason.DATE_PROVISIONAL, (name,)) if one.provisional else None


def _remind(minutes: Minutes, key: str) -> Refused | None:
    one = _request(minutes.case, key)
    if isinstance(one, Refused):
        return one
    if one.reminded or one.due is None or one.warn_on is None:
        return Refused(Reason.NOT_YET_DUE, (one.asked,))
    if minutes.desk.today < one.warn_on:
        return Refused(Reason.NOT_YET_DUE, (one.asked,))
    if one.provisional:
        return Refused(Reason.DATE_PROVISIONAL, (one.asked,))
    minutes.note(opinions.OpinionReminded(asked=one.asked, round=one.round, due=one.due))
    return None


def _opinion_overdue(minutes: Minutes, key: str) -> Refused | None:
    one = _request(minutes.case, key)
    if isinstance(one, Refused):
        return one
    refused = _not_passed(minutes, one, one.asked)
    if refused is not None or one.overdue or one.due is None:
        return refused or Refused(Reason.NOT_YET_DUE, (one.asked,))
    overdue = opinions.OpinionOverdue(asked=one.asked, round=one.round, due=one.due)
    minutes.note(overdue, one.due)
    return None


def _request(case: Case, key: str) -> OpinionRequest | Refused:
    one = case.requests.get(key)
    if one is None or not one.waiting:
        return Refused(Reason.NOT_ASKED, (key.partition("/")[0],))
    return one


def _hearing_due(minutes: Minutes) -> Refused | None:
    held = minutes.case.hearing
    if held is None or not held.waits:
        return Refused(Reason.NO_HEARING)
    refused = _not_passed(minutes, held, "hearing")
    if refused is not None or held.overdue or held.due is None:
        return refused or Refused(Reason.NOT_YET_DUE, ("hearing",))
    kind = of_hearings.HearingRightLapsed if held.stage == "told" else of_hearings.HearingOverdue
    minutes.note(kind(due=held.due), held.due)
    return None


def _silent(minutes: Minutes, key: str) -> Refused | None:
    one = minutes.case.third_parties.get(key)
    if one is None or not one.open:
        return Refused(Reason.NO_SUCH_THIRD_PARTY, (key,))
    refused = _not_passed(minutes, one, key)
    if refused is not None or one.due is None:
        return refused
    minutes.note(of_parties.ThirdPartySilent(party=key, due=one.due), one.due)
    return None
