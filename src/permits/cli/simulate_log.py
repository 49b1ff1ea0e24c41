"""`permits simulate --log`: durations of an outside log; materials of the rules, told apart."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from permits.cli import opening
from permits.cli.definitions import one_definition
from permits.cli.outside_log import Language, events, shows_everything
from permits.cli.replay import declared

if TYPE_CHECKING:
    from permits.analytics.rule_book import Ruled
    from permits.analytics.simulating import Estimate, Plan
    from permits.definitions.schema import Definition
    from permits.exchange.log import How, Oddities
    from permits.exchange.log_days import LogDays
    from permits.text.words import Language as Words


class Source(NamedTuple):
    """The file of a log, what its activities are, how it is read, and the language of answers."""

    log: Path
    mapping: Path | None
    how: "How"
    lang: Language


def from_log(permit: str, source: Source, plan: "Plan", *, as_json: bool) -> None:
    """Print what the cases of a log would have saved in days, beside what the rules save."""
    import msgspec

    from permits.analytics.rule_book import ruled
    from permits.analytics.simulating import estimated, samples
    from permits.casework.moving import days_after
    from permits.definitions.schema import TrackName
    from permits.exchange.log import Oddities
    from permits.exchange.wording import oddities

    definition = one_definition(permit).definition
    if TrackName.COMMITMENT not in definition.tracks:
        opening.refuse(f"{permit} has no track `commitment`, so nothing says what it would ask")
    odd = Oddities()
    found = _days(source, definition, odd)
    rule = next(one for one in ruled(definition) if one.track is TrackName.COMMITMENT)
    ahead, after = plan.ahead or len(found.days), days_after(definition)
    values = {
        "days_ordinary": found.days,
        "days_saved": tuple(used - after for used in found.days),
    }
    made = samples(plan.samples, len(found.days) + ahead) if found.days else 0
    figures = estimated(values, ahead, made, plan.seed) if found.days else {}
    if as_json:
        told = {
            "permit": definition.permit.id,
            "plan": {"seed": plan.seed, "samples": made, "ahead": ahead},
            "cases": len(found.days),
            "left_out": {"unended": found.unended, "unreckoned": found.unreckoned},
            "figures": figures,
            "rule_book": {
                "materials_ordinary": rule.materials_ordinary,
                "materials": rule.materials,
            },
            "oddities": {"count": odd.total, "kinds": odd.counts},
        }
        plain = msgspec.to_builtins(told)
        typer.echo(json.dumps(plain, ensure_ascii=not shows_everything(), indent=2))
        return
    typer.echo(definition.permit.title.in_(source.lang.value))
    typer.echo("\n".join(_told(found, figures, rule, ahead, source.lang.value)))
    if odd.total:
        typer.echo("\n".join(("", *oddities(odd, source.lang.value))))


def _days(source: Source, definition: "Definition", odd: "Oddities") -> "LogDays":
    """The days of the cases of the log by the shipped calendar."""
    from permits.casework.working_days import WorkingDays
    from permits.exchange.log_days import bounds, log_days

    mapping = None if source.mapping is None else declared(source.mapping, definition)
    read = events(source.log, source.how, odd, source.lang)
    calendar = WorkingDays(opening.shipped_years())
    return log_days(read, calendar, source.how.zone, bounds(mapping, definition))


def _told(
    found: "LogDays", figures: "dict[str, Estimate]", rule: "Ruled", ahead: int, language: "Words"
) -> Iterator[str]:
    from permits.analytics import simulation_wording as wording
    from permits.analytics.simulating import LEAST, Figure
    from permits.text.figures import number
    from permits.text.words import words

    _, told = words(language).gettext, words(language).ngettext
    if found.unended:
        yield _("Left out: %(count)s without a beginning or an end in the log") % {
            "count": number(found.unended, language)
        }
    if found.unreckoned:
        yield _("Left out: %(count)s in years that are not published") % {
            "count": number(found.unreckoned, language)
        }
    if not figures:
        yield _("No case of the log is left to reckon with, so nothing is told of savings.")
        return
    yield told(
        "Of %(count)s case of the log, suspensions counted in:",
        "Of %(count)s cases of the log, suspensions counted in:",
        len(found.days),
    ) % {"count": number(len(found.days), language)}
    if len(found.days) < LEAST:
        yield _("Fewer than %(least)s cases: means are told, and no intervals.") % {"least": LEAST}
    for name, one in figures.items():
        yield wording.line(wording.said(Figure(name), language).title, one, ahead, language)
    yield told(
        "Of the rules, not of cases: the ordinary track always asks for %(before)s material, the"
        " commitment track for %(after)s. These are never added to figures of cases.",
        "Of the rules, not of cases: the ordinary track always asks for %(before)s materials, the"
        " commitment track for %(after)s. These are never added to figures of cases.",
        rule.materials_ordinary,
    ) % {"before": rule.materials_ordinary, "after": rule.materials}
    yield _("A log says nothing of breaches, nor of who acted.")
