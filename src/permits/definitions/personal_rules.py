"""What the office holds to with personal data: reasons to see a value whole, and terms of what
belongs to no case. Read from a file."""

from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator

from permits.definitions.parts import Law, Name, Part, Retention, Text
from permits.definitions.yaml_reader import read_yaml


class BrokenRules(Exception):
    """A file of rules for personal data cannot be used; `findings` holds every reason."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


class PersonalRules(Part):
    """The rules of an office. `reasons` are those for which an officer may ask to see personal
    values whole; `drafts` says how long an application is kept that nobody goes on writing, from
    its last change, `unhanded` how long a file is that was uploaded and never handed in, to a tray
    of the counter or for a claim, and `beside` how long values of parties and entitlements are,
    from the last entry."""

    personal: Literal["rules"]
    laws: dict[Name, Law] = Field(default_factory=dict)
    reasons: dict[Name, Text] = Field(min_length=1)
    drafts: Retention
    unhanded: Retention
    beside: Retention

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for one in (self.drafts, self.unhanded, self.beside):
            if one.keep.endswith("wd") or int(one.keep[:-1]) == 0:
                raise ValueError("a time to keep something is counted in days or months")
            if one.basis.law is not None and one.basis.law not in self.laws:
                raise ValueError(f"not among the laws: {one.basis.law}")
        return self


def read_rules(text: str, file: str = "personal.yaml") -> PersonalRules:
    """The rules in the text of a file; BrokenRules with every reason why it cannot be used."""
    document = read_yaml(text, file)
    if document.findings:
        raise BrokenRules(tuple(str(one) for one in document.findings))
    try:
        return PersonalRules.model_validate(document.data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise BrokenRules(
            tuple(f"{file}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in found)
        ) from None
