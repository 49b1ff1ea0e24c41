"""Construction projects in an office: the staged permit published, and stages applied for."""

from typing import Any

from permits.services.demonstration.desk import Written
from permits.services.writer import Done
from tests.definitions.shipped import resolved as shipped_resolved
from tests.services.conftest import Bureau
from tests.staged import TOWER

TYPED = {
    **{k: str(v).lower() if isinstance(v, bool) else str(v) for k, v in TOWER.items()},
    "contact_name": "经办人",
    "contact_phone": "0371-00000000",
}


def publish(bureau: Bureau, permit: str) -> None:
    """Publish a shipped permit type."""
    resolved = shipped_resolved(permit)
    bureau.office.shelf.publish(resolved, actor="setup", now=bureau.hands())


def apply(bureau: Bureau, stage: str, track: str = "commitment", **typed: str) -> Any:
    """What comes of applying for a stage, a refusal included."""
    answers = {**TYPED, "stage_covered": stage, **typed}
    draft = bureau.people.written(Written("staged_construction", "applicant", answers), track)
    return bureau.people.sent("applicant", draft)


def permit_a_stage(bureau: Bureau, stage: str, **typed: str) -> str:
    """A stage permitted on the spot; the case's id."""
    done = apply(bureau, stage, **typed)
    assert isinstance(done, Done), done
    bureau.people.act("window", done.case_id, "accept")
    bureau.people.act("window", done.case_id, "grant_on_the_spot")
    return done.case_id
