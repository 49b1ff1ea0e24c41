"""What each event of a case is in words."""

from permits.text.told import (
    after,
    counter,
    heard,
    inspectors,
    procedure,
    revoking,
    service,
    shared,
    succession,
    terms,
    tolerance,
)
from permits.text.told.teller import Says

SAYS: Says = {
    **procedure.SAYS,
    **terms.SAYS,
    **tolerance.SAYS,
    **revoking.SAYS,
    **heard.SAYS,
    **succession.SAYS,
    **counter.SAYS,
    **shared.SAYS,
    **service.SAYS,
    **after.SAYS,
    **inspectors.SAYS,
}
"""A test asks that no event is forgotten."""
