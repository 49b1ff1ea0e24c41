"""What the groups of a figure are called."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from permits.analytics import before, wording
from permits.analytics.measures import By
from permits.definitions.edition import Edition
from permits.definitions.schema import Definition, Text
from permits.text.days import month
from permits.text.figures import track
from permits.text.rooms import Rooms
from permits.text.words import Language, words


class Shelved(Protocol):
    """What the names are read off: the newest editions, and any edition by its digest."""

    @property
    def permits(self) -> Sequence[Edition]:
        """Today's permit types."""

    def edition(self, digest: str) -> Edition:
        """An edition that was published."""


def group(shelf: Shelved, language: Language, by: By) -> Callable[[str], str]:
    """What a group is called by its key; one that nothing names any more by its key."""
    called = _group(shelf, language, by)
    _ = words(language).gettext
    return lambda key: _("Cases of before") if key == before.GROUP else called(key)


def _group(shelf: Shelved, language: Language, by: By) -> Callable[[str], str]:
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
            return lambda key: _edition(shelf, language, key)
        case By.DEPARTMENT | By.ASKED | By.DISTRICT:
            known = _rooms(shelf, language, by)
        case By.PERMIT | By.STATE | By.TERM | By.DUTY | By.FEE:
            known = _of_definitions(shelf, language, by)
    return lambda key: known.get(key, key)


def _edition(shelf: Shelved, language: Language, digest: str) -> str:
    title = shelf.edition(digest).definition.permit.title.in_(language)
    return f"{title} · {digest[:12]}"


def _rooms(shelf: Shelved, language: Language, by: By) -> Mapping[str, str]:
    """Departments and offices by their ids."""
    if by is By.DISTRICT:
        deciders = (one.definition.authority for one in shelf.permits)
        return {one.id: one.title.in_(language) for one in deciders}
    known = Rooms(shelf.permits, (), language).known
    return {department: room.department for (_office, department), room in known.items()}


def _of_definitions(shelf: Shelved, language: Language, by: By) -> Mapping[str, str]:
    """What definitions of today call something; the first that names it says how."""
    found: dict[str, str] = {}
    for edition in shelf.permits:
        for key, title in _names(edition.definition, by).items():
            found.setdefault(key, title.in_(language))
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
