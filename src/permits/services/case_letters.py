"""What an applicant was written about a case, to be read again on a page: with or without mail."""

from datetime import datetime
from typing import NamedTuple

from permits.casework.messages import messages
from permits.definitions.procedure import Role
from permits.services.case_record import Record
from permits.services.office import Office
from permits.services.post import worded
from permits.text.words import Language


class Written(NamedTuple):
    """A letter: when it was written, its subject and its text."""

    at: datetime
    subject: str
    text: str


def written(office: Office, record: Record, language: Language) -> list[Written]:
    """The letters to the applicant that the case has brought about, the newest first, in the words
    in which they would be sent today."""
    edition = office.cases.edition(record.case)
    return [
        Written(at.recorded_at, *worded(office, record.case, message, language))
        for at, event in reversed(record.entries)
        for message in messages(event, edition)
        if message.to is Role.APPLICANT
    ]
