"""Our own cases as they go out: nothing about a person, and all that their figures need."""

import ast
import inspect
import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import quoteattr

import jsonschema
import pytest
from lxml import etree
from msgspec.structs import replace

from permits.casework import fold
from permits.casework.working_days import WorkingDays
from permits.exchange.figures import figures
from permits.exchange.log import BadLog, How, Oddities
from permits.exchange.own_log import OPEN, NoFiling, OwnCase, log_events, own_case
from permits.exchange.reading import read_log
from permits.exchange.writing import as_csv, as_ocel_json, as_xes
from permits.exchange.writing_sqlite import write_ocel_sqlite
from tests.kit import PARTY, SEAL, Play, years

GOLDEN = Path(__file__).parent / "golden"
CALENDAR = WorkingDays(years())
FORMS = {"csv": as_csv, "xes": as_xes, "json": as_ocel_json}


def played(number: int, play: Play) -> OwnCase:
    """A case that was played, with a number, ids and accounts that are its own."""
    (first, filed), *others = play.log
    entries = [(first, replace(filed, number=f"EX-2022-{number:04}")), *others]
    return own_case(
        f"case/{number}",
        [
            (replace(at, id=f"{number}-{at.id}", actor=f"account-{at.actor}"), event)
            for at, event in entries
        ],
    )


def revoked() -> Play:
    return Play().served("2022-06-09").revoked("2022-07-01", "false_commitment")


CASES = [played(1, revoked()), played(2, Play().proposed("2022-06-10"))]


def write(folder: Path, form: str, cases: Iterable[OwnCase] = CASES) -> Path:
    path = folder / f"log.{form}"
    if form == "sqlite":
        write_ocel_sqlite(path, cases)
    else:
        path.write_text("".join(FORMS[form](cases)), encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("form", ["csv", "xes", "json", "sqlite"])
def test_whatever_it_is_written_as_its_figures_are_those_of_the_log(form, tmp_path):
    ours = figures(log_events(iter(CASES)), CALENDAR)
    odd = Oddities()
    theirs = figures(read_log(write(tmp_path, form), How(), odd), CALENDAR)
    assert theirs == ours
    assert odd.total == 0
    assert ours.cases == 2


@pytest.mark.parametrize("form", ["csv", "xes", "json", "sqlite"])
def test_the_same_log_gives_the_same_bytes(form, tmp_path):
    (tmp_path / "again").mkdir()
    first = write(tmp_path, form).read_bytes()
    assert write(tmp_path / "again", form).read_bytes() == first


@pytest.mark.parametrize("form", ["csv", "xes", "json"])
def test_the_bytes_are_those_that_are_kept(form, tmp_path):
    """PERMITS_WRITE_GOLDEN=yes writes them anew; read the difference before it is committed."""
    kept, made = GOLDEN / f"log.{form}", write(tmp_path, form).read_bytes()
    if os.environ.get("PERMITS_WRITE_GOLDEN") == "yes":
        kept.write_bytes(made)
    assert made == kept.read_bytes()


def test_the_tables_of_the_database_are_those_that_are_kept(tmp_path):
    with closing(sqlite3.connect(write(tmp_path, "sqlite"))) as database:
        made = "\n".join(database.iterdump()) + "\n"
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    kept = GOLDEN / "log.sql"
    if os.environ.get("PERMITS_WRITE_GOLDEN") == "yes":
        kept.write_text(made, encoding="utf-8")
    assert made == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["csv", "xes", "json"])
def test_no_seal_no_account_and_no_party_goes_out(form, tmp_path):
    text = write(tmp_path, form).read_text(encoding="utf-8")
    for secret in (SEAL, PARTY, "account-"):
        assert secret not in text


def sealed_fields() -> set[tuple[str, str]]:
    """Every field of an event that is declared as a seal, read from the source, for at run time a
    seal is a text like any other."""
    found = set()
    for family in {inspect.getmodule(kind) for kind in fold.EVENTS.values()}:
        assert family is not None
        for node in ast.walk(ast.parse(inspect.getsource(family))):
            if isinstance(node, ast.ClassDef) and node.name in fold.EVENTS:
                for field in node.body:
                    if isinstance(field, ast.AnnAssign) and "Seal" in ast.unparse(
                        field.annotation
                    ):
                        found.add((node.name, ast.unparse(field.target)))
    return found


def test_no_field_that_is_a_seal_in_any_event_goes_out():
    sealed = sealed_fields()
    assert ("Examined", "opinion") in sealed
    assert not {name for _event, name in sealed} & OPEN.keys()


def test_a_field_that_goes_out_is_plain_in_every_event():
    for kind in fold.EVENTS.values():
        for name in set(kind.__struct_fields__) & OPEN.keys():
            assert name not in {"answers", "seals", "party", "officer", "signer", "inspectors"}


def test_a_stream_that_is_no_case_is_told():
    with pytest.raises(NoFiling, match="case/7"):
        own_case("case/7", [])
    with pytest.raises(NoFiling):
        own_case("case/7", Play().served("2022-06-09").log[1:])


def test_the_xes_file_has_what_the_standard_asks_of_it(tmp_path):
    root = etree.parse(write(tmp_path, "xes")).getroot()
    space = "{http://www.xes-standard.org/}"
    order = [etree.QName(child).localname for child in root]
    assert order == ["extension"] * 3 + ["global"] * 2 + ["classifier"] + ["trace"] * 2
    declared = {"concept", "time", "org"}
    for event in root.iter(f"{space}event"):
        keys = [child.get("key") for child in event]
        assert len(keys) == len(set(keys))
        assert {"concept:name", "time:timestamp"} <= set(keys)
        assert {key.split(":")[0] for key in keys if ":" in key} <= declared


IN_THEIR_NAMESPACE = """\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
  xmlns="http://www.xes-standard.org/" targetNamespace="http://www.xes-standard.org/">
  <xs:include schemaLocation={where}/>
</xs:schema>"""
"""The schema as published names no namespace, and files of the standard are in one."""


@pytest.mark.skipif(
    not os.environ.get("PERMITS_TEST_XES_SCHEMA"),
    reason="PERMITS_TEST_XES_SCHEMA names no schema; nobody says that it may be passed on",
)
def test_the_xes_file_is_valid_by_the_published_schema(tmp_path):
    published = Path(os.environ["PERMITS_TEST_XES_SCHEMA"]).resolve().as_uri()
    schema = etree.XMLSchema(etree.XML(IN_THEIR_NAMESPACE.format(where=quoteattr(published))))
    schema.assertValid(etree.parse(write(tmp_path, "xes")))


def test_the_ocel_document_is_valid_by_the_published_schema(tmp_path):
    schema = json.loads((Path(__file__).parent / "ocel20.schema.json").read_text(encoding="utf-8"))
    form = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    document = json.loads(write(tmp_path, "json").read_text(encoding="utf-8"))
    form.validate(document)
    first = document["events"][0]
    for spoilt, says in (
        ({"time": "9 June"}, "is not a 'date-time'"),
        ({"id": 1}, "of type 'str"),
    ):
        with pytest.raises(jsonschema.ValidationError, match=says):
            form.validate({**document, "events": [{**first, **spoilt}]})


def test_the_ocel_document_speaks_only_of_what_it_declares(tmp_path):
    document = json.loads(write(tmp_path, "json").read_text(encoding="utf-8"))
    ids = [one["id"] for one in document["objects"]]
    assert len(ids) == len(set(ids))
    for what in ("event", "object"):
        declared = {
            each["name"]: {one["name"] for one in each["attributes"]}
            for each in document[f"{what}Types"]
        }
        for one in document[f"{what}s"]:
            assert {each["name"] for each in one["attributes"]} <= declared[one["type"]]
            assert {each["objectId"] for each in one["relationships"]} <= set(ids)
            assert all(isinstance(each["value"], str) for each in one["attributes"])


@pytest.mark.parametrize("form", ["csv", "xes"])
def test_an_office_without_cases_gives_a_log_without_events(form, tmp_path):
    assert list(read_log(write(tmp_path, form, []), How(), Oddities())) == []


@pytest.mark.parametrize("form", ["json", "sqlite"])
def test_an_office_without_cases_gives_a_log_without_objects(form, tmp_path):
    with pytest.raises(BadLog, match="no_type"):
        list(read_log(write(tmp_path, form, []), How(), Oddities()))
