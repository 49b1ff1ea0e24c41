"""Who is in charge of what of accounts: what these pages may ask for."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends
from starlette.exceptions import HTTPException

from permits.casework.standings import Charge, may_administer
from permits.services.standings import Known
from permits.web.deps import SignedIn
from permits.web.visits import Member


def in_charge(charge: Charge) -> Callable[[Member], Awaitable[Member]]:
    """Somebody whose charge it is; others are refused before anything is read."""

    async def asked(visit: SignedIn) -> Member:
        if not may_administer(visit.actor, charge):
            raise HTTPException(403)
        return visit

    return asked


Looking = Annotated[Member, Depends(in_charge(Charge.LOOK))]
Opening = Annotated[Member, Depends(in_charge(Charge.OPEN))]
Closing = Annotated[Member, Depends(in_charge(Charge.CLOSE))]
GivingRoles = Annotated[Member, Depends(in_charge(Charge.GIVE_ROLES))]
Proposing = Annotated[Member, Depends(in_charge(Charge.PROPOSE))]
Running = Annotated[Member, Depends(in_charge(Charge.RUN))]
Auditing = Annotated[Member, Depends(in_charge(Charge.READ_ACCESS_LOG))]


def the_account(visit: Member, account: str) -> Known:
    """The account of the address."""
    found = visit.office.standings.known(account)
    if found is None:
        raise HTTPException(404)
    return found


def may(visit: Member, charge: str) -> bool:
    """The same question for templates."""
    return may_administer(visit.actor, Charge(charge))
