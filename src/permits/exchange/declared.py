"""Files in which somebody declares something: YAML of a strict shape, with every finding told."""

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from permits.definitions.findings import Marks, spell
from permits.definitions.yaml_reader import read_yaml


class Declaration(BaseModel):
    """A part of such a file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


D = TypeVar("D", bound=Declaration)


class BadDeclaration(ValueError):
    """A file that cannot be used; `findings` holds every reason, with its line."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


def read_declaration(text: str, file: str, shape: type[D]) -> tuple[D, Marks]:
    """What the text of a file declares, and where each part of it stands.

    Raises BadDeclaration: YAML that cannot be read, keys that are unknown or missing.
    """
    document = read_yaml(text, file)
    if document.findings:
        raise BadDeclaration(tuple(map(str, document.findings)))
    try:
        return shape.model_validate(document.data), document.marks
    except ValidationError as error:
        raise BadDeclaration(
            tuple(
                told(file, document.marks, problem["loc"], problem["msg"])
                for problem in error.errors(include_url=False)
            )
        ) from None


def told(file: str, marks: Marks, path: tuple[Any, ...], says: str) -> str:
    """A finding with the line of the innermost part that has one."""
    inner = path
    while (mark := marks.of(inner)) is None and inner:
        inner = inner[:-1]
    line = mark.line if mark is not None else 1
    return f"{file}:{line}: {spell(path)}: {says.removeprefix('Value error, ')}"
