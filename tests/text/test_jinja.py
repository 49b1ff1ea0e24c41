"""Templates are compiled once for all languages."""

import pytest
from jinja2 import DictLoader, Environment, UndefinedError
from jinja2.ext import _gettext_alias

from permits.text.jinja import COMPILED, Careful, Compiled, Quick, environment
from permits.text.words import words

ENGLISH, CHINESE = environment("en"), environment("zh")
OURS = [
    name
    for name in CHINESE.list_templates()
    if name.endswith((".html", ".svg", ".typ", ".txt"))
    and not name.startswith("govuk_frontend_jinja/")
]


@pytest.mark.parametrize("name", OURS)
def test_what_a_template_is_compiled_to_says_nothing_of_a_language(name):
    """A constant that a filter of a language was applied to when it was compiled would."""
    source = CHINESE.loader.get_source(CHINESE, name)[0]
    in_each = {env.compile(source, name, raw=True) for env in (ENGLISH, CHINESE)}
    assert len(in_each) == 1


def test_a_template_is_compiled_once_and_says_it_in_both_languages():
    name = "layouts/base.html"
    CHINESE.get_template(name)
    before = dict(COMPILED._kept)
    assert ENGLISH.get_template(name).name == name
    assert COMPILED._kept == before


def test_a_template_that_was_changed_is_compiled_anew(tmp_path):
    from jinja2 import FileSystemLoader

    kept = Compiled()
    for text in ("one", "two"):
        (tmp_path / "it.html").write_text(text)
        env = Environment(loader=FileSystemLoader(tmp_path), bytecode_cache=kept)  # noqa: S701 - plain text
        assert env.get_template("it.html").render() == text


SAID = (
    '{{ _("Sign in") }} {{ _("100%%") }} {{ what }}',
    '{{ _("%(count)d of <b>%(whole)s</b>", count=3, whole=what) }}',
    '{% set one = _("Sign in") %}{{ one ~ what }}',
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["page.html", "letter.txt"])
@pytest.mark.parametrize("source", SAID)
def test_what_is_said_is_what_the_extension_would_say(source, name, language):
    usual = environment(language).overlay()
    usual.globals = {**usual.globals, "_": _gettext_alias}
    usual.loader = environment(language).loader

    def rendered(env: Environment) -> str:
        code = env.compile(source, name, name)
        return env.template_class.from_code(env, code, env.make_globals(None)).render(what="a<b&c")

    first = rendered(environment(language))
    assert first == rendered(environment(language)) == rendered(usual)
    assert ("&lt;" in first) == (name == "page.html")


ASKED = (
    "{{ one.here }} {{ one.items() | list }} {{ one['here'] }} {{ one.get('here') }}",
    "{{ one.there is defined }} {{ one.there }} {% if one.inner.there %}yes{% endif %}",
    "{{ text.upper() }} {{ many.0 }} {{ many[1] }} {{ language }} {{ undefined is defined }}",
    "{% import 'parts' as parts %}{{ parts.said(one) }}",
    "{{ text.there }}",
    "{{ one.inner.there.deeper }}",
    "{{ nothing }}",
)
GIVEN = {"one": {"here": 1, "items": 2, "inner": {}}, "text": "some", "many": [1, 2]}


@pytest.mark.parametrize("source", ASKED)
def test_what_is_asked_for_is_what_jinja_would_find(source):
    def rendered(kind: type[Environment]) -> str:
        known = {
            "it": source,
            "parts": "{% macro said(one) %}{{ one.here }} {{ language }}{% endmacro %}",
        }
        env = kind(loader=DictLoader(known), undefined=Careful, autoescape=True)
        env.globals.update(language="en", undefined=Careful(obj={}, name="undefined"))
        try:
            return env.get_template("it").render(GIVEN)
        except UndefinedError as error:
            return repr(error)

    assert rendered(Quick) == rendered(Environment)
    assert ("Error" in rendered(Quick)) == (source in ASKED[-3:])


def test_the_catalogues_differ_all_the_same():
    assert words("zh").gettext("Sign in") != words("en").gettext("Sign in")
