"""When the moves of an action are open: two at once, never before another, or always one."""

from collections.abc import Iterator, Sequence

from permits.definitions.checker.applications import Applications, TooWide
from permits.definitions.findings import Finding, Path
from permits.definitions.schema import Action, TrackName

Needs = Sequence[tuple[str, ...]]
"""The conditions of each of several moves, in the order of the file."""


def overlaps(applications: Applications) -> Iterator[Finding]:
    """Two moves of one action from one place that can be open together need an order; and with
    an order each must be the first open one for some case."""
    for name, action in applications.definition.chart.actions.items():
        path: Path = ("chart", "actions", name)
        needed = False
        for place in sorted({source for move in action.moves for source in move.frm}):
            numbers = [m for m, move in enumerate(action.moves) for s in move.frm if s == place]
            groups = [(*action.needs, *action.moves[m].needs) for m in numbers]
            firsts, together = _order(applications, groups)
            needed = needed or together
            if together and action.order is None:
                says = f"from `{place}` two moves can be open together; say `order: first`"
                yield Finding("chart.overlap", (*path, "moves"), says)
            for k, m in enumerate(numbers):
                if action.order == "first" and k not in firsts:
                    says = f"from `{place}` an earlier move is always taken instead"
                    yield Finding("chart.shadowed", (*path, "moves", m), says)
        if action.order is not None and not needed:
            says = "no two moves of this action can be open together; leave the order out"
            yield Finding("chart.order", (*path, "order"), says)


def _order(applications: Applications, groups: Needs) -> tuple[set[int], bool]:
    """Which moves are first open for some case, and whether two are ever open at once."""
    try:
        met = applications.telling(_all(groups))
    except TooWide:
        return set(range(len(groups))), len(groups) > 1
    firsts: set[int] = set()
    together = False
    for application in met:
        open_ = [k for k, needs in enumerate(groups) if application.meets(needs)]
        firsts.update(open_[:1])
        together = together or len(open_) > 1
    return firsts, together


def _all(groups: Needs) -> set[str]:
    return {name for needs in groups for name in needs}


def certain(applications: Applications, groups: Needs, track: TrackName) -> bool:
    """Whether some move is open whatever a case on the track answers."""
    if any(not needs for needs in groups):
        return True
    try:
        met = applications.telling(_all(groups), track)
    except TooWide:
        return False
    return all(any(application.meets(needs) for needs in groups) for application in met)


def needs_from(action: Action, places: Sequence[str]) -> Needs:
    """The conditions of each move of an action that leaves one of the places."""
    return [
        (*action.needs, *move.needs)
        for move in action.moves
        for source in move.frm
        if source in places
    ]
