"""Documents are signed as PAdES if the office set a key: whoever changes one is found out."""

import importlib.util
import io
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from permits.outside.typesetting.look import BadLook, read_look
from permits.outside.typesetting.signing import signer_of
from tests.outside.sheets import ZH, claims_of, pdf_of, text_of

PASSWORD = b"the office keeps it"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The folder of an office that signs: its key, the password, and the file that names them."""
    folder = tmp_path_factory.mktemp("office")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "示例局")])
    begins = datetime.now(UTC) - timedelta(days=1)  # noqa: TID251 - a certificate is of today
    usage = x509.KeyUsage(True, True, *[False] * 7)  # digital signature and content commitment
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=365))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(PASSWORD)
    held = pkcs12.serialize_key_and_certificates(b"office", key, certificate, None, locked)
    (folder / "office.p12").write_bytes(held)
    (folder / "password").write_bytes(PASSWORD + b"\n")
    (folder / "office.pem").write_bytes(certificate.public_bytes(serialization.Encoding.DER))
    (folder / "documents.json").write_text(
        '{"signature": {"file": "office.p12", "password_file": "password"}}'
    )
    return folder


@pytest.fixture(scope="module")
def signed(office):
    signer = signer_of(read_look(office / "documents.json").signature)
    assert signer is not None
    return signer.sign(pdf_of(ZH))


def standing(pdf, office):
    """What a reader says of the one signature of a PDF."""
    trusted = ValidationContext(trust_roots=[load_cert_from_pemder(str(office / "office.pem"))])
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, trusted)


def test_a_signature_holds_and_says_whose_it_is(signed, office):
    found = standing(signed, office)
    assert found.bottom_line
    assert found.signing_cert.subject.native["common_name"] == "示例局"


def test_a_signed_document_is_still_one_for_archives_and_says_the_same(signed):
    assert claims_of(signed) == claims_of(pdf_of(ZH))
    assert text_of(signed) == text_of(pdf_of(ZH))


def test_whoever_changes_a_byte_is_found_out(signed, office):
    place = signed.index(b"/Producer") if b"/Producer" in signed else len(signed) // 3
    other = signed[: place + 1] + bytes([signed[place + 1] ^ 1]) + signed[place + 2 :]
    assert not standing(other, office).intact


def test_by_default_nothing_is_signed():
    assert signer_of(None) is None


def test_without_the_extra_it_is_said_what_to_install(office, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(BadLook, match=r"pip install 'permits\[sign\]'"):
        signer_of(read_look(office / "documents.json").signature)


def test_a_key_its_password_does_not_open_is_told(office, tmp_path):
    (tmp_path / "office.p12").write_bytes((office / "office.p12").read_bytes())
    (tmp_path / "documents.json").write_text('{"signature": {"file": "office.p12"}}')
    with pytest.raises(BadLook, match="holds no key that its password opens"):
        signer_of(read_look(tmp_path / "documents.json").signature)


def test_a_key_that_is_not_there_is_told(tmp_path):
    (tmp_path / "documents.json").write_text('{"signature": {"file": "none.p12"}}')
    with pytest.raises(BadLook, match=r"none\.p12 cannot be read"):
        read_look(tmp_path / "documents.json")
