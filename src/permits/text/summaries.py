"""The list of what is wrong with a form, each entry with the name of its field.

The list stands above the fields, and only these know what they are called. So entries and fields
leave marks in the page as it is made, of which `named` makes the list at the end. No text on a
page has the character that sets them off (`web.forms.shown`).
"""

import re

from markupsafe import Markup, escape

from permits.text.words import Language, words

_ENTRY = re.compile(r'(<li>\s*)(<a href="#[^"]*">)?\0entry\0([^\0]*)\0([^\0]*)\0(</a>)?(\s*</li>)')
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
    """A page with each entry of its list named by its field, where what the entry says does not
    begin or end with its name already. What is wrong with fields that are not on the page leads
    nowhere and has no names: it is no link, and is said once if it is said of several."""
    if "\0" not in html:
        return html
    called = dict(_LABEL.findall(html))
    nameless: set[str] = set()

    def entry_in_list(found: re.Match[str]) -> str:
        item, opens, name, says, closes, end = found.groups("")
        if f'id="{name}"' in html:
            return f"{item}{opens}{_whole(says, called.get(name, ''), language)}{closes}{end}"
        if says in nameless:
            return ""
        nameless.add(says)
        return f"{item}{says}{end}"

    return _LABEL.sub("", _ENTRY.sub(entry_in_list, html))


def _whole(says: str, title: str, language: Language) -> str:
    """What an entry says, with the name of its field."""
    colon = words(language).gettext(": ")
    if not title or says.startswith(title) or says.endswith(title) or colon + title in says:
        return says
    if title.endswith(_ENDS):
        return f"{title}{'' if language == 'zh' else ' '}{says}"
    return f"{title}{colon}{says}"


def _mark(kind: str, name: str, says: str) -> Markup:
    return _MARK.format(kind, name, says)
