"""The day on which each act holds in law, and what it notes."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from permits.casework import inputs as i
from permits.casework.case import Case
from permits.casework.counter import Purpose
from permits.casework.decide.counter import visited
from permits.casework.decide.extending import lapsed, void_from
from permits.casework.decide.minutes import Minutes
from permits.casework.decide.signing import sign
from permits.casework.decide.tolerance import break_undertaking, to_follow
from permits.casework.facts import exemption
from permits.casework.families import (
    clocks,
    deciding,
    extensions,
    filing,
    revoking,
    terms,
    tracks,
)
from permits.definitions.procedure import Act, Milestone
from permits.definitions.schema import TrackName

Performing = Callable[[Minutes, Any, date], None]


def complete_on(case: Case) -> date:
    """The day the complete application was there: receipt, or the latest of what completed it
    since. Acceptance counts from it (行政许可法 art. 32(4), (5))."""
    marks = (Milestone.RECEIVED, Milestone.TRACK_SWITCHED, Milestone.CORRECTIONS_SUPPLIED)
    return max(case.milestones[m] for m in marks if m in case.milestones)


def falls_on(minutes: Minutes, act: Act, given: i.Input) -> date:
    """The day on which an act holds in law.

    What arrives outside office hours counts from the next working day; an office that accepts
    before that has received it the day it accepts.
    """
    today = minutes.desk.today
    if act in (Act.ACCEPT, Act.ACCEPT_BY_SILENCE):
        return min(complete_on(minutes.case), today)
    if act in (Act.SUPPLY_CORRECTIONS, Act.WITHDRAW_COMMITMENT):
        return minutes.desk.office_day
    if act in (Act.VOID, Act.EXPIRE):
        return _ended_on(minutes, act) or today
    return given.on if isinstance(given, i.Service) else today


def _ended_on(minutes: Minutes, act: Act) -> date | None:
    """The day on which the law ended the grant: with its term, or because of a duty."""
    if act is Act.EXPIRE:
        return minutes.case.term.due if minutes.case.term is not None else None
    held = lapsed(minutes.case, minutes.desk.edition, minutes.desk.today)
    return void_from(held) if held is not None else None


def _accept(minutes: Minutes, _given: i.Plain, on: date) -> None:
    _accepted(minutes, on, by_silence=False)


def _accept_by_silence(minutes: Minutes, _given: i.Plain, on: date) -> None:
    _accepted(minutes, on, by_silence=True)


def _accepted(minutes: Minutes, on: date, *, by_silence: bool) -> None:
    later = to_follow(minutes.case, minutes.desk.edition)
    minutes.note(filing.Accepted(accepted_on=on, by_silence=by_silence, tolerated=later), on)


def _issue_correction(minutes: Minutes, given: i.Corrections, _on: date) -> None:
    case = minutes.case
    notice = filing.CorrectionNoticeIssued(submission=case.submission, defects=given.defects)
    minutes.note(notice)


def _supply_corrections(minutes: Minutes, given: i.Supplement, on: date) -> None:
    """The form as corrected; what it declares is committed to anew if that has changed."""
    minutes.note(
        filing.CorrectionsSupplied(
            answers=given.answers,
            seals=given.seals,
            handed_in=given.handed_in,
            calendar=minutes.desk.calendar.digest,
        ),
        on,
    )
    sign(minutes, given.signed)


def _not_accepted(ground: Any) -> Performing:
    def perform(minutes: Minutes, given: i.Reasoned, _on: date) -> None:
        minutes.note(filing.NotAccepted(ground=ground, reason=str(given.reason)))

    return perform


def _withdraw(minutes: Minutes, given: i.Reasoned, _on: date) -> None:
    minutes.note(filing.Withdrawn(reason=given.reason))


def _withdraw_commitment(minutes: Minutes, _given: i.Plain, on: date) -> None:
    case = minutes.case
    switched = tracks.TrackSwitched(
        was=case.track,
        now=TrackName.ORDINARY,
        submission=case.submission + 1,
        calendar=minutes.desk.calendar.digest,
    )
    minutes.note(switched, on)


def _suspend(minutes: Minutes, given: i.SpecialProcedure, on: date) -> None:
    minutes.note(
        deciding.SpecialProcedureBegun(cause=given.cause, stated=given.stated, reason=given.reason)
    )
    for name, rule in minutes.definition.clocks.items():
        clock = minutes.case.clocks.get(name)
        if given.cause in rule.suspended_by and clock is not None and clock.running:
            minutes.note(clocks.ClockSuspended(clock=name, cause=given.cause, after=on))


def _resume(minutes: Minutes, _given: i.Plain, on: date) -> None:
    minutes.note(deciding.SpecialProcedureEnded())
    for name, clock in minutes.case.clocks.items():
        if clock.suspended:
            *earlier, last = clock.pauses
            pauses = (*earlier, type(last)(last.after, on))
            length, extensions = clock.terms
            warn = minutes.definition.clocks[name].warn_days_left
            due = minutes.due(clock.starts_on, length, warn, pauses, extensions)
            minutes.note(clocks.ClockResumed(clock=name, until=on, **due))


def _examine(minutes: Minutes, given: i.Opinion, _on: date) -> None:
    opinion = deciding.Examined(recommends=given.recommends, opinion=str(given.opinion))
    minutes.note(opinion)


def _return(minutes: Minutes, given: i.Reasoned, _on: date) -> None:
    minutes.note(deciding.Returned(reason=str(given.reason)))


def _grant(minutes: Minutes, _given: i.Plain, _on: date) -> None:
    case, definition = minutes.case, minutes.definition
    kind = exemption(case, definition)
    field = minutes.desk.edition.list_field
    row = str(case.answers.get(field, "")) if field and kind != "none" else ""
    wanted = tuple(n for n, s in definition.still_required.items() if minutes.holds(s.when))
    minutes.note(deciding.Decided(result="granted", kind=kind, row=row, still_required=wanted))


def _refuse_unsupplied(minutes: Minutes, given: i.Reasoned, on: date) -> None:
    break_undertaking(minutes, on)
    _refuse(minutes, given, on)


def _deem_withdrawn(minutes: Minutes, given: i.Reasoned, on: date) -> None:
    break_undertaking(minutes, on)
    minutes.note(filing.Withdrawn(reason=given.reason))


def _refuse(minutes: Minutes, given: i.Reasoned, _on: date) -> None:
    minutes.note(
        deciding.Decided(
            result="refused", kind="none", row="", still_required=(), reason=given.reason
        )
    )


def _deliver(minutes: Minutes, given: i.Service, on: date) -> None:
    minutes.note(deciding.Delivered(on=on, means=given.means), on)
    if given.means == "counter":
        visited(minutes, on, Purpose.COLLECTION)


def _publish(minutes: Minutes, _given: i.Plain, on: date) -> None:
    minutes.note(deciding.Published(on=on))


def _conclude(minutes: Minutes, _given: i.Plain, _on: date) -> None:
    minutes.note(deciding.Concluded())


def _revoke(minutes: Minutes, given: i.Revocation, _on: date) -> None:
    minutes.note(deciding.Revoked(ground=given.ground, reason=str(given.reason)))


def _withdraw_grant(minutes: Minutes, given: i.Withdrawal, _on: date) -> None:
    withdrawn = revoking.GrantWithdrawn(
        ground=given.ground, reason=str(given.reason), compensation=str(given.compensation)
    )
    minutes.note(withdrawn)


def _deregister(minutes: Minutes, given: i.Deregistration, _on: date) -> None:
    minutes.note(deciding.Deregistered(ground=given.ground))


def _void(minutes: Minutes, _given: i.Plain, on: date) -> None:
    held = lapsed(minutes.case, minutes.desk.edition, minutes.desk.today)
    assert held is not None  # noqa: S101 - `nothing_lapsed` guards the act
    minutes.note(extensions.Voided(obligation=held.name, due=held.due or on), on)


def _expire(minutes: Minutes, _given: i.Plain, on: date) -> None:
    minutes.note(terms.Expired(due=on), on)


PERFORM: Mapping[Act, Performing] = {
    Act.ACCEPT: _accept,
    Act.ACCEPT_BY_SILENCE: _accept_by_silence,
    Act.ISSUE_CORRECTION: _issue_correction,
    Act.SUPPLY_CORRECTIONS: _supply_corrections,
    Act.REFUSE_ACCEPTANCE: _not_accepted("uncorrected"),
    Act.DECLARE_NOT_REQUIRED: _not_accepted("not_required"),
    Act.DECLARE_NOT_COMPETENT: _not_accepted("not_competent"),
    Act.WITHDRAW: _withdraw,
    Act.WITHDRAW_COMMITMENT: _withdraw_commitment,
    Act.SUSPEND: _suspend,
    Act.RESUME: _resume,
    Act.EXAMINE: _examine,
    Act.RETURN: _return,
    Act.GRANT: _grant,
    Act.REFUSE: _refuse,
    Act.REFUSE_UNSUPPLIED: _refuse_unsupplied,
    Act.DEEM_WITHDRAWN: _deem_withdrawn,
    Act.DELIVER: _deliver,
    Act.PUBLISH: _publish,
    Act.CONCLUDE: _conclude,
    Act.REVOKE: _revoke,
    Act.WITHDRAW_GRANT: _withdraw_grant,
    Act.DEREGISTER: _deregister,
    Act.VOID: _void,
    Act.EXPIRE: _expire,
}
