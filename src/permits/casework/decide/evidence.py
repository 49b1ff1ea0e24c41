"""What the holder hands in with a request: files that show why, and no materials."""

from collections.abc import Iterable

from permits.casework.parts import HandedIn
from permits.casework.refusals import Reason, Refused


def not_evidence(files: Iterable[HandedIn], wanted: str) -> Refused | None:
    """Why files do not show why something is asked for: they were kept for something else."""
    other = tuple(one.material for one in files if one.material != wanted)
    return Refused(Reason.NO_SUCH_MATERIAL, other) if other else None
