"""What departments are called, for whoever looks at a page."""

from permits.text.rooms import Rooms
from permits.web.visits import Visit


def rooms_of(visit: Visit) -> Rooms:
    """The departments of today's permit types and policies, in the visitor's language."""
    return Rooms(visit.office.shelf.permits, visit.office.policies.all, visit.language)
