"""The register of personal fields: what is asked about people, what for, on what basis, how long
it is kept, how it is masked and who sees it. Made from the definitions alone."""

from collections.abc import Iterable, Iterator

import msgspec

from permits.casework.masks import BESIDE
from permits.definitions.parts import Basis, Law, Mask, Term, Text
from permits.definitions.schema import Definition


class Registered(msgspec.Struct, frozen=True):
    """A personal field. `permit` is the permit type that asks for it, empty for what is written
    in the course of a case of any; its purpose and basis are those of the file then."""

    permit: str
    permit_title: Text | None
    field: str
    title: Text | None
    purpose: Text
    basis: Basis
    keep: Term
    keep_basis: Basis
    mask: Mask
    laws: dict[str, Law]


class RegisteredMaterial(msgspec.Struct, frozen=True):
    """A material, what it is asked for and how long it is kept."""

    permit: str
    permit_title: Text
    material: str
    title: Text
    purpose: Text
    basis: Basis
    keep: Term
    keep_basis: Basis
    laws: dict[str, Law]


def fields(definitions: Iterable[Definition]) -> Iterator[Registered]:
    """Every personal field of these definitions; last what is written beside any form, kept as
    long as the file of the first."""
    first: Definition | None = None
    for definition in definitions:
        first = first or definition
        for question in definition.form.questions:
            asked = question.personal
            if asked is not None:
                yield Registered(
                    definition.permit.id,
                    definition.permit.title,
                    question.id,
                    question.title,
                    asked.purpose,
                    asked.basis,
                    asked.keep,
                    asked.keep_basis,
                    asked.mask,
                    definition.laws,
                )
    if first is not None:
        yield from _beside(first)


def _beside(definition: Definition) -> Iterator[Registered]:
    file = definition.records
    for field, mask in BESIDE.items():
        yield Registered(
            "",
            None,
            field,
            None,
            file.purpose,
            file.basis,
            file.keep,
            file.basis,
            mask,
            definition.laws,
        )


def materials(definitions: Iterable[Definition]) -> Iterator[RegisteredMaterial]:
    """Every material of these definitions."""
    for definition in definitions:
        for name, material in definition.materials.items():
            kept = material.kept or definition.records
            yield RegisteredMaterial(
                definition.permit.id,
                definition.permit.title,
                name,
                material.title,
                kept.purpose,
                material.basis,
                kept.keep,
                kept.basis,
                definition.laws,
            )
