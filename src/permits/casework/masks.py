"""Personal values as they are shown to whoever has not asked for them and said why."""

from collections.abc import Mapping

from permits.definitions.edition import Edition
from permits.definitions.parts import Mask

HIDDEN = "****"

BESIDE: Mapping[str, Mask] = {
    "bringer": "name",
    "payer": "name",
    "person": "name",
    "objector": "name",
    "objection.contact": "phone",
    "objection.interest": "whole",
    "hearing.name": "name",
    "third_party.name": "name",
    "third_party.contact": "phone",
    "third_party.interest": "whole",
}
"""Sealed texts that are about a person though no form asks for them, by the field they are kept
under."""


def masked(value: str, mask: Mask) -> str:
    """A value under its mask: `张*`, `138****1234`, `4101**********1234`. What is too short to
    be told apart from the rest of it is hidden whole."""
    match mask:
        case "name":
            return f"{value[:1]}*"
        case "phone":
            return _ends(value, 3, "****")
        case "number":
            return _ends(value, 4, "*" * (len(value) - 8))
        case "address":
            return f"{value[:6]}{HIDDEN}" if len(value) >= 12 else HIDDEN
        case "whole":
            return HIDDEN


def _ends(value: str, first: int, between: str) -> str:
    """The beginning and the last four characters, if at least as many are hidden."""
    return f"{value[:first]}{between}{value[-4:]}" if len(value) >= first + 8 else HIDDEN


def mask_of(field: str, edition: Edition | None) -> Mask | None:
    """How a sealed text is masked that is kept under a field; None if it is about no person."""
    question = edition.questions.get(field) if edition is not None else None
    if question is not None and question.personal is not None:
        return question.personal.mask
    return BESIDE.get(field)
