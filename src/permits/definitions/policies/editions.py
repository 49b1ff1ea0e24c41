"""A published policy, compiled, and what it says of one enterprise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from permits.definitions.conditions import Condition, Plain, compile_condition
from permits.definitions.form import Question
from permits.definitions.parts import Text, Unit
from permits.definitions.policies.periods import Period
from permits.definitions.policies.schema import Grade, Policy

FEN = 100
"""Fen in a yuan."""


def _number(name: str, zh: str, en: str, least: int, most: int) -> Question:
    title, unit = Text(zh=zh, en=en), Unit(zh="个", en="count")
    return Question(id=name, title=title, type="integer", unit=unit, least=least, most=most)


FACTS: Mapping[str, Question] = {
    "period_year": _number("period_year", "所属年度", "Year of the period", 2000, 2099),
    "period_quarter": _number("period_quarter", "所属季度", "Quarter of the period", 0, 4),
    "party_barred": Question(
        id="party_barred",
        title=Text(
            zh="因失信在限制期内（本机关记录）",
            en="Barred for a broken undertaking (office record)",
        ),
        type="boolean",
    ),
}
"""What a condition may ask beside the register: the period (quarter 0 for a whole year), and
whether the office's own record bars the enterprise."""

Kind = Literal["required", "excludes", "grade"]
Outcome = Literal["candidate", "unmet", "excluded"]


class Evidence(msgspec.Struct, frozen=True):
    """A condition with the values it was asked about; a value that is not known is None."""

    condition: str
    kind: Kind
    holds: bool
    values: tuple[tuple[str, Plain | None], ...]


class Verdict(msgspec.Struct, frozen=True):
    """What a policy says of one enterprise, before anything paid elsewhere is looked at."""

    outcome: Outcome
    grade: str
    fen: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class PolicyEdition:
    """A policy with its digest and compiled conditions. What was run by it keeps the digest."""

    policy: Policy
    digest: str
    conditions: Mapping[str, Condition] = field(repr=False)

    @property
    def id(self) -> str:
        return self.policy.policy.id

    @property
    def excludes_barred(self) -> bool:
        """Whether the policy pays nothing to whoever the office's own record bars, whatever the
        register says."""
        asked = {"party_barred": True}
        found = (self.conditions[one.when] for one in self.policy.exclusions.values())
        return any({*one.answers} == {*asked} and one.holds(asked, {}) for one in found)

    def verdict(self, row: Mapping[str, Plain], period: Period, *, barred: bool) -> Verdict:
        """Whether an enterprise is entitled, to what, and by which evidence."""
        asked = {**row, **facts(period, barred=barred)}
        required = [self._evidence(name, "required", asked) for name in self.policy.requires]
        excluding = [
            self._evidence(exclusion.when, "excludes", asked)
            for exclusion in self.policy.exclusions.values()
        ]
        graded = [*self._graded(asked)]
        evidence = (*required, *excluding, *(one for _n, one in graded if one is not None))
        grade = next((n for n, one in graded if one is None or one.holds), "")
        if not all(one.holds for one in required) or not grade:
            return Verdict("unmet", "", 0, evidence)
        if any(one.holds for one in excluding):
            return Verdict("excluded", "", 0, evidence)
        return Verdict("candidate", grade, self.fen(grade), evidence)

    def fen(self, grade: str) -> int:
        """The amount of a grade; KeyError if there is none of that name."""
        return self.policy.grades[grade].yuan * FEN

    def _graded(self, asked: Mapping[str, Plain]) -> Iterator[tuple[str, Evidence | None]]:
        """The grades up to the first that fits, each with its evidence if it has a condition."""
        for name, grade in self.policy.grades.items():
            one = self._of_grade(grade, asked)
            yield name, one
            if one is None or one.holds:
                return

    def _of_grade(self, grade: Grade, asked: Mapping[str, Plain]) -> Evidence | None:
        return self._evidence(grade.when, "grade", asked) if grade.when is not None else None

    def _evidence(self, name: str, kind: Kind, asked: Mapping[str, Plain]) -> Evidence:
        condition = self.conditions[name]
        values = tuple((one, asked.get(one)) for one in sorted(condition.answers))
        return Evidence(name, kind, condition.holds(asked, {}), values)


def facts(period: Period, *, barred: bool) -> dict[str, Plain]:
    """The facts of a run for one enterprise."""
    return {
        "period_year": period.year,
        "period_quarter": period.quarter,
        "party_barred": barred,
    }


def compile_policy(policy: Policy, digest: str) -> PolicyEdition:
    """The edition of a checked policy."""
    conditions = {n: compile_condition(n, c.when) for n, c in policy.conditions.items()}
    return PolicyEdition(policy, digest, conditions)


def policy_edition(content: bytes, digest: str) -> PolicyEdition:
    """The edition of a policy as it was published; it was checked then."""
    return compile_policy(Policy.model_validate_json(content), digest)
