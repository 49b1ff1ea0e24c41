"""The tables of the first shape of the database, as they were then: what they have become since is
for later migrations to say.
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text that is compared by its code points, on every database."""
