"""A flow of ten tasks, the first of which begins a process."""

from typing import Any

from telling import STEPS
from viewflow import this
from viewflow.workflow import flow


def nodes() -> dict[str, Any]:
    first, *later = STEPS
    made: dict[str, Any] = {first: flow.StartHandle().Next(getattr(this, later[0]))}
    for name, following in zip(later, (*later[1:], "end"), strict=True):
        made[name] = flow.Handle().Next(getattr(this, following))
    return {**made, "end": flow.End()}


Approving: Any = type("Approving", (flow.Flow,), {"__module__": __name__, **nodes()})
