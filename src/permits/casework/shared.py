"""Data of other offices in the place of a material (数据共享), and what follows from it.

Only what really came stands in the place of a paper. What was not found, is too old or could not
be asked for is never assumed: the applicant is asked for the material.
"""

from collections.abc import Collection, Iterable, Mapping

from permits.casework.case import Case
from permits.casework.parts import SharedAnswer
from permits.definitions.schema import Treatment

PREFIX = "shared."
"""Opens the name under which the data for a material is kept as a file."""


def came(case: Case, material: str) -> bool:
    """Whether another office's data stands in the place of a material."""
    answer = case.shared.get(material)
    return answer is not None and answer.came


def left_to_applicant(
    treated: Mapping[str, Treatment],
    answers: Iterable[SharedAnswer],
    settled: Collection[str] = frozenset(),
) -> dict[str, Treatment]:
    """What a track does with each material, when what was to be shared and did not come is
    asked of the applicant. What another case of the project has settled is here."""
    here = {answer.material for answer in answers if answer.came} | set(settled)
    return {
        name: Treatment.SUPPLIED if what is Treatment.SHARED and name not in here else what
        for name, what in treated.items()
    }
