"""What is noted of accounts besides signing in: what they took along, and what was refused them.

These stand in the stream of the account. What whoever runs the office did at its command line
stands in a stream of its own.
"""

from permits.casework.envelope import Event

COMMANDS = "commands/setup"
"""The stream of what was done at the command line."""

STRANGERS = "strangers/unknown"
"""The stream of sign-ins under names that no account has. The names are not kept: they may be
passwords that were typed in the wrong place."""

BESIDE_ACCOUNTS = (COMMANDS, STRANGERS)
"""What is noted of nobody's account; each goes by what stands after the stroke."""


class FileTaken(Event, frozen=True):
    """A file went to the account: a table, a document, an upload. `what` is the kind of address,
    `of` the ids in it."""

    what: str
    of: tuple[str, ...]


class AccessRefused(Event, frozen=True):
    """The account asked for what is not there for it, with the status that was answered. `times`
    is how often it did within the window; of many only some are noted."""

    what: str
    of: tuple[str, ...]
    status: int
    times: int


class OfficeAdministered(Event, frozen=True):
    """The account did something to what the whole office works with. `act` is the kind of thing,
    `about` what it was done to."""

    act: str
    about: str


class CommandRun(Event, frozen=True):
    """Whoever runs the office did something at its command line; `operator` is the name the
    machine knows them by."""

    command: str
    about: str
    operator: str
