"""What the guide tells of an item has to agree with the procedure it tells of."""

from collections.abc import Iterator

from permits.definitions.findings import Finding
from permits.definitions.schema import Definition


def _kind(definition: Definition) -> Iterator[Finding]:
    """An item is done on the spot if every track is, and by a promised limit otherwise."""
    spot = all(track.on_the_spot for track in definition.tracks.values())
    if (definition.service.kind == "on_the_spot") != spot:
        says = "every track is decided on the spot" if spot else "a track has a promised limit"
        kind = "on_the_spot" if spot else "promised"
        yield Finding("service.kind", ("service", "kind"), f"{says}, so it is `{kind}`")


def _visits(definition: Definition) -> Iterator[Finding]:
    """Who does everything online need not come, and who must come is told why."""
    service, visits = definition.service, definition.permit.visits
    if service.online == "whole" and visits:
        says = "what is done online as a whole takes no visit; put `visits` to 0"
        yield Finding("service.visits", ("service", "online"), says)
    if (service.visit_reason is None) == (visits > 0):
        says = "say why one must come" if visits else "nobody must come, so there is no reason"
        yield Finding("service.visits", ("service", "visit_reason"), says)
    if service.online != "advice" and "online" not in service.channels:
        says = "one can apply online, so `online` is among the channels"
        yield Finding("service.channel", ("service", "channels"), says)


def _special_steps(definition: Definition) -> Iterator[Finding]:
    """Whatever may suspend a time limit is told beforehand, with how long it takes."""
    for name, clock in definition.clocks.items():
        for n, cause in enumerate(clock.suspended_by):
            if cause not in definition.special_steps:
                says = f"`special_steps` does not tell how long `{cause}` takes"
                yield Finding("service.special_step", ("clocks", name, "suspended_by", n), says)


RULES = (_kind, _visits, _special_steps)
"""Findings about what the guide says of the item as a whole."""
