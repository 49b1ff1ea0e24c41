"""What the outside sets: folders, addresses, the clock. Read once, at the edge."""

from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from permits.sign_in_rules import STRICT, SignInRules

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


def shipped(name: str) -> Path:
    """The folder `name` as packed into the wheel, or else as it stands in the repository."""
    packed = _PACKAGE / "shipped" / name
    return packed if packed.exists() else _CHECKOUT / name


def now() -> datetime:
    """The clock on the wall, in UTC. The only place that reads it."""
    return datetime.now(UTC)  # noqa: TID251 - this is that place


class BadSetting(ValueError):
    """A setting cannot be used; the message names it and says what is wanted."""


MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be uploaded: for a file; at a place, that is to a draft or a case; and by a
    party on one day. The last counts what was removed again too: it had to be looked at."""

    file_mb: int = 20
    place_files: int = 50
    place_mb: int = 200
    party_day_mb: int = 500

    @property
    def file_bytes(self) -> int:
        return self.file_mb * MEGABYTE


@dataclass(frozen=True, slots=True)
class Tls:
    """The files with the certificate (and what leads to its authority) and its key, in PEM."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How an office runs.

    `database` is an address such as `sqlite:///data/permits.db` or `postgresql://…`, `data` the
    folder for files and mail, `mail` either empty (mail is written to a folder) or `smtp://…`,
    `mail_ca` a file of authorities that may vouch for that server beside the system's,
    `https` whether browsers reach the server over TLS, which cookies then insist on, `processes`
    how many processes serve, `keep_done_days` for how many days it is known which messages were
    sent, `credit_terms` a file with the terms of the credit record, if not the one that is
    shipped, `shared_data` the file that says which offices give their data (by default
    `shared_data.json` in the data folder), `personal_rules` a file with what the office holds
    to with personal data, if not the one that is shipped, `public_rules` one with what it holds to
    before the public and says of itself, `issuers` the file that says with which
    issuers of OpenID Connect people may sign in (by default `issuers.json` there), `documents` the
    file that says how documents look (by default `documents.json` there), `sign_in` how
    people sign in, `secret_keys` the keys that what is secret is kept under (see
    `permits.outside.keyring`; by default one is made in the data folder), `proxies` the addresses
    and networks of servers in front whose word about the browser's address is believed,
    `most_requests` how many requests a process works on at once, and `trial` whether this is to be
    tried on one machine, without what an office on a network must have.
    `files_in` is where files are kept: empty (a folder) or `s3://bucket/prefix`, then at
    `s3_endpoint` if not at Amazon's; `board_thresholds` is a file with the thresholds of the
    board, if not the one that is shipped; `log` how the log is written; `metrics` the
    `host:port` at which figures for Prometheus are given, if they are; `webhooks` the file that
    says which programs are told of what happens (by default `webhooks.json` in the data folder);
    `clamd` where a scanner for viruses listens,
    `host:port` or the path of a socket, if there is one; `breached_passwords` is a file of
    passwords that were in breaches (see `permits.outside.breached`), if there is one; `tls` with
    what the program speaks TLS itself, to the server in front of it or to browsers; `log_to` the
    collector that the access log is told to, `syslog+tls://host:port`, if there is one, and
    `log_ca` a file of authorities that may vouch for it beside the system's.
    `evidence_key` and `receipt_key` are the
    files of the keys that sign how the log stands and receipts (by default in the data folder),
    `evidence_apart` says that the log is signed by a program of its own and not by this one.
    """

    data: Path
    database: str
    host: str = "127.0.0.1"
    port: int = 8000
    https: bool = True
    mail: str = ""
    mail_from: str = "permits@localhost"
    mail_ca: Path | None = None
    address: str = ""
    processes: int = 1
    keep_done_days: int = 90
    credit_terms: Path | None = None
    shared_data: str = ""
    personal_rules: Path | None = None
    board_thresholds: Path | None = None
    public_rules: Path | None = None
    issuers: str = ""
    documents: str = ""
    limits: Limits = Limits()
    files_in: str = ""
    s3_endpoint: str = ""
    clamd: str = ""
    breached_passwords: Path | None = None
    sign_in: SignInRules = STRICT
    secret_keys: str = ""
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    most_requests: int = 200
    trial: bool = False
    log: Literal["plain", "json"] = "plain"
    metrics: str = ""
    webhooks: str = ""
    tls: Tls | None = None
    log_to: str = ""
    log_ca: Path | None = None
    evidence_key: str = ""
    evidence_apart: bool = False
    receipt_key: str = ""

    @property
    def evidence_key_file(self) -> Path:
        """The key that signs how the log stands; who serves pages never reads it."""
        return Path(self.evidence_key) if self.evidence_key else self.data / "evidence.key"

    @property
    def receipt_key_file(self) -> Path:
        """The key that signs receipts."""
        return Path(self.receipt_key) if self.receipt_key else self.data / "receipt.key"

    @property
    def evidence_name(self) -> str:
        """What the log is called, as others know it: where the office is reached."""
        host = urlsplit(self.address).netloc or "permits.invalid"
        return f"{host}/log"

    @property
    def sources(self) -> Path:
        """The file that says which offices give their data; there need be none."""
        return Path(self.shared_data) if self.shared_data else self.data / "shared_data.json"

    @property
    def issuers_file(self) -> Path:
        """The file that says with which issuers people may sign in; there need be none."""
        return Path(self.issuers) if self.issuers else self.data / "issuers.json"

    @property
    def documents_file(self) -> Path:
        """The file that says how documents look; there need be none."""
        return Path(self.documents) if self.documents else self.data / "documents.json"

    @property
    def key_file(self) -> Path:
        """The key that is made where none is set."""
        return self.data / "secret.key"

    @property
    def webhooks_file(self) -> Path:
        """The file that says which programs are told of what happens; there need be none."""
        return Path(self.webhooks) if self.webhooks else self.data / "webhooks.json"

    def files_of_setup(self) -> dict[str, Path]:
        """The files that say how the office is set up, by the names of their settings; none need
        be there, and none holds a secret."""
        named = {
            "credit_terms": self.credit_terms,
            "personal_rules": self.personal_rules,
            "board_thresholds": self.board_thresholds,
            "public_rules": self.public_rules,
            "shared_data": self.sources,
            "issuers": self.issuers_file,
            "documents": self.documents_file,
            "webhooks": self.webhooks_file,
        }
        return {name: file for name, file in named.items() if file is not None}

    @property
    def backup_key(self) -> Path:
        """The key that signs backups, made with the first one."""
        return self.data / "backup.key"

    @property
    def files(self) -> Path:
        """The folder of files; of those that are still coming in, wherever they will be kept."""
        return self.data / "files"

    @property
    def mail_folder(self) -> Path:
        return self.data / "mail"
