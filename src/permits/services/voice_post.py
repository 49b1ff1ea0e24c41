"""Letters about what is said of a case: to its officers, its applicant, and whoever objected."""

from collections.abc import Sequence
from datetime import datetime

from permits.casework.dates import day_of
from permits.casework.messages import Message
from permits.casework.voices.letters import OBJECTOR
from permits.casework.voices.voices import Objection
from permits.outside.mail import Letter
from permits.services.office import Office
from permits.services.party_post import Addressed
from permits.services.voices import Said
from permits.store import people
from permits.store.event_log import EventLog
from permits.store.outbox import Task
from permits.text.jinja import environment
from permits.text.words import LANGUAGES, Language, language_of

PAGES = {
    "objection_received": ("/review/cases/", "/voices"),
    "rating_bad": ("/review/cases/", "/voices"),
    "rating_replied": ("/cases/", ""),
    "rating_invited": ("/cases/", "/rating/result"),
    "answer_overdue": ("/review/cases/", "/voices"),
}


def voice_letters(
    office: Office, task: Task, message: Message, left: Sequence[str]
) -> list[Addressed]:
    """The letters of a task: one to each account it is for, or the one to whoever objected if
    they gave an address for mail."""
    case_id = f"case/{task.stream.removeprefix('voices/')}"
    record, said = office.cases.recorded(case_id), office.voices.of(case_id)
    if record is None:
        raise LookupError(task.stream)
    case = record.case
    with office.database.read() as connection:
        log = EventLog(office.database.dialect)
        at = log.read(connection, task.stream)[task.seq - 1][0].recorded_at
        room = (case.authority, case.department)
        accounts = people.to_tell(connection, message.to, room, case.party, day_of(office.now()))
    if message.template == OBJECTOR:
        return _to_objector(
            office, task, said.voices.objection(int(message.about)), (said, case.number, at)
        )
    before, after = PAGES[message.template]
    address = f"{office.settings.address}{before}{case_id[5:]}{after}"
    found: list[Addressed] = []
    for account in accounts:
        if account.email and (not left or account.id in left):
            languages = (language_of(account.language),) if account.language else LANGUAGES
            values = {"number": case.number, "address": address}
            subject, text = _written(message.template, languages, values)
            letter = Letter(f"{task.id}/{account.id}", account.email, subject, text, at)
            found.append((account.id, letter))
    return found


def _to_objector(
    office: Office, task: Task, one: Objection | None, known: tuple[Said, str, datetime]
) -> list[Addressed]:
    """The letter that an objection was answered: what was answered is read with the code, for
    mail is read by others too."""
    said, number, at = known
    email = _email(one, said)
    if not email:
        return []
    values = {"number": number, "address": f"{office.settings.address}/objections"}
    subject, text = _written(OBJECTOR, LANGUAGES, values)
    return [("objector", Letter(f"{task.id}/objector", email, subject, text, at))]


def _email(one: Objection | None, said: Said) -> str:
    return said.values.get(one.contact, "") if one is not None and one.email else ""


def _written(name: str, languages: Sequence[Language], values: dict[str, str]) -> tuple[str, str]:
    parts = [_in(name, language, values) for language in languages]
    return " / ".join(subject for subject, _text in parts), "\n\n".join(t for _s, t in parts)


def _in(name: str, language: Language, values: dict[str, str]) -> tuple[str, str]:
    template = environment(language).get_template(f"mail/{name}.txt")
    subject, _, body = template.render(language=language, **values).strip().partition("\n")
    return subject.strip(), body.strip()
