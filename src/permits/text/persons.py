"""What is kept about a person, as a page they can read: every label in both languages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from permits.text.jinja import environment
from permits.text.words import words


class Part(msgspec.Struct, frozen=True):
    """A part of the page: its heading, and for each entry what is said of it, label by label."""

    title: str
    entries: tuple[tuple[tuple[str, str], ...], ...]


def page(kept: Mapping[str, Any]) -> str:
    """The page of an export, whole, in HTML."""
    parts = tuple(_part(key, kept[key]) for key in kept if isinstance(kept[key], list | dict))
    template = environment("zh").get_template("person/export.html")
    return template.render(parts=parts, made_at=kept["made_at"], title=label("person"))


def _part(key: str, held: Any) -> Part:
    entries = [held] if isinstance(held, dict) else held
    return Part(label(key), tuple(tuple(_lines(entry)) for entry in entries))


def _lines(entry: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(entry, dict):
        yield "", str(entry)
        return
    for key, value in entry.items():
        if value not in (None, "", [], {}):
            yield label(key), _said(value)


def _said(value: Any) -> str:
    """A value in a line; a text in two languages as both."""
    if isinstance(value, Mapping):
        if set(value) == {"zh", "en"}:
            return f"{value['zh']} / {value['en']}"
        return "; ".join(f"{label(key)}: {_said(one)}" for key, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_said(one) for one in value)
    return str(value)


def label(key: str) -> str:
    """A key of the export in both languages; one that is a name of a field stays as it is."""
    chinese, english = _labels("zh").get(key, key), _labels("en").get(key, key)
    return chinese if chinese == english else f"{chinese} / {english}"


def _labels(language: Any) -> Mapping[str, str]:
    _ = words(language).gettext
    return {
        "person": _("What is kept about a person"),
        "account": _("Account"),
        "sessions": _("Sessions"),
        "identities": _("Identities at other sites"),
        "api_tokens": _("Tokens of programs"),
        "access": _("Sign-ins and changes of the account"),
        "drafts": _("Applications being written"),
        "unsent_forms": _("Forms that were not sent"),
        "uploads": _("Files that were uploaded"),
        "acted_in": _("Cases in which the account acted"),
        "values": _("Values"),
        "office_notes": _("Notes of officers that name the person, or that the person wrote"),
        "named_in": _("Texts that name the person"),
        "shown_to": _("To whom values were shown"),
        "found_by": _("Found by"),
        "issuer": _("Other site"),
        "subject": _("Known there as"),
        "linked_at": _("Linked at"),
        "scopes": _("Good for"),
        "made_at": _("Made at"),
        "ends_on": _("Ends on"),
        "used_at": _("Last used at"),
        "used_from": _("Last used from"),
        "at": _("When"),
        "event": _("What happened"),
        "answers": _("Answers"),
        "article": _("article"),
        "basis": _("Basis"),
        "case": _("Case"),
        "closes_at": _("Ends at"),
        "department": _("Department"),
        "draft": _("Draft"),
        "email": _("E-mail"),
        "example": _("example value"),
        "field": _("Field"),
        "fields": _("Fields"),
        "filename": _("File name"),
        "keep": _("Kept for"),
        "keep_basis": _("Why so long"),
        "kept_at": _("Kept since"),
        "kept_until": _("Kept until"),
        "language": _("Language"),
        "law": _("law"),
        "material": _("Material"),
        "name": _("Name"),
        "office": _("Office"),
        "open": str(words(language).pgettext("of an account", "Open")),
        "opened_at": _("Opened at"),
        "page": _("Page"),
        "party": _("Organisation"),
        "permit": _("Permit type"),
        "place": _("Where it belongs"),
        "practice": _("practice of the office"),
        "purpose": _("Purpose"),
        "reason": _("reason"),
        "roles": _("Roles"),
        "seen_at": _("Last used at"),
        "size": _("Bytes"),
        "stream": _("Record"),
        "title": _("What it is"),
        "updated_at": _("Last changed at"),
        "text": _("Text"),
        "written_at": _("Written at"),
        "uploaded_at": _("Uploaded at"),
        "username": _("User name"),
        "value": _("Value"),
    }
