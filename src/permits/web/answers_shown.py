"""The answers of a case beside their questions, with the totals that are made of entries."""

from collections.abc import Iterable, Iterator, Mapping

from permits.casework.answers import put
from permits.definitions.edition import Edition
from permits.definitions.form import Question
from permits.services.case_record import Record
from permits.text.answers import in_words, table
from permits.text.words import Language
from permits.web.disclosure import personal_answer
from permits.web.shown_parts import ShownAnswer


def shown_answers(
    record: Record,
    edition: Edition,
    questions: Iterable[Question],
    values: Mapping[str, str],
    language: Language,
) -> Iterator[ShownAnswer]:
    """The answers to those of the questions that are put; `values` are what was sealed and may be
    shown, by its seal."""
    answers = record.case.answers
    for question in questions:
        if not put(edition, question, answers):
            continue
        if question.personal is not None:
            title = question.title.in_(language)
            yield personal_answer(record, values, question.id, title)
            continue
        for one in (question, *question.made):
            asked = (one, edition.definition, language)
            yield ShownAnswer(
                name=one.id,
                title=one.title.in_(language),
                says=in_words(answers.get(one.id), *asked),
                table=table(answers.get(one.id), *asked),
                made=one is not question,
            )
