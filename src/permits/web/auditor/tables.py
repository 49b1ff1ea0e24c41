"""The tables an auditor takes along: each column with its head and what stands in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from starlette.responses import Response, StreamingResponse

from permits.analytics import sheets
from permits.analytics.cases import Counted
from permits.analytics.choosing import Chosen
from permits.casework.families.history import PastCaseRecorded
from permits.definitions.edition import Edition
from permits.text.figures import outcome, track
from permits.text.words import Language, words
from permits.web.files import attachment


def sent(rows: Iterable[Iterable[object]], filename: str) -> Response:
    """A table to be saved, sent row by row."""
    headers = {"Content-Disposition": attachment(filename), "Cache-Control": "no-store"}
    return StreamingResponse(sheets.lines(rows), media_type=sheets.MEDIA_TYPE, headers=headers)


def name(title: str, chosen: Chosen, *more: str) -> str:
    """The name of the file: what is in it, and of which period."""
    period = (day.isoformat() for day in (chosen.first, chosen.last) if day)
    return "_".join((title, *more, *period)).replace(" ", "-") + ".csv"


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


def with_before(
    counted: Iterable[Counted],
    past: Iterable[PastCaseRecorded],
    edition: Callable[[str], Edition],
    called: Callable[[str], str],
    language: Language,
) -> Iterator[list[object]]:
    """The same with the cases of before after the others, each marked: of them stand the dates,
    and nothing else is known. `called` names a permit type."""
    _ = words(language).gettext
    head, *own = cases(counted, edition, language)
    yield [*head, _("Decided before this program came (1 = yes)")]
    for row in own:
        yield [*row, False]
    for one in past:
        known = (
            one.number,
            None,
            None,
            called(one.permit),
            track(one.track, language),
            outcome(one.result, language),
            one.received_on,
            one.accepted_on,
            one.decided_on,
            one.decided_on,
        )
        yield [*known, *[None] * (len(head) - len(known)), True]
