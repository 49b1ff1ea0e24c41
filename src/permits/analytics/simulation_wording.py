"""What a simulation came to, in words: its figures, what it left out, and how it was reckoned."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from permits.analytics.moved_cases import Asked, LeftOut
from permits.analytics.simulating import (
    FEW,
    LEAST,
    LEVEL,
    Checks,
    Estimate,
    Figure,
    Interval,
    Simulated,
)
from permits.definitions.schema import TrackName
from permits.text.figures import number
from permits.text.words import Language, words


class Said(NamedTuple):
    """A figure's title, and how it is made."""

    title: str
    explains: str


def said(figure: Figure, language: Language) -> Said:
    """A figure in words."""
    return {**_materials(language), **_effort(language)}[figure]


def _materials(language: Language) -> dict[Figure, Said]:
    _ = words(language).gettext
    return {
        Figure.MATERIALS_SAVED: Said(
            _("Materials saved"),
            _(
                "Of the materials that were handed in, those the commitment track does not ask"
                " for."
            ),
        ),
        Figure.MATERIALS_EXEMPT: Said(
            _("Materials not needed"), _("Saved because the track does not ask for them.")
        ),
        Figure.MATERIALS_SHARED: Said(
            _("Materials obtained by the office"),
            _("Saved if the other office answers, which is not certain."),
        ),
        Figure.MATERIALS_COMMITTED: Said(
            _("Materials replaced by the commitment"),
            _("Saved because the signed commitment stands in for them."),
        ),
        Figure.MATERIALS_DEFERRED: Said(
            _("Materials to follow, not saved"),
            _("Put off and still to be handed in; never part of what was saved."),
        ),
    }


def _effort(language: Language) -> dict[Figure, Said]:
    _ = words(language).gettext
    return {
        Figure.DAYS_ORDINARY: Said(
            _("Working days used on the ordinary track"),
            _("From acceptance to decision, suspensions left out, as it happened."),
        ),
        Figure.DAYS_SAVED: Said(
            _("Working days saved"),
            _(
                "The days used, less those of the commitment track: none where it is decided on"
                " the spot, else its promise, used to the last day. May be negative."
            ),
        ),
        Figure.ACTS_ORDINARY: Said(
            _("Steps of officers on the ordinary track"),
            _("After the acceptance, up to and including the decision, as it happened."),
        ),
        Figure.ACTS_SAVED: Said(
            _("Steps of officers saved"),
            _(
                "Where it is decided on the spot one step is left; else all are left. The checks"
                " that follow are told apart."
            ),
        ),
        Figure.REFUSED: Said(
            _("Cases that were refused"),
            _(
                "Refused on examination. On the commitment track they would be granted first, and"
                " found, if at all, by a check."
            ),
        ),
    }


def left_out(why: LeftOut, language: Language) -> str:
    """Why cases of the ordinary track are not among those that were reckoned with."""
    _ = words(language).gettext
    match why:
        case "open":
            return _("still open")
        case "undecided":
            return _("withdrawn or not accepted")
        case "older":
            return _("decided earlier than those that are read at once")
        case "shut":
            return _("kept off the commitment track by today's exclusions, list or conditions")
        case "unreckoned":
            return _("working days not reckoned: a year is not published, or dates contradict")
        case "unasked":
            return _("today's conditions cannot be asked of their answers")


def between(found: Interval | None, language: Language) -> str:
    """An interval; a dash where too few cases are known."""
    if found is None:
        return "–"
    _ = words(language).gettext
    ends = {"low": number(found.low, language), "high": number(found.high, language)}
    return _("%(low)s to %(high)s") % ends


def method(found: Simulated, plan_share: int, seed: int, language: Language) -> tuple[str, ...]:
    """How it was reckoned, a sentence or two each."""
    _ = words(language).gettext
    how = {
        "level": LEVEL,
        "samples": number(found.samples, language),
        "cases": number(found.cases, language),
        "ahead": number(found.ahead, language),
        "seed": seed,
        "share": plan_share,
    }
    return (
        _(
            "%(cases)s decided cases of the ordinary track were each put on the commitment track"
            " of today's definition, with what they really handed in and how long they really"
            " took."
        )
        % how,
        _(
            "These cases were drawn anew, with replacement, %(samples)s times from seed %(seed)s;"
            " %(level)s of a hundred means lie in the interval of the mean. The interval of the"
            " sum holds for %(ahead)s cases to come, if they are like those seen."
        )
        % how,
        _(
            "Breaches are reckoned from checks that were really made, with Jeffreys' prior: rate ="
            " (breaches found + ½) ÷ (cases checked + 1). Whoever is checked (%(share)s of 100, by"
            " lot) and breaches is found; others are not."
        )
        % how,
        _("It cannot say who would choose the track, nor whether other cases would then come."),
    )


def cautions(
    found: Simulated, asked: Asked, left: Sequence[LeftOut], language: Language
) -> Iterator[str]:
    """What whoever reads the figures has to know before them."""
    _ = words(language).gettext
    if found.cases < LEAST:
        yield _("Fewer than %(least)s cases: means are told, and no intervals.") % {"least": LEAST}
    elif found.few:
        yield (
            _("Fewer than %(few)s cases: such intervals are known to be too narrow.")
            % {"few": FEW}
        )
    if any(found.figures[one].alike and found.figures[one].mean_in for one in _MAIN):
        yield _(
            "Where all cases had the same number the interval has no width: what has not happened"
            " yet cannot be drawn."
        )
    if asked.everyone:
        yield _("As if the commitment track excluded nobody and admitted everybody.")
    elif "shut" in left:
        yield _(
            "Cases that today's rules keep off the track are left out, as they could not move."
        )
    if not asked.today.on_the_spot(TrackName.COMMITMENT):
        yield _(
            "This commitment track is not decided on the spot: its promise stands for the days,"
            " and officers take as many steps as before."
        )


_MAIN = (Figure.MATERIALS_SAVED, Figure.DAYS_SAVED)


def checked(checks: Checks, language: Language) -> str:
    """What the rate of breaches rests on."""
    told = words(language).ngettext
    if checks.own:
        says = told(
            "%(bad)s of %(cases)s checked case of this permit type was found in breach.",
            "%(bad)s of %(cases)s checked cases of this permit type were found in breach.",
            checks.cases,
        )
    else:
        says = told(
            "No commitment of this permit type was checked yet. Of all permit types together"
            " %(bad)s of %(cases)s checked case was found in breach.",
            "No commitment of this permit type was checked yet. Of all permit types together"
            " %(bad)s of %(cases)s checked cases were found in breach.",
            checks.cases,
        )
    return says % {
        "cases": number(checks.cases, language),
        "bad": number(checks.breached, language),
    }


def unchecked(language: Language) -> str:
    """Why nothing is said of breaches."""
    _ = words(language).gettext
    return _(
        "No commitment was ever checked in this office, so nothing can be said of breaches. That"
        " is not the same as none."
    )


def lines(found: Simulated, language: Language) -> list[tuple[Said, Estimate]]:
    """The figures with their words."""
    return [(said(figure, language), one) for figure, one in found.figures.items()]


def line(title: str, one: Estimate, ahead: int, language: Language) -> str:
    """A figure in one line."""
    mean = f"{title}: {number(one.mean, language)} ({between(one.mean_in, language)})"
    says = words(language).ngettext(
        "in %(ahead)s case %(total)s (%(between)s)",
        "in %(ahead)s cases %(total)s (%(between)s)",
        ahead,
    )
    return f"{mean}; " + says % {
        "ahead": number(ahead, language),
        "total": number(one.total, language),
        "between": between(one.total_in, language),
    }


class After(NamedTuple):
    """A figure of checks: its word, what it is called, its mean, its interval."""

    name: str
    title: str
    mean: float
    interval: Interval


def after(found: Simulated, language: Language) -> list[After]:
    """Checks and breaches among the cases to come, in words; none where nothing is known."""
    _ = words(language).gettext
    one = found.breaches
    if one is None:
        return []
    return [
        After("checks", _("Cases to check"), one.checks, one.checks_in),
        After("breach_rate", _("Cases in breach, of 100"), one.rate, one.rate_in),
        After("breaches_found", _("Breaches found by checks"), one.found, one.found_in),
        After(
            "breaches_undiscovered", _("Breaches not found"), one.undiscovered, one.undiscovered_in
        ),
    ]
