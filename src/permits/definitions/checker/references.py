"""Every name that a part uses is the name of something.

Names are followed in the plain data, so that those of an entry that does not fit the schema are
followed all the same.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from permits.definitions.conditions import Condition
from permits.definitions.findings import Finding, Path
from permits.definitions.fitting import Data, Fitting

Use = tuple[Path, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """Names of one kind: in which part they are given, where, and where they are used.

    `*` stands for every entry of a mapping or a list.
    """

    part: str
    given: tuple[str, ...]
    used: tuple[str, ...]


BEFORE_THE_CASE = (
    "form.sections.*.fields.*.when",
    "exclusions.*.when",
    "list.*.admits",
    "tracks.*.admits",
    "materials.*.when",
    "materials.*.settled.when",
    "project.stages.*.covered",
    "project.rests_on.*",
    "fees.*.lines.*.when",
    "fees.*.reliefs.*.when",
)
"""Where conditions are asked while there is no case yet."""

KINDS = {
    "ref.condition": Kind(
        "conditions",
        ("conditions.*",),
        (
            *BEFORE_THE_CASE,
            "obligations.*.when",
            "fees.*.gates.*.when",
            "documents.*.when",
            "still_required.*.when",
            "joint_review.departments.*.when",
            "hearing.required.when",
            "third_parties.required.when",
            "chart.actions.*.needs.*",
            "chart.actions.*.moves.*.needs.*",
        ),
    ),
    "ref.law": Kind("laws", ("laws.*",), ()),
    "ref.field": Kind(
        "form",
        ("form.sections.*.fields.*.id", "form.sections.*.fields.*.totals.*"),
        (
            "permit.shows.title",
            "permit.shows.place",
            "fees.*.quantity",
            "fees.*.lines.*.fields.*",
            "signers.*.unit",
            "signers.*.person",
            "project.code",
            "project.name",
            "project.stages.*.alike.*",
            "amendment.fields.*",
        ),
    ),
    "ref.gate": Kind(
        "gates",
        ("gates.*",),
        ("project.passes.*.*", "obligations.*.shuts.*", "fees.*.shuts.*"),
    ),
    "ref.material": Kind(
        "materials",
        ("materials.*",),
        ("commitments.*.covers.*", "obligations.*.brings", "fees.*.reliefs.*.material"),
    ),
    "ref.signer": Kind("signers", ("signers.*",), ("commitments.*.signers.*",)),
    "ref.commitment": Kind(
        "commitments",
        ("commitments.*",),
        ("tracks.*.commitments.*", "fees.*.deferral.commitment"),
    ),
    "ref.action": Kind(
        "chart",
        ("chart.actions.*",),
        (
            "clocks.*.lapse.action",
            "clocks.*.lapse.drafts",
            "obligations.*.lapse.action",
            "term.expires",
        ),
    ),
    "ref.sample": Kind("samples", ("samples.*",), ("samples.*.like",)),
    "ref.approval": Kind("still_required", ("still_required.*",), ("samples.*.still_required.*",)),
    "ref.department": Kind(
        "joint_review", ("joint_review.departments.*",), ("samples.*.asked.*",)
    ),
    "ref.rate": Kind("rates", ("rates.*",), ("fees.*.rate", "fees.*.lines.*.rate")),
    "ref.share": Kind("shares", ("shares.*",), ("fees.*.lines.*.share",)),
    "ref.fee": Kind("fees", ("fees.*",), ("obligations.*.pays", "amendment.corrects.*")),
    "ref.obligation": Kind("obligations", ("obligations.*",), ("fees.*.deferral.obligation",)),
    "ref.state": Kind(
        "chart",
        ("chart.states.*", "chart.states.*.regions.*.*"),
        (
            "chart.initial",
            "chart.states.*.done",
            "chart.actions.*.moves.*.to",
            "chart.actions.*.moves.*.from.*",
            "annulment.*",
        ),
    ),
}
_UNUSED = {
    "ref.condition": "nothing asks for this condition",
    "ref.commitment": "no track asks for this commitment",
    "ref.rate": "no fee is reckoned by this rate",
    "ref.gate": "nothing shuts this gate and nothing waits at it",
    "ref.share": "no fee is reckoned by this share",
}


def dangling(fitting: Fitting) -> Iterator[Finding]:
    """Names that lead nowhere, that stand twice in one list, and entries that nothing uses.

    What could not be read may have held a name or a use of one, and is given the benefit.
    """
    data, lost = fitting.data, fitting.lost
    everything = _walk(data)
    for rule, names in KINDS.items():
        uses = [*_laws(everything)] if rule == "ref.law" else [*_at(data, names.used)]
        known = {_name(path, value) for path, value in _find(data, names.given)}
        if names.part not in lost:
            for path, name in uses:
                if name not in known:
                    yield Finding(rule, path, _absent(rule.removeprefix("ref."), name, known))
        if rule in _UNUSED and not lost and not _hidden(names, fitting.faults):
            for name in sorted(known - {name for _, name in uses}):
                says = f"{_UNUSED[rule]}; use it or leave it out"
                yield Finding("ref.unused", (names.part, name), says)
    yield from _twice(everything)


def nameless(faults: Iterable[Path]) -> Iterator[str]:
    """The parts whose names cannot be told, given where something does not fit: what should hold
    them is nothing that could, or a field has no name."""
    for path in faults:
        for names in KINDS.values():
            if any(_holds(pattern.split("."), path) for pattern in names.given):
                yield names.part


def _hidden(names: Kind, faults: Iterable[Path]) -> bool:
    """Whether a use of such a name may stand where something does not fit."""
    used = [pattern.split(".") for pattern in names.used]
    return any(_within(steps, path) for path in faults for steps in used)


def _within(steps: Sequence[str], path: Path) -> bool:
    """Whether a place is at the path or inside what stands there."""
    matching = all(step in ("*", at) for step, at in zip(steps, path, strict=False))
    return matching and len(path) <= len(steps)


def _holds(steps: Sequence[str], path: Path) -> bool:
    """Whether names stand inside what is at the path, or the name itself does."""
    return _within(steps, path) and not (len(path) == len(steps) and steps[-1] == "*")


def _absent(kind: str, name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    meant = f"; did you mean `{near[0]}`?" if near else ""
    return f"there is no {kind} `{name}`{meant}"


def _name(path: Path, value: Any) -> str:
    """What an entry is called: by its key, a field by its `id`, a state in a region by all."""
    match path:
        case ("form", *_, "totals", total):
            return str(total)
        case ("form", *_):
            return str(value)
        case (_, _, state, _, region, leaf):
            return f"{state}.{region}.{leaf}"
        case _:
            return str(path[-1])


def _find(data: Any, patterns: Iterable[str]) -> Iterator[tuple[Path, Any]]:
    for pattern in patterns:
        yield from _follow(data, pattern.split("."), ())


def _follow(data: Any, steps: Sequence[str], path: Path) -> Iterator[tuple[Path, Any]]:
    if not steps:
        yield path, data
        return
    step, *rest = steps
    if step == "*":
        for key in _keys(data):
            yield from _follow(data[key], rest, (*path, key))
    elif isinstance(data, dict) and step in data:
        yield from _follow(data[step], rest, (*path, step))


def _keys(data: Any) -> Iterable[Any]:
    if isinstance(data, dict):
        return data
    return range(len(data)) if isinstance(data, list) else ()


def _at(data: Any, patterns: Iterable[str]) -> Iterator[Use]:
    """The names that stand at the places of some patterns."""
    return ((path, value) for path, value in _find(data, patterns) if isinstance(value, str))


def _walk(data: Any) -> list[tuple[Path, Any]]:
    """Every mapping and every list."""
    found: list[tuple[Path, Any]] = [((), data)]
    for path, part in found:
        inner = part.items() if isinstance(part, dict) else enumerate(part)
        found += [((*path, k), v) for k, v in inner if isinstance(v, dict | list)]
    return found


def _laws(everything: Iterable[tuple[Path, Any]]) -> Iterator[Use]:
    """The laws that bases name, each under a key that says so."""
    for path, part in everything:
        law = part.get("law") if isinstance(part, dict) else None
        if isinstance(law, str):
            under = next((step for step in reversed(path) if isinstance(step, str)), "")
            if under.endswith("basis"):
                yield (*path, "law"), law


def _twice(everything: Iterable[tuple[Path, Any]]) -> Iterator[Finding]:
    """A name that stands twice in one list, wherever the list stands."""
    for path, part in everything:
        for n, entry in enumerate(part if isinstance(part, list) else ()):
            if isinstance(entry, str) and entry in part[:n]:
                yield Finding("ref.twice", (*path, n), f"`{entry}` is named twice; keep one")


def too_early(data: Data, conditions: Mapping[str, Condition]) -> Iterator[Finding]:
    """What is asked before there is a case may look at answers only."""
    for path, name in _at(data, BEFORE_THE_CASE):
        for fact in sorted(conditions[name].facts if name in conditions else ()):
            says = f"`{name}` looks at `{fact}`, which is not known when this is asked"
            yield Finding("cel.case_fact", path, says)
