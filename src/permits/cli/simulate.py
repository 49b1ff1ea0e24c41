"""`permits simulate`: what would come of it if a permit type moved to notice and commitment."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening
from permits.cli.outside_log import (
    ActivityColumn,
    AsJson,
    CaseColumn,
    Encoding,
    Lang,
    Language,
    ObjectType,
    TimeColumn,
    Zone,
    encoding,
    shows_everything,
    zone,
)
from permits.cli.simulate_log import Source, from_log

if TYPE_CHECKING:
    from permits.analytics.moved_cases import Asked, Ordinary
    from permits.analytics.simulating import Checks, Plan, Simulated
    from permits.definitions.edition import Edition
    from permits.services.office import Office
    from permits.text.words import Language as Words


def simulate(
    permit: Annotated[str, typer.Argument(help="The permit type, as plan_exempt.")],
    *,
    share: Annotated[
        int,
        typer.Option(min=-1, max=100, help="Of 100 cases so many are checked; -1: as defined."),
    ] = -1,
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="Decided from this day."),
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Decided up to this day.")
    ] = None,
    ahead: Annotated[
        int, typer.Option(min=0, max=100_000, help="Cases to come; 0: as many as were seen.")
    ] = 0,
    samples: Annotated[int, typer.Option(min=200, max=10_000, help="How often to draw.")] = 2000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed draws the same.")] = 1,
    everyone: Annotated[
        bool, typer.Option("--everyone", help="As if the track were open to everybody.")
    ] = False,
    log: Annotated[
        Path | None, typer.Option(help="Instead of the office's cases, those of an outside log.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="What the activities of the log are; else first to last.")
    ] = None,
    time_zone: Zone = "",
    encoded: Encoding = "utf-8",
    case: CaseColumn = "",
    activity: ActivityColumn = "",
    time: TimeColumn = "",
    object_type: ObjectType = "",
    as_json: AsJson = False,
    lang: Lang = Language.ZH,
) -> None:
    """Print what the decided ordinary cases would have saved by notice and commitment.

    Materials, working days and steps of officers, with checks and breaches to expect, each with
    the interval in which 90 of 100 draws lie. Cases left out are told with the reason. Of an
    outside log only durations are known; materials are then those of the rules, told apart.
    """
    from permits.analytics.moved_cases import Asked, planned_share
    from permits.analytics.simulating import Plan

    if first is not None and last is not None and last < first:
        opening.refuse("--to lies before --from")
    if log is not None:
        from permits.exchange.log import How

        if first or last or everyone or share >= 0:
            opening.refuse(
                "--log says nothing of decisions, answers or checks: leave out --from,"
                " --to, --everyone and --share"
            )
        how = How(
            zone=zone(time_zone),
            encoding=encoding(encoded),
            case=case,
            activity=activity,
            time=time,
            object_type=object_type,
        )
        source = Source(log, mapping, how, lang)
        from_log(permit, source, Plan(0, seed, samples, ahead), as_json=as_json)
        return
    if mapping is not None:
        opening.refuse("--mapping goes with --log")
    with opening.office() as opened:
        today = _edition(opened, permit)
        asked = Asked(
            today, first.date() if first else None, last.date() if last else None, everyone
        )
        plan = Plan(planned_share(today) if share < 0 else share, seed, samples, ahead)
        found, checks = _read(opened, asked)
        opening.note(opened, "simulate", permit)
    typer.echo("\n".join(_answer(found, checks, asked, plan, lang, as_json=as_json)))


def _edition(opened: "Office", permit: str) -> "Edition":
    """Today's edition of a permit type that has a commitment track."""
    from permits.definitions.schema import TrackName

    today = opened.shelf.current(permit)
    if today is None:
        known = ", ".join(one.permit for one in opened.shelf.permits)
        opening.refuse(f"there is no permit type {permit}; published are: {known}")
    if TrackName.COMMITMENT not in today.definition.tracks:
        opening.refuse(
            f"{permit} has no track `commitment`, so nothing says what it would ask; publish an"
            " edition with one first"
        )
    return today


def _read(opened: "Office", asked: "Asked") -> "tuple[Ordinary, Checks | None]":
    from permits.analytics.moved_cases import Books, checks, ordinary
    from permits.store.event_log import EventLog

    books = Books(EventLog(opened.database.dialect), opened.shelf.edition, opened.shelf.calendar)
    with opened.database.snapshot() as connection:
        return ordinary(connection, asked, books), checks(connection, asked.today.permit)


def _answer(
    found: "Ordinary",
    checks: "Checks | None",
    asked: "Asked",
    plan: "Plan",
    lang: Language,
    *,
    as_json: bool,
) -> Iterator[str]:
    import msgspec

    from permits.analytics.simulating import simulated

    result = simulated(found.cases, plan, checks) if found.cases else None
    if as_json:
        told = msgspec.to_builtins(
            {
                "permit": asked.today.permit,
                "edition": asked.today.digest,
                "plan": plan,
                "everyone": asked.everyone,
                "left_out": found.left_out,
                "result": result,
            }
        )
        yield json.dumps(told, ensure_ascii=not shows_everything(), indent=2)
        return
    yield from _told(result, found, asked, plan, lang)


def _told(
    result: "Simulated | None", found: "Ordinary", asked: "Asked", plan: "Plan", lang: Language
) -> Iterator[str]:
    """The answer for people."""
    from permits.analytics import simulation_wording as wording
    from permits.text import names
    from permits.text.figures import number
    from permits.text.words import words

    language: Words = lang.value
    _ = words(language).gettext
    yield asked.today.definition.permit.title.in_(language)
    for why, count in found.left_out.items():
        yield _("Left out: %(count)s %(why)s") % {
            "count": number(count, language),
            "why": wording.left_out(why, language),
        }
    if result is None:
        yield _("No decided ordinary case is left to reckon with, so nothing is told of savings.")
        return
    yield from wording.cautions(result, asked, tuple(found.left_out), language)
    yield ""
    for said, one in wording.lines(result, language):
        yield wording.line(said.title, one, result.ahead, language)
    for role, one in result.acts.items():
        title = _("Steps on the ordinary track: %(role)s") % {"role": names.role(role, language)}
        yield wording.line(title, one, result.ahead, language)
    yield ""
    if result.breaches is None:
        yield wording.unchecked(language)
    else:
        yield wording.checked(result.breaches.of, language)
    for line in wording.after(result, language):
        mean = number(line.mean, language)
        yield f"{line.title}: {mean} ({wording.between(line.interval, language)})"
    yield ""
    yield from wording.method(result, plan.share, plan.seed, language)
