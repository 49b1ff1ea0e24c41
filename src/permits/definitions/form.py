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

    id: Name = Field(description="what conditions call the answer")
    title: Text = Field(description="the question as it is put")
    type: FieldType = Field(description="what kind of answer is taken")
    hint: Text | None = Field(default=None, description="help shown beside the question")
    unit: Text | None = Field(default=None, description="what a number counts")
    options: dict[Name, Text] = Field(
        default_factory=dict, description="the answers of a choice, at least two"
    )
    when: Name | None = Field(
        default=None, description="a condition over earlier answers; without it, always asked"
    )
    required: bool = Field(default=True, description="whether it must be answered when asked")
    least: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="smallest number taken"
    )
    most: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="largest number, or most characters of a text"
    )
    personal: Personal | None = Field(
        default=None, description="given if the answer is about a person"
    )


class Section(Part):
    """Questions that stand together under a heading."""

    id: Name = Field(description="what pages call the section")
    title: Text = Field(description="the heading")
    says: Text | None = Field(default=None, description="a sentence under the heading")
    fields: tuple[Question, ...] = Field(min_length=1, description="the questions in their order")


class Form(Part):
    """What the application asks."""

    sections: tuple[Section, ...] = Field(min_length=1, description="the sections in their order")

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(q for section in self.sections for q in section.fields)


MOST_CHARACTERS = {"text": 200, "long_text": 2000, "phone": 20}
"""Longest answer, in characters (code points), where a field names no limit of its own."""

LARGEST_NUMBER = 10**12
"""Largest number where a field names no limit of its own; conditions are proved up to it."""

NOT_LISTED = "not_listed"
"""The answer of a `list_row` field for works that are on no row."""

__all__ = [
    "LARGEST_NUMBER", "MOST_CHARACTERS", "NOT_LISTED", "FieldType", "Form", "NonBlank",
    "Question", "Section",
]  # fmt: skip
