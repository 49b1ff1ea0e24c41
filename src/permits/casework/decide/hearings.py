"""A hearing before the decision (听证): 行政许可法 art. 46-48.

Whoever has a right to it is told, asks within a term, and is heard within another; everybody is
told when and where in good time; whoever examines does not preside; the record is signed, and the
decision waits for it.
"""

from datetime import date
from typing import Any

from permits.casework import commands_heard as h
from permits.casework.case import Case
from permits.casework.decide.desk import Desk
from permits.casework.decide.joint_review import undecided
from permits.casework.decide.minutes import Minutes
from permits.casework.due_dates import Length, reckon
from permits.casework.facts import case_facts
from permits.casework.families import hearings as events
from permits.casework.heard import Hearing
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import SpecialCause
from permits.definitions.schema import Hearing as HearingRule

BY_APPLICANT = "applicant"
LONG_AGO = date(1, 1, 1)
"""Stands for a day that was not typed yet."""
OPEN_AGAIN = ("waived", "lapsed", "closed")
"""Stages after which another hearing may be offered or announced."""


def rule_of(desk: Desk) -> HearingRule | None:
    return desk.edition.definition.hearing


def pending(case: Case, _desk: Desk) -> Refused | None:
    """The decision waits for a hearing that may still be asked for, and follows its record
    (art. 47, 48)."""
    waits = case.hearing is not None and case.hearing.waits
    return Refused(Reason.HEARING_PENDING) if waits else None


def demanded(case: Case, desk: Desk) -> Refused | None:
    """Where the law asks for a hearing there is no decision without its record (art. 46, 48)."""
    rule = rule_of(desk)
    required = rule.required if rule is not None else None
    if required is None or (case.hearing is not None and case.hearing.stage == "held"):
        return None
    facts = case_facts(case, desk.edition.definition)
    holds = desk.edition.conditions[required.when].holds(case.answers, facts)
    return Refused(Reason.HEARING_DEMANDED) if holds else None


def not_over(case: Case, desk: Desk) -> Refused | None:
    """Time that was stopped for a hearing does not run on before it was held or waived."""
    stopped = any(clock.cause == SpecialCause.HEARING for clock in case.clocks.values())
    return pending(case, desk) if stopped else None


def none_to_wait_for(case: Case, desk: Desk, cause: SpecialCause) -> Refused | None:
    """Time stops for a hearing only if there is to be one (art. 45)."""
    if cause is not SpecialCause.HEARING or rule_of(desk) is None:
        return None
    to_come = case.hearing is not None and case.hearing.stage in ("awaited", "called")
    return None if to_come else Refused(Reason.NO_HEARING)


def not_to_begin(case: Case, desk: Desk) -> Refused | None:
    """Why no hearing can be offered or announced now."""
    if rule_of(desk) is None:
        return Refused(Reason.NOT_IN_PROCEDURE)
    if case.hearing is not None and case.hearing.stage not in OPEN_AGAIN:
        return Refused(Reason.HEARING_PENDING)
    return undecided(case, desk)


def offer(minutes: Minutes) -> Refused | None:
    """Tell of the right to a hearing; whoever has it has a term to ask for it (art. 47)."""
    rule = rule_of(minutes.desk)
    refused = not_to_begin(minutes.case, minutes.desk)
    if refused is not None or rule is None:
        return refused
    minutes.note(events.HearingOffered(**_due(minutes, rule.ask_within, minutes.desk.today)))
    return None


def announce(minutes: Minutes, command: h.AnnounceHearing) -> Refused | None:
    """Hold a hearing because the law or a great public interest asks for one (art. 46)."""
    refused = not_to_begin(minutes.case, minutes.desk)
    if refused is None and command.reason is None:
        refused = Refused(Reason.REASON_WANTED)
    if refused is None:
        minutes.note(events.HearingAnnounced(reason=str(command.reason)))
    return refused


def not_to_ask(case: Case, desk: Desk) -> Refused | None:
    """Why nobody can ask for a hearing now: nobody was told of the right, or the term is over."""
    held = case.hearing
    if held is None or held.stage != "told":
        return Refused(Reason.NO_HEARING)
    if held.due is not None and not held.provisional and desk.came_on > held.due:
        return Refused(Reason.HEARING_TOO_LATE, (held.due.isoformat(),))
    return undecided(case, desk)


def ask(minutes: Minutes, by: str) -> Refused | None:
    """The applicant, or an interested party, asks for a hearing in time. What came on paper was
    asked for on the day it came, and the hearing is to be held within its term from then."""
    rule = rule_of(minutes.desk)
    refused = not_to_ask(minutes.case, minutes.desk)
    if refused is None and by != BY_APPLICANT and by not in minutes.case.third_parties:
        refused = Refused(Reason.NO_SUCH_THIRD_PARTY, (by,))
    if refused is not None or rule is None:
        return refused
    on = minutes.desk.came_on
    minutes.note(events.HearingAsked(by=by, **_due(minutes, rule.hold_within, on)), on)
    return None


def not_to_waive(case: Case, desk: Desk) -> Refused | None:
    """The applicant may do without a hearing that is theirs to ask for, or that they asked for.
    While interested parties may still ask for it, it is not the applicant's alone."""
    held = case.hearing
    if held is None or not held.waits or held.asked_by not in ("", BY_APPLICANT):
        return Refused(Reason.NO_HEARING)
    if held.stage == "told" and case.third_parties:
        return Refused(Reason.THIRD_PARTY_TO_SPEAK, tuple(case.third_parties))
    return undecided(case, desk)


def waive(minutes: Minutes) -> Refused | None:
    """Do without the hearing."""
    refused = not_to_waive(minutes.case, minutes.desk)
    if refused is not None:
        return refused
    minutes.note(events.HearingWaived())
    return None


def not_to_call(case: Case, desk: Desk) -> Refused | None:
    """Why no day can be set now."""
    held = case.hearing
    if held is None or held.stage not in ("awaited", "called"):
        return Refused(Reason.NO_HEARING)
    return undecided(case, desk)


def earliest_day(desk: Desk, rule: HearingRule) -> date | None:
    """The first day on which a hearing can be held that is called today; None if that lies in a
    year that is not published."""
    found = reckon(desk.calendar, desk.today, Length.parse(rule.notice))
    return None if found.provisional else found.due


def call(minutes: Minutes, command: h.CallHearing) -> Refused | None:
    """Set day, place and chair: in good time, before its term ends, and by somebody who does not
    examine the case (art. 47, 48)."""
    case, desk, rule = minutes.case, minutes.desk, rule_of(minutes.desk)
    refused = not_to_call(case, desk)
    if refused is not None or rule is None or case.hearing is None:
        return refused
    refused = _day_refused(case.hearing, desk, rule, command.day)
    refused = refused or not_to_preside(case, command.chair)
    if refused is None and (command.place is None or not command.chair):
        refused = Refused(Reason.REASON_WANTED)
    if refused is not None:
        return refused
    minutes.note(
        events.HearingCalled(
            day=command.day,
            place=str(command.place),
            chair=command.chair,
            excepted=command.excepted,
        )
    )
    return None


def _day_refused(held: Hearing, desk: Desk, rule: HearingRule, day: date) -> Refused | None:
    first = earliest_day(desk, rule)
    if first is None:
        return Refused(Reason.DATE_PROVISIONAL, ("hearing",))
    if day < first:
        return Refused(Reason.HEARING_TOO_SOON, (first.isoformat(),))
    if held.due is not None and day > held.due and not held.overdue:
        return Refused(Reason.HEARING_TOO_LATE, (held.due.isoformat(),))
    return None


def examines(case: Case, *accounts: str) -> bool:
    """Whether one of some accounts examined the case: gave an opinion on it, or joined those of
    others, or had somebody do so in their place."""
    given = {one.given.by for one in case.requests.values() if one.given is not None}
    own = {case.opinion.by} if case.opinion is not None else set()
    joined = {case.joined.by} if case.joined is not None else set()
    return not case.persons(given | own | joined).isdisjoint(accounts)


def not_to_preside(case: Case, account: str) -> Refused | None:
    """Why somebody cannot preside over the hearing: they reviewed the case, even if their opinion
    counts no more (art. 48), they are recused, or acted for the applicant."""
    if account in case.reviewers:
        return Refused(Reason.CHAIR_EXAMINES)
    if account in case.acted_for:
        return Refused(Reason.CHAIR_ACTED)
    return Refused(Reason.RECUSED) if case.recused(account) else None


def presides(case: Case, desk: Desk) -> Refused | None:
    """Whoever presides over the hearing does not examine the case (art. 48)."""
    chair = case.hearing.chair if case.hearing is not None else ""
    return Refused(Reason.CHAIR_EXAMINES) if desk.actor.is_any_of(chair) else None


def _due(minutes: Minutes, term: str, since: date) -> dict[str, Any]:
    return minutes.due(since, Length.parse(term), WARNED)


WARNED = 2
"""Working days before the end of a term from which it is shown as close."""
