"""Documents as files, for programs."""

import hashlib

from tests.outside.sheets import attached_to
from tests.web.api.program import V1, Program, Programs, refused
from tests.web.housing import Housing


def test_a_program_is_told_of_the_files_and_fetches_them(
    housing: Housing, fire: Program, programs: Programs
) -> None:
    home = f"{V1}/cases/{housing.granted()}/documents"
    assert fire.read(f"{home}/1")["files"] == [], "not a moment after it was drawn up"
    refused(fire.get(f"{home}/1/pdf"), 404, "not_found")
    housing.office.documents.draw()
    told = fire.read(f"{home}/1")
    assert [one["language"] for one in told["files"]] == ["zh", "en"]
    for one in told["files"]:
        content = fire.get(one["href"]).content
        assert hashlib.sha256(content).hexdigest() == one["sha256"]
        assert len(content) == one["size"]
        assert attached_to(content)["verification_code"] == told["code"]
    assert programs["examiner"].read(f"{home}/1")["files"] == []
    refused(programs["examiner"].get(f"{home}/1/pdf"), 404, "not_found")
