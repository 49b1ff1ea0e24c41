"""What is found in a case before the one correction notice: whoever looks at it notes theirs, and
one of them sends all of it (行政许可法 art. 32)."""

from collections.abc import Iterable, Mapping

from permits.casework.offers import offers
from permits.definitions.procedure import Act
from permits.definitions.schema import Treatment
from permits.store.case_notes import Finding
from permits.text.words import Language, words
from permits.web.dossier import Dossier
from permits.web.visits import Member


def may_find(visit: Member, case: Dossier) -> bool:
    """Whether a notice can still be given, by whomever: only then is anything found for it."""
    acts = {offer.act for offer in offers(case.case, visit.desk(case.case))}
    return Act.ISSUE_CORRECTION in acts and not case.case.corrected


def abouts(case: Dossier) -> tuple[str, ...]:
    """What a finding may be about: materials the track deals with, questions put."""
    materials = (
        f"material.{one.name}" for one in case.checklist if one.treatment is not Treatment.EXEMPT
    )
    put = (f"field.{a.name}" for part in case.sections for a in part.answers if not a.made)
    return (*materials, *put)


def not_handed_in(case: Dossier) -> dict[str, str]:
    """The fields of a form in which what has not come in is found to be missing."""
    hand_in = words(case.language).gettext("Hand in: %(what)s")
    found = {}
    for one in case.checklist:
        if one.treatment is Treatment.SUPPLIED and not one.here:
            found[f"kind:material.{one.name}"] = "missing"
            found[f"fix:material.{one.name}"] = hand_in % {"what": one.title}
    return found


def by_about(found: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    """Findings by what they are about, the earliest first."""
    each: dict[str, tuple[Finding, ...]] = {}
    for one in found:
        each[one.about] = (*each.get(one.about, ()), one)
    return each


def gathered(found: Mapping[str, tuple[Finding, ...]], language: Language) -> dict[str, str]:
    """The fields of a form with everybody's findings: of several about one thing the kind of the
    earliest, and what each of them wants."""
    between = words(language).gettext("; ")
    fields = {}
    for about, each in found.items():
        fields[f"kind:{about}"] = each[0].kind
        fields[f"fix:{about}"] = between.join(dict.fromkeys(one.fix for one in each))
    return fields
