"""Second factors: a device that makes codes, and codes on paper for when it is not at hand."""

import logging
import secrets
import unicodedata
from collections.abc import Callable
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from permits.casework.envelope import Event
from permits.casework.families import access
from permits.outside import one_time_codes, passwords
from permits.outside.keyring import Keyring, Unopenable
from permits.services.records import Records
from permits.services.sessions import Ending, Opened, Sessions
from permits.services.throttle import Attempt, Throttle, of_account
from permits.services.unproved import TooMany, Wrong
from permits.store import second_factors
from permits.store.database import Database
from permits.store.people import Account
from permits.store.second_factors import Device, RecoveryCode
from permits.store.sessions import Session

log = logging.getLogger(__name__)

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
HOW_MANY = 10
HANDLE, WHOLE = 4, 12
"""A recovery code has 60 bits of chance; its first letters only tell which one it is."""


class Enrolment(msgspec.Struct, frozen=True):
    """A device that is to be added: its secret as it is typed and as a picture, and sealed, to be
    sent back with the first code. Nothing is kept of it before."""

    typed: str
    picture: str
    sealed: str


class Enrolled(msgspec.Struct, frozen=True):
    """A device was added: the session goes on, and these codes are shown this once."""

    opened: Opened
    codes: tuple[str, ...]


class SecondFactors:
    """Adds, checks and removes second factors."""

    def __init__(self, sessions: Sessions, keyring: Keyring, throttle: Throttle) -> None:
        self.sessions = sessions
        self.keyring = keyring
        self.throttle = throttle
        self.database: Database = sessions.database
        self.records = Records(sessions.database)
        self.now: Callable[[], datetime] = sessions.now

    def of(self, account: Account) -> tuple[Device | None, int]:
        """The device of an account, and how many recovery codes are left."""
        with self.database.read() as connection:
            found = second_factors.find(connection, account.id)
            return found, second_factors.codes_left(connection, account.id)

    def begin(self, account: Account, session: Session, issuer: str) -> Enrolment:
        """A new secret for a device of the account; it can be added in this session only."""
        return self._shown(account, session, one_time_codes.new_secret(), issuer)

    def again(self, account: Account, session: Session, sealed: str, issuer: str) -> Enrolment:
        """The same device, when its first code was wrong. Raises Unopenable if it is not from this
        session."""
        secret = self.keyring.opened(sealed, _about(session))
        return self._shown(account, session, secret, issuer)

    def _shown(self, account: Account, session: Session, secret: bytes, issuer: str) -> Enrolment:
        return Enrolment(
            one_time_codes.typed(secret),
            one_time_codes.picture(secret, account.username, issuer),
            self.keyring.sealed(secret, _about(session)),
        )

    def add(self, session: Session, sealed: str, code: str) -> Enrolled | Wrong | TooMany:
        """Add the device, or put it in the place of the one there was, if its code is right; other
        sessions of the account end. Raises Unopenable, as `again`."""
        secret = self.keyring.opened(sealed, _about(session))
        attempt = self.throttle.begin([of_account(session.account)])
        if not isinstance(attempt, Attempt):
            return TooMany.of(attempt)
        step = self._step(secret, _plain(code))
        if step is None:
            return Wrong("code")
        self.throttle.right(attempt)
        codes, kept = _new_codes()
        who, now = session.account, self.now()
        with self.database.write() as connection:
            replaced = second_factors.find(connection, who) is not None
            device = Device(who, self.keyring.sealed(secret, who), step, now)
            second_factors.put(connection, device)
            second_factors.put_codes(connection, who, kept)
            self._note(connection, who, access.SecondFactorAdded(replaced=replaced))
            self._note(connection, who, access.RecoveryCodesMade(count=len(kept)))
            ending = Ending("second_factor", who, session.id)
            self.sessions.end_others_in(connection, who, ending)
            opened = self.sessions.renew_in(connection, session, coded=True)
        return Enrolled(opened, codes)

    def remove(self, account_id: str, ending: Ending) -> bool:
        """Remove the device and the codes of an account; False if there is none."""
        with self.database.write() as connection:
            if second_factors.find(connection, account_id) is None:
                return False
            second_factors.remove(connection, account_id)
            event = access.SecondFactorRemoved()
            self._note(connection, account_id, event, actor=ending.actor)
            self.sessions.end_others_in(connection, account_id, ending)
        return True

    def reseal(self) -> int:
        """Encrypt every secret that was sealed under an older key, or in an older way, anew; how
        many those were. Raises Unopenable, and changes nothing, if a key of one is not set."""
        with self.database.write() as connection:
            kept = second_factors.every(connection)
            old = [(who, secret) for who, secret in kept if not self.keyring.is_newest(secret)]
            made = [
                (who, secret, self.keyring.sealed(self.keyring.opened(secret, who), who))
                for who, secret in old
            ]
            return sum(second_factors.reseal(connection, *one) for one in made)

    def new_codes(self, account_id: str) -> tuple[str, ...]:
        """Other recovery codes, in the place of those there were; none without a device."""
        codes, kept = _new_codes()
        with self.database.write() as connection:
            if second_factors.find(connection, account_id) is None:
                return ()
            second_factors.put_codes(connection, account_id, kept)
            self._note(connection, account_id, access.RecoveryCodesMade(count=len(kept)))
        return codes

    def use(self, account_id: str, code: str) -> str:
        """Use a code of the account up; what kind it was (`code` or `recovery_code`), or nothing
        if it is none of theirs or was used before."""
        plain = _plain(code)
        if one_time_codes.CODE.fullmatch(plain):
            return "code" if self._use_device(account_id, plain) else ""
        return "recovery_code" if self._use_recovery_code(account_id, plain) else ""

    def _use_device(self, account_id: str, code: str) -> bool:
        with self.database.read() as connection:
            device = second_factors.find(connection, account_id)
        if device is None:
            return False
        try:
            secret = self.keyring.opened(device.secret, account_id)
        except Unopenable:
            log.exception("a device cannot be looked at: the key it was sealed with is not set")
            return False
        step = self._step(secret, code)
        if step is None:
            return False
        with self.database.write() as connection:
            return second_factors.use(connection, device, step)

    def _step(self, secret: bytes, code: str) -> int | None:
        drift = self.sessions.rules.code_drift
        return one_time_codes.matching_step(secret, code, self.now(), drift=drift)

    def _use_recovery_code(self, account_id: str, code: str) -> bool:
        with self.database.read() as connection:
            kept = second_factors.code(connection, account_id, code[:HANDLE])
        if kept is None or not passwords.fits(code[HANDLE : WHOLE + 1], kept.hash):
            return False
        with self.database.write() as connection:
            if not second_factors.use_code(connection, account_id, kept):
                return False
            left = second_factors.codes_left(connection, account_id)
            self._note(connection, account_id, access.RecoveryCodeUsed(left=left))
        return True

    def _note(
        self, connection: Connection, account_id: str, event: Event, *, actor: str = ""
    ) -> None:
        stream, who = access.stream_of(account_id), actor or account_id
        self.records.append(connection, stream, [event], actor=who, now=self.now())


def _about(session: Session) -> str:
    return f"enrolment {session.account} {session.id}"


def _plain(code: str) -> str:
    """A code without what people put between its signs; wide digits of Chinese keyboards too."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", code))).upper()


def _new_codes() -> tuple[tuple[str, ...], list[RecoveryCode]]:
    """Codes as they are shown, and as they are kept."""
    plain: dict[str, str] = {}
    while len(plain) < HOW_MANY:
        code = "".join(secrets.choice(LETTERS) for _ in range(WHOLE))
        plain[code[:HANDLE]] = code
    shown = tuple(f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in plain.values())
    kept = [
        RecoveryCode(handle, passwords.hashed(code[HANDLE:])) for handle, code in plain.items()
    ]
    return shown, kept
