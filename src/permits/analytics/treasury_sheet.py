"""The file for the treasury, and what it is compared with, in words."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from permits.analytics.treasury import Entry, Totals
from permits.analytics.treasury_file import BadFile, Difference
from permits.casework.ledger import EntryKind
from permits.definitions.edition import Edition
from permits.text.amounts import money
from permits.text.days import day
from permits.text.words import Language, words

Editions = Callable[[str], Edition]


def kind(value: EntryKind, language: Language) -> str:
    """An entry of a ledger."""
    _ = words(language).gettext
    match value:
        case "frozen":
            return _("Amount fixed")
        case "corrected":
            return _("Fixed anew")
        case "cancelled":
            return _("Cancelled")
        case "paid":
            return _("Payment")
        case "refunded":
            return _("Refund")
        case "undone":
            return _("Wrong entry taken back")


def sheet(
    entries: Iterable[Entry], found: Totals, editions: Editions, language: Language
) -> Iterator[list[object]]:
    """A line for each entry of a period, with the totals that an auditor adds up at its end.

    Amounts are in yuan, in one column if they add to the debt and in another if they take from
    it, so that none is negative.
    """
    _ = words(language).gettext
    yield [
        _("Case number"), _("Organisation"), _("Credit code"), _("Permit type"), _("Fee"),
        _("Entry"), _("Place in the ledger"), _("Day"), _("Adds to the debt, in yuan"),
        _("Takes from the debt, in yuan"), _("Receipt of the office"),
        _("Treasury receipt number"), _("Stands"),
    ]  # fmt: skip
    for one in entries:
        definition = editions(one.definition).definition
        yield [
            one.case_number,
            one.party_name,
            one.party,
            definition.permit.title.in_(language),
            definition.fees[one.fee].title.in_(language),
            kind(one.kind, language),
            one.place,
            one.on,
            *_columns(one.amount_fen),
            one.number,
            one.receipt,
            one.stands,
        ]
    yield _total(_("Owed before the period"), found.before_fen)
    for each, fen in found.by_kind.items():
        yield _total(_("Total: %(what)s") % {"what": kind(each, language)}, fen)
    yield _total(_("Owed after the period"), found.after_fen)


def _total(title: str, fen: int) -> list[object]:
    return [title, "", "", "", "", "", "", "", *_columns(fen), "", "", ""]


def _columns(fen: int) -> tuple[str, str]:
    return yuan(max(fen, 0)), yuan(max(-fen, 0))


def yuan(fen: int) -> str:
    """Not negative, in yuan with two decimals: `1234.50`."""
    return f"{fen // 100}.{fen % 100:02d}"


def difference(found: Difference, language: Language) -> str:
    """On what the treasury and the ledgers do not agree, in one sentence."""
    _ = words(language).gettext
    theirs, ours = found.theirs, found.ours
    filled = {
        "number": found.number or _("without a number"),
        "case": ours.case_number if ours else "",
        "line": theirs.line if theirs else 0,
        "theirs": money(theirs.fen, language) if theirs else "",
        "ours": money(-ours.amount_fen, language) if ours else "",
        "their_day": day(theirs.on, language) if theirs else "",
        "our_day": day(ours.on, language) if ours else "",
    }
    match found.kind:
        case "only_treasury":
            says = _("%(number)s: only the treasury has it, line %(line)d, %(theirs)s")
        case "only_ledger":
            says = _("%(number)s: only the ledger of %(case)s has it, %(ours)s")
        case "amount":
            says = _("%(number)s: %(theirs)s at the treasury, %(ours)s in the ledger of %(case)s")
        case "day":
            says = _("%(number)s: %(their_day)s at the treasury, %(our_day)s in %(case)s")
        case _:
            says = _("%(number)s: stands more than once, see line %(line)d and %(case)s")
    return says % filled


def unreadable(wrong: BadFile, language: Language) -> str:
    """Why a file of the treasury could not be read, and what to do."""
    _ = words(language).gettext
    says = {
        "encoding": _("The file is not UTF-8. Save it as CSV in UTF-8."),
        "columns": _("The first line must name the columns number, day and amount."),
        "number": _("Line %(line)d has no number."),
        "day": _("Line %(line)d has no day such as 2022-06-09."),
        "amount": _("Line %(line)d has no amount in yuan such as 55500.00."),
    }
    return says[wrong.wrong] % {"line": wrong.line}


def name(first: date, last: date, language: Language) -> str:
    """The name of the file."""
    _ = words(language).gettext
    title = _("fees").replace(" ", "-")
    return f"{title}_{first.isoformat()}_{last.isoformat()}.csv"
