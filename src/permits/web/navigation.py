"""What stands in the header for whom, and where somebody lands after signing in."""

from collections.abc import Iterator
from typing import NamedTuple

from permits.casework.access import Actor
from permits.casework.standings import Charge, may_administer
from permits.store.people import Account
from permits.text.words import Language, words


class Entry(NamedTuple):
    """A place in the header."""

    path: str
    title: str


def entries(
    account: Account | None, language: Language, *, pays: bool = False
) -> tuple[Entry, ...]:
    """The header's places for an account, or for anybody; `pays` if its department has something
    to pay."""
    _ = words(language).gettext
    public = (
        Entry("/", _("Guides")),
        Entry("/lookup", _("Look up a case")),
        Entry("/register", _("Public register")),
        Entry("/entitlements", _("Entitlements")),
    )
    return (*own(account, language, pays=pays), *public)


def own(account: Account | None, language: Language, *, pays: bool = False) -> tuple[Entry, ...]:
    """The places that are for the account's roles."""
    _ = words(language).gettext
    if account is None:
        return ()
    found = []
    if account.actor.applies:
        found.append(Entry("/applications", _("My applications")))
        found.append(Entry("/standing", _("Credit standing")))
    if account.actor.officer:
        found.append(Entry("/review", _("Cases of the office")))
    if account.actor.applies or account.actor.officer:
        found.append(Entry("/projects", _("Projects")))
    if account.actor.applies:
        found.append(Entry("/entitled", _("Our entitlements")))
    if pays:
        found.append(Entry("/review-entitlements", _("Payments of the office")))
    if account.actor.audits:
        found += [Entry("/audit", _("Figures")), Entry("/treasury", _("Fees"))]
    return (*found, *_of_administrators(account.actor, language))


def _of_administrators(actor: Actor, language: Language) -> Iterator[Entry]:
    _ = words(language).gettext
    if may_administer(actor, Charge.LOOK):
        yield Entry("/accounts", _("Accounts"))
        yield Entry("/departments", _("Departments"))
        yield Entry("/publishing", _("What holds"))
    if may_administer(actor, Charge.RUN):
        yield Entry("/running", _("System"))
    if may_administer(actor, Charge.READ_ACCESS_LOG):
        yield Entry("/access-log", _("Access log"))


def landing(account: Account) -> str:
    """Where an account lands after signing in."""
    places = own(account, "en")
    return places[0].path if places else "/"


def home_of(account: Account | None, case: str) -> str:
    """The page of a case for an account: where it works with it, or follows it."""
    if account is not None and account.actor.officer:
        return f"/review/cases/{case}"
    if account is not None and account.actor.audits:
        return f"/audit/cases/{case}"
    return f"/cases/{case}"
