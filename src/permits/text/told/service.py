"""Service of documents in words."""

from permits.casework.families.service import DocumentServed
from permits.text import names
from permits.text.days import day
from permits.text.told.teller import Says, Teller


def _served(t: Teller, e: DocumentServed) -> list[str]:
    _ = t._
    filled = {
        "title": t.definition.documents[e.document].title.in_(t.language),
        "number": e.number,
        "day": day(e.on, t.language),
        "means": names.means(e.means, t.language),
    }
    postal = t.quoted(e.postal)
    return [
        _("Served on %(day)s (%(means)s): %(title)s, %(number)s") % filled,
        _("Postal tracking number: %(text)s") % {"text": postal} if postal else "",
    ]


SAYS: Says = {
    DocumentServed: _served,
}
