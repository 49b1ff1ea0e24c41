"""What a rule rests on, as people cite it."""

import re
from collections.abc import Mapping

from permits.definitions.schema import Basis, Law
from permits.text.words import Language

_ARTICLE = re.compile(r"(\d+)((?:\([0-9a-z]+\))*)")


def cited(basis: Basis, laws: Mapping[str, Law], language: Language) -> str:
    """The law and article, the practice, or where an example value comes from.

    Whether it is an example value is for the page to mark.
    """
    if basis.law is not None:
        law = laws[basis.law]
        title = law.title.in_(language)
        if language == "en":
            return f"{title}, {_articles_en(str(basis.article))}"
        return f"《{title}》{_articles_zh(str(basis.article))}"
    said = basis.practice or basis.example
    return said.in_(language) if said is not None else ""


def _articles_zh(article: str) -> str:
    """`32(4), 42` as `第32条(4)、第42条`; wording that is no number stays as it is."""
    if not article[:1].isdigit():
        return article
    return "、".join(_ARTICLE.sub(r"第\1条\2", part.strip()) for part in article.split(","))


def _articles_en(article: str) -> str:
    if article[:1].isdigit():
        return f"art. {article}"
    return "the whole text" if article == "全文" else article
