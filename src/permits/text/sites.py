"""What stands below every page, part by part, for whoever decides on it."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from permits.definitions.parts import Text
from permits.definitions.public_rules import Link, Site
from permits.text.words import Language, words


class Line(NamedTuple):
    """A part by its name, as it stands and as it would; empty where it is not filled in."""

    title: str
    was: str
    now: str

    @property
    def other(self) -> bool:
        return self.was != self.now


def lines(was: Site, now: Site, language: Language) -> list[Line]:
    """Every part of both. Texts are given in Chinese and English: either may change alone."""
    _ = words(language).gettext
    parts = [
        (_("Who organises the site"), _both(was.organiser), _both(now.organiser)),
        (_("Site code"), was.site_code, now.site_code),
        (_("ICP filing"), was.icp, now.icp),
        (_("Filing with the police"), was.police, now.police),
        (_("Address"), _both(was.contact.address), _both(now.contact.address)),
        (_("Telephone"), was.contact.phone, now.contact.phone),
        (_("Mail"), was.contact.email, now.contact.email),
        (_("A sentence of the office's own"), _both(was.note), _both(now.note)),
    ]
    told = [Line(title, before or "", after or "") for title, before, after in parts]
    return [*told, *_links(was, now, language)]


def _links(was: Site, now: Site, language: Language) -> Iterator[Line]:
    _ = words(language).gettext
    for place, (before, after) in enumerate(zip_longest(was.links, now.links), 1):
        yield Line(_("Link %(place)s") % {"place": place}, _link(before), _link(after))


def _both(text: Text | None) -> str:
    return f"{text.zh} / {text.en}" if text is not None else ""


def _link(link: Link | None) -> str:
    return f"{_both(link.title)} → {link.url}" if link is not None else ""
