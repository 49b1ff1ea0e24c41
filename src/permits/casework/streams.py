"""Every event the log may hold, whatever its stream, by the name it is kept under."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from permits.casework.entitlement import batches, claim_fold, policies, register, rounds
from permits.casework.envelope import CannotFollow, Envelope, Event, canonical
from permits.casework.families import (
    access,
    calendar,
    definitions,
    erasing,
    history,
    kept_documents,
    projects,
    publishing,
    watching,
)
from permits.casework.fold import EVENTS as OF_CASES
from permits.casework.following import IMPOSSIBLE, why
from permits.casework.party_fold import FOLDS as OF_PARTIES
from permits.casework.voices.voices import FOLDS as OF_VOICES

BESIDE_CASES: tuple[type[Event], ...] = (
    access.AccountOpened,
    access.RolesChanged,
    access.AccountClosed,
    access.SubstituteNamed,
    access.SubstituteRecalled,
    access.PlaceTaken,
    access.PlaceLeft,
    access.SignedIn,
    access.SignInFailed,
    access.SignedOut,
    access.SessionsEnded,
    access.PasswordChanged,
    access.PasswordSet,
    access.SecondFactorAdded,
    access.TokenMade,
    access.TokenEnded,
    access.IdentityLinked,
    access.IdentityUnlinked,
    access.SecondFactorRemoved,
    access.RecoveryCodesMade,
    access.RecoveryCodeUsed,
    access.StepUpPassed,
    access.StepUpFailed,
    access.WaitsLifted,
    access.CaseShown,
    erasing.ValuesErased,
    erasing.AccountErased,
    erasing.KeptLongEnough,
    erasing.PersonExported,
    kept_documents.DocumentKept,
    history.PastCaseRecorded,
    history.PastCasesWithdrawn,
    watching.FileTaken,
    watching.AccessRefused,
    watching.CommandRun,
    watching.OfficeAdministered,
    calendar.YearPublished,
    definitions.DefinitionPublished,
    publishing.PublicationProposed,
    publishing.PublicationDecided,
    publishing.SitePublished,
    *OF_PARTIES,
    *projects.FOLDS,
    register.RegisterImported,
    policies.PolicyPublished,
    *rounds.FOLDS,
    *claim_fold.BEGINNINGS,
    *claim_fold.FOLDS,
    batches.PaymentsOrdered,
    *OF_VOICES,
)

EVENTS: dict[str, type[Event]] = {**OF_CASES, **{k.__name__: k for k in BESIDE_CASES}}
"""A test asks that no two have one name."""

_DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in EVENTS.items()}

Lift = Callable[[dict[str, Any]], dict[str, Any]]

LIFTS: Mapping[tuple[str, int], Lift] = {}
"""How a body of an older shape becomes one of the next, by the name of the event and the schema it
has. What was written stays as it is; it is lifted whenever it is read."""


def schema_of(name: str) -> int:
    """The schema in which an event is written now: one more than what can be lifted to it."""
    return 1 + sum(1 for lifted, _schema in LIFTS if lifted == name)


def read_event(envelope: Envelope, body: bytes) -> Event:
    """The event in a body, lifted to the shape it has now. Raises `CannotFollow` for a type or a
    schema that is not known, as of a newer program, and for a body that is none of its type."""
    name, schema = envelope.type, envelope.schema
    decoder = _DECODERS.get(name)
    if decoder is None:
        raise CannotFollow(envelope, "there is no such event")
    try:
        while (lift := LIFTS.get((name, schema))) is not None:
            body, schema = canonical(lift(msgspec.json.decode(body))), schema + 1
        if schema == schema_of(name):
            return decoder.decode(body)
    except (*IMPOSSIBLE, msgspec.MsgspecError) as error:
        raise CannotFollow(envelope, why(error)) from error
    raise CannotFollow(envelope, f"shape {envelope.schema} is not known")
