"""A simulation as programs are told it."""

from pydantic import Field

from permits.analytics import simulation_wording as wording
from permits.analytics.moved_cases import Asked, LeftOut, Ordinary
from permits.analytics.simulating import Breaches, Estimate, Figure, Interval, Plan, Simulated
from permits.text.words import Language
from permits.web.api.shown.parts import Shown


class Between(Shown):
    """The interval in which 90 of 100 draws lie."""

    low: float
    high: float


class Estimated(Shown):
    """A figure: the mean of a case, and the sum in the cases to come. Intervals are null of fewer
    than five cases."""

    name: Figure = Field(description="the word for programs")
    title: str = Field(description="what it is called, in the language asked for")
    explains: str = Field(description="how it is made, in the language asked for")
    mean: float
    mean_in: Between | None
    total: float
    total_in: Between | None


class LeftOutCases(Shown):
    """Ordinary cases that are in no figure."""

    why: LeftOut
    cases: int


class Expected(Shown):
    """Checks and breaches to expect among the cases to come."""

    checked: int = Field(description="commitment cases that were checked, on which it rests")
    breached: int = Field(description="of these, those found in breach")
    own: bool = Field(description="whether they are of this permit type; else of all together")
    checks: float
    checks_in: Between
    rate: float = Field(description="cases in breach, of 100")
    rate_in: Between
    found: float
    found_in: Between
    undiscovered: float
    undiscovered_in: Between


class Simulation(Shown):
    """What the ordinary cases would have saved on commitment. Without any case there are no
    figures; without any check nothing is known of breaches, which is null."""

    permit: str
    definition: str = Field(description="the digest of today's edition")
    everyone: bool
    share: int = Field(description="of 100 cases so many are checked")
    seed: int
    cases: int = Field(description="decided ordinary cases that it rests on")
    ahead: int = Field(description="cases to come")
    samples: int = Field(description="how often they were drawn")
    left_out: tuple[LeftOutCases, ...]
    figures: tuple[Estimated, ...]
    breaches: Expected | None
    cautions: tuple[str, ...] = Field(description="what to know before reading the figures")


def simulation_of(
    asked: Asked, plan: Plan, found: Ordinary, result: Simulated | None, language: Language
) -> Simulation:
    """A simulation in words and numbers."""
    left = tuple(found.left_out)
    return Simulation(
        permit=asked.today.permit,
        definition=asked.today.digest,
        everyone=asked.everyone,
        share=plan.share,
        seed=plan.seed,
        cases=len(found.cases),
        ahead=plan.ahead if result is None else result.ahead,
        samples=0 if result is None else result.samples,
        left_out=tuple(LeftOutCases(why=why, cases=found.left_out[why]) for why in left),
        figures=()
        if result is None
        else tuple(_estimated(figure, one, language) for figure, one in result.figures.items()),
        breaches=None if result is None or result.breaches is None else _expected(result.breaches),
        cautions=() if result is None else tuple(wording.cautions(result, asked, left, language)),
    )


def _estimated(figure: Figure, one: Estimate, language: Language) -> Estimated:
    said = wording.said(figure, language)
    return Estimated(
        name=figure,
        title=said.title,
        explains=said.explains,
        mean=one.mean,
        mean_in=None if one.mean_in is None else _between(one.mean_in),
        total=one.total,
        total_in=None if one.total_in is None else _between(one.total_in),
    )


def _expected(one: Breaches) -> Expected:
    return Expected(
        checked=one.of.cases,
        breached=one.of.breached,
        own=one.of.own,
        checks=one.checks,
        checks_in=_between(one.checks_in),
        rate=one.rate,
        rate_in=_between(one.rate_in),
        found=one.found,
        found_in=_between(one.found_in),
        undiscovered=one.undiscovered,
        undiscovered_in=_between(one.undiscovered_in),
    )


def _between(one: Interval) -> Between:
    return Between(low=one.low, high=one.high)
