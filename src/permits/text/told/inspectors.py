"""Who was drawn by lot to make a check, in words. Persons are not named: the page of the case says
who they are to those who work on it."""

from permits.casework.families import inspectors as events
from permits.casework.parts import Hindered
from permits.text.told.teller import Says, Teller
from permits.text.words import Language, words


def hindered(ground: Hindered, language: Language) -> str:
    """Why somebody who was drawn does not check."""
    _ = words(language).gettext
    match ground:
        case "recused":
            return _("recused in this case")
        case "acted":
            return _("acted for the applicant in this case")
        case "on_leave":
            return _("on leave")
        case "left":
            return _("no longer in the department")


def _drawn(t: Teller, e: events.InspectorsDrawn) -> list[str]:
    _ = t._
    filled = {"what": t.duty(e.obligation), "num": len(e.drawn), "of": len(e.fit)}
    says = words(t.language).ngettext(
        "Who checks was drawn by lot: %(what)s, %(num)d of %(of)d officer",
        "Who checks was drawn by lot: %(what)s, %(num)d of %(of)d officers",
        len(e.fit),
    )
    return [says % filled, _("Lots drawn from: %(seed)s") % {"seed": e.seed}] if t.inside else []


def _replaced(t: Teller, e: events.InspectorReplaced) -> list[str]:
    if not t.inside:
        return []
    _ = t._
    why = hindered(e.ground, t.language)
    filled = {"what": t.duty(e.obligation), "why": why, "of": len(e.fit)}
    says = words(t.language).ngettext(
        "Another was drawn to check: %(what)s, out of %(of)d officer; %(why)s",
        "Another was drawn to check: %(what)s, out of %(of)d officers; %(why)s",
        len(e.fit),
    )
    return [says % filled, t.text(e.reason), _("Lots drawn from: %(seed)s") % {"seed": e.seed}]


def _recorded(t: Teller, e: events.CheckRecorded) -> list[str]:
    if not t.inside:
        return []
    _ = t._
    says = _("The record of a check was written and waits for the other signatures: %(what)s")
    return [says % {"what": t.duty(e.obligation)}, t.text(e.finding)]


def _signed(t: Teller, e: events.CheckSigned) -> list[str]:
    says = t._("The record of a check was signed: %(what)s")
    return [says % {"what": t.duty(e.obligation)}] if t.inside else []


def _returned(t: Teller, e: events.CheckReturned) -> list[str]:
    if not t.inside:
        return []
    says = t._("The record of a check was not signed, but sent back: %(what)s")
    return [says % {"what": t.duty(e.obligation)}, t.text(e.reason)]


SAYS: Says = {
    events.InspectorsDrawn: _drawn,
    events.InspectorReplaced: _replaced,
    events.CheckRecorded: _recorded,
    events.CheckSigned: _signed,
    events.CheckReturned: _returned,
}
