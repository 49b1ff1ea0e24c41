"""Every name that a part uses is the name of something."""

import difflib
from collections.abc import Iterable, Iterator, Mapping

from permits.definitions.conditions import Condition
from permits.definitions.findings import Finding, Path
from permits.definitions.parts import Basis, Part, Text
from permits.definitions.schema import Definition

Use = tuple[Path, str]


def dangling(definition: Definition) -> Iterator[Finding]:
    """Names that lead nowhere, that stand twice in one list, and entries that nothing uses."""
    parts = tuple(_parts(definition, ()))
    for rule, known, uses in (
        ("ref.condition", definition.conditions, list(_conditions(definition))),
        ("ref.law", definition.laws, list(_laws(parts))),
        ("ref.field", {q.id for q in definition.form.questions}, list(_fields(definition))),
        ("ref.material", definition.materials, list(_materials(definition))),
        ("ref.commitment", definition.commitments, list(_commitments(definition))),
        ("ref.action", definition.chart.actions, list(_actions(definition))),
        ("ref.rate", definition.rates, list(_rates(definition))),
        ("ref.state", set(_places(definition)), list(_states(definition))),
    ):
        for path, name in uses:
            if name not in known:
                yield Finding(rule, path, _absent(rule.removeprefix("ref."), name, known))
    yield from _unused(definition)
    yield from _twice(parts)


def _absent(kind: str, name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    meant = f"; did you mean `{near[0]}`?" if near else ""
    return f"there is no {kind} `{name}`{meant}"


def _twice(parts: tuple[tuple[Path, object], ...]) -> Iterator[Finding]:
    """A name that stands twice in one list, wherever the list stands."""
    for path, part in parts:
        if isinstance(part, tuple):
            for n, entry in enumerate(part):
                if isinstance(entry, str) and entry in part[:n]:
                    yield Finding("ref.twice", (*path, n), f"`{entry}` is named twice; keep one")


def _unused(definition: Definition) -> Iterator[Finding]:
    signed = [name for track in definition.tracks.values() for name in track.commitments]
    asked = [name for _path, name in _conditions(definition)]
    charged = [fee.rate for fee in definition.fees.values()]
    for part, entries, used, says in (
        ("conditions", definition.conditions, asked, "nothing asks for this condition"),
        ("commitments", definition.commitments, signed, "no track asks for this commitment"),
        ("rates", definition.rates, charged, "no fee is reckoned by this rate"),
    ):
        for name in entries:
            if name not in used:
                yield Finding("ref.unused", (part, name), f"{says}; use it or leave it out")


def too_early(definition: Definition, conditions: Mapping[str, Condition]) -> Iterator[Finding]:
    """What is asked before there is a case may look at answers only."""
    for path, name in _before_the_case(definition):
        for fact in sorted(conditions[name].facts):
            says = f"`{name}` looks at `{fact}`, which is not known when this is asked"
            yield Finding("cel.case_fact", path, says)


def _before_the_case(d: Definition) -> Iterator[Use]:
    yield from _conditions_of_questions(d)
    yield from _conditions_of_tracks(d)
    yield from _whens(d, "materials")


def _conditions(d: Definition) -> Iterator[Use]:
    yield from _before_the_case(d)
    for part in ("obligations", "documents", "still_required"):
        yield from _whens(d, part)
    for name, action in d.chart.actions.items():
        for n, need in enumerate(action.needs):
            yield ("chart", "actions", name, "needs", n), need
        for m, move in enumerate(action.moves):
            for n, need in enumerate(move.needs):
                yield ("chart", "actions", name, "moves", m, "needs", n), need


def _whens(d: Definition, part: str) -> Iterator[Use]:
    for name, entry in getattr(d, part).items():
        if entry.when:
            yield (part, name, "when"), entry.when


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


def _laws(parts: tuple[tuple[Path, object], ...]) -> Iterator[Use]:
    for path, part in parts:
        if isinstance(part, Basis) and part.law is not None:
            yield (*path, "law"), part.law


def _parts(part: object, path: Path) -> Iterator[tuple[Path, object]]:
    """Every basis and every list in the definition, by the keys of the file."""
    match part:
        case Basis():
            yield path, part
        case Text():
            return
        case Part():
            for key, info in type(part).model_fields.items():
                yield from _parts(getattr(part, key), (*path, info.alias or key))
        case dict():
            for key, value in part.items():
                yield from _parts(value, (*path, str(key)))
        case tuple():
            yield path, part
            for n, value in enumerate(part):
                yield from _parts(value, (*path, n))
        case _:
            return


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
