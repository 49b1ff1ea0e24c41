"""What came of holding a log against a definition, in words."""

from collections.abc import Iterator

from permits.exchange.replay import Refused, Replayed, Why
from permits.exchange.wording import place
from permits.text.figures import number, share
from permits.text.words import Language, words

MOST_SHOWN = 20


def why(value: Why, language: Language) -> str:
    """Why a case does not fit."""
    _ = words(language).gettext
    match value:
        case "unknown_activity":
            return _("the mapping does not say what this activity is")
        case "shut":
            return _("this is not open where the case stands")
        case "unfinished":
            return _("after this the case went no further, and it may not stop there")


def refused(one: Refused, language: Language) -> str:
    """A case that does not fit, with the first event that does not."""
    _ = words(language).gettext
    says = _(
        "%(case)s: event %(event)s (%(place)s), %(activity)s: %(why)s; it stands in %(stands)s"
    )
    return says % {
        "case": one.case,
        "event": one.event,
        "place": place(one.place, language),
        "activity": one.activity,
        "why": why(one.why, language),
        "stands": _(", ").join(one.stands),
    }


def told(found: Replayed, language: Language) -> Iterator[str]:
    """How many cases fit, and the first of those that do not."""
    _ = words(language).gettext
    yield words(language).ngettext(
        "%(fitting)s of %(cases)s case fits (%(share)s)",
        "%(fitting)s of %(cases)s cases fit (%(share)s)",
        found.cases,
    ) % {
        "fitting": number(found.fitting, language),
        "cases": number(found.cases, language),
        "share": share(found.fitting, found.cases, language),
    }
    for kind, count in found.whys.items():
        yield f"{number(count, language)} × {why(kind, language)}"
    for one in found.refused[:MOST_SHOWN]:
        yield f"  {refused(one, language)}"
    if len(found.refused) > MOST_SHOWN:
        more = {"count": number(len(found.refused) - MOST_SHOWN, language)}
        yield _("  … and %(count)s more") % more
