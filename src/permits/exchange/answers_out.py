"""The answers of applications as tables: a line for each case, and for each question that takes
several entries a table of its own with a line for each entry.

An answer about a person is never told: that there is one stands in its place, or the day it was
erased. Numbers and days are cells of their kind, so that a spreadsheet can add and sort; choices
stand in words. Cases of several editions share a table: a question keeps its column, and one that
an edition does not put stays empty.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple, TypeVar

from permits.analytics.cases import Counted
from permits.analytics.sheets import Sheet
from permits.casework.case import Case
from permits.casework.fold import fold_all
from permits.casework.masks import HIDDEN
from permits.casework.streams import read_event
from permits.definitions.conditions import Answer
from permits.definitions.edition import Edition
from permits.definitions.form import Question
from permits.services.office import Office
from permits.store import vault
from permits.store.event_log import EventLog
from permits.text import figures as named
from permits.text.answers import in_words
from permits.text.sealed import erased
from permits.text.words import Language, words

AT_ONCE = 200

Item = TypeVar("Item")


class Reading(NamedTuple):
    """The chosen cases of one permit type in the order of the list, the questions of their
    editions, the instant before which the log is read (None for all of it), and the language."""

    cases: Sequence[Counted]
    asked: Mapping[str, Question]
    until: datetime | None
    language: Language


def reading(
    office: Office, cases: Iterable[Counted], until: datetime | None, language: Language
) -> Reading:
    """What is to be told of cases: all of one permit type."""
    chosen = list(cases)
    newest_first = dict.fromkeys(
        one.facts.definition for one in sorted(chosen, key=_received, reverse=True)
    )
    editions = [office.shelf.edition(digest) for digest in newest_first]
    return Reading(chosen, questions(editions), until, language)


def _received(one: Counted) -> tuple[date, str]:
    return one.facts.received_on, one.facts.number


def questions(editions: Iterable[Edition]) -> dict[str, Question]:
    """The questions of editions by their ids, each as the newest has it; totals of entries follow
    theirs."""
    found: dict[str, Question] = {}
    for edition in editions:
        for question in edition.definition.form.questions:
            for one in (question, *question.made):
                found.setdefault(one.id, one)
    return found


def several(read: Reading) -> dict[str, Question]:
    """Those of the questions that take several entries."""
    return {name: one for name, one in read.asked.items() if one.type == "entries"}


def answers(office: Office, read: Reading) -> Sheet:
    """A line for each case: what it is, and what was answered."""
    _ = words(read.language).gettext
    columns = [
        ("number", _("Case number")),
        ("edition", _("Edition")),
        ("track", _("Track")),
        ("result", _("Result")),
        ("result_on", _("Result on")),
        *((f"answer.{name}", _title(one, read.language)) for name, one in read.asked.items()),
    ]
    rows = (
        [*_of_case(counted, read.language), *_cells(office, read, counted, case, gone)]
        for counted, case, gone in _folded(office, read)
    )
    return Sheet(_("answers"), columns, rows)


def entries(office: Office, read: Reading, group: str) -> Sheet:
    """A line for each entry of a question that takes several. KeyError if there is none such."""
    _ = words(read.language).gettext
    question = several(read)[group]
    columns = [
        ("number", _("Case number")),
        ("place", _("Entry")),
        *((one.id, _title(one.question, read.language)) for one in question.columns),
    ]
    return Sheet(question.title.in_(read.language), columns, _entries(office, read, question))


def _entries(office: Office, read: Reading, question: Question) -> Iterator[list[object]]:
    for counted, case, _gone in _folded(office, read):
        edition = office.shelf.edition(counted.facts.definition)
        held = case.answers.get(question.id)
        for place, one in enumerate(held if isinstance(held, tuple) else (), 1):
            cells = (_cell(one.get(c.id), c.question, edition, read) for c in question.columns)
            yield [counted.facts.number, place, *cells]


def _title(question: Question, language: Language) -> str:
    """What a column is called; the unit of a number stands in its head."""
    title = question.title.in_(language)
    unit = question.unit.in_(language) if question.unit else ""
    return f"{title} ({unit})" if unit else title


def _of_case(one: Counted, language: Language) -> list[object]:
    facts = one.facts
    return [
        facts.number,
        facts.definition[:12],
        named.track(facts.track, language),
        named.outcome(facts.result, language),
        facts.result_on,
    ]


Gone = Mapping[str, date]
"""The days on which sealed answers were erased, by their seals."""


def _cells(
    office: Office, read: Reading, counted: Counted, case: Case, gone: Gone
) -> Iterator[object]:
    edition = office.shelf.edition(counted.facts.definition)
    for name, question in read.asked.items():
        if question.personal is not None:
            yield _hidden(case.seals.get(name), gone, read.language)
        else:
            yield _cell(case.answers.get(name), question, edition, read)


def _hidden(seal: str | None, gone: Gone, language: Language) -> object:
    """What stands for an answer about a person."""
    if not seal:
        return None
    return erased(gone[seal], language) if seal in gone else HIDDEN


def _cell(answer: Answer | None, question: Question, edition: Edition, read: Reading) -> object:
    """An answer as a cell: of several entries how many there are."""
    if answer is None:
        return None
    if isinstance(answer, tuple):
        return len(answer)
    match question.type:
        case "integer":
            return int(answer)
        case "date":
            return str(answer)
        case _:
            asked = edition.questions.get(question.id, question)
            return in_words(answer, asked, edition.definition, read.language)


def _folded(office: Office, read: Reading) -> Iterator[tuple[Counted, Case, Gone]]:
    """The cases as they stand, or stood, some at a time."""
    log = EventLog(office.database.dialect)
    for some in _some(read.cases, AT_ONCE):
        ids = [one.facts.case_id for one in some]
        with office.database.read() as connection:
            streams = {
                name: [
                    (at, read_event(at, body))
                    for at, body in logged
                    if read.until is None or at.recorded_at < read.until
                ]
                for name, logged in log.read_each(connection, ids).items()
            }
            cases = {name: fold_all(Case(id=name), told) for name, told in streams.items()}
            seals = {seal for case in cases.values() for seal in case.seals.values()}
            gone = vault.erased(connection, seals)
        for one in some:
            yield one, cases[one.facts.case_id], gone


def _some(found: Iterable[Item], most: int) -> Iterator[list[Item]]:
    rest = iter(found)
    while some := list(islice(rest, most)):
        yield some
