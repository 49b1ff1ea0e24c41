"""What opens an account beside its password: tokens of programs, identities at other sites."""

from datetime import datetime

from sqlalchemy import Connection

from permits.casework.envelope import Event
from permits.casework.families import access
from permits.services.records import Records
from permits.store import api_tokens, identities


def end_other_ways(
    connection: Connection, records: Records, account_id: str, *, actor: str, now: datetime
) -> None:
    """None of them opens the account any more: it is closed, or somebody else may know them."""
    ended: list[Event] = []
    for token in api_tokens.of_account(connection, account_id):
        api_tokens.end(connection, account_id, token.id)
        ended.append(access.TokenEnded(token=token.id))
    for issuer in {one.issuer: None for one in identities.of_account(connection, account_id)}:
        identities.unlink(connection, account_id, issuer)
        ended.append(access.IdentityUnlinked(issuer=issuer))
    if ended:
        records.append(connection, access.stream_of(account_id), ended, actor=actor, now=now)
