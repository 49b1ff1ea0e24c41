"""Sends one message: to a mail server, or as a file into a folder."""

import re
import smtplib
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


class Letter(msgspec.Struct, frozen=True):
    """A message to one address. `id` stays the same however often it is sent, so that a
    receiver can tell a repeat."""

    id: str
    to: str
    subject: str
    text: str
    written_at: datetime


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
    message.set_content(letter.text)
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
    """Hands letters to a mail server: `smtp://user:password@host:587`, or `smtps://`."""

    def __init__(self, address: str, sender: str) -> None:
        self.parts = urlsplit(address)
        self.sender = sender

    def send(self, letter: Letter) -> None:
        host, port = self.parts.hostname or "localhost", self.parts.port
        secure = self.parts.scheme == "smtps"
        server = (smtplib.SMTP_SSL if secure else smtplib.SMTP)(host, port or 0, timeout=20)
        with server:
            if self.parts.username:
                if not secure:
                    server.starttls()
                server.login(unquote(self.parts.username), unquote(self.parts.password or ""))
            server.send_message(composed(letter, self.sender))
