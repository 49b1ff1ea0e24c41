"""Pictures: decoded whole, and written anew from nothing but their pixels.

What was hidden in a picture is gone with that: where it was taken, a script behind its end, a
second file that begins in its comments.
"""

import warnings
from pathlib import Path

from PIL import Image, ImageFile, ImageOps

from permits.outside.parsing.verdicts import Refuted
from permits.text.uploads import MOST_MEGAPIXELS, Unfit

_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG"}

_QUALITY = 92
"""Of a JPEG whose colours had to be made others; the rest keep the tables they came with."""

_KEPT_AS = {
    "PNG": {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"},
    "JPEG": {"L", "RGB"},
}
"""The ways pixels are kept in; what else there is becomes RGB."""


def rewrite(source: Path, target: Path, media_type: str) -> None:
    """Write the picture in `source` to `target` anew, upright. Refuted if it has too many pixels;
    if it is none, or not whole, Pillow raises whatever it comes upon."""
    Image.MAX_IMAGE_PIXELS = MOST_MEGAPIXELS * 1_000_000
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    kind = _FORMATS[media_type]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(source, formats=[kind]) as picture:
                picture.verify()
            with Image.open(source, formats=[kind]) as picture:
                picture.load()
                _write(picture, target, kind)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise Refuted(Unfit.TOO_DETAILED) from None


def _write(picture: Image.Image, target: Path, kind: str) -> None:
    ImageOps.exif_transpose(picture, in_place=True)
    kept = picture if picture.mode in _KEPT_AS[kind] else picture.convert("RGB")
    see_through = kept.info.get("transparency")
    kept.info = {} if see_through is None else {"transparency": see_through}
    if kind == "PNG":
        kept.save(target, "PNG")
    elif kept.format == "JPEG":
        kept.save(target, "JPEG", quality="keep")
    else:
        kept.save(target, "JPEG", quality=_QUALITY)
