"""What the groups of a figure are called."""

from collections.abc import Callable, Mapping

from permits.analytics import wording
from permits.analytics.measures import By
from permits.definitions.schema import Definition, Text
from permits.text.days import month
from permits.text.figures import track
from permits.web.rooms import rooms_of
from permits.web.visits import Visit


def group(visit: Visit, by: By) -> Callable[[str], str]:
    """What a group is called by its key; one that nothing names any more by its key."""
    language = visit.language
    match by:
        case By.ALL:
            return lambda _key: wording.way(By.ALL, language)
        case By.TRACK:
            return lambda key: track(key, language)
        case By.MONTH:
            return lambda key: month(f"{key}-01", language)
        case By.METHOD:
            return lambda key: wording.method(key, language)
        case By.EDITION:
            return lambda key: _edition(visit, key)
        case By.DEPARTMENT | By.ASKED | By.DISTRICT:
            known = _rooms(visit, by)
        case By.PERMIT | By.STATE | By.TERM | By.DUTY | By.FEE:
            known = _of_definitions(visit, by)
    return lambda key: known.get(key, key)


def _edition(visit: Visit, digest: str) -> str:
    title = visit.office.shelf.edition(digest).definition.permit.title.in_(visit.language)
    return f"{title} · {digest[:12]}"


def _rooms(visit: Visit, by: By) -> Mapping[str, str]:
    """Departments and offices by their ids."""
    if by is By.DISTRICT:
        deciders = (one.definition.authority for one in visit.office.shelf.permits)
        return {one.id: one.title.in_(visit.language) for one in deciders}
    known = rooms_of(visit).known
    return {department: room.department for (_office, department), room in known.items()}


def _of_definitions(visit: Visit, by: By) -> Mapping[str, str]:
    """What definitions of today call something; the first that names it says how."""
    found: dict[str, str] = {}
    for edition in visit.office.shelf.permits:
        for key, title in _names(edition.definition, by).items():
            found.setdefault(key, title.in_(visit.language))
    return found


def _names(definition: Definition, by: By) -> Mapping[str, Text]:
    match by:
        case By.STATE:
            return {key: one.title for key, one in definition.chart.states.items()}
        case By.TERM:
            return {key: one.title for key, one in definition.clocks.items()}
        case By.DUTY:
            return {key: one.title for key, one in definition.obligations.items()}
        case By.FEE:
            return {key: one.title for key, one in definition.fees.items()}
        case _:
            return {definition.permit.id: definition.permit.title}
