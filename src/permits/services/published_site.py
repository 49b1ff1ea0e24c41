"""What is shown below every page, as two administrators published it last."""

from sqlalchemy import Connection

from permits.casework.families.publishing import SITE, SitePublished
from permits.casework.streams import read_event
from permits.definitions.public_rules import Site
from permits.store import proposals
from permits.store.event_log import EventLog


def content_of(site: Site) -> bytes:
    """Its bytes as they are proposed: the same for the same texts."""
    return site.model_dump_json(exclude_none=True).encode()


def site_in(content: bytes) -> Site:
    """What was proposed as these bytes."""
    return Site.model_validate_json(content)


def digest_of(connection: Connection) -> str:
    """The digest under which what is published was proposed; empty while none was."""
    entries = EventLog(connection.dialect).read(connection, SITE)
    events = [read_event(envelope, body) for envelope, body in entries]
    published = [one.digest for one in events if isinstance(one, SitePublished)]
    return published[-1] if published else ""


def site_of(connection: Connection) -> Site | None:
    """What is published; None while only the file of the rules says something."""
    digest = digest_of(connection)
    content = proposals.kept(connection, digest) if digest else None
    return site_in(content) if content is not None else None
