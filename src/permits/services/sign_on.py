"""Signing in with an issuer of OpenID Connect: an identity there is linked with an account here,
and then opens sessions of it like a password does."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from permits.casework.families import access
from permits.outside.issuers import Issuer, Issuers
from permits.outside.keyring import Keyring, Unopenable
from permits.outside.openid import Asked, Identity, IssuerAway, NotBelieved
from permits.services.records import Records
from permits.services.sessions import Client, Opened, Proof, Sessions, is_staff
from permits.store import identities, people
from permits.store.database import Database
from permits.store.identities import Linked
from permits.store.people import Account

log = logging.getLogger("permits.sign_on")

ABOUT, TO_LINK = "signing in with an issuer", "linking an identity"

COMES_BACK = timedelta(minutes=15)
"""So long somebody may take at the issuer."""


class Begun(msgspec.Struct, frozen=True):
    """What is remembered of somebody who was sent to an issuer. `account` is whose identity is to
    be linked; empty for whoever signs in."""

    issuer: str
    state: str
    nonce: str
    verifier: str
    begun_at: datetime
    account: str = ""
    after: str = ""


class Proven(msgspec.Struct, frozen=True):
    """Whose identity an issuer has vouched for, to be linked with an account once its person says
    so on a page of ours."""

    issuer: str
    subject: str
    account: str
    proved_at: datetime


class Sent(msgspec.Struct, frozen=True):
    """The address to send a browser to, and what it is given to bring back, sealed."""

    address: str
    ticket: str


class Came(msgspec.Struct, frozen=True):
    """What a browser brings back: its ticket, what the issuer put into the address, from where it
    comes, and whose session it is in, if in any."""

    ticket: str
    said: Mapping[str, str]
    client: Client
    account: Account | None = None


class In(msgspec.Struct, frozen=True):
    """Somebody is in, and wanted to go on to `after`."""

    opened: Opened
    after: str


class ToLink(msgspec.Struct, frozen=True):
    """The issuer vouches for somebody: their person is asked whether this is to open the account.
    `ticket` is sent back with the answer. Nothing is linked because a browser was led here."""

    issuer: Issuer
    ticket: str


class Added(msgspec.Struct, frozen=True):
    """The identity is linked with the account from now on."""


class Amiss(msgspec.Struct, frozen=True):
    """Nobody is in and nothing is linked: the issuer cannot be asked (`away`), what came proves
    nothing (`not_proved`), nobody here is linked (`not_linked`), somebody else is (`taken`), or
    the issuer is not for accounts of this kind (`not_for`)."""

    why: str
    after: str = ""


class SignOn:
    """Sends people to issuers and lets in whoever comes back."""

    def __init__(self, sessions: Sessions, keyring: Keyring, issuers: Issuers) -> None:
        self.sessions = sessions
        self.keyring = keyring
        self.issuers = issuers
        self.database: Database = sessions.database
        self.records = Records(sessions.database)

    def begin(
        self, issuer: str, comes_back: str, *, after: str = "", account: str = ""
    ) -> Sent | Amiss:
        """Send somebody to an issuer. KeyError if there is none of this id."""
        asks = self.issuers[issuer].asks
        try:
            address, asked = asks.begin(comes_back)
        except IssuerAway as error:
            log.warning("%s", error)
            return Amiss("away", after)
        begun = Begun(
            issuer,
            asked.state,
            asked.nonce,
            asked.verifier,
            begun_at=self.sessions.now(),
            account=account,
            after=after,
        )
        return Sent(address, self.keyring.sealed(msgspec.json.encode(begun), ABOUT))

    def finish(self, came: Came, issuer_id: str, comes_back: str) -> In | ToLink | Amiss:
        """Let whoever comes back from an issuer in, or ask whether they are to be linked. Each
        issuer has an address of its own to send people back to, so that none can pass off the code
        of another (RFC 9700, 4.4)."""
        begun = self._begun(came.ticket)
        if begun is None or begun.issuer != issuer_id:
            return Amiss("not_proved")
        issuer = self.issuers[begun.issuer]
        asked = Asked(begun.state, begun.nonce, begun.verifier)
        try:
            identity = issuer.asks.finish(asked, came.said, comes_back)
        except (IssuerAway, NotBelieved) as error:
            log.warning("%s: %s", begun.issuer, error)
            away = isinstance(error, IssuerAway)
            return Amiss("away" if away else "not_proved", begun.after)
        if not begun.account:
            return self._let_in(issuer, identity, came.client, begun.after)
        if came.account is None or came.account.id != begun.account:
            return Amiss("not_proved")
        if not _for(issuer, came.account):
            return Amiss("not_for")
        proven = Proven(
            issuer.about.id, identity.subject, came.account.id, proved_at=self.sessions.now()
        )
        return ToLink(issuer, self.keyring.sealed(msgspec.json.encode(proven), TO_LINK))

    def confirm(self, account: Account, ticket: str) -> Added | Amiss:
        """Link the identity of a ticket, as its person says on a page of ours."""
        try:
            raw = self.keyring.opened(ticket, TO_LINK)
        except Unopenable:
            return Amiss("not_proved")
        proven = msgspec.json.decode(raw, type=Proven)
        late = self.sessions.now() - proven.proved_at > COMES_BACK
        if late or proven.account != account.id or proven.issuer not in self.issuers:
            return Amiss("not_proved")
        return self._link(self.issuers[proven.issuer], proven.subject, account)

    def of(self, account: Account) -> list[Linked]:
        """The identities an account signs in with."""
        with self.database.read() as connection:
            return identities.of_account(connection, account.id)

    def open_to(self, account: Account) -> list[Issuer]:
        """The issuers that accounts of this kind may sign in with."""
        return [one for one in self.issuers.values() if _for(one, account)]

    def link(self, account: Account, issuer: str, subject: str, *, actor: str) -> bool:
        """Link an identity with an account; False if it is linked with one. KeyError if there is
        no such issuer."""
        about = self.issuers[issuer].about
        new = Linked(about.issuer, subject, account.id, self.sessions.now())
        with self.database.write() as connection:
            if not identities.link(connection, new):
                return False
            event = access.IdentityLinked(issuer=about.issuer)
            self.records.append(
                connection, access.stream_of(account.id), [event], actor=actor, now=new.linked_at
            )
        return True

    def unlink(self, account: Account, issuer: str, *, actor: str) -> bool:
        """The account no longer signs in with an issuer, known by its address; False if it never
        did."""
        with self.database.write() as connection:
            if not identities.unlink(connection, account.id, issuer):
                return False
            event = access.IdentityUnlinked(issuer=issuer)
            now = self.sessions.now()
            self.records.append(
                connection, access.stream_of(account.id), [event], actor=actor, now=now
            )
        return True

    def _begun(self, ticket: str) -> Begun | None:
        try:
            raw = self.keyring.opened(ticket, ABOUT)
        except Unopenable:
            return None
        begun = msgspec.json.decode(raw, type=Begun)
        late = self.sessions.now() - begun.begun_at > COMES_BACK
        return None if late or begun.issuer not in self.issuers else begun

    def _let_in(
        self, issuer: Issuer, identity: Identity, client: Client, after: str
    ) -> In | Amiss:
        with self.database.read() as connection:
            linked = identities.find(connection, identity.issuer, identity.subject)
            known = people.known(connection, linked.account) if linked is not None else None
        if known is None or not known.account.open:
            return Amiss("not_linked", after)
        if not _for(issuer, known.account):
            return Amiss("not_for", after)
        coded = bool(identity.methods & {*issuer.about.second_factor})
        proof = Proof((f"issuer {identity.issuer}",), coded=coded, fresh=False)
        return In(self.sessions.open(known, proof, client), after)

    def _link(self, issuer: Issuer, subject: str, account: Account) -> Added | Amiss:
        if self.link(account, issuer.about.id, subject, actor=account.id):
            return Added()
        with self.database.read() as connection:
            linked = identities.find(connection, issuer.about.issuer, subject)
        mine = linked is not None and linked.account == account.id
        return Added() if mine else Amiss("taken")


def _for(issuer: Issuer, account: Account) -> bool:
    return ("staff" if is_staff(account) else "applicants") in issuer.about.for_
