"""Acts that want their person to have proved within the last minutes who they are, because they
take a right away or are published: whoever finds a screen unlocked must not be able to do them."""

from permits.services.party_requests import ImposeBar, MakeEntry
from permits.services.requests import Deregistration, Revocation, Withdrawal
from permits.services.shapes import Request

GRAVE: frozenset[type[Request]] = frozenset(
    {Revocation, Withdrawal, Deregistration, MakeEntry, ImposeBar}
)


def is_grave(given: object) -> bool:
    """Whether what was sent asks for such an act. What has no request of its own, as a change of
    somebody's roles, asks for the proof by itself."""
    return type(given) in GRAVE
