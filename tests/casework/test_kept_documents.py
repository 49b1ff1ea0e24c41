"""Which files were kept of a document is told beside the case, and read as it was written."""

from permits.casework.envelope import canonical
from permits.casework.families.kept_documents import DocumentKept, PaperFile, stream_of
from permits.casework.streams import EVENTS

KEPT = DocumentKept(
    of="case/1",
    number="演示规收字〔2022〕1号",
    files={"zh": PaperFile("ab" * 32, 40_000), "en": PaperFile("cd" * 32, 30_000)},
    says=("ef" * 32,),
)


def test_it_is_told_beside_the_case_so_that_its_version_stays():
    assert stream_of("case/1") == "documents/case/1"


def test_it_is_known_to_the_log_and_written_in_one_way():
    assert EVENTS["DocumentKept"] is DocumentKept
    assert b'"en":{"sha256":"cdcd' in canonical(KEPT)
