"""From when on a figure of the board is worth a look: read from a file, dated, with a basis."""

from datetime import date
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, ValidationError, model_validator

from permits.definitions.parts import Basis, Date, Part
from permits.definitions.yaml_reader import read_yaml

Card = Literal[
    "open", "late", "soon", "applicant", "outside", "departments", "sent_back", "duties", "nobody"
]
"""The figures of the board: what is open, late or close; what waits for applicants, for what does
not count, for departments that are heard; what was sent back; obligations after a grant that are
late; what is the office's turn and nobody sees to."""

CARDS: tuple[Card, ...] = get_args(Card)

Count = Annotated[int, Field(ge=1, le=1_000_000)]


class BrokenThresholds(Exception):
    """A file of thresholds cannot be used; `findings` holds every reason."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


class Threshold(Part):
    """From how many cases on a figure is worth a look, and from how many it is an alarm."""

    look: Count
    alarm: Count

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if self.alarm < self.look:
            raise ValueError("an alarm comes no earlier than a look")
        return self


class Thresholds(Part):
    """The thresholds that hold from a day; `week_days` is how many days ahead the week's list
    looks."""

    effective_from: Date
    week_days: Annotated[int, Field(ge=1, le=31)]
    cards: dict[Card, Threshold]
    basis: Basis

    @model_validator(mode="after")
    def _of_every_card(self) -> Self:
        missing = [card for card in CARDS if card not in self.cards]
        if missing:
            raise ValueError(f"no threshold for: {', '.join(missing)}")
        if self.basis.law is not None:
            raise ValueError("thresholds rest on practice or are examples")
        return self


class BoardFile(Part):
    """All thresholds of a file."""

    board: Literal["thresholds"]
    thresholds: tuple[Thresholds, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _listed(cls, data: object) -> object:
        """A list of the file is a sequence here."""
        if isinstance(data, dict) and isinstance(data.get("thresholds"), list):
            return {**data, "thresholds": tuple(data["thresholds"])}
        return data

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [one.effective_from for one in self.thresholds]
        if days != sorted(set(days)):
            raise ValueError("thresholds stand in the order of their days, each day once")
        return self

    def on(self, day: date) -> Thresholds:
        """Those that hold on a day; the first of all before any has begun."""
        begun = [one for one in self.thresholds if one.effective_from <= day]
        return begun[-1] if begun else self.thresholds[0]


def read_thresholds(text: str, file: str = "board.yaml") -> BoardFile:
    """The thresholds in the text of a file; BrokenThresholds with every reason why it cannot be
    used."""
    document = read_yaml(text, file)
    if document.findings:
        raise BrokenThresholds(tuple(str(one) for one in document.findings))
    try:
        return BoardFile.model_validate(document.data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise BrokenThresholds(
            tuple(f"{file}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in found)
        ) from None
