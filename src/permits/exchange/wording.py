"""What is odd or wrong about a log, and what it comes to, in words."""

from collections.abc import Iterator, Mapping

from permits.exchange.figures import Figures
from permits.exchange.log import LEFT_OUT, BadLog, Odd, Oddities, Oddity, Place
from permits.text.figures import number
from permits.text.words import Language, words

MOST_SHOWN = 20
"""Oddities on a terminal; all that are kept stand in the JSON."""

MOST_ACTIVITIES = 15


def place(where: Place | None, language: Language) -> str:
    """A line, or an element by its id."""
    _ = words(language).gettext
    if where is None:
        return ""
    if isinstance(where, int):
        return _("line %(number)s") % {"number": where}
    return _("event %(id)s") % {"id": where}


def odd(value: Odd, language: Language) -> str:
    """What is odd about a line or an element."""
    _ = words(language).gettext
    match value:
        case "no_case":
            return _("there is no case id")
        case "no_activity":
            return _("there is no activity")
        case "no_time":
            return _("there is no time")
        case "bad_time":
            return _("the time cannot be read without guessing")
        case "date_only":
            return _("the time is a day only, taken as its beginning")
        case "twice_or_never":
            return _("the clocks were changed then: the zone has this time twice or never")
        case "short_row":
            return _("the row has fewer cells than the head; those missing are taken as empty")
        case "long_row":
            return _("the row has more cells than the head, so that any may be out of place")
        case "case_again":
            return _("another trace with the same name; the two are taken together")
        case "out_of_order":
            return _("earlier than the event before it; put in the order of times")
        case "no_object":
            return _("the event concerns none of the objects that are the cases")
        case "unknown_object":
            return _("the event names an object that the file does not have")


def oddity(one: Oddity, language: Language) -> str:
    """One oddity with its place and what became of the event."""
    _ = words(language).gettext
    says = f"{place(one.place, language)}: {odd(one.odd, language)}"
    if one.about:
        says += _(" (%(text)s)") % {"text": one.about}
    return says + _("; left out") if one.odd in LEFT_OUT else says


def oddities(found: Oddities, language: Language) -> Iterator[str]:
    """How many of each kind, and the first of them."""
    _ = words(language).gettext
    for kind, count in found.counts.items():
        yield f"{number(count, language)} × {odd(kind, language)}"
    for one in found.first[:MOST_SHOWN]:
        yield f"  {oddity(one, language)}"
    if found.total > MOST_SHOWN:
        more = {"count": number(found.total - min(MOST_SHOWN, len(found.first)), language)}
        yield _("  … and %(count)s more") % more


def unreadable(bad: BadLog, language: Language) -> str:
    """Why no log can be made of a file, where, and what to do."""
    where = place(bad.place, language)
    says = _unreadable(bad, language)
    return f"{where}: {says}" if where else says


def _unreadable(bad: BadLog, language: Language) -> str:
    _ = words(language).gettext
    about = {"about": bad.about}
    match bad.wrong:
        case "encoding" if bad.about:
            return (
                _(
                    "the file is not in UTF-8 but, as it seems, in %(about)s; save it as UTF-8,"
                    " or say --encoding %(about)s"
                )
                % about
            )
        case "encoding":
            return _("the file is not in UTF-8; say what it is in with --encoding")
        case "empty":
            return _("the file has no head; its first line names the columns")
        case "no_column":
            return (
                _(
                    "no column is known for: %(about)s; name the columns with --case, --activity"
                    " and --time"
                )
                % about
            )
        case "column_twice":
            return _("the column %(about)s is there twice; rename one of the two") % about
        case "no_zone":
            return (
                _(
                    "the time %(about)s has no offset from UTC; say in which zone it was written,"
                    " such as --time-zone Asia/Shanghai"
                )
                % about
            )
        case "csv":
            return _("a quote is not closed, or a cell is too long (%(about)s)") % about
        case "xml":
            return _("this is not well-formed XML (%(about)s)") % about
        case "entities":
            return _("the file declares a document type, which may hold entities; take it out")
        case "no_log":
            return _("this is no event log of a form that is known (%(about)s)") % about
        case "json":
            return _("this is not JSON (%(about)s)") % about
        case "no_type":
            return (
                _("say which objects are the cases with --object-type; there are: %(about)s")
                % about
            )
        case "sqlite":
            return _("the database cannot be read (%(about)s)") % about
        case "gzip":
            return _("the packed file is damaged (%(about)s)") % about


def summary(found: Figures, language: Language) -> Iterator[str]:
    """The figures of a log, to be read in a terminal."""
    _ = words(language).gettext

    def count(value: float | None) -> str:
        return number(value, language)

    yield _("Cases: %(count)s") % {"count": count(found.cases)}
    yield _("Events: %(count)s") % {"count": count(found.events)}
    yield _("Activities: %(count)s") % {"count": count(found.activities)}
    yield _("Variants: %(count)s") % {"count": count(found.variants)}
    yield ""
    yield from _spreads(found, language)
    for title, counts in (
        (_("Activities, how often"), found.activity_counts),
        (_("First activities, in how many cases"), found.start_activities),
        (_("Last activities, in how many cases"), found.end_activities),
    ):
        yield ""
        yield title
        yield from _counts(counts, language)
    yield ""
    yield _("What follows what: how often, mean and median seconds")
    for step in found.transitions[:MOST_ACTIVITIES]:
        yield (
            f"{count(step.count):>10}  {count(step.mean_seconds):>14}"
            f"  {count(step.median_seconds):>14}  {step.source} → {step.to}"
        )
    yield from _more(len(found.transitions), language)


def _spreads(found: Figures, language: Language) -> Iterator[str]:
    _ = words(language).gettext
    used = found.working_days
    heads = (_("least"), _("median"), _("mean"), "90 %", "99 %", _("most"))
    yield "".join(f"{head:>16}" for head in heads)
    for title, one in (
        (_("Seconds from the first to the last event of a case"), found.duration_seconds),
        (_("Working days from the first to the last event of a case"), used),
    ):
        values = (
            (None,) * 6
            if one is None
            else (one.min, one.median, one.mean, one.p90, one.p99, one.max)
        )
        yield "".join(f"{number(value, language):>16}" for value in values) + f"  {title}"
    if used.unknown_years:
        years = (_(", ")).join(map(str, used.unknown_years))
        yield _(
            "The calendar of %(years)s is not known; cases whose working days are not reckoned:"
            " %(count)s"
        ) % {"years": years, "count": number(used.unknown_cases, language)}


def _counts(counts: Mapping[str, int], language: Language) -> Iterator[str]:
    for name, count in list(counts.items())[:MOST_ACTIVITIES]:
        yield f"{number(count, language):>10}  {name}"
    yield from _more(len(counts), language)


def _more(count: int, language: Language) -> Iterator[str]:
    _ = words(language).gettext
    if count > MOST_ACTIVITIES:
        left = {"count": number(count - MOST_ACTIVITIES, language)}
        yield _("  … and %(count)s more") % left
