"""What a case is called: its permit type, party, track, office, and where it stands."""

from permits.web.api.shown.listed import Party
from permits.web.api.shown.parts import Named
from permits.web.dossier import Dossier


def permit(case: Dossier) -> Named:
    shown = case.definition.permit
    return Named(name=shown.id, title=shown.title.in_(case.language))


def party(case: Dossier) -> Party:
    return Party(code=case.case.party, name=case.party_name)


def track(case: Dossier) -> Named:
    return Named(name=case.case.track, title=case.track)


def authority(case: Dossier) -> Named:
    office = case.definition.authority
    return Named(name=office.id, title=office.title.in_(case.language))


def state(case: Dossier) -> Named:
    name, _state = case.edition.chart.state(case.case.leaves)
    return Named(name=name, title=case.state)
