"""What seals a text on its way into the log, and gathers what is to be kept beside it."""

import secrets
from collections.abc import Mapping

from permits.casework.parts import Seal
from permits.casework.seals import SALT_BYTES, seal
from permits.store.vault import SealedValue


class Sealer:
    """Seals texts for one case, and gathers the values to be kept beside the log."""

    def __init__(self, case_id: str) -> None:
        self.case_id = case_id
        self.values: list[SealedValue] = []

    def text(self, field: str, value: str) -> Seal | None:
        """The seal of a text; None for one that is empty."""
        text = value.strip()
        if not text:
            return None
        salt = secrets.token_bytes(SALT_BYTES)
        sealed = seal(salt, text)
        self.values.append(SealedValue(sealed, self.case_id, field, salt, text))
        return sealed

    def texts(self, values: Mapping[str, str]) -> dict[str, Seal]:
        """The seals of personal answers by their field."""
        sealed = {field: self.text(field, value) for field, value in values.items()}
        return {field: one for field, one in sealed.items() if one is not None}
