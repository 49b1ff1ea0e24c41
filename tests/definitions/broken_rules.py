"""For each rule of the checker, changes of the first shipped definition that break it alone."""

from tests.definitions.broken_charts import CHARTS
from tests.definitions.broken_entries import ENTRIES
from tests.definitions.broken_guidance import GUIDANCE
from tests.definitions.broken_parts import PARTS, SAMPLES
from tests.definitions.broken_projects import PROJECTS
from tests.definitions.broken_promises import PROMISES
from tests.definitions.broken_tolerance import TOLERANCE

CHECKER = [*PARTS, *PROJECTS, *CHARTS, *PROMISES, *TOLERANCE, *GUIDANCE, *ENTRIES]

__all__ = ["CHECKER", "SAMPLES"]
