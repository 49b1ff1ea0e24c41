"""Changes of the first shipped definition that break one rule about its guide alone."""

from tests.definitions.changes import BOTH
from tests.definitions.shipped import GONE

GUIDANCE = [
    ("service.kind", {"service.kind": "on_the_spot"}),
    ("service.visits", {"permit.visits": 1, "service.visit_reason": BOTH}),
    ("service.visits", {"permit.visits": 1, "service.online": "filing"}),
    ("service.visits", {"service.visit_reason": BOTH}),
    ("service.channel", {"service.channels": ["counter"]}),
    ("service.special_step", {"special_steps.hearing": GONE}),
    ("schema.missing", {"service": GONE}),
    ("schema.empty", {"common_questions": {}}),
    ("schema.pattern", {"service.basic_code": "12"}),
]
