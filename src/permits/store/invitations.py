"""Invitations to sign with an applicant."""

import msgspec
from sqlalchemy import Connection, select, update

from permits.store.caseload import unless_there
from permits.store.tables import draft, invitation


class Invitation(msgspec.Struct, frozen=True):
    """A party invited to give a signature of a draft, by its key. `text_digest` and `declared` are
    the digests of the text and of the answers that were signed."""

    id: str
    draft: str
    signature: str
    unit: str
    invited_by: str
    invited_at: str
    signed_by: str = ""
    signed_at: str | None = None
    text_digest: str = ""
    declared: str = ""
    declined_at: str | None = None


_COLUMNS = [invitation.c[name] for name in Invitation.__struct_fields__]


def add(connection: Connection, new: Invitation) -> bool:
    """Keep an invitation; False if this unit was invited to this signature before."""
    row = msgspec.structs.asdict(new)
    return connection.execute(unless_there(invitation, connection.dialect), [row]).rowcount == 1


def of_draft(connection: Connection, draft_id: str) -> list[Invitation]:
    query = select(*_COLUMNS).where(invitation.c.draft == draft_id).order_by(invitation.c.id)
    return [Invitation(*row) for row in connection.execute(query)]


def of_unit(connection: Connection, unit: str) -> list[Invitation]:
    """What a party was invited to sign in drafts that are not filed, newest first."""
    query = select(*_COLUMNS).join(draft, draft.c.id == invitation.c.draft)
    query = query.where(invitation.c.unit == unit, draft.c.filed_at.is_(None))
    found = connection.execute(query.order_by(invitation.c.invited_at.desc()))
    return [Invitation(*row) for row in found]


def find(connection: Connection, invitation_id: str) -> Invitation | None:
    row = connection.execute(select(*_COLUMNS).where(invitation.c.id == invitation_id)).first()
    return Invitation(*row) if row is not None else None


def change(connection: Connection, changed: Invitation) -> None:
    values = msgspec.structs.asdict(changed)
    statement = update(invitation).where(invitation.c.id == changed.id)
    connection.execute(statement.values(**values))
