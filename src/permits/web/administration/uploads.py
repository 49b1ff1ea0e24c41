"""A file that an administrator sends to have it looked at: read whole, kept nowhere."""

from permits.definitions.yaml_reader import MOST_BYTES
from permits.text.words import words
from permits.web.forms import Posted
from permits.web.reading import Reading


def sent(form: Posted, reading: Reading) -> bytes | None:
    """What the file holds; None, and a sentence beside its field, if none was chosen or it holds
    more than is ever read."""
    _ = words(reading.language).gettext
    chosen = form.file("file")
    if chosen is None:
        reading.errors["file"] = _("Choose a file")
        return None
    raw = chosen[1].read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        reading.errors["file"] = _("The file is larger than 1 MB")
        return None
    return raw


def name_of(form: Posted) -> str:
    """What findings call the file."""
    chosen = form.file("file")
    return chosen[0].replace("\\", "/").rsplit("/", 1)[-1][:100] if chosen is not None else ""
