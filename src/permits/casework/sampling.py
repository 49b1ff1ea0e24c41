"""Which cases are checked where not every one is: drawn by lot from a seed that is on record."""

import hashlib

OF = 100


def drawn(seed: str, case_id: str, obligation: str, share: int) -> bool:
    """Whether a case is drawn for a check that is made in `share` of a hundred cases.

    A pure function of its arguments: whoever has the record can draw again. The seed is taken when
    the case is decided, so that nobody can know the outcome before (双随机、一公开).
    """
    lot = hashlib.sha256(f"{seed}\n{case_id}\n{obligation}".encode()).digest()
    return int.from_bytes(lot) * OF >> (8 * len(lot)) < share
