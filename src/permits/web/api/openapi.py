"""The OpenAPI document, made of the routes themselves."""

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.routing import BaseRoute

from permits import __version__
from permits.definitions.schema import Definition
from permits.services.counter import ForApplicant
from permits.services.counter_shapes import ServeIn
from permits.services.voice_requests import (
    AnswerToObjection,
    CaseObjection,
    OpenCaseNotice,
    RaterContacted,
    Rating,
    RatingFinding,
    RatingMeasures,
    RatingReply,
)
from permits.web.api.cases import Disclosure
from permits.web.api.cosigning import CoSignature, NewInvitation
from permits.web.api.describing import REF
from permits.web.api.doing import COMMANDS, GIVEN
from permits.web.api.drafts import DraftContent, NewDraft
from permits.web.api.entitlements import COMMANDS as ENTITLED
from permits.web.api.examples import Examples
from permits.web.api.filing import Filing
from permits.web.api.notices import ObjectionCode
from permits.web.api.parties import PARTY_COMMANDS
from permits.web.api.register import LookUp
from permits.web.api.sessions import Credentials, ProofOfPerson
from permits.web.api.verifying import DocumentCode
from permits.web.problems import MEDIA_TYPE, Problem

TITLE = "Permits by notice and commitment"

DESCRIPTION = """\
The commands of the pages, for programs.

**Sign in** with `POST /api/v1/sessions` and send the token as `Authorization: Bearer …`. It is
the same session as a browser's, with the same rights, read anew at each request. Cookies are not
looked at. A program that runs by itself uses a token that its person made on the page “My
account”: it may `read`, `file` (write applications, send files) or `act` (all else), as was
settled when it was made, until its last day. What takes a right away or is published it cannot do.

**What is done is done once.** Every `POST` that does something takes an `Idempotency-Key`. The
same key with the same body brings the same answer, however often it is sent; with another body
it is a problem. What was refused is not remembered: mend it and send it under the same key. With
`If-Match` nothing is done unless the version is still the one you saw.

**What is not done is told** as problem details (RFC 9457), and then nothing was written; only
`outcome_unknown` says that the server does not know: send the same again under the same key.
`detail` is a sentence in the language asked for with `Accept-Language` (`zh`, which is the
default, or `en`), `reason` the same for programs, and `type` leads to a description.

Days are days in Beijing time, instants are UTC, money is in fen, lengths of time are written as
`7wd` (working days), `60d` (days), `2m` (months).
"""

TAGS = (
    ("sessions", "Signing in and out."),
    ("permit types", "What one can apply for, and what each asks."),
    ("applications", "Writing an application and filing it."),
    ("cases", "The cases you may see."),
    ("commands", "Doing something with a case."),
    ("dates", "Why a date is the day it is."),
    ("documents and files", "What belongs to a case on paper."),
    ("parties", "Organisations and their credit standing."),
    ("entitlements", "Entitlements without application: lists, claims, payments."),
    ("figures", "What was decided, saved and waited for, in figures; for auditors."),
    ("public", "What everybody may know: decisions, notices, objections, documents, ratings."),
    ("problems", "What went wrong, and what that means."),
)

BODIES: tuple[type[BaseModel], ...] = (
    Problem, Credentials, ProofOfPerson, NewDraft, DraftContent, Filing, LookUp, Disclosure,
    *GIVEN, *COMMANDS,
    *PARTY_COMMANDS, *ENTITLED, ForApplicant, ServeIn,
    CoSignature, NewInvitation, ObjectionCode, DocumentCode,
    AnswerToObjection, CaseObjection, OpenCaseNotice, Rating,
    RaterContacted, RatingFinding, RatingMeasures, RatingReply,
)  # fmt: skip
"""What routes read or answer by themselves, so that FastAPI does not know of it."""

METHODS = ("get", "put", "post", "delete")


def document(routes: Sequence[BaseRoute], examples: Examples) -> dict[str, Any]:
    """The document for routes, with examples by the name of the operation."""
    made = get_openapi(
        title=TITLE,
        version=__version__,
        summary="File, decide, verify and prove what was saved",
        description=DESCRIPTION,
        routes=routes,
        tags=[{"name": name, "description": says} for name, says in TAGS],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    for operation in operations(made):
        operation["summary"] = operation["operationId"].replace("_", " ").capitalize()
        _forget_unused(operation["responses"])
        _write_examples(operation, examples)
    made["components"]["schemas"] = _schemas(made["components"]["schemas"])
    return made


def operations(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every operation of the document."""
    for path in made["paths"].values():
        yield from (path[method] for method in METHODS if method in path)


def _forget_unused(responses: dict[str, Any]) -> None:
    """Take out what FastAPI promises of itself: an address that cannot be is not found here."""
    if "application/json" in responses.get("422", {}).get("content", {}):
        del responses["422"]


def _write_examples(operation: dict[str, Any], examples: Examples) -> None:
    """Examples of the body, one of the answer where there is one, and one of each problem."""
    name = operation["operationId"]
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if sent is not None:
        given = examples.bodies.get(name, {})
        sent["examples"] = {title: {"value": value} for title, value in given.items()}
    for status, response in operation["responses"].items():
        for media_type, content in response.get("content", {}).items():
            if media_type == MEDIA_TYPE:
                content["example"] = examples.problems[int(status)]
            elif media_type == "application/json" and name in examples.answers:
                content["example"] = examples.answers[name]


def _schemas(found: dict[str, Any]) -> dict[str, Any]:
    """The schemas of answers, with those of bodies, of problems, and of a permit type."""
    kept = {n: s for n, s in found.items() if n not in ("HTTPValidationError", "ValidationError")}
    _refs, sent = models_json_schema(
        [(model, "validation") for model in BODIES], ref_template=f"{REF}{{model}}"
    )
    return dict(sorted({**kept, **sent["$defs"], **_definition()}.items()))


def _definition() -> dict[str, Any]:
    """A permit type and its parts, whose names would else be taken for those of answers."""
    whole = Definition.model_json_schema(ref_template=f"{REF}Definition.{{model}}")
    parts = whole.pop("$defs")
    return {"Definition": whole, **{f"Definition.{name}": part for name, part in parts.items()}}
