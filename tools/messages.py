"""Brings the Chinese catalogue up to date with what code and templates say.

    python tools/messages.py           write the catalogue, and say what has no translation yet
    python tools/messages.py --check   write nothing; exit 1 if it is not complete

Messages are English in the code. What nothing says any more is dropped.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "locale" / "zh_Hans_CN" / "LC_MESSAGES" / "permits.po"
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.svg", "jinja2")]
OPTIONS = {"jinja2": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "told": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

HEADER = r"""# The Chinese words of permits. English stands in the code and the templates.
msgid ""
msgstr ""
"Language: zh_Hans_CN\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""


def said() -> Catalog:
    """Everything the code and the templates say."""
    catalogue = Catalog(domain="permits", charset="utf-8")
    options = {f"**.{end}": OPTIONS["jinja2"] for end in ("html", "txt", "svg")}
    for folder in (ROOT / "src" / "permits", ROOT / "templates"):
        found = extract_from_dir(folder, METHODS, options, keywords=KEYWORDS)
        for _file, _line, message, _comments, context in found:
            catalogue.add(message, context=context)
    return catalogue


def read() -> Catalog:
    """The catalogue as it is kept."""
    if not CATALOGUE.exists():
        return Catalog(locale="zh_Hans_CN", domain="permits")
    with CATALOGUE.open("rb") as source:
        return read_po(source, locale="zh_Hans_CN", domain="permits")


def save(catalogue: Catalog) -> None:
    """Write the catalogue in an order of its own, without dates or places, so that a change of
    words is the only change."""
    body = io.BytesIO()
    write_po(body, catalogue, width=99, no_location=True, sort_output=True, omit_header=True)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(HEADER.encode() + body.getvalue())


def untranslated(catalogue: Catalog) -> list[str]:
    """Messages that are said and have no Chinese, or an uncertain one."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not all(_strings(message.string)))
    ]


def _strings(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


def unknown(catalogue: Catalog, wanted: Catalog) -> list[str]:
    """Messages that only one of the two has."""
    kept = {(m.id, m.context) for m in catalogue if m.id}
    said_now = {(m.id, m.context) for m in wanted if m.id}
    return sorted(str(one) for one in kept ^ said_now)


def main() -> int:
    wanted, catalogue = said(), read()
    if "--check" not in sys.argv:
        catalogue.update(wanted, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        save(catalogue)
    trouble = [*untranslated(catalogue), *unknown(catalogue, wanted)]
    sys.stdout.write("\n".join(trouble or ["complete"]) + "\n")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
