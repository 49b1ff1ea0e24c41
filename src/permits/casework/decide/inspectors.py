"""Who checks is drawn by lot, where a definition says so (双随机): when the duty to check begins,
or later if too few were there; and another instead of who is hindered."""

from permits.casework import commands as c
from permits.casework.case import Case, Obligation
from permits.casework.decide.desk import Desk
from permits.casework.decide.hearings import examines
from permits.casework.decide.minutes import Minutes
from permits.casework.families.inspectors import InspectorReplaced, InspectorsDrawn
from permits.casework.refusals import Reason, Refused
from permits.casework.sampling import picked


def fit(case: Case, desk: Desk, name: str) -> tuple[str, ...]:
    """The accounts among which lots are drawn: inspectors of the department who are not recused,
    did not act for the applicant, were not drawn before, and are not left out by the definition.
    """
    rule = desk.edition.definition.obligations[name].inspectors
    held = case.obligations[name]
    out = {*held.inspectors, *held.passed_over, *case.acted_for}
    besides = rule.besides if rule is not None else ()
    if "decided" in besides and case.decision is not None:
        out.add(case.decision.by)
    return tuple(
        officer
        for officer in sorted(desk.inspectors)
        if officer not in out
        and not case.recused(officer)
        and not ("examined" in besides and examines(case, officer))
    )


def draw_first(minutes: Minutes, name: str) -> None:
    """Draw who checks as the duty begins; with too few at hand a head of the office does later."""
    rule = minutes.definition.obligations[name]
    if (
        rule.inspectors is not None
        and len(fit(minutes.case, minutes.desk, name)) >= rule.verifiers
    ):
        _draw(minutes, name)


def _draw(minutes: Minutes, name: str) -> None:
    case, seed = minutes.case, minutes.desk.seed
    officers = fit(case, minutes.desk, name)
    count = minutes.definition.obligations[name].verifiers
    drawn = picked(seed, case.id, name, officers, count)
    minutes.note(InspectorsDrawn(obligation=name, seed=seed, fit=officers, drawn=drawn))


def not_to_draw(case: Case, desk: Desk, name: str) -> Refused | None:
    """Why lots cannot be drawn for a check: there is none that is open, or others are named."""
    rule = desk.edition.definition.obligations.get(name)
    held = case.obligations.get(name)
    if rule is None:
        return Refused(Reason.NO_SUCH_OBLIGATION, (name,))
    if rule.inspectors is None:
        return Refused(Reason.NOT_IN_PROCEDURE)
    if held is None or held.status != "open":
        return Refused(Reason.OBLIGATION_NOT_OPEN, (name,))
    return None


def draw(minutes: Minutes, command: c.DrawInspectors) -> Refused | None:
    """Draw who checks, if nobody was drawn yet; or another instead of one who is hindered."""
    name = command.obligation
    refused = not_to_draw(minutes.case, minutes.desk, name)
    if refused is not None:
        return refused
    held = minutes.case.obligations[name]
    if command.instead_of:
        return _replace(minutes, command, held)
    if held.inspectors:
        return Refused(Reason.DRAWN_BEFORE, (name,))
    wanted = minutes.definition.obligations[name].verifiers
    if len(fit(minutes.case, minutes.desk, name)) < wanted:
        return Refused(Reason.TOO_FEW_INSPECTORS, (str(wanted),))
    _draw(minutes, name)
    return None


def _replace(minutes: Minutes, command: c.DrawInspectors, held: Obligation) -> Refused | None:
    """Nobody is passed over without a ground: a recusal must have been decided, who acted for the
    applicant must have, and why somebody is away is written down."""
    case, name, officer = minutes.case, command.obligation, command.instead_of
    if officer not in held.inspectors:
        return Refused(Reason.NOT_DRAWN, (name,))
    if command.ground == "" or command.reason is None:
        return Refused(Reason.REASON_WANTED)
    if (command.ground == "recused") != case.recused(officer):
        return Refused(Reason.GROUND_NOT_TRUE)
    if command.ground == "acted" and officer not in case.acted_for:
        return Refused(Reason.GROUND_NOT_TRUE)
    officers = fit(case, minutes.desk, name)
    if not officers:
        return Refused(Reason.TOO_FEW_INSPECTORS, ("1",))
    seed = minutes.desk.seed
    (drawn,) = picked(seed, case.id, name, officers, 1)
    minutes.note(
        InspectorReplaced(
            obligation=name,
            officer=officer,
            ground=command.ground,
            reason=command.reason,
            seed=seed,
            fit=officers,
            drawn=drawn,
        )
    )
    return None


def not_theirs(case: Case, desk: Desk, name: str, inspectors: tuple[str, ...]) -> Refused | None:
    """None of them acted for the applicant. Where they are drawn, those and no others check and
    record it."""
    if not {*inspectors}.isdisjoint(case.acted_for):
        return Refused(Reason.ACTED_FOR_APPLICANT)
    held = case.obligations[name]
    if desk.edition.definition.obligations[name].inspectors is None:
        return None
    if not held.inspectors or any(map(case.recused, held.inspectors)):
        return Refused(Reason.INSPECTORS_UNDRAWN, (name,))
    return None if {*inspectors} == {*held.inspectors} else Refused(Reason.NOT_DRAWN, (name,))


def may_check(case: Case, desk: Desk, name: str) -> bool:
    """Whether whoever is at the desk is among those who check, or might be named by them."""
    rule = desk.edition.definition.obligations[name]
    if desk.actor.is_any_of(*case.acted_for):
        return False
    return rule.inspectors is None or desk.actor.id in case.obligations[name].inspectors
