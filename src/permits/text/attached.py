"""What is attached to a document as data, for programs that take it in (schema
`permits/document/1`): the document, the case as it then stood, and the rule it was decided by.

Nothing stands here that the document does not say, but for facts of the case that are about
nobody.
"""

from datetime import date, datetime

import msgspec

from permits.casework.case import Case
from permits.casework.envelope import canonical
from permits.definitions.conditions import Answer
from permits.definitions.edition import Edition
from permits.text.sheets import Sheet

SCHEMA = "permits/document/1"


class _Document(msgspec.Struct, frozen=True):
    name: str
    title: str
    number: str
    on: date
    language: str
    office: str
    to: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str], ...]
    basis: str


class _Rule(msgspec.Struct, frozen=True):
    permit: str
    title: str
    effective_from: date
    sha256: str


class _Case(msgspec.Struct, frozen=True):
    number: str
    authority: str
    department: str
    track: str
    result: str
    answers: dict[str, Answer]
    milestones: dict[str, date]
    fees_fen: dict[str, int]
    obligations_due: dict[str, date | None]


class _Attached(msgspec.Struct, frozen=True):
    schema: str
    document: _Document
    case: _Case
    rule: _Rule
    verification_code: str
    drawn_up_at: datetime
    nonce: str


def attached(
    name: str, sheet: Sheet, case: Case, edition: Edition, drawn: tuple[date, datetime, str]
) -> bytes:
    """Canonical JSON of the document `name`; `drawn` are the day, the instant, and a nonce that
    keeps the digest of the file from giving away what it says once that was erased."""
    on, at, nonce = drawn
    permit = edition.definition.permit
    made = _Attached(
        schema=SCHEMA,
        document=_Document(
            name=name,
            title=sheet.title,
            number=sheet.number,
            on=on,
            language=sheet.language,
            office=sheet.office,
            to=sheet.to,
            paragraphs=sheet.paragraphs,
            facts=tuple((one.title, one.says) for one in sheet.facts),
            items=tuple((one.title, one.says) for one in sheet.items),
            basis=sheet.small[0].says,
        ),
        case=_case(case),
        rule=_Rule(
            permit.id,
            permit.title.in_(sheet.language),
            date.fromisoformat(str(permit.effective_from)),
            edition.digest,
        ),
        verification_code=sheet.verify.code,
        drawn_up_at=at,
        nonce=nonce,
    )
    return canonical(made)


def _case(case: Case) -> _Case:
    return _Case(
        number=case.number,
        authority=case.authority,
        department=case.department,
        track=case.track,
        result=case.decision.result if case.decision is not None else "",
        answers=case.answers,
        milestones=case.milestones,
        fees_fen={name: fee.amount_fen for name, fee in case.fees.items()},
        obligations_due={name: held.due for name, held in case.obligations.items()},
    )
