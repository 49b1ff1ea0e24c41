"""What a permit type is called, who decides it, and whom it is open to."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from permits.definitions.guidance import PowerHeld, Told
from permits.definitions.parts import Basis, Date, Hour, Name, NonBlank, Part, Text


class Measure(StrEnum):
    """What kind of relief the permit type gives."""

    DEFERRED = "deferred"
    COMMITTED = "committed"
    EXEMPTED = "exempted"
    STAGED = "staged"
    FILING = "filing"
    ENTITLEMENT = "entitlement"
    JOINT = "joint"


class Authority(Part):
    """The office that decides."""

    id: Name = Field(description="what officers' accounts refer to")
    title: Text = Field(description="its full name")
    department: Name = Field(description="the department whose officers take the case")
    department_title: Text | None = Field(
        default=None, description="the department's name, for lists and printed papers"
    )
    number_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,8}$")] = Field(
        description="opens the numbers of its cases; two to eight capital letters"
    )
    document_word: NonBlank = Field(
        description="the office's word in document numbers (机关代字), as in 郑高规(…)"
    )
    opens: Hour = Field(description="when the counter opens on a working day")
    closes: Hour = Field(description="when it closes; what comes later counts as the next day's")
    power: PowerHeld = Field(description="where it has the power from (权力来源)")
    place: Told = Field(description="where its counter is (办理地点)")
    contact: Told = Field(description="where one asks (咨询方式)")
    complaint: Told = Field(description="where one complains (监督投诉方式)")


class Shows(Part):
    """Which fields stand for the case in lists: its title and its place."""

    title: Name = Field(description="the field whose answer is the case's title")
    place: Name = Field(description="the field whose answer says where")


class Permit(Part):
    """What the permit type is and since when it holds."""

    id: Name = Field(description="its name in addresses and in the log; never changed")
    title: Text = Field(description="what applicants look for")
    summary: Text = Field(description="one sentence under the title")
    measure: Measure = Field(description="the kind of relief it gives")
    basis: tuple[Basis, ...] = Field(min_length=1, description="why it exists at all")
    effective_from: Date = Field(description="first day on which it may be applied for")
    effective_until: Date | None = Field(
        default=None, description="last such day, if there is one"
    )
    shows: Shows = Field(description="what stands for the case in lists")
    guide: tuple[Text, ...] = Field(min_length=1, description="who may apply and what to expect")
    visits: Annotated[int, Field(ge=0, le=9)] = Field(
        description="how often one must come to the office (到办事现场次数)"
    )


class Condition(Part):
    """A named CEL expression over the answers and `case_…`; other parts refer to it by name."""

    when: NonBlank = Field(
        description="answers compared with constants or each other, joined by `&&`, `||` and `!`"
    )
    says: Text = Field(description="the condition in words, shown when it does not hold")


class Exclusion(Part):
    """Who or what may never use a track other than the ordinary one."""

    when: Name = Field(description="the condition under which it is excluded")
    says: Text = Field(description="what the applicant is told")
    basis: Basis = Field(description="the rule that excludes it")


class ListRow(Part):
    """A row of the list (清单): what it admits, and whether it asks for a filing."""

    title: Text = Field(description="the row as published")
    kind: Literal["with_filing", "outright"] = Field(
        description="exempt with a filing (免于), or none needed (无需)"
    )
    admits: Name = Field(description="the condition the works must meet")
    basis: Basis = Field(description="where the row is published")
