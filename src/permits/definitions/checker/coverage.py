"""What comes of choosing: a certificate for every grant, a row and a track for somebody."""

from collections.abc import Iterator

from permits.definitions.checker.applications import Applications, TooWide, kinds_of
from permits.definitions.findings import Finding, Path
from permits.definitions.form import NOT_LISTED
from permits.definitions.procedure import Milestone
from permits.definitions.schema import Definition, TrackName


def _certificates(applications: Applications) -> Iterator[Finding]:
    """For each track, and each kind of exemption it can give, one document is drawn at grant."""
    definition = applications.definition
    drawn_at_grant = {
        n: d.when for n, d in definition.documents.items() if d.drawn_at is Milestone.GRANTED
    }
    asked = [when for when in drawn_at_grant.values() if when is not None]
    for track in definition.tracks:
        for kind in kinds_of(definition, track):
            try:
                met = applications.telling(asked, track)
            except TooWide:
                says = "the conditions of the certificates read too much at once to be proved"
                yield Finding("document.certificate", ("documents",), says)
                return
            fixed = {"case_kind": kind, "case_result": "granted"}
            for application in met:
                if any(application.facts.get(name, v) != v for name, v in fixed.items()):
                    continue
                drawn = [
                    n
                    for n, when in drawn_at_grant.items()
                    if when is None or application.meets([when])
                ]
                if len(drawn) != 1:
                    what = " and ".join(drawn) or "no document"
                    says = (
                        f"on the {track} track (kind {kind}) {what} would be drawn up at the"
                        " grant; one is wanted"
                    )
                    yield Finding("document.certificate", ("documents",), says)
                    break


def _rows(applications: Applications) -> Iterator[Finding]:
    """What a row looks at is asked when that row is chosen, and lets somebody in."""
    definition = applications.definition
    field = _list_field(definition)
    for name, row in definition.list.items():
        path: Path = ("list", name, "admits")
        if name == NOT_LISTED:
            says = f"`{NOT_LISTED}` is the answer for works that are on no row; use another name"
            yield Finding("list.reserved", ("list", name), says)
        chosen = [
            a for a in applications.telling([row.admits]) if a.answers.get(field, name) == name
        ]
        reads = applications.conditions[row.admits].answers
        unasked = reads - {answer for a in chosen for answer in a.answers}
        for answer in sorted(unasked):
            says = f"it looks at `{answer}`, which is not asked when this row is chosen"
            yield Finding("list.unasked", path, says)
        if not unasked and not any(a.meets([row.admits]) for a in chosen):
            yield Finding("list.never", path, "this never holds when the row is chosen")


def _list_field(definition: Definition) -> str:
    return next((q.id for q in definition.form.questions if q.type == "list_row"), "")


def _admitted(applications: Applications) -> Iterator[Finding]:
    """Some application that is on the list can use each track."""
    definition = applications.definition
    for name, track in definition.tracks.items():
        if track.admits is None or not definition.list:
            continue
        path: Path = ("tracks", name.value, "admits")
        try:
            admits = [_admits(applications, row, name) for row in definition.list]
        except TooWide:
            says = "with the conditions of the list this reads too much at once to be proved"
            yield Finding("cel.too_wide", path, says)
            continue
        if not any(admits):
            yield Finding("track.nobody", path, "no case that is on the list can meet this")


def _admits(applications: Applications, row: str, track: TrackName) -> bool:
    definition = applications.definition
    field = _list_field(definition)
    asked = [definition.list[row].admits]
    asked += [when for when in (definition.tracks[track].admits,) if when]
    return any(
        a.answers.get(field, row) == row and a.meets(asked)
        for a in applications.telling(asked, track)
    )


RULES = (_certificates, _rows, _admitted)
"""Findings about what comes of an application, whatever it says."""
