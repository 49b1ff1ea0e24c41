"""Small files that are what they say they are."""

import io

from PIL import Image

from permits.services.demonstration.paper import pdf

PDF = pdf("a document")
ANOTHER_PDF = pdf("another document")


def picture(kind: str, size: tuple[int, int] = (12, 8), **how: object) -> bytes:
    """A picture that is red on the left and blue on the right; `kind` is PNG or JPEG."""
    drawn = Image.new("RGB", size, "red")
    drawn.paste("blue", (size[0] // 2, 0, *size))
    written = io.BytesIO()
    drawn.save(written, kind, **how)
    return written.getvalue()


PNG = picture("PNG")
JPEG = picture("JPEG")
