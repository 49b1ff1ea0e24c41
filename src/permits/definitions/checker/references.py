"""Every name that a part uses is the name of something."""

from collections.abc import Iterable, Iterator

from permits.definitions.findings import Finding, Path
from permits.definitions.parts import Basis, Part
from permits.definitions.schema import Definition

Use = tuple[Path, str]


def dangling(definition: Definition) -> Iterator[Finding]:
    """Names that lead nowhere, and entries that nothing uses."""
    for kind, known, uses in (
        ("condition", definition.conditions, list(_conditions(definition))),
        ("law", definition.laws, list(_laws(definition))),
        ("field", {q.id for q in definition.form.questions}, list(_fields(definition))),
        ("material", definition.materials, list(_materials(definition))),
        ("commitment", definition.commitments, list(_commitments(definition))),
        ("action", definition.chart.actions, list(_actions(definition))),
        ("rate", definition.rates, list(_rates(definition))),
        ("state", set(_places(definition)), list(_states(definition))),
    ):
        for path, name in uses:
            if name not in known:
                yield Finding(f"ref.{kind}", path, f"there is no {kind} `{name}`")
    yield from _unused(definition)


def _unused(definition: Definition) -> Iterator[Finding]:
    used = {name for _path, name in _conditions(definition)}
    for name in definition.conditions:
        if name not in used:
            yield Finding("ref.unused", ("conditions", name), "nothing asks for this condition")
    signed = {name for track in definition.tracks.values() for name in track.commitments}
    for name in definition.commitments:
        if name not in signed:
            yield Finding("ref.unused", ("commitments", name), "no track asks for this commitment")


def _conditions(d: Definition) -> Iterator[Use]:
    yield from _conditions_of_questions(d)
    yield from _conditions_of_tracks(d)
    for part in ("materials", "obligations", "documents", "still_required"):
        for name, entry in getattr(d, part).items():
            if entry.when:
                yield (part, name, "when"), entry.when
    for name, action in d.chart.actions.items():
        for n, need in enumerate(action.needs):
            yield ("chart", "actions", name, "needs", n), need
        for m, move in enumerate(action.moves):
            for n, need in enumerate(move.needs):
                yield ("chart", "actions", name, "moves", m, "needs", n), need


def _conditions_of_questions(d: Definition) -> Iterator[Use]:
    for s, section in enumerate(d.form.sections):
        for q, question in enumerate(section.fields):
            if question.when:
                yield ("form", "sections", s, "fields", q, "when"), question.when


def _conditions_of_tracks(d: Definition) -> Iterator[Use]:
    for name, exclusion in d.exclusions.items():
        yield ("exclusions", name, "when"), exclusion.when
    for name, row in d.list.items():
        yield ("list", name, "admits"), row.admits
    for track, part in d.tracks.items():
        if part.admits:
            yield ("tracks", track.value, "admits"), part.admits


def _laws(definition: Definition) -> Iterator[Use]:
    for path, basis in _bases(definition, ()):
        if basis.law is not None:
            yield (*path, "law"), basis.law


def _bases(part: object, path: Path) -> Iterator[tuple[Path, Basis]]:
    """Every basis in the definition, wherever it stands."""
    if isinstance(part, Basis):
        yield path, part
    elif isinstance(part, Part):
        for key, info in type(part).model_fields.items():
            yield from _bases(getattr(part, key), (*path, info.alias or key))
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _bases(value, (*path, str(key)))
    elif isinstance(part, tuple):
        for n, value in enumerate(part):
            yield from _bases(value, (*path, n))


def _fields(d: Definition) -> Iterator[Use]:
    yield ("permit", "shows", "title"), d.permit.shows.title
    yield ("permit", "shows", "place"), d.permit.shows.place
    for name, fee in d.fees.items():
        yield ("fees", name, "quantity"), fee.quantity


def _materials(d: Definition) -> Iterator[Use]:
    for name, commitment in d.commitments.items():
        for n, material in enumerate(commitment.covers):
            yield ("commitments", name, "covers", n), material


def _commitments(d: Definition) -> Iterator[Use]:
    for name, track in d.tracks.items():
        for n, commitment in enumerate(track.commitments):
            yield ("tracks", name.value, "commitments", n), commitment


def _actions(d: Definition) -> Iterator[Use]:
    for name, clock in d.clocks.items():
        if clock.lapse.action:
            yield ("clocks", name, "lapse", "action"), clock.lapse.action


def _rates(d: Definition) -> Iterator[Use]:
    for name, fee in d.fees.items():
        yield ("fees", name, "rate"), fee.rate


def _places(d: Definition) -> Iterable[str]:
    for name, state in d.chart.states.items():
        yield name
        for region, inner in state.regions.items():
            yield from (f"{name}.{region}.{leaf}" for leaf in inner)


def _states(d: Definition) -> Iterator[Use]:
    yield ("chart", "initial"), d.chart.initial
    for name, state in d.chart.states.items():
        if state.done:
            yield ("chart", "states", name, "done"), state.done
    for name, action in d.chart.actions.items():
        for m, move in enumerate(action.moves):
            path: Path = ("chart", "actions", name, "moves", m)
            yield (*path, "to"), move.to
            yield from (((*path, "from", n), source) for n, source in enumerate(move.frm))
