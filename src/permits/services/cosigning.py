"""Signing with an applicant: another party to the works is invited, and signs in its own account.

What it signs is the text as it reads and the answers as they stand. Whoever changes an answer
takes every signature away, and the invited sign anew.
"""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from permits.casework import standing
from permits.casework.access import Actor
from permits.casework.answers import Read
from permits.casework.dates import as_text, day_of
from permits.casework.identifiers import is_credit_code
from permits.casework.messages import Message
from permits.casework.parts import ShownIn
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import UNDERTAKING, declared_digest, signatures, signer_of
from permits.definitions.edition import Edition
from permits.definitions.procedure import Role
from permits.definitions.schema import TrackName
from permits.services.filing import Filing, Lost
from permits.services.records import new_id
from permits.store import drafts, invitations
from permits.store.drafts import Draft
from permits.store.invitations import Invitation
from permits.store.outbox import Outbox, Task

MAIL = "mail"


class Invited(NamedTuple):
    """An invitation with the draft it is about."""

    invitation: Invitation
    draft: Draft

    @property
    def signed(self) -> bool:
        """Whether the signature stands in the draft as it is now."""
        one = self.invitation
        return bool(one.signed_by) and self.draft.signed.get(one.signature) == one.text_digest

    @property
    def waits(self) -> bool:
        """Whether the unit has neither signed nor declined, and there is something to sign."""
        return bool(self.draft.track) and not self.signed and self.invitation.declined_at is None


def unit_of(edition: Edition, read: Read, signature: str) -> str:
    """The credit code of the unit that gives a signature, as it was answered; empty if none."""
    if signature == UNDERTAKING or "." not in signature:
        return ""
    unit = str(read.answers.get(str(signer_of(edition.definition, signature).unit), ""))
    return unit if is_credit_code(unit) else ""


class CoSigning:
    """Invitations: made by whoever writes the application, answered by whoever is invited."""

    def __init__(self, filing: Filing) -> None:
        self.filing = filing
        self.database = filing.database
        self.now = filing.now
        self._outbox = Outbox(self.database.dialect)

    def invite(self, draft: Draft, signature: str, actor: Actor) -> Invitation | Refused:
        """Invite the unit that is named for a signature; once, however often it is asked for."""
        edition = self.filing.edition(draft)
        wanted = signatures(edition.definition, TrackName(draft.track)) if draft.track else ()
        unit = unit_of(edition, self.filing.read(draft), signature) if signature in wanted else ""
        if not unit:
            return Refused(Reason.COMMITMENT_UNSIGNED, (signature,))
        now = as_text(self.now())
        new = Invitation(new_id(), draft.id, signature, unit, actor.id, now)
        with self.database.write() as connection:
            if invitations.add(connection, new):
                self._tell(connection, new, "co_sign", draft.version)
        return new

    def of_draft(self, draft: Draft) -> dict[str, Invited]:
        """The invitations to the units that are now named, by signature."""
        edition, read = self.filing.edition(draft), self.filing.read(draft)
        with self.database.read() as connection:
            found = invitations.of_draft(connection, draft.id)
        return {
            one.signature: Invited(one, draft)
            for one in found
            if unit_of(edition, read, one.signature) == one.unit
        }

    def mine(self, actor: Actor) -> list[Invited]:
        """What the actor's party is invited to sign."""
        with self.database.read() as connection:
            found = invitations.of_unit(connection, actor.party) if actor.party else []
            pairs = [(one, drafts.find(connection, one.draft)) for one in found]
        return [*self._standing(pairs)]

    def find(self, invitation_id: str, actor: Actor) -> Invited | None:
        """An invitation of the actor's party; None alike for others' and for none at all, and
        once another unit is named or the application was filed."""
        return next((i for i in self.mine(actor) if i.invitation.id == invitation_id), None)

    def _standing(self, pairs: list[tuple[Invitation, Draft | None]]) -> Iterator[Invited]:
        for one, draft in pairs:
            if draft is None:
                continue
            today = self.filing.as_of_today(draft)
            edition, read = self.filing.edition(today), self.filing.read(today)
            if unit_of(edition, read, one.signature) == one.unit:
                yield Invited(one, today)

    def sign(
        self, invited: Invited, actor: Actor, seen: int, text: str, shown_in: ShownIn = ""
    ) -> Refused | Lost | None:
        """Sign as the text with this digest was shown, in that language, over the answers of the
        version seen."""
        one, draft = invited
        refused = self._may_sign(actor)
        if refused is not None:
            return refused
        if draft.version != seen:
            return Lost.OVERTAKEN
        commitment, now = one.signature.partition(".")[0], as_text(self.now())
        keys = (one.signature,)
        with_it = self.filing.with_signatures(draft, commitment, text, keys, shown_in)
        if isinstance(with_it, Refused):
            return with_it
        signed = replace(
            one,
            signed_by=actor.id,
            signed_at=now,
            text_digest=text,
            declared=declared_digest(self.filing.read(draft).answers),
            declined_at=None,
        )
        with self.database.write() as connection:
            if not drafts.save(connection, replace(with_it, version=seen + 1, updated_at=now)):
                return Lost.OVERTAKEN
            invitations.change(connection, signed)
            self._tell(connection, signed, "co_signed", seen + 1)
        return None

    def decline(self, invited: Invited) -> None:
        """Decline to sign; whoever writes the application is told."""
        declined = replace(invited.invitation, declined_at=as_text(self.now()))
        with self.database.write() as connection:
            invitations.change(connection, declined)
            self._tell(connection, declined, "co_declined", invited.draft.version)

    def _may_sign(self, actor: Actor) -> Refused | None:
        """Why an account may not sign for its party."""
        party = self.filing.authorisations.party(actor.party)
        return standing.lacking(party, actor.id, "sign", day_of(self.now()))

    def _tell(self, connection: Connection, one: Invitation, template: str, seen: int) -> None:
        """Have a letter written. Its task is named by what happened at which version of the draft,
        so it is put once."""
        payload = msgspec.json.encode(Message(template, Role.APPLICANT, about=one.id))
        task = Task(f"{template}/{one.id}/{seen}", MAIL, f"draft/{one.draft}", seen, payload)
        self._outbox.put(connection, (task,), as_text(self.now()))
