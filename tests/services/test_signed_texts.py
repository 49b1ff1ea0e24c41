"""What was signed is kept byte for byte under the digest that the event of its signature names."""

import hashlib
import json

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from permits.casework.signed_texts import NoSignedText, read, texts_of
from permits.definitions import loader
from permits.definitions.findings import Marks
from permits.evidence.findings import Amiss
from permits.services.evidence.auditing import audit
from permits.services.rebuild import TO_BE_MADE, check, opened_with_all, rebuild
from permits.services.signed_texts import TextAmiss, texts_kept
from permits.store import notes
from permits.store.signed_text_tables import signed_text
from permits.store.signed_texts import SignedTexts
from tests.casework.joint import resolved as joint_review
from tests.definitions.shipped import resolved
from tests.kit import content
from tests.services.conftest import GAS

DEFINITION = resolved().definition
COMMITMENT = DEFINITION.commitments["true_declaration"]
(SIGNED,) = (d for d, t in texts_of(DEFINITION).items() if read(t).kind == "A")
(UNDERTAKEN,) = texts_of(DEFINITION).keys() - {SIGNED}
OTHER = b'{"kind":"A","notice":[],"statement":[]}'


def digest(said):
    return hashlib.sha256(said).hexdigest()


def kept(bureau):
    return {row["digest"]: bytes(row["content"]) for row in bureau.rows(signed_text)}


def unguarded(database, *statements):
    """What somebody does who owns the database: no trigger stops them."""
    with database.write() as connection:
        if database.is_sqlite:
            for act in ("update", "delete", "replace"):
                connection.execute(text(f"DROP TRIGGER signed_text_no_{act}"))
        else:
            connection.execute(text("ALTER TABLE signed_text DISABLE TRIGGER USER"))
        for statement in statements:
            connection.execute(statement)


def found(bureau):
    """What is amiss with texts, to whoever compares tables and to whoever audits the log."""
    database = bureau.office.database
    audited = {
        (one.what.removeprefix("text_"), one.says[0])
        for one in audit(database).findings
        if one.what in (Amiss.TEXT_MISSING, Amiss.TEXT_ALTERED, Amiss.TEXT_UNNAMED)
    }
    compared = {(one.wrong, one.digest) for one in check(database) if isinstance(one, TextAmiss)}
    assert audited == compared
    return compared


def test_a_text_is_kept_once_with_the_first_signature_under_it(bureau):
    assert kept(bureau) == {}
    bureau.people.file(GAS, "commitment")
    bureau.people.file(GAS, "commitment")
    (one,) = kept(bureau).values()
    assert digest(one) == SIGNED
    assert json.loads(one) == {
        "kind": "A",
        "notice": [{"en": t.en, "zh": t.zh} for t in COMMITMENT.notice],
        "statement": [{"en": t.en, "zh": t.zh} for t in COMMITMENT.statement],
    }
    assert found(bureau) == set()


def test_so_is_an_undertaking_and_nothing_where_nothing_is_signed(bureau):
    bureau.people.file(GAS, "ordinary")
    assert kept(bureau) == {}
    bureau.people.file(GAS, "tolerant", leave_out=("project_approval",))
    assert kept(bureau).keys() == {UNDERTAKEN}


@pytest.mark.parametrize(
    "change",
    [
        delete(signed_text),
        update(signed_text).values(content=OTHER),
        insert(signed_text).values(digest=SIGNED, content=OTHER),
    ],
    ids=["removed", "changed", "replaced"],
)
def test_nobody_changes_it_who_does_not_own_the_database(bureau, change):
    bureau.people.file(GAS, "commitment")
    with pytest.raises(DBAPIError), bureau.office.database.write() as connection:
        connection.execute(change)


def test_one_that_was_altered_is_found_and_shown_to_nobody(bureau):
    bureau.people.file(GAS, "commitment")
    unguarded(bureau.office.database, update(signed_text).values(content=OTHER))
    assert found(bureau) == {("altered", SIGNED)}
    assert texts_kept(bureau.office.database, [SIGNED]) == {}
    rebuild(bureau.office.database)
    assert found(bureau) == {("altered", SIGNED)}


def test_one_that_no_event_names_is_found(bureau):
    unguarded(
        bureau.office.database, insert(signed_text).values(digest=digest(OTHER), content=OTHER)
    )
    assert found(bureau) == {("unnamed", digest(OTHER))}


def test_one_that_is_missing_is_found_and_kept_anew_of_what_was_published(bureau):
    case = bureau.people.file(GAS, "commitment")
    before = kept(bureau)
    unguarded(bureau.office.database, delete(signed_text))
    assert found(bureau) == {("missing", SIGNED)}
    (told,) = check(bureau.office.database)
    assert str(told) == f"signed_text {SIGNED}: was signed in {case} and is not there"
    assert rebuild(bureau.office.database) == ()
    assert (kept(bureau), found(bureau)) == (before, set())


def test_texts_of_before_are_kept_by_whoever_opens_the_office(bureau):
    bureau.office.shelf.publish(joint_review(), actor="setup", now=bureau.office.now())
    bureau.people.file(GAS, "commitment")
    unguarded(bureau.office.database, delete(signed_text))
    with bureau.office.database.write() as connection:
        notes.put(connection, TO_BE_MADE, "case_term signed_text")
    opened = opened_with_all(bureau.office.settings.database)
    opened.close()
    assert (kept(bureau).keys(), found(bureau)) == ({SIGNED}, set())


def test_what_was_signed_stays_as_it_was_however_the_definition_reads_later(bureau):
    """A later version has another notice: who signs then signs that, and both are kept."""
    bureau.people.file(GAS, "commitment")
    before = kept(bureau)
    data = content()
    data["commitments"]["true_declaration"]["notice"][0] = {"zh": "另一告知。", "en": "Another."}
    data["permit"]["effective_from"] = "2022-06-10"
    later, _findings = loader.build(data, Marks())
    bureau.office.shelf.publish(later, actor="setup", now=bureau.office.now())
    bureau.at("2022-06-10")
    bureau.people.file(GAS, "commitment")
    (new,) = kept(bureau).keys() - before.keys()
    assert read(kept(bureau)[new]).notice[0].zh == "另一告知。"
    assert before.items() <= kept(bureau).items()
    assert found(bureau) == set()


def test_only_a_notice_with_a_statement_is_a_text():
    for said in (b"", b"{}", b"\xff", b'{"kind":"A","notice":"x","statement":[]}'):
        with pytest.raises(NoSignedText):
            read(said)


def test_keeping_a_text_twice_in_one_transaction_changes_nothing(bureau):
    texts = SignedTexts(bureau.office.database.dialect)
    with bureau.office.database.write() as connection:
        texts.keep(connection, {digest(OTHER): OTHER})
        texts.keep(connection, {digest(OTHER): OTHER})
        rows = connection.execute(select(signed_text)).all()
    assert [bytes(row.content) for row in rows] == [OTHER]
