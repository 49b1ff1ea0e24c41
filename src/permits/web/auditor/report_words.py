"""What of reports is said on their page."""

from permits.casework.report_days import Every, Rhythm
from permits.services.reports import Fault
from permits.store.reports import Outcome, Report, Sent
from permits.text.days import moment
from permits.text.words import Language, words


def every(value: Every, language: Language) -> str:
    """How often, and of which period."""
    _ = words(language).gettext
    match value:
        case Every.WEEK:
            return _("Every week, of the week before")
        case Every.MONTH:
            return _("Every month, of the month before")
        case Every.QUARTER:
            return _("Every quarter, of the quarter before")
        case Every.YEAR:
            return _("Every year, of the year before")


def weekdays(language: Language) -> list[tuple[str, str]]:
    """The days of the week by their numbers."""
    _ = words(language).gettext
    names = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
        _("Sunday"),
    )  # fmt: skip
    return [(str(number), name) for number, name in enumerate(names, 1)]


def rhythm(value: Rhythm, language: Language) -> str:
    """When a report is due."""
    _ = words(language).gettext
    if value.every is Every.WEEK:
        return _("every %(weekday)s") % {"weekday": dict(weekdays(language))[str(value.day)]}
    says = {
        Every.MONTH: _("on day %(day)d of every month"),
        Every.QUARTER: _("on day %(day)d of the first month of every quarter"),
        Every.YEAR: _("on %(day)d January of every year"),
    }
    return says[value.every] % {"day": value.day}


def became(report: Report, sent: Sent | None, language: Language) -> str:
    """What became of the last report for somebody; empty if there was none yet."""
    _ = words(language).gettext
    if report.last_on is None:
        return ""
    if sent is None or sent.due_on != report.last_on:
        return _("waits to be sent")
    match sent.outcome:
        case Outcome.SENT:
            return _("sent %(moment)s") % {"moment": moment(sent.at, language)}
        case Outcome.NO_RIGHT:
            return _("not sent: may no longer see figures")
        case Outcome.NO_ADDRESS:
            return _("not sent: has no e-mail address")


def fault(value: Fault, most: int, language: Language) -> str:
    """Why a report is not to be."""
    _ = words(language).gettext
    match value:
        case Fault.TOO_MANY:
            return _("At most %(most)d reports can be sent. Stop one first.") % {"most": most}
        case Fault.NO_READER:
            return _("Choose people who may see figures; the list may have changed meanwhile.")
        case Fault.GONE:
            return _("Somebody has stopped this report meanwhile.")
