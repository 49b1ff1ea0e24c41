"""Errors that can be put right on the spot are (行政许可法 art. 32(3)): at the counter, by whoever
applies, before anything is asked for in writing. No notice is given and no time runs."""

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.answers import faults
from permits.casework.case import Case
from permits.casework.decide.actions import signed_anew, tied_anew
from permits.casework.decide.desk import Desk
from permits.casework.decide.filing import not_asked
from permits.casework.decide.minutes import Minutes
from permits.casework.decide.signing import sign
from permits.casework.families.filing import CorrectedOnTheSpot
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Phase


def not_on_the_spot(case: Case, desk: Desk) -> Refused | None:
    """Why nothing can be put right on the spot: it was answered or asked for already, or nobody
    stands there."""
    brought = desk.brought
    if brought is None or not brought.in_person:
        return Refused(Reason.NOT_THERE)
    _name, state = desk.edition.chart.state(case.leaves)
    if state.phase is not Phase.INTAKE or case.corrected:
        return Refused(Reason.NOT_NOW, ("on_the_spot",))
    return None


def correct(minutes: Minutes, command: c.CorrectOnTheSpot) -> Refused | None:
    """Put answers right and take papers in, as of now."""
    given = command.given
    refused = not_on_the_spot(minutes.case, minutes.desk) or _unfit(minutes, given)
    if refused is not None:
        return refused
    minutes.note(
        CorrectedOnTheSpot(answers=given.answers, seals=given.seals, handed_in=given.handed_in)
    )
    sign(minutes, given.signed)
    return None


def _unfit(minutes: Minutes, given: i.Supplement) -> Refused | None:
    wrong = faults(minutes.desk.edition, given.answers, given.seals)
    if wrong:
        return Refused(Reason.BAD_ANSWERS, tuple(problem.field for problem in wrong))
    case = minutes.case
    same = (given.answers, given.seals) == (case.answers, case.seals)
    if same and not given.handed_in:
        return Refused(Reason.NOTHING_TO_CORRECT)
    return (
        not_asked(minutes, minutes.track, given.handed_in)
        or signed_anew(minutes, given)
        or tied_anew(minutes, given)
    )
