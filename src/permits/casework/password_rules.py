"""Which passwords are taken. Long ones that nobody thinks of first; what they are made of is only
asked where an office is bound to ask it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from permits.sign_in_rules import SignInRules

LONGEST = 128

LASTS = timedelta(days=90)
"""Under the profile `dengbao3`. The standard (GB/T 22239-2019, 8.1.4.1 a) says "periodically" and
"complex" without a figure: these are the customary ones, example values."""
KINDS = 3

ONCE_LASTS = timedelta(days=7)
"""So long a password that somebody else set may be used to set one's own."""

SHORTEST_NAME = 3
"""A shorter name, as 李 or 王芳, is too easily part of something else."""


OF_OFFICES = (
    "permits", "permit", "xuke", "shenpi", "guihua", "zhengwu", "chengnuo", "gongcheng", "admin",
    "password", "office", "许可", "审批", "规划", "政务", "承诺", "工程", "密码",
)  # fmt: skip
"""Words that whoever guesses passwords of such an office tries first."""

LEFT = 4
"""So many letters a password has beside them."""


class Weakness(StrEnum):
    """Why a password is not taken."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    OWN_NAME = "own_name"
    TOO_PLAIN = "too_plain"
    AS_BEFORE = "as_before"


class Wanted(msgspec.Struct, frozen=True):
    """A password that somebody wants to have, and what it must not be made of."""

    password: str
    username: str
    name: str


_OF_KIND: tuple[Callable[[str], bool], ...] = (
    str.islower,
    str.isupper,
    str.isdigit,
    lambda one: not one.isalnum(),
)


def weaknesses(
    wanted: Wanted, rules: SignInRules, is_common: Callable[[str], bool]
) -> Iterator[Weakness]:
    """Everything that is wrong with a password."""
    password = wanted.password
    if len(password) < rules.shortest_password:
        yield Weakness.TOO_SHORT
    if len(password) > LONGEST:
        yield Weakness.TOO_LONG
    if is_common(password) or _of_offices(password):
        yield Weakness.COMMON
    if any(_holds(password, own) for own in (wanted.username, wanted.name)):
        yield Weakness.OWN_NAME
    if rules.dengbao3 and sum(any(map(kind, password)) for kind in _OF_KIND) < KINDS:
        yield Weakness.TOO_PLAIN


def _of_offices(password: str) -> bool:
    """Whether a password is hardly more than words of offices, with figures and signs."""
    bare = password.casefold()
    for word in OF_OFFICES:
        bare = bare.replace(word, "")
    return bare != password.casefold() and sum(map(str.isalpha, bare)) < LEFT


def _holds(password: str, own: str) -> bool:
    bare = own.strip().casefold()
    return len(bare) >= SHORTEST_NAME and bare in password.casefold()


def worn_out(set_at: datetime, rules: SignInRules, now: datetime) -> bool:
    """Whether a password has to be changed for its age."""
    return rules.dengbao3 and now - set_at > LASTS


def ran_out(set_at: datetime, now: datetime, *, once: bool) -> bool:
    """Whether a password that somebody else set was not used in time."""
    return once and now - set_at > ONCE_LASTS
