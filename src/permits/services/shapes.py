"""The pieces of what people send: plain texts without characters that nobody can see."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from permits.casework.characters import showable
from permits.definitions.form import MOST_ENTRIES

MOST_FREE = 4000


def plain(text: object) -> object:
    """A text with its lines ended alike; an error if it has a character that cannot be shown."""
    if not isinstance(text, str):
        return text
    found = text.replace("\r\n", "\n").strip()
    if not showable(found, lines=True):
        raise PydanticCustomError("control_character", "a character cannot be shown")
    return found


FreeText = Annotated[str, Field(max_length=MOST_FREE), BeforeValidator(plain)]
ShortText = Annotated[str, Field(max_length=100), BeforeValidator(plain)]
Fen = Annotated[int, Field(ge=0, le=10**15, description="hundredths of a yuan")]
Number = Annotated[int, Field(ge=-(10**15), le=10**15)]
Typed = (
    str
    | Number
    | bool
    | Annotated[tuple[dict[str, str | Number | bool], ...], Field(max_length=MOST_ENTRIES)]
)
"""An answer as it is sent, or several entries by column; whether it fits the form will say."""

CREDIT_CODE = r"^[0-9A-Z]{18}$"
"""How a unified social credit code looks (GB 32100); whether it is one is looked at later."""


class Request(BaseModel):
    """A part of what somebody sends; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
