"""Why a file is not taken, in words that say what to do instead."""

from enum import StrEnum

from permits.settings import Limits
from permits.text.words import Language, words


class Unfit(StrEnum):
    """Why a file is not taken. Closed: each has a sentence here and a trouble of the API."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    KIND = "kind"
    TOO_MANY = "too_many"
    PLACE_FULL = "place_full"
    DAY_FULL = "day_full"
    LOCKED = "locked"
    ACTIVE = "active"
    BROKEN = "broken"
    TOO_DETAILED = "too_detailed"
    EXPANDS = "expands"
    INFECTED = "infected"
    UNCHECKED = "unchecked"


MOST_MEGAPIXELS = 40
"""Of a picture. Cameras make 12 to 24; a page of A4 scanned at 600 dpi has 35."""


def sentence(why: Unfit, limits: Limits, language: Language) -> str:
    """Why a file was not taken, and what to do."""
    _ = words(language).gettext
    match why:
        case Unfit.EMPTY:
            return _("Choose a file that is not empty, then press “Upload”.")
        case Unfit.TOO_LARGE:
            told = _("The file is larger than %(mb)s MB. Make it smaller or split it.")
            return told % {"mb": limits.file_mb}
        case Unfit.KIND:
            return _("The file is no PDF, PNG or JPEG. Save it as one of these and upload that.")
        case Unfit.TOO_MANY:
            told = _(
                "There are %(count)s files here, which is as many as can be. Remove one first."
            )
            return told % {"count": limits.place_files}
        case Unfit.PLACE_FULL:
            told = _(
                "With this file there would be more than %(mb)s MB here. Remove another one first,"
                " or make this one smaller."
            )
            return told % {"mb": limits.place_mb}
        case Unfit.DAY_FULL:
            told = _(
                "With this file your organisation would have uploaded more than %(mb)s MB today."
                " Go on tomorrow, or bring the rest to the counter."
            )
            return told % {"mb": limits.party_day_mb}
        case Unfit.LOCKED:
            return _(
                "The PDF opens with a password only. Save it without a password and upload that."
            )
        case Unfit.ACTIVE:
            return _(
                "The PDF does more than show pages: it holds scripts, attached files, media or a"
                " form that runs by itself. Print it to a new PDF and upload that, and attached"
                " files by themselves."
            )
        case Unfit.BROKEN:
            return _(
                "The file is damaged or incomplete. Open it, save or scan it anew, and upload"
                " that."
            )
        case Unfit.TOO_DETAILED:
            told = _(
                "The picture has more than %(count)s million pixels. Scan it with 300 dpi, or make"
                " it smaller."
            )
            return told % {"count": MOST_MEGAPIXELS}
        case Unfit.EXPANDS:
            return _(
                "The file would unpack to far more than it is. Print or scan it to a new file and"
                " upload that."
            )
        case Unfit.INFECTED:
            return _(
                "The scanner for viruses found something in this file, so it was not kept. Clean"
                " your computer, make the file anew and upload that."
            )
        case Unfit.UNCHECKED:
            return _(
                "The file cannot be checked at the moment, so it was not kept. Try again in a few"
                " minutes."
            )
