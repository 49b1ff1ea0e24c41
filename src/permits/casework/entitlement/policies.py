"""The policy family: policies that were published, in one stream."""

from datetime import date

from permits.casework.envelope import Event

STREAM = "policies"


class PolicyPublished(Event, frozen=True):
    """A version of a policy was published; its content stands under the digest."""

    policy: str
    place: int
    digest: str
    effective_from: date
    effective_until: date | None
