"""Signs documents as PAdES with a key from a file, if the office set one.

What it takes is an extra (`pip install permits[sign]`), loaded only when something is signed.
"""

import importlib
import importlib.util
import io
from typing import Any

from permits.outside.typesetting.look import BadLook, KeyFile

FIELD = "Signature"


class Signer:
    """Signs with one key."""

    def __init__(self, key: KeyFile) -> None:
        signers = importlib.import_module("pyhanko.sign.signers")
        self._signers: Any = signers
        self._fields: Any = importlib.import_module("pyhanko.sign.fields")
        self._writer: Any = importlib.import_module("pyhanko.pdf_utils.incremental_writer")
        self._key = signers.SimpleSigner.load_pkcs12(str(key.file), passphrase=key.password)
        if self._key is None:
            raise BadLook(f"{key.file} holds no key that its password opens")

    def sign(self, content: bytes) -> bytes:
        """The same PDF with a signature of the office that certifies it: nothing in it may be
        changed afterwards."""
        meta = self._signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=self._fields.SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=self._fields.MDPPerm.NO_CHANGES,
        )
        signed = self._signers.PdfSigner(meta, signer=self._key).sign_pdf(
            self._writer.IncrementalPdfFileWriter(io.BytesIO(content)), output=io.BytesIO()
        )
        return bytes(signed.getvalue())


def signer_of(key: KeyFile | None) -> Signer | None:
    """Whoever signs, if a key is set. BadLook if what it takes is not installed."""
    if key is None:
        return None
    if importlib.util.find_spec("pyhanko") is None:
        raise BadLook("to sign documents install the extra: pip install 'permits[sign]'")
    return Signer(key)
