"""Keeps the file of a form, or says beside its field why it was not taken."""

from permits.store.drafts import Upload
from permits.text.uploads import Unfit, sentence
from permits.web.amiss import Wrong
from permits.web.forms import Posted
from permits.web.statuses import status_of_file
from permits.web.visits import Member


def keep(visit: Member, place: str, name: str, form: Posted) -> Upload | Wrong:
    """Keep the file of a form for a draft or a case; `name` says what it is for."""
    chosen = form.file("file")
    kept: Upload | Unfit = Unfit.EMPTY
    if chosen is not None:
        kept = visit.office.uploading.upload(place, name, *chosen, visit.actor)
    if isinstance(kept, Upload):
        return kept
    says = sentence(kept, visit.office.uploading.limits, visit.language)
    return Wrong(name, says, status_of_file(kept))
