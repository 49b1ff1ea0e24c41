"""What is wrong with a definition, where it stands, and what to do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that keeps a definition from being published.

    `rule` is a stable dotted name, `path` the YAML path, `says` one English sentence that names
    what was found and what is wanted instead.
    """

    rule: str
    path: Path
    says: str
    mark: Mark | None = None

    @property
    def where(self) -> str:
        """The YAML path as people write it: `chart.actions.grant.moves[0].to`."""
        return spell(self.path)

    def __str__(self) -> str:
        place = f"{self.mark.file}:{self.mark.line}: " if self.mark else ""
        return f"{place}{self.where or '(file)'}: {self.says} [{self.rule}]"


def spell(path: Path) -> str:
    """A path in dotted form, list positions in brackets."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


def spell_value(value: object) -> str:
    """What a value is, in words short enough for a finding."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "`true`" if value else "`false`"
        case int():
            return f"the number {value}"
        case str():
            return f"the text `{value if len(value) <= 40 else value[:39] + '…'}`"
        case list() | tuple():
            return "a list"
        case _:
            return "a mapping"


@dataclass(frozen=True, slots=True)
class Marks:
    """Where each YAML path was written; a path that was not written answers with its parent."""

    by_path: Mapping[Path, Mark] = field(default_factory=dict)

    def of(self, path: Path) -> Mark | None:
        for length in range(len(path), -1, -1):
            mark = self.by_path.get(path[:length])
            if mark is not None:
                return mark
        return None

    def place(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings with their places filled in, in the order of the file."""
        placed = [
            f if f.mark else Finding(f.rule, f.path, f.says, self.of(f.path)) for f in findings
        ]
        return tuple(sorted(placed, key=_reading_order))


def _reading_order(finding: Finding) -> tuple[str, int, int, str]:
    mark = finding.mark or Mark("", 0)
    return (mark.file, mark.line, mark.column, finding.rule)


class BrokenDefinition(Exception):
    """A definition cannot be used; `findings` holds every reason, not only the first."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(str(f) for f in findings))
        self.findings = findings
