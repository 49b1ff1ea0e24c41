"""Who was drawn by lot to make the checks of a case, and the records of checks that wait for
signatures, as its officers see them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from permits.casework.families.inspectors import CheckRecorded, CheckSigned
from permits.store.drafts import Upload
from permits.text.names import role
from permits.text.words import words
from permits.web.dossier import Dossier


@dataclass(frozen=True, slots=True)
class ShownLots:
    """A check that is open and whose inspectors are drawn; `names` is empty until they are, and
    `recused` says that one of them cannot check any more."""

    title: str
    names: tuple[str, ...]
    recused: bool


def lots(case: Dossier) -> tuple[ShownLots, ...]:
    """Who checks what, where it is drawn."""
    drawn = [
        (one.rule.title.in_(case.language), one.held.inspectors)
        for one in case.duties
        if one.rule.inspectors is not None and one.held.status == "open"
    ]
    known = case.record.people
    return tuple(
        ShownLots(
            title,
            tuple(known.get(account, account) for account in inspectors),
            any(map(case.case.recused, inspectors)),
        )
        for title, inspectors in drawn
    )


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """The record of a check that not everybody who checked has signed; `finding` is empty if it
    was erased. Whoever has signed is named with the role in which that was done."""

    title: str
    record: str
    passed: bool
    on: date
    finding: str
    signed: tuple[str, ...]
    unsigned: tuple[str, ...]
    files: tuple[Upload, ...]


def unsigned(case: Dossier) -> tuple[ShownRecord, ...]:
    """The records of a case that wait for signatures."""
    found = (shown_record(case, one.name) for one in case.duties if one.held.status == "open")
    return tuple(one for one in found if one is not None)


def shown_record(case: Dossier, obligation: str) -> ShownRecord | None:
    """The record that waits for signatures under an obligation, if one does."""
    held = case.case.obligations.get(obligation)
    record = held.record if held is not None else None
    if record is None:
        return None
    return ShownRecord(
        title=case.definition.obligations[obligation].title.in_(case.language),
        record=record.finding,
        passed=record.passed,
        on=record.on,
        finding=case.values.get(record.finding, ""),
        signed=_signed(case, obligation, record.signed),
        unsigned=_names(case, record.unsigned),
        files=tuple(one for one in case.files if one.handed_in in record.evidence),
    )


def _signed(case: Dossier, obligation: str, accounts: Collection[str]) -> tuple[str, ...]:
    """Who signed, each in the role of then: the account may have another since."""
    says = words(case.language).gettext("%(name)s (%(role)s)")
    roles = {
        at.actor: at.role
        for at, event in case.record.entries
        if isinstance(event, CheckRecorded | CheckSigned) and event.obligation == obligation
    }
    return tuple(
        says % {"name": name, "role": role(roles[account], case.language)}
        for account, name in zip(accounts, _names(case, accounts), strict=True)
    )


def _names(case: Dossier, accounts: Iterable[str]) -> tuple[str, ...]:
    return tuple(case.record.people.get(one, one) for one in accounts)
