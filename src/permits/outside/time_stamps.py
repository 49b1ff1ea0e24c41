"""Time stamps by an authority outside (RFC 3161): that something was there at a time.

What is sent is the hash alone. A stamp is verified with the certificate of the authority by
whoever audits; nothing here believes an authority it was not given.
"""

from pathlib import Path

import requests
from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

SECONDS = 20.0
MOST_BYTES = 100_000
GRANTED = (0, 1)
"""The authority says yes, or yes with changes."""


class NotStamped(Exception):
    """The authority could not be reached or gave no time stamp, or one of something else."""


def stamped(content: bytes, url: str) -> bytes:
    """The answer of an authority for a content, to be kept as it is. Raises `NotStamped`."""
    asked = (
        TimestampRequestBuilder()
        .data(content)
        .hash_algorithm(HashAlgorithm.SHA256)
        .cert_request(cert_request=True)
        .build()
    )
    try:
        answer = requests.post(
            url,
            data=asked.as_bytes(),
            headers={"Content-Type": "application/timestamp-query"},
            timeout=SECONDS,
            allow_redirects=False,
        )
        answer.raise_for_status()
    except requests.RequestException as error:
        raise NotStamped(type(error).__name__) from None
    if len(answer.content) > MOST_BYTES:
        raise NotStamped("its answer is too long")
    try:
        found = decode_timestamp_response(answer.content)
        fits = found.status in GRANTED and found.tst_info.nonce == asked.nonce
        same = found.tst_info.message_imprint.message == asked.message_imprint.message
    except ValueError as error:
        raise NotStamped(f"its answer cannot be read: {error}") from None
    if not (fits and same):
        raise NotStamped("it is a stamp of something else")
    return answer.content


def certificates(file: Path) -> tuple[Certificate, ...]:
    """The certificates of authorities in a file of PEM. Raises `OSError` and `ValueError`."""
    return tuple(load_pem_x509_certificates(file.read_bytes()))


def is_stamp(answer: bytes, content: bytes, roots: tuple[Certificate, ...]) -> bool:
    """Whether an answer is a stamp of that content by an authority that one of the certificates
    vouches for."""
    try:
        found = decode_timestamp_response(answer)
        builder = VerifierBuilder()
        for root in roots:
            builder = builder.add_root_certificate(root)
        return bool(builder.build().verify_message(found, content))
    except (ValueError, VerificationError):
        return False
