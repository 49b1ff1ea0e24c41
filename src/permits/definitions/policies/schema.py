"""What a policy file may say: whom it entitles by which data, to how much, and how it is paid."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from permits.definitions.form import Question
from permits.definitions.parts import Basis, Date, Law, Name, Part, Term, Text, Unit
from permits.definitions.procedure import Role

PeriodKind = Literal["year", "quarter"]
Order = Literal["notice_first", "confirm_first"]
GroupRule = Literal["highest_only", "difference"]
ColumnType = Literal["text", "integer", "boolean", "choice", "date"]


class Duty(StrEnum):
    """What officers do for a policy; each is given to roles."""

    MATCH = "match"
    PUBLISH = "publish"
    OBJECT = "object"
    DECIDE = "decide"
    EXAMINE = "examine"
    PAY = "pay"
    RECORD = "record"
    RECOVER = "recover"


class PolicyHead(Part):
    """What the policy is and since when it holds."""

    id: Name = Field(description="its name in addresses and in the log; never changed")
    title: Text = Field(description="what enterprises know it by")
    summary: Text = Field(description="one sentence under the title")
    basis: tuple[Basis, ...] = Field(min_length=1, description="why it is paid at all")
    period: PeriodKind = Field(description="for which stretch of time it is paid once")
    effective_from: Date = Field(description="first day of a period for which it is paid")
    effective_until: Date | None = Field(default=None, description="last such day, if any")


class PolicyAuthority(Part):
    """The office that pays, and the department whose officers see to it."""

    id: Name = Field(description="what officers' accounts refer to")
    title: Text = Field(description="its full name")
    department: Name = Field(description="the department")


class Column(Part):
    """A column of the register of enterprises."""

    id: Name = Field(description="what conditions and the file's first line call it")
    title: Text = Field(description="what it is called in evidence")
    type: ColumnType = Field(description="what kind of value it holds")
    source: Name = Field(description="who supplies it, an entry of `sources`")
    unit: Unit | None = Field(default=None, description="what a number counts")
    options: dict[Name, Text] = Field(
        default_factory=dict, description="the values of a choice, at least two"
    )
    required: bool = Field(default=True, description="whether every line must have a value")
    least: Annotated[int, Field(ge=0)] | None = Field(default=None, description="least number")
    most: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="largest number, or most characters of a text"
    )

    @property
    def question(self) -> Question:
        """The column as conditions are probed with it."""
        return Question(
            id=self.id,
            title=self.title,
            type=self.type,
            unit=self.unit,
            options=self.options,
            required=self.required,
            least=self.least,
            most=self.most,
        )


class Register(Part):
    """The register of enterprises: what is known of each, and who says so."""

    id: Name = Field(description="its name in the log")
    title: Text = Field(description="what it is called")
    sources: dict[Name, Text] = Field(min_length=1, description="who supplies data")
    columns: tuple[Column, ...] = Field(min_length=1, description="in the order of the file")


class PolicyCondition(Part):
    """A named CEL expression over the columns of the register and facts of the run."""

    when: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)] = Field(
        description="columns compared with constants or each other, joined by `&&`, `||`, `!`"
    )
    says: Text = Field(description="the condition in words: a line of the evidence")
    basis: Basis = Field(description="the rule that asks for it")


class PolicyExclusion(Part):
    """Who is not paid though everything else is met."""

    when: Name = Field(description="the condition under which an enterprise is excluded")
    says: Text = Field(description="what the enterprise is told")
    basis: Basis = Field(description="the rule that excludes it")


class Grade(Part):
    """An amount; the first grade whose condition holds is paid."""

    title: Text = Field(description="what the grade is called")
    when: Name | None = Field(default=None, description="its condition; without one, all others")
    yuan: Annotated[int, Field(ge=1, le=1_000_000_000)] = Field(description="whole yuan")
    basis: Basis = Field(description="where the amount comes from")


class Group(Part):
    """Policies of one group are not paid beside each other.

    `highest_only`: of one period only the highest is paid (从高不重复). `difference`: whatever
    the group paid before, in whichever period, is deducted (级差).
    """

    id: Name = Field(description="policies that name the same belong together")
    rule: GroupRule = Field(description="how what else is paid counts")
    basis: Basis = Field(description="the rule that says so")


class PolicyTerm(Part):
    """A length of time and why it is so long."""

    term: Term = Field(description="the length, counted from the day after")
    basis: Basis = Field(description="the rule that sets it")


class Confirmation(Part):
    """How an enterprise says that it wants the money, and vouches for the data."""

    term: Term = Field(description="by when it is asked to confirm")
    statement: tuple[Text, ...] = Field(min_length=1, description="what it states with it")
    basis: Basis = Field(description="the rule that asks for it")


class PolicyStep(Part):
    """A step of a procedure; publicity goes beside the steps and is not counted."""

    title: Text = Field(description="what is done")
    by: Literal["enterprise", "office"] = Field(description="who does it")
    publicity: bool = Field(default=False, description="public notice, which is not counted")


class Steps(Part):
    """The procedure with an application, and the one without: what is saved is reckoned by it."""

    ordinary: tuple[PolicyStep, ...] = Field(min_length=1, description="with an application")
    entitled: tuple[PolicyStep, ...] = Field(min_length=1, description="without one")
    basis: Basis = Field(description="where the comparison comes from")


class PolicyMaterial(Part):
    """A material of the ordinary procedure, and what becomes of it without an application."""

    title: Text = Field(description="what it is called")
    entitled: Literal["shared", "stated", "supplied"] = Field(
        description="known from the register, replaced by the statement, or still handed in"
    )
    basis: Basis = Field(description="the rule that asks for it")


class PolicySample(Part):
    """An enterprise and what must come out for it."""

    row: dict[Name, str | int | bool] = Field(description="its values, by column")
    period: str = Field(pattern=r"^\d{4}(Q[1-4])?$", description="such as 2022 or 2022Q2")
    barred: bool = Field(default=False, description="whether the office's record bars it")
    outcome: Literal["candidate", "unmet", "excluded"] = Field(description="what comes out")
    yuan: int = Field(default=0, ge=0, description="the amount, nothing if it is no candidate")


class Policy(Part):
    """A policy with everything that is shared put in."""

    vocabulary: Literal[1] = Field(description="the version of this vocabulary")
    policy: PolicyHead = Field(description="what it is")
    authority: PolicyAuthority = Field(description="who pays")
    laws: dict[Name, Law] = Field(default_factory=dict, description="laws that bases cite")
    register_of: Register = Field(alias="register", description="the data it is matched against")
    conditions: dict[Name, PolicyCondition] = Field(min_length=1, description="by name")
    requires: tuple[Name, ...] = Field(min_length=1, description="conditions that all must hold")
    exclusions: dict[Name, PolicyExclusion] = Field(default_factory=dict, description="by name")
    grades: dict[Name, Grade] = Field(min_length=1, description="amounts, the first that fits")
    group: Group | None = Field(default=None, description="what it is not paid beside")
    order: Order = Field(description="public notice before confirmation, or after it")
    notice: PolicyTerm = Field(description="how long the list is open to objections")
    objections: PolicyTerm = Field(description="within which an objection is decided")
    confirmation: Confirmation = Field(description="what the enterprise confirms")
    application: PolicyTerm = Field(description="within which an application is decided")
    recovery: PolicyTerm = Field(description="within which a wrong payment is paid back")
    duties: dict[Duty, tuple[Role, ...]] = Field(description="who does what")
    steps: Steps = Field(description="what the reform is measured by")
    materials: dict[Name, PolicyMaterial] = Field(description="of the ordinary procedure")
    samples: dict[Name, PolicySample] = Field(min_length=2, description="what must come out")

    @property
    def columns(self) -> dict[str, Column]:
        return {column.id: column for column in self.register_of.columns}

    @property
    def saved_steps(self) -> int:
        """Steps of the ordinary procedure that there are not without an application."""
        return _counted(self.steps.ordinary) - _counted(self.steps.entitled)

    @property
    def saved_materials(self) -> int:
        """Materials of the ordinary procedure that nobody hands in without an application."""
        return sum(one.entitled != "supplied" for one in self.materials.values())


def _counted(steps: tuple[PolicyStep, ...]) -> int:
    return sum(not step.publicity for step in steps)
