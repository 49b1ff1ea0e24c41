"""What a fee holds shut until it is paid."""

from permits.casework.case import Case
from permits.casework.facts import case_facts
from permits.casework.refusals import Reason, Refused
from permits.definitions.edition import Edition


def shut_by_fee(case: Case, edition: Edition, name: str) -> Refused | None:
    """Why an action or a report may not be made: a fee that must be paid before it is open."""
    facts = case_facts(case, edition.definition)
    for fee, rule in edition.definition.fees.items():
        held = case.fees.get(fee)
        if held is None or held.balance_fen <= 0:
            continue
        for gate in rule.gates:
            applies = gate.when is None or edition.conditions[gate.when].holds(case.answers, facts)
            if gate.shuts == name and applies:
                return Refused(Reason.FEE_UNPAID, (fee, str(held.balance_fen)))
    return None
