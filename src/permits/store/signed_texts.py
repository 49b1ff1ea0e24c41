"""Texts that were signed: kept under their digest in the transaction of the first signature under
them, and never changed."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.engine import Dialect

from permits.store.caseload import unless_there
from permits.store.database import Prepared
from permits.store.signed_text_tables import signed_text


class SignedTexts:
    """Keeps and finds texts within the caller's transaction, with statements compiled once."""

    def __init__(self, dialect: Dialect) -> None:
        self._found = Prepared(
            select(signed_text.c.digest).where(signed_text.c.digest == bindparam("wanted")),
            dialect,
        )
        self._insert = Prepared(unless_there(signed_text, dialect), dialect)

    def keep(self, connection: Connection, texts: Mapping[str, bytes]) -> None:
        """Keep texts under their digests; one that is kept already is left as it is. It is looked
        for first, because the trigger of SQLite refuses an insert that would do nothing."""
        new = [
            {"digest": digest, "content": content}
            for digest, content in sorted(texts.items())
            if not self._found.all(connection, wanted=digest)
        ]
        self._insert.many(connection, new)


def contents(connection: Connection, digests: Collection[str]) -> dict[str, bytes]:
    """Those of the texts that are kept, as they stand."""
    query = select(signed_text).where(signed_text.c.digest.in_(sorted(digests)))
    return {row.digest: bytes(row.content) for row in connection.execute(query)}


def all_contents(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """Every text that is kept, under the digest it stands under."""
    query = select(signed_text).order_by(signed_text.c.digest)
    for row in connection.execute(query):
        yield row.digest, bytes(row.content)
