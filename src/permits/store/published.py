"""Published definitions: kept for good under their digest, and never read as anything else."""

import hashlib

from sqlalchemy import Connection, insert, select

from permits.store.published_tables import definition


class Altered(Exception):
    """What is kept under the digest of a definition is not what was published."""

    def __init__(self, digest: str) -> None:
        super().__init__(f"the definition {digest} was changed after it was published")
        self.digest = digest


def content(connection: Connection, digest: str) -> bytes | None:
    """A definition as it was published; None if it never was."""
    query = select(definition.c.content).where(definition.c.digest == digest)
    found = connection.execute(query).scalar_one_or_none()
    if found is None:
        return None
    kept = bytes(found)
    if hashlib.sha256(kept).hexdigest() != digest:
        raise Altered(digest)
    return kept


def keep(connection: Connection, digest: str, published: bytes) -> None:
    """Keep a definition, if it was not published before."""
    if content(connection, digest) is None:
        connection.execute(insert(definition), [{"digest": digest, "content": published}])
