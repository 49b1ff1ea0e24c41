"""A grant that was taken to be void is not: what was owed had been done in time, and was reported
late. A person finds so, with reasons, while nothing has followed."""

from permits.casework import commands_after as a
from permits.casework.case import Case, Obligation
from permits.casework.decide.consequences import follow
from permits.casework.decide.desk import Desk
from permits.casework.decide.extending import void_from
from permits.casework.decide.minutes import Minutes
from permits.casework.decide.terms import recompute
from permits.casework.families.extensions import GrantRestored
from permits.casework.families.obligations import ObligationReported, ObligationSettled
from permits.casework.refusals import Reason, Refused


def void_because(case: Case, desk: Desk) -> Obligation | None:
    """The duty because of which the grant was taken to be void, as it stood before; None if that
    is not the last that happened."""
    rules = desk.edition.definition.obligations
    held = case.before.obligations if case.before is not None else {}
    return next(
        (
            one
            for name, one in held.items()
            if (lapse := rules[name].lapse) is not None
            and lapse.action == case.last_action
            and one.status == "open"
        ),
        None,
    )


def not_to_restore(case: Case, desk: Desk) -> Refused | None:
    """Why the grant cannot be found to stand: it is not void, or something followed."""
    if void_because(case, desk) is None:
        return Refused(Reason.NOT_REVERSIBLE, (case.last_action,))
    return None


def restore(minutes: Minutes, command: a.RestoreGrant) -> Refused | None:
    """Put the case back to where it stood, with the duty done on the day it was."""
    case = minutes.case
    held = void_because(case, minutes.desk)
    before = case.before
    if held is None or before is None:
        return Refused(Reason.NOT_REVERSIBLE, (case.last_action,))
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    if not held.opened_on <= command.on <= void_from(held):
        return Refused(Reason.DATE_NOT_LAWFUL, (command.on.isoformat(),))
    minutes.note(
        GrantRestored(
            obligation=held.name,
            on=command.on,
            leaves=before.leaves,
            code=before.code,
            void=tuple(d.number for d in case.documents if d not in before.documents),
            reason=command.reason,
        )
    )
    _report(minutes, held, command)
    recompute(minutes)
    return None


def _report(minutes: Minutes, held: Obligation, command: a.RestoreGrant) -> None:
    reports = minutes.definition.obligations[held.name].reports
    minutes.note(
        ObligationReported(
            obligation=held.name, on=command.on, evidence=(), milestone=reports or ""
        ),
        command.on,
    )
    minutes.note(ObligationSettled(obligation=held.name, on=minutes.desk.today))
    follow(minutes, (reports,) if reports is not None else (), command.on)
