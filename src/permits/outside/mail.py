"""Sends one message: to a mail server, or as a file into a folder."""

import re
import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import msgspec

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"]{1,189}")


def is_address(text: str) -> bool:
    """Whether a letter can be addressed so: a name, an at sign and a place, nothing else."""
    return _ADDRESS.fullmatch(text) is not None and text.isprintable()


PATIENCE = 20
"""Seconds that a mail server has for an answer."""


class Attached(msgspec.Struct, frozen=True):
    """A file that goes along with a message."""

    filename: str
    media_type: str
    content: bytes


class Letter(msgspec.Struct, frozen=True):
    """A message to one address. `id` stays the same however often it is sent, so that a
    receiver can tell a repeat."""

    id: str
    to: str
    subject: str
    text: str
    written_at: datetime
    attached: tuple[Attached, ...] = ()


class Post(Protocol):
    """Whatever takes letters."""

    def send(self, letter: Letter) -> None:
        """Send a letter; OSError or smtplib.SMTPException if it could not be handed over."""


def composed(letter: Letter, sender: str) -> EmailMessage:
    """The letter as it goes over the wire."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{sha256(letter.id.encode()).hexdigest()[:32]}@permits>"
    message["Auto-Submitted"] = "auto-generated"  # so that no machine answers it (RFC 3834)
    message.set_content(letter.text)
    for file in letter.attached:
        kind, _, form = file.media_type.partition(";")[0].partition("/")
        message.add_attachment(file.content, maintype=kind, subtype=form, filename=file.filename)
    return message


class FolderPost:
    """Writes letters into a folder, one file each: what an office without a mail server has."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self.sender = sender
        folder.mkdir(parents=True, exist_ok=True)

    def send(self, letter: Letter) -> None:
        name = f"{letter.written_at:%Y%m%d}-{sha256(letter.id.encode()).hexdigest()[:16]}.eml"
        (self.folder / name).write_bytes(bytes(composed(letter, self.sender)))


class ServerPost:
    """Hands letters to a mail server: `smtp://host:25`, which goes over to TLS before a password
    is given; `smtp+starttls://…`, which always does; or `smtps://…`, TLS from the first byte. Over
    TLS the server has to prove its name, by an authority of the system or of the file `ca`."""

    def __init__(self, address: str, sender: str, ca: Path | None = None) -> None:
        self.parts = urlsplit(address)
        self.sender = sender
        self._trust = ssl.create_default_context()
        if ca is not None:
            self._trust.load_verify_locations(ca)

    def send(self, letter: Letter) -> None:
        host, port = self.parts.hostname or "localhost", self.parts.port or 0
        user = self.parts.username
        with self._connected(host, port) as server:
            if self.parts.scheme == "smtp+starttls" or (user and self.parts.scheme == "smtp"):
                server.starttls(context=self._trust)
            if user:
                server.login(unquote(user), unquote(self.parts.password or ""))
            server.send_message(composed(letter, self.sender))

    def _connected(self, host: str, port: int) -> smtplib.SMTP:
        if self.parts.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=self._trust)
        return smtplib.SMTP(host, port, timeout=PATIENCE)
