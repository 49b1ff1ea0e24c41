"""Sends files to whoever may see them: to be saved, never to be run or shown."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from permits.outside.files import Files
from permits.outside.stores import parts
from permits.store.drafts import Upload

SANDBOX = "sandbox; default-src 'none'"


def download(files: Files, among: Iterable[Upload], upload_id: str) -> Response:
    """The file of an upload among these, under the name it was given; 404 if it is none of them,
    or is kept no longer."""
    upload = next((one for one in among if one.id == upload_id), None)
    if upload is None or upload.erased_on is not None:
        raise HTTPException(404)
    try:
        source = files.open(upload.sha256)
    except FileNotFoundError:
        raise HTTPException(404) from None
    headers = {
        "Content-Disposition": attachment(upload.filename),
        "Content-Length": str(upload.size),
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "no-store",
    }
    return StreamingResponse(_sent(source), media_type=upload.media_type, headers=headers)


def attachment(filename: str) -> str:
    """The header that has a browser save what it gets under this name, in any script."""
    return f"attachment; filename*=UTF-8''{quote(filename, safe='')}"


def _sent(source: BinaryIO) -> Iterator[bytes]:
    with source:
        yield from parts(source)
