"""Requests that schemathesis makes of the one OpenAPI document, right and wrong, as everybody.

`make test` asks a few hundred; `PERMITS_FUZZ=50000` (as `make security` sets it) so many, in parts
of which several processes can each take one: three quarters of the time goes into making requests.
"""

import json
import math
import os
import time
import uuid
from collections import Counter
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode

from tests.web.api.conftest import contract, programs
from tests.web.api.program import V1, Programs
from tests.web.api.test_anything import WHO, Town
from tests.web.conftest import founded, housing, make_housing
from tests.web.housing import PASSWORD, Housing

__all__ = ["contract", "founded", "housing", "make_housing", "programs"]

REQUESTS = int(os.environ.get("PERMITS_FUZZ", "500"))
PARTS = max(1, REQUESTS // 5000)
LONGEST = 5.0
"""Seconds an answer may take; longer is a way to keep the server busy."""

pytestmark = pytest.mark.timeout(max(300, REQUESTS // 2))


class Asking:
    """Everybody's tokens, and what was answered."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.answered: Counter[int] = Counter()
        self.parts = town.parts()
        self._browser = town.housing.browser()
        self._contract = town.programs.anyone.contract
        self._tokens = {who: self._token(who) for who in WHO}

    def _token(self, who: str) -> str:
        session = {"username": who, "password": PASSWORD}
        anyone = self.town.programs.anyone
        return str(anyone.request("POST", f"{V1}/sessions", json=session).json()["token"])

    def ask(self, case: Any, who: str, known: dict[str, str]) -> None:
        """Send what was generated, half of the time about things there are."""
        for name in case.path_parameters:
            if name in known:
                case.path_parameters[name] = quote(known[name], safe="")
        headers = {"authorization": f"Bearer {self._tokens[who]}"} if who else {}
        headers["idempotency-key"] = str(uuid.uuid4())
        began = time.monotonic()
        answer = self._send(case, headers)
        took = time.monotonic() - began
        self.answered[answer.status_code] += 1
        assert answer.status_code < 500, (case.as_curl_command(), answer.text)
        assert took < LONGEST or REQUESTS > 500, (case.as_curl_command(), took)
        self._contract.check(case.method, answer.request.url.raw_path.decode("ascii"), answer)
        if answer.status_code in (401, 403, 404, 409, 422):
            assert answer.headers["content-type"].startswith("application/problem+json")

    def _send(self, case: Any, headers: dict[str, str]) -> Any:
        asked = case.as_transport_kwargs(base_url="http://localhost", headers=headers)
        asked["headers"] = {
            name: said.encode("utf-8", "replace") if isinstance(said, str) else said
            for name, said in asked["headers"].items()
        }
        del asked["cookies"]
        if isinstance(asked.get("data"), bytes):
            asked["content"] = asked.pop("data")
        if asked.get("files"):
            asked["files"] = [(name, written(part)) for name, part in asked["files"]]
        return self._browser.request(**asked, follow_redirects=False)


def written(part: tuple[Any, ...]) -> tuple[Any, ...]:
    """A part of a form with its content as text, if it is neither that nor bytes: this client
    sends no other, and would itself fail while the server reads."""
    name, content, *kind = part
    return (name, content if isinstance(content, (str, bytes)) else json.dumps(content), *kind)


@pytest.fixture
def asking(housing: Housing, programs: Programs) -> Asking:
    return Asking(Town(housing, programs))


def operations_of(housing: Housing) -> list[Any]:
    """Every operation of the document but the one that would end the session it is asked with."""
    document = housing.browser().get(f"{V1}/openapi.json").json()
    found = [one.ok() for one in schemathesis.openapi.from_dict(document).get_all_operations()]
    last = ("delete", f"{V1}/sessions/current")
    return [one for one in found if (one.method, one.path) != last]


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_is_generated_no_answer_is_a_fault_of_ours(
    part: int, asking: Asking, housing: Housing, record_property: Any
) -> None:
    operations = operations_of(housing)
    each = math.ceil(REQUESTS / (2 * len(operations)))
    mine = list(enumerate(operations))[part::PARTS]
    for place, operation in mine:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            with suppress(Unsatisfiable):  # where nothing is sent, nothing can be sent wrongly
                try_out(asking, operation.as_strategy(generation_mode=mode), each, place)
    tried = sum(asking.answered.values())
    assert tried >= 0.8 * REQUESTS * len(mine) / len(operations)
    assert {200, 404, 422} <= set(asking.answered)
    record_property("tried", f"{tried} requests by schemathesis: {dict(asking.answered)}")


def try_out(asking: Asking, generated: st.SearchStrategy, each: int, place: int) -> None:
    known = st.fixed_dictionaries(dict(asking.parts))

    @seed(place)
    @settings(
        max_examples=each,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=generated, who=st.sampled_from((*WHO, "")), known=st.just({}) | known)
    def asked(case: Any, who: str, known: dict[str, str]) -> None:
        asking.ask(case, who, known)

    asked()


def test_a_fault_of_ours_is_found(
    asking: Asking, housing: Housing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same search meets a planted fault, or it would prove nothing."""

    def stumbles(case: str, actor: Any) -> Any:
        raise ArithmeticError(case)

    monkeypatch.setattr(housing.office.cases, "read", stumbles)
    shown = next(one for one in operations_of(housing) if one.path == f"{V1}/cases/{{case}}")
    with pytest.raises(AssertionError, match="curl"):
        try_out(asking, shown.as_strategy(generation_mode=GenerationMode.POSITIVE), 100, 0)
