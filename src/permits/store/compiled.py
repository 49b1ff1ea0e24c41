"""Statements are compiled once for each kind of database, whichever pool they are sent over: the
two of a database, those of several that are open at once, and those of one that is opened anew."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

KEPT = 2_000
"""Statements; half as many again before the least used are let go."""

T = TypeVar("T")

Key = tuple[Any, ...]
"""What SQLAlchemy tells statements apart by: the dialect of a pool, then the statement's own."""


class Compiled(LRUCache[Any, Any]):
    """What was compiled, for all pools whose databases are of a kind."""

    def get(self, key: Key, default: Any = None) -> Any:
        return super().get((kind(key[0]), *key[1:]), default)

    def __setitem__(self, key: Key, value: Any) -> None:
        super().__setitem__((kind(key[0]), *key[1:]), value)


def kind(dialect: Dialect) -> Hashable:
    """What decides how a statement is written, once the first connection was made."""
    driver = dialect.dbapi
    return type(dialect), driver and driver.__name__, dialect.server_version_info


SHARED = Compiled(KEPT)

_MADE: dict[tuple[Callable[[Dialect], Any], Hashable], Any] = {}


def of_kind(make: Callable[[Dialect], T], dialect: Dialect) -> T:
    """What is made of statements and remembers nothing, made once for a kind of database: putting
    statements together takes longer than most of them run."""
    key = (make, kind(dialect))
    if key not in _MADE:
        _MADE[key] = make(dialect)
    made: T = _MADE[key]
    return made
