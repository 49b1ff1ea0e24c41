"""Small files that are what they say they are."""

import io
from typing import Any

from PIL import Image

from permits.services.demonstration.paper import pdf

PDF = pdf("a document")
ANOTHER_PDF = pdf("another document")


def picture(
    kind: str, size: tuple[int, int] = (12, 8), pixels: bytes | None = None, **how: Any
) -> bytes:
    """A PNG or JPEG of these pixels (RGB), or else red on the left and blue on the right."""
    if pixels is None:
        drawn = Image.new("RGB", size, "red")
        drawn.paste("blue", (size[0] // 2, 0, *size))
    else:
        drawn = Image.frombytes("RGB", size, pixels)
    written = io.BytesIO()
    drawn.save(written, kind, **how)
    return written.getvalue()


PNG = picture("PNG")
JPEG = picture("JPEG")
