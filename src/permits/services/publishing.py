"""Proposes what is to be published, and publishes what another administrator agreed to.

Whoever proposes does not publish. What is published is the same, and told by the same events, as
if it came from the command line; that it was proposed, and by whom, stands beside it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from permits.casework.access import Actor
from permits.casework.dates import day_of
from permits.casework.envelope import Event
from permits.casework.families import access
from permits.casework.families.publishing import (
    SITE,
    PublicationDecided,
    PublicationProposed,
    SitePublished,
    stream_of,
)
from permits.casework.families.watching import OfficeAdministered
from permits.casework.publishing import (
    Fault,
    Outcome,
    Proposal,
    What,
    decides,
    fold_proposal,
    not_to_decide,
    proposes,
)
from permits.definitions.loader import Resolved
from permits.definitions.public_rules import Site
from permits.definitions.rate_rows import begun
from permits.services.proposed import Draft, Ready, base_of, ready, says_nothing_new
from permits.services.records import By, Records, new_id
from permits.services.sealer import Sealer
from permits.services.shelf import Shelf
from permits.store import people, proposals, published
from permits.store.database import Database
from permits.store.vault import Vault

MOST_DECIDED = 20


class Known(NamedTuple):
    """A proposal with why it was made and decided, and the names of those who did."""

    proposal: Proposal
    reason: str
    decided_because: str
    by_name: str
    decided_by_name: str


class Publishing:
    """Proposals: made, found, decided."""

    def __init__(self, database: Database, shelf: Shelf, now: Callable[[], datetime]) -> None:
        self.database = database
        self.shelf = shelf
        self.now = now
        self._records = Records(database)
        self._vault = Vault(database.dialect)

    def propose(self, draft: Draft, reason: str, by: Actor) -> str | Fault:
        """Propose something; the id of the proposal, or why it cannot be proposed. What the same
        person proposes once more while it is open is what they proposed before."""
        role = proposes(by)
        name = new_id()
        sealer = Sealer(stream_of(name))
        why = sealer.text("reason", reason)
        if role is None:
            return Fault.NOT_YOURS
        if why is None:
            return Fault.REASON_WANTED
        with self.shelf.alone() as connection:
            already = self._already(connection, draft, by)
            if already is not None:
                return already
            proposed = PublicationProposed(
                what=draft.what,
                subject=draft.subject,
                digest=draft.digest,
                base=base_of(connection, draft),
                reason=why,
            )
            proposals.keep(connection, draft.digest, draft.content)
            self._vault.put(connection, sealer.values)
            self._note(connection, name, proposed, "propose", By(by.id, role))
        return name

    def _already(self, connection: Connection, draft: Draft, by: Actor) -> str | Fault | None:
        """What there is of this already: it is published, or it is proposed."""
        if says_nothing_new(connection, draft):
            return Fault.NOTHING_NEW
        if self._rate_begun(connection, draft):
            return Fault.RATE_BEGUN
        open_one = proposals.waiting_for(connection, draft.digest)
        if open_one is None:
            return None
        found = self._proposal(connection, open_one)
        mine = found is not None and found.by == by.id
        return open_one if mine else Fault.PROPOSED_ALREADY

    def decide(self, name: str, outcome: Outcome, reason: str, by: Actor) -> Fault | None:
        """Publish, decline or withdraw a proposal; why that cannot be, if it cannot."""
        sealer = Sealer(stream_of(name))
        why = sealer.text("reason", reason)
        if outcome is Outcome.DECLINED and why is None:
            return Fault.REASON_WANTED
        with self.database.read() as connection:
            before = self._proposal(connection, name)
            content = self.content(connection, before) if before is not None else b""
        if before is None:
            return Fault.NO_PROPOSAL
        found = ready(before.what, content) if outcome is Outcome.PUBLISHED else ()
        if found is None:
            return Fault.UNSOUND
        with self.shelf.alone() as connection:
            proposal = self._proposal(connection, name) or before
            fault = not_to_decide(proposal, outcome, by)
            role = decides(by, outcome)
            if fault is not None or role is None:
                return fault
            decider = By(by.id, role)
            if outcome is Outcome.PUBLISHED:
                draft = Draft(proposal.what, proposal.subject, proposal.digest, content)
                fault = self._not_any_more(connection, draft, proposal)
                if fault is not None:
                    return fault
                self._publish(connection, found, proposal.digest, decider)
            decided = PublicationDecided(outcome=outcome, reason=why)
            self._vault.put(connection, sealer.values)
            self._note(connection, name, decided, outcome, decider)
        self.shelf.look()
        return None

    def _not_any_more(
        self, connection: Connection, draft: Draft, proposal: Proposal
    ) -> Fault | None:
        """Why what was lawfully proposed cannot be published by now."""
        if base_of(connection, draft) != proposal.base:
            return Fault.OVERTAKEN
        return Fault.RATE_BEGUN if self._rate_begun(connection, draft) else None

    def _rate_begun(self, connection: Connection, draft: Draft) -> bool:
        """Whether a rate would change for days that are over, on which charges were fixed. The
        first version of a permit type changes none."""
        base = base_of(connection, draft) if draft.what is What.DEFINITION else ""
        earlier = published.content(connection, base) if base else None
        if earlier is None:
            return False
        return bool(begun(earlier, draft.content, day_of(self.now())))

    def _publish(self, connection: Connection, found: Ready, digest: str, by: By) -> None:
        if isinstance(found, Resolved):
            self.shelf.publish_in(connection, found, by, self.now())
        elif isinstance(found, Site):
            event = SitePublished(digest=digest)
            self._records.append_by(connection, SITE, [event], by, self.now())
        else:
            self.shelf.load_years_in(connection, found, by, self.now())

    def _note(self, connection: Connection, name: str, event: Event, act: str, by: By) -> None:
        """Append to the stream of the proposal, and to that of the account that did it: whoever
        audits what administrators do reads those."""
        stream = stream_of(name)
        self._records.append_by(connection, stream, [event], by, self.now())
        proposal = self._proposal(connection, name)
        if proposal is not None:
            proposals.put(connection, proposal)
            done = OfficeAdministered(act, f"{proposal.what} {proposal.subject}")
            of = access.stream_of(by.account)
            self._records.append_by(connection, of, [done], by, self.now())

    def _proposal(self, connection: Connection, name: str) -> Proposal | None:
        return fold_proposal(name, self._records.events(connection, stream_of(name)))

    def content(self, connection: Connection, proposal: Proposal) -> bytes:
        """What a proposal would publish, as it was proposed."""
        found = proposals.kept(connection, proposal.digest)
        if found is None:
            raise KeyError(proposal.digest)
        return found

    def known(self, name: str) -> tuple[Known, bytes] | None:
        """A proposal and its content; None if there is none."""
        with self.database.read() as connection:
            proposal = self._proposal(connection, name)
            if proposal is None:
                return None
            return self._known(connection, proposal), self.content(connection, proposal)

    def waiting(self) -> list[Known]:
        """Open proposals, the oldest first."""
        with self.database.read() as connection:
            return self._each(connection, proposals.waiting(connection))

    def decided(self, before: str = "") -> list[Known]:
        """Some of the proposals that were decided, the newest first, and one more if there are
        more of them."""
        with self.database.read() as connection:
            names = proposals.decided(connection, before, MOST_DECIDED + 1)
            return self._each(connection, names)

    def _each(self, connection: Connection, names: Sequence[str]) -> list[Known]:
        found = (self._proposal(connection, name) for name in names)
        return [self._known(connection, one) for one in found if one is not None]

    def _known(self, connection: Connection, proposal: Proposal) -> Known:
        texts = self._vault.of(connection, stream_of(proposal.id))
        named = {
            one.id: one.name
            for one in people.by_ids(connection, {proposal.by, proposal.decided_by})
        }
        return Known(
            proposal,
            texts.get(proposal.reason, ""),
            texts.get(proposal.decided_because or "", ""),
            named.get(proposal.by, proposal.by),
            named.get(proposal.decided_by, proposal.decided_by),
        )
