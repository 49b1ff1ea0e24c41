"""Who acts for a party by program, and what a change of a grant takes in."""

from tests.web import building as b
from tests.web.api.program import V1, Programs, refused
from tests.web.housing import PDF, Housing
from tests.web.test_authorised import authorise


def test_a_program_files_nothing_for_who_is_not_authorised(
    housing: Housing, programs: Programs
) -> None:
    authorise(housing, account=housing.people.actors["fire2"].id)
    program = programs["fire"]
    draft = housing.written("commitment").split("/")[2]
    answer = program.order(f"{V1}/cases", {"draft": draft})
    problem = refused(answer, 403, "not_authorised")
    assert "No authorisation is recorded" in problem["detail"]


def test_a_program_changes_personal_facts_and_hands_in_evidence(
    housing: Housing, programs: Programs
) -> None:
    b.publish(housing, "staged_construction")
    program, home = programs["fire"], f"{V1}/cases/{b.permitted(housing, 'whole')}"
    evidence = program.hand_in(f"{home}/files?for=amendment.evidence", PDF).json()["id"]
    given = {
        "answers": {"contact_phone": "0371-11111111"},
        "reason": "号码变更",
        "uploads": [evidence],
    }
    program.must(f"{home}/ask_amendment", given)
    [asked] = program.read(home)["amendments"]
    assert [(c["field"]["name"], c["now"]) for c in asked["changes"]] == [
        ("contact_phone", "0371-11111111")
    ]
    assert any(f["about"]["name"] == "amendment.evidence" for f in program.read(home)["files"])
    unknown = program.order(f"{home}/ask_amendment", {**given, "uploads": ["nowhere"]})
    assert unknown.status_code in (404, 409, 422)


def test_a_program_hands_in_what_shows_why_more_time_is_needed(
    housing: Housing, programs: Programs
) -> None:
    b.publish(housing, "staged_construction")
    program, home = programs["fire"], f"{V1}/cases/{b.permitted(housing, 'whole')}"
    kept = program.hand_in(f"{home}/files?for=extension.evidence", PDF).json()
    for_renewal = program.hand_in(f"{home}/files?for=renewal.evidence", PDF)
    refused(for_renewal, 404, "no_such_material")
    given = {"obligation": "report_start", "reason": "管线迁改未完成", "uploads": [kept["id"]]}
    program.must(f"{home}/ask_extension", given)
    [asked] = programs["leader"].read(home)["requests"]
    assert asked["evidence"] == [kept["sha256"]]
    files = programs["leader"].read(home)["files"]
    assert [f["sha256"] for f in files if f["about"]["name"] == "extension.evidence"] == [
        kept["sha256"]
    ]
