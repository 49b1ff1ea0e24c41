"""Check digits and forms of the identifiers that applicants give."""

import re

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_PROJECT = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}")


def credit_check_digit(first_seventeen: str) -> str:
    """The 18th character of a unified social credit code (GB 32100-2015).

    ValueError if a character is not of the standard's alphabet (no I, O, S, V, Z).
    """
    total = sum(
        _CREDIT_ALPHABET.index(character) * weight
        for character, weight in zip(first_seventeen, _CREDIT_WEIGHTS, strict=True)
    )
    return _CREDIT_ALPHABET[-total % 31]


def is_credit_code(text: str) -> bool:
    """Whether this is a unified social credit code with a right check digit (GB 32100-2015)."""
    if len(text) != 18 or any(character not in _CREDIT_ALPHABET for character in text):
        return False
    return credit_check_digit(text[:17]) == text[17]


def is_sole_trader(code: str) -> bool:
    """Whether a credit code is that of somebody who trades in their own name (个体工商户): its
    first two characters are 92 (GB 32100-2015), and what it is called may be a person's name."""
    return code.startswith("92")


def is_project_code(text: str) -> bool:
    """Whether this has the form of a project code: 24 characters, `2509-320193-89-01-544060`.

    The groups are not read: what the third and fourth mean has changed over the years.
    """
    return _PROJECT.fullmatch(text) is not None
