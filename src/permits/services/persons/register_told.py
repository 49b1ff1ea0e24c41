"""The register of personal fields as data and as a page."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from permits.definitions.parts import Text
from permits.definitions.schema import Definition
from permits.services.persons.register import Registered, RegisteredMaterial, fields, materials
from permits.text import sealed
from permits.text.amounts import term
from permits.text.bases import cited
from permits.text.words import LANGUAGES, Language

INTRODUCTION = """\
# Personal data

What is asked about people, what for, on what basis, how long it is kept after the case has ended,
and what of it is shown to whoever has not asked for it and said why. Generated from the
definitions (`python -m tools.personal_register`; an office's own: `permits person register`).
Where a basis says *example*, no source was found and the value is the office's to set.

**Who sees it.** The applicant's own accounts see their answers whole. Officers who see the case
see them masked; those who work on it see them whole for one request once they have said what for,
and that is an event of their account. Auditors and the public do not see them.

Personal fields never stand in the log: there stands a seal, and what it was made of is erased when
its time is over (`permits retention run`) or when the person asks for it and nothing must be kept
(`permits person erase`).
"""


def as_data(definitions: Sequence[Definition]) -> dict[str, Any]:
    """The register for programs, texts in both languages."""
    return {
        "fields": [_field(one) for one in fields(definitions)],
        "materials": [_material(one) for one in materials(definitions)],
    }


def _field(one: Registered) -> dict[str, Any]:
    return {
        "permit": one.permit or None,
        "field": one.field,
        "title": {language: _title(one, language) for language in LANGUAGES},
        "mask": one.mask,
        "seen_by": {
            "whole": ["applicant"],
            "masked": ["window", "examiner", "leader", "inspector", "supervisor"],
            "on_request": ["window", "examiner", "leader", "inspector", "supervisor"],
        },
        **_kept(one),
    }


def _material(one: RegisteredMaterial) -> dict[str, Any]:
    return {
        "permit": one.permit,
        "material": one.material,
        "title": _both(one.title),
        **_kept(one),
    }


def _kept(one: Registered | RegisteredMaterial) -> dict[str, Any]:
    return {
        "purpose": _both(one.purpose),
        "basis": {language: cited(one.basis, one.laws, language) for language in LANGUAGES},
        "keep": one.keep,
        "keep_basis": {
            language: cited(one.keep_basis, one.laws, language) for language in LANGUAGES
        },
        "example": one.basis.example is not None or one.keep_basis.example is not None,
    }


def _both(text: Text) -> dict[Language, str]:
    return {language: text.in_(language) for language in LANGUAGES}


def _title(one: Registered, language: Language) -> str:
    if one.title is not None:
        return one.title.in_(language)
    return sealed.labels(language)[one.field]


def as_page(definitions: Sequence[Definition]) -> str:
    """The register in Markdown."""
    return "\n".join((INTRODUCTION, *_fields(definitions), "", *_materials(definitions), ""))


def _fields(definitions: Iterable[Definition]) -> Iterator[str]:
    yield "## Fields\n"
    yield "| permit type | field | what | purpose | basis | kept for | why so long | shown |"
    yield "|---|---|---|---|---|---|---|---|"
    for one in fields(definitions):
        where = f"`{one.permit}`" if one.permit else "any, beside the form"
        cells = (
            where,
            f"`{one.field}`",
            f"{_title(one, 'en')} · {_title(one, 'zh')}",
            one.purpose.en,
            _basis(one, "basis"),
            term(one.keep, "en"),
            _basis(one, "keep_basis"),
            sealed.mask(one.mask, "en"),
        )
        yield f"| {' | '.join(cells)} |"


def _materials(definitions: Iterable[Definition]) -> Iterator[str]:
    yield "## Materials\n"
    yield "| permit type | material | what | basis | kept for | why so long |"
    yield "|---|---|---|---|---|---|"
    for one in materials(definitions):
        cells = (
            f"`{one.permit}`",
            f"`{one.material}`",
            f"{one.title.en} · {one.title.zh}",
            _basis(one, "basis"),
            term(one.keep, "en"),
            _basis(one, "keep_basis"),
        )
        yield f"| {' | '.join(cells)} |"


def _basis(one: Registered | RegisteredMaterial, which: str) -> str:
    basis = one.basis if which == "basis" else one.keep_basis
    example = "*example*: " if basis.example is not None else ""
    return example + cited(basis, one.laws, "en").replace("|", "/")
