"""What each event of a case is in words."""

from permits.text.told import heard, inspectors, procedure, revoking, terms, tolerance
from permits.text.told.teller import Says

SAYS: Says = {
    **procedure.SAYS,
    **terms.SAYS,
    **tolerance.SAYS,
    **revoking.SAYS,
    **heard.SAYS,
    **inspectors.SAYS,
}
"""A test asks that no event is forgotten."""
