"""What a permit type has to do with the construction project its cases belong to."""

from pydantic import Field

from permits.definitions.parts import Basis, Name, Part, Text
from permits.definitions.procedure import Settled, WorksStage

FILE = "file"
"""In `passes`, filing itself; everything else there is an action of the chart."""


class Gate(Part):
    """A step of a project that must wait while something is owed in one of its cases."""

    title: Text = Field(description="the step that waits")
    basis: Basis = Field(description="the rule that makes it wait")


class Stage(Part):
    """A stage of the works that a case may cover."""

    title: Text = Field(description="the works of the stage")
    covered: Name = Field(description="the condition under which a case covers it")
    alike: tuple[Name, ...] = Field(
        default=(), description="fields answered as in the cases of the stages before it"
    )
    basis: Basis = Field(description="the rule that makes it a stage")


class Project(Part):
    """How a case is tied to its project, what it waits for there, and what it rests on."""

    code: Name = Field(description="the field that gives the project code (项目代码)")
    name: Name = Field(description="the field whose answer is the project's name")
    passes: dict[Name, tuple[Name, ...]] = Field(
        default_factory=dict,
        description="gates that must be open, by action; `file` is the filing",
    )
    stages: dict[WorksStage, Stage] = Field(
        default_factory=dict, description="the stages of the works in their order"
    )
    after: tuple[WorksStage, ...] = Field(
        default=(), description="stages that must have been permitted in the project before"
    )
    settles: tuple[Settled, ...] = Field(
        default=(), description="what a case settles for the others while its grant stands"
    )
    rests_on: dict[Settled, Name] = Field(
        default_factory=dict,
        description="what another case must have settled, each with the condition under which"
        " an application says so",
    )
