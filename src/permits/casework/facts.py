"""What conditions may ask of a case itself (`permits.definitions.conditions.FACTS`)."""

from permits.casework.case import Case
from permits.definitions.conditions import Answer
from permits.definitions.schema import RELIEVED, Definition, TrackName


def case_facts(case: Case, definition: Definition) -> dict[str, Answer]:
    """What conditions may ask of a case (`permits.definitions.conditions.FACTS`)."""
    track = TrackName(case.track)
    return {
        "case_track": case.track,
        "case_on_the_spot": definition.tracks[track].on_the_spot,
        "case_kind": exemption(case, definition),
        "case_corrections": len(case.notices),
        "case_result": case.decision.result if case.decision else "open",
    }


def exemption(case: Case, definition: Definition) -> str:
    """`with_filing` or `outright` for a listed case on a track that the list opens."""
    if case.track not in RELIEVED or not definition.list:
        return "none"
    field = next(q.id for q in definition.form.questions if q.type == "list_row")
    row = definition.list.get(str(case.answers.get(field)))
    return row.kind if row is not None else "none"
