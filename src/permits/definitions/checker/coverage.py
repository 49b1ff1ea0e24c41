"""What comes of choosing: a certificate for every grant, a row and a track for somebody."""

from collections.abc import Iterator

from permits.definitions.checker.applications import Applications, TooWide, kinds_of
from permits.definitions.findings import Finding, Path
from permits.definitions.form import NOT_LISTED
from permits.definitions.procedure import Milestone
from permits.definitions.schema import RELIEVED, TrackName


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
    """What a row looks at is asked when that row is chosen."""
    for name in applications.definition.list:
        path: Path = ("list", name, "admits")
        if name == NOT_LISTED:
            says = f"`{NOT_LISTED}` is the answer for works that are on no row; use another name"
            yield Finding("list.reserved", ("list", name), says)
        for answer in sorted(_unasked(applications, name)):
            says = f"it looks at `{answer}`, which is not asked when this row is chosen"
            yield Finding("list.unasked", path, says)


def _unasked(applications: Applications, row: str) -> frozenset[str]:
    """What a row looks at though it is not asked for."""
    admits = applications.definition.list[row].admits
    field = applications.list_field
    chosen = (a for a in applications.telling([admits]) if a.answers.get(field, row) == row)
    asked = {answer for application in chosen for answer in application.answers}
    return applications.conditions[admits].answers - asked


def admitted(applications: Applications) -> Iterator[Finding]:
    """Each row lets somebody in, and somebody can use each track."""
    definition = applications.definition
    tracks = [track for track in definition.tracks if track is not TrackName.ORDINARY]
    rows: list[str | None] = [*definition.list] or [None]
    let_in = set()
    for track, row in ((t, r) for t in tracks for r in (rows if t in RELIEVED else [None])):
        try:
            if any(True for _ in applications.on_row(row, (), track)):
                let_in.add((track, row))
        except TooWide:
            path: Path = ("list", row, "admits") if row else ("tracks", track.value, "admits")
            says = f"with what else decides who may use the {track} track this reads too much"
            yield Finding("cel.too_wide", path, f"{says} to be proved")
            return
    used, let = {track for track, _ in let_in}, {row for _, row in let_in}
    for track in tracks:
        if track not in used:
            says = "nobody can use this track: all are shut out by its condition, by an exclusion"
            yield Finding("track.nobody", ("tracks", track.value), f"{says} or by the list")
    for row in definition.list if used & RELIEVED else ():
        if row not in let and row != NOT_LISTED and not _unasked(applications, row):
            says = "nobody who chooses this row is let in: it never holds, or whoever it holds for"
            yield Finding("list.never", ("list", row, "admits"), f"{says} is shut out elsewhere")


RULES = (_certificates, _rows)
"""Findings about what comes of an application, whatever it says."""
