"""Figures as programs are told them."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from permits.analytics import wording
from permits.analytics.measures import RULES, By, Measure, Unit
from permits.analytics.measuring import NOTHING, Asked, Found
from permits.text.words import Language
from permits.web.api.shown.parts import Shown


class MetricSummary(Shown):
    """A figure there is."""

    name: Measure = Field(description="the word for programs")
    title: str = Field(description="what it is called, in the language asked for")
    explains: str = Field(description="how it is made, in the language asked for")
    unit: Unit = Field(description="what it counts; money is in fen")
    ways: tuple[By, ...] = Field(description="by what it can be told apart")


class MetricList(Shown):
    """Every figure there is."""

    items: tuple[MetricSummary, ...]


class Times(Shown):
    """How often a number occurs."""

    number: int
    times: int


class MetricGroup(Shown):
    """What a figure comes to in a group. Mean, median and percentile are null if nothing was
    counted."""

    group: str = Field(description="the key of the group; empty for all together")
    count: int = Field(description="how many rows were counted")
    sum: int
    mean: float | None
    median: float | None
    p90: int | None = Field(description="the least number that 90 of 100 do not exceed")
    unreckoned: int = Field(description="rows whose days cannot be reckoned; not counted")
    histogram: tuple[Times, ...] = Field(description="every number that occurs, in order")
    of_before: int = Field(
        description="how many cases decided before the program came are in this group, counted or"
        " not; 0 unless they were asked for"
    )


class Metric(Shown):
    """What a figure comes to."""

    metric: MetricSummary
    by: By
    as_of: date = Field(description="the day it is of: today, or the past day it was known on")
    groups: tuple[MetricGroup, ...]


def metric_of(measure: Measure, language: Language) -> MetricSummary:
    """A figure in words."""
    said, rule = wording.said(measure, language), RULES[measure]
    return MetricSummary(
        name=measure, title=said.title, explains=said.explains, unit=rule.unit, ways=rule.ways
    )


def value_of(
    metric: MetricSummary, asked: Asked, found: Mapping[str, Found], past: Mapping[str, Found]
) -> Metric:
    """What it comes to, group by group; `past` is what of it cases of before come to."""
    groups = tuple(_group(key, one, past.get(key, NOTHING)) for key, one in found.items())
    return Metric(metric=metric, by=asked.by, as_of=asked.today, groups=groups)


def _group(key: str, found: Found, past: Found) -> MetricGroup:
    one = found.spread
    return MetricGroup(
        group=key,
        count=one.count,
        sum=one.total,
        mean=one.mean,
        median=one.median,
        p90=one.p90,
        unreckoned=found.unreckoned,
        histogram=tuple(Times(number=n, times=t) for n, t in sorted(found.often.items())),
        of_before=past.spread.count + past.unreckoned,
    )
