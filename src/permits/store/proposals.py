"""Proposals in a table, and what was proposed under its digest."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from permits.casework.dates import as_text
from permits.casework.publishing import Proposal
from permits.store.caseload import upsert
from permits.store.published import Altered
from permits.store.published_tables import proposal, proposed


def row_of(one: Proposal) -> dict[str, Any]:
    """The row of a proposal."""
    return {
        "id": one.id,
        "what": one.what,
        "subject": one.subject,
        "digest": one.digest,
        "base": one.base,
        "by": one.by,
        "at": as_text(one.at),
        "outcome": one.outcome or "",
        "decided_by": one.decided_by,
        "decided_at": as_text(one.decided_at) if one.decided_at is not None else "",
    }


def put(connection: Connection, one: Proposal) -> None:
    """Put the row of a proposal as it now stands."""
    connection.execute(upsert(proposal, connection.dialect), [row_of(one)])


def keep(connection: Connection, digest: str, content: bytes) -> None:
    """Keep what is proposed, if it was not proposed before."""
    if kept(connection, digest) is None:
        connection.execute(insert(proposed), [{"digest": digest, "content": content}])


def kept(connection: Connection, digest: str) -> bytes | None:
    """What was proposed under a digest, if anything was. Altered if it is not that any more."""
    query = select(proposed.c.content).where(proposed.c.digest == digest)
    found = connection.execute(query).scalar_one_or_none()
    if found is None:
        return None
    content = bytes(found)
    if hashlib.sha256(content).hexdigest() != digest:
        raise Altered(digest)
    return content


def waiting(connection: Connection) -> list[str]:
    """The ids of open proposals, the oldest first."""
    query = select(proposal.c.id).where(proposal.c.outcome == "").order_by(proposal.c.id)
    return list(connection.execute(query).scalars())


def waiting_for(connection: Connection, digest: str) -> str | None:
    """The open proposal of a digest, if there is one."""
    query = select(proposal.c.id).where(proposal.c.outcome == "", proposal.c.digest == digest)
    return connection.execute(query.limit(1)).scalar_one_or_none()


def decided(connection: Connection, before: str, most: int) -> Sequence[str]:
    """The ids of proposals that were decided, the newest first, `before` the last one seen."""
    query = select(proposal.c.id).where(proposal.c.outcome != "")
    if before:
        query = query.where(proposal.c.id < before)
    return list(connection.execute(query.order_by(proposal.c.id.desc()).limit(most)).scalars())
