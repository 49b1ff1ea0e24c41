"""Until when what stands beside the log of a case is kept, once the case has ended."""

from collections.abc import Mapping
from datetime import date, timedelta

from permits.casework.due_dates import months_later
from permits.casework.parts import Seal
from permits.definitions.edition import Edition
from permits.definitions.parts import Term


def kept_until(ended: date, keep: Term) -> date:
    """The last day of a term of days or months after the day on which a case ended."""
    count = int(keep[:-1])
    if keep.endswith("m"):
        return date.fromordinal(months_later(ended.toordinal(), count))
    return ended + timedelta(days=count)


def longest(keep: Term) -> int:
    """The days of a term, the longest months taken."""
    return int(keep[:-1]) * (31 if keep.endswith("m") else 1)


def file_until(ended: date, edition: Edition) -> date:
    """The last day on which the file of a case is kept, with all that has no term of its own."""
    return kept_until(ended, edition.definition.records.keep)


def values_until(ended: date, fields: Mapping[Seal, str], edition: Edition) -> dict[Seal, date]:
    """The last day on which each sealed value of a case is kept; free texts go with the file."""
    file = file_until(ended, edition)
    own = {
        name: kept_until(ended, question.personal.keep)
        for name, question in edition.questions.items()
        if question.personal is not None
    }
    return {seal: min(own.get(field, file), file) for seal, field in fields.items()}


def material_until(ended: date, material: str, edition: Edition) -> date:
    """The last day on which the file of a material is kept; other scans go with the file of the
    case."""
    rule = edition.definition.materials.get(material)
    if rule is not None and rule.kept is not None:
        return kept_until(ended, rule.kept.keep)
    return file_until(ended, edition)
