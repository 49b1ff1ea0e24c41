"""What organisations and people are called, as pages and papers say it."""

import json
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, text
from sqlalchemy.engine import Dialect

from permits.store.database import Prepared


class Borne(NamedTuple):
    """A registered name and the day since which it is borne."""

    since: date
    name: str


class Called(NamedTuple):
    """Of organisations, by their credit codes, the registered name (the code where there is none)
    and every name ever borne, the first one first; of accounts, by their ids, who they are."""

    parties: dict[str, str]
    borne: dict[str, tuple[Borne, ...]]
    people: dict[str, str]


class Names:
    """Finds names, all that are wanted at once, because every page of a case says some."""

    def __init__(self, dialect: Dialect) -> None:
        self._sqlite = dialect.name == "sqlite"
        self._find = Prepared(text(_QUERY[self._sqlite]), dialect)

    def of(
        self, connection: Connection, parties: Collection[str], people: Collection[str] = ()
    ) -> Called:
        """The names of organisations and of people; people without an account are left out."""
        rows = self._find.all(
            connection, parties=self._members(parties), people=self._members(people)
        )
        called = {code: code for code in parties}
        borne: dict[str, tuple[Borne, ...]] = dict.fromkeys(parties, ())
        known: dict[str, str] = {}
        for is_party, key, name, since, was in rows:
            if not is_party:
                known[key] = name
                continue
            called[key] = name
            if since is not None:
                borne[key] = (*borne[key], Borne(date.fromisoformat(since), was))
        return Called(called, borne, known)

    def party(self, connection: Connection, code: str) -> str:
        """The registered name of an organisation; its credit code if it has none."""
        return self.of(connection, [code]).parties[code]

    def _members(self, keys: Collection[str]) -> Any:
        return json.dumps([*keys]) if self._sqlite else [*keys]


_NAMES = """\
SELECT 1, party.code, party.name, party_name.since, party_name.name
FROM party LEFT JOIN party_name ON party_name.code = party.code
WHERE party.code {parties}
UNION ALL
SELECT 0, account.id, account.name, NULL, NULL FROM account WHERE account.id {people}
ORDER BY 4"""

_QUERY = {
    True: _NAMES.format(
        parties="IN (SELECT value FROM json_each(:parties))",
        people="IN (SELECT value FROM json_each(:people))",
    ),
    False: _NAMES.format(parties="= ANY(:parties)", people="= ANY(:people)"),
}
"""On SQLite, and on PostgreSQL."""
