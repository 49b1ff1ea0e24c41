"""Where a page of a list ended, as a word that programs send back and need not understand."""

import base64
import binascii
import re
from typing import Annotated
from urllib.parse import urlencode

import msgspec
from pydantic import BaseModel, Field

from permits.store.lists import After

Cursor = Annotated[
    str,
    Field(max_length=300, pattern=r"^[A-Za-z0-9_=-]*$", description="where the last page ended"),
]
Limit = Annotated[int, Field(ge=1, le=100, description="how many at most")]

_PLAIN = re.compile(r"[ -~]{0,100}")


class BadCursor(ValueError):
    """The word is none of ours."""


def cursor(ended: After) -> str:
    """The word for a place."""
    return base64.urlsafe_b64encode(msgspec.json.encode(ended)).decode()


def place(word: str) -> After | None:
    """The place of a word, None for the beginning; BadCursor if there is none."""
    if not word:
        return None
    try:
        plain = base64.urlsafe_b64decode(word)
        value, case_id = msgspec.json.decode(plain, type=tuple[str, str])
    except (binascii.Error, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadCursor from error
    if not (_PLAIN.fullmatch(value) and _PLAIN.fullmatch(case_id)):
        raise BadCursor
    return After(value, case_id)


def following(path: str, asked: BaseModel, ended: After) -> str:
    """The address of the next page."""
    given = {**asked.model_dump(exclude_defaults=True), "after": cursor(ended)}
    return f"{path}?{urlencode(given)}"
