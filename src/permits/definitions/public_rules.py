"""What the office holds to before the public: its notices, ratings, figures, and who it is.

Read from a file. Terms that no article sets are example values and say so.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from permits.definitions.parts import Basis, Law, Name, NonBlank, Part, Term, Text
from permits.definitions.yaml_reader import read_yaml

MOST_LINKS = 6
LINK = r"^(https?://[^\s\\<>\"']+|/([^/\s\\<>\"'][^\s\\<>\"']*)?)$"
"""An address that a page may lead to; nothing in it runs, and what begins with one / stays here:
with two a browser would leave the site."""


class BrokenPublicRules(Exception):
    """A file of rules for the public's pages cannot be used; `findings` holds every reason."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


class Limit(Part):
    """A length of time, and why it is that long."""

    length: Term
    basis: Basis


class Fewest(Part):
    """The fewest cases of which anything is told but that there are fewer."""

    cases: int = Field(ge=1, le=100)
    basis: Basis


class Link(Part):
    """Where a link below every page leads: a page of the site, or another site."""

    title: Text
    url: Annotated[str, StringConstraints(pattern=LINK, max_length=500)]


class Contact(Part):
    """How the office is reached."""

    address: Text | None = None
    phone: NonBlank | None = None
    email: NonBlank | None = None


class Site(Part):
    """Who is behind the site (国办发〔2017〕47号), and what else stands below every page: shown
    as far as it is filled in. A file says it until administrators publish something else."""

    organiser: Text | None = None
    site_code: NonBlank | None = None
    icp: NonBlank | None = None
    police: NonBlank | None = None
    contact: Contact = Contact()
    note: Text | None = None
    links: Annotated[tuple[Link, ...], Field(max_length=MOST_LINKS, strict=False)] = ()


class PublicRules(Part):
    """The rules of an office. `notice` is how long a notice runs before a decision, `objecting`
    for how long anybody may object to a published decision, `answering` within what the office
    answers an objection, `following_up` within what a bad rating is followed up. After `inviting`
    whoever has not rated is asked to, nobody where it is left out."""

    public: Literal["rules"]
    laws: dict[Name, Law] = Field(default_factory=dict)
    notice: Limit
    objecting: Limit
    answering: Limit
    following_up: Limit
    inviting: Limit | None = None
    fewest: Fewest
    site: Site = Site()

    @model_validator(mode="after")
    def _sound(self) -> Self:
        asked = () if self.inviting is None else (self.inviting,)
        limits = (self.notice, self.objecting, self.answering, self.following_up, *asked)
        for basis in (*(one.basis for one in limits), self.fewest.basis):
            if basis.law is not None and basis.law not in self.laws:
                raise ValueError(f"not among the laws: {basis.law}")
        if any(one.length.startswith("0") for one in limits):
            raise ValueError("a time to do something in is at least one day")
        return self


def read_public_rules(text: str, file: str = "public.yaml") -> PublicRules:
    """The rules in the text of a file; BrokenPublicRules with every reason why it cannot be
    used."""
    document = read_yaml(text, file)
    if document.findings:
        raise BrokenPublicRules(tuple(str(one) for one in document.findings))
    try:
        return PublicRules.model_validate(document.data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise BrokenPublicRules(
            tuple(f"{file}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in found)
        ) from None
