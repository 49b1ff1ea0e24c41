"""The list of what is wrong with a form, each entry with the name of its field.

The list stands above the fields, and only these know what they are called. So entries and fields
leave marks in the page as it is made, of which `named` makes the list at the end. No text on a
page has the character that sets them off (`web.forms.shown`).
"""

import re

from markupsafe import Markup, escape

from permits.text.words import Language, words

_ENTRY = re.compile("\0entry\0([^\0]*)\0([^\0]*)\0")
_LABEL = re.compile("\0label\0([^\0]*)\0([^\0]*)\0")
_MARK = Markup("\0{}\0{}\0{}\0")
_ENDS = (".", "?", "!", "。", "？", "！")


def entry(says: str, name: str) -> Markup:
    """The mark of an entry: what is wrong with the field of a name."""
    return _mark("entry", name, says)


def label(called: str, name: str, about: str = "", *, language: Language) -> Markup:
    """The mark of a field: what it is called, and which part of the page it is about if there are
    several of it. That it may be left empty is no part of its name."""
    _ = words(language).gettext
    whole = escape(called).removesuffix(str(escape(_(" (optional)"))))
    if about:
        whole = escape(about) + _(": ") + whole
    return _mark("label", name, whole)


def named(html: str, language: Language) -> str:
    """A page with each entry of its list named by its field, where the field is on the page and
    what the entry says does not begin or end with its name already."""
    called = dict(_LABEL.findall(html))
    colon = words(language).gettext(": ")

    def whole(found: re.Match[str]) -> str:
        name, says = found.groups()
        title = called.get(name, "")
        if not title or says.startswith(title) or says.endswith(title) or colon + title in says:
            return says
        if title.endswith(_ENDS):
            return f"{title}{'' if language == 'zh' else ' '}{says}"
        return f"{title}{colon}{says}"

    return _LABEL.sub("", _ENTRY.sub(whole, html))


def _mark(kind: str, name: str, says: str) -> Markup:
    return _MARK.format(kind, name, says)
