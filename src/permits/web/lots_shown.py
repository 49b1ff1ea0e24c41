"""Who was drawn by lot to make the checks of a case, as its officers see it."""

from dataclasses import dataclass

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
