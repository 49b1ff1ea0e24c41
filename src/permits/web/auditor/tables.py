"""The tables an auditor takes along: each column with its head and what stands in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from starlette.responses import Response, StreamingResponse

from permits.analytics import sheets
from permits.analytics.cases import Counted
from permits.analytics.choosing import Chosen
from permits.analytics.metrics import Figures
from permits.analytics.spread import Spread
from permits.definitions.edition import Edition
from permits.text.figures import outcome, track
from permits.text.words import Language, words
from permits.web.files import attachment

Grouped = tuple[str, str, Chosen, Figures]
"""By what cases are grouped, the group, its period, its figures."""


def sent(rows: Iterable[Iterable[object]], filename: str) -> Response:
    """A table to be saved, sent row by row."""
    headers = {"Content-Disposition": attachment(filename), "Cache-Control": "no-store"}
    return StreamingResponse(sheets.lines(rows), media_type=sheets.MEDIA_TYPE, headers=headers)


def name(title: str, chosen: Chosen, *more: str) -> str:
    """The name of the file: what is in it, and of which period."""
    period = (day.isoformat() for day in (chosen.first, chosen.last) if day)
    return "_".join((title, *more, *period)).replace(" ", "-") + ".csv"


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


def cases(
    counted: Iterable[Counted], edition: Callable[[str], Edition], language: Language
) -> Iterator[list[object]]:
    """A line for each case."""
    _ = words(language).gettext

    def permit(one: Counted) -> str:
        return edition(one.facts.definition).definition.permit.title.in_(language)

    def guided(one: Counted) -> int:
        return edition(one.facts.definition).definition.permit.visits

    columns: Sequence[tuple[str, Callable[[Counted], object]]] = (
        (_("Case number"), lambda c: c.facts.number),
        (_("Title"), lambda c: c.title),
        (_("Applicant"), lambda c: c.party_name),
        (_("Permit type"), permit),
        (_("Track"), lambda c: track(c.facts.track, language)),
        (_("Result"), lambda c: outcome(c.facts.result, language)),
        (_("Received on"), lambda c: c.facts.received_on),
        (_("Accepted as of"), lambda c: c.facts.accepted_on),
        (_("Decided on"), lambda c: c.facts.decided_on),
        (_("Result on"), lambda c: c.facts.result_on),
        (_("Materials of the ordinary procedure"), lambda c: c.facts.baseline_materials),
        (_("Materials handed in"), lambda c: c.facts.handed_in),
        (_("Materials saved"), lambda c: c.facts.saved_materials),
        (_("Materials not needed"), lambda c: c.facts.saved_exempt),
        (_("Materials obtained by the office"), lambda c: c.facts.saved_shared),
        (_("Materials replaced by the commitment"), lambda c: c.facts.saved_committed),
        (_("Materials to follow, not saved"), lambda c: c.facts.deferred),
        (_("Promised limit, working days"), lambda c: c.facts.promised_wd),
        (_("Statutory limit, working days"), lambda c: c.facts.statutory_wd),
        (_("Working days used"), lambda c: c.facts.used_wd),
        (_("Working days suspended"), lambda c: c.facts.suspended_wd),
        (_("Working days saved, against the promised limit"), lambda c: c.facts.saved_wd),
        (
            _("Working days saved, against the statutory limit"),
            lambda c: c.facts.saved_statutory_wd,
        ),
        (_("Correction notices"), lambda c: c.facts.corrections),
        (_("A time limit overrun (1 = yes)"), lambda c: c.facts.late),
        (_("Accepted by silence (1 = yes)"), lambda c: c.facts.by_silence),
        (_("Visits to the counter"), lambda c: c.facts.visits),
        (_("Visits the guide speaks of"), guided),
        (_("Edition"), lambda c: c.facts.definition),
    )
    yield [head for head, _of in columns]
    for one in counted:
        yield [of(one) for _head, of in columns]
