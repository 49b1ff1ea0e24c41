"""A grant leaves exactly one certificate; a row of a list looks at what was asked."""

from collections.abc import Iterator, Mapping

from permits.definitions.checker.asking import NOT_LISTED
from permits.definitions.checker.space import facts_of
from permits.definitions.conditions import Condition
from permits.definitions.findings import Finding
from permits.definitions.procedure import Milestone
from permits.definitions.schema import Definition, TrackName


def certificates(definition: Definition, conditions: Mapping[str, Condition]) -> Iterator[Finding]:
    """For each track, and each kind of exemption it can give, one document is drawn at grant."""
    granted = {n: d for n, d in definition.documents.items() if d.drawn_at is Milestone.GRANTED}
    for track in definition.tracks:
        for kind in _kinds(definition, track):
            facts = {**facts_of(definition, track), "case_kind": kind, "case_result": "granted"}
            drawn = [
                n
                for n, d in granted.items()
                if d.when is None or _holds(conditions[d.when], facts)
            ]
            if len(drawn) != 1:
                what = ", ".join(drawn) or "no document"
                says = (
                    f"on the {track} track (kind {kind}) {what} would be drawn up; one is wanted"
                )
                yield Finding("document.certificate", ("documents",), says)


def _kinds(definition: Definition, track: TrackName) -> tuple[str, ...]:
    if track is TrackName.ORDINARY or not definition.list:
        return ("none",)
    return tuple(dict.fromkeys(row.kind for row in definition.list.values()))


def _holds(condition: Condition, facts: Mapping[str, object]) -> bool:
    values = {name: facts.get(name, 0) for name in condition.facts}
    return not condition.answers and condition.ask(values) is True  # type: ignore[arg-type]


def rows_admit(definition: Definition, conditions: Mapping[str, Condition]) -> Iterator[Finding]:
    """What a row of the list looks at is asked when that row is chosen."""
    row_field = next((q.id for q in definition.form.questions if q.type == "list_row"), None)
    for name, row in definition.list.items():
        if name == NOT_LISTED:
            says = f"`{NOT_LISTED}` is the answer for works that are on no row"
            yield Finding("list.reserved", ("list", name), says)
        for answer in sorted(conditions[row.admits].answers - {row_field}):
            question = next(q for q in definition.form.questions if q.id == answer)
            if question.when is None:
                continue
            condition = conditions[question.when]
            if condition.answers == {row_field} and not condition.holds(
                {str(row_field): name}, {}
            ):
                says = f"it looks at `{answer}`, which is not asked when this row is chosen"
                yield Finding("list.unasked", ("list", name, "admits"), says)
