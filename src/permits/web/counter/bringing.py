"""Who brought something on paper: what was typed of it, and the scans in the tray."""

from typing import Any, get_args

from permits.casework.counter import SCANS, Capacity
from permits.services.counter_shapes import BroughtIn
from permits.store.drafts import Upload
from permits.web.reading import Reading


def read_bringing(reading: Reading, scanned: dict[str, Upload]) -> dict[str, Any]:
    """The fields of what was brought in; what does not fit is gathered by the reading."""
    return {
        "on": reading.day("came_on"),
        "name": reading.text("bringer", most=100),
        "capacity": reading.one_of("capacity", get_args(Capacity)),
        "in_person": reading.one_of("in_person", ("true", "false")) == "true",
        "scans": tuple(scanned[name].id for name in SCANS if name in scanned),
    }


def brought_in(fields: dict[str, Any]) -> BroughtIn:
    """What was read, once all of it fits."""
    return BroughtIn(**fields)
