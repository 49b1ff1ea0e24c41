"""The figures of an overview as a table: a line for each group of cases."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from permits.analytics import before, wording
from permits.analytics.before import Both
from permits.analytics.choosing import Chosen
from permits.analytics.metrics import Figures
from permits.analytics.spread import Spread
from permits.text.words import Language, words

Grouped = tuple[str, str, Chosen, Figures]
"""By what cases are grouped, the group, its period, its figures."""


def figures(groups: Iterable[Grouped], language: Language) -> Iterator[list[object]]:
    """A line for each group of cases."""
    _ = words(language).gettext
    counts: Sequence[tuple[str, Callable[[Figures], object]]] = (
        (_("Cases with a result"), lambda f: f.cases),
        (_("Decided"), lambda f: f.decided),
        (_("Granted"), lambda f: f.granted),
        (_("Refused"), lambda f: f.refused),
        (_("Revoked"), lambda f: f.revoked),
        (_("Withdrawn"), lambda f: f.withdrawn),
        (_("Not accepted"), lambda f: f.not_accepted),
        (_("Materials the ordinary procedure asks of the granted cases"), lambda f: f.baseline),
        (_("Materials not needed"), lambda f: f.exempt),
        (_("Materials obtained by the office"), lambda f: f.shared),
        (_("Materials replaced by the commitment"), lambda f: f.committed),
        (_("Materials to follow, not saved"), lambda f: f.deferred),
        (_("Granted later than promised"), lambda f: f.slower),
        (_("Days not reckoned"), lambda f: f.unreckoned),
        (_("Decided, no time limit overrun"), lambda f: f.on_time),
        (_("Decided, a time limit overrun"), lambda f: f.late),
        (_("Cases with a correction notice"), lambda f: f.corrected),
        (_("Correction notices"), lambda f: f.corrections),
        (_("Cases without a visit to the counter"), lambda f: f.without_visit),
    )
    spreads: Sequence[tuple[str, Callable[[Figures], Spread]]] = (
        (_("Materials saved"), lambda f: f.materials),
        (_("Working days saved, against the promised limit"), lambda f: f.days_saved),
        (_("Working days saved, against the statutory limit"), lambda f: f.days_saved_statutory),
        (_("Working days used"), lambda f: f.days_used),
        (_("Working days suspended"), lambda f: f.days_suspended),
        (_("Visits to the counter"), lambda f: f.visits),
    )
    parts = (_("cases"), _("sum"), _("mean"), _("median"), _("90th percentile"))
    heads = [head for head, _of in counts]
    heads += [f"{head} – {part}" for head, _of in spreads for part in parts]
    yield [_("Grouped by"), _("Group"), _("From"), _("To"), *heads]
    for kind, group, chosen, found in groups:
        cells: list[object] = [kind, group, chosen.first, chosen.last]
        cells += [of(found) for _head, of in counts]
        for _head, spread_of in spreads:
            one = spread_of(found)
            cells += [one.count, one.total, one.mean, one.median, one.p90]
        yield cells


def with_before(
    groups: Sequence[tuple[Grouped, Both]], language: Language
) -> Iterator[list[object]]:
    """The same with the cases of before after what is known of the program's own: how many each
    number counts of both together, and how many of those are of before."""
    _ = words(language).gettext
    both, of_before = _("With cases of before"), _("of them of before")
    heads = [f"{both} – {head}" for head in (_("Decided"), _("Granted"), _("Refused"))]
    days = wording.said(before.TOLD, language).title
    parts = (_("cases"), _("sum"), _("mean"), _("median"), _("90th percentile"))
    head, *rows = figures((grouped for grouped, _both in groups), language)
    yield [
        *head,
        *(cell for one in heads for cell in (one, f"{one} – {of_before}")),
        *(f"{both} – {days} – {part}" for part in parts),
        f"{both} – {_('Not reckoned')}",
    ]
    for row, (_grouped, one) in zip(rows, groups, strict=True):
        counts = [cell for pair in (one.decided, one.granted, one.refused) for cell in _of(pair)]
        spread = one.days.spread
        told = [spread.count, spread.total, spread.mean, spread.median, spread.p90]
        yield [*row, *counts, *told, one.days.unreckoned]


def _of(pair: tuple[int, int]) -> tuple[int, int]:
    """All of them, and those of before."""
    return sum(pair), pair[1]
