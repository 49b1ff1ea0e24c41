"""Why somebody could not prove who they are."""

import math
from datetime import timedelta

import msgspec


class Wrong(msgspec.Struct, frozen=True):
    """What was given is not right: the `password` (or the name it is for) or the `code`."""

    what: str


class TooMany(msgspec.Struct, frozen=True):
    """It was not looked at, for too much was wrong before: wait so many seconds."""

    seconds: int

    @classmethod
    def of(cls, left: timedelta) -> "TooMany":
        return cls(math.ceil(left.total_seconds()))
