"""Applications that outlive the edition they were begun under."""

from msgspec.structs import replace

from permits.casework.carrying import Carried, carried
from permits.services.filing import Filing, Lost
from permits.store.drafts import Draft


def changes(filing: Filing, draft: Draft) -> Carried | None:
    """What changed since the draft was begun or its writer was last told; None if nothing."""
    new = filing.edition(draft)
    if new.digest == draft.definition:
        return None
    return carried(filing.shelf.edition(draft.definition), new, draft.answers)


def noted(filing: Filing, draft: Draft) -> Draft | Lost:
    """Note that whoever writes was told what the edition of today changes."""
    digest = filing.edition(draft).digest
    return draft if draft.definition == digest else filing.keep(replace(draft, definition=digest))
