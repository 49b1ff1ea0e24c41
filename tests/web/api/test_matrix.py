"""Every operation of the API × eight roles × four relations, against the table of `matrix.txt`."""

import uuid
from typing import Any

import pytest

from permits.services.demonstration.paper import pdf
from permits.web.api.examples_entitled import entitled
from permits.web.api.examples_parties import about_parties
from tests.web import building
from tests.web.api.program import V1, Contract, Program, Programs, application, nothing_written
from tests.web.housing import FIRE_BRIGADE, Housing
from tests.web.matrix import (
    RELATIONS,
    ROLES,
    SIGNED,
    TABLE,
    Scene,
    address,
    judged,
    row_of,
    rows,
)

PROGRAMS = [row for row in rows(TABLE.read_text(encoding="utf-8")) if row.programs]

BODIES: dict[str, Any] = {
    "/sessions": {"username": "fire", "password": "wrong"},
    "/sessions/current/proofs": {"password": "wrong"},
    "/drafts": {"permit": "bakery"},
    "/drafts/{draft}": {"answers": {"colour": "red"}},
    "/lookups": {"number": "GXGH-20220609-0001", "code": "wrong"},
    "/objection-answers": {"number": "GXGH-20220609-0001", "code": "wrong"},
    "/verifications": {"number": "none", "code": "wrong"},
    "/cases/{case}/voices/objections/{number}": {"outcome": "upheld", "reason": "x"},
    "/cases/{case}/voices/ratings/{matter}/contact": {"on": "2022-06-09", "words": "x"},
    "/cases/{case}/voices/ratings/{matter}/finding": {"substantiated": True, "words": "x"},
    "/cases/{case}/voices/ratings/{matter}/measures": {"words": "x"},
    "/cases/{case}/voices/ratings/{matter}/reply": {"words": "x"},
    "/drafts/{draft}/invitations": {"signature": "none.none"},
    **{
        f"/parties/{{party}}/{name}": next(iter(examples.values()))
        for name, examples in about_parties("0" * 8 + "-0000-0000-0000-" + "0" * 12, "x").items()
    },
    "/parties/{party}/rename_party": {"name": "消防救援支队特勤大队", "reason": "x"},
    "/cases/{case}/personal": {"reason": "curiosity", "words": "x"},
    "/cases/{case}/extend": {"clock": "promise", "reason": "x"},
    "/cases/{case}/explain": {"clock": "promise", "reason": "x"},
    "/cases/{case}/report": {"obligation": "report_completion", "on": "2022-06-09"},
    "/cases/{case}/draw": {"obligation": "check_after_completion"},
    "/cases/{case}/verify": {
        "obligation": "check_after_completion", "passed": True, "on": "2022-06-09",
        "inspectors": [], "finding": "x",
    },
    "/cases/{case}/sign_check": {
        "obligation": "check_after_completion", "record": "x", "agrees": True,
    },
    "/co-signing/{invitation}/signature": {"text_digest": "0" * 64, "version": 1},
    "/cases/{case}/notice": {"ground": "69-2", "reason": "x"},
    "/cases/{case}/state": {"statement": "x"},
    "/cases/{case}/drop": {"reason": "x"},
    "/cases/{case}/correct": {"number": "none", "correction": "x"},
    "/cases/{case}/pay": {"fee": "none", "on": "2022-06-09", "amount_fen": 1},
    "/cases/{case}/order_payment": {"obligation": "none", "reason": "x"},
    "/cases/{case}/refund": {"fee": "none", "on": "2022-06-09", "amount_fen": 1},
    "/cases/{case}/undo": {"fee": "none", "entry": 1},
    "/cases/{case}/reverse": {"reason": "x"},
    "/cases/{case}/rectify": {"milestone": "received", "on": "2022-06-09", "reason": "x"},
    "/cases/{case}/ask_opinions": {"asked": ["fire"]},
    "/cases/{case}/give_opinion": {"asked": "fire", "view": "agree", "opinion": "x"},
    "/cases/{case}/revoke_opinion": {"asked": "fire", "reason": "x"},
    "/cases/{case}/record_hearing_asked": {"party": "party_1"},
    "/cases/{case}/call_hearing": {"day": "2022-06-20"},
    "/cases/{case}/record_hearing": {
        "on": "2022-06-09", "attendance": [{"who": "office", "sign": "signed", "name": "x"}],
    },
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


CLAIMED = ("policy", "round", "batch")
"""What a command about entitlements is about."""


class Whole(Scene):
    """The scene of pages, with a case that was reported done, one of a project, and programs."""

    def __init__(self, housing: Housing, programs: Programs) -> None:
        super().__init__(housing)
        self.programs = programs
        fire = programs["fire"]
        case = housing.published()
        home = f"{V1}/cases/{case}"
        photo = fire.hand_in(f"{home}/files?for=report_completion", pdf("x")).json()
        report = {"obligation": "report_completion", "on": "2022-06-09", "uploads": [photo["id"]]}
        fire.must(f"{home}/report", report)
        building.publish(housing, "staged_construction")
        building.filed(housing.browser("fire"), housing, "pit")
        unsigned = application(programs.anyone, signed={})
        self.cases = (case, *self.cases[1:])
        self.drafts = (fire.must(f"{V1}/drafts", unsigned)["id"], *self.drafts[1:])
        self.named = {
            "upload": photo["id"],
            "digest": housing.record(case).case.definition,
            "number": housing.record(case).case.number,
            "action": "publish",
        }

    def program(self, who: str) -> Program:
        if who == "nobody":
            return self.programs.anyone
        return self.programs[USERS.get(who, who)]

    def ask(self, who: str, method: str, path: str, relation: str) -> Any:
        """Ask as somebody who knows every name."""
        known = self.things(path, USERS.get(who, who))[RELATIONS.index(relation)]
        named = dict(self.named)
        if "/signed-texts/" in path:
            named["digest"] = SIGNED
        parts = {**known, **named}
        asked = address(path, parts)
        sent: dict[str, Any] = {"headers": {"idempotency-key": str(uuid.uuid4())}}
        short = path.removeprefix(V1)
        if path.endswith("/files"):
            asked, sent["files"] = f"{asked}?for=lunch", {"file": ("f.pdf", pdf("x"))}
        elif method in ("POST", "PUT"):
            body = {"draft": parts["draft"]} if short == "/cases" else {**BODIES.get(short, {})}
            if short.startswith("/entitlements/"):
                body |= {name: parts[name] for name in CLAIMED if name in body}
                body |= {"party": FIRE_BRIGADE} if "party" in body else {}
            sent["json"] = {**body, "username": uuid.uuid4().hex} if short == "/sessions" else body
        return self.program(who).request(method, asked, **sent)


USERS = {"applicant": "fire"}


@pytest.fixture
def scene(housing: Housing, programs: Programs) -> Whole:
    whole = Whole(housing, programs)
    for who in ROLES:
        whole.program(who)
    return whole


def operations(contract: Contract) -> list[tuple[str, str]]:
    """Every operation, those last after which there is nothing left to ask for."""
    known = [one for one in contract.operations if one[1].startswith(V1)]
    ending = (("DELETE", f"{V1}/drafts/{{draft}}"), ("DELETE", f"{V1}/sessions/current"))
    return sorted(known, key=lambda one: ending.index(one) + 1 if one in ending else 0)


def test_every_operation_has_one_row_and_every_row_an_operation(contract: Contract) -> None:
    used = {id(row_of(PROGRAMS, method, path)) for method, path in operations(contract)}
    assert {id(row) for row in PROGRAMS} == used


def test_to_each_what_is_theirs_and_of_others_not_even_that_it_is_there(
    housing: Housing, scene: Whole, contract: Contract
) -> None:
    events = housing.events()
    wrong, leaks = judged(PROGRAMS, operations(contract), scene.ask)
    assert not wrong, "\n".join(map(str, wrong))
    assert not leaks, "\n".join(map(str, leaks))
    assert housing.events() == events


GUESSING = (
    f"{V1}/sessions", f"{V1}/sessions/current/proofs", f"{V1}/lookups",
    f"{V1}/objection-answers", f"{V1}/verifications",
)  # fmt: skip
"""Where a wrong guess is counted."""

ANYBODY = (f"{V1}/notices/{{number}}/objections",)
"""What anybody may write, whoever they are."""


def test_whoever_may_change_nothing_writes_nothing(
    housing: Housing, scene: Whole, contract: Contract
) -> None:
    writing = [
        (method, path)
        for method, path in operations(contract)
        if method != "GET"
        and path not in (*GUESSING, *ANYBODY)
        and not path.endswith("/sessions/current")
    ]
    for who in ("auditor", "sysadmin", "secadmin", "logadmin", "nobody"):
        with nothing_written(housing):
            for method, path in writing:
                assert scene.ask(who, method, path, "own").status_code in (401, 403, 404), path


def test_reading_changes_nothing(housing: Housing, scene: Whole, contract: Contract) -> None:
    with nothing_written(housing):
        for method, path in operations(contract):
            if method == "GET":
                for who in ROLES:
                    scene.ask(who, method, path, "own")
