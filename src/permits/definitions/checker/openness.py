"""When the moves of an action are open: two at once, or never before another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from permits.definitions.checker.applications import Applications, TooWide
from permits.definitions.findings import Finding, Path
from permits.definitions.schema import Action


@dataclass(frozen=True, slots=True)
class _Order:
    """Which of several moves are open for some case, which are the first open one, and whether
    two are open at once."""

    open: frozenset[int]
    first: frozenset[int]
    together: bool


def overlaps(applications: Applications) -> Iterator[Finding]:
    """Two moves of one action from one place that can be open together need an order; and with
    an order each must be the first open one for some case."""
    for name, action in applications.definition.chart.actions.items():
        path: Path = ("chart", "actions", name)
        needed = False
        for place in sorted({source for move in action.moves for source in move.frm}):
            numbers = [m for m, move in enumerate(action.moves) for s in move.frm if s == place]
            try:
                order = _order(applications, [_needs(action, m) for m in numbers])
            except TooWide:
                needed = True
                says = f"from `{place}` the conditions read too much at once to be proved"
                yield Finding("cel.too_wide", path, f"{says}; ask for less in one action")
                continue
            needed = needed or order.together
            if order.together and action.order is None:
                says = f"from `{place}` two moves can be open together; say `order: first`"
                yield Finding("chart.overlap", (*path, "moves"), says)
            for k in sorted(order.open - order.first if action.order == "first" else ()):
                says = f"from `{place}` an earlier move is always taken instead"
                yield Finding("chart.shadowed", (*path, "moves", numbers[k]), says)
        if action.order is not None and not needed:
            says = "no two moves of this action can be open together; leave the order out"
            yield Finding("chart.order", (*path, "order"), says)


def _needs(action: Action, number: int) -> tuple[str, ...]:
    return (*action.needs, *action.moves[number].needs)


def _order(applications: Applications, groups: Sequence[tuple[str, ...]]) -> _Order:
    """How moves with these conditions are open in every application."""
    met = applications.telling({name for needs in groups for name in needs})
    found = [[k for k, needs in enumerate(groups) if a.meets(needs)] for a in met]
    return _Order(
        open=frozenset(k for open_ in found for k in open_),
        first=frozenset(k for open_ in found for k in open_[:1]),
        together=any(len(open_) > 1 for open_ in found),
    )
