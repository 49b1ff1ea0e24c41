"""What is sent about the counter: who came, with what, and what for."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from permits.casework.counter import Capacity, Purpose
from permits.casework.parts import Means
from permits.definitions.parts import Date
from permits.services.shapes import FreeText, Request, plain


class BroughtIn(Request):
    """Paper that came in: `name` is who brought or sent it, `scans` are uploads of the signed
    paper and of an agent's written authorisation."""

    on: Date
    name: Annotated[str, Field(max_length=100), BeforeValidator(plain)]
    capacity: Capacity
    in_person: bool
    scans: Annotated[tuple[str, ...], Field(max_length=10)] = ()


class Came(Request):
    """Somebody was at the counter in this case."""

    on: Date
    purpose: Purpose


class TakeBack(Request):
    """A visit that was wrongly recorded, by its place among all that were recorded, from 1."""

    visit: Annotated[int, Field(ge=1, le=10**6)]
    reason: FreeText = ""


class ServeIn(Request):
    """That a document reached the applicant: `proof` are uploads of what proves it, `postal` is
    the number of the post."""

    number: Annotated[str, Field(max_length=100)]
    on: Date
    means: Means
    proof: Annotated[tuple[str, ...], Field(max_length=10)] = ()
    postal: Annotated[str, Field(max_length=100), BeforeValidator(plain)] = ""
