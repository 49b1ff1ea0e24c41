"""What happens at the counter, in words."""

from permits.casework.families import counter
from permits.text.counter import capacity, purpose
from permits.text.days import day
from permits.text.told.teller import Says, Teller


def _acted(t: Teller, e: counter.ActedForApplicant) -> list[str]:
    _ = t._
    name = t.quoted(e.name)
    who = capacity(e.capacity, t.language)
    filled = {
        "who": _("%(who)s, %(name)s") % {"who": who, "name": name} if name else who,
        "day": day(e.came_on, t.language),
    }
    if e.in_person:
        return [_("Brought on paper on %(day)s by %(who)s") % filled]
    return [_("Came on paper on %(day)s from %(who)s") % filled]


def _visited(t: Teller, e: counter.VisitRecorded) -> list[str]:
    _ = t._
    filled = {"day": day(e.on, t.language), "purpose": purpose(e.purpose, t.language)}
    return [_("Visit to the counter on %(day)s: %(purpose)s") % filled]


def _taken_back(t: Teller, e: counter.VisitTakenBack) -> list[str]:
    _ = t._
    return [_("A visit that was wrongly recorded was taken back"), t.text(e.reason)]


SAYS: Says = {
    counter.ActedForApplicant: _acted,
    counter.VisitRecorded: _visited,
    counter.VisitTakenBack: _taken_back,
}
