"""Tolerant acceptance in words."""

from permits.casework.families import tolerance
from permits.text.days import day
from permits.text.told.teller import Says, Teller


def _signed(t: Teller, _e: tolerance.UndertakingSigned) -> list[str]:
    _ = t._
    return [_("Undertaking signed to supply in time what is missing")]


def _supplied(t: Teller, e: tolerance.LaterSupplied) -> list[str]:
    _ = t._
    came = t.materials(held.material for held in e.handed_in)
    says = _("Supplied: %(what)s") % {"what": came}
    rest = _("Still to come: %(what)s") % {"what": t.materials(e.missing)}
    return [says, rest if e.missing else _("Everything is in.")]


def _broken(t: Teller, e: tolerance.UndertakingBroken) -> list[str]:
    _ = t._
    filled = {"what": t.materials(e.missing), "day": day(e.barred_until, t.language)}
    return [
        _("Not supplied in time: %(what)s") % filled,
        _("No tolerant acceptance for this applicant until %(day)s") % filled,
    ]


SAYS: Says = {
    tolerance.UndertakingSigned: _signed,
    tolerance.LaterSupplied: _supplied,
    tolerance.UndertakingBroken: _broken,
}
