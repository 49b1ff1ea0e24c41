"""The rights at PostgreSQL that are enough for serving: to read everything, to add to the log, and
to change only what is no record. Whoever owns the tables is somebody else."""

from collections.abc import Iterator

from permits.store import (
    document_file_tables,
    document_tables,
    entitlement_tables,
    measured_tables,
    office_tables,
    party_tables,
    people_tables,
    pile_tables,
    project_tables,
    published_tables,
    report_tables,
    signed_text_tables,
    tables,
    total_tables,
    voice_tables,
)
from permits.store.shape import metadata

TABLES = (
    document_file_tables, document_tables, entitlement_tables, measured_tables, office_tables,
    party_tables, people_tables, pile_tables, project_tables, published_tables,
    report_tables, signed_text_tables, tables, total_tables, voice_tables,
)  # fmt: skip
"""Loaded, so that `metadata` knows every table."""

CLOSED = frozenset({"event", "definition", "proposed", "register_entry", "signed_text"})
"""Tables that take inserts only; the triggers of their first migration say so to everybody."""


def statements(role: str) -> Iterator[str]:
    """What the owner of the tables runs once the role is there, and after each new version."""
    to = f"TO {_quoted(role)};"
    yield f"GRANT USAGE ON SCHEMA public {to}"
    yield f"GRANT SELECT ON alembic_version {to}"
    for table in sorted(metadata.tables):
        rights = "SELECT, INSERT" if table in CLOSED else "SELECT, INSERT, UPDATE, DELETE"
        yield f"GRANT {rights} ON {_quoted(table)} {to}"


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
