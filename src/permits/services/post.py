"""Does what the outbox holds: writes to people what has happened to their cases."""

import logging
import smtplib
import time
from collections.abc import Callable, Iterator

import msgspec
from jinja2 import Environment

from permits.casework.case import Case
from permits.casework.messages import Message
from permits.outside.mail import FolderPost, Letter, Post, ServerPost
from permits.services.office import Office
from permits.settings import Settings
from permits.store import outbox, people
from permits.store.outbox import Task
from permits.text.jinja import environment
from permits.text.words import LANGUAGES, Language, language_of

log = logging.getLogger(__name__)


def post_for(settings: Settings) -> Post:
    """The mail server of the settings, or the folder if they name none."""
    if settings.mail:
        return ServerPost(settings.mail, settings.mail_from)
    return FolderPost(settings.mail_folder, settings.mail_from)


Rest = Callable[[float], bool]
"""Is told how many seconds a task took, takes a rest, and says whether to go on."""


def on_at_once(_took: float) -> bool:
    return True


def deliver(office: Office, post: Post, rest: Rest = on_at_once) -> int:
    """Do every task that waits; how many were done. A failure is noted and tried again later."""
    done, going = 0, True
    while going and (tasks := _claimed(office)):
        for task in tasks:
            began = time.perf_counter()
            done += _do(office, post, task)
            going = rest(time.perf_counter() - began)
    return done


def _claimed(office: Office) -> list[Task]:
    with office.database.write() as connection:
        return outbox.claim(connection, office.now())


def _do(office: Office, post: Post, task: Task) -> bool:
    try:
        for letter in letters(office, task):
            post.send(letter)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("task %s could not be done: %s", task.id, error)
        with office.database.write() as connection:
            outbox.failed(connection, task, office.now(), str(error))
        return False
    with office.database.write() as connection:
        outbox.done(connection, task, office.now())
    return True


def letters(office: Office, task: Task) -> Iterator[Letter]:
    """The letters of a task: one to each open account it is for that has an address."""
    message = msgspec.json.decode(task.payload, type=Message)
    record = office.cases.recorded(task.stream)
    assert record is not None  # noqa: S101 - the task came of one of its events
    case = record.case
    at = next(envelope for envelope, _event in record.entries if envelope.seq == task.seq)
    with office.database.read() as connection:
        to = people.with_role(
            connection,
            message.to,
            office=case.authority,
            department=case.department,
            of_party=case.party,
        )
    for account in to:
        if account.email:
            languages = (language_of(account.language),) if account.language else LANGUAGES
            subject, text = _written(office, case, message, languages)
            yield Letter(f"{task.id}/{account.id}", account.email, subject, text, at.recorded_at)


def _written(
    office: Office, case: Case, message: Message, languages: tuple[Language, ...]
) -> tuple[str, str]:
    """Subject and text in the account's language, or in both if it never chose one."""
    parts = [_in(office, case, message, language) for language in languages]
    return " / ".join(subject for subject, _text in parts), "\n\n".join(t for _s, t in parts)


def _in(office: Office, case: Case, message: Message, language: Language) -> tuple[str, str]:
    definition = office.cases.edition(case).definition
    jinja: Environment = environment(language)
    template = jinja.get_template(f"mail/{message.template}.txt")
    text = template.render(
        case=case,
        definition=definition,
        about=message.about,
        address=f"{office.settings.address}/cases/{case.id.removeprefix('case/')}",
        language=language,
    )
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip()
