"""What a definition calls its parts."""

from permits.casework.tracks import UNDERTAKING
from permits.definitions.schema import Definition
from permits.text.words import Language


def field_title(definition: Definition, name: str, language: Language) -> str | None:
    """The title of a question, or of a total that is made of its entries."""
    asked = definition.form.answerable
    return next((q.title.in_(language) for q in asked if q.id == name), None)


def title_of(definition: Definition, name: str, language: Language) -> str | None:
    """The title of whatever is called so, questions last; None if nothing is."""
    if name == UNDERTAKING and definition.undertaking is not None:
        return definition.undertaking.title.in_(language)
    tracks = {str(track): held for track, held in definition.tracks.items()}
    review = definition.joint_review
    for titled in (
        tracks,
        review.departments if review is not None else {},
        definition.materials,
        definition.commitments,
        definition.clocks,
        definition.obligations,
        definition.fees,
        definition.gates,
        definition.documents,
        definition.chart.actions,
        definition.chart.states,
        definition.list,
    ):
        if name in titled:
            return titled[name].title.in_(language)
    return field_title(definition, name, language)
