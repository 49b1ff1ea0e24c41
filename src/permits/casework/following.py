"""Events of the log taken over one after the other, and where that cannot go on."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from permits.casework.envelope import CannotFollow, Envelope

Held = TypeVar("Held")
Told = TypeVar("Told")

IMPOSSIBLE = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What events that cannot have happened in this order raise somewhere."""


class OutOfOrder(ValueError):
    """An event tells of what its case does not have, so that it cannot have happened to it. No
    decision leads there; a record that somebody wrote may."""


def followed(
    fold: Callable[[Held, Told, Envelope], Held],
    held: Held,
    entries: Iterable[tuple[Envelope, Told]],
) -> Held:
    """What the log leaves of something: each event in turn is taken over by `fold`. Raises
    `CannotFollow` at the first that cannot be."""
    for envelope, event in entries:
        try:
            held = fold(held, event, envelope)
        except IMPOSSIBLE as error:
            raise CannotFollow(envelope, why(error)) from error
    return held


def why(error: Exception) -> str:
    """What is impossible about an event, in a few words."""
    if isinstance(error, OutOfOrder):
        return str(error)
    if isinstance(error, KeyError):
        return f"there is no {error.args[0]}"
    return f"{type(error).__name__}: {error}"
