"""What figures are called, and how each is made, in a sentence."""

from typing import NamedTuple

from permits.analytics.measures import By, Measure, Unit
from permits.analytics.spread import Spread
from permits.text.amounts import money
from permits.text.figures import number, share
from permits.text.words import Language, words


class Said(NamedTuple):
    """A figure's title, and how it is made."""

    title: str
    explains: str


def said(measure: Measure, language: Language) -> Said:
    """A figure in words."""
    found = {**_saved(language), **_time(language), **_waiting(language), **_rest(language)}
    return found[measure]


def chapters(language: Language) -> dict[str, tuple[Measure, ...]]:
    """Every figure under the title of its chapter."""
    _ = words(language).gettext
    return {
        _("Saved against the ordinary procedure"): tuple(_saved(language)),
        _("Time and limits"): tuple(_time(language)),
        _("Whom a case waits for"): tuple(_waiting(language)),
        _("Effort, commitments and fees"): tuple(_rest(language)),
    }


def _saved(language: Language) -> dict[Measure, Said]:
    _ = words(language).gettext
    return {
        Measure.MATERIALS_SAVED: Said(
            _("Materials saved"),
            _(
                "Materials the ordinary procedure asks of a granted case and that were not handed"
                " in because they were not needed, obtained by the office or replaced by the"
                " commitment."
            ),
        ),
        Measure.MATERIALS_EXEMPT: Said(
            _("Materials not needed"), _("Saved because the track does not ask for them.")
        ),
        Measure.MATERIALS_SHARED: Said(
            _("Materials obtained by the office"),
            _("Saved because the office holds them or got them from another office."),
        ),
        Measure.MATERIALS_COMMITTED: Said(
            _("Materials replaced by the commitment"),
            _("Saved because the signed commitment stands in for them."),
        ),
        Measure.MATERIALS_DEFERRED: Said(
            _("Materials to follow, not saved"),
            _("Put off and still to be handed in; never part of what was saved."),
        ),
        Measure.DAYS_SAVED: Said(
            _("Working days saved, against the promised limit"),
            _(
                "The limit the ordinary procedure promises, less the days used, suspensions left"
                " out; granted cases."
            ),
        ),
        Measure.DAYS_SAVED_STATUTORY: Said(
            _("Working days saved, against the statutory limit"),
            _("The statutory limit of the ordinary procedure, less the days used; granted cases."),
        ),
    }


def _time(language: Language) -> dict[Measure, Said]:
    return {**_days(language), **_limits(language)}


def _days(language: Language) -> dict[Measure, Said]:
    _ = words(language).gettext
    return {
        Measure.DAYS_USED: Said(
            _("Working days used, net"),
            _("From acceptance to the decision, lawful suspensions left out; decided cases."),
        ),
        Measure.DAYS_GROSS: Said(
            _("Working days used, gross"),
            _("From acceptance to the decision, suspensions counted in; decided cases."),
        ),
        Measure.DAYS_SUSPENDED: Said(
            _("Working days suspended"),
            _("Hearings, expert reviews and the like, which the law leaves out; decided cases."),
        ),
    }


def _limits(language: Language) -> dict[Measure, Said]:
    _ = words(language).gettext
    return {
        Measure.ON_TIME: Said(
            _("Cases on time"), _("Decided cases in which no limit of the office was overrun.")
        ),
        Measure.ON_TIME_PROMISED: Said(
            _("Promised limits kept"),
            _("Of the promised limits of cases that ended or were overrun, those kept."),
        ),
        Measure.ON_TIME_STATUTORY: Said(
            _("Statutory limits kept"),
            _("Of the statutory limits of cases that ended or were overrun, those kept."),
        ),
        Measure.TERMS_KEPT: Said(
            _("Limits of the office kept"),
            _("Of all limits of the office that ended or were overrun, those kept."),
        ),
        Measure.EXTENSIONS: Said(
            _("Extensions"), _("How often a limit was extended with approval; all limits.")
        ),
        Measure.WARNINGS_GIVEN: Said(
            _("Warnings given"),
            _("Limits that came so close to their last day that they were shown as close."),
        ),
        Measure.WARNINGS_HEEDED: Said(
            _("Warnings heeded"),
            _("Of the limits that were warned of and ended or were overrun, those kept."),
        ),
    }


def _waiting(language: Language) -> dict[Measure, Said]:
    _ = words(language).gettext
    return {
        Measure.STAYS: Said(
            _("Time in each state"), _("Working days of every stay in a state that has ended.")
        ),
        Measure.WAIT_OFFICE: Said(
            _("Waiting for the office"),
            _("Working days of stays in which the office had to act."),
        ),
        Measure.WAIT_APPLICANT: Said(
            _("Waiting for the applicant"), _("Working days of stays for corrections.")
        ),
        Measure.WAIT_OUTSIDE: Said(
            _("Waiting for a special procedure"),
            _("Working days of stays in a special procedure, which the law does not count."),
        ),
        Measure.WAIT_DEPARTMENTS: Said(
            _("Waiting for departments that were asked"),
            _("Working days from the request for an opinion to the opinion."),
        ),
    }


def _rest(language: Language) -> dict[Measure, Said]:
    return {**_effort(language), **_duties(language), **_fees(language)}


def _effort(language: Language) -> dict[Measure, Said]:
    _ = words(language).gettext
    return {
        Measure.CORRECTIONS: Said(
            _("Correction rounds"), _("Correction notices of a case with a result.")
        ),
        Measure.VISITS: Said(
            _("Visits to the counter"),
            _("Visits in a case with a result; wrong entries left out."),
        ),
        Measure.AT_MOST_ONE_VISIT: Said(
            _("At most one visit"), _("Cases with a result that took at most one visit.")
        ),
    }


def _duties(language: Language) -> dict[Measure, Said]:
    _ = words(language).gettext
    return {
        Measure.DUTIES_KEPT: Said(
            _("Commitments kept"),
            _("Of the obligations that were met or broken, those met in time without an order."),
        ),
        Measure.DUTIES_RECTIFIED: Said(
            _("Commitments rectified"),
            _("Of the obligations that were met or broken, those put right after an order."),
        ),
        Measure.DUTIES_BROKEN: Said(
            _("Commitments broken"),
            _("Of the obligations that were met or broken, those broken for good."),
        ),
    }


def _fees(language: Language) -> dict[Measure, Said]:
    _ = words(language).gettext
    return {
        Measure.FEES_OWED: Said(
            _("Fees owed"), _("The debt of every fee that was frozen, paid or not.")
        ),
        Measure.FEES_DEFERRED: Said(
            _("Fees put off"), _("The debt of fees whose payment was put off on a commitment.")
        ),
        Measure.FEES_OVERDUE: Said(
            _("Fees overdue"), _("What is still owed of fees whose date has passed.")
        ),
        Measure.FEES_ON_TIME: Said(
            _("Fees paid on time"), _("Of the fees that were paid or are overdue, those in time.")
        ),
    }


def way(by: By, language: Language) -> str:
    """By what a figure is told apart."""
    _ = words(language).gettext
    return {
        By.ALL: _("All together"),
        By.PERMIT: _("Permit type"),
        By.EDITION: _("Edition"),
        By.TRACK: _("Track"),
        By.DEPARTMENT: _("Department"),
        By.DISTRICT: _("District (the office that decides)"),
        By.MONTH: _("Month of the result"),
        By.STATE: _("State"),
        By.METHOD: _("How it is verified"),
        By.TERM: _("Time limit"),
        By.DUTY: _("Obligation"),
        By.FEE: _("Fee"),
        By.ASKED: _("Department that was asked"),
    }[by]


def unit(value: Unit, language: Language, count: float = 0) -> str:
    """What a figure counts, as it stands beside so many."""
    _, told = words(language).gettext, words(language).ngettext
    many = 1 if count == 1 else 2  # catalogues count in whole numbers
    match value:
        case Unit.MATERIALS:
            return told("material", "materials", many)
        case Unit.DAYS:
            return told("working day", "working days", many)
        case Unit.SHARE:
            return _("share")
        case Unit.NOTICES:
            return words(language).npgettext("unit", "notice", "notices", many)
        case Unit.VISITS:
            return told("visit", "visits", many)
        case Unit.TIMES:
            return told("time", "times", many)
        case Unit.MONEY:
            return _("yuan")


OWN = (Unit.SHARE, Unit.MONEY)
"""What a number says itself."""


class Shown(NamedTuple):
    """The parts of a figure as they are read; empty where there is nothing to say. `unit` is that
    of the total, empty where the number says it itself."""

    total: str
    mean: str
    median: str
    p90: str
    unit: str


def shown(of: Unit, spread: Spread, language: Language) -> Shown:
    """A share is one number; of everything else the sum, and how it is spread."""
    if not spread.count:
        return Shown("–", "", "", "", "" if of in OWN else unit(of, language))
    if of is Unit.SHARE:
        return Shown(share(spread.total, spread.count, language), "", "", "", "")
    each = (spread.total, spread.mean, spread.median, spread.p90)
    if of is Unit.MONEY:
        total, mean, median, p90 = (money(round(value or 0), language) for value in each)
        return Shown(total, mean, median, p90, "")
    total, mean, median, p90 = (number(value, language) for value in each)
    return Shown(total, mean, median, p90, unit(of, language, spread.total))


def method(value: str, language: Language) -> str:
    """How it is seen whether an obligation was kept."""
    _ = words(language).gettext
    return {
        "report": _("report of whoever owes it"),
        "verification": _("check in every case"),
        "lot": _("check drawn by lot"),
        "payment": _("payment"),
    }[value]
