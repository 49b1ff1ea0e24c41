"""Files that come in: kept, or told why not."""

from fastapi import Response

from permits.casework.refusals import Refused
from permits.definitions.schema import Definition
from permits.text.troubles import OF_FILE
from permits.text.uploads import Unfit
from permits.web import problems
from permits.web.api.asking import refused
from permits.web.visits import Visit


def not_kept(visit: Visit, why: Unfit | Refused, definition: Definition) -> Response:
    """The problem of a file that was not kept."""
    if isinstance(why, Refused):
        return refused(visit, why, definition)
    limits = visit.office.uploading.limits
    return problems.trouble(OF_FILE[why], visit.language, limits=limits)
