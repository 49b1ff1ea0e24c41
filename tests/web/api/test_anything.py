"""Whatever a program sends, it is answered as the document says, and never by a fault of ours."""

import json
import re
import uuid
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permits.services.demonstration.paper import pdf
from permits.services.requests import REQUEST_OF
from tests.services.entitled import settle
from tests.web import building
from tests.web.api.program import V1, Contract, Program, Programs, application
from tests.web.api.sending import Strategy, fitting, mostly, nearly
from tests.web.housing import APPLICANTS, BUILDER, FIRE_BRIGADE, OFFICERS, Housing

WHO = ("fire", "builder", "window", "examiner", "leader", "inspector", "supervisor", "auditor")

PATIENT = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Town:
    """An office with cases at every stage, and the names of everything in it."""

    def __init__(self, housing: Housing, programs: Programs) -> None:
        self.housing = housing
        self.programs = programs
        fire = programs["fire"]
        self.draft = fire.must(f"{V1}/drafts", application(programs.anyone))["id"]
        self.cases = [
            housing.filed(),
            housing.filed("ordinary"),
            housing.correcting("material.land_title", "field.length_m"),
            housing.published(),
        ]
        home = f"{V1}/cases/{self.cases[2]}/files?for=land_title"
        self.upload = fire.hand_in(home, pdf("x")).json()["id"]
        self.people = [
            programs[who].read(f"{V1}/sessions/current")["account"]["id"] for who in WHO
        ]
        building.publish(housing, "staged_construction")
        self.cases.append(building.filed(housing.browser("fire"), housing, "pit"))
        settle(housing.office)
        edition = housing.office.shelf.current("plan_exempt")
        self.digest, self.definition = edition.digest, edition.definition

    def words(self) -> Strategy:
        """Names that mean something, and a few that could."""
        d = self.definition
        known = [
            *d.clocks, *d.obligations, *d.materials, *d.commitments, *d.tracks, *d.list,
            *(q.id for q in d.form.questions), *d.chart.actions, "received", "accepted",
            self.upload, self.draft, *self.people, *self.cases, "plan_exempt", "fire",
            "correct horse", "entry_1", BUILDER, "10wd", "", "\x00", "𬭎", "true",
        ]  # fmt: skip
        return st.sampled_from(sorted({str(one) for one in known}))

    def parts(self) -> dict[str, Strategy]:
        """What parts of an address may be."""
        d = self.definition
        uuids = st.uuids().map(str)
        anything = st.text(min_size=1, max_size=20).filter(lambda text: text not in (".", ".."))
        known: dict[str, list[str]] = {
            "case": self.cases,
            "draft": [self.draft],
            "upload": [self.upload],
            "permit": ["plan_exempt"],
            "digest": [self.digest],
            "action": list(d.chart.actions),
            "clock": list(d.clocks),
            "obligation": list(d.obligations),
            "fee": ["road_repair"],
            "place": ["1", "2", "0", "x"],
            "code": [building.CODE, building.OTHER_CODE],
            "party": [FIRE_BRIGADE, BUILDER],
            "number": ["GXGH-20220609-0001"],
            "reason": ["not_now"],
            "matter": ["result", "renewal"],
            "invitation": [],
            "round": ["hightech_first-2022-1", "innovation_points-2022Q2-1"],
            "policy": ["hightech_first", "innovation_points", "plan_exempt"],
            "metric": ["days_used", "stays", "fees_owed"],
            "period": ["2022", "2022Q2", "2021"],
        }
        return {
            name: mostly(st.sampled_from(values or ["none"]), st.one_of(uuids, anything))
            for name, values in known.items()
        }

    def body(self, address: str, schema: dict[str, Any]) -> dict[str, Any]:
        """The schema of a body; that of an action if it is one."""
        action = self.definition.chart.actions.get(address.rpartition("/")[2])
        if action is None:
            return schema
        return {"$ref": f"#/components/schemas/{REQUEST_OF[action.act].__name__}"}


@pytest.fixture
def town(housing: Housing, programs: Programs) -> Town:
    return Town(housing, programs)


@st.composite
def requests(draw: Any, contract: Contract, town: Town) -> dict[str, Any]:
    """A request to one of the operations."""
    method, template = draw(st.sampled_from(sorted(contract.operations)))
    operation, parts, words = contract.operations[method, template], town.parts(), town.words()
    path = re.sub(r"\{(\w+)\}", lambda found: quote(draw(parts[found[1]]), safe=""), template)
    found: dict[str, Any] = {"method": method, "headers": {"content-type": "application/json"}}
    query = {}
    for one in operation.get("parameters", []):
        if one["in"] == "query" and draw(st.booleans()):
            query[one["name"]] = draw(nearly(contract, one["schema"], words))
        if one["name"] == "Idempotency-Key":
            few = st.sampled_from(("first-key", "second-key", ""))
            key = draw(mostly(st.uuids().map(str), few))
            found["headers"] |= {"idempotency-key": key} if key else {}
        if one["name"] == "If-Match" and draw(st.integers(0, 3)) == 0:
            found["headers"]["if-match"] = draw(st.sampled_from(('"5"', '"6"', "x", '"99"')))
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        schema = town.body(path, content["application/json"]["schema"])
        value = draw(nearly(contract, schema, words))
        found["content"] = json.dumps(value).encode()
    elif content:
        found["files"] = {"file": (draw(st.text(max_size=30)), draw(st.binary(max_size=40)))}
        del found["headers"]["content-type"]
    return {**found, "url": f"{path}?{urlencode(query)}" if query else path}


@PATIENT
@given(data=st.data())
def test_whatever_is_asked_is_answered_as_the_document_says(
    contract: Contract, town: Town, data: st.DataObject
) -> None:
    who = data.draw(st.sampled_from((*WHO, "")))
    program: Program = town.programs[who] if who else town.programs.anyone
    asked = data.draw(requests(contract, town))
    if asked["url"].endswith("/sessions/current") and asked["method"] == "DELETE":
        return  # whoever signs out has nothing more to ask
    answer = program.request(**asked)
    assert answer.status_code < 500, (asked, answer.text)


@PATIENT
@given(raw=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_bytes_are_sent_are_answered(town: Town, raw: bytes) -> None:
    headers = {"content-type": "application/json", "idempotency-key": str(uuid.uuid4())}
    for path in (f"{V1}/drafts", f"{V1}/cases/{town.cases[0]}/actions/accept"):
        answer = town.programs["fire"].post(path, content=raw, headers=headers)
        assert answer.status_code in (400, 403, 422) or raw.strip() in (b"{}", b""), answer.text


def test_everybody_takes_part() -> None:
    assert {*WHO, "fire2", "inspector2"} == {*APPLICANTS, *OFFICERS, "auditor"}


TAKE_PART = ("fire", "window", "examiner", "leader", "inspector", "supervisor")


def body_of(command: str) -> str:
    """The schema of what a command beside the chart takes, which is named by its words."""
    return "".join(word.capitalize() for word in command.split("_"))


NOT_OFFERED = {"not_now", "not_yours", "condition_unmet", "not_reversible", "clock_not_running"}


@settings(PATIENT, max_examples=25)
@given(data=st.data())
def test_what_is_offered_can_be_done_if_it_is_told_rightly(
    contract: Contract, town: Town, data: st.DataObject
) -> None:
    """A case that wanders wherever its offers lead: what is open is refused for what was sent
    with it at most, whatever that is."""
    track = data.draw(st.sampled_from(("commitment", "ordinary")))
    home = f"{V1}/cases/{town.housing.filed(track)}"
    for _step in range(12):
        program = town.programs[data.draw(st.sampled_from(TAKE_PART))]
        case = program.read(home)
        doing = [(one["href"], one["takes"]) for one in case["offers"] if one["shut"] is None]
        doing += [(one["href"], body_of(one["command"])) for one in case["beside"]]
        if not doing:
            continue
        href, takes = data.draw(st.sampled_from(sorted(doing)))
        schema = {"$ref": f"#/components/schemas/{takes}"}
        body = data.draw(fitting(contract, schema, town.words()))
        answer = program.order(href, body)
        assert answer.status_code < 500, (href, body, answer.text)
        if answer.status_code != 200:
            assert answer.json()["reason"] not in NOT_OFFERED, (href, body, answer.text)
