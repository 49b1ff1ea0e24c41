"""What a figure comes to as cells of a table."""

from collections.abc import Callable, Iterable, Mapping

from permits.analytics import wording
from permits.analytics.measures import RULES, By, Measure, Unit
from permits.analytics.measuring import Found
from permits.analytics.sheets import Sheet
from permits.text.words import Language, words


def parts(language: Language) -> list[tuple[str, str]]:
    """The columns of what a figure comes to."""
    _ = words(language).gettext
    return [
        ("count", _("Counted")),
        ("sum", _("Sum")),
        ("mean", _("Mean")),
        ("median", _("Median")),
        ("p90", _("90th percentile")),
        ("unreckoned", _("Not reckoned")),
    ]


def cells(found: Found) -> list[object]:
    """The cells of `parts`."""
    one = found.spread
    return [one.count, one.total, one.mean, one.median, one.p90, found.unreckoned]


def of_all(found: Mapping[Measure, Found], language: Language) -> Sheet:
    """Every figure with what it comes to, a line each."""
    _ = words(language).gettext
    columns = [("figure", _("Figure")), ("name", _("Name")), ("unit", _("Unit"))]
    rows = [[*named(measure, language), *cells(one)] for measure, one in found.items()]
    return Sheet(_("all figures"), [*columns, *parts(language)], rows)


def named(measure: Measure, language: Language) -> list[object]:
    """A figure's title, its word and its unit; money is written in fen."""
    unit = RULES[measure].unit
    in_fen = "fen" if unit is Unit.MONEY else wording.unit(unit, language)
    return [wording.said(measure, language).title, measure.value, in_fen]


def of_groups(
    measure: Measure,
    by: By,
    found: Mapping[str, Found],
    called: Callable[[str], str],
    language: Language,
) -> Sheet:
    """The groups of a figure, a line each."""
    _ = words(language).gettext
    columns = [("group", wording.way(by, language)), ("name", _("Name")), *parts(language)]
    rows = [[called(key), key, *cells(one)] for key, one in found.items()]
    return Sheet(wording.said(measure, language).title, columns, rows)


def marked(sheet: Sheet, of_before: Iterable[int], language: Language) -> Sheet:
    """A table with one more column: how many cases of before are counted in each line."""
    _ = words(language).gettext
    rows = [[*row, count] for row, count in zip(sheet.rows, of_before, strict=True)]
    return Sheet(sheet.name, [*sheet.columns, ("of_before", _("of them of before"))], rows)
