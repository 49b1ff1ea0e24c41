"""Notes which tables a migration has brought that are still to be made of the log, for whoever
opens the office next."""

import sqlalchemy as sa
from alembic import op

NOTE = "tables to be made"
_note = sa.table("note", sa.column("name"), sa.column("value"))


def to_be_made(*tables: str) -> None:
    """Note tables beside those that wait already; an office that has recorded nothing needs none
    made."""
    if op.get_bind().execute(sa.text("SELECT 1 FROM event LIMIT 1")).first() is not None:
        _put([*_waiting(), *tables])


def not_to_be_made(*tables: str) -> None:
    """Tables that are taken away wait no more; others do."""
    _put([name for name in _waiting() if name not in tables])


def _waiting() -> list[str]:
    query = sa.select(_note.c.value).where(_note.c.name == NOTE)
    return (op.get_bind().execute(query).scalar() or "").split()


def _put(names: list[str]) -> None:
    op.execute(_note.delete().where(_note.c.name == NOTE))
    if names:
        op.bulk_insert(_note, [{"name": NOTE, "value": " ".join(names)}])
