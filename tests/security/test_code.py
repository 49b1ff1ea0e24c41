"""What is not to be found in the code, looked for in all of it."""

import ast
import logging
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tools.asvs import PAGE

from permits.settings import shipped
from tests.web.conftest import founded, housing, make_housing
from tests.web.housing import Housing, routes

__all__ = ["founded", "housing", "make_housing"]

SOURCE = Path(__file__).parents[2] / "src" / "permits"
SCRIPTS = {file.name: file.read_text(encoding="utf-8") for file in shipped("static").glob("*.js")}


@cache
def files() -> dict[str, ast.Module]:
    """Every file of the program, by its place in it."""
    return {
        file.relative_to(SOURCE).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in sorted(SOURCE.rglob("*.py"))
        if "shipped" not in file.relative_to(SOURCE).parts
    }


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call: the file, what is called as it is written, and the call."""
    for name, tree in files().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield name, ast.unparse(node.func), node


def importing(*names: str) -> set[str]:
    """The files that import any of these modules, or something from them."""
    found = set()
    for file, tree in files().items():
        for node in ast.walk(tree):
            match node:
                case ast.Import(names=imported):
                    modules = [one.name for one in imported]
                case ast.ImportFrom(module=str(module), names=imported):
                    modules = [module, *(f"{module}.{one.name}" for one in imported)]
                case _:
                    continue
            if any(one == name or one.startswith(f"{name}.") for one in modules for name in names):
                found.add(file)
    return found


def put_together(node: ast.expr) -> bool:
    """Whether a text is made while the program runs, of parts that are no constants."""
    match node:
        case ast.JoinedStr(values=values):
            return any(isinstance(one, ast.FormattedValue) for one in values)
        case ast.BinOp(left=left, right=right):
            return put_together(left) or put_together(right) or not _fixed(left, right)
        case ast.Call(func=ast.Attribute(attr="format" | "join" | "replace")):
            return True
    return False


def _fixed(*sides: ast.expr) -> bool:
    return all(isinstance(one, ast.Constant | ast.BinOp) for one in sides)


def test_no_statement_is_put_together_of_what_somebody_typed():
    """The exception names limits of its own and tables of its own to the database."""
    made = [
        (file, ast.unparse(call))
        for file, called, call in calls()
        if called.rpartition(".")[2] in ("text", "exec_driver_sql", "execute", "literal_column")
        and (called in ("text", "literal_column") or "." in called)
        and file.startswith(("store/", "services/", "analytics/"))
        and "migrations" not in file
        and file != "store/database.py"
        and call.args
        and put_together(call.args[0])
    ]
    assert made == []


def test_no_other_program_is_started_but_the_databases_own_for_a_backup():
    """And that one by its path and words of our own, never by a shell."""
    assert importing("pty", "commands") == set()
    assert importing("subprocess") == {"store/copying.py"}
    shells = {
        file for file, _called, call in calls() for word in call.keywords if word.arg == "shell"
    }
    assert shells == set()
    started = {
        (file, called)
        for file, called, _call in calls()
        if re.fullmatch(r"os\.(system|popen|exec\w*|spawn\w*|posix_spawn\w*)", called)
        or called.endswith(("create_subprocess_exec", "create_subprocess_shell"))
    }
    assert started == set()


PATTERNS = {"compile", "match", "search", "fullmatch", "sub", "split", "findall", "finditer"}


def test_no_pattern_is_made_of_what_somebody_typed():
    """Patterns are constants. Those of definitions are checked when a definition is published."""
    made = {
        (file, ast.unparse(call.args[0]))
        for file, called, call in calls()
        if called in {f"re.{one}" for one in PATTERNS}
        and not isinstance(call.args[0], ast.Constant)
        and not (isinstance(call.args[0], ast.Name) and call.args[0].id.isupper())
    }
    assert {file for file, _pattern in made} <= {"definitions/checker/shape.py"}, made


def test_nothing_is_evaluated_as_code():
    evaluated = {
        (file, called)
        for file, called, _call in calls()
        if called in ("eval", "exec", "compile", "__import__")
    }
    assert evaluated == set()
    loaded = [
        ast.unparse(call)
        for _file, called, call in calls()
        if called.endswith("import_module") and not isinstance(call.args[0], ast.Constant)
    ]
    assert loaded == []


def test_no_template_is_made_of_a_text():
    made = {
        file for file, called, _call in calls() if called.endswith(("from_string", "Template"))
    }
    assert made == set()


def test_no_format_is_read_from_outside():
    """The exceptions keep their formats in tables of their own."""
    formats = {
        file
        for file, called, call in calls()
        if called.endswith((".format", ".format_map"))
        and called != "msgspec.json.format"
        and isinstance(call.func, ast.Attribute)
        and not isinstance(call.func.value, ast.Constant)
        and not ast.unparse(call.func.value).isupper()
    }
    assert formats <= {"cli/due.py", "definitions/diagram.py", "definitions/schema_words.py"}


def test_nothing_is_unpickled():
    assert importing("pickle", "marshal", "shelve", "dill", "jsonpickle") == set()
    loads = {
        file for file, called, _call in calls() if called in ("yaml.load", "yaml.unsafe_load")
    }
    assert loads == set()


def test_no_weak_hash_is_used():
    """But for what devices reckon one-time codes with (RFC 6238) and what lists of breached
    passwords are written in, where no collision helps."""
    weak = {
        file
        for file, called, _call in calls()
        if called == "hashlib.new" or re.search(r"(?i)\b(md5|sha1)$", called)
    }
    assert weak <= {"outside/one_time_codes.py", "outside/breached.py"}


def test_chance_comes_from_the_system():
    """What is drawn otherwise is nothing that anybody could gain by guessing."""
    harmless = {"services/writer.py"}  # how long to wait before trying again
    drawn = {one for one in importing("random") if not one.startswith("services/demonstration/")}
    assert drawn == harmless


def test_the_inventory_of_cryptography_names_every_module_that_uses_any():
    _before, _, after = PAGE.read_text(encoding="utf-8").partition("\n## Cryptography\n")
    section = after.partition("\n## ")[0]
    named = {f"{one}.py" for one in re.findall(r"`([a-z_/0-9]+)`", section)}
    using = importing("hashlib", "hmac", "secrets", "ssl", "pwdlib", "cryptography", "authlib")
    assert using <= named, using - named
    assert {one for one in named if "/" in one} <= set(files()), named - set(files())


def test_only_named_modules_open_connections():
    """Each of them stands in the section of docs/security.md that says whom the program asks."""
    _before, _, after = PAGE.read_text(encoding="utf-8").partition(
        "\n## Whom the program talks to"
    )
    section = after.partition("\n## ")[0]
    connecting = importing(
        "socket", "smtplib", "http.client", "urllib.request", "httpx", "requests", "psycopg",
        "boto3", "ftplib", "asyncio.open_connection",
    )  # fmt: skip
    named = {f"{one}.py" for one in re.findall(r"`([a-z_/0-9]+)`", section)}
    assert connecting <= named, connecting - named


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_no_script_writes_html(name: str):
    words = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment"
    assert not re.search(words, SCRIPTS[name])
    assert not re.search(r"\beval\(|new Function|setTimeout\([\"']|javascript:", SCRIPTS[name])


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_no_script_stores_anything(name: str):
    words = r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open"
    assert not re.search(words, SCRIPTS[name])


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_no_script_makes_objects_of_what_is_typed(name: str):
    assert not re.search(r"__proto__|Object\.assign|JSON\.parse|\.prototype\b", SCRIPTS[name])


def test_password_fields_hide_what_is_typed_and_take_what_is_pasted():
    said = "\n".join(
        file.read_text(encoding="utf-8") for file in shipped("templates").rglob("*.*")
    )
    sign_in = (shipped("templates") / "public" / "sign_in.html").read_text(encoding="utf-8")
    assert re.search(r"type\W+\"?password", sign_in)
    assert "current-password" in sign_in
    assert not re.search(r"onpaste|secret question|password hint", said, re.IGNORECASE)
    assert not any("paste" in script for script in SCRIPTS.values())


def test_nothing_is_left_open_for_debugging(housing: Housing):
    assert housing.app.debug is False
    for path in (
        "/docs",
        "/redoc",
        "/openapi.json",
        "/debug",
        "/metrics",
        "/.git/config",
        "/.env",
    ):
        assert housing.browser().get(path).status_code == 404, path


def test_trace_is_not_answered(housing: Housing):
    for path in ("/", "/sign-in", "/api/v1/permits", "/static/x.css"):
        assert housing.browser().request("TRACE", path).status_code in (404, 405), path


def test_no_address_takes_a_secret(housing: Housing):
    """What a path calls a session or a token is its id, which opens nothing."""
    secret = {"password", "token", "secret", "csrf", "lookup", "otp"}
    taken = {
        (route.path, one.name)
        for route in routes(housing.app)
        for one in route.dependant.query_params
        if one.name in secret
    }
    assert taken == set()
    document = housing.browser().get("/api/v1/openapi.json").json()
    assert not {
        (path, one["name"])
        for path, methods in document["paths"].items()
        for operation in methods.values()
        for one in operation.get("parameters", [])
        if one["in"] == "query" and one["name"] in secret
    }


def test_a_line_of_the_log_holds_the_route_and_not_the_address(
    housing: Housing, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO, logger="permits.web")
    housing.browser().get("/register/SECRET-NUMBER%0Arequest=forged")
    assert "/register/{number}" in caplog.text
    assert "SECRET" not in caplog.text
    assert "forged" not in caplog.text
