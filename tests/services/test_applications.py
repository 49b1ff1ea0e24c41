"""Applications as programs send them: whole, once for each key, and nothing of a wrong one."""

import io
import threading

import pytest

from permits.casework.answers import Fault
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import notice_digest
from permits.services.applications import FILED, Application
from permits.services.cases import BadAnswers
from permits.services.demonstration.desk import answers
from permits.services.demonstration.paper import pdf
from permits.services.filing import Lost
from permits.services.records import new_id
from permits.services.uploading import Incoming
from permits.services.writer import Done
from permits.settings import Limits
from permits.store import tables
from permits.store.drafts import Draft, Upload
from permits.text.uploads import Unfit
from tests.kit import plan_exempt
from tests.services.conftest import GAS

SIGNED = {
    "true_declaration": notice_digest(plan_exempt().definition.commitments["true_declaration"])
}
WHOLE = Application(answers(GAS), "commitment", SIGNED)


@pytest.fixture
def applications(bureau):
    return bureau.office.applications


@pytest.fixture
def me(bureau):
    return bureau.actors["applicant"]


def begin(applications, said, actor, key):
    """An application for an exemption, by somebody for their own party."""
    return applications.begin(applications.filing.blank("plan_exempt", actor), said, actor, key)


@pytest.fixture
def draft(applications, me):
    return begin(applications, WHOLE, me, new_id())


def scan(material="land_title", content="x", name="scan.pdf"):
    return Incoming(material, name, io.BytesIO(pdf(content)))


def test_a_whole_application_is_a_draft_that_can_be_filed(bureau, applications, me, draft):
    assert (draft.track, draft.signed) == ("commitment", SIGNED)
    assert bureau.office.filing.mine(me) == [draft]
    done = bureau.office.filing.file(draft, me, new_id()).result()
    assert isinstance(done, Done)
    assert done.case_id == draft.case_id


def test_the_same_application_under_the_same_key_is_one_draft(bureau, applications, me):
    key = new_id()
    first = begin(applications, WHOLE, me, key)
    assert begin(applications, WHOLE, me, key) == first
    other = begin(applications, Application({}), me, key)
    assert other == Refused(Reason.KEY_REUSED)
    assert len(bureau.rows(tables.draft)) == 1
    stranger = bureau.actors["stranger"]
    assert isinstance(begin(applications, WHOLE, stranger, key), Draft)


def test_a_key_is_kept_with_an_id_and_nothing_of_what_was_sent(bureau, draft):
    (row,) = bureau.rows(tables.idempotency)
    assert bytes(row["answer"]).decode() == draft.id


def test_the_same_asked_at_once_by_many_is_made_once(bureau, applications, me):
    key, found = new_id(), []

    def ask():
        found.append(begin(applications, WHOLE, me, key))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({draft.id for draft in found}) == 1
    assert len(bureau.rows(tables.draft)) == 1


def test_a_draft_discarded_meanwhile_is_not_begun_again(bureau, applications, me):
    key = new_id()
    bureau.office.filing.discard(begin(applications, WHOLE, me, key))
    assert begin(applications, WHOLE, me, key) == Refused(Reason.NO_SUCH_CASE)


def test_without_a_track_answers_are_kept_whether_they_fit_or_not(applications, me):
    said = Application({"length_m": "about 150"})
    assert begin(applications, said, me, new_id()).answers == said.answers


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (Application({"colour": "red"}), ("colour", Fault.UNKNOWN_FIELD)),
        (
            Application({**WHOLE.answers, "length_m": "long"}, "commitment"),
            ("length_m", Fault.NOT_A_NUMBER),
        ),
        (
            Application({**WHOLE.answers, "works_name": ""}, "ordinary"),
            ("works_name", Fault.MISSING),
        ),
    ],
)
def test_wrong_answers_are_told_and_nothing_is_kept(bureau, applications, me, said, problem):
    outcome = begin(applications, said, me, new_id())
    assert isinstance(outcome, BadAnswers)
    assert [(p.field, p.fault) for p in outcome.problems] == [problem]
    assert bureau.rows(tables.draft) == bureau.rows(tables.idempotency) == []


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        (Application(WHOLE.answers, "fast"), Refused(Reason.NO_SUCH_TRACK, ("fast",))),
        (
            Application({**WHOLE.answers, "length_m": "250"}, "commitment"),
            Refused(Reason.NOT_ADMITTED, ("short_line", "short_line_admitted")),
        ),
        (
            Application(WHOLE.answers, "commitment", {"true_declaration": "0" * 64}),
            Refused(Reason.NOTICE_CHANGED, ("true_declaration",)),
        ),
        (
            Application(WHOLE.answers, "ordinary", {"a_promise": "0" * 64}),
            Refused(Reason.NOTICE_CHANGED, ("a_promise",)),
        ),
        (
            Application({}, "", SIGNED),
            Refused(Reason.NOTICE_CHANGED, ("true_declaration",)),
        ),
    ],
)
def test_what_cannot_be_chosen_or_signed_is_refused(bureau, applications, me, said, refused):
    assert begin(applications, said, me, new_id()) == refused
    assert bureau.rows(tables.draft) == []


def test_officers_apply_for_nothing(bureau, applications):
    window = bureau.actors["window"]
    refused = begin(applications, WHOLE, window, new_id())
    assert refused == Refused(Reason.NOT_YOURS)


def test_an_application_is_written_anew_whole(applications, draft):
    said = Application({**WHOLE.answers, "length_m": "160"}, "commitment", SIGNED)
    written = applications.write(draft, said, draft.version)
    assert written.answers["length_m"] == "160"
    fewer = {name: text for name, text in said.answers.items() if name != "works_place"}
    emptied = applications.write(written, Application(fewer), None)
    assert (emptied.answers, emptied.track, emptied.signed) == (fewer, "", {})


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(applications, draft):
    first = applications.write(draft, Application({}), draft.version)
    said = Application({"works_name": "x"})
    assert applications.write(first, said, draft.version) is Lost.OVERTAKEN
    assert applications.write(draft, said, None) is Lost.OVERTAKEN
    assert applications.write(first, Application({}), draft.version) == first


def test_what_was_filed_is_not_written_again_but_its_key_is_known(bureau, applications, me, draft):
    filing, key = bureau.office.filing, new_id()
    done = filing.file(draft, me, key).result()
    filed = filing.find(draft.id, me)
    assert applications.write(filed, WHOLE, None) == FILED
    assert filing.file(filed, me, key).result() == done
    assert filing.file(filed, me, new_id()).result() == FILED


def test_a_file_is_kept_once_for_each_key(bureau, applications, me, draft):
    key = new_id()
    first = applications.attach(draft.id, scan(), me, key, replaces=True)
    assert isinstance(first, Upload)
    assert applications.attach(draft.id, scan(), me, key, replaces=True) == first
    for other in (scan(content="y"), scan("design_scheme"), scan(name="other.pdf")):
        refused = applications.attach(draft.id, other, me, key, replaces=True)
        assert refused == Refused(Reason.KEY_REUSED)
    assert bureau.office.uploading.uploads(draft.id) == [first]


def test_a_file_takes_the_place_of_an_earlier_one_only_if_it_shall(
    bureau, applications, me, draft
):
    for content in ("x", "y"):
        applications.attach(draft.id, scan(content=content), me, new_id(), replaces=False)
    design = applications.attach(draft.id, scan("design_scheme"), me, new_id(), replaces=True)
    assert len(bureau.office.uploading.uploads(draft.id)) == 3
    last = applications.attach(draft.id, scan(content="z"), me, new_id(), replaces=True)
    assert bureau.office.uploading.uploads(draft.id) == [design, last]


def test_a_file_removed_meanwhile_is_not_kept_again(bureau, applications, me, draft):
    key = new_id()
    kept = applications.attach(draft.id, scan(), me, key, replaces=True)
    bureau.office.uploading.remove_upload(draft.id, kept.id)
    again = applications.attach(draft.id, scan(), me, key, replaces=True)
    assert again == Refused(Reason.NO_SUCH_MATERIAL, ("land_title",))


def test_a_file_sent_again_is_answered_as_before_when_the_draft_is_full(
    bureau, applications, me, draft
):
    filing, key = bureau.office.filing, new_id()
    for number in range(Limits().place_files - 1):
        filing.uploading.upload(
            draft.id, "land_title", f"{number}.pdf", scan(content=str(number)).source, me
        )
    first = applications.attach(draft.id, scan(), me, key, replaces=False)
    assert isinstance(first, Upload)
    assert applications.attach(draft.id, scan(), me, key, replaces=False) == first
    assert len(filing.uploading.uploads(draft.id)) == Limits().place_files
    one_more = scan(content="one more")
    assert applications.attach(draft.id, one_more, me, new_id(), replaces=False) is Unfit.TOO_MANY
    another = scan(content="another")
    reused = applications.attach(draft.id, another, me, key, replaces=False)
    assert reused == Refused(Reason.KEY_REUSED)
    assert len(filing.uploading.uploads(draft.id)) == Limits().place_files


def test_what_is_no_document_is_not_kept(applications, me, draft):
    page = Incoming("land_title", "page.html", io.BytesIO(b"<html>"))
    assert applications.attach(draft.id, page, me, new_id(), replaces=True) is Unfit.KIND
