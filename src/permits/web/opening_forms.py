"""What every form has that stands beside the chart and is open to some, at times."""

from starlette.exceptions import HTTPException

from permits.casework import commands as c
from permits.casework.access import may
from permits.casework.refusals import Reason, Refused
from permits.services.case_record import Record
from permits.text import refusals
from permits.web.dossier import Dossier
from permits.web.visits import Member


class OpeningForm:
    """A command that is asked for with a form, open or not; 404 if it is not for whoever asks."""

    def __init__(
        self, visit: Member, record: Record, case: Dossier, home: str, command: c.Command
    ) -> None:
        if not may(visit.actor, command, record.case, case.edition):
            raise HTTPException(404)
        self.visit = visit
        self.record = record
        self.case = case
        self.home = home
        self.command = command

    @property
    def open(self) -> bool:
        """Whether the case stands so that it is open now."""
        raise NotImplementedError

    @property
    def shut(self) -> str:
        """Why it is not open now; nothing if it is."""
        if self.open:
            return ""
        cases = self.visit.office.cases
        found = cases.foresee(self.record.case, self.command, self.visit.actor)
        return self.says(found if isinstance(found, Refused) else Refused(Reason.NOT_YOURS))

    def says(self, refused: Refused) -> str:
        return refusals.sentence(refused, self.case.definition, self.visit.language)
