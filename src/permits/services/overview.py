"""Several cases at once, for lists. Whoever made the list asked whom it is for."""

from collections.abc import Sequence

from permits.casework.case import Case
from permits.casework.fold import fold_all
from permits.casework.streams import read_event
from permits.store import lists
from permits.store.database import Database


def folded(database: Database, case_ids: Sequence[str]) -> dict[str, Case]:
    """Cases by their id, as their logs leave them."""
    with database.read() as connection:
        logs = lists.logs(connection, case_ids)
    return {
        case_id: fold_all(Case(id=case_id), [(at, read_event(at, body)) for at, body in entries])
        for case_id, entries in logs.items()
    }
