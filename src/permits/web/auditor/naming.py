"""What the groups of a figure are called, for whoever looks at a page."""

from collections.abc import Callable

from permits.analytics import naming
from permits.analytics.measures import By
from permits.web.visits import Visit


def group(visit: Visit, by: By) -> Callable[[str], str]:
    """What a group is called by its key; one that nothing names any more by its key."""
    return naming.group(visit.office.shelf, visit.language, by)
