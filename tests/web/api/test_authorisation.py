"""Every operation × everybody, by hand: who is answered, who is told there is nothing."""

import re
import uuid
from typing import Any

import pytest

from permits.services.demonstration.paper import pdf
from permits.web.api.doing import operation_of
from permits.web.api.entitlements import COMMANDS as ENTITLED
from permits.web.api.examples_entitled import entitled
from permits.web.api.examples_parties import about_parties
from tests.web import building
from tests.web.api.program import V1, Contract, Program, Programs, application, nothing_written
from tests.web.housing import FIRE_BRIGADE, Housing

WHO = ("nobody", "applicant", "stranger", "officer", "elsewhere", "auditor")

OPEN = (200, 200, 200, 200, 200, 200)
CASE = (401, 200, 404, 200, 404, 200)
DRAFT = (401, 200, 404, 404, 404, 403)

MATRIX: dict[tuple[str, str], tuple[int, ...]] = {
    ("POST", "/sessions"): (401, 401, 401, 401, 429, 429),  # the same account, guessed wrong
    ("GET", "/sessions/current"): (401, 200, 200, 200, 200, 200),
    ("POST", "/sessions/current/proofs"): (401,) * 6,
    ("DELETE", "/sessions/current"): (401, 204, 204, 204, 204, 204),
    ("GET", "/permits"): OPEN,
    ("GET", "/permits/{permit}"): OPEN,
    ("GET", "/definitions/{digest}"): OPEN,
    ("GET", "/register"): OPEN,
    ("GET", "/register/{number}"): OPEN,
    ("POST", "/lookups"): (404,) * 6,
    ("GET", "/drafts"): (401, 200, 200, 200, 200, 403),
    ("POST", "/drafts"): (401, 404, 404, 404, 404, 403),
    ("GET", "/drafts/{draft}"): DRAFT,
    ("PUT", "/drafts/{draft}"): (401, 422, 404, 404, 404, 403),
    ("DELETE", "/drafts/{draft}"): (401, 204, 404, 404, 404, 403),
    ("POST", "/drafts/{draft}/files"): (401, 422, 404, 404, 404, 403),
    ("GET", "/drafts/{draft}/files/{upload}"): (401, 404, 404, 404, 404, 403),
    ("DELETE", "/drafts/{draft}/files/{upload}"): (401, 404, 404, 404, 404, 403),
    ("POST", "/cases"): (401, 422, 404, 404, 404, 403),
    ("GET", "/cases"): (401, 200, 200, 200, 200, 200),
    ("GET", "/projects"): (401, 200, 200, 200, 200, 200),
    ("GET", "/projects/{code}"): (401, 200, 404, 200, 404, 200),
    ("GET", "/credit-entries"): OPEN,
    ("GET", "/party-tasks"): (401, 200, 200, 200, 200, 200),
    ("GET", "/parties/{party}"): CASE,
    ("POST", "/parties/{party}/notice_entry"): (401, 403, 404, 403, 404, 403),
    ("POST", "/parties/{party}/object_to_entry"): (401, 404, 404, 404, 404, 403),
    ("POST", "/parties/{party}/check_objection"): (401, 403, 404, 403, 404, 403),
    ("POST", "/parties/{party}/decide_objection"): (401, 403, 404, 403, 404, 403),
    ("POST", "/parties/{party}/make_entry"): (401, 403, 404, 403, 404, 403),
    ("POST", "/parties/{party}/drop_entry"): (401, 403, 404, 403, 404, 403),
    ("POST", "/parties/{party}/ask_for_repair"): (401, 404, 404, 404, 404, 403),
    ("POST", "/parties/{party}/decide_repair"): (401, 403, 404, 403, 404, 403),
    ("POST", "/parties/{party}/impose_bar"): (401, 403, 404, 403, 404, 403),
    ("POST", "/parties/{party}/lift_bar"): (401, 403, 404, 403, 404, 403),
    ("POST", "/parties/{party}/conclude_review"): (401, 403, 404, 403, 404, 403),
    ("POST", "/parties/{party}/rename_party"): (401, 403, 404, 422, 404, 403),
    ("POST", "/parties/{party}/authorise_person"): (401, 403, 404, 422, 404, 403),
    ("POST", "/parties/{party}/end_authorisation"): (401, 403, 404, 422, 404, 403),
    ("POST", "/parties/{party}/merge_party"): (401, 403, 404, 403, 404, 403),
    ("GET", "/cases/{case}"): CASE,
    ("GET", "/cases/{case}/inspectors"): (401, 403, 404, 200, 404, 403),
    ("GET", "/cases/{case}/clocks/{clock}"): CASE,
    ("GET", "/cases/{case}/obligations/{obligation}"): CASE,
    ("GET", "/cases/{case}/fees/{fee}"): (401, 404, 404, 404, 404, 404),
    ("GET", "/cases/{case}/term"): (401, 404, 404, 404, 404, 404),
    ("GET", "/cases/{case}/documents/{place}"): CASE,
    ("GET", "/cases/{case}/files/{upload}"): CASE,
    ("POST", "/cases/{case}/files"): (401, 404, 404, 403, 403, 403),
    ("DELETE", "/cases/{case}/files/{upload}"): (401, 404, 404, 403, 403, 403),
    ("POST", "/cases/{case}/actions/{action}"): (401, 403, 404, 409, 404, 403),
    ("POST", "/cases/{case}/extend"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/explain"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/report"): (401, 409, 404, 403, 404, 403),
    ("POST", "/cases/{case}/supply"): (401, 409, 404, 403, 404, 403),
    ("POST", "/cases/{case}/verify"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/draw"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/notice"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/state"): (401, 409, 404, 403, 404, 403),
    ("POST", "/cases/{case}/drop"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/correct"): (401, 403, 404, 404, 404, 403),
    ("POST", "/cases/{case}/pay"): (401, 403, 404, 404, 404, 403),
    ("POST", "/cases/{case}/refund"): (401, 403, 404, 404, 404, 403),
    ("POST", "/cases/{case}/order_payment"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/undo"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/reverse"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/rectify"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/ask_opinions"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/give_opinion"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/revoke_opinion"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/join_opinions"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/offer_hearing"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/announce_hearing"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/ask_for_hearing"): (401, 409, 404, 403, 404, 403),
    ("POST", "/cases/{case}/record_hearing_asked"): (401, 403, 404, 409, 404, 403),
    ("POST", "/cases/{case}/waive_hearing"): (401, 409, 404, 403, 404, 403),
    ("POST", "/cases/{case}/call_hearing"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/record_hearing"): (401, 403, 404, 409, 404, 403),
    ("POST", "/cases/{case}/tell_third_party"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/hear_third_party"): (401, 403, 404, 404, 404, 403),
    ("POST", "/cases/{case}/ask_recusal"): (401, 422, 404, 403, 404, 403),
    ("POST", "/cases/{case}/declare_recusal"): (401, 403, 404, 422, 404, 403),
    ("POST", "/cases/{case}/decide_recusal"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/came"): (401, 403, 404, 422, 404, 403),
    ("POST", "/cases/{case}/take_back"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/for_applicant"): (401, 403, 404, 422, 404, 403),
    ("POST", "/cases/{case}/for_applicant/files"): (401, 403, 404, 404, 404, 403),
    ("POST", "/cases/{case}/serve_document"): (401, 403, 404, 404, 404, 403),
    ("POST", "/cases/{case}/ask_extension"): (401, 409, 404, 403, 404, 403),
    ("POST", "/cases/{case}/decide_extension"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/restore_grant"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/ask_renewal"): (401, 409, 404, 403, 404, 403),
    ("POST", "/cases/{case}/decide_renewal"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/ask_amendment"): (401, 409, 404, 403, 404, 403),
    ("POST", "/cases/{case}/examine_amendment"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/decide_amendment"): (401, 403, 404, 403, 404, 403),
    ("POST", "/cases/{case}/record_annulment"): (401, 403, 404, 403, 404, 403),
    ("GET", "/entitlements"): OPEN,
    ("GET", "/entitlements/lists/{round}"): (404,) * 6,
    ("GET", "/entitlements/rounds/{round}"): (401, 404, 404, 404, 404, 404),
    ("GET", "/entitlements/mine"): (401, 200, 200, 403, 403, 403),
    ("GET", "/entitlements/mine/{policy}/{period}"): (401, 404, 404, 403, 403, 403),
    ("POST", "/entitlements/mine/{policy}/{period}/files"): (401, 404, 404, 403, 403, 403),
    ("GET", "/entitlements/mine/{policy}/{period}/files/{upload}"): (401, 404, 404, 403, 403, 403),
    **{
        ("POST", f"/entitlements/{operation_of(model)}"): (401, 404, 404, 404, 404, 404)
        for model in ENTITLED
    },
}
"""Status codes in the order of `WHO`. The officer is of the reception window. Orders are such as
the case refuses to whoever may give them, so that none changes what the next one is asked of."""

BODIES: dict[str, Any] = {
    "/sessions": {"username": "fire", "password": "wrong"},
    "/sessions/current/proofs": {"password": "wrong"},
    "/drafts": {"permit": "bakery"},
    "/drafts/{draft}": {"answers": {"colour": "red"}},
    "/lookups": {"number": "GXGH-20220609-0001", "code": "wrong"},
    **{
        f"/parties/{{party}}/{name}": next(iter(examples.values()))
        for name, examples in about_parties("0" * 8 + "-0000-0000-0000-" + "0" * 12, "x").items()
    },
    "/parties/{party}/rename_party": {"name": "消防救援支队特勤大队", "reason": "x"},
    "/cases/{case}/extend": {"clock": "promise", "reason": "x"},
    "/cases/{case}/explain": {"clock": "promise", "reason": "x"},
    "/cases/{case}/report": {"obligation": "report_completion", "on": "2022-06-09"},
    "/cases/{case}/draw": {"obligation": "check_after_completion"},
    "/cases/{case}/verify": {
        "obligation": "check_after_completion", "passed": True, "on": "2022-06-09",
        "inspectors": [], "finding": "x",
    },
    "/cases/{case}/notice": {"ground": "69-2", "reason": "x"},
    "/cases/{case}/state": {"statement": "x"},
    "/cases/{case}/drop": {"reason": "x"},
    "/cases/{case}/correct": {"number": "none", "correction": "x"},
    "/cases/{case}/pay": {"fee": "none", "on": "2022-06-09", "amount_fen": 1},
    "/cases/{case}/order_payment": {"obligation": "report_completion"},
    "/cases/{case}/refund": {"fee": "none", "on": "2022-06-09", "amount_fen": 1},
    "/cases/{case}/undo": {"fee": "none", "entry": 1},
    "/cases/{case}/reverse": {"reason": "x"},
    "/cases/{case}/rectify": {"milestone": "received", "on": "2022-06-09", "reason": "x"},
    "/cases/{case}/ask_opinions": {"asked": ["fire"]},
    "/cases/{case}/give_opinion": {"asked": "fire", "view": "agree", "opinion": "x"},
    "/cases/{case}/revoke_opinion": {"asked": "fire", "reason": "x"},
    "/cases/{case}/record_hearing_asked": {"party": "party_1"},
    "/cases/{case}/call_hearing": {"day": "2022-06-20"},
    "/cases/{case}/record_hearing": {"on": "2022-06-09"},
    "/cases/{case}/hear_third_party": {"party": "party_1"},
    "/cases/{case}/ask_recusal": {"officer": "somebody"},
    "/cases/{case}/decide_recusal": {"officer": "somebody", "recused": True},
    "/cases/{case}/take_back": {"visit": 1, "reason": "x"},
    "/cases/{case}/came": {"on": "2022-06-10", "purpose": "other"},
    "/cases/{case}/for_applicant": {
        "brought": {
            "on": "2022-06-09", "name": "x", "capacity": "holder", "in_person": False,
        },
        "hearing": "asked",
    },
    "/cases/{case}/serve_document": {"number": "none", "on": "2022-06-09", "means": "post"},
    "/cases/{case}/ask_extension": {"obligation": "report_completion", "reason": "x"},
    "/cases/{case}/decide_extension": {"obligation": "report_completion", "granted": True},
    "/cases/{case}/restore_grant": {"on": "2022-06-09", "reason": "x"},
    "/cases/{case}/ask_renewal": {"reason": "x"},
    "/cases/{case}/decide_renewal": {"granted": True},
    "/cases/{case}/ask_amendment": {"answers": {}, "reason": "x"},
    "/cases/{case}/examine_amendment": {"recommends": "grant", "opinion": "x"},
    "/cases/{case}/decide_amendment": {"granted": True},
    "/cases/{case}/record_annulment": {
        "body": "court", "on": "2022-06-09", "anew": True, "number": "x", "reason": "x",
    },
    **{
        f"/entitlements/{name}": next(iter(examples.values()))
        for name, examples in entitled("6f" * 32).items()
    },
}  # fmt: skip


class Scene:
    """A case that was reported done, one of a project, a draft, and everybody."""

    def __init__(self, housing: Housing, programs: Programs) -> None:
        self.housing = housing
        self.programs = programs
        fire = programs["fire"]
        case = housing.published()
        home = f"{V1}/cases/{case}"
        photo = fire.hand_in(f"{home}/files?for=report_completion", pdf("x")).json()
        report = {"obligation": "report_completion", "on": "2022-06-09", "uploads": [photo["id"]]}
        fire.must(f"{home}/report", report)
        unsigned = application(programs.anyone, signed={})
        building.publish(housing, "staged_construction")
        building.filed(housing.browser("fire"), housing, "pit")
        self.parts = {
            "case": case,
            "code": building.CODE,
            "party": FIRE_BRIGADE,
            "upload": photo["id"],
            "draft": fire.must(f"{V1}/drafts", unsigned)["id"],
            "permit": "plan_exempt",
            "digest": housing.record(case).case.definition,
            "number": housing.record(case).case.number,
            "action": "publish",
            "clock": "promise",
            "obligation": "report_completion",
            "fee": "none",
            "place": "1",
            "round": "hightech_first-2022-1",
            "policy": "hightech_first",
            "period": "2022",
        }
        self.people = {
            "nobody": programs.anyone,
            "applicant": fire,
            "stranger": programs["builder"],
            "officer": programs["window"],
            "elsewhere": programs["window2"],
            "auditor": programs["auditor"],
        }

    def ask(self, program: Program, method: str, path: str) -> int:
        """Ask as somebody who knows every name."""
        address = V1 + re.sub(r"\{(\w+)\}", lambda found: self.parts[found[1]], path)
        sent: dict[str, Any] = {"headers": {"idempotency-key": str(uuid.uuid4())}}
        if path.endswith("/files"):
            address, sent["files"] = f"{address}?for=lunch", {"file": ("f.pdf", pdf("x"))}
        elif method in ("POST", "PUT"):
            body = {"draft": self.parts["draft"]} if path == "/cases" else BODIES.get(path, {})
            sent["json"] = body
        return program.request(method, address, **sent).status_code


@pytest.fixture
def scene(housing: Housing, programs: Programs) -> Scene:
    housing.open_elsewhere("window2")
    return Scene(housing, programs)


def test_every_operation_has_a_row(contract: Contract) -> None:
    known = {(method, path) for method, path in contract.operations if path.startswith(V1)}
    assert known == {(method, V1 + path) for method, path in MATRIX}


LAST = (("DELETE", "/drafts/{draft}"), ("DELETE", "/sessions/current"))
"""After these there is nothing left to ask for."""


def test_to_each_what_is_theirs(housing: Housing, scene: Scene) -> None:
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    rows = sorted(MATRIX, key=lambda row: (row in LAST, LAST.index(row) if row in LAST else 0))
    events = housing.events()
    for method, path in rows:
        people = scene.people.values()
        found[method, path] = tuple(scene.ask(one, method, path) for one in people)
    wrong = {row: found[row] for row in MATRIX if found[row] != MATRIX[row]}
    assert not wrong
    assert housing.events() == events


def test_auditors_and_strangers_write_nothing(housing: Housing, scene: Scene) -> None:
    guessing = ("/sessions", "/sessions/current/proofs", "/lookups")
    writing = [row for row in MATRIX if row[0] != "GET" and row[1] not in guessing]
    writing = [row for row in writing if row not in LAST]
    for who in ("auditor", "stranger", "elsewhere", "nobody"):
        with nothing_written(housing):
            for method, path in writing:
                assert scene.ask(scene.people[who], method, path) in (401, 403, 404), (who, path)


def test_reading_changes_nothing(housing: Housing, scene: Scene) -> None:
    with nothing_written(housing):
        for method, path in MATRIX:
            if method == "GET":
                for program in scene.people.values():
                    scene.ask(program, method, path)
