"""The questions of an application: sections, fields, their types and limits."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from permits.definitions.parts import Name, NonBlank, Part, Personal, Text, Unit

FieldType = Literal[
    "text", "long_text", "integer", "boolean", "choice", "list_row", "date",
    "credit_code", "project_code", "phone", "entries",
]  # fmt: skip
"""`list_row` is a choice among the rows of the definition's list; `entries` takes several entries
that are each asked the same."""

MOST_CHARACTERS = {"text": 200, "long_text": 2000, "phone": 20}
"""Longest answer, in characters (code points), where a field names no limit of its own."""

LARGEST_NUMBER = 10**12
"""Largest number where a field names no limit of its own; conditions are proved up to it."""

MOST_ENTRIES = 50
"""Most entries that a question may take."""

MOST_CELLS = 200
"""Most answers that all entries of a form may hold together, so that each page can be sent."""

ABOUT_NOBODY = (
    "entries are about things, never about people, so that one person can be erased alone:"
    " somebody who acts is a party or a signer"
)

NOT_LISTED = "not_listed"
"""The answer of a `list_row` field for works that are on no row."""


class Asked(Part):
    """What a field and a column are both asked by. Numbers are whole; `unit` says of what."""

    id: Name = Field(description="what conditions call the answer")
    title: Text = Field(description="the question as it is put")
    type: str = Field(description="what kind of answer is taken")
    hint: Text | None = Field(default=None, description="help shown beside the question")
    unit: Unit | None = Field(default=None, description="what a number counts")
    options: dict[Name, Text] = Field(
        default_factory=dict, description="the answers of a choice, at least two"
    )
    required: bool = Field(default=True, description="whether it must be answered when asked")
    least: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="smallest number taken"
    )
    most: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="largest number, or most characters of a text"
    )


class Column(Asked):
    """What is asked of every entry. It is never about a person: people are parties and signers."""

    id: Name = Field(description="what the answer is called within its entry")
    type: Literal["text", "integer", "boolean", "choice", "date"] = Field(
        description="what kind of answer is taken"
    )

    @cached_property
    def question(self) -> "Question":
        """The column as a question, for whoever puts or reads questions."""
        return Question(**{name: getattr(self, name) for name in Column.model_fields})


class Total(Part):
    """A number that is made of the entries: conditions, fees and documents read it like any
    other number."""

    title: Text = Field(description="what the number is called")
    makes: Literal["count", "sum", "highest", "lowest"] = Field(
        description="how many entries there are, or what comes of a column of theirs"
    )
    of: Name | None = Field(
        default=None, description="the column, a number; needed but for a count"
    )
    unit: Unit | None = Field(
        default=None, description="what a count counts; of others the column says it"
    )


class Question(Asked):
    """A field of the form. Numbers are whole; `unit` says of what."""

    type: FieldType = Field(description="what kind of answer is taken")
    when: Name | None = Field(
        default=None, description="a condition over earlier answers; without it, always asked"
    )
    personal: Personal | None = Field(
        default=None, description="given if the answer is about a person"
    )
    entry: Text | None = Field(default=None, description="what one of the entries is called")
    columns: tuple[Column, ...] = Field(
        default=(), description="what is asked of every entry, in their order"
    )
    at_least: Annotated[int, Field(ge=1, le=MOST_ENTRIES)] | None = Field(
        default=None, description="fewest entries taken; without it, one"
    )
    at_most: Annotated[int, Field(ge=1, le=MOST_ENTRIES)] | None = Field(
        default=None, description="most entries taken"
    )
    totals: dict[Name, Total] = Field(
        default_factory=dict, description="numbers that are made of the entries"
    )

    @property
    def fewest(self) -> int:
        return self.at_least or 1

    @property
    def most_entries(self) -> int:
        return self.at_most or MOST_ENTRIES

    @cached_property
    def made(self) -> "tuple[Question, ...]":
        """The totals as questions, with the limits that follow from those of the entries."""
        return tuple(self._made(name, total) for name, total in self.totals.items())

    def _made(self, name: str, total: Total) -> "Question":
        column = next((one for one in self.columns if one.id == total.of), None)
        least, most = (1, 1) if column is None else (column.least or 0, column.most)
        most = LARGEST_NUMBER if most is None else most
        times = total.makes in ("count", "sum")
        return Question(
            id=name,
            title=total.title,
            type="integer",
            unit=total.unit or (column.unit if column is not None else None),
            when=self.when,
            required=self.required,
            least=least * self.fewest if times else least,
            most=min(most * self.most_entries if times else most, LARGEST_NUMBER),
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

    @property
    def answerable(self) -> tuple[Question, ...]:
        """The questions, each with the totals that are made of its entries after it: all that has
        an answer."""
        return tuple(one for q in self.questions for one in (q, *q.made))


__all__ = [
    "ABOUT_NOBODY", "LARGEST_NUMBER", "MOST_CELLS", "MOST_CHARACTERS", "MOST_ENTRIES",
    "NOT_LISTED", "Column", "FieldType", "Form", "NonBlank", "Question", "Section", "Total",
]  # fmt: skip
