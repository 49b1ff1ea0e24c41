"""What departments are called: by the permit types they decide, by those that ask their opinion,
by the policies they pay, or by the names that accounts have of them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from permits.definitions.edition import Edition
from permits.definitions.policies.editions import PolicyEdition
from permits.definitions.schema import Text
from permits.text.words import Language


class Room(NamedTuple):
    """A department in words: its office, empty if nobody says how it is called, and itself."""

    office: str
    department: str

    def __str__(self) -> str:
        return f"{self.office} · {self.department}" if self.office else self.department


class Rooms:
    """The names of departments in a language."""

    def __init__(
        self,
        editions: Iterable[Edition],
        policies: Iterable[PolicyEdition],
        language: Language,
    ) -> None:
        self._language = language
        self._offices: dict[str, Text] = {}
        self._departments: dict[tuple[str, str], Text] = {}
        for edition in editions:
            self._note(edition)
        for pays in (policy.policy.authority for policy in policies):
            self._departments.setdefault((pays.id, pays.department), pays.title)

    def _note(self, edition: Edition) -> None:
        decides = edition.definition.authority
        self._offices.setdefault(decides.id, decides.title)
        if decides.department_title is not None:
            place = (decides.id, decides.department)
            self._departments.setdefault(place, decides.department_title)
        review = edition.definition.joint_review
        for asked in review.departments.values() if review is not None else ():
            place = (asked.office or decides.id, asked.department)
            self._departments.setdefault(place, asked.title)

    @property
    def known(self) -> Mapping[tuple[str, str], Room]:
        """Every department that something names, by what accounts call its office and itself."""
        return {place: self.of(*place) for place in sorted(self._departments)}

    def of(self, office: str, department: str) -> Room:
        """A department as it is called. One that nothing names goes by what accounts call it."""
        title, own = self._offices.get(office), self._departments.get((office, department))
        called = own.in_(self._language) if own is not None else department
        if title is not None:
            return Room(title.in_(self._language), called)
        return Room("" if own is not None else office, called)
