"""Small parts that answers share."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from permits.casework.refusals import Refused
from permits.definitions import parts
from permits.definitions.schema import Definition, Law
from permits.text import refusals
from permits.text.bases import cited
from permits.text.words import Language

V1 = "/api/v1"


class Shown(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(Shown):
    """Something of the definition or of a closed list, with what it is called."""

    name: str = Field(description="the word for programs")
    title: str = Field(description="what it is called, in the language asked for")


class Basis(Shown):
    """What a rule rests on."""

    cited: str = Field(description="the law and article, or the practice")
    example: bool = Field(description="an example value: no published rule was found")


class Why(Shown):
    """Why something cannot be done now."""

    reason: str = Field(description="the reason for programs, as in problems")
    about: tuple[str, ...] = Field(description="names of the definition it speaks of")
    detail: str = Field(description="a sentence in the language asked for")


def basis(rule: parts.Basis, laws: Mapping[str, Law], language: Language) -> Basis:
    """A basis as it is cited."""
    return Basis(cited=cited(rule, laws, language), example=rule.example is not None)


def why(refused: Refused | None, definition: Definition, language: Language) -> Why | None:
    """Why not; None if nothing is in the way."""
    if refused is None:
        return None
    detail = refusals.sentence(refused, definition, language)
    return Why(reason=refused.reason, about=refused.about, detail=detail)
