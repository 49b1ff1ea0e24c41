"""What can be wrong with a request of a program before any rule of a procedure is asked."""

from enum import StrEnum

from permits.text.words import Language, words


class Trouble(StrEnum):
    """Closed: each has a sentence here and a status code in `permits.web.problems`."""

    UNREADABLE = "unreadable"
    KEY_WANTED = "key_wanted"
    VERSION_UNREADABLE = "version_unreadable"
    NOT_SIGNED_IN = "not_signed_in"
    SESSION_ENDED = "session_ended"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - what is wrong, not a password
    NOT_FOR_THIS_ACCOUNT = "not_for_this_account"
    NOT_FOUND = "not_found"
    METHOD_UNKNOWN = "method_unknown"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    WRONG_MEDIA_TYPE = "wrong_media_type"
    UNFIT = "unfit"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    FILE_KIND = "file_kind"
    FILES_TOO_MANY = "files_too_many"
    FAULT = "fault"
    BUSY = "busy"


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


def sentence(trouble: Trouble, language: Language) -> str:
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
            return _("What was sent is larger than can be taken: 1 MB, for a file 20 MB.")
        case Trouble.WRONG_MEDIA_TYPE:
            return _("Send JSON as application/json, and a file as multipart/form-data.")
        case Trouble.UNFIT:
            return _("What was sent does not have the right form; `errors` says where.")
        case Trouble.TOO_MANY_ATTEMPTS:
            return _("Wait ten minutes, then try again.")
        case Trouble.FILE_EMPTY:
            return _("Send a file that is not empty, as the part `file` of the form.")
        case Trouble.FILE_TOO_LARGE:
            return _("The file is larger than 20 MB. Make it smaller or split it.")
        case Trouble.FILE_KIND:
            return _("The file is no PDF, PNG or JPEG. Save it as one of these and upload that.")
        case Trouble.FILES_TOO_MANY:
            return _("There are too many files here. Remove one first.")
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
