"""A case from the application to its end, by programs alone."""

from typing import Any

from permits.services.demonstration.paper import pdf
from tests.web.api.program import V1, Program, Programs, application


def test_a_gas_main_is_exempted_built_checked_and_closed(programs: Programs) -> None:
    receipt = filed(programs)
    decided(programs, receipt)
    published(programs.anyone, receipt)
    programs.later(2022, 7, 21)
    reported(programs, receipt["href"])
    verified(programs, receipt["href"])
    concluded(programs, receipt["href"])
    looked_up(programs.anyone, receipt)


def filed(programs: Programs) -> dict[str, Any]:
    """Filed on commitment, in two requests."""
    fire = programs["fire"]
    draft = fire.must(f"{V1}/drafts", application(programs.anyone))
    assert draft["ready"]
    assert draft["misfits"] == draft["lacking"] == draft["unsigned"] == []
    receipt = fire.must(f"{V1}/cases", {"draft": draft["id"]})
    assert receipt["events"][:2] == ["Filed", "CommitmentSigned"]
    assert fire.read(draft["href"])["case"] == receipt["href"]
    assert fire.read(f"{V1}/drafts")["items"] == []
    return receipt


def decided(programs: Programs, receipt: dict[str, Any]) -> None:
    """Accepted, granted on the spot, delivered and published."""
    window, home = programs["window"], receipt["href"]
    seen = window.read(home)
    offers = {offer["action"]: offer for offer in seen["offers"]}
    assert offers["accept"]["shut"] is None
    assert offers["accept"]["takes"] == "Nothing"
    assert offers["withdraw"]["shut"]["reason"] == "not_yours"
    assert offers["withdraw"]["shut"]["detail"] == "This is for somebody else to do: applicant."
    for action, body in (
        ("accept", {}),
        ("grant_on_the_spot", {}),
        ("deliver", {"on": "2022-06-09", "means": "online"}),
        ("publish", {}),
    ):
        outcome = window.must(f"{home}/actions/{action}", body)
    assert outcome["state"] == {"name": "in_force", "title": "In force"}


def published(anyone: Program, receipt: dict[str, Any]) -> None:
    """Everybody can read it in the register."""
    (entry,) = anyone.read(f"{V1}/register")["items"]
    assert (entry["number"], entry["result"]) == (receipt["number"], "granted")
    entry = anyone.read(entry["href"])
    assert entry["decision"]["kind"] == "with_filing"
    assert entry["milestones"][-1]["name"] == "published"


def reported(programs: Programs, home: str) -> None:
    """The applicant shows that it was built."""
    fire = programs["fire"]
    photo = fire.hand_in(f"{home}/files?for=report_completion", pdf("done"), name="竣工.pdf")
    assert photo.json()["filename"] == "竣工.pdf"
    assert not photo.json()["handed_in"]
    report = {"obligation": "report_completion", "on": "2022-07-21"}
    fire.must(f"{home}/report", {**report, "uploads": [photo.json()["id"]]})
    (kept,) = fire.read(home)["files"]
    assert kept["handed_in"]
    assert fire.get(kept["href"]).content == pdf("done")


def verified(programs: Programs, home: str) -> None:
    """Two inspectors find it as it was promised."""
    inspector = programs["inspector"]
    (check,) = [one for one in inspector.read(home)["beside"] if one["command"] == "verify"]
    inspectors = [one["id"] for one in inspector.read(f"{home}/inspectors")["items"]]
    assert len(inspectors) == 2
    found = {"passed": True, "on": "2022-07-21", "finding": "建设内容与承诺一致。"}
    about = {"obligation": check["what"]["name"], "inspectors": inspectors}
    inspector.must(check["href"], {**about, **found})
    second = programs["inspector2"]
    (sign,) = [one for one in second.read(home)["beside"] if one["command"] == "sign_check"]
    (duty,) = [one for one in second.read(home)["obligations"] if one["record"]]
    signing = {"obligation": duty["name"], "record": duty["record"]["record"], "agrees": True}
    second.must(sign["href"], signing)


def concluded(programs: Programs, home: str) -> None:
    """The file is closed, and says what was saved."""
    assert programs["window"].must(f"{home}/actions/conclude")["state"]["name"] == "concluded"
    case = programs["fire"].read(home)
    assert (case["turn"], case["phase"]) == ("nobody", "concluded")
    assert len(case["savings"]["saved"]) == 5
    assert case["savings"]["days"]["saved"] == 2
    first = case["documents"][0]
    assert programs["fire"].read(first["href"])["number"] == first["number"]
    assert case["history"][-1]["says"]


def looked_up(anyone: Program, receipt: dict[str, Any]) -> None:
    """Whoever holds the receipt finds the case."""
    found = anyone.post(
        f"{V1}/lookups", json={"number": receipt["number"], "code": receipt["code"]}
    )
    assert found.json()["state"]["name"] == "concluded"
