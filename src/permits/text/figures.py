"""Figures as people read them, and what cases are counted by."""

from fractions import Fraction

from permits.casework.parts import Outcome
from permits.definitions.tracks import TrackName
from permits.text.words import Language, words


def number(value: float | None, language: Language) -> str:
    """A figure: `1,234`, `2.35`, `−4`; a dash if nothing is known."""
    del language
    if value is None:
        return "–"
    written = f"{abs(value):,.2f}".rstrip("0").rstrip(".")
    return f"−{written}" if value < 0 else written


def share(part: int, whole: int, language: Language) -> str:
    """So many of so many as `97.5%`. What is not all or nothing is not rounded to it."""
    del language
    if whole == 0:
        return "–"
    thousandths = round(Fraction(1000 * part, whole))
    if 0 < part < whole:
        thousandths = min(max(thousandths, 1), 999)
    return f"{thousandths / 10:.1f}".removesuffix(".0") + "%"


def track(value: TrackName | str, language: Language) -> str:
    """A track, whatever a permit type calls it."""
    _ = words(language).gettext
    match TrackName(value):
        case TrackName.ORDINARY:
            return _("Ordinary procedure")
        case TrackName.COMMITMENT:
            return _("On commitment")
        case TrackName.TOLERANT:
            return _("With materials to follow")


def outcome(value: Outcome, language: Language) -> str:
    """What became of a case."""
    _ = words(language).gettext
    match value:
        case "open":
            return _("Still open")
        case "granted":
            return _("Granted")
        case "refused":
            return _("Refused")
        case "revoked":
            return _("Revoked")
        case "withdrawn":
            return _("Withdrawn")
        case "not_accepted":
            return _("Not accepted")
