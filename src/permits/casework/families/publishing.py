"""The publishing family: what one administrator proposes to publish, and another one decides.

One stream for each proposal. Why somebody proposed or decided stands sealed in it. What is shown
below every page has a stream, as the calendar and the definitions have.
"""

from permits.casework.envelope import Event
from permits.casework.parts import Seal

ALL = "proposal/"
SITE = "site"
"""The stream of what is shown below every page."""


def stream_of(proposal: str) -> str:
    return f"{ALL}{proposal}"


class PublicationProposed(Event, frozen=True):
    """Somebody proposes to publish what has this digest: years of the `calendar`, a `definition`,
    or the `site`. `subject` names the years or the permit type; `base` is what was published of
    it at that time, so that nothing published meanwhile is undone by it."""

    what: str
    subject: str
    digest: str
    base: str
    reason: Seal


class PublicationDecided(Event, frozen=True):
    """The proposal was `published` or `declined` by another one, or `withdrawn` by whoever made
    it."""

    outcome: str
    reason: Seal | None = None


class SitePublished(Event, frozen=True):
    """What is shown below every page from now on, by the digest under which it was proposed."""

    digest: str
