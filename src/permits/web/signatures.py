"""Who signs a commitment with the applicant, as pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from permits.casework.parts import ShownIn
from permits.casework.tracks import signer_of
from permits.definitions.schema import Definition, Text
from permits.text.words import LANGUAGES
from permits.web.forms import Posted


@dataclass(frozen=True, slots=True)
class ShownSignature:
    """A signature that another party to the works gives: its role, unit and authorised person."""

    key: str
    role: Text
    unit: str
    person: str


def shown_signature(
    definition: Definition, key: str, answers: Mapping[str, str]
) -> ShownSignature:
    """The signature of a key, with the unit and the person as they were answered."""
    signer = signer_of(definition, key)
    return ShownSignature(
        key,
        signer.title,
        answers.get(signer.unit or "", ""),
        answers.get(signer.person or "", ""),
    )


def shown_in(form: Posted) -> ShownIn:
    """The language in which the text stood on the page that a form came from, as it says itself;
    another window may have changed the reader's since. Empty if it says none of ours."""
    return next((one for one in LANGUAGES if one == form.text("shown_in")), "")
