"""How long somebody who has guessed wrong waits before the next guess: longer each time.

Nobody is locked out for good, or whoever knows a name could lock its owner out.
"""

from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Network, ip_address

import msgspec

LONGEST = timedelta(minutes=15)


class Pace(msgspec.Struct, frozen=True):
    """How soon guessing is slowed down: after how many failures within what time."""

    free: int
    within: timedelta


NAME = Pace(free=3, within=timedelta(days=1))
"""For a name, for a browser that has signed in under it before, and for an account."""

ADDRESS = Pace(free=30, within=timedelta(hours=1))
"""Behind one address there may be a whole office, where somebody mistypes all the time."""


def counted_as(address: str) -> str:
    """As what a network address is counted: whoever has an IPv6 address has all of its /64
    (RFC 6177), and one that only carries an IPv4 address is that one (RFC 4291, 2.5.5.2). What is
    no address is counted as it is."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found, 64), strict=False))


def wait(failures: int, last: datetime, now: datetime, pace: Pace) -> timedelta:
    """What is left of the time to wait after so many failures, the last at `last`; zero if it may
    be tried again. Two seconds after the first that is too many, and twice as long after each."""
    beyond = failures - pace.free
    if beyond <= 0:
        return timedelta(0)
    whole = min(timedelta(seconds=2 ** min(beyond, 16)), LONGEST)
    return max(last + whole - now, timedelta(0))
