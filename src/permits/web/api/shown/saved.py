"""What a case saved against the ordinary procedure, material by material and day by day."""

from datetime import date

from pydantic import Field

from permits.casework import savings
from permits.casework.working_days import WorkingDays
from permits.definitions.tracks import Treatment
from permits.text import names
from permits.web.api.shown.parts import Named, Shown
from permits.web.dossier import Dossier


class SavedMaterial(Shown):
    """A material that was not needed, and why not."""

    material: Named
    cause: Named


class SavedDays(Shown):
    """Working days from acceptance to the decision, suspensions left out; fewer than none saved
    is possible."""

    accepted_on: date
    decided_on: date
    used: int | None = Field(description="none if a year they fall in is not published")
    suspended: int | None
    promised: int = Field(description="the promised limit of the ordinary procedure")
    statutory: int = Field(description="its limit in law")
    saved: int | None
    saved_statutory: int | None


class Savings(Shown):
    """Savings of a case that was granted and whose grant stands."""

    baseline: tuple[Named, ...] = Field(description="materials of the ordinary procedure")
    handed_in: tuple[Named, ...]
    saved: tuple[SavedMaterial, ...]
    deferred: tuple[Named, ...] = Field(description="still to come, and not saved")
    days: SavedDays | None


def saved(case: Dossier, calendar: WorkingDays) -> Savings | None:
    """What was saved; None unless the case was granted and the grant stands."""
    if not savings.stands(case.case):
        return None
    found = savings.materials(case.case, case.definition, case.edition.conditions)

    def material(name: str) -> Named:
        title = case.definition.materials[name].title.in_(case.language)
        return Named(name=name, title=title)

    return Savings(
        baseline=tuple(map(material, found.baseline)),
        handed_in=tuple(map(material, found.handed_in)),
        saved=tuple(
            SavedMaterial(material=material(name), cause=_cause(cause, case))
            for name, cause in found.saved.items()
        ),
        deferred=tuple(map(material, found.deferred)),
        days=_days(case, calendar),
    )


def _cause(cause: str, case: Dossier) -> Named:
    return Named(name=cause, title=names.treatment(Treatment(cause), case.language))


def _days(case: Dossier, calendar: WorkingDays) -> SavedDays | None:
    spent = savings.days(case.case, case.definition, calendar)
    if spent is None:
        return None
    return SavedDays(
        accepted_on=spent.accepted_on,
        decided_on=spent.decided_on,
        used=spent.used,
        suspended=spent.suspended,
        promised=spent.promised,
        statutory=spent.statutory,
        saved=spent.saved,
        saved_statutory=spent.saved_statutory,
    )
