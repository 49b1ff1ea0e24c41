"""Codes that a device makes from a secret and the time: RFC 6238, six digits, 30 seconds, SHA-1,
which is what every app for them knows."""

import base64
import hmac
import re
import secrets
from datetime import datetime

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

SECRET_BYTES = 20
DIGITS = 6
STEP_SECONDS = 30
CODE = re.compile(r"[0-9]{6}")


def new_secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def matching_step(secret: bytes, code: str, now: datetime, *, drift: int = 0) -> int | None:
    """The step whose code this is: the one of an instant, or one of so many before and after it
    by which the device's clock may `drift`; None if it is of none."""
    here, found = int(now.timestamp()) // STEP_SECONDS, None
    for step in range(here - drift, here + drift + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), code.encode()):
            found = step
    return found


def code_of(secret: bytes, step: int) -> str:
    """The code of a step."""
    return _totp(secret).generate(step * STEP_SECONDS).decode()


def typed(secret: bytes) -> str:
    """The secret as it is typed into a device that cannot see, in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def picture(secret: bytes, username: str, issuer: str) -> str:
    """A picture (QR code) for a device to see, as the address of an SVG that holds it whole."""
    uri = _totp(secret).get_provisioning_uri(username, issuer)
    return str(segno.make(uri, error="m").svg_data_uri(scale=5, border=3, light="#fff"))


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303 - some apps know no other
