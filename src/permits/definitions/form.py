"""The questions of an application: sections, fields, their types and limits."""

from typing import Annotated, Literal

from pydantic import Field

from permits.definitions.parts import Name, NonBlank, Part, Personal, Text

FieldType = Literal[
    "text", "long_text", "integer", "boolean", "choice", "list_row", "date",
    "credit_code", "project_code", "phone",
]  # fmt: skip
"""`list_row` is a choice among the rows of the definition's list."""


class Question(Part):
    """A field of the form. Numbers are whole; `unit` says of what."""

    id: Name
    title: Text
    type: FieldType
    hint: Text | None = None
    unit: Text | None = None
    options: dict[Name, Text] = Field(default_factory=dict)
    when: Name | None = None
    required: bool = True
    least: Annotated[int, Field(ge=0)] | None = None
    most: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="largest number, or most characters of a text"
    )
    personal: Personal | None = None


class Section(Part):
    id: Name
    title: Text
    says: Text | None = None
    fields: tuple[Question, ...] = Field(min_length=1)


class Form(Part):
    sections: tuple[Section, ...] = Field(min_length=1)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(q for section in self.sections for q in section.fields)


MOST_CHARACTERS = {"text": 200, "long_text": 2000, "phone": 20}
"""Longest answer, in characters (code points), where a field names no limit of its own."""

__all__ = ["MOST_CHARACTERS", "FieldType", "Form", "NonBlank", "Question", "Section"]
