"""What a program is told of a file that is not taken: a problem of its own for each reason."""

from permits.outside.clamd import Clamd
from permits.settings import Limits
from tests.hostile.samples import SAMPLE, SAYS
from tests.outside import clamds
from tests.papers import JPEG, PDF
from tests.web.api.program import Program, nothing_written, refused
from tests.web.housing import Housing


def address(housing: Housing) -> str:
    return f"/api/v1{housing.written('ordinary')}/files?for=land_title"


def test_each_reason_is_a_problem_of_its_own(housing: Housing, fire: Program) -> None:
    files = address(housing)
    with nothing_written(housing):
        for content, status, reason in SAMPLE.values():
            problem = refused(fire.hand_in(files, content), status, reason)
            if reason != "file_empty":
                assert SAYS[reason][1] in problem["detail"]


def test_a_file_that_cannot_be_checked_is_to_be_sent_again(
    housing: Housing, fire: Program
) -> None:
    files = address(housing)
    housing.office.files.clamd = Clamd("127.0.0.1:9", patience=0.2)
    with nothing_written(housing):
        answer = fire.hand_in(files, PDF)
        refused(answer, 503, "file_unchecked")
        assert int(answer.headers["retry-after"]) > 0
        with clamds.listening(clamds.scans) as scanner:
            housing.office.files.clamd = Clamd(scanner)
            refused(fire.hand_in(files, JPEG + clamds.EICAR), 422, "file_infected")


def test_limits_are_told_as_they_are_set(housing: Housing, fire: Program) -> None:
    files = address(housing)
    housing.office.uploading.limits = Limits(file_mb=1, place_files=0)
    with nothing_written(housing):
        refused(fire.hand_in(files, PDF), 409, "files_too_many")
        housing.office.uploading.limits = Limits(file_mb=1)
        large = PDF + bytes(1024 * 1024)
        problem = refused(fire.hand_in(files, large), 413, "file_too_large")
        assert "1 MB" in problem["detail"]


def test_what_each_problem_means_can_be_read(fire: Program) -> None:
    kinds = {one["reason"]: one for one in fire.read("/api/problems")["items"]}
    for reason, (_chinese, english) in SAYS.items():
        assert kinds[reason]["detail"]
        if "1 MB" not in english and "2 files" not in english and reason != "file_empty":
            assert english in kinds[reason]["detail"]
