"""The national code of a grant: 12 (办结·容缺通过) if it puts off materials or fees, else 11.

What is put off a definition says of its materials and fees, so that no state has to say it again.
"""

from datetime import date

from permits.casework.decide.fees import amount, put_off
from permits.casework.decide.minutes import Minutes
from permits.casework.tracks import treatments
from permits.definitions.act_rules import ACT_RULES
from permits.definitions.chart_part import State
from permits.definitions.procedure import Act, Code, Phase
from permits.definitions.schema import Treatment


def code_of(minutes: Minutes, act: Act, state: State, on: date) -> Code:
    """The code of a case in the state an act leads to.

    How it was granted a case keeps as long as the grant is in effect; one that is concluded owes
    nothing.
    """
    if state.code is not Code.GRANTED or state.phase is not Phase.IN_EFFECT:
        return state.code
    owes = _owes(minutes, on) if act is Act.GRANT else minutes.case.code == _OWING
    return _OWING if owes else Code.GRANTED


_OWING = Code.GRANTED_WITH_OPEN_DEBTS


def _owes(minutes: Minutes, on: date) -> bool:
    """Whether a grant given now leaves a material to be handed in or a fee to be paid."""
    case = minutes.case
    treated = treatments(minutes.desk.edition, minutes.track, case.answers).items()
    later = (n for n, what in treated if what is Treatment.DEFERRED and n not in case.materials)
    return any(later) or any(_unpaid(minutes, fee, on) for fee in minutes.definition.fees)


def _unpaid(minutes: Minutes, name: str, on: date) -> bool:
    """Whether a fee is put off: it was when it was frozen, or it will be when the grant does."""
    held = minutes.case.fees.get(name)
    if held is not None:
        return held.deferred and held.balance_fen > 0
    at = minutes.desk.edition.at
    if not any(name in at[milestone].freezes for milestone in ACT_RULES[Act.GRANT].marks):
        return False
    found = amount(minutes, name, on)
    return found is not None and put_off(minutes, name, found)
