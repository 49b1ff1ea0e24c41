"""`permits back-test`: the simulation held against the commitment cases that there are."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening
from permits.cli.outside_log import AsJson, Lang, Language, shows_everything

if TYPE_CHECKING:
    from permits.analytics.back_testing import Held, Tried
    from permits.services.office import Office
    from permits.text.words import Language as Words


def back_test(
    *,
    seed: Annotated[int, typer.Option(min=0, help="The same seed draws the same.")] = 1,
    samples: Annotated[int, typer.Option(min=200, max=10_000, help="How often to draw.")] = 2000,
    as_json: AsJson = False,
    lang: Lang = Language.ZH,
) -> None:
    """Predict commitment cases from ordinary ones, and print it beside what happened.

    For each permit type with cases of both tracks: materials and working days saved. Where there
    are too few ordinary cases for an interval, that is told, and nothing is held against it.
    """
    import msgspec

    with opening.office() as opened:
        found = _tried(opened, seed, samples)
        opening.note(opened, "back-test")
    if as_json:
        plain = msgspec.to_builtins(found)
        typer.echo(json.dumps(plain, ensure_ascii=not shows_everything(), indent=2))
        return
    for one in found:
        typer.echo(_line(one, lang.value))


def _tried(opened: "Office", seed: int, samples: int) -> "list[Tried]":
    from permits.analytics.back_testing import tried
    from permits.analytics.moved_cases import Books
    from permits.analytics.simulating import Plan
    from permits.definitions.schema import TrackName
    from permits.store.event_log import EventLog

    books = Books(EventLog(opened.database.dialect), opened.shelf.edition, opened.shelf.calendar)
    with opened.database.snapshot() as connection:
        return [
            tried(connection, today, books, Plan(0, seed, samples))
            for today in opened.shelf.permits
            if TrackName.COMMITMENT in today.definition.tracks
        ]


def _line(one: "Tried", language: "Words") -> str:
    from permits.text.words import words

    _ = words(language).gettext
    cases = {"permit": one.permit, "ordinary": one.ordinary, "commitment": one.commitment}
    head = (
        words(language).ngettext(
            "%(permit)s: %(ordinary)s ordinary case, %(commitment)s on commitment",
            "%(permit)s: %(ordinary)s ordinary cases, %(commitment)s on commitment",
            one.ordinary,
        )
        % cases
    )
    if one.materials is None or one.days is None:
        return f"{head}; " + _("not tried, because one of the tracks has none")
    return "\n".join(
        (
            head,
            "  " + _held(_("Materials saved"), one.materials, language),
            "  " + _held(_("Working days saved"), one.days, language),
        )
    )


def _held(title: str, held: "Held", language: "Words") -> str:
    from permits.analytics.simulation_wording import between
    from permits.text.figures import number
    from permits.text.words import words

    _ = words(language).gettext
    says = {
        True: _("covered"),
        False: _("not covered"),
        None: _("no interval, because there are too few cases"),
    }
    return f"{title}: " + _(
        "predicted %(mean)s (%(between)s), happened %(happened)s: %(says)s"
    ) % {
        "mean": number(held.predicted, language),
        "between": between(held.predicted_in, language),
        "happened": number(held.happened, language),
        "says": says[held.covered],
    }
