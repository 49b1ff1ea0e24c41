"""Cases as lists show them."""

from dataclasses import dataclass

from permits.casework.afterwards import TERM
from permits.casework.dates import day_of
from permits.store.lists import Listed
from permits.text.days import day
from permits.text.titles import title_of
from permits.text.words import words
from permits.web.lights import Light, by_date
from permits.web.visits import Visit


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case in a list; `next_due` is what its next date is called."""

    listed: Listed
    path: str
    title: str
    permit: str
    track: str
    state: str
    next_due: str
    provisional: bool
    light: Light


def in_list(visit: Visit, listed: Listed, home: str) -> ShownCase:
    """A case of a list, its page under `home`."""
    row, language = listed.row, visit.language
    definition = visit.office.shelf.edition(row.definition).definition
    title = title_of(definition, row.due_name, language) if row.due_name else None
    _ = words(language).gettext
    if row.due_name == TERM:
        title = _("The term of the grant")
    if row.put_right_on is not None:
        filled = {"what": title, "day": day(row.put_right_on, language)}
        title = _("Reported as put right on %(day)s, to be checked: %(what)s") % filled
    elif row.rectifies:
        title = _("Rectification due: %(what)s") % {"what": title}
    today = day_of(visit.office.now())
    return ShownCase(
        listed=listed,
        path=f"{home}/{row.case_id.removeprefix('case/')}",
        title=row.title or definition.permit.title.in_(language),
        permit=definition.permit.title.in_(language),
        track=next(t.title.in_(language) for n, t in definition.tracks.items() if n == row.track),
        state=definition.chart.states[row.state].title.in_(language),
        next_due=title or "",
        provisional=row.due_on is not None and not visit.office.shelf.calendar.knows(row.due_on),
        light=by_date(row.due_on, row.warn_on, today),
    )
