"""The party family: organisations that apply, by their credit code."""

from permits.casework.envelope import Event


def stream_of(code: str) -> str:
    return f"party/{code}"


class PartyRegistered(Event, frozen=True):
    """An organisation under its registered name, which is public."""

    code: str
    name: str
