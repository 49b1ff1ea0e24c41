"""Lengths of time, money and sizes in words."""

from permits.casework.due_dates import Length
from permits.text.words import Language, words


def term(value: Length | str, language: Language) -> str:
    """`7wd` as `7个工作日` or `7 working days`."""
    found = Length.parse(value) if isinstance(value, str) else value
    return _counted(found, language) % {"num": found.count}


def _counted(found: Length, language: Language) -> str:
    told = words(language).ngettext
    match found.unit:
        case "wd":
            return told("%(num)d working day", "%(num)d working days", found.count)
        case "d":
            return told("%(num)d day", "%(num)d days", found.count)
        case "m":
            return told("%(num)d month", "%(num)d months", found.count)


def money(fen: int, language: Language) -> str:
    """Hundredths of a yuan as `1,234.50元` or `CNY 1,234.50`."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    figure = f"{sign}{yuan:,}.{rest:02d}"
    return f"{figure}元" if language == "zh" else f"CNY {figure}"


def size(count: int, language: Language) -> str:
    """The size of a file: `820 KB`, `1.2 MB`; the units are written alike in both languages."""
    del language
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"
