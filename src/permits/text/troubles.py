"""What can be wrong with a request of a program before any rule of a procedure is asked."""

from enum import StrEnum

from permits.settings import Limits
from permits.text import amounts, uploads
from permits.text.uploads import Unfit
from permits.text.words import Language, words


class Trouble(StrEnum):
    """Closed: each has a sentence here and a status code in `permits.web.problems`."""

    UNREADABLE = "unreadable"
    KEY_WANTED = "key_wanted"
    VERSION_UNREADABLE = "version_unreadable"
    NOT_SIGNED_IN = "not_signed_in"
    SESSION_ENDED = "session_ended"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - what is wrong, not a password
    CODE_WANTED = "code_wanted"
    WRONG_CODE = "wrong_code"
    SECOND_FACTOR_WANTED = "second_factor_wanted"
    PASSWORD_CHANGE_WANTED = "password_change_wanted"  # noqa: S105 - what is wanted
    PERSON_WANTED = "person_wanted"
    TOKEN_ENDED = "token_ended"  # noqa: S105 - what is wrong
    SCOPE_WANTED = "scope_wanted"
    STEP_UP_WANTED = "step_up_wanted"
    NOT_FOR_THIS_ACCOUNT = "not_for_this_account"
    NOT_FOUND = "not_found"
    METHOD_UNKNOWN = "method_unknown"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    TOO_MANY_PARTS = "too_many_parts"
    WRONG_MEDIA_TYPE = "wrong_media_type"
    UNFIT = "unfit"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    FILE_KIND = "file_kind"
    FILES_TOO_MANY = "files_too_many"
    FILES_TOO_LARGE = "files_too_large"
    FILES_OF_DAY_TOO_LARGE = "files_of_day_too_large"
    FILE_LOCKED = "file_locked"
    FILE_ACTIVE = "file_active"
    FILE_BROKEN = "file_broken"
    FILE_TOO_DETAILED = "file_too_detailed"
    FILE_EXPANDS = "file_expands"
    FILE_INFECTED = "file_infected"
    FILE_UNCHECKED = "file_unchecked"
    FAULT = "fault"
    BUSY = "busy"
    READ_ONLY = "read_only"
    OUTCOME_UNKNOWN = "outcome_unknown"
    RECORD_AMISS = "record_amiss"


def title(status: int, language: Language) -> str:
    """What kind of thing went wrong, in a few words."""
    _ = words(language).gettext
    titles = {
        400: _("This request cannot be read"),
        401: _("Sign in first"),
        403: _("Not for this account"),
        404: _("Not found"),
        405: _("Not possible at this address"),
        408: _("Took too long to arrive"),
        409: _("Not possible as things stand"),
        413: _("Too large"),
        415: _("Sent in a form that is not taken"),
        422: _("Does not fit"),
        429: _("Too many attempts"),
        503: _("Busy at the moment"),
    }
    return titles.get(status, _("Something went wrong here"))


OF_FILE = {
    Unfit.EMPTY: Trouble.FILE_EMPTY,
    Unfit.TOO_LARGE: Trouble.FILE_TOO_LARGE,
    Unfit.KIND: Trouble.FILE_KIND,
    Unfit.TOO_MANY: Trouble.FILES_TOO_MANY,
    Unfit.PLACE_FULL: Trouble.FILES_TOO_LARGE,
    Unfit.DAY_FULL: Trouble.FILES_OF_DAY_TOO_LARGE,
    Unfit.LOCKED: Trouble.FILE_LOCKED,
    Unfit.ACTIVE: Trouble.FILE_ACTIVE,
    Unfit.BROKEN: Trouble.FILE_BROKEN,
    Unfit.TOO_DETAILED: Trouble.FILE_TOO_DETAILED,
    Unfit.EXPANDS: Trouble.FILE_EXPANDS,
    Unfit.INFECTED: Trouble.FILE_INFECTED,
    Unfit.UNCHECKED: Trouble.FILE_UNCHECKED,
}
"""What programs are told of a file that is not taken: every `Unfit` is here."""

_UNFIT = {trouble: why for why, trouble in OF_FILE.items()}


def sentence(  # noqa: PLR0915 - one arm for each
    trouble: Trouble, language: Language, limits: Limits
) -> str:
    """What is wrong, and what to do."""
    _ = words(language).gettext
    match trouble:
        case Trouble.UNREADABLE:
            return _("The body is no JSON, or the request is not as it should be.")
        case Trouble.KEY_WANTED:
            return _(
                "Send an Idempotency-Key of 8 to 100 visible ASCII characters, a new one for each"
                " thing that is to be done."
            )
        case Trouble.VERSION_UNREADABLE:
            return _("Send in If-Match the version as ETag gave it, in double quotes.")
        case Trouble.NOT_SIGNED_IN:
            return _("Open a session and send its token as Authorization: Bearer.")
        case Trouble.SESSION_ENDED:
            return _("This session has ended, or there never was one. Open a new one.")
        case Trouble.WRONG_PASSWORD:
            return _("User name and password do not belong together. Check both and try again.")
        case Trouble.CODE_WANTED:
            return _(
                "This account has a second factor. Send the same again with `code`: the code of"
                " the device, or a recovery code."
            )
        case Trouble.WRONG_CODE:
            return _("This code is not right, or it was used before. Wait for the next one.")
        case Trouble.SECOND_FACTOR_WANTED:
            return _(
                "This account must have a second factor and has none. Sign in once with a browser"
                " and add one."
            )
        case Trouble.PASSWORD_CHANGE_WANTED:
            return _(
                "The password of this account has to be changed. Sign in once with a browser and"
                " change it."
            )
        case Trouble.STEP_UP_WANTED:
            return _(
                "This wants a password or a code that was given within the last ten minutes. Send"
                " one to POST /api/v1/sessions/current/proofs, then send this again with the new"
                " token and the same key."
            )
        case Trouble.PERSON_WANTED:
            return _(
                "This is for people, not for programs: it takes a right away or is published. Sign"
                " in with POST /api/v1/sessions and do it in that session."
            )
        case Trouble.TOKEN_ENDED:
            return _(
                "There is no such token, or its last day is over. Make another on your"
                " account page."
            )
        case Trouble.SCOPE_WANTED:
            return _(
                "This token was not made for that. Make one that may read, file or act, as"
                " needed, on your account page."
            )
        case Trouble.NOT_FOR_THIS_ACCOUNT:
            return _(
                "Your account cannot see or do this, or the request was sent by a page of another"
                " site."
            )
        case Trouble.NOT_FOUND:
            return _("There is nothing at this address, or it is not yours to see.")
        case Trouble.METHOD_UNKNOWN:
            return _("This address does not take this method; Allow names those it takes.")
        case Trouble.TOO_SLOW:
            return _(
                "What you sent did not arrive in time, and nothing was changed. Send it again."
            )
        case Trouble.TOO_LARGE:
            told = _("What was sent is larger than can be taken: 1 MB, for a file %(mb)s MB.")
            return told % {"mb": limits.file_mb}
        case Trouble.TOO_MANY_PARTS:
            return _(
                "What you sent has more than one part. A file is sent by itself, as the one part"
                " `file` of the form; what it is for stands in the address."
            )
        case Trouble.WRONG_MEDIA_TYPE:
            return _("Send JSON as application/json, and a file as multipart/form-data.")
        case Trouble.UNFIT:
            return _("What was sent does not have the right form; `errors` says where.")
        case Trouble.TOO_MANY_ATTEMPTS:
            return _("Wait for as long as Retry-After says, then try again.")
        case Trouble.FILE_EMPTY:
            return _("Send a file that is not empty, as the part `file` of the form.")
        case (
            Trouble.FILE_TOO_LARGE
            | Trouble.FILE_KIND
            | Trouble.FILES_TOO_MANY
            | Trouble.FILES_TOO_LARGE
            | Trouble.FILES_OF_DAY_TOO_LARGE
            | Trouble.FILE_LOCKED
            | Trouble.FILE_ACTIVE
            | Trouble.FILE_BROKEN
            | Trouble.FILE_TOO_DETAILED
            | Trouble.FILE_EXPANDS
            | Trouble.FILE_INFECTED
            | Trouble.FILE_UNCHECKED
        ):
            return uploads.sentence(_UNFIT[trouble], limits, language)
        case Trouble.FAULT:
            return _(
                "This is our fault and has been noted. What you sent was not carried out unless"
                " you were told so. Try again later."
            )
        case Trouble.BUSY:
            return _(
                "Your request could not be taken just now, and nothing was changed. Try again in a"
                " few seconds."
            )
        case Trouble.READ_ONLY:
            return _(
                "The server has no room to write, so nothing can be filed or changed. What you"
                " sent was not kept. What is there can be read; whoever runs the system has been"
                " told. Try again later."
            )
        case Trouble.RECORD_AMISS:
            return _(
                "What the log tells here is not what was written, or cannot have happened, so it"
                " is neither shown nor changed. Whoever runs the system can see in its log at"
                " which event, and `permits audit log` says the same. Everything else goes on."
            )
        case Trouble.OUTCOME_UNKNOWN:
            return _(
                "The database failed while your request was being kept, so that it is not known"
                " whether it was. Send it again, unchanged and under the same key, after as long"
                " as Retry-After says: you are given the true answer, and nothing is done twice."
            )


def too_large(came: int, most: int, language: Language) -> str:
    """What is wrong with a body of `came` bytes, 0 if it did not say how many, where at most
    `most` are taken."""
    _ = words(language).gettext
    sizes = {"came": amounts.size(came, language), "most": amounts.size(most, language)}
    if came:
        told = _(
            "What you sent has %(came)s, and at most %(most)s can be taken at this address."
            " Nothing was changed."
        )
    else:
        told = _(
            "What you sent has more than %(most)s, which is the most that can be taken at this"
            " address. Nothing was changed."
        )
    return told % sizes
