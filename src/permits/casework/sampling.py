"""What is drawn by lot, from a seed that is on record: the cases that are checked where not every
one is, and the officers who check."""

import hashlib
from collections.abc import Iterable

OF = 100


def drawn(seed: str, case_id: str, obligation: str, share: int) -> bool:
    """Whether a case is drawn for a check that is made in `share` of a hundred cases.

    A pure function of its arguments: whoever has the record can draw again. The seed is taken when
    the case is decided, so that nobody can know the outcome before (双随机、一公开).
    """
    lot = _lot(seed, case_id, obligation)
    return int.from_bytes(lot) * OF >> (8 * len(lot)) < share


def picked(
    seed: str, case_id: str, obligation: str, officers: Iterable[str], count: int
) -> tuple[str, ...]:
    """The `count` officers who are drawn for a check, by their accounts; fewer if there are.

    Each draws a lot of their own from the seed, and the smallest check: in whatever order they
    are named the same are drawn, and none is likelier than another.
    """
    lots = sorted({*officers}, key=lambda officer: _lot(seed, case_id, obligation, officer))
    return tuple(lots[:count])


def _lot(*parts: str) -> bytes:
    return hashlib.sha256("\n".join(parts).encode()).digest()
