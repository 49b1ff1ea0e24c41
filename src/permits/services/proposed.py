"""What is proposed to be published: its bytes, its digest, and what it would follow."""

import hashlib
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from permits.casework.publishing import What
from permits.casework.working_days import PublishedYear
from permits.definitions import loader
from permits.definitions.findings import Finding, Marks
from permits.definitions.loader import Resolved
from permits.definitions.public_rules import Site
from permits.services import published_site
from permits.services.shelf import versions_of, year_digests

_years = msgspec.json.Decoder(tuple[PublishedYear, ...])


class Draft(msgspec.Struct, frozen=True):
    """What is to be proposed; `digest` is the SHA-256 of `content`, in hex."""

    what: What
    subject: str
    digest: str
    content: bytes


Ready = Resolved | Site | tuple[PublishedYear, ...]
"""What can be published at once."""


def of_years(years: Sequence[PublishedYear]) -> Draft:
    """Years to be proposed."""
    content = msgspec.json.encode(tuple(years), order="sorted")
    subject = ", ".join(str(one.year) for one in years)
    return Draft(What.CALENDAR, subject, hashlib.sha256(content).hexdigest(), content)


def of_definition(resolved: Resolved) -> Draft:
    """A checked definition to be proposed."""
    permit = resolved.definition.permit.id
    return Draft(What.DEFINITION, permit, resolved.digest, resolved.content)


def of_site(site: Site) -> Draft:
    """What is shown below every page, to be proposed. There is one, so it has no name."""
    content = published_site.content_of(site)
    return Draft(What.SITE, "", hashlib.sha256(content).hexdigest(), content)


def years_in(content: bytes) -> tuple[PublishedYear, ...]:
    """The years that were proposed."""
    return _years.decode(content)


def checked_again(content: bytes) -> tuple[Resolved | None, tuple[Finding, ...]]:
    """A proposed definition under the rules of today: of the version of the program that runs."""
    return loader.build(msgspec.json.decode(content), Marks())


def ready(what: What, content: bytes) -> Ready | None:
    """What a proposal would publish; None if it would be no sound definition."""
    match what:
        case What.CALENDAR:
            return years_in(content)
        case What.SITE:
            return published_site.site_in(content)
        case What.DEFINITION:
            resolved, findings = checked_again(content)
            return None if findings else resolved


def base_of(connection: Connection, draft: Draft) -> str:
    """What is published of the same thing now: the digests of the years, of the newest version of
    the permit type, or of what stands below every page."""
    match draft.what:
        case What.DEFINITION:
            versions = versions_of(connection, draft.subject)
            return versions[-1].digest if versions else ""
        case What.SITE:
            return published_site.digest_of(connection)
        case What.CALENDAR:
            known = year_digests(connection)
            return " ".join(known.get(one.year, "-") for one in years_in(draft.content))


def says_nothing_new(connection: Connection, draft: Draft) -> bool:
    """Whether exactly this is published already."""
    if draft.what is What.CALENDAR:
        known = year_digests(connection)
        return all(known.get(one.year) == one.digest for one in years_in(draft.content))
    return base_of(connection, draft) == draft.digest
