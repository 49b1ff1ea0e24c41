"""Which of the published versions of a permit type holds on a day."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class Version(NamedTuple):
    """A published version: the digest of its definition, and its first and last day."""

    digest: str
    begins: date
    ends: date | None

    @classmethod
    def of(cls, digest: str, begins: str, ends: str | None) -> "Version":
        """A version as the table has it."""
        return cls(digest, date.fromisoformat(begins), date.fromisoformat(ends) if ends else None)


def holding(versions: Sequence[Version], day: date) -> Version | None:
    """Of versions in the order in which they were published, the one that holds on a day.

    It is the one that began last; of several that began on one day, the one published last. When
    it has ended, those before it do not come back. Where none holds, it is the next that will,
    or else the last that did.
    """
    begun = [one for one in _ordered(versions) if one.begins <= day]
    if begun and (begun[-1].ends is None or day <= begun[-1].ends):
        return begun[-1]
    return coming(versions, day) or (begun[-1] if begun else None)


def coming(versions: Sequence[Version], day: date) -> Version | None:
    """The version that begins next after a day, if one does."""
    later = [one for one in _ordered(versions) if one.begins > day]
    return next((one for one in reversed(later) if one.begins == later[0].begins), None)


def _ordered(versions: Sequence[Version]) -> list[Version]:
    return sorted(versions, key=lambda one: one.begins)
