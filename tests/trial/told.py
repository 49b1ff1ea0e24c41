"""Reading what a step added to a log, and what stood there before."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from tests.trial.world import Step


def earlier(step: Step) -> list[tuple[Envelope, Event]]:
    """The log as it was before the step."""
    return step.one.log[: step.before.version]


def came(step: Step) -> list[tuple[Envelope, Event]]:
    """What the step added to it."""
    return step.one.log[step.before.version :]


def of_kind(log: Iterable[tuple[Envelope, Event]], *kinds: type[Any]) -> Iterator[Any]:
    return (event for _at, event in log if isinstance(event, kinds))


def set_aside(case: Case, like: Case, *fields: str) -> Case:
    """The case with some of it, and what every command changes, as in another."""
    always = ("version", "recorded_at", "command", "before")
    return replace(case, **{name: getattr(like, name) for name in (*always, *fields)})
