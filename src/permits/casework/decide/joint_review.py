"""Joint review: departments are asked, give and revoke opinions, and the lead joins them.

Pages ask the same functions what is open and why the rest is not.
"""

from permits.casework import commands_heard as h
from permits.casework.case import Case
from permits.casework.decide.desk import Desk
from permits.casework.decide.minutes import Minutes
from permits.casework.due_dates import Length
from permits.casework.facts import case_facts
from permits.casework.families import opinions as events
from permits.casework.heard import OpinionRequest
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Phase
from permits.definitions.schema import AskedDepartment

BEFORE_THE_DECISION = (Phase.EXAMINATION, Phase.SUSPENDED)


def undecided(case: Case, desk: Desk) -> Refused | None:
    """Others are heard after the acceptance and before the decision."""
    _name, state = desk.edition.chart.state(case.leaves)
    return None if state.phase in BEFORE_THE_DECISION else Refused(Reason.NOT_EXAMINED)


def departments(desk: Desk) -> dict[str, AskedDepartment]:
    """Every department the definition may ask."""
    review = desk.edition.definition.joint_review
    return review.departments if review is not None else {}


def concerned(case: Case, desk: Desk) -> dict[str, AskedDepartment]:
    """The departments to be asked in this case."""
    facts = case_facts(case, desk.edition.definition)
    conditions = desk.edition.conditions
    return {
        name: rule
        for name, rule in departments(desk).items()
        if rule.when is None or conditions[rule.when].holds(case.answers, facts)
    }


def missing(case: Case, desk: Desk) -> tuple[str, ...]:
    """The departments without whose opinion nothing is decided, and that have given none."""
    latest = case.latest_requests
    return tuple(
        name
        for name, rule in concerned(case, desk).items()
        if rule.required and (name not in latest or latest[name].given is None)
    )


def not_all_in(case: Case, desk: Desk) -> Refused | None:
    """The opinions the decision waits for are in, and joined into one by the lead department."""
    wanted = missing(case, desk)
    if wanted:
        return Refused(Reason.OPINIONS_MISSING, wanted)
    if case.requests and case.joined is None:
        return Refused(Reason.OPINIONS_NOT_JOINED)
    return None


def may_be_asked(case: Case, desk: Desk, name: str) -> Refused | None:
    """A department is asked once; again only if it asked for changes (conditions, objection)."""
    if name not in departments(desk):
        return Refused(Reason.NO_SUCH_DEPARTMENT, (name,))
    if name not in concerned(case, desk):
        return Refused(Reason.CONDITION_UNMET, (str(departments(desk)[name].when),))
    last = case.latest_requests.get(name)
    if last is None:
        return None
    if last.waiting:
        return Refused(Reason.ASKED_BEFORE, (name,))
    if last.given is not None and last.given.view == "agree":
        return Refused(Reason.NO_CHANGES_WANTED, (name,))
    return None


def askable(case: Case, desk: Desk) -> tuple[str, ...]:
    """The departments that can be asked now."""
    if undecided(case, desk) is not None:
        return ()
    return tuple(n for n in departments(desk) if may_be_asked(case, desk, n) is None)


def ask(minutes: Minutes, command: h.AskOpinions) -> Refused | None:
    """Ask departments for their opinions; each has its own time."""
    case, desk = minutes.case, minutes.desk
    refused = undecided(case, desk)
    if refused is None and not command.asked:
        refused = Refused(Reason.NOT_ASKED)
    for name in command.asked:
        refused = refused or may_be_asked(case, desk, name)
    if refused is not None:
        return refused
    for name in dict.fromkeys(command.asked):
        _ask(minutes, name, command)
    return None


def _ask(minutes: Minutes, name: str, command: h.AskOpinions) -> None:
    rule = departments(minutes.desk)[name]
    last = minutes.case.latest_requests.get(name)
    due = minutes.due(minutes.desk.today, Length.parse(rule.within), rule.warn_days_left)
    minutes.note(
        events.OpinionRequested(
            asked=name,
            round=last.round + 1 if last else 1,
            office=rule.office or minutes.definition.authority.id,
            department=rule.department,
            within=rule.within,
            what=command.what,
            **due,
        )
    )
    _name, state = minutes.desk.edition.chart.state(minutes.case.leaves)
    if state.phase is Phase.SUSPENDED and rule.paused:
        pause(minutes, minutes.case.latest_requests[name])


def pause(minutes: Minutes, one: OpinionRequest) -> None:
    """Its time stands still from tomorrow on."""
    minutes.note(events.OpinionPaused(asked=one.asked, round=one.round, after=minutes.desk.today))


def not_to_answer(case: Case, desk: Desk, name: str) -> Refused | None:
    """Why a department that was asked cannot answer now: it has, or nobody waits any more."""
    one = case.latest_requests[name]
    if one.given is not None:
        return Refused(Reason.OPINION_GIVEN, (name,))
    if one.closed_on is not None:
        return Refused(Reason.JOINED_BEFORE)
    return undecided(case, desk)


def give(minutes: Minutes, command: h.GiveOpinion) -> Refused | None:
    """A department answers; what comes after its due date is late, and taken all the same."""
    refused = not_to_answer(minutes.case, minutes.desk, command.asked)
    if refused is not None:
        return refused
    if command.opinion is None:
        return Refused(Reason.REASON_WANTED)
    one = minutes.case.latest_requests[command.asked]
    late = one.due is not None and not one.provisional and minutes.desk.today > one.due
    minutes.note(
        events.OpinionGiven(
            asked=one.asked,
            round=one.round,
            view=command.view,
            opinion=command.opinion,
            late=late,
        )
    )
    return None


def not_revocable(case: Case, desk: Desk, name: str) -> Refused | None:
    """An opinion can be taken back until the decision."""
    if case.latest_requests[name].given is None:
        return Refused(Reason.NO_OPINION, (name,))
    return undecided(case, desk)


def revoke(minutes: Minutes, command: h.RevokeOpinion) -> Refused | None:
    """A department takes its opinion back, with the reason; what was joined holds no longer."""
    refused = not_revocable(minutes.case, minutes.desk, command.asked)
    if refused is not None:
        return refused
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    one = minutes.case.latest_requests[command.asked]
    revoked = events.OpinionRevoked(asked=one.asked, round=one.round, reason=command.reason)
    minutes.note(revoked)
    return None


def not_to_join(case: Case, desk: Desk) -> Refused | None:
    """Why the lead cannot join the opinions now."""
    if not case.requests:
        return Refused(Reason.NOT_ASKED, tuple(concerned(case, desk)))
    if case.joined is not None:
        return Refused(Reason.JOINED_BEFORE)
    wanted = missing(case, desk)
    if wanted:
        return Refused(Reason.OPINIONS_MISSING, wanted)
    return undecided(case, desk)


def join(minutes: Minutes, command: h.JoinOpinions) -> Refused | None:
    """Join the opinions into that of the lead department, which closes the round."""
    refused = not_to_join(minutes.case, minutes.desk)
    if refused is not None:
        return refused
    if command.opinion is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(events.OpinionsJoined(opinion=command.opinion))
    return None
