"""Files that come in: kept, or told why not."""

from fastapi import Response

from permits.casework.refusals import Refused
from permits.definitions.schema import Definition
from permits.outside.files import Unfit
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.api.asking import refused
from permits.web.visits import Visit


def not_kept(visit: Visit, why: Unfit | Refused, definition: Definition | None = None) -> Response:
    """The problem of a file that was not kept."""
    if isinstance(why, Refused):
        return refused(visit, why, definition)
    return problems.trouble(_trouble(why), visit.language)


def _trouble(why: Unfit) -> Trouble:
    match why:
        case Unfit.EMPTY:
            return Trouble.FILE_EMPTY
        case Unfit.TOO_LARGE:
            return Trouble.FILE_TOO_LARGE
        case Unfit.KIND:
            return Trouble.FILE_KIND
        case Unfit.TOO_MANY:
            return Trouble.FILES_TOO_MANY
