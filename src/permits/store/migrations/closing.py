"""Closes tables: triggers refuse to change, replace or remove what stands in them."""

from collections.abc import Iterator

from alembic import op


def close(dialect: str, table: str, key: tuple[str, ...]) -> None:
    """Close a table, of which `key` is the primary key."""
    says = f"the table {table} accepts only inserts"
    sqlite = dialect == "sqlite"
    for statement in _sqlite(table, key, says) if sqlite else _postgresql(table, says):
        op.execute(statement)


def forget(dialect: str, table: str) -> None:
    """Remove what is left of the triggers of a table that is gone."""
    if dialect == "postgresql":
        op.execute(f"DROP FUNCTION {table}_is_closed()")


def _sqlite(table: str, key: tuple[str, ...], says: str) -> Iterator[str]:
    """SQLite replaces a row without telling a trigger of its removal, so that an insert over one
    that is there is refused too, whether it names its key or its rowid."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
    yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}"
    yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {same} OR rowid = NEW.rowid)"  # noqa: S608 - our own names
    yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {refuse}"


def _postgresql(table: str, says: str) -> Iterator[str]:
    refuse = f"EXECUTE FUNCTION {table}_is_closed()"
    yield (
        f"CREATE FUNCTION {table}_is_closed() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{says}'; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW {refuse}"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT {refuse}"
    )
