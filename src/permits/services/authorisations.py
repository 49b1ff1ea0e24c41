"""Whom a party has authorised, by the name that stands on a paper or in an application."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace
from sqlalchemy import Connection

from permits.casework.answers import Read
from permits.casework.counter import Brought
from permits.casework.families.parties import stream_of
from permits.casework.inputs import Signing
from permits.casework.parts import HandedIn
from permits.casework.party import Authorised, Party
from permits.casework.tracks import UNDERTAKING, declared_digest, signer_of
from permits.definitions.edition import Edition
from permits.services.counter_shapes import BroughtIn
from permits.services.party_orders import PartyReader
from permits.services.sealer import Sealer
from permits.store import invitations
from permits.store.database import Database
from permits.store.drafts import Draft
from permits.store.names import Names
from permits.store.vault import Vault


class Authorisations:
    """Finds people in the records of parties."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._vault = Vault(database.dialect)
        self._reader = PartyReader(database.dialect)
        self._called = Names(database.dialect)

    def party(self, code: str) -> Party:
        """The record that says who is authorised."""
        with self.database.read() as connection:
            return self._reader.shown(connection, code)

    def brought(
        self, party: str, came: BroughtIn, scans: tuple[HandedIn, ...], sealer: Sealer
    ) -> Brought:
        """What came on paper for a party, with the name sealed."""
        agent = came.capacity == "agent"
        return Brought(
            on=came.on,
            name=sealer.text("bringer", came.name),
            capacity=came.capacity,
            in_person=came.in_person,
            scans=scans,
            authorised=self.named(party, came.name, came.on) if agent else "",
        )

    def signing(
        self, edition: Edition, read: Read, signed: Iterable[Signing], on: date
    ) -> tuple[Signing, ...]:
        """The signatures of a form, each with whom its unit has of the name that is given."""
        return tuple(
            replace(one, account=self._signs(edition, read, one.signature, on)) for one in signed
        )

    def signing_draft(
        self, edition: Edition, read: Read, draft: Draft, on: date
    ) -> tuple[Signing, ...]:
        """The same for an application. Who was invited has signed with an account of their own, if
        this text and over these answers."""
        with self.database.read() as connection:
            invited = invitations.of_draft(connection, draft.id)
        declared = declared_digest(read.answers)
        own = {
            one.signature: one.signed_by
            for one in invited
            if draft.signed.get(one.signature) == one.text_digest and one.declared == declared
        }
        signed = (
            Signing(key, digest, shown_in=draft.shown_in.get(key, ""))
            for key, digest in draft.signed.items()
        )
        return tuple(
            replace(one, account=own[one.signature], online=True) if one.signature in own else one
            for one in self.signing(edition, read, signed, on)
        )

    def _signs(self, edition: Edition, read: Read, key: str, on: date) -> str:
        """Under which name its unit has whoever signs with the applicant."""
        if key == UNDERTAKING or "." not in key:
            return ""
        signer = signer_of(edition.definition, key)
        unit = str(read.answers.get(str(signer.unit), ""))
        return self.named(unit, read.personal.get(str(signer.person), ""), on) if unit else ""

    def named(self, code: str, name: str, on: date) -> str:
        """Under which name the record of a party has a person of this name: one who may sign on
        the day before one who may not, since names are not unique. Empty if it has nobody."""
        with self.database.read() as connection:
            party = self._reader.shown(connection, code)
            names = self._names(connection, code, party.authorised)
        same = (one for one, borne in names.items() if borne == name.strip())
        return min(same, key=lambda one: party.lacking(one, "sign", on) is not None, default="")

    def _names(
        self, connection: Connection, code: str, held: dict[str, Authorised]
    ) -> dict[str, str]:
        """The names of those who are authorised."""
        if not held:
            return {}
        written = self._vault.of(connection, stream_of(code))
        accounts = self._called.of(connection, (), held).people
        return {key: accounts.get(key) or written.get(one.name, "") for key, one in held.items()}
