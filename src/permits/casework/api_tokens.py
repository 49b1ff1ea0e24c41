"""Tokens of programs: what one may be used for, and for how long."""

from datetime import date, timedelta
from enum import StrEnum

LONGEST = 366
"""Days a token lasts at most."""

MOST = 20
"""Tokens that an account has at once."""


class Scope(StrEnum):
    """What a program may do with a token: `read` what the account may see, `file` applications,
    reports and files, `act` on cases, parties and lists. Never more than the account itself."""

    READ = "read"
    FILE = "file"
    ACT = "act"


class TokenFault(StrEnum):
    """Why a token cannot be made."""

    NAMELESS = "nameless"
    NO_SCOPE = "no_scope"
    PAST = "past"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"


def faults(
    name: str, scopes: frozenset[Scope], ends_on: date | None, today: date
) -> tuple[TokenFault, ...]:
    """What is wrong with a token that is wanted, if anything; `ends_on` is its last day."""
    found = []
    if not 0 < len(name.strip()) <= 100:
        found.append(TokenFault.NAMELESS)
    if not scopes:
        found.append(TokenFault.NO_SCOPE)
    if ends_on is None or ends_on < today:
        found.append(TokenFault.PAST)
    elif ends_on > today + timedelta(days=LONGEST):
        found.append(TokenFault.TOO_LONG)
    return tuple(found)
