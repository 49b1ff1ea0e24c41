"""What counts as a character of a text, and which ones nobody can see.

Texts are kept as they were typed and never normalised: that would turn compatibility ideographs,
which stand in people's names, into other ones.
"""

import unicodedata

_MARKS = frozenset({"Mn", "Me"})
"""Accents and variation selectors: they change how the character before them looks."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, marks of direction and of format, halves of characters, separators of lines."""

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffd")
"""Fillers that look like nothing, and the mark of a character that was lost on the way."""

MOST_MARKS = 2
"""Marks on one character that are not counted; nobody's name has more."""


def characters(text: str) -> int:
    """How many characters a text has for whoever reads it: one for each ideograph, wherever it
    stands in Unicode, and none for an accent or the selector of a variant, unless there are more
    than two on one character."""
    count = marks = 0
    for character in text:
        if unicodedata.category(character) in _MARKS:
            marks += 1
            count += marks > MOST_MARKS
        else:
            marks = 0
            count += 1
    return count


def is_unseen(character: str) -> bool:
    """Whether nobody can see a character, or it reorders those around it."""
    if unicodedata.category(character) in _UNSEEN or character in _BLANK:
        return True
    return ord(character) & 0xFFFE == 0xFFFE  # never a character, in any plane


def showable(text: str, *, lines: bool) -> bool:
    """Whether every character of a text can be shown as it is; `lines` if it may have several."""
    allowed = "\n\t" if lines else ""
    return not any(is_unseen(character) and character not in allowed for character in text)
