"""One published version of a permit type, compiled and ready to decide by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from permits.definitions import loader
from permits.definitions.chart import Chart
from permits.definitions.conditions import Condition, compile_all
from permits.definitions.form import Question
from permits.definitions.procedure import Milestone, ends, ends_debt
from permits.definitions.schema import Definition, Due, Fee, TrackName


@dataclass(frozen=True)
class Edition:
    """A definition with its digest, conditions and chart. A case keeps the digest for life.

    `answerable` are the questions and, after each, the totals that are made of its entries.
    """

    definition: Definition
    digest: str
    conditions: Mapping[str, Condition] = field(repr=False)
    chart: Chart = field(repr=False)
    at: Mapping[Milestone, "Consequences"] = field(repr=False)
    questions: Mapping[str, Question] = field(repr=False)
    answerable: Mapping[str, Question] = field(repr=False)

    @property
    def permit(self) -> str:
        return self.definition.permit.id

    @property
    def list_field(self) -> str | None:
        """The field that names a row of the list, if the permit type has a list."""
        return next((q.id for q in self.questions.values() if q.type == "list_row"), None)

    @property
    def draws_inspectors(self) -> bool:
        """Whether who makes a check is drawn by lot."""
        return any(duty.inspectors for duty in self.definition.obligations.values())

    def on_the_spot(self, track: TrackName) -> bool:
        return self.definition.tracks[track].on_the_spot


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a milestone brings, by name, in the order of the definition."""

    stops: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    voids: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    draws: tuple[str, ...] = ()
    freezes: tuple[str, ...] = ()
    dates_fees: tuple[str, ...] = ()
    ends_fees: tuple[str, ...] = ()


EDITIONS_KEPT = 256


@lru_cache(maxsize=EDITIONS_KEPT)
def edition(content: bytes, digest: str) -> Edition:
    """The edition of a definition as it was published (and checked then), compiled once."""
    return compile_edition(loader.from_content(content), digest)


def compile_edition(definition: Definition, digest: str) -> Edition:
    """The edition of a checked definition."""
    conditions = compile_all(definition)
    return Edition(
        definition,
        digest,
        conditions,
        Chart(definition.chart, conditions),
        {milestone: _consequences(definition, milestone) for milestone in Milestone},
        {question.id: question for question in definition.form.questions},
        {question.id: question for question in definition.form.answerable},
    )


def _consequences(d: Definition, milestone: Milestone) -> Consequences:
    return Consequences(
        stops=_names((n, ends(milestone, c.stops)) for n, c in d.clocks.items()),
        starts=_names((n, milestone in c.starts) for n, c in d.clocks.items()),
        voids=_names((n, ends(milestone, o.voided_by)) for n, o in d.obligations.items()),
        opens=_names((n, milestone is o.opens) for n, o in d.obligations.items()),
        dates=_names(
            (n, milestone is not o.opens and any(a.milestone is milestone for a in o.due.earliest))
            for n, o in d.obligations.items()
        ),
        draws=_names((n, milestone is doc.drawn_at) for n, doc in d.documents.items()),
        freezes=_names((n, milestone is fee.frozen_at) for n, fee in d.fees.items()),
        dates_fees=_names(
            (n, any(a.milestone is milestone for due in _dues(fee) for a in due.earliest))
            for n, fee in d.fees.items()
        ),
        ends_fees=_names(
            (n, any(ends_debt(milestone, e.at) for e in f.ends)) for n, f in d.fees.items()
        ),
    )


def _dues(fee: Fee) -> tuple[Due, ...]:
    return (fee.due, *((fee.deferral.lost,) if fee.deferral else ()))


def _names(choices: Iterable[tuple[str, bool]]) -> tuple[str, ...]:
    return tuple(name for name, chosen in choices if chosen)
