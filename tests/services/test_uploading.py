"""How much may be uploaded, counted in the transaction that notes it; and what is kept of it."""

import io
import threading
from datetime import timedelta

import pytest

from permits.casework.access import Actor
from permits.services.applications import Application
from permits.services.demonstration.paper import pdf
from permits.services.file_check import Found, check
from permits.services.records import new_id
from permits.services.tidying import tidy
from permits.services.uploading import Incoming
from permits.settings import MEGABYTE, Limits
from permits.store import drafts, tables
from permits.store.drafts import Upload
from permits.text.uploads import Unfit
from tests.hostile import pdfs
from tests.papers import JPEG, PDF, PNG
from tests.services.conftest import at_once


@pytest.fixture
def uploading(bureau):
    return bureau.office.uploading


@pytest.fixture
def me(bureau) -> Actor:
    return bureau.actors["applicant"]


def sized(kilobytes: int, name: str = "") -> bytes:
    """A PDF of so many kilobytes, or a few bytes more."""
    padding = pdfs.streamed(bytes(kilobytes * 1024), b"/Name (%s)" % name.encode())
    return pdfs.assembled(extra=(padding,))


def upload(uploading, actor, content, place="draft", name="a.pdf"):
    return uploading.upload(place, "land_title", name, io.BytesIO(content), actor)


def files(bureau) -> list[str]:
    return [one.name for one in bureau.office.files.folder.rglob("*") if one.is_file()]


def test_a_place_takes_so_many_bytes(bureau, uploading, me):
    uploading.limits = Limits(place_mb=1)
    assert isinstance(upload(uploading, me, sized(600)), Upload)
    assert upload(uploading, me, sized(600, "b")) is Unfit.PLACE_FULL
    assert isinstance(upload(uploading, me, sized(600, "b"), place="another"), Upload)
    [first] = uploading.uploads("draft")
    uploading.remove_upload("draft", first.id)
    assert isinstance(upload(uploading, me, sized(600, "c")), Upload)
    assert len(files(bureau)) == 3


def test_a_party_uploads_so_many_bytes_a_day_whatever_it_removes(bureau, uploading, me):
    uploading.limits = Limits(party_day_mb=1)
    for place in ("one", "two"):
        colleague = Actor(id=f"of {place}", roles=me.roles, party=me.party)
        kept = upload(uploading, colleague, sized(450, place), place=place)
        uploading.remove_upload(place, kept.id)
    assert upload(uploading, me, sized(450, "three")) is Unfit.DAY_FULL
    other = Actor(id="other", roles=me.roles, party="another party")
    assert isinstance(upload(uploading, other, sized(450, "three")), Upload)
    bureau.hands.set(bureau.hands() + timedelta(days=1))
    assert isinstance(upload(uploading, me, sized(450, "four")), Upload)


def test_officers_scan_as_much_as_is_brought_to_them(bureau, uploading):
    uploading.limits = Limits(party_day_mb=1)
    window = bureau.actors["window"]
    for place in ("one", "two", "three"):
        assert isinstance(upload(uploading, window, sized(450, place), place=place), Upload)


@pytest.mark.parametrize(
    ("limits", "unfit"),
    [
        (Limits(place_files=3), Unfit.TOO_MANY),
        (Limits(place_mb=1), Unfit.PLACE_FULL),
        (Limits(party_day_mb=1), Unfit.DAY_FULL),
    ],
)
def test_several_at_once_do_not_get_past_a_limit(bureau, uploading, me, limits, unfit):
    """However many look at once and find room: it is counted when it is noted."""
    uploading.limits = limits
    came: list[Upload | Unfit] = []
    together = threading.Barrier(6)

    def one(number: int):
        def send() -> None:
            together.wait()
            came.append(upload(uploading, me, sized(300, str(number))))

        return send

    assert at_once(*[one(number) for number in range(6)]) == []
    kept = [each for each in came if isinstance(each, Upload)]
    assert len(kept) == 3
    assert [each for each in came if not isinstance(each, Upload)] == [unfit] * 3
    assert len(bureau.rows(tables.upload)) == len(bureau.rows(tables.file)) == 3
    assert sorted(files(bureau)) == sorted(each.sha256 for each in kept)


def test_a_file_over_a_limit_leaves_nothing_whoever_sends_it(bureau, me):
    """Nor is the key spent: with room made, the same may be sent again."""
    office = bureau.office
    office.uploading.limits = Limits(place_mb=1)
    blank = office.filing.blank("plan_exempt", me)
    draft = office.applications.begin(blank, Application({}), me, new_id())
    key = new_id()

    def attach(content: bytes, under: str):
        incoming = Incoming("land_title", "a.pdf", io.BytesIO(content))
        return office.applications.attach(draft.id, incoming, me, under, replaces=False)

    first = attach(sized(700), new_id())
    assert attach(sized(700, "b"), key) is Unfit.PLACE_FULL
    assert files(bureau) == [first.sha256]
    office.uploading.remove_upload(draft.id, first.id)
    assert isinstance(attach(sized(700, "b"), key), Upload)


def test_a_file_is_measured_while_it_comes(uploading, me):
    uploading.limits = Limits(file_mb=1)
    endless = Endless()
    assert uploading.upload("draft", "land_title", "a.pdf", endless, me) is Unfit.TOO_LARGE
    assert endless.read_so_far <= 3 * MEGABYTE


class Endless(io.RawIOBase):
    """A file that goes on as long as one reads it."""

    read_so_far = 0

    def read(self, size: int = -1) -> bytes:
        self.read_so_far += size
        return b"%PDF-".ljust(size, b"0")


def test_what_was_counted_is_forgotten_after_its_day(bureau, uploading, me):
    upload(uploading, me, PDF)
    assert len(bureau.rows(tables.upload_tally)) == 2
    for days, left in ((1, 2), (1, 0)):
        bureau.hands.set(bureau.hands() + timedelta(days=days))
        tidy(bureau.office)
        assert len(bureau.rows(tables.upload_tally)) == left


def test_of_a_picture_both_fingerprints_are_kept(bureau, uploading, me):
    taken = upload(uploading, me, JPEG[:2] + b"\xff\xfe\0\x07hello" + JPEG[2:], name="a.jpg")
    assert taken.came not in ("", taken.sha256)
    assert taken.handed_in.sha256 == taken.sha256
    assert uploading.uploads("draft") == [taken]
    assert upload(uploading, me, PDF).came == ""


def test_a_picture_sent_again_under_its_key_is_the_same(bureau, me):
    office = bureau.office
    draft = office.applications.begin(
        office.filing.blank("plan_exempt", me), Application({}), me, new_id()
    )
    key = new_id()

    def attach():
        incoming = Incoming("land_title", "a.png", io.BytesIO(PNG + b"behind it"))
        return office.applications.attach(draft.id, incoming, me, key, replaces=True)

    assert attach() == attach()


def test_every_file_is_compared_with_its_hash(bureau, uploading, me):
    whole, gone, altered = (upload(uploading, me, pdf(name)) for name in ("a", "b", "c"))
    folder = bureau.office.files.folder
    (folder / gone.sha256[:2] / gone.sha256).unlink()
    (folder / altered.sha256[:2] / altered.sha256).write_bytes(pdf("d"))
    found = {one.sha256: one for one in check(bureau.office.database, bureau.office.files)}
    assert found[whole.sha256].found is Found.WHOLE
    assert found[gone.sha256].found is Found.MISSING
    assert found[altered.sha256].found is Found.ALTERED
    assert found[gone.sha256].places == ("draft",)
    assert found[whole.sha256].places == ()


def test_a_file_that_was_removed_from_its_place_is_still_looked_after(bureau, uploading, me):
    kept = upload(uploading, me, PDF)
    with bureau.office.database.write() as connection:
        drafts.remove_upload(connection, "draft", kept.id)
    [one] = check(bureau.office.database, bureau.office.files)
    assert (one.sha256, one.found) == (kept.sha256, Found.WHOLE)
