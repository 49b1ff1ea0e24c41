"""What every table is made with.

Days and instants are ISO text on both databases: they sort as they should, cost nothing to read
and mean the same everywhere. Columns named `…_on` are days (Asia/Shanghai), `…_at` instants (UTC).
"""

from sqlalchemy import Column, MetaData, Text
from sqlalchemy.dialects import postgresql

metadata = MetaData()

Words = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text that is compared by its characters on both databases, whatever language the server speaks;
ranges of days, keyset pages and searches by prefix depend on it."""


def key() -> Column[str]:
    """The column of an id that stands for the whole row."""
    return Column("id", Words, primary_key=True)
