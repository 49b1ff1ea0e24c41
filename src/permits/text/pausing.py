"""Why nothing goes out of an office, for whoever reads it."""

from permits.text.words import Language, words

RESTORED = "restored from the backup of "
"""How what is noted begins when it was no person who paused it, followed by when that backup was
made (UTC)."""


def reason(noted: str, language: Language) -> str:
    """Why it is paused. What a person gave as the reason stands as they typed it."""
    _ = words(language).gettext
    if noted.startswith(RESTORED):
        told = _("this office was restored from the backup of %(at)s (UTC)")
        return told % {"at": noted.removeprefix(RESTORED)}
    return noted
