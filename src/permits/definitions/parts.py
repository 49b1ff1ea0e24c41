"""The small pieces every mapping of a definition is built from."""

import datetime
import re
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic import model_validator as _model_validator


class Part(BaseModel):
    """A mapping of a definition: strict, frozen, and closed to keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: Any) -> Any:
    """A day only as people write it: the date type would also take a count of seconds."""
    if not isinstance(value, str):
        return value
    if not _DAY.fullmatch(value):
        raise ValueError("a day is written as 2022-06-01")
    return datetime.date.fromisoformat(value)


Name = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=40),
    Field(description="a word in lower case, parts joined by underscores"),
]
StatePath = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)?$"),
    Field(description="a state, or `state.region.state` inside one"),
]
NonBlank = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=8000),
    Field(description="text that is not blank"),
]
Term = Annotated[
    str,
    StringConstraints(pattern=r"^(0|[1-9][0-9]{0,3})(wd|d|m)$"),
    Field(description="a length of time: `7wd` working days, `60d` days, `2m` months"),
]
Date = Annotated[
    datetime.date,
    BeforeValidator(_day),
    Field(description="a day, as in `2022-06-01`"),
]
Hour = Annotated[
    str,
    StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Field(description='a time of day, quoted, as in `"09:00"`'),
]


class Text(Part):
    """What people read, in both languages."""

    zh: NonBlank = Field(description="in Chinese")
    en: NonBlank = Field(description="in English")

    def in_(self, language: str) -> str:
        """The wording for a locale such as `zh`, `zh_Hans_CN` or `en`."""
        return self.en if language.startswith("en") else self.zh


class Unit(Text):
    """What a number counts. English says it otherwise of one than of more."""

    one: NonBlank | None = Field(
        default=None, description="in English, of one; without it as `en` says"
    )

    def of(self, count: int, language: str) -> str:
        """The wording beside a number, as `in_`."""
        if count == 1 and self.one is not None and language.startswith("en"):
            return self.one
        return self.in_(language)


class Basis(Part):
    """Why a rule holds: an article of a law, a local practice, or only an example value.

    Exactly one of `law`, `practice` and `example` is given. An example value stands where no
    source could be found; pages mark it as such and it is never printed as fact.
    """

    law: Name | None = Field(default=None, description="an entry of `laws`")
    article: NonBlank | None = Field(
        default=None, description="the article relied on, quoted; goes with `law`"
    )
    practice: Text | None = Field(default=None, description="what the office does, and since when")
    example: Text | None = Field(default=None, description="where the example value comes from")

    @_model_validator(mode="after")
    def _one_of_three(self) -> Self:
        given = [key for key in ("law", "practice", "example") if getattr(self, key) is not None]
        if len(given) != 1:
            raise ValueError("give exactly one of `law`, `practice`, `example`")
        if (self.law is None) != (self.article is None):
            raise ValueError("`law` and `article` go together")
        return self


class Law(Part):
    """A law or rule that bases refer to."""

    title: Text = Field(description="its official title")
    cited: NonBlank = Field(description="number, edition or date of the text relied on")


Mask = Literal["name", "phone", "number", "address", "whole"]
"""How a personal value is shown where it is not shown whole."""


class Personal(Part):
    """Why a personal field is asked for, how long it is kept, and how it is masked."""

    purpose: Text = Field(description="what the answer is needed for")
    basis: Basis = Field(description="the ground in law for asking")
    keep: Term = Field(description="how long the answer is kept after the case has ended")
    keep_basis: Basis = Field(description="why it is kept so long")
    mask: Mask = Field(
        default="whole",
        description="what is shown of it unless somebody asks for it and says why: `name` the"
        " first character, `phone` three and the last four digits, `number` four and the last"
        " four, `address` its beginning, `whole` nothing",
    )
    about: Name | None = Field(
        default=None,
        description="whom the answer is about: answers about one person bear one word; without"
        " it, somebody of whom nothing else is asked",
    )


class Retention(Part):
    """How long something is kept after the case has ended, what for, and why so long."""

    purpose: Text = Field(description="what it is kept for")
    keep: Term = Field(description="how long after the case has ended")
    basis: Basis = Field(description="why it is kept so long")
