"""How long personal answers, materials and the file of a case are kept, and how answers are
masked."""

from collections.abc import Iterator

from permits.definitions.findings import Finding, Path
from permits.definitions.form import Question
from permits.definitions.parts import Mask, Term
from permits.definitions.schema import Definition

_FITTING: dict[str, tuple[Mask, ...]] = {"phone": ("phone", "whole"), "date": ("whole",)}
"""Masks that hide answers of a type; other answers are texts, and not masked as telephones."""
_OF_TEXTS: tuple[Mask, ...] = ("name", "number", "address", "whole")

_DAYS_IN_A_MONTH = 31


def _terms(definition: Definition) -> Iterator[Finding]:
    """Terms of keeping are days or months of the calendar, and end no later than the file's."""
    most = _days(definition.records.keep)
    for path, keep in _kept(definition):
        if _days(keep) == 0:
            says = f"`{keep}` is no time to keep something for: give days or months, as in `60m`"
            yield Finding("keep.term", path, says)
        elif _days(keep) > most > 0:
            says = (
                f"this is kept for {keep}, longer than the file of the case it stands in"
                f" ({definition.records.keep}; 个人信息保护法 art. 19)"
            )
            yield Finding("keep.longer", path, says)


def _kept(definition: Definition) -> Iterator[tuple[Path, Term]]:
    yield ("records", "keep"), definition.records.keep
    for path, question in _personal(definition):
        if question.personal is not None:
            yield (*path, "personal", "keep"), question.personal.keep
    for name, material in definition.materials.items():
        if material.kept is not None:
            yield ("materials", name, "kept", "keep"), material.kept.keep


def _personal(definition: Definition) -> Iterator[tuple[Path, Question]]:
    for s, section in enumerate(definition.form.sections):
        for q, question in enumerate(section.fields):
            yield ("form", "sections", s, "fields", q), question


def _days(term: Term) -> int:
    """The longest a term may be, in days; nothing for working days, which count work."""
    if term.endswith("wd"):
        return 0
    return int(term[:-1]) * (_DAYS_IN_A_MONTH if term.endswith("m") else 1)


def _masks(definition: Definition) -> Iterator[Finding]:
    """A mask leaves of an answer what is harmless in an answer of that type, and no more."""
    for path, question in _personal(definition):
        fitting = _FITTING.get(question.type, _OF_TEXTS)
        if question.personal is not None and question.personal.mask not in fitting:
            says = f"`{question.personal.mask}` does not mask a `{question.type}`; take one of "
            yield Finding("keep.mask", (*path, "personal", "mask"), says + ", ".join(fitting))


RULES = (_terms, _masks)
"""Findings about how long things are kept, and what of them is shown."""
