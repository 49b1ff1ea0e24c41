"""Until when what stands beside the log is kept, once the case has ended, or all that rests on the
record of a party."""

from collections.abc import Mapping
from datetime import date, timedelta

from permits.casework.due_dates import months_later
from permits.casework.entitlement.claims import OVER, Holding
from permits.casework.entitlement.rounds import Round
from permits.casework.parts import Seal
from permits.casework.party import Bar, Entry, Party
from permits.definitions.edition import Edition
from permits.definitions.parts import Term


def kept_until(ended: date, keep: Term) -> date:
    """The last day of a term of days or months after the day on which a case ended."""
    count = int(keep[:-1])
    if keep.endswith("m"):
        return date.fromordinal(months_later(ended.toordinal(), count))
    return ended + timedelta(days=count)


def longest(keep: Term) -> int:
    """The days of a term, the longest months taken."""
    return int(keep[:-1]) * (31 if keep.endswith("m") else 1)


def file_until(ended: date, edition: Edition) -> date:
    """The last day on which the file of a case is kept, with all that has no term of its own."""
    return kept_until(ended, edition.definition.records.keep)


def values_until(ended: date, fields: Mapping[Seal, str], edition: Edition) -> dict[Seal, date]:
    """The last day on which each sealed value of a case is kept; free texts go with the file."""
    file = file_until(ended, edition)
    own = {
        name: kept_until(ended, question.personal.keep)
        for name, question in edition.questions.items()
        if question.personal is not None
    }
    return {seal: min(own.get(field, file), file) for seal, field in fields.items()}


def material_until(ended: date, material: str, edition: Edition) -> date:
    """The last day on which the file of a material is kept; other scans go with the file of the
    case."""
    rule = edition.definition.materials.get(material)
    if rule is not None and rule.kept is not None:
        return kept_until(ended, rule.kept.keep)
    return file_until(ended, edition)


SETTLED = OVER | {"paid", "recovered"}
"""How a claim stands of which nothing more is expected."""


def party_ended(party: Party, last: date) -> date | None:
    """From which day nothing rests on the record of a party any more, whose last entry is of
    `last`; None as long as an authorisation, an entry or a review has no end yet."""
    ends = [
        last,
        *(one.until for one in party.authorised.values()),
        *(one.concluded_on for one in party.reviews.values()),
        *(_bar_ended(one) for one in party.bars.values()),
        *(_entry_ended(one, last) for one in party.entries.values()),
    ]
    return _latest(ends)


def _bar_ended(bar: Bar) -> date:
    return bar.until if bar.lifted_on is None else min(bar.until, bar.lifted_on)


def _entry_ended(entry: Entry, last: date) -> date | None:
    """An entry that was dropped or repaired has ended; one that was made, with its disclosure."""
    return last if entry.status in ("dropped", "repaired") else entry.until


def holding_ended(holding: Holding, last: date) -> date | None:
    """The same of what an enterprise has of policies; None while something comes of a claim."""
    settled = all(one.standing in SETTLED for one in holding.claims.values())
    return last if settled else None


def round_ended(found: Round, last: date) -> date | None:
    """The same of a list; None until it is settled and every objection is."""
    over = found.stage in ("settled", "dropped") and not found.open_objections
    return last if over else None


def _latest(ends: list[date | None]) -> date | None:
    known = [one for one in ends if one is not None]
    return max(known) if len(known) == len(ends) else None
