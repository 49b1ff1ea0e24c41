"""Second factors: the device of an account, and the codes for when it is not at hand."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from permits.casework.dates import as_text
from permits.store.caseload import upsert
from permits.store.people_tables import recovery_code, second_factor


class Device(msgspec.Struct, frozen=True):
    """What makes the codes of an account: its secret, encrypted, the step of the code that was
    used last, and since when."""

    account: str
    secret: str
    step: int
    added_at: datetime


class RecoveryCode(msgspec.Struct, frozen=True):
    """A code that was not used: its first characters, and a hash of the others."""

    handle: str
    hash: str


def put(connection: Connection, new: Device) -> None:
    """The device of an account, in the place of the one it had."""
    row = {**msgspec.structs.asdict(new), "added_at": as_text(new.added_at)}
    connection.execute(upsert(second_factor, connection.dialect), [row])


def find(connection: Connection, account: str) -> Device | None:
    query = select(second_factor).where(second_factor.c.account == account)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Device(row.account, row.secret, row.step, datetime.fromisoformat(row.added_at))


def use(connection: Connection, device: Device, step: int) -> bool:
    """Use the code of a step; False if it or a later one was used before, or the device is another
    by now, however many try at once."""
    known = (second_factor.c.account == device.account) & (second_factor.c.secret == device.secret)
    later = update(second_factor).where(known, second_factor.c.step < step)
    return connection.execute(later.values(step=step)).rowcount == 1


def every(connection: Connection) -> list[tuple[str, str]]:
    """Each account that has a device, with the secret of it, encrypted."""
    query = select(second_factor.c.account, second_factor.c.secret)
    return [(row.account, row.secret) for row in connection.execute(query)]


def reseal(connection: Connection, account: str, old: str, new: str) -> bool:
    """Keep the same secret encrypted in another way; False if the device is another by now."""
    same = (second_factor.c.account == account) & (second_factor.c.secret == old)
    return connection.execute(update(second_factor).where(same).values(secret=new)).rowcount == 1


def remove(connection: Connection, account: str) -> None:
    """Device and codes are gone."""
    connection.execute(delete(second_factor).where(second_factor.c.account == account))
    connection.execute(delete(recovery_code).where(recovery_code.c.account == account))


def put_codes(connection: Connection, account: str, codes: Sequence[RecoveryCode]) -> None:
    """The codes of an account, in the place of those it had."""
    connection.execute(delete(recovery_code).where(recovery_code.c.account == account))
    rows = [{"account": account, **msgspec.structs.asdict(code)} for code in codes]
    connection.execute(insert(recovery_code), rows)


def code(connection: Connection, account: str, handle: str) -> RecoveryCode | None:
    query = select(recovery_code.c.handle, recovery_code.c.hash).where(
        recovery_code.c.account == account, recovery_code.c.handle == handle
    )
    row = connection.execute(query).one_or_none()
    return RecoveryCode(row.handle, row.hash) if row is not None else None


def use_code(connection: Connection, account: str, used: RecoveryCode) -> bool:
    """Use a code up; False if it was used before, however many try at once."""
    there = (recovery_code.c.account == account) & (recovery_code.c.hash == used.hash)
    return connection.execute(delete(recovery_code).where(there)).rowcount == 1


def codes_left(connection: Connection, account: str) -> int:
    query = select(func.count()).where(recovery_code.c.account == account)
    return int(connection.execute(query).scalar_one())
