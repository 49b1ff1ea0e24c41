"""Style sheets and pictures under names that change with their contents, kept by browsers."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
"""What is served, by suffix; licences and notes beside it are not."""

FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Served:
    """A file in memory; packed once it is first asked for so."""

    media_type: str
    plain: bytes

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.plain, mtime=0)


class Assets:
    """The files of the static folder, read once when the server starts."""

    def __init__(self, folder: Path) -> None:
        self._served: dict[str, Served] = {}
        self._names: dict[str, str] = {}
        for file in sorted(folder.rglob("*")):
            media_type = MEDIA_TYPES.get(file.suffix)
            if media_type is not None:
                self._add(file, file.relative_to(folder).as_posix(), media_type)

    def _add(self, file: Path, path: str, media_type: str) -> None:
        plain = file.read_bytes()
        name = f"{file.stem}.{hashlib.sha256(plain).hexdigest()[:12]}{file.suffix}"
        self._names[path] = name
        self._served[name] = Served(media_type, plain)

    def url(self, path: str) -> str:
        """The address of a file; KeyError if there is none, which is a fault of the template."""
        return f"/static/{self._names[path]}"

    def answer(self, name: str, headers: Headers) -> Response:
        """A file by the name with its hash."""
        served = self._served.get(name)
        if served is None:
            raise HTTPException(404)
        kept = {"Cache-Control": FOR_GOOD, "Vary": "Accept-Encoding"}
        if "gzip" in headers.get("accept-encoding", ""):
            kept["Content-Encoding"] = "gzip"
            return Response(served.packed, media_type=served.media_type, headers=kept)
        return Response(served.plain, media_type=served.media_type, headers=kept)
