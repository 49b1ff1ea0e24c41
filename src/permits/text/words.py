"""The catalogues: English is written in the code and the templates, Chinese in `locale/`."""

import io
from functools import cache
from typing import Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from permits.settings import shipped

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
LOCALES: dict[Language, str] = {"zh": "zh_Hans_CN", "en": "en_GB"}


@cache
def words(language: Language) -> NullTranslations:
    """The catalogue of a language, read from its text; nothing has to be compiled beforehand."""
    if language == "en":
        return NullTranslations()
    path = shipped("locale") / LOCALES[language] / "LC_MESSAGES" / "permits.po"
    with path.open("rb") as source:
        catalogue = read_po(source, locale=LOCALES[language])
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled, domain="permits")


def language_of(text: str | None) -> Language:
    """The language for a code such as `zh-CN` or `en`; Chinese if it is none of ours."""
    return "en" if (text or "").lower().startswith("en") else "zh"


def preferred(header: str) -> Language:
    """The language of ours that an `Accept-Language` header likes best; Chinese if it names
    none."""
    liked: dict[Language, float] = {}
    for part in header.lower().split(","):
        code, _, weight = part.strip().partition(";")
        for language in LANGUAGES:
            if code.split("-")[0] == language:
                liked[language] = max(liked.get(language, 0), _weight(weight))
    return max(LANGUAGES, key=lambda language: liked.get(language, 0))


def _weight(text: str) -> float:
    """`q=0.8` as a number; 1 if there is none, 0 if it is no weight."""
    name, _, number = text.replace(" ", "").partition("=")
    if not name:
        return 1
    try:
        found = float(number)
    except ValueError:
        return 0
    return found if name == "q" and 0 <= found <= 1 else 0
