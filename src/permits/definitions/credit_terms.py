"""The terms of the credit record: read from a file, dated, each with what it rests on."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator

from permits.definitions.parts import Basis, Date, Law, Name, Part, Term
from permits.definitions.yaml_reader import read_yaml

MOST_YEARS = 5
"""Longest disclosure of a breach of faith (河南省社会信用条例 art. 19)."""


class BrokenTerms(Exception):
    """A file of credit terms cannot be used; `findings` holds every reason."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


class Rule(Part):
    """A length of time, and what it rests on."""

    term: Term
    basis: Basis


class Disclosure(Part):
    """For how long an entry is disclosed, by its degree; `most` is the law's longest."""

    breach: Rule
    serious: Rule
    most: Rule


class Bars(Part):
    """For how long the same permit cannot be applied for (行政许可法 art. 78, 79)."""

    false_materials: Rule
    deceit: Rule


class CreditTerms(Part):
    """The terms that hold from a day: to object to an intended entry, to answer an objection
    without and with checks, of disclosure, of publication, to answer an application for repair,
    and of bars."""

    effective_from: Date
    objection: Rule
    answer: Rule
    answer_with_checks: Rule
    disclosure: Disclosure
    publication: Rule
    repair: Rule
    bars: Bars

    @model_validator(mode="after")
    def _within_the_law(self) -> Self:
        held = self.disclosure
        if not all(one.term.endswith("m") for one in (held.breach, held.serious, held.most)):
            raise ValueError("disclosure is counted in months, such as 12m")
        most = min(_months(held.most), 12 * MOST_YEARS)
        if max(_months(held.breach), _months(held.serious)) > most:
            raise ValueError("disclosure is longer than the law allows")
        return self


def _months(rule: Rule) -> int:
    return int(rule.term.removesuffix("m"))


class CreditFile(Part):
    """All terms of a file, and the laws they rest on."""

    credit: Literal["terms"]
    laws: dict[Name, Law]
    terms: tuple[CreditTerms, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _listed(cls, data: object) -> object:
        """A list of the file is a sequence here."""
        if isinstance(data, dict) and isinstance(data.get("terms"), list):
            return {**data, "terms": tuple(data["terms"])}
        return data

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [one.effective_from for one in self.terms]
        if days != sorted(set(days)):
            raise ValueError("terms stand in the order of their days, each day once")
        unknown = sorted({b.law for b in _bases(self) if b.law and b.law not in self.laws})
        if unknown:
            raise ValueError(f"not among the laws: {', '.join(unknown)}")
        return self

    def on(self, day: date) -> CreditTerms:
        """The terms that hold on a day; the first of all before any has begun."""
        begun = [one for one in self.terms if one.effective_from <= day]
        return begun[-1] if begun else self.terms[0]


def _bases(file: CreditFile) -> Iterator[Basis]:
    for one in file.terms:
        held, bars = one.disclosure, one.bars
        for rule in (
            one.objection, one.answer, one.answer_with_checks, one.publication, one.repair,
            held.breach, held.serious, held.most, bars.false_materials, bars.deceit,
        ):  # fmt: skip
            yield rule.basis


def read_terms(text: str, file: str = "credit.yaml") -> CreditFile:
    """The terms in the text of a file; BrokenTerms with every reason why it cannot be used."""
    document = read_yaml(text, file)
    if document.findings:
        raise BrokenTerms(tuple(str(one) for one in document.findings))
    try:
        return CreditFile.model_validate(document.data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise BrokenTerms(
            tuple(f"{file}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in found)
        ) from None
