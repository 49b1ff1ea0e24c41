"""Permit types: what one can apply for, and what must be answered, signed and handed in."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from permits.casework.tracks import notice_digest, signatures, text_of
from permits.definitions.edition import Edition
from permits.definitions.permit import Measure
from permits.text.words import Language
from permits.web.api.shown.parts import V1, Named, Shown

PERMITS = f"{V1}/permits"
Whole = Annotated[
    dict[str, Any],
    WithJsonSchema({"allOf": [{"$ref": "#/components/schemas/Definition"}]}),
]


class PermitSummary(Shown):
    """A permit type."""

    id: str
    href: str
    title: str
    summary: str
    measure: Measure
    authority: Named
    effective_from: date
    effective_until: date | None
    digest: str = Field(description="SHA-256 of the newest edition: its version")


class PermitList(Shown):
    """The permit types of the office."""

    items: tuple[PermitSummary, ...]


class PermitType(PermitSummary):
    """A permit type with its newest edition."""

    content: str = Field(description="address of the edition byte for byte")
    text_digests: dict[str, dict[str, str]] = Field(
        description="by track, what is given as `signed` once its texts were read: for each"
        " signature, by its key, the SHA-256 of the text it stands under"
    )
    definition: Whole = Field(
        description="the edition, fragments put in; the order of its entries means something"
    )


def permit_summary(edition: Edition, language: Language) -> PermitSummary:
    """A permit type of a list."""
    return PermitSummary(**_summary(edition, language))


def permit_type(edition: Edition, content: dict[str, Any], language: Language) -> PermitType:
    """A permit type whole; `content` is what was published."""
    definition = edition.definition
    return PermitType(
        **_summary(edition, language),
        content=f"{V1}/definitions/{edition.digest}",
        text_digests={
            track: {
                key: notice_digest(text_of(definition, key))
                for key in signatures(definition, track)
            }
            for track in definition.tracks
        },
        definition=content,
    )


def _summary(edition: Edition, language: Language) -> dict[str, Any]:
    permit, authority = edition.definition.permit, edition.definition.authority
    return {
        "id": permit.id,
        "href": f"{PERMITS}/{permit.id}",
        "title": permit.title.in_(language),
        "summary": permit.summary.in_(language),
        "measure": permit.measure,
        "authority": Named(name=authority.id, title=authority.title.in_(language)),
        "effective_from": permit.effective_from,
        "effective_until": permit.effective_until,
        "digest": edition.digest,
    }
